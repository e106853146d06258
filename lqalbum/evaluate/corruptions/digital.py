"""Digital corruptions: brightness, contrast, saturation, elastic warp, pixels and JPEG."""

from io import BytesIO

import numpy as np
from PIL import Image
from scipy import ndimage

from lqalbum.evaluate.corruptions.filters import Picture, Pixels, Plane

BRIGHTNESS_ADDED = (0.1, 0.2, 0.3, 0.4, 0.5)  # to the HSV value, full scale 1
CONTRAST_KEPT = (0.4, 0.3, 0.2, 0.1, 0.05)
SATURATION = ((0.3, 0.0), (0.1, 0.0), (2.0, 0.0), (5.0, 0.1), (20.0, 0.2))  # factor, offset
PIXELATE_SCALES = (0.6, 0.5, 0.4, 0.3, 0.25)
JPEG_QUALITIES = (25, 18, 15, 10, 7)
ELASTIC_STRENGTHS = (12.5, 16.25, 21.25, 25.0, 30.0)
ELASTIC_SIGMA_SHARE = 0.01  # of each side
ELASTIC_JUMP_SHARE = 0.005  # of the height, for both directions, as published


def contrast(picture: Picture, severity: int, _random: np.random.Generator) -> Pixels:
    """Draws every channel towards its mean."""
    values = picture / 255.0
    means: Pixels = values.mean(axis=(0, 1), keepdims=True)
    return ((values - means) * CONTRAST_KEPT[severity - 1] + means) * 255.0


def brightness(picture: Picture, severity: int, _random: np.random.Generator) -> Pixels:
    """Raises the value of HSV; hue and saturation stay."""
    values = picture / 255.0
    peak = values.max(axis=2, keepdims=True)
    raised = np.clip(peak + BRIGHTNESS_ADDED[severity - 1], 0.0, 1.0)
    # At fixed hue and saturation the channels scale with the value; black has neither: grey.
    scaled: Pixels = np.where(peak > 0.0, values * (raised / _no_zeros(peak)), raised)
    return scaled * 255.0


def saturate(picture: Picture, severity: int, _random: np.random.Generator) -> Pixels:
    """Scales and shifts the saturation of HSV; hue and value stay."""
    factor, offset = SATURATION[severity - 1]
    values = picture / 255.0
    peak = values.max(axis=2, keepdims=True)
    span = peak - values.min(axis=2, keepdims=True)
    before = np.where(peak > 0.0, span / _no_zeros(peak), 0.0)
    after = np.clip(before * factor + offset, 0.0, 1.0)
    # Depth below the peak as a share of the span: this is the hue. Grey, having none, turns red.
    depth = np.where(span > 0.0, (peak - values) / _no_zeros(span), np.array([0.0, 1.0, 1.0]))
    saturated: Pixels = peak * (1.0 - after * depth)
    return saturated * 255.0


def _no_zeros(values: Pixels) -> Pixels:
    """Returns values with 1 in place of 0, to divide by where the quotient is not used."""
    return np.where(values > 0.0, values, 1.0)


def elastic_transform(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Moves pixels along two smooth random fields."""
    height, width = picture.shape[:2]
    strength = ELASTIC_STRENGTHS[severity - 1]
    right = _smooth_field(height, width, random) * strength
    down = _smooth_field(height, width, random) * strength
    rows, columns = np.mgrid[:height, :width]
    places = np.stack([rows + down, columns + right])
    values = picture / 255.0
    planes = [
        ndimage.map_coordinates(values[:, :, channel], places, order=1, mode="reflect")
        for channel in range(3)
    ]
    return np.stack(planes, axis=2) * 255.0


def _smooth_field(height: int, width: int, random: np.random.Generator) -> Plane:
    """Returns (H, W) uniform noise in px, smoothed over 1 % of each side."""
    jump_px = height * ELASTIC_JUMP_SHARE
    field = random.uniform(-jump_px, jump_px, size=(height, width))
    sigmas = (height * ELASTIC_SIGMA_SHARE, width * ELASTIC_SIGMA_SHARE)
    smooth: Plane = ndimage.gaussian_filter(field, sigmas, mode="reflect", truncate=3.0)
    return smooth


def pixelate(picture: Picture, severity: int, _random: np.random.Generator) -> Picture:
    """Shrinks by averaging and enlarges by repeating."""
    scale = PIXELATE_SCALES[severity - 1]
    height, width = picture.shape[:2]
    small = Image.fromarray(picture).resize(
        (int(width * scale), int(height * scale)), Image.Resampling.BOX
    )
    return np.asarray(small.resize((width, height), Image.Resampling.NEAREST))


def jpeg_compression(picture: Picture, severity: int, _random: np.random.Generator) -> Picture:
    """Stores and reads back a JPEG with Pillow's default 4:2:0 colour."""
    buffer = BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=JPEG_QUALITIES[severity - 1])
    return np.asarray(Image.open(buffer))
