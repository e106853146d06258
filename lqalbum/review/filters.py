"""Which photos belong to which of the window's groups.

A photo's groups are kept as one integer with a bit per group, so that 100,000 of them can be
counted and filtered while a slider is dragged.
"""

from __future__ import annotations

from typing import Literal, get_args

from lqalbum.library.flags import flag
from lqalbum.library.records import PhotoRow

FilterName = Literal[
    "all",
    "flagged",
    "unsure",
    "undecided",
    "kept",
    "deleted",
    "screens",
    "errors",
    "offline",
]

FILTERS: tuple[FilterName, ...] = get_args(FilterName)
BIT: dict[FilterName, int] = {name: 1 << place for place, name in enumerate(FILTERS)}


def groups_of(row: PhotoRow, strictness: float) -> int:
    """Return the groups a photo belongs to, as the sum of their bits.

    A photo in the trash is in ``deleted`` alone, one that vanished from its folder in ``offline``
    alone. ``flagged`` and ``unsure`` hold what still waits for a decision: a photo that was kept
    is not asked about again.

    Args:
        row: the photo.
        strictness: share of good photos that is flagged, 0-1.
    """
    if row.status == "deleted":
        return BIT["deleted"]
    if row.status == "missing":
        return BIT["offline"]
    groups = BIT["all"]
    if row.status == "offline":
        groups |= BIT["offline"]
    if row.kind in ("screen", "scan"):
        groups |= BIT["screens"]
    if row.decision == "keep":
        groups |= BIT["kept"]
    if row.status == "error":
        return groups | BIT["errors"]
    if row.decision == "undecided":
        groups |= BIT["undecided"] | _judged(row, strictness)
    return groups


def _judged(row: PhotoRow, strictness: float) -> int:
    judgement = flag(row, strictness)
    if judgement == "flagged":
        return BIT["flagged"]
    return BIT["unsure"] if judgement == "unsure" else 0
