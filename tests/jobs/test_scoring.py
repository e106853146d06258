"""Photos are scored in batches of one shape, never more of them waiting than memory bears."""

import numpy as np
import pytest

from lqalbum.errors import LQAlbumError
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


class OutOfMemoryError(RuntimeError):
    """Named as torch's own, which is not imported in these tests."""


class SmallCard(StandInDetector):
    """A card with room for so many photos at once, or for none."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def assess(self, frames, keys, camera):
        if len(frames) > self.room:
            raise OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return super().assess(frames, keys, camera)

    def use_cpu(self) -> bool:
        before, self.room = self.room, 99
        return before != 99


@pytest.mark.parametrize(("room", "batches"), [(99, [5]), (2, [2, 1, 2]), (1, [1] * 5)])
def test_r22_a_card_out_of_memory_gets_smaller_batches(room: int, batches: list[int]):
    photos = [waiting(n) for n in range(5)]
    card = SmallCard(room)
    scored = score_batch(card, photos)
    assert [one.scoring for one in scored] == [
        one.scoring for one in score_batch(StandInDetector(), photos)
    ]
    assert card.batches == batches
    assert card.room == room


def test_r22_a_card_without_room_for_one_photo_gives_way_to_the_cpu(
    caplog: pytest.LogCaptureFixture,
):
    photos = [waiting(n) for n in range(4)]
    card = SmallCard(0)
    assert [one.path for one in score_batch(card, photos)] == [photo.path for photo in photos]
    assert [record.getMessage() for record in caplog.records] == [
        "The graphics card has too little memory; scoring goes on on the CPU."
    ]


def test_r22_a_computer_without_memory_is_one_sentence_and_other_errors_stay_bugs():
    class Full(StandInDetector):
        def assess(self, frames, keys, camera):
            raise MemoryError

    class Broken(StandInDetector):
        def assess(self, frames, keys, camera):
            raise RuntimeError("shapes do not fit")

    with pytest.raises(LQAlbumError, match=r"not enough memory to score /album/0\.jpg"):
        score_batch(Full(), [waiting(0)])
    with pytest.raises(RuntimeError, match="shapes"):
        score_batch(Broken(), [waiting(0)])
