"""Pages of text, however they were scanned: tinted, shaded, noisy or photographed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from lqalbum.detect.scene import grey

# Strokes of writing are thinner than this where the short side has 256 px.
_STROKE_PX = 18
_SMOOTH_PX = 10
_SMALLEST_PX = 64
_COLOURFUL = 45
_INK, _PAPER = 0.7, 0.9  # of the paper's brightness
_COLOURED_SPREAD = 0.2
_STEP = 0.15
_THICK_PX = 5


@dataclass(frozen=True)
class _Page:
    """A picture as if it were dark writing on paper.

    Attributes:
        brightness: Median grey level of the paper, 0-255.
        even: Share of the picture whose paper is within a fifth of that.
        tint: Largest minus smallest channel of the paper's median colour, grey levels.
        tint_spread: How far red minus blue of the paper varies over the picture, grey levels.
        paper: Share as bright as the paper.
        ink: Share clearly darker.
        darkest: Brightness of its darkest hundredth over that of the paper.
        thick: Share of the ink that lies in spots wider than strokes.
        coloured: Share whose colour differs from the paper's.
        steps: Share of hard steps between neighbours.
    """

    brightness: float
    even: float
    tint: float
    tint_spread: float
    paper: float
    ink: float
    darkest: float
    thick: float
    coloured: float
    steps: float


def is_page(frame: NDArray[np.uint8]) -> bool:
    """Whether a picture (H, W, 3), short side about 256, is a page of writing.

    One kind of paper from edge to edge, thin strokes on it, little else. Good photos and bad ones
    were measured to set the limits: none of 932 passes (`docs/experiments.md`, 16).
    """
    sample = frame[::4, ::4]
    # Most photos are too dark or too colourful to be paper, and need no second look.
    dark = np.quantile(sample, 0.75) < 140
    colourful = np.median(np.ptp(sample, axis=-1)) >= _COLOURFUL
    if dark or colourful or min(frame.shape[:2]) < _SMALLEST_PX:
        return False
    page = _as_page(torch.from_numpy(frame.astype(np.float32)).permute(2, 0, 1)[None])
    return (
        page.brightness >= 150
        and page.even >= 0.93
        and page.tint < _COLOURFUL
        and page.tint_spread < 16
        and page.paper >= 0.65
        and page.darkest < 0.45
        and 0.01 < page.ink < 0.25
        and page.thick < 0.1
        and page.coloured < 0.1
        and page.steps > 0.015
    )


def _as_page(pixels: Tensor) -> _Page:
    halved = _without_strokes(pixels)
    paper = F.interpolate(halved, size=pixels.shape[-2:], mode="nearest")
    relative = grey(pixels) / grey(paper).clamp(min=1)
    colour = pixels / paper.clamp(min=1)
    ink = relative < _INK
    thick = -F.max_pool2d(-ink.float(), _THICK_PX, stride=1) > 0
    # The paper is smooth: a quarter of its positions tells as much.
    level = grey(halved).clamp(min=1)
    redness = (halved[:, 0] - halved[:, 2]).flatten()
    brightness = level.median()
    median_colour = halved.flatten(2).median(2).values
    return _Page(
        brightness=float(brightness),
        even=_share((level / brightness).log().abs() < 0.2),
        tint=float(median_colour.max() - median_colour.min()),
        tint_spread=_at(redness, 0.95) - _at(redness, 0.05),
        paper=_share(relative > _PAPER),
        ink=_share(ink),
        darkest=_at(relative.flatten(), 0.01),
        thick=float(thick.sum() / ink.sum().clamp(min=1)),
        coloured=_share(colour.amax(1) - colour.amin(1) > _COLOURED_SPREAD),
        steps=_share((relative[..., 1:] - relative[..., :-1]).abs() > _STEP),
    )


def _without_strokes(pixels: Tensor) -> Tensor:
    """The paper under the writing, at half the size: a closing that fills what is thin."""
    # The largest of two by two pixels begins the closing, and leaves a quarter of the work.
    closed = -_largest(-_largest(F.max_pool2d(pixels, 2)))
    reach = _SMOOTH_PX // 4
    padded = F.pad(closed, (reach,) * 4, mode="replicate")
    return F.avg_pool2d(padded, 2 * reach + 1, stride=1)


def _largest(planes: Tensor) -> Tensor:
    """The largest value within `_STROKE_PX` of the picture, at half its size."""
    reach = _STROKE_PX // 4
    padded = F.pad(planes, (reach,) * 4, mode="replicate")
    side = 2 * reach + 1
    return F.max_pool2d(F.max_pool2d(padded, (1, side), 1), (side, 1), 1)


def _share(mask: Tensor) -> float:
    return float(mask.float().mean())


def _at(values: Tensor, share: float) -> float:
    """The value (n,) that this share of them does not exceed; no sorting."""
    return float(values.kthvalue(max(1, round(share * len(values)))).values)
