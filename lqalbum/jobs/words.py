"""How a photo's verdict, place and name are put into words for people, in table and page alike."""

from __future__ import annotations

import os
from collections.abc import Sequence

from lqalbum.jobs.reports import Report
from lqalbum.library.flags import Flag
from lqalbum.library.records import NOT_JUDGED_CODES, PhotoRow

_NOT_SCORED = "not scored yet"
_STATUS_WORDS = {
    "error": "unreadable",
    "offline": "offline",
    "missing": "missing",
    "deleted": "deleted",
}
_KIND_WORDS = {"screen": "screen", "scan": "scan"}
_ORDER: dict[Flag, int] = {"flagged": 0, "unsure": 1, "good": 2, "none": 3}


def verdict(row: PhotoRow, judged: Flag) -> str:
    """One or two words for what became of a photo."""
    if row.status is None:
        return _NOT_SCORED
    if row.status == "error" and row.error_code in NOT_JUDGED_CODES:
        return "not judged"
    if row.status != "scored":
        return _STATUS_WORDS[row.status]
    return _KIND_WORDS.get(row.kind or "", judged)


def words(row: PhotoRow) -> str:
    """Why: the reason of a score, or the sentence of an error."""
    if row.status == "error":
        return row.error_message or ""
    return row.reason or ""


def worst_first(report: Report) -> list[PhotoRow]:
    """The rows flagged first, then unsure, good, the rest; within these by percentile and name."""
    return sorted(
        report.photos,
        key=lambda row: (
            _ORDER[report.flag_of(row)],
            row.status != "error",
            -(row.percentile if row.percentile is not None else -1.0),
            row.path,
        ),
    )


def percent(share: float) -> str:
    """A share 0-1 as a percentage without needless digits."""
    return f"{100 * share:.6g} %"


def common_folder(rows: Sequence[PhotoRow]) -> str:
    """The deepest folder all photos lie in; empty where there is none."""
    folders = {os.path.dirname(row.path) for row in rows}
    try:
        return os.path.commonpath(folders) if folders else ""
    except ValueError:  # different drives
        return ""
