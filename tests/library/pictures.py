"""Small generated pictures for the library's tests."""

import io
import os
import struct
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lqalbum.library.decode import decode
from lqalbum.library.library import Library

# texture(7) of tests/cli/conftest.py in 200 colours, lossless: nothing installed here writes HEIC.
HEIC = Path(__file__).parent / "data" / "texture.heic"


def scene(width: int = 320, height: int = 288, colours: int = 0, seed: int = 7) -> Image.Image:
    """A smooth colourful scene with distinct corners, of few colours if asked."""
    y, x = np.mgrid[0:height, 0:width]
    phase = np.random.default_rng(seed).uniform(0, 6, 3)
    waves = [np.sin(x / 23 + phase[c]) + np.cos(y / 17 + 2 * phase[c]) for c in range(3)]
    values = 127 + 40 * np.stack(waves, axis=-1) + 20 * (x > y)[..., None]
    picture = Image.fromarray(values.clip(0, 255).astype(np.uint8))
    return picture.quantize(colours).convert("RGB") if colours else picture


def save_scene(path: Path, seed: int = 7, **options: object) -> str:
    """Write a scene in the format of the path's extension; return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scene(seed=seed).save(path, **options)
    return str(path)


def jpeg(picture: Image.Image, **options: object) -> bytes:
    """The picture as the bytes of a JPEG file."""
    written = io.BytesIO()
    picture.save(written, "JPEG", **options)
    return written.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds almost nothing."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(b"\0" * 64)),
            (b"IEND", b""),
        )
    )


def permissions_bind() -> bool:
    """Whether a folder's permissions bind this process, as they do unless it is root's."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o500)
        return not os.access(folder, os.W_OK)


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Mean absolute difference of two pictures of one size, in 8-bit levels."""
    return float(np.abs(one.astype(float) - other.astype(float)).mean())


def index_album(library: Library, root: str, paths: Sequence[str]) -> None:
    """Read photos and store them, as a scan does."""
    library.add_decoded([(root, path, decode(path)) for path in paths])
