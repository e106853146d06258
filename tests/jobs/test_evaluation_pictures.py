"""What of each photo is measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lqalbum.jobs.evaluation_pictures import (
    evaluation_pictures,
    measured_view,
)
from lqalbum.jobs.models import ModelSummary
from lqalbum.jobs.views import View, centre_square
from tests.jobs.pictures import photo

PHOTO = ModelSummary(
    "m", "0" * 64, "1" * 64, "photo", 20, Path("m.safetensors"), 1, {"image_size": None}, {}
)


def never() -> bool:
    return False


def fixed(side_px: int) -> ModelSummary:
    return replace(PHOTO, preset="imagenet64", config={"image_size": side_px})


def test_photos_are_cut_to_their_centre_square(tmp_path: Path) -> None:
    paths = [photo(tmp_path / "a.jpg", size=(600, 400)), photo(tmp_path / "b.jpg", size=(100, 90))]
    (tmp_path / "c.jpg").write_text("no picture")
    found = evaluation_pictures([*paths, str(tmp_path / "c.jpg")], 1, never, print)
    assert (found.unreadable, found.without_crop, found.skipped, found.small) == (1, 0, 1, 1)
    assert [item.path for item in found.pictures] == paths
    assert [item.pixels.shape for item in found.pictures] == [(256, 256, 3), (64, 64, 3)]


def test_what_a_crop_gives_is_measured_and_the_rest_is_skipped(tmp_path: Path) -> None:
    paths = [photo(tmp_path / f"{n}.jpg", seed=n) for n in range(3)]
    shown = []

    def second_only(frame: np.ndarray) -> np.ndarray | None:
        shown.append(frame.shape)
        return frame[:128, :128] if len(shown) == 2 else None

    found = evaluation_pictures(paths, 1, never, print, View(second_only))
    assert shown == [(256, 320, 3)] * 3
    assert [item.pixels.shape for item in found.pictures] == [(128, 128, 3)]
    assert (found.unreadable, found.without_crop, found.skipped) == (0, 2, 2)


def test_the_square_is_in_the_middle() -> None:
    frame = np.zeros((64, 96, 3), np.uint8)
    frame[:, 16:80] = 255
    assert (centre_square(frame) == 255).all()
    assert centre_square(frame).shape == (64, 64, 3)


def test_a_model_of_any_size_sees_the_square() -> None:
    frame = np.random.default_rng(0).integers(0, 256, (96, 64, 3), dtype=np.uint8)
    cut = measured_view(PHOTO).cut(frame)
    assert cut is not None
    assert (cut == frame[16:80]).all()


@pytest.mark.parametrize(("side_px", "shape"), [(64, (64, 64, 3)), (96, (96, 96, 3)), (97, None)])
def test_a_model_of_one_size_never_sees_an_enlarged_picture(side_px, shape) -> None:
    frame = np.full((96, 160, 3), 7, np.uint8)
    cut = measured_view(fixed(side_px)).cut(frame)
    assert (None if cut is None else cut.shape) == shape
    assert cut is None or (cut == 7).all()


def test_a_portrait_without_a_face_is_skipped(tmp_path: Path) -> None:
    pytest.importorskip("cv2")
    model = replace(PHOTO, preset="portrait", config={"image_size": 128})
    paths = [photo(tmp_path / "stripes.jpg", detail=0.0)]
    found = evaluation_pictures(paths, 1, never, print, measured_view(model))
    assert (found.pictures, found.unreadable, found.without_crop) == ((), 0, 1)
