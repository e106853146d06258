"""R4: one scene in any mode and format is the same photo to the detector."""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from lqalbum.jobs.models import load_detector
from lqalbum.library.decode import decode
from tests.cli.conftest import texture
from tests.library.pictures import HEIC

_TOLERANCE = 1.0  # percentile points
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def _sixteen_bits(path: Path, picture: Image.Image) -> None:
    """A PNG of three 16-bit channels, which Pillow reads and does not write."""
    wide = (np.asarray(picture).astype(np.uint16) * 257).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in wide)
    header = struct.pack(">LLBBBBB", *picture.size, 16, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in chunks
    ))  # fmt: skip


def write_variants(folder: Path) -> None:
    """Write the scene plain, in colour and in grey, and in every other way."""
    folder.mkdir()
    # What the HEIC file holds; colours few enough for a palette.
    colour = Image.fromarray(texture(7)).quantize(200).convert("RGB")
    grey = colour.convert("L")
    opaque = colour.convert("RGBA")
    colour.save(folder / "colour plain.png")
    _sixteen_bits(folder / "colour 16 bits.png", colour)
    colour.quantize(256).save(folder / "colour palette.png")
    colour.quantize(256).save(folder / "colour palette.gif")
    colour.convert("CMYK").save(folder / "colour cmyk.tif")
    opaque.save(folder / "colour alpha.png")
    opaque.save(folder / "colour alpha.webp", lossless=True)
    colour.save(folder / "colour lossless.webp", lossless=True)
    colour.save(folder / "colour packed.tif", compression="tiff_lzw")
    colour.save(folder / "colour.tif")
    colour.save(folder / "colour.bmp")
    (folder / "colour lossless.heic").write_bytes(HEIC.read_bytes())
    for orientation, turn in _TURNED.items():
        exif = Image.Exif()
        exif[0x0112] = orientation
        colour.transpose(turn).save(folder / f"colour turned {orientation}.png", exif=exif)
    Image.fromarray(np.asarray(colour) // 2).save(folder / "colour darkened.png")
    wide = np.asarray(grey).astype(np.uint16) * 257
    grey.save(folder / "grey plain.png")
    Image.fromarray(wide).save(folder / "grey 16 bits.png")
    Image.fromarray(wide).save(folder / "grey 16 bits.tif")
    Image.fromarray(wide.astype(np.int32)).save(folder / "grey 32 bits.tif")
    Image.fromarray(np.asarray(grey).astype(np.float32) / 255).save(folder / "grey float.tif")
    grey.convert("LA").save(folder / "grey alpha.png")


def _kind(name: str) -> str:
    return name.partition(" ")[0].partition(".")[0]


def test_r04_every_mode_gets_the_plain_files_percentile(model: Path, tmp_path: Path) -> None:
    write_variants(tmp_path / "album")
    detector = load_detector(model, device="cpu", threads=1)
    found: dict[str, float] = {}
    for path in sorted((tmp_path / "album").iterdir()):
        frame = decode(str(path)).frame
        # One key for all: it seeds the sampling, which is to be no part of the difference.
        found[path.name] = detector.assess([frame], ["0" * 64], [False])[0].percentile
    assert len(found) == 26
    assert all(math.isfinite(percentile) for percentile in found.values())
    away = {
        name: abs(percentile - found[f"{_kind(name)} plain.png"])
        for name, percentile in found.items()
    }
    # Wrong pixels would be seen: this network's percentiles are not all the same.
    assert away.pop("colour darkened.png") > _TOLERANCE
    print(f"\nlargest difference of {len(away)} files: {max(away.values()):.2f} points")
    assert {name: value for name, value in away.items() if value > _TOLERANCE} == {}
