"""Energy by frequency: bands, sharpness, compression blocks; classics beside the network.

All take pixels (N, 3, H, W) float in 0-255 and return one row per picture.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from lqalbum.detect.scene import grey

BAND_COUNT = 9
# Columns of `band_energies`: those of strides 4 and 8 in both planes.
COARSE = (2, 3, 6, 7)


def band_energies(pixels: Tensor) -> Tensor:
    """Log mean absolute value of 4 Laplacian-pyramid bands of grey and of red minus blue.

    The ninth number is the log variance of the grey picture's Laplacian.

    Returns:
        (N, 9), natural logarithms.
    """
    luma = grey(pixels)
    columns = []
    for plane in (luma, pixels[:, :1] - pixels[:, 2:3]):
        for _ in range(4):
            half = F.avg_pool2d(plane, 2)
            smooth = F.interpolate(half, size=plane.shape[-2:], mode="bilinear")
            columns.append(torch.log((plane - smooth).abs().mean((1, 2, 3)) + 0.02))
            plane = half
    columns.append(log_laplacian_variance(pixels))
    return torch.stack(columns, dim=1)


def log_laplacian_variance(pixels: Tensor) -> Tensor:
    """Log variance of the grey picture's Laplacian, (N,): the higher the sharper."""
    kernel = pixels.new_tensor([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]]).view(1, 1, 3, 3)
    return torch.log(F.conv2d(grey(pixels), kernel).flatten(1).var(1) + 1e-2)


def blockiness(pixels: Tensor) -> Tensor:
    """How much larger steps are across the 8x8 grid than inside it, log ratio, (N,).

    Second differences across the four pixels around each possible grid line, so that smooth
    gradients cancel; largest of both directions.
    """
    luma = grey(pixels)[:, 0]
    ratios = [_grid_ratio(luma), _grid_ratio(luma.transpose(1, 2))]
    return torch.stack(ratios).amax(0)


def _grid_ratio(luma: Tensor) -> Tensor:
    step = (luma[..., 2:-1] - luma[..., 1:-2]).abs()
    around = (
        (luma[..., 1:-2] - luma[..., :-3]).abs() + (luma[..., 3:] - luma[..., 2:-1]).abs()
    ) / 2
    columns = (step - around).clamp(min=0).mean(1) + 0.05
    # Column j is the step between pixels j+1 and j+2; grid lines lie before multiples of 8.
    on_grid = (torch.arange(columns.shape[1], device=luma.device) + 2) % 8 == 0
    return torch.log(columns[:, on_grid].mean(1) / columns[:, ~on_grid].mean(1))


def high_frequency(pixels: Tensor) -> Tensor:
    """Mean spectral magnitude outside the central low-frequency square, (N,).

    The FFT is unitary, on grey in 0-1; the square's side is half the picture's.

    Source: Nanaumi et al., arXiv 2408.10885, section on the adaptive split level.
    """
    luma = grey(pixels)[:, 0] / 255
    spectrum = torch.fft.fft2(luma, norm="ortho").abs()
    rows = torch.fft.fftfreq(luma.shape[1], device=luma.device).abs() < 0.25
    columns = torch.fft.fftfreq(luma.shape[2], device=luma.device).abs() < 0.25
    outside = ~(rows[:, None] & columns[None, :])
    mean: Tensor = spectrum[:, outside].mean(1)
    return mean
