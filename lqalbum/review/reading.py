"""Reading rows from the library; for a background thread, since it may wait for the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lqalbum.errors import PhotoError
from lqalbum.library.exif import ExifSummary, exif_summary
from lqalbum.library.library import Library
from lqalbum.library.records import Evidence, PhotoRow

__all__ = ["ExifSummary", "Facts", "RowReader", "read_facts"]


@dataclass(frozen=True)
class Facts:
    """What the reason panel shows beside the row.

    Attributes:
        evidence: the measurements behind the score by name; empty without a score.
        exif: camera, lens and exposure; None where the file cannot be read.
    """

    evidence: Mapping[str, Evidence]
    exif: ExifSummary | None


def read_facts(library: Library, row: PhotoRow) -> Facts:
    """Read the evidence and the camera data of one photo."""
    evidence = library.details(row.photo_id) if row.score is not None else {}
    try:
        exif = exif_summary(row.path) if row.status in (None, "scored") else None
    except PhotoError:
        exif = None
    return Facts(evidence, exif)


class RowReader:
    """Reads the rows that have changed since it was last asked."""

    def __init__(self, library: Library, scorer_id: str | None) -> None:
        """Read rows with the scores of one scorer, None for the newest of each photo."""
        self._library = library
        self._scorer_id = scorer_id
        self._seen = 0

    def changed(self) -> tuple[PhotoRow, ...]:
        """Return the rows that are new or changed; all of them the first time."""
        changes = self._library.rows_since(self._seen, self._scorer_id)
        self._seen = changes.change_id
        return changes.rows
