"""Screenshots, drawings and scanned pages have other statistics than photos: tell them apart."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["photo", "screen", "scan"]

_SCREEN_FLAT_SHARE = 0.45
_COLOURS_SHARE = 0.9
_TOP_COLOURS = 24
_SCAN_PAPER_SHARE = 0.6
_SCAN_INK_SHARE = 0.01
_SCAN_COLOURED_SHARE = 0.03
_COLOURED_SPREAD = 40
_CLIPPED_LOW, _CLIPPED_HIGH = 5, 250
_EDGE_STEP = 48
_EDGE_SHARE = 0.01


def picture_kind(frame: NDArray[np.uint8], *, camera: bool) -> Kind:
    """Photo, screen (screenshots, drawings) or scan (a page of text).

    Args:
        frame: (H, W, 3) uint8, short side about 256.
        camera: The file names the camera that took it; such a picture is always a photo.
    """
    if camera:
        return "photo"
    # Hard steps: a defocused, dark or overexposed photo is flat too, but has none.
    if _edge_share(frame) < _EDGE_SHARE:
        return "photo"
    # What is clipped in an overexposed photo is one colour; what is left still has many.
    if _top_colours_share(_unclipped(frame)) < _COLOURS_SHARE:
        return "photo"
    if _is_scan(frame):
        return "scan"
    pixels = frame.reshape(-1, 3)
    if _flat_share(frame) > _SCREEN_FLAT_SHARE and _top_colours_share(pixels) > _COLOURS_SHARE:
        return "screen"
    return "photo"


def _unclipped(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pixels (n, 3) that are neither white nor black."""
    clipped = (frame.min(-1) >= _CLIPPED_HIGH) | (frame.max(-1) <= _CLIPPED_LOW)
    left: NDArray[np.uint8] = frame[~clipped]
    return left


def _flat_share(frame: NDArray[np.uint8]) -> float:
    """Share of pixels equal to their right and lower neighbour."""
    right = (frame[:-1, 1:] == frame[:-1, :-1]).all(-1)
    below = (frame[1:, :-1] == frame[:-1, :-1]).all(-1)
    return float((right & below).mean())


def _top_colours_share(pixels: NDArray[np.uint8]) -> float:
    """Share of pixels (n, 3) in the commonest of 4,096 colours; 1 where there are none."""
    coarse = pixels.astype(np.int32) >> 4
    index = (coarse[:, 0] << 8) | (coarse[:, 1] << 4) | coarse[:, 2]
    counts = np.sort(np.bincount(index, minlength=4096))[::-1]
    return float(counts[:_TOP_COLOURS].sum() / index.size) if index.size else 1.0


def _edge_share(frame: NDArray[np.uint8]) -> float:
    luma = frame.astype(np.int32).sum(-1) // 3
    return float((np.abs(np.diff(luma, axis=1)) > _EDGE_STEP).mean())


def _is_scan(frame: NDArray[np.uint8]) -> bool:
    """Mostly bright, colourless paper with dark ink on it."""
    low, high = frame.min(-1).astype(np.int32), frame.max(-1).astype(np.int32)
    paper = (low > 215) & (high - low < 24)
    coloured = high - low >= _COLOURED_SPREAD
    ink = (high < 110) & ~coloured
    return bool(
        paper.mean() > _SCAN_PAPER_SHARE
        and ink.mean() > _SCAN_INK_SHARE
        and coloured.mean() < _SCAN_COLOURED_SHARE
    )
