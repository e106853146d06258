"""The words at the lower edge while the index is at work."""

import pytest

from lqalbum.gui.bottombar import progress_words
from lqalbum.jobs.indexing import Progress


@pytest.mark.parametrize(
    ("done", "total", "paused", "words"),
    [
        (0, 1, False, "0 of 1 photo"),
        (0, 2, False, "0 of 2 photos"),
        (0, 1, True, "Paused at 0 of 1 photo"),
        (1200, 2400, True, "Paused at 1,200 of 2,400 photos"),
    ],
)
def test_a_single_photo_is_counted_as_one(done, total, paused, words):
    assert progress_words(Progress(done, total, None, None), paused=paused) == words
