"""The best frame of a scene: by what was measured within the scene, and else by the score."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from lqalbum.library.records import Evidence, PhotoRow
from lqalbum.review.bestframe import Burden, burdens
from lqalbum.review.lookalike_words import photo_words, set_meaning
from lqalbum.review.lookalikes import Lookalikes, find_lookalikes
from tests.review.rows import photo

WORD = 0x0123_4567_89AB_CDEF
WHEN = "2026-05-04T12:00:00"
# Sharpness (log variance), distance to the reconstruction, burnt-out share, noise (grey levels):
# of frames of one scene with the damage named, as the shipped model measures them.
Measured = tuple[float, float, float, float]
CLEAN = (7.0, 10.0, 0.0, 1.0)
NOISY = (7.1, 30.0, 0.0, 3.0)
SOFT = (5.9, 11.0, 0.0, 0.6)
BURNT = (7.3, 11.0, 0.07, 1.0)
# A sky at dusk, and the same with so much noise that it looks sharp.
DUSK = (5.065, 9.208, 0.026, 0.173)
GRAIN = (7.916, 28.39, 0.002, 7.465)


def evidence(sharpness: float, distance: float, burnt: float, noise: float) -> dict[str, Evidence]:
    return {
        "noise": Evidence(noise, 50.0),
        "sharpness": Evidence(sharpness, 50.0),
        "reconstruction": Evidence(distance, 50.0),
        "clipped_white": Evidence(burnt, 50.0),
    }


def one_burst(*frames: Measured, **changes: object) -> Lookalikes:
    """A burst of these frames, the first of which has the worst score."""
    rows = [photo(n, 90.0 - n, taken=WHEN, **changes) for n in range(1, len(frames) + 1)]
    known = {n: evidence(*frame) for n, frame in enumerate(frames, 1)}
    hashes = {row.sha256: WORD for row in rows if row.sha256}
    (found,) = find_lookalikes(rows, hashes, lambda row: known[row.photo_id])
    return found


@pytest.mark.parametrize(
    ("clean", "worse", "words"),
    [
        (CLEAN, NOISY, "more noise than the best"),
        (CLEAN, SOFT, "less sharp than the best"),
        (CLEAN, BURNT, "more burnt out than the best"),
        (DUSK, GRAIN, "more noise than the best"),
    ],
)
def test_the_clean_frame_is_best_whatever_the_scores_say(
    clean: Measured, worse: Measured, words: str
):
    burst = one_burst(clean, worse)
    assert [row.photo_id for row in burst.rows] == [1, 2]
    lines = photo_words(burst, burst.rows[1]).split("\n")
    assert lines[-1] == words
    assert photo_words(burst, burst.rows[0]).startswith("Best: img1.jpg")
    assert "sharp" in set_meaning(burst)
    assert "score" not in set_meaning(burst)


def test_what_is_hardly_to_see_is_not_told():
    burst = one_burst(CLEAN, (7.0, 10.5, 0.0, 1.0))
    assert burst.lack(burst.rows[1]) is None
    assert len(photo_words(burst, burst.rows[1]).split("\n")) == 3


def test_a_decision_and_more_pixels_still_come_first():
    rows = [photo(1, taken=WHEN), photo(2, taken=WHEN, width=800), photo(3, taken=WHEN)]
    rows.append(photo(4, taken=WHEN, decision="keep"))
    frames = {1: CLEAN, 2: SOFT, 3: NOISY, 4: BURNT}
    hashes = {row.sha256: WORD for row in rows if row.sha256}
    (burst,) = find_lookalikes(rows, hashes, lambda row: evidence(*frames[row.photo_id]))
    assert [row.photo_id for row in burst.rows] == [4, 2, 1, 3]


@pytest.mark.parametrize("lack", ["score", "evidence", "model"])
def test_frames_that_cannot_be_compared_are_ranked_by_score(lack: str):
    changes = {"score": {"score": None}, "model": {"model_id": "another"}}.get(lack, {})
    rows = [photo(1, 60.0, taken=WHEN), photo(2, 40.0, taken=WHEN, **changes)]

    def evidence_of(row: PhotoRow) -> Mapping[str, Evidence]:
        full = evidence(*(SOFT if row.photo_id == 2 else CLEAN))
        return {} if lack == "evidence" and row.photo_id == 2 else full

    assert burdens(rows, evidence_of) == {}
    hashes = {row.sha256: WORD for row in rows if row.sha256}
    (burst,) = find_lookalikes(rows, hashes, evidence_of)
    assert burst.best.photo_id == (1 if lack == "score" else 2)
    assert "best score" in set_meaning(burst)
    assert burst.lack(burst.rows[1]) is None


def test_a_burden_is_the_sum_of_its_parts():
    found = burdens([photo(1)], lambda row: evidence(7.0, math.e, 0.1, 1.0))[1]
    assert found == Burden(-7.0, pytest.approx(1.0), pytest.approx(2.0))
    assert found.total == pytest.approx(-4.0)
    assert burdens([photo(1)], lambda row: evidence(7.0, 0.0, 0.0, 1.0))[1].noisy < -10
