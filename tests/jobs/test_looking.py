"""A closer look shows the detector what it looks at, not more."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from lqalbum.errors import PhotoError
from lqalbum.jobs.looking import CloserLook
from lqalbum.jobs.views import View
from lqalbum.library.library import Library
from tests.jobs.pictures import photo

Frame = NDArray[np.uint8]


class Recorder:
    """A detector that notes what it is shown."""

    scorer_id = "s" * 64

    def __init__(self) -> None:
        self.shown: list[tuple[int, ...]] = []

    def reconstruct(self, frame: Frame, key: str, split_level: int | None) -> Frame:
        self.shown.append(frame.shape)
        return frame

    def heat_map(self, frame: Frame, key: str) -> NDArray[np.float32]:
        self.shown.append(frame.shape)
        return np.ones((frame.shape[0] // 8, frame.shape[1] // 8), np.float32)


def corner(frame: Frame) -> Frame | None:
    return frame[:128, :128] if frame.shape[0] >= 300 else None


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as image:
        return image.size


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "library") as opened:
        yield opened


def test_pictures_are_made_of_what_the_detector_looks_at(library: Library, tmp_path: Path):
    path = photo(tmp_path / "a.jpg", size=(800, 600))
    detector = Recorder()
    look = CloserLook(library, detector, View(corner, frame_short_px=512))
    try:
        assert size_of(look.photo(path)) == (800, 600)
        assert size_of(look.reconstruction(path, "0" * 64, None)) == (128, 128)
        assert size_of(look.heat_map(path, "0" * 64)) == (128, 128)
    finally:
        look.close()
    assert detector.shown == [(128, 128, 3)] * 2


def test_a_photo_without_that_is_shown_and_the_rest_refused(library: Library, tmp_path: Path):
    path = photo(tmp_path / "small.jpg", size=(300, 200))
    detector = Recorder()
    look = CloserLook(library, detector, View(corner, 512, "no-face", "shows no face"))
    try:
        assert size_of(look.photo(path)) == (300, 200)
        with pytest.raises(PhotoError, match="shows no face"):
            look.reconstruction(path, "0" * 64, None)
    finally:
        look.close()
    assert detector.shown == []
