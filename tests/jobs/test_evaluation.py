"""Evaluation end to end with a judge of detail in the place of a detector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from lqalbum.errors import Interrupted, LQAlbumError, UsageError
from lqalbum.evaluate.corruptions import CORRUPTIONS
from lqalbum.evaluate.tables import EvaluationTable
from lqalbum.jobs.evaluation import (
    Evaluation,
    EvaluationOptions,
    evaluate,
    named_corruptions,
    named_severities,
)
from lqalbum.jobs.evaluation_pictures import EvaluationPicture, EvaluationProgress
from tests.evaluate.pictures import natural_picture


def never() -> bool:
    return False


class JudgeOfDetail:
    """Judges by the mean difference of neighbouring pixels; remembers what it was shown."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.seen: list[str] = []

    def __call__(self, frames: Sequence[NDArray[np.uint8]], keys: Sequence[str]) -> dict:
        assert len({frame.shape for frame in frames}) == 1
        assert len(frames) == len(keys)
        self.batches.append(len(frames))
        self.seen.extend(keys)
        detail = [np.abs(np.diff(frame.astype(float), axis=1)).mean() for frame in frames]
        return {"combined": -np.array(detail), "s_kl": np.full(len(frames), 0.01)}


def pictures(count: int, side: int = 64) -> list[EvaluationPicture]:
    return [
        EvaluationPicture(f"/p/{n}.jpg", f"{n:064x}", natural_picture(side, side, n))
        for n in range(count)
    ]


def evaluated(found: list[EvaluationPicture], options: EvaluationOptions) -> Evaluation:
    *_, evaluation = evaluate(JudgeOfDetail(), found, options, never)
    assert isinstance(evaluation, Evaluation)
    return evaluation


def run(found: list[EvaluationPicture], options: EvaluationOptions) -> EvaluationTable:
    return evaluated(found, options).table


BLUR = EvaluationOptions(corruptions=("gaussian_blur", "contrast"), baselines=True)


def test_blur_is_found_by_a_judge_of_detail() -> None:
    table = run(pictures(10), BLUR)
    assert table.n == 10
    by_row = {(row.method, row.corruption): row.auroc for row in table.rows}
    assert by_row["combined", "gaussian_blur"] > 0.9
    assert by_row["laplacian", "gaussian_blur"] > 0.9
    # This judge's S_KL is the same for every picture.
    assert by_row["s_kl", "gaussian_blur"] == 0.5
    assert set(table.methods) == {"combined", "s_kl", "laplacian"}


def test_progress_counts_every_copy_and_ends_with_the_table() -> None:
    judge = JudgeOfDetail()
    options = replace(BLUR, severities=(1, 2))
    *progress, last = evaluate(judge, pictures(9) + pictures(3, 96), options, never)
    assert isinstance(last, Evaluation)
    assert all(isinstance(step, EvaluationProgress) for step in progress)
    assert progress[-1] == EvaluationProgress(60, 60)  # 12 pictures, 1 + 2 x 2 variants
    assert max(judge.batches) <= 8
    assert len(set(judge.seen)) == len(judge.seen) == 60  # no two copies share their noise


def test_figures_depend_on_the_seed_but_not_on_the_order() -> None:
    found = pictures(8)
    options = EvaluationOptions(corruptions=("gaussian_noise",))
    first = run(found, options)
    backwards = run(found[::-1], options)
    assert [row.auroc for row in first.rows] == [row.auroc for row in backwards.rows]
    assert first == run(found, options)


def test_another_seed_gives_other_copies() -> None:
    seen = []
    for seed in (0, 1):
        judge = JudgeOfDetail()
        options = EvaluationOptions(corruptions=("gaussian_noise",), seed=seed)
        list(evaluate(judge, pictures(2), options, never))
        seen.append(judge.seen)
    assert seen[0][:2] == seen[1][:2]  # the pictures as they are
    assert set(seen[0][2:]).isdisjoint(seen[1][2:])


def test_only_rated_pictures_count() -> None:
    found = pictures(12)
    detail = [float(np.abs(np.diff(item.pixels.astype(float), axis=1)).mean()) for item in found]
    ratings = {item.path: detail[n] for n, item in enumerate(found) if n < 9}
    options = EvaluationOptions(corruptions=(), ratings=ratings)
    table = run(found, options)
    assert table.n == 9
    assert table.rows == ()
    assert table.ratings is not None
    assert table.ratings["combined"].srocc == pytest.approx(1.0)


def test_stops_when_told() -> None:
    with pytest.raises(Interrupted):
        list(evaluate(JudgeOfDetail(), pictures(2), BLUR, lambda: True))


def test_nothing_to_measure_is_said() -> None:
    with pytest.raises(LQAlbumError, match="no picture"):
        list(evaluate(JudgeOfDetail(), [], BLUR, never))


def test_one_picture_is_too_few() -> None:
    with pytest.raises(LQAlbumError, match="only one picture"):
        list(evaluate(JudgeOfDetail(), pictures(1), BLUR, never))


def test_seven_rated_pictures_are_too_few() -> None:
    found = pictures(9)
    ratings = {item.path: 1.0 for item in found[:7]}
    options = EvaluationOptions(corruptions=(), ratings=ratings)
    with pytest.raises(LQAlbumError, match="Only 7"):
        list(evaluate(JudgeOfDetail(), found, options, never))


def test_the_scores_are_kept_beside_the_table() -> None:
    evaluation = evaluated(pictures(5), BLUR)
    combined = next(one for one in evaluation.scores if one.method == "combined")
    expected = JudgeOfDetail()([item.pixels for item in pictures(5)], [""] * 5)["combined"]
    assert combined.clean.tolist() == expected.tolist()
    assert [copies.corruption for copies in combined.corrupted] == ["gaussian_blur", "contrast"]


def test_names_of_corruptions() -> None:
    assert named_corruptions("all") == CORRUPTIONS
    assert named_corruptions("none") == ()
    assert named_corruptions("snow, fog,snow") == ("snow", "fog")
    for wrong in ("rain", "fog,", "", "all,fog"):
        with pytest.raises(UsageError, match="No corruption is called"):
            named_corruptions(wrong)


def test_names_of_severities() -> None:
    assert named_severities("1") == (1,)
    assert named_severities("2-4") == (2, 3, 4)
    for wrong in ("7", "0", "5-1", "1-", "-1", "", "1-2-3", "one", "1-6"):
        with pytest.raises(UsageError, match="There is no severity"):
            named_severities(wrong)
