"""Fine detail of a picture: how much there is where it has least, as usual and where it has most.

Noise fills the flattest places first, blur empties the busiest ones, so that three quantiles over
the picture say more than one mean.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from lqalbum.detect.scene import grey

_BLOCK_PX = 16
_SHARES = (0.1, 0.5, 0.9)
# Columns of `detail_statistics` that hold the busiest places of the three planes.
BUSIEST = (2, 5, 8)
DETAIL_COUNT = 9


def detail_statistics(pixels: Tensor) -> Tensor:
    """Log fine detail of grey, blue - green and red - green, each in its 10th, 50th and 90th block.

    Args:
        pixels: (N, 3, H, W) float in 0-255, H and W at least 18.

    Returns:
        (N, 9), natural logarithms of grey levels: the mean absolute second difference in 16 px
        blocks, at the three percentiles over the blocks.
    """
    red, green, blue = pixels[:, :1], pixels[:, 1:2], pixels[:, 2:3]
    shares = pixels.new_tensor(_SHARES)
    columns = []
    for plane in (grey(pixels), blue - green, red - green):
        columns.append(torch.quantile(_blocks(plane), shares, dim=1).T)
    return torch.log(torch.cat(columns, dim=1) + 0.1)


def noise_sigma(pixels: Tensor) -> Tensor:
    """Standard deviation of the noise in the flattest tenth of the picture, grey levels, (N,).

    Source: J. Immerkaer, "Fast Noise Variance Estimation" (CVIU 1996); here per 16 px block,
    the 10th percentile over blocks, so that texture does not count as noise.
    """
    return math.sqrt(math.pi / 2) / 6 * torch.quantile(_blocks(grey(pixels)), _SHARES[0], dim=1)


def _blocks(plane: Tensor) -> Tensor:
    """Mean absolute response of Immerkaer's second difference per block, (N, blocks)."""
    kernel = plane.new_tensor([[1.0, -2, 1], [-2, 4, -2], [1, -2, 1]]).view(1, 1, 3, 3)
    return F.avg_pool2d(F.conv2d(plane, kernel).abs(), _BLOCK_PX).flatten(1)
