"""From stored percentiles and a strictness to a flag, so that a new strictness rescores nothing."""

from __future__ import annotations

from typing import Literal

from lqalbum.library.records import PhotoRow, Status

Flag = Literal["flagged", "unsure", "good", "none"]


def flag_threshold(strictness: float) -> float:
    """The percentile above which a photo is flagged.

    Args:
        strictness: share of good photos that will be flagged, 0-1.

    Returns:
        A percentile, 0-100.

    Raises:
        ValueError: strictness is outside 0-1.
    """
    if not 0.0 <= strictness <= 1.0:
        raise ValueError(f"strictness must be a share between 0 and 1, not {strictness}")
    return 100.0 * (1.0 - strictness)


def flag_values(
    kind: str | None,
    status: Status | None,
    percentile_low: float | None,
    percentile_high: float | None,
    strictness: float,
) -> Flag:
    """Judge one photo from its bare numbers.

    Args:
        kind: only a ``photo`` can be flagged.
        status: only a ``scored`` photo can be flagged; an error is never a flag.
        percentile_low: lowest percentile over the samples drawn, 0-100.
        percentile_high: highest percentile over the samples drawn, 0-100.
        strictness: share of good photos that will be flagged, 0-1.

    Returns:
        ``none`` when there is nothing to judge; ``unsure`` when the samples straddle the threshold.
    """
    if kind != "photo" or status != "scored" or percentile_low is None or percentile_high is None:
        return "none"
    threshold = flag_threshold(strictness)
    if percentile_low > threshold:
        return "flagged"
    return "unsure" if percentile_high > threshold else "good"


def flag(row: PhotoRow, strictness: float) -> Flag:
    """Judge one photo; see `flag_values`."""
    return flag_values(row.kind, row.status, row.percentile_low, row.percentile_high, strictness)
