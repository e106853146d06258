"""Raw pictures, by the extra [raw]: the camera's own preview, else a quick development."""

from __future__ import annotations

import importlib.util
import io
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, BinaryIO, Final

from PIL import Image, UnidentifiedImageError

from lqalbum.errors import PhotoError
from lqalbum.library.exif import ExifFacts, exif_facts
from lqalbum.library.formats import PICTURE_BUDGET_BYTES, RAW_EXTENSIONS
from lqalbum.library.photofile import printable

NO_READER: Final = "no-raw-reader"

_ORIENTATION_TAG: Final = 0x0112
# How LibRaw says that a picture is to be turned, as EXIF's orientation.
_ORIENTATION: Final = {0: 1, 3: 3, 5: 8, 6: 6}
# Peak bytes per sensor pixel of a development at half size: the sensor's values, four 16-bit
# channels of a quarter of the pixels twice, and the picture.
_PEAK_BYTES: Final = 8
# A preview of other proportions is cut, or has bars.
_SAME_SHAPE: Final = 0.03


@dataclass(frozen=True)
class RawPicture:
    """What stands for a raw picture.

    Attributes:
        image: not turned upright yet.
        facts: orientation of that image, date, camera.
        width: of the upright raw picture, px.
        height: likewise.
    """

    image: Image.Image
    facts: ExifFacts
    width: int
    height: int


def is_raw(path: str) -> bool:
    """Whether a file is a raw picture, by its ending: by its bytes many are TIFF files."""
    return path.rpartition(".")[2].lower() in RAW_EXTENSIONS


@cache
def has_raw_reader() -> bool:
    """Whether the extra is installed."""
    try:
        return importlib.util.find_spec("rawpy") is not None
    except ValueError:  # a module without a specification, or None in its place
        return False


def open_raw(stream: BinaryIO, path: str, wanted_short_px: int) -> RawPicture:
    """Read a raw picture.

    Args:
        stream: of its bytes; left anywhere.
        path: for sentences.
        wanted_short_px: a preview with a smaller short side does not do.

    Raises:
        PhotoError: ``no-raw-reader``, ``not-an-image``, ``truncated``, ``too-large``.
    """
    try:
        import rawpy
    except ImportError as exc:
        raise PhotoError(
            NO_READER,
            f"{printable(path)} is a raw picture; pip install 'lqalbum[raw]' to have it read.",
            path,
        ) from exc
    facts = _facts(stream)
    stream.seek(0)
    with closing(rawpy.RawPy()) as raw:
        try:
            raw.open_buffer(stream)
            width, height = _upright_size(raw)  # a development at half size changes what it says
            image, turn = _preview(rawpy, raw, wanted_short_px) or _developed(raw)
        except rawpy.LibRawFileUnsupportedError as exc:
            raise PhotoError(
                "not-an-image",
                f"{printable(path)} is no raw picture of a known camera; check what it is.",
                path,
            ) from exc
        except (rawpy.LibRawUnsufficientMemoryError, rawpy.LibRawTooBigError) as exc:
            raise MemoryError from exc
    return RawPicture(image, replace(facts, orientation=turn), width, height)


def _preview(rawpy: Any, raw: Any, wanted_short_px: int) -> tuple[Image.Image, int] | None:
    """The picture that the camera made itself, if it is whole and large enough; its orientation."""
    try:
        preview = raw.extract_thumb()
        if preview.format == rawpy.ThumbFormat.JPEG:
            image: Image.Image = Image.open(io.BytesIO(preview.data), formats=("JPEG",))
        else:
            image = Image.fromarray(preview.data)
    except (rawpy.LibRawError, UnidentifiedImageError, OSError):
        return None
    if min(image.size) < wanted_short_px or not _has_shape_of(image, raw):
        return None
    says_itself = _ORIENTATION_TAG in image.getexif()
    return image, exif_facts(image).orientation if says_itself else _turn(raw)


def _developed(raw: Any) -> tuple[Image.Image, int]:
    """The sensor's values at half size, in the camera's white balance, upright."""
    if raw.sizes.raw_width * raw.sizes.raw_height * _PEAK_BYTES > PICTURE_BUDGET_BYTES:
        raise MemoryError
    return Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True)), 1


def _facts(stream: BinaryIO) -> ExifFacts:
    """Date and camera, which most raw pictures keep as a TIFF does; a camera it was, anyway."""
    stream.seek(0)
    try:
        with Image.open(stream, formats=("TIFF",)) as image:
            facts = exif_facts(image)
    except Exception:  # noqa: BLE001 - Pillow's reader need not understand it at all
        facts = ExifFacts()
    return replace(facts, camera=True)


def _turn(raw: Any) -> int:
    return _ORIENTATION.get(raw.sizes.flip, 1)


def _upright_size(raw: Any) -> tuple[int, int]:
    size = raw.sizes.width, raw.sizes.height
    return size if _turn(raw) < 5 else size[::-1]


def _has_shape_of(image: Image.Image, raw: Any) -> bool:
    shape = max(image.size) / min(image.size)
    sizes = (raw.sizes.width, raw.sizes.height)
    return bool(min(sizes) > 0 and abs(shape * min(sizes) / max(sizes) - 1) < _SAME_SHAPE)
