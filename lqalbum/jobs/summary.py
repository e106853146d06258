"""The few numbers that sum up a scan or an export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lqalbum.library.flags import flag
from lqalbum.library.records import PhotoRow


@dataclass(frozen=True)
class ScanSummary:
    """What a scan found; of an export, what the library holds.

    Attributes:
        found: picture files there are.
        scored: photos, screens and scans with a score.
        flagged: photos above the threshold.
        unsure: photos whose samples straddle the threshold.
        errors: files that could not be read.
        seconds: wall time, None where nothing was run.
    """

    found: int
    scored: int
    flagged: int
    unsure: int
    errors: int
    seconds: float | None


def summarise(
    rows: Iterable[PhotoRow],
    strictness: float,
    *,
    found: int | None = None,
    seconds: float | None = None,
) -> ScanSummary:
    """Count the rows.

    Args:
        rows: the photos reported.
        strictness: share of good photos that will be flagged, 0-1.
        found: number of picture files walked; the number of rows if not given.
        seconds: wall time of the run.
    """
    statuses: Counter[str | None] = Counter()
    flags: Counter[str] = Counter()
    for row in rows:
        statuses[row.status] += 1
        flags[flag(row, strictness)] += 1
    return ScanSummary(
        found=sum(statuses.values()) if found is None else found,
        scored=statuses["scored"],
        flagged=flags["flagged"],
        unsure=flags["unsure"],
        errors=statuses["error"],
        seconds=seconds,
    )
