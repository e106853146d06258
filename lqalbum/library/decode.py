"""One photo's file in, all that is needed of it out: read once, hashed and decoded together.

`decode` is meant for a worker process with limits (`lqalbum.library.workers`): decoders of
hostile bytes may take any amount of time and memory, or crash.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import warnings
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

import numpy as np
from PIL import Image, UnidentifiedImageError

from lqalbum.errors import PhotoError
from lqalbum.library.exif import ExifFacts, exif_facts
from lqalbum.library.formats import (
    FORMATS,
    PICTURE_BUDGET_BYTES,
    SMALLEST_SIDE_PX,
    fewest_bytes,
    has_picture_signature,
    needed_bytes,
    register_readers,
)
from lqalbum.library.photofile import mtime_ns, open_photo, printable, sha256_of
from lqalbum.library.pixels import reduced, to_srgb, upright
from lqalbum.library.raw import is_raw, open_raw
from lqalbum.library.records import FRAME_SHORT_PX, THUMBNAIL_LONG_PX, DecodedPhoto

__all__ = ["DecodedPhoto", "decode", "frame_size"]

FRAME_LONGEST_PX: Final = 1024
FRAME_STEP_PX: Final = 32
THUMBNAIL_QUALITY: Final = 80
_CLOSE_QUALITY: Final = 94

# Below this a file is read whole, so that hash and picture are surely of the same bytes.
_READ_WHOLE_BYTES: Final = 64 * 2**20


@dataclass(frozen=True)
class _Picture:
    """A small upright sRGB picture and what its header said of the large one."""

    pixels: Image.Image
    width: int
    height: int
    format: str
    exif: ExifFacts


def decode(
    path: str, thumbnail_px: int = THUMBNAIL_LONG_PX, frame_short_px: int = FRAME_SHORT_PX
) -> DecodedPhoto:
    """Read one photo.

    Args:
        path: absolute, as ``os.fsdecode`` gives it.
        thumbnail_px: longest side of the thumbnail; larger where a photo is looked at closely.
        frame_short_px: short side of the frame; larger where a part of it is cut out.

    Raises:
        PhotoError: with the codes of `open_photo`, or ``not-an-image``, ``truncated``,
            ``too-large``, ``too-small``, ``no-raw-reader``.
    """
    register_readers()
    with open_photo(path) as (file, before):
        whole = before.st_size <= _READ_WHOLE_BYTES
        stream: BinaryIO = io.BytesIO(file.read()) if whole else file
        sha256 = _sha256(stream)
        with warnings.catch_warnings():
            # Pillow warns about odd metadata; what matters here is raised or recorded.
            warnings.simplefilter("ignore")
            picture = _decode_picture(stream, path, max(thumbnail_px, frame_short_px))
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise PhotoError(
            "unreadable",
            f"{printable(path)} changed while it was read; scan again when it is complete.",
            path,
        )
    return DecodedPhoto(
        frame=_frame(picture, frame_short_px),
        thumbnail=_thumbnail(picture, thumbnail_px),
        width=picture.width,
        height=picture.height,
        format=picture.format,
        taken=picture.exif.taken,
        camera=picture.exif.camera,
        sha256=sha256,
        size_bytes=before.st_size,
        mtime_ns=mtime_ns(before),
        device=before.st_dev,
        inode=before.st_ino,
    )


def frame_size(width: int, height: int) -> tuple[int, int]:
    """The size of the frame for a picture, (width, height) in px, both multiples of 32.

    Args:
        width: of the upright picture, px, at least 64.
        height: of the upright picture, px, at least 64.
    """
    short, long = sorted((width, height))
    if short >= FRAME_SHORT_PX:
        frame_short = FRAME_SHORT_PX
        frame_long = round(FRAME_SHORT_PX * long / short / FRAME_STEP_PX) * FRAME_STEP_PX
    else:
        frame_short = short // FRAME_STEP_PX * FRAME_STEP_PX
        frame_long = long // FRAME_STEP_PX * FRAME_STEP_PX
    frame_long = min(frame_long, FRAME_LONGEST_PX)
    return (frame_long, frame_short) if width > height else (frame_short, frame_long)


def _size_to_cut_from(width: int, height: int, short_px: int) -> tuple[int, int]:
    """The size of a larger frame, (width, height) in px, with the photo's own proportions."""
    longest = FRAME_LONGEST_PX * short_px // FRAME_SHORT_PX
    share = min(1.0, short_px / min(width, height), longest / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))


def _sha256(stream: BinaryIO) -> str:
    if isinstance(stream, io.BytesIO):
        return hashlib.sha256(stream.getbuffer()).hexdigest()
    return sha256_of(stream)


