"""Light and colour of a picture in single numbers: exposure, black and white point, vividness.

All take pixels (N, 3, H, W) float in 0-255 and return one number per picture, (N,).
"""

from __future__ import annotations

import torch
from torch import Tensor

from lqalbum.detect.scene import grey

# Pixels beyond these shares are glints, specks and dead pixels.
_DARKEST, _BRIGHTEST = 0.005, 0.995
_VIVID_SHARE = 0.95
# Below this a picture is black and white on purpose; faded colour photos keep more.
MONOCHROME_VIVIDNESS = 0.03


def brightness(pixels: Tensor) -> Tensor:
    """Mean grey level, 0-255."""
    return grey(pixels).mean((1, 2, 3))


def contrast(pixels: Tensor) -> Tensor:
    """Standard deviation of the grey levels."""
    return grey(pixels).flatten(1).std(1)


def clipped_white(pixels: Tensor) -> Tensor:
    """Share of pixels whose every channel is at least 250, 0-1."""
    return (pixels.amin(1) >= 250).float().mean((1, 2))


def haze(pixels: Tensor) -> Tensor:
    """Black point: the 0.5th percentile of each pixel's largest channel, 0-255.

    Nearly every good photo has something black in it. Haze, stray light and a lifted exposure
    leave nothing below a grey.
    """
    return torch.quantile(pixels.amax(1).flatten(1), _DARKEST, dim=1)


def vividness(pixels: Tensor) -> Tensor:
    """95th percentile of the saturation (largest - smallest channel) / (largest + 1), 0-1."""
    largest, smallest = pixels.amax(1), pixels.amin(1)
    saturation = (largest - smallest) / (largest + 1)
    return torch.quantile(saturation.flatten(1), _VIVID_SHARE, dim=1)


def tonal_range(pixels: Tensor) -> Tensor:
    """Darkest and brightest grey level that count (0.5th and 99.5th percentile), (N, 2)."""
    shares = pixels.new_tensor((_DARKEST, _BRIGHTEST))
    return torch.quantile(grey(pixels).flatten(1), shares, dim=1).T
