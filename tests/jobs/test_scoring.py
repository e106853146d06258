"""Photos are scored in batches of one shape, never more of them waiting than memory bears."""

import numpy as np

from lqalbum.jobs.scoring import (
    BATCH,
    WAITING_LIMIT,
    ShapeBatches,
    WaitingPhoto,
    score_batch,
)
from tests.jobs.stand_in import StandInDetector


def waiting(number: int, width: int = 64) -> WaitingPhoto:
    frame = np.random.default_rng(number).integers(0, 255, (64, width, 3), dtype=np.uint8)
    return WaitingPhoto(f"/album/{number}.jpg", f"{number:064x}", camera=True, frame=frame)


def test_a_batch_is_handed_out_when_it_is_full():
    batches = ShapeBatches()
    for number in range(BATCH - 1):
        batches.add(waiting(number))
    assert list(batches.pop()) == []
    batches.add(waiting(100, width=96))
    batches.add(waiting(BATCH))
    handed = list(batches.pop())
    assert [len(batch) for batch in handed] == [BATCH]
    assert len({photo.frame.shape for photo in handed[0]}) == 1
    assert len(batches) == 1


def test_no_more_wait_than_the_limit():
    batches = ShapeBatches()
    for number in range(3 * WAITING_LIMIT):
        # Panoramas: hardly two of one shape.
        batches.add(waiting(number, width=64 + 32 * (number % 20)))
        list(batches.pop())
        assert len(batches) <= WAITING_LIMIT


def test_at_the_end_everything_is_handed_out_once():
    batches = ShapeBatches()
    for number in range(21):
        batches.add(waiting(number, width=64 + 32 * (number % 3)))
    handed = [photo.path for batch in batches.pop(everything=True) for photo in batch]
    assert sorted(handed) == sorted(f"/album/{n}.jpg" for n in range(21))
    assert len(batches) == 0


def test_scores_are_those_of_their_photos():
    photos = [waiting(n) for n in range(3)]
    detector = StandInDetector()
    scored = score_batch(detector, photos)
    assert [one.path for one in scored] == [photo.path for photo in photos]
    for one, photo in zip(scored, photos, strict=True):
        alone = score_batch(detector, [photo])[0]
        assert one.scoring == alone.scoring
        assert one.scoring.model_id == detector.model_id
        assert one.scoring.scorer_id == detector.scorer_id
