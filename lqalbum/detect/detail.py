"""Fine detail of a picture: how much there is where it has least, as usual and where it has most.

Noise fills the flattest places first, blur empties the busiest ones, so that three quantiles over
the picture say more than one mean. Of a sharp photo at least a few places are crisp, however much
of it is sky or out of focus on purpose: the strongest hundredth tells.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from lqalbum.detect.scene import grey

_BLOCK_PX = 16
_IMMERKAER = ((1.0, -2.0, 1.0), (-2.0, 4.0, -2.0), (1.0, -2.0, 1.0))
_LAPLACIAN = ((0.0, 1.0, 0.0), (1.0, -4.0, 1.0), (0.0, 1.0, 0.0))
_SHARES = (0.1, 0.5, 0.9)
DETAIL_COUNT = 9
_CRISP_SHARE = 0.99
CRISPNESS_COUNT = 4


def detail_statistics(pixels: Tensor) -> Tensor:
    """Log fine detail of grey, blue - green and red - green, each in its 10th, 50th and 90th block.

    Args:
        pixels: (N, 3, H, W) float in 0-255, H and W at least 18.

    Returns:
        (N, 9), natural logarithms of grey levels: the mean absolute second difference in 16 px
        blocks, at the three percentiles over the blocks.
    """
    shares = pixels.new_tensor(_SHARES)
    columns = [torch.quantile(_blocks(plane), shares, dim=1).T for plane in _planes(pixels)]
    return torch.log(torch.cat(columns, dim=1) + 0.1)


def crispness(pixels: Tensor) -> Tensor:
    """Log fine detail of the crispest hundredth of a picture.

    Args:
        pixels: (N, 3, H, W) float in 0-255, H and W at least 6.

    Returns:
        (N, 4), natural logarithms of grey levels: the 99th percentile over the pixels of the
        absolute second difference and of the absolute Laplacian of grey, and of the Laplacians of
        blue - green and red - green at half the resolution, which is all that most JPEG files
        keep of colour.
    """
    luma, *colours = _planes(pixels)
    responses = [_second_difference(luma), _response(luma, _LAPLACIAN)]
    responses += [_response(F.avg_pool2d(plane, 2), _LAPLACIAN) for plane in colours]
    columns = []
    for response in responses:
        values = response.flatten(1)
        rank = max(1, round(_CRISP_SHARE * values.shape[1]))
        columns.append(values.kthvalue(rank, dim=1).values)
    return torch.log(torch.stack(columns, dim=1) + 0.1)


def noise_sigma(pixels: Tensor) -> Tensor:
    """Standard deviation of the noise in the flattest tenth of the picture, grey levels, (N,).

    Source: J. Immerkaer, "Fast Noise Variance Estimation" (CVIU 1996); here per 16 px block,
    the 10th percentile over blocks, so that texture does not count as noise.
    """
    return math.sqrt(math.pi / 2) / 6 * torch.quantile(_blocks(grey(pixels)), _SHARES[0], dim=1)


def _planes(pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Grey, blue - green and red - green, (N, 1, H, W) each."""
    red, green, blue = pixels[:, :1], pixels[:, 1:2], pixels[:, 2:3]
    return grey(pixels), blue - green, red - green


def _blocks(plane: Tensor) -> Tensor:
    """Mean absolute second difference per block, (N, blocks)."""
    return F.avg_pool2d(_second_difference(plane), _BLOCK_PX).flatten(1)


def _second_difference(plane: Tensor) -> Tensor:
    """Absolute response of Immerkaer's mask, which no edge along an axis excites."""
    return _response(plane, _IMMERKAER)


def _response(plane: Tensor, mask: tuple[tuple[float, ...], ...]) -> Tensor:
    return F.conv2d(plane, plane.new_tensor(mask)[None, None]).abs()
