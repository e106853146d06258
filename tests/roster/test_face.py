"""Faces: found, turned level, always in the same place; none where there is none."""

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from lqalbum.errors import LQAlbumError
from lqalbum.roster import face
from lqalbum.roster.face import EYE_DISTANCE_SHARE, EYE_HEIGHT_SHARE, Eyes, FaceCropper

ALBUM = Path(__file__).resolve().parents[2] / "resources" / "sample_album"

# Pupils as marked by hand, px of the upright picture: (file, left eye, right eye).
PORTRAITS = [
    ("IMG_0013.jpg", (203.5, 101.0), (246.0, 103.5)),
    ("IMG_0034.jpg", (222.5, 191.0), (305.0, 187.0)),
]


def picture(name: str) -> NDArray[np.uint8]:
    with Image.open(ALBUM / name) as image:
        return np.array(ImageOps.exif_transpose(image).convert("RGB"))


@pytest.fixture(scope="module")
def cropper() -> FaceCropper:
    return FaceCropper()


@pytest.mark.parametrize(("name", "left", "right"), PORTRAITS)
def test_eyes_are_found_where_they_are(cropper: FaceCropper, name: str, left, right):
    eyes = cropper.eyes(picture(name))
    assert eyes is not None
    tolerance = 0.1 * math.dist(left, right)  # what the cascades reach
    assert math.dist(eyes.left, left) < tolerance
    assert math.dist(eyes.right, right) < tolerance


@pytest.mark.parametrize("side_px", [64, 128, 200])
def test_a_crop_is_square_with_the_eyes_in_their_places(side_px: int):
    cropper = FaceCropper(side_px)
    rgb = picture("IMG_0034.jpg")
    crop = cropper.crop(rgb)
    assert crop is not None
    assert crop.dtype == np.uint8
    assert crop.shape == (side_px, side_px, 3)
    # The crop holds the same colours as the picture where the eyes are.
    eyes = cropper.eyes(rgb)
    assert eyes is not None
    across = (0.5 - EYE_DISTANCE_SHARE / 2) * side_px
    spot = crop[round(EYE_HEIGHT_SHARE * side_px), round(across)].astype(float)
    near = rgb[round(eyes.left[1]) - 4 : round(eyes.left[1]) + 5]
    near = near[:, round(eyes.left[0]) - 4 : round(eyes.left[0]) + 5].astype(float)
    assert np.abs(near - spot).sum(2).min() < 60


@pytest.mark.parametrize("degrees", [-12.0, 9.0])
def test_a_tilted_head_comes_out_level(cropper: FaceCropper, degrees: float):
    straight = picture("IMG_0013.jpg")
    tilted = np.array(
        Image.fromarray(straight).rotate(degrees, Image.Resampling.BICUBIC, center=(225, 110))
    )
    level, turned = cropper.crop(straight), cropper.crop(tilted)
    assert level is not None
    assert turned is not None
    face_part = np.s_[30:110, 35:95]
    difference = np.abs(level[face_part].astype(float) - turned[face_part]).mean()
    untouched = np.array(Image.fromarray(level).rotate(degrees, Image.Resampling.BICUBIC))
    wrong = np.abs(level[face_part].astype(float) - untouched[face_part]).mean()
    assert difference < 0.7 * wrong


def test_a_crop_over_the_edge_is_mirrored():
    rgb = np.zeros((40, 40, 3), np.uint8)
    rgb[:, :20] = 200
    # Eyes at the left edge: what lies beyond it is the picture again, not black.
    crop = FaceCropper(64)._aligned(rgb, Eyes((2.0, 20.0), (16.0, 20.0)))
    assert crop[:, :10].min() == 200


def test_shrinking_a_crop_leaves_no_moire():
    # One-pixel stripes cannot be seen at a tenth of the size: grey, whatever the phase.
    rgb = np.zeros((900, 900, 3), np.uint8)
    rgb[:, ::2] = 255
    crop = FaceCropper(64)._aligned(rgb, Eyes((350.0, 400.0), (550.0, 400.0)))
    assert np.ptp(crop.astype(int)) <= 8
    assert abs(crop.mean() - 127.5) < 3


@pytest.mark.parametrize("name", ["IMG_0007.jpg", "IMG_0009.jpg", "IMG_0011.jpg", "IMG_0026.jpg"])
def test_a_picture_without_a_face_gives_none(cropper: FaceCropper, name: str):
    assert cropper.crop(picture(name)) is None


def test_a_sideways_face_is_no_face(cropper: FaceCropper):
    assert cropper.crop(np.rot90(picture("IMG_0034.jpg")).copy()) is None


@pytest.mark.parametrize("shape", [(64, 64, 3), (64, 1024, 3), (300, 64, 3)])
def test_flat_and_narrow_pictures_give_none(cropper: FaceCropper, shape: tuple[int, ...]):
    assert cropper.crop(np.full(shape, 128, np.uint8)) is None


def test_the_largest_face_is_taken(cropper: FaceCropper):
    large = picture("IMG_0034.jpg")[80:400, 100:420]
    small = np.array(Image.fromarray(large).resize((160, 160), Image.Resampling.LANCZOS))
    both = np.full((320, 520, 3), 128, np.uint8)
    both[:160, :160] = small
    both[:, 200:] = large
    eyes = cropper.eyes(both)
    assert eyes is not None
    assert eyes.left[0] > 200


def test_without_eyes_the_box_of_the_face_is_taken(
    cropper: FaceCropper, monkeypatch: pytest.MonkeyPatch
):
    rgb = picture("IMG_0013.jpg")
    seen = cropper.eyes(rgb)
    monkeypatch.setattr(cropper, "_eyes", [])
    guessed = cropper.eyes(rgb)
    assert seen is not None
    assert guessed is not None
    assert guessed.left[1] == guessed.right[1]
    assert math.dist(seen.left, guessed.left) < 0.25 * seen.distance


def test_odd_pairs_of_eyes_are_refused():
    side = face._EYE_SEARCH_PX
    good = [(0.31 * side, 0.39 * side), (0.69 * side, 0.40 * side)]
    assert face._best_pair(good) is not None
    assert face._best_pair([good[0]]) is None
    assert face._best_pair([good[0], (0.40 * side, 0.39 * side)]) is None  # too close
    assert face._best_pair([good[0], (0.69 * side, 0.56 * side)]) is None  # too steep
    assert face._best_pair([(0.05 * side, 0.39 * side), (0.45 * side, 0.39 * side)]) is None


def test_without_opencv_one_sentence_names_the_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(LQAlbumError, match=r'pip install "lqalbum\[roster\]"'):
        FaceCropper()


def test_opencv_is_imported_only_when_a_face_is_looked_for():
    code = "import sys, lqalbum.roster.face; sys.exit('cv2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
