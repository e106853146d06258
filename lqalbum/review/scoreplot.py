"""Where a photo's score stands among good photos, as a small plot: bars, the limit and a mark."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lqalbum.library.flags import flag_threshold

BARS = 36
# The rightmost part is left free for photos that are worse than every good one.
_GOOD_PART = 0.75
# The worst good photos are outliers: the bars end where two in a hundred lie beyond.
_LAST_SHARE = 0.98


@dataclass(frozen=True)
class ScorePlot:
    """A histogram of good photos' scores with one photo in it; places are shares of the width.

    Attributes:
        bars: heights from left to right, the highest being 1.
        limit: from where on photos are flagged.
        mark: where the photo is.
        is_beyond: whether it lies further right than there is room for.
    """

    bars: tuple[float, ...]
    limit: float
    mark: float
    is_beyond: bool


def score_plot(quantiles: Sequence[float], score: float, strictness: float) -> ScorePlot | None:
    """Place a photo among good photos; None where too little is known of these.

    Args:
        quantiles: evenly spaced quantiles of good photos' scores, from the smallest to the largest.
        score: the photo's.
        strictness: share of good photos that is flagged, 0-1.
    """
    if len(quantiles) < 3 or quantiles[0] >= quantiles[-1]:
        return None
    low = quantiles[0]
    width = (_quantile(quantiles, _LAST_SHARE) - low) / _GOOD_PART
    if width <= 0:
        return None
    edges = [low + width * place / BARS for place in range(BARS + 1)]
    shares = [_share_below(quantiles, edge) for edge in edges]
    heights = [after - before for before, after in pairwise(shares)]
    highest = max(heights)
    limit = (_quantile(quantiles, flag_threshold(strictness) / 100) - low) / width
    mark = (score - low) / width
    return ScorePlot(
        bars=tuple(height / highest for height in heights),
        limit=min(max(limit, 0.0), 1.0),
        mark=min(max(mark, 0.0), 1.0),
        is_beyond=mark > 1,
    )


def _quantile(quantiles: Sequence[float], share: float) -> float:
    """Return the value below which a share (0-1) of good photos lies."""
    place = share * (len(quantiles) - 1)
    before = min(int(place), len(quantiles) - 2)
    step = quantiles[before + 1] - quantiles[before]
    return quantiles[before] + (place - before) * step


def _share_below(quantiles: Sequence[float], value: float) -> float:
    """Return the share (0-1) of good photos below a value."""
    last = len(quantiles) - 1
    if value <= quantiles[0]:
        return 0.0
    if value >= quantiles[last]:
        return 1.0
    above = bisect_right(quantiles, value)
    before = quantiles[above - 1]
    return (above - 1 + (value - before) / (quantiles[above] - before)) / last
