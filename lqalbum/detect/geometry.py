"""Shapes in a picture: whether its lines run smoothly, and whether a grid of pixels shows."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from lqalbum.detect.scene import grey

_WINDOW_SIGMA_PX = 2.5  # after halving: 5 px of the picture
_STRAIGHT_SHARE = 0.95


def disorder(pixels: Tensor) -> Tensor:
    """How far the smoothest lines of a picture are from one direction each, log, (N,).

    Nearly every photo has a few contours that keep their direction over a dozen pixels. Warped,
    spattered and noisy pictures have none. The coherence of the structure tensor, its 95th
    percentile over the picture, is 1 for parallel lines and 0 for directions that cancel.

    Source: B. Jaehne, "Digital Image Processing" (2005), the structure tensor and its coherence;
    gradients below one grey level count as flat.

    Args:
        pixels: (N, 3, H, W) float in 0-255, H and W at least 20.

    Returns:
        (N,) natural logarithm of 1 minus the coherence: higher is more disordered.
    """
    luma = grey(pixels)
    across = (luma[..., 1:-1, 2:] - luma[..., 1:-1, :-2]) / 2
    down = (luma[..., 2:, 1:-1] - luma[..., :-2, 1:-1]) / 2
    tensor = torch.cat((across * across, down * down, across * down), dim=1)
    xx, yy, xy = _smooth(F.avg_pool2d(tensor, 2)).unbind(1)
    coherence = torch.sqrt((xx - yy) ** 2 + 4 * xy**2) / (xx + yy + 1)
    straightest = torch.quantile(coherence.flatten(1), _STRAIGHT_SHARE, dim=1)
    return torch.log(1.001 - straightest)


def pixel_grid(pixels: Tensor) -> Tensor:
    """How unevenly steps are spread over columns and over rows, log, (N,).

    Enlarged pixels and compression blocks put the steps of a picture into some of its columns
    and leave others without. What rises and falls over more columns is content: each column is
    compared with its two neighbours. The smaller of both directions counts, for a fence is uneven
    in one.

    Args:
        pixels: (N, 3, H, W) float in 0-255, H and W at least 4.
    """
    luma = grey(pixels)[:, 0]
    return torch.minimum(_unevenness(luma), _unevenness(luma.transpose(1, 2)))


def _unevenness(luma: Tensor) -> Tensor:
    """Of the columns of (N, H, W): log mean absolute deviation of the log steps, (N,)."""
    profile = torch.log((luma[..., 1:] - luma[..., :-1]).abs().mean(1) + 0.1)
    usual = (profile[:, :-2] + profile[:, 2:]) / 2
    return torch.log((profile[:, 1:-1] - usual).abs().mean(1) + 0.003)


def _smooth(planes: Tensor) -> Tensor:
    """Gaussian mean around each position of (N, 3, h, w), borders reflected."""
    reach = round(3 * _WINDOW_SIGMA_PX)
    offsets = torch.arange(-reach, reach + 1, dtype=planes.dtype, device=planes.device)
    kernel = torch.exp(-0.5 * (offsets / _WINDOW_SIGMA_PX) ** 2)
    kernel = (kernel / kernel.sum()).expand(planes.shape[1], 1, -1)
    planes = F.pad(planes, (reach,) * 4, mode="reflect")
    planes = F.conv2d(planes, kernel[:, :, None], groups=planes.shape[1])
    return F.conv2d(planes, kernel[..., None], groups=planes.shape[1])
