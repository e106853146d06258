"""What of a photo each kind of network is shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lqalbum.errors import PhotoError
from lqalbum.jobs.pictures import Frames, gather_frames
from lqalbum.jobs.views import (
    PORTRAIT_FRAME_SHORT_PX,
    WHOLE_FRAME,
    training_view,
    view_for,
)
from lqalbum.library.decode import decode
from tests.jobs.pictures import photo

FACE = str(Path(__file__).resolve().parents[2] / "resources" / "sample_album" / "IMG_0034.jpg")


def gathered(paths: list[str], preset: str, side_px: int | None) -> Frames:
    view = view_for(preset, {"image_size": side_px})
    return gather_frames(paths, 1, lambda: False, lambda _: None, view)


def test_a_network_for_any_size_sees_the_whole_frame():
    assert view_for("photo", {"image_size": None}) is WHOLE_FRAME
    frame = np.zeros((256, 352, 3), np.uint8)
    assert WHOLE_FRAME.cut(frame) is frame


def test_a_network_of_a_fixed_size_sees_the_centre_square(tmp_path: Path):
    paths = [photo(tmp_path / "large.jpg"), photo(tmp_path / "small.jpg", size=(200, 150))]
    found = gathered(paths, "ffhq256", 256)
    assert [frame.shape for frame in found.frames] == [(256, 256, 3)]
    assert (found.unreadable, found.without_view) == (0, 1)


def test_a_network_for_portraits_sees_the_face(tmp_path: Path):
    pytest.importorskip("cv2")
    without = photo(tmp_path / "stripes.jpg")
    (tmp_path / "text.jpg").write_text("no picture")
    found = gathered([without, FACE, str(tmp_path / "text.jpg")], "portrait", 128)
    assert [frame.shape for frame in found.frames] == [(128, 128, 3)]
    assert (found.unreadable, found.without_view) == (1, 1)
    # The mean of a face is skin; that of the whole photo is not.
    red, _, blue = found.frames[0][40:100, 40:90].reshape(-1, 3).mean(0)
    assert red > blue + 20


def test_a_photo_without_a_face_says_so_and_what_to_do(tmp_path: Path):
    pytest.importorskip("cv2")
    path = photo(tmp_path / "stripes.jpg")
    decoded = decode(path, frame_short_px=PORTRAIT_FRAME_SHORT_PX)
    with pytest.raises(PhotoError, match="no face") as caught:
        view_for("portrait", {"image_size": 128}).of(path, decoded)
    assert caught.value.code == "no-face"
    assert "--model photo" in str(caught.value)


def test_a_larger_frame_keeps_the_proportions_and_is_never_enlarged(tmp_path: Path):
    large = photo(tmp_path / "large.jpg", size=(1500, 1000))
    small = photo(tmp_path / "small.jpg", size=(300, 200))
    assert decode(large, frame_short_px=512).frame.shape == (512, 768, 3)
    assert decode(small, frame_short_px=512).frame.shape == (200, 300, 3)


def test_training_shows_squares_of_photos_that_are_large_enough():
    view = training_view("photo", 256)
    cut = view.cut(np.zeros((300, 500, 3), np.uint8))
    assert cut is not None
    assert cut.shape == (256, 256, 3)
    assert view.cut(np.zeros((200, 500, 3), np.uint8)) is None
