"""A number for what a photo looks like: photos that look alike have numbers with few bits apart.

Taken from the thumbnail in the cache, so that no photo is opened for it.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SIDE_PX: Final = 32
_FREQUENCIES: Final = 8


def perceptual_hash(thumbnail: bytes) -> int:
    """The perceptual hash of a photo: which of its low frequencies are strong.

    The luminance at 32 x 32 px is transformed by a DCT-II; a bit says whether one of the 8 x 8
    lowest coefficients is above their median.

    Args:
        thumbnail: JPEG of the photo.

    Returns:
        64 bits, 0 to 2**64 - 1.

    Source: C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010,
    section 3.2.1. There the lowest frequencies of each axis are left out; here the brightness of
    the whole costs one bit.
    """
    with Image.open(io.BytesIO(thumbnail), formats=["JPEG"]) as image:
        image.draft("L", (2 * _SIDE_PX, 2 * _SIDE_PX))
        grey = image.convert("L").resize((_SIDE_PX, _SIDE_PX), Image.Resampling.LANCZOS)
    luminance = np.asarray(grey, np.float64)
    basis = _basis()
    low = basis @ luminance @ basis.T
    bits = low.ravel() > np.median(low)
    return int.from_bytes(np.packbits(bits).tobytes())


@lru_cache(maxsize=1)
def _basis() -> NDArray[np.float64]:
    """The lowest rows of the DCT-II's matrix, (8, 32), orthogonal and not scaled."""
    frequency = np.arange(_FREQUENCIES)[:, None]
    place = np.arange(_SIDE_PX)[None] + 0.5
    return np.cos(np.pi / _SIDE_PX * frequency * place)