def _decode_picture(stream: BinaryIO, path: str, wanted_px: int) -> _Picture:
    """The seam where everything that Pillow and its decoders raise becomes a `PhotoError`."""
    # Its own limit refuses real 200-megapixel photos and lets small bombs through; the budget
    # by format below takes its place.
    Image.MAX_IMAGE_PIXELS = None
    head = stream.read(16)
    stream.seek(0)
    try:
        if is_raw(path):
            return _shrunk_raw(stream, path, wanted_px)
        with Image.open(stream, formats=FORMATS) as image:
            size_bytes = stream.seek(0, io.SEEK_END)
            return _shrunk(image, path, wanted_px, size_bytes)
    except (PhotoError, FileNotFoundError):
        raise
    except MemoryError as exc:
        raise _too_large(path, "its decoder ran out of memory") from exc
    except UnidentifiedImageError as exc:
        if has_picture_signature(head):
            raise _truncated(path) from exc
        raise PhotoError(
            "not-an-image",
            f"{printable(path)} holds no picture in a known format; "
            "check what it is, or give it its true extension.",
            path,
        ) from exc
    except OSError as exc:
        if exc.errno is not None:
            raise
        raise _truncated(path) from exc
    except Exception as exc:  # damaged bytes make decoders raise anything
        raise _truncated(path) from exc


def _shrunk_raw(stream: BinaryIO, path: str, wanted_px: int) -> _Picture:
    """As `_shrunk`, of the picture that stands for the raw one."""
    raw = open_raw(stream, path, max(2 * FRAME_SHORT_PX, wanted_px))
    with raw.image as image:
        size_bytes = sys.maxsize  # the preview's own bytes were all there
        picture = _shrunk(image, path, wanted_px, size_bytes, raw.facts)
    kind = path.rpartition(".")[2].upper()
    return replace(picture, width=raw.width, height=raw.height, format=kind)


def _shrunk(
    image: Image.Image,
    path: str,
    wanted_px: int,
    size_bytes: int,
    facts: ExifFacts | None = None,
) -> _Picture:
    """Decode no more than is needed; facts override what the image itself says."""
    width, height = image.size
    if min(width, height) < SMALLEST_SIDE_PX:
        raise PhotoError(
            "too-small",
            f"{printable(path)} is {width} x {height} pixels, too small "
            f"to judge; at least {SMALLEST_SIDE_PX} are needed each way.",
            path,
        )
    # Twice the usual frame, and no less than a larger one, nor than the thumbnail, whose long side
    # this bounds from below.
    wanted = max(2 * FRAME_SHORT_PX, wanted_px)
    scale = _draft_scale(image, wanted)
    if needed_bytes(image, scale) > PICTURE_BUDGET_BYTES:
        raise _too_large(path, f"{width} x {height} pixels")
    if fewest_bytes(image) > size_bytes:
        raise _truncated(path)
    if scale > 1:
        image.draft(image.mode, (width // scale, height // scale))
    image.load()
    file_format = image.format or ""
    exif = facts or exif_facts(image)
    if exif.orientation >= 5:
        width, height = height, width
    small = reduced(image, wanted // 2)
    pixels = upright(to_srgb(small, image.info.get("icc_profile")), exif.orientation)
    return _Picture(pixels, width, height, file_format, exif)


def _draft_scale(image: Image.Image, wanted_short_px: int) -> int:
    """How far the JPEG decoder itself may shrink: its blocks come out at 1/2, 1/4 or 1/8."""
    if image.format not in ("JPEG", "MPO"):
        return 1
    return next((s for s in (8, 4, 2) if min(image.size) // s >= wanted_short_px), 1)


def _too_large(path: str, why: str) -> PhotoError:
    return PhotoError(
        "too-large",
        f"{printable(path)} is too large to decode safely ({why}); "
        "save a smaller copy to have it judged.",
        path,
    )


def _truncated(path: str) -> PhotoError:
    return PhotoError(
        "truncated",
        f"{printable(path)} is damaged or cut short; copy it again from where it came.",
        path,
    )


def _frame(picture: _Picture, short_px: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    if short_px == FRAME_SHORT_PX:
        size = frame_size(picture.width, picture.height)
    else:
        size = _size_to_cut_from(picture.width, picture.height, short_px)
    resampled = picture.pixels.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return np.array(resampled, dtype=np.uint8)


def _thumbnail(picture: _Picture, longest_px: int) -> bytes:
    longest = max(picture.width, picture.height)
    share = min(1.0, longest_px / longest)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    small = picture.pixels.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    written = io.BytesIO()
    if longest_px > THUMBNAIL_LONG_PX:  # somebody looks for noise and blocks in it: add none
        small.save(written, "JPEG", quality=_CLOSE_QUALITY, subsampling=0)
    else:
        small.save(written, "JPEG", quality=THUMBNAIL_QUALITY)
    return written.getvalue()
