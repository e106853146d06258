"""Natural-scene statistics of a picture: what undistorted photos have in common.

Source: A. Mittal, R. Soundararajan, A. Bovik, "Making a 'Completely Blind' Image Quality
Analyzer" (IEEE SPL 2013): contrast-normalised luminance and the products of neighbours, each
described by a generalised Gaussian fit, at two scales. Here over the whole frame instead of
patches, on pictures in 0-255.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

NATURAL_SCENE_COUNT = 36

_WINDOW_SIGMA = 7 / 6
_SHAPES = torch.arange(0.2, 10.001, 0.001, dtype=torch.float64)
# (E|x|)^2 / E x^2 of a generalised Gaussian, rising with its shape.
_RATIOS = torch.exp(
    2 * torch.lgamma(2 / _SHAPES) - torch.lgamma(1 / _SHAPES) - torch.lgamma(3 / _SHAPES)
)


def grey(pixels: Tensor) -> Tensor:
    """Rec. 601 luma (N, 1, H, W) of pixels (N, 3, H, W), same unit."""
    weights = pixels.new_tensor((0.299, 0.587, 0.114)).view(1, 3, 1, 1)
    return (pixels * weights).sum(dim=1, keepdim=True)


def natural_scene_statistics(pixels: Tensor) -> Tensor:
    """36 numbers per picture.

    Args:
        pixels: (N, 3, H, W) float in 0-255.

    Returns:
        (N, 36): per scale shape and log-variance of the normalised luminance, then shape, mean,
        left and right log-variance of its four neighbour products.
    """
    luma = grey(pixels)
    half = F.avg_pool2d(luma, 2)
    return torch.cat((_one_scale(luma), _one_scale(half)), dim=1)


def _one_scale(luma: Tensor) -> Tensor:
    normalised = _contrast_normalised(luma)
    columns = list(_symmetric_fit(normalised))
    for rows, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        # Not torch.roll: the wrapped border would pair opposite edges.
        columns += _asymmetric_fit(_neighbour_product(normalised, rows, right))
    return torch.stack(columns, dim=1)


def _contrast_normalised(luma: Tensor) -> Tensor:
    """(luma - local mean) / (local deviation + 1), (N, 1, H, W)."""
    mean = _blurred(luma)
    variance = (_blurred(luma * luma) - mean * mean).clamp(min=0)
    return (luma - mean) / (torch.sqrt(variance) + 1)


def _blurred(x: Tensor) -> Tensor:
    """Gaussian 7x7, borders reflected."""
    offsets = torch.arange(-3, 4, dtype=x.dtype, device=x.device)
    kernel = torch.exp(-0.5 * (offsets / _WINDOW_SIGMA) ** 2)
    kernel = kernel / kernel.sum()
    x = F.pad(x, (3, 3, 3, 3), mode="reflect")
    x = F.conv2d(x, kernel.view(1, 1, 1, 7))
    return F.conv2d(x, kernel.view(1, 1, 7, 1))


def _neighbour_product(x: Tensor, down: int, right: int) -> Tensor:
    height, width = x.shape[-2:]
    first = x[..., : height - down, max(0, -right) : width - max(0, right)]
    second = x[..., down:, max(0, right) : width + min(0, right)]
    return first * second


def _symmetric_fit(x: Tensor) -> tuple[Tensor, Tensor]:
    x = x.flatten(1)
    square = x.square().mean(1) + 1e-8
    shape = _shape_of(x.abs().mean(1).square() / square)
    return torch.log(shape), torch.log(square)


def _asymmetric_fit(x: Tensor) -> list[Tensor]:
    """Shape, mean, left and right log-variance (moment matching)."""
    x = x.flatten(1)
    negative, positive = (-x).clamp(min=0), x.clamp(min=0)
    left = negative.square().sum(1) / (x < 0).sum(1).clamp(min=1) + 1e-8
    right = positive.square().sum(1) / (x > 0).sum(1).clamp(min=1) + 1e-8
    gamma = torch.sqrt(left / right)
    ratio = x.abs().mean(1).square() / (x.square().mean(1) + 1e-8)
    corrected = ratio * (gamma**3 + 1) * (gamma + 1) / (gamma**2 + 1).square()
    shape = _shape_of(corrected)
    gap = torch.exp(
        torch.lgamma(2 / shape) - 0.5 * (torch.lgamma(1 / shape) + torch.lgamma(3 / shape))
    )
    mean = (torch.sqrt(right) - torch.sqrt(left)) * gap
    return [torch.log(shape), mean, torch.log(left), torch.log(right)]


def _shape_of(ratio: Tensor) -> Tensor:
    """Invert the ratio of moments to the generalised Gaussian's shape."""
    table = _RATIOS.to(ratio)
    index = torch.searchsorted(table, ratio.contiguous()).clamp(max=len(table) - 1)
    return _SHAPES.to(ratio)[index]
