"""What a photo's EXIF says: the one place that knows EXIF, piexif and its traps.

Pillow's ``getexif`` reads dates and orientation. piexif reads the details for the info panel,
only from bytes already in memory and only after every count was checked against their length:
one tag claiming 2^32-1 values keeps ``piexif.load`` busy for a minute and takes 8 GB. Nothing
here ever writes to a file.
"""

from __future__ import annotations

import re
import struct
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image, UnidentifiedImageError

from lqalbum.errors import PhotoError
from lqalbum.library.formats import FORMATS, register_readers
from lqalbum.library.photofile import open_photo, printable

# Malformed blocks raise nearly everything, in Pillow and in piexif.
_MALFORMED = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    ArithmeticError, MemoryError, EOFError, struct.error, RecursionError,
)  # fmt: skip
_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_POINTER_TAGS = (0x8769, 0x8825, 0xA005)
_MOST_DIRECTORIES = 16
_OFFSET = re.compile(r"[+-]\d\d:\d\d")


@dataclass(frozen=True)
class ExifFacts:
    """What indexing needs.

    Attributes:
        orientation: 1-8.
        taken: ISO 8601, with the zone's offset where the file has it.
        camera: a make or a model is named.
    """

    orientation: int = 1
    taken: str | None = None
    camera: bool = False


@dataclass(frozen=True)
class ExifSummary:
    """What the info panel shows; None where the file does not say.

    Attributes:
        camera: make and model.
        lens: its model.
        taken: ISO 8601.
        exposure_s: exposure time, seconds.
        f_number: focal length through aperture.
        iso: sensitivity.
        focal_length_mm: of the lens, mm.
        has_position: the file holds a GPS position.
    """

    camera: str | None = None
    lens: str | None = None
    taken: str | None = None
    exposure_s: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length_mm: float | None = None
    has_position: bool = False


def exif_facts(image: Image.Image) -> ExifFacts:
    """Read orientation, date and camera of a loaded picture; malformed EXIF reads as none."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        stamp = details.get(ExifTags.Base.DateTimeOriginal)
        offset = details.get(ExifTags.Base.OffsetTimeOriginal)
        camera = any(_text(exif.get(tag)) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    except _MALFORMED:
        return ExifFacts()
    known = orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1
    return ExifFacts(known, iso_date(stamp, offset), camera)


def exif_summary(path: str) -> ExifSummary:
    """Read the details of one photo for a person; empty where there are none.

    Raises:
        PhotoError: the file cannot be opened at all.
    """
    register_readers()
    with open_photo(path) as (file, _), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(file, formats=FORMATS) as image:
                data = image.info.get("exif") or image.getexif().tobytes()
        except (UnidentifiedImageError, Image.DecompressionBombError, *_MALFORMED) as exc:
            raise PhotoError(
                "unreadable",
                f"{printable(path)} holds no readable picture; scan its folder again.",
                path,
            ) from exc
    return summary_of(data)


def summary_of(data: bytes) -> ExifSummary:
    """Read the details from an EXIF block; a malformed or suspicious one reads as empty.

    Args:
        data: the block, with or without its ``Exif`` prefix.
    """
    block = data.removeprefix(b"Exif\0\0")
    if not counts_fit(block):
        return ExifSummary()
    import piexif

    try:
        return _summarised(piexif.load(b"Exif\0\0" + block))
    except (piexif.InvalidImageDataError, *_MALFORMED):
        return ExifSummary()


def counts_fit(block: bytes) -> bool:
    """Whether every tag's values lie inside the block and the directories form no cycle.

    Args:
        block: TIFF-structured EXIF, beginning with its byte order.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return False
    try:
        first: int = struct.unpack_from(order + "L", block, 4)[0]
        waiting, seen = [(first, True)], set[int]()
        while waiting:
            offset, is_main = waiting.pop()
            if offset in seen or len(seen) >= _MOST_DIRECTORIES:
                return False
            seen.add(offset)
            waiting += _directories_of(block, order, offset, is_main)
    except (struct.error, ValueError):
        return False
    return True


def _directories_of(block: bytes, order: str, offset: int, is_main: bool) -> list[tuple[int, bool]]:
    """Check one directory's entries; return the offsets of those it points to.

    Only main directories are followed by another; after the others some writers put values
    where the link would be.
    """
    count = struct.unpack_from(order + "H", block, offset)[0]
    found = []
    for index in range(count):
        entry = offset + 2 + 12 * index
        tag, kind, values, pointer = struct.unpack_from(order + "HHLL", block, entry)
        size = _TYPE_BYTES.get(kind, 0) * values
        if not size or (size > 4 and pointer + size > len(block)):
            raise ValueError("values outside the block")
        if tag in _POINTER_TAGS:
            found.append((pointer, False))
    after = offset + 2 + 12 * count
    if is_main and after + 4 <= len(block):
        following = struct.unpack_from(order + "L", block, after)[0]
        found += [(following, True)] if following else []
    return found


def _summarised(loaded: dict[str, Any]) -> ExifSummary:
    main, details = loaded["0th"], loaded["Exif"]
    iso = details.get(0x8827)
    return ExifSummary(
        camera=" ".join(filter(None, (_text(main.get(0x010F)), _text(main.get(0x0110))))) or None,
        lens=_text(details.get(0xA434)),
        taken=iso_date(details.get(0x9003), details.get(0x9011)),
        exposure_s=_ratio(details.get(0x829A)),
        f_number=_ratio(details.get(0x829D)),
        iso=(iso[0] if isinstance(iso, tuple) else iso) or None,
        focal_length_mm=_ratio(details.get(0x920A)),
        has_position=2 in loaded["GPS"] and 4 in loaded["GPS"],
    )


def iso_date(stamp: object, offset: object) -> str | None:
    """An EXIF date in ISO 8601; None if it is no date, as cameras with an unset clock write."""
    try:
        taken = datetime.strptime(_text(stamp) or "", "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    zone = _text(offset) or ""
    return taken.isoformat() + (zone if _OFFSET.fullmatch(zone) else "")


def _text(value: object) -> str | None:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return text.split("\0")[0].strip() or None if isinstance(text, str) else None


def _ratio(value: object) -> float | None:
    if not (isinstance(value, tuple) and len(value) == 2 and value[1]):
        return None
    return float(value[0] / value[1])
