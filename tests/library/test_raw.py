"""Raw pictures: the camera's preview where it does, a development otherwise, words without both."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lqalbum.errors import PhotoError
from lqalbum.jobs.indexing import Finished, IndexOptions, Walked, index
from lqalbum.library import raw
from lqalbum.library.decode import decode
from lqalbum.library.library import Library
from lqalbum.library.workers import DecodePool
from tests.jobs.stand_in import StandInDetector
from tests.library.pictures import difference, save_scene, scene
from tests.library.raws import write_dng

WIDE = scene(1200, 800)


def _expected(picture: Image.Image, size: tuple[int, int]) -> np.ndarray:
    return np.asarray(picture.resize(size, Image.Resampling.LANCZOS))


@pytest.fixture
def rawpy():
    return pytest.importorskip("rawpy", reason="the extra [raw] is not installed")


def test_the_cameras_preview_is_what_is_judged(rawpy, tmp_path: Path) -> None:
    dark = Image.new("RGB", (1200, 800))
    photo = decode(write_dng(tmp_path / "a.DNG", dark, WIDE))
    assert difference(photo.frame, _expected(WIDE, (384, 256))) < 2.0  # the preview is a JPEG
    assert (photo.width, photo.height, photo.format) == (1200, 800, "DNG")
    assert photo.camera


def test_a_preview_lies_as_the_sensor_does(rawpy, tmp_path: Path) -> None:
    photo = decode(write_dng(tmp_path / "a.dng", WIDE, WIDE.resize((900, 600)), orientation=6))
    upright = WIDE.transpose(Image.Transpose.ROTATE_270)
    assert difference(photo.frame, _expected(upright, (256, 384))) < 2.0
    assert (photo.width, photo.height) == (800, 1200)


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize(
    "preview",
    [None, WIDE.resize((300, 200)), WIDE.resize((600, 600))],
    ids=["none", "too small", "another shape"],
)
def test_without_a_preview_that_does_it_is_developed(
    rawpy, tmp_path: Path, preview: Image.Image | None, orientation: int
) -> None:
    photo = decode(write_dng(tmp_path / "a.dng", WIDE, preview, orientation))
    turned = WIDE if orientation == 1 else WIDE.transpose(Image.Transpose.ROTATE_270)
    size = photo.frame.shape[1], photo.frame.shape[0]
    assert size == ((384, 256) if orientation == 1 else (256, 384))
    # Developed with another curve and other colours than the scene's: only its pattern is the same.
    green = photo.frame[..., 1].astype(float)
    right, wrong = _expected(turned, size)[..., 1].astype(float), green[::-1]
    likeness = [np.corrcoef(green.ravel(), other.ravel())[0, 1] for other in (right, wrong)]
    assert likeness[0] > max(0.85, likeness[1] + 0.1)
    assert sorted((photo.width, photo.height)) == [800, 1200]


def test_damaged_raw_pictures_have_a_code_and_cost_no_worker(rawpy, tmp_path: Path) -> None:
    whole = Path(write_dng(tmp_path / "whole.dng", WIDE, WIDE)).read_bytes()
    random = np.random.default_rng(9)
    paths = []
    for number in range(24):
        spoilt = bytearray(whole)
        if number % 3 == 0:
            del spoilt[int(random.integers(9, len(whole))) :]
        else:
            start = len(whole) - 400 if number % 3 == 1 else 0
            for place in random.integers(start, len(whole), size=20):
                spoilt[place] = int(random.integers(256))
        path = tmp_path / f"{number}.dng"
        path.write_bytes(spoilt)
        paths.append(str(path))
    with DecodePool(1) as pool:
        outcomes = dict(pool.decode_all(paths))
    codes = {getattr(outcome, "code", None) for outcome in outcomes.values()}
    assert len(outcomes) == 24
    assert codes <= {None, "truncated", "not-an-image", "too-large", "too-small"}
    assert codes & {"truncated", "not-an-image"}


class _Sizes:
    flip, width, height, raw_width, raw_height = 0, 60_000, 40_000, 60_000, 40_000


class _Huge:
    """A reader whose picture is of 2.4 gigapixels and has no preview."""

    class LibRawError(Exception):
        pass

    class LibRawFileUnsupportedError(LibRawError):
        pass

    class LibRawUnsufficientMemoryError(LibRawError):
        pass

    class LibRawTooBigError(LibRawError):
        pass

    class RawPy:
        sizes = _Sizes

        def open_buffer(self, stream: object) -> None:
            pass

        def extract_thumb(self) -> None:
            raise _Huge.LibRawError

        def postprocess(self, **options: object) -> None:
            raise AssertionError("it was developed")

        def close(self) -> None:
            pass


def test_a_raw_picture_too_large_to_develop_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rawpy", _Huge)
    path = write_dng(tmp_path / "a.dng", WIDE, None)
    with pytest.raises(PhotoError) as caught:
        decode(path)
    assert caught.value.code == "too-large"


def test_without_the_extra_the_row_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rawpy", None)
    path = write_dng(tmp_path / "a.dng", WIDE, WIDE)
    with pytest.raises(PhotoError, match=r"pip install 'lqalbum\[raw\]'") as caught:
        decode(path)
    assert (caught.value.code, caught.value.path) == ("no-raw-reader", path)


@pytest.mark.parametrize("is_installed", [False, True])
def test_a_raw_picture_is_tried_again_once_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_installed: bool
) -> None:
    folder = tmp_path / "album"
    save_scene(folder / "photo.jpg")
    lone = write_dng(folder / "lone.dng", WIDE, WIDE)
    error = PhotoError("no-raw-reader", "Install it.", lone)
    detector = StandInDetector()
    options = IndexOptions(scorer_id=detector.scorer_id)

    def scan(library: Library) -> list[object]:
        return list(index(library, [str(folder)], lambda: detector, options, lambda: False))

    monkeypatch.setattr("lqalbum.jobs.rescan.has_raw_reader", lambda: is_installed)
    with Library.open(tmp_path / "library") as library:
        scan(library)
        library.add_error(str(folder), lone, error)
        tried: list[str] = []
        real = DecodePool.decode_all

        def noted(self: DecodePool, paths: list[str], stop: object):
            tried.extend(paths)
            yield from real(self, paths, stop)  # type: ignore[arg-type]

        monkeypatch.setattr(DecodePool, "decode_all", noted)
        events = scan(library)
    assert isinstance(events[0], Walked)
    assert isinstance(events[-1], Finished)
    assert tried == ([lone] if is_installed else [])


def test_the_reader_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    raw.has_raw_reader.cache_clear()
    monkeypatch.setitem(sys.modules, "rawpy", None)
    assert not raw.has_raw_reader()
    raw.has_raw_reader.cache_clear()
