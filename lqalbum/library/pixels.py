"""From what a decoder gives to upright sRGB pixels, small and fast.

``Image.convert("RGB")`` alone turns 16-bit grey white and 0..1 float black, so that good photos
would look bad; every mode has its own way here.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

# Transparent pictures are judged and shown on this; the middle of the range favours neither
# light nor dark drawings.
BACKGROUND: Final = (128, 128, 128)

LARGEST_PROFILE_BYTES: Final = 4 * 2**20
_INTEGER_MODES: Final = ("I;16", "I;16L", "I;16B", "I;16N", "I")
_TRANSPOSE: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PROFILE_SPACE: Final = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}


def reduced(image: Image.Image, target_short_px: int) -> Image.Image:
    """Shrink a loaded picture by averaging whole blocks, to at least twice the target.

    Args:
        image: any mode; nothing is lost that a later resampling to the target would keep.
        target_short_px: the short side wanted in the end.

    Returns:
        A picture in a mode with 8 bits a channel: L, LA, RGB, RGBA or CMYK.
    """
    image = _to_eight_bits(image)
    factor = min(image.size) // (2 * target_short_px)
    return image.reduce(factor) if factor > 1 else image


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert 8-bit pixels to opaque sRGB.

    Args:
        image: as `reduced` returns it.
        profile: the picture's ICC profile; a broken or foreign one is ignored.
    """
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    colour = image.convert(image.mode[:-1]) if alpha else image
    transform = _srgb_transform(profile, colour.mode) if profile else None
    rgb = ImageCms.applyTransform(colour, transform) if transform else colour.convert("RGB")
    if rgb is None:  # only when it works in place, which it does not here
        raise ValueError("the colour transform gave no picture")
    if alpha is None:
        return rgb
    return Image.composite(rgb, Image.new("RGB", rgb.size, BACKGROUND), alpha)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn a picture by its EXIF orientation, 1-8; anything else leaves it as it is."""
    transpose = _TRANSPOSE.get(orientation)
    return image if transpose is None else image.transpose(transpose)


def _to_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode in _INTEGER_MODES or image.mode == "F":
        return Image.fromarray(_grey_levels(np.asarray(image)))
    if image.has_transparency_data:
        grey = image.mode in ("LA", "La")
        return image.convert("LA" if grey else "RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _grey_levels(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    """Map wide grey values to 0-255 by the range that their kind and their maximum imply."""
    if values.dtype.itemsize == 2:
        # 257 = 65535 / 255, so that an 8-bit picture stored in 16 bits comes back exactly.
        return ((values.astype(np.uint32) + 128) // 257).astype(np.uint8)
    grey = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    top = float(grey.max())
    if np.issubdtype(values.dtype, np.floating) and top <= 1.0:
        white = 1.0
    else:
        white = next((limit for limit in (255.0, 65535.0) if top <= limit), top)
    levels: NDArray[np.uint8] = (np.clip(grey / white, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    return levels


@lru_cache(maxsize=16)
def _srgb_transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The transform from a profile to sRGB; None when there is nothing to do or no way."""
    if len(profile) > LARGEST_PROFILE_BYTES:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != _PROFILE_SPACE.get(mode):
            return None
        if "srgb" in (source.profile.profile_description or "").lower():
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
