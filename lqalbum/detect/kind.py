"""Screenshots, drawings and scanned pages have other statistics than photos: tell them apart."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lqalbum.detect.page import is_page

Kind = Literal["photo", "screen", "scan"]

_DRAWN_FLAT_SHARE = 0.45
_COLOURS_SHARE = 0.9
_TOP_COLOURS = 24
_CLIPPED_LOW, _CLIPPED_HIGH = 5, 250
_DARKEST, _DARK_LEVEL = 0.005, 96
_EDGE_STEP = 48
_EDGE_SHARE = 0.01

_PANEL_FLAT_SHARE = 0.15
_RULES = 2
_RULE_SHARE = 0.25
_RULE_STEP = 6
_RULE_ROUGHNESS = 2
_ONE_SHEET = 0.9


def picture_kind(frame: NDArray[np.uint8], *, camera: bool) -> Kind:
    """Photo, screen (screenshots, drawings) or scan (a page of text).

    Args:
        frame: (H, W, 3) uint8, short side about 256.
        camera: The file names the camera that took it; such a picture is always a photo.
    """
    if camera:
        return "photo"
    flat = _flat(frame, tolerance=1)
    has_panels = flat.mean() > _PANEL_FLAT_SHARE and _has_rules(frame)
    if is_page(frame) and not (has_panels and _top_colours_share(frame[flat], 1) < _ONE_SHEET):
        return "scan"
    if has_panels or (flat.mean() > _DRAWN_FLAT_SHARE and _is_drawn(frame)):
        return "screen"
    return "photo"


def _has_rules(frame: NDArray[np.uint8]) -> bool:
    """Long straight borders along the axes, as windows, tiles and bars have them."""
    return _rules(frame) + _rules(frame.transpose(1, 0, 2)) >= _RULES


def _rules(frame: NDArray[np.uint8]) -> int:
    """Number of borders between rows that run evenly over a quarter of the width or more."""
    down = _steps(frame, axis=0)
    along = _steps(frame, axis=1) <= _RULE_ROUGHNESS
    # Two rows away both sides are even: the soft step of a blurred edge is longer than that.
    quiet = down <= _RULE_ROUGHNESS
    step = (down[2:-2] >= _RULE_STEP) & quiet[:-4] & quiet[4:]
    ruled = step[:, 1:] & along[2:-3] & along[3:-2]
    return int((_longest_runs(ruled) > _RULE_SHARE * frame.shape[1]).sum())


def _longest_runs(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Length of the longest run of True in each row."""
    longest = np.zeros(len(mask), np.intp)
    run = np.zeros(len(mask), np.intp)
    for column in mask.T:
        run = np.where(column, run + 1, 0)
        longest = np.maximum(longest, run)
    return longest


def _is_drawn(frame: NDArray[np.uint8]) -> bool:
    """Hard steps between a few even colours, one of them dark."""
    # Nothing is dark in a hopelessly overexposed photo.
    if np.quantile(frame.max(-1), _DARKEST) > _DARK_LEVEL:
        return False
    # A defocused, dark or overexposed photo is flat too, but has no hard steps.
    if _edge_share(frame) < _EDGE_SHARE:
        return False
    # What is clipped in an overexposed photo is one colour; what is left still has many.
    if _top_colours_share(_unclipped(frame)) < _COLOURS_SHARE:
        return False
    few = _top_colours_share(frame.reshape(-1, 3)) > _COLOURS_SHARE
    return bool(few and _flat(frame, tolerance=0).mean() > _DRAWN_FLAT_SHARE)


def _unclipped(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pixels (n, 3) that are neither white nor black."""
    clipped = (frame.min(-1) >= _CLIPPED_HIGH) | (frame.max(-1) <= _CLIPPED_LOW)
    left: NDArray[np.uint8] = frame[~clipped]
    return left


def _flat(frame: NDArray[np.uint8], tolerance: int) -> NDArray[np.bool_]:
    """Pixels (H, W) equal to their right and lower neighbour; False in the last row and column."""
    flat = np.zeros(frame.shape[:2], np.bool_)
    right = _steps(frame, axis=1)[:-1] <= tolerance
    below = _steps(frame, axis=0)[:, :-1] <= tolerance
    flat[:-1, :-1] = right & below
    return flat


def _steps(frame: NDArray[np.uint8], axis: int) -> NDArray[np.int16]:
    """Largest difference of a channel between neighbours along an axis, one fewer there."""
    red, green, blue = (
        np.abs(np.diff(np.ascontiguousarray(frame[..., channel], np.int16), axis=axis))
        for channel in range(3)
    )
    # A reduction over an axis of three is several times slower.
    largest: NDArray[np.int16] = np.maximum(np.maximum(red, green), blue)
    return largest


def _top_colours_share(pixels: NDArray[np.uint8], colours: int = _TOP_COLOURS) -> float:
    """Share of pixels (n, 3) in the commonest of 4,096 colours; 1 where there are none."""
    coarse = pixels.astype(np.int32) >> 4
    index = (coarse[:, 0] << 8) | (coarse[:, 1] << 4) | coarse[:, 2]
    counts = np.sort(np.bincount(index, minlength=4096))[::-1]
    return float(counts[:colours].sum() / index.size) if index.size else 1.0


def _edge_share(frame: NDArray[np.uint8]) -> float:
    luma = frame.astype(np.int32).sum(-1) // 3
    return float((np.abs(np.diff(luma, axis=1)) > _EDGE_STEP).mean())
