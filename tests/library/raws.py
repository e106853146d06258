"""A raw picture built byte by byte: a DNG of a sensor's values with a JPEG preview."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from PIL import Image

from tests.library.pictures import jpeg

_BYTE, _TEXT, _SHORT, _LONG, _RATIO, _SIGNED_RATIO = 1, 2, 3, 4, 5, 10
_FORMATS = {_BYTE: "B", _SHORT: "H", _LONG: "L"}
_Entry = tuple[int, int, int, bytes]


def write_dng(
    path: Path, picture: Image.Image, preview: Image.Image | None, orientation: int = 1
) -> str:
    """Write a DNG.

    Args:
        path: of the file.
        picture: what the sensor saw, both sides even; a red, green or blue value a pixel is kept.
        preview: as the camera would have developed it; none if not given.
        orientation: as in EXIF.
    """
    sensor = _sensor_values(np.asarray(picture)).tobytes()
    shown = b"" if preview is None else jpeg(preview, quality=95)
    # Pixels first, then the directories: so their places are known.
    start = 8
    main = [
        *_preview_entries(preview, start, len(shown)),
        _entry(0x010F, _TEXT, b"Camera\0"),
        _entry(0x0110, _TEXT, b"One\0"),
        _entry(0x0112, _SHORT, orientation),
        _entry(0x0132, _TEXT, b"2024:05:06 07:08:09\0"),
        _entry(50706, _BYTE, 1, 4, 0, 0),
        _entry(50708, _TEXT, b"Camera One\0"),
        _entry(50721, _SIGNED_RATIO, *(n for d in (1, 0, 0, 0, 1, 0, 0, 0, 1) for n in (d, 1))),
        _entry(50728, _RATIO, 1, 1, 1, 1, 1, 1),
    ]
    values = _sensor_entries(picture.size, start + len(shown), len(sensor))
    if preview is None:
        body, first = _directory(main + values, start + len(sensor))
    else:
        inner_at = start + len(shown) + len(sensor)
        inner, _ = _directory(values, inner_at)
        main.append(_entry(0x014A, _LONG, inner_at))
        outer, first = _directory(main, inner_at + len(inner))
        body = inner + outer
    path.write_bytes(b"II*\0" + struct.pack("<L", first) + shown + sensor + body)
    return str(path)


def _sensor_values(picture: np.ndarray) -> np.ndarray:
    """One value of each pixel's three, in the pattern RG/GB, linear, 16 bits little-endian."""
    linear = (picture / 255.0) ** 2.2 * 65535
    values = linear[..., 1].copy()
    values[::2, ::2] = linear[::2, ::2, 0]
    values[1::2, 1::2] = linear[1::2, 1::2, 2]
    return values.astype("<u2")


def _preview_entries(preview: Image.Image | None, offset: int, length: int) -> list[_Entry]:
    if preview is None:
        return []
    return [
        _entry(0x00FE, _LONG, 1),
        _entry(0x0100, _LONG, preview.width),
        _entry(0x0101, _LONG, preview.height),
        _entry(0x0102, _SHORT, 8, 8, 8),
        _entry(0x0103, _SHORT, 7),
        _entry(0x0106, _SHORT, 6),
        _entry(0x0111, _LONG, offset),
        _entry(0x0115, _SHORT, 3),
        _entry(0x0116, _LONG, preview.height),
        _entry(0x0117, _LONG, length),
    ]


def _sensor_entries(size: tuple[int, int], offset: int, length: int) -> list[_Entry]:
    return [
        _entry(0x00FE, _LONG, 0),
        _entry(0x0100, _LONG, size[0]),
        _entry(0x0101, _LONG, size[1]),
        _entry(0x0102, _SHORT, 16),
        _entry(0x0103, _SHORT, 1),
        _entry(0x0106, _SHORT, 32803),
        _entry(0x0111, _LONG, offset),
        _entry(0x0115, _SHORT, 1),
        _entry(0x0116, _LONG, size[1]),
        _entry(0x0117, _LONG, length),
        _entry(33421, _SHORT, 2, 2),
        _entry(33422, _BYTE, 0, 1, 1, 2),
        _entry(50717, _LONG, 65535),
    ]


def _entry(tag: int, kind: int, *values: int | bytes) -> _Entry:
    if kind == _TEXT:
        (text,) = values
        assert isinstance(text, bytes)
        return tag, kind, len(text), text
    if kind in (_RATIO, _SIGNED_RATIO):
        letter = "L" if kind == _RATIO else "l"
        return tag, kind, len(values) // 2, struct.pack(f"<{len(values)}{letter}", *values)
    return tag, kind, len(values), struct.pack(f"<{len(values)}{_FORMATS[kind]}", *values)


def _directory(entries: list[_Entry], offset: int) -> tuple[bytes, int]:
    """A directory that lies at an offset, with its values after it; returns where it begins."""
    entries = sorted(entries)
    after = offset + 2 + 12 * len(entries) + 4
    body, values = struct.pack("<H", len(entries)), b""
    for tag, kind, count, data in entries:
        body += struct.pack("<HHL", tag, kind, count)
        if len(data) <= 4:
            body += data.ljust(4, b"\0")
        else:
            body += struct.pack("<L", after + len(values))
            values += data + b"\0" * (len(data) % 2)
    return body + bytes(4) + values, offset
