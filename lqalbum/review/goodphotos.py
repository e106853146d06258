"""Which photos of an album count as good: those a person kept, or those nothing speaks against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lqalbum.library.flags import flag
from lqalbum.library.records import PhotoRow
from lqalbum.review.language import tr
from lqalbum.review.wording import photos


@dataclass(frozen=True)
class GoodPhotos:
    """Photos to measure by.

    Attributes:
        paths: in order.
        kept: how many photos were kept.
        are_kept: whether these are the kept ones; else they are those that are not flagged.
    """

    paths: tuple[str, ...]
    kept: int
    are_kept: bool

    @property
    def words(self) -> str:
        """Say which photos these are."""
        if self.are_kept:
            return tr("You have kept {count}; they are taken as good.", count=photos(self.kept))
        return tr(
            "You have kept {count} so far, too few to measure by; the {others} that are not "
            "flagged are taken as good instead.",
            count=photos(self.kept),
            others=photos(len(self.paths)),
        )


def kept_photos(rows: Iterable[PhotoRow]) -> list[PhotoRow]:
    """Return the photos that were kept and are there, in order of their paths."""
    kept = (row for row in rows if row.decision == "keep" and _is_usable(row))
    return sorted(kept, key=lambda row: row.path)


def good_photos(rows: Iterable[PhotoRow], strictness: float, fewest: int) -> GoodPhotos:
    """Return the kept photos, or where they are too few all that are not flagged.

    Args:
        rows: all photos.
        strictness: share of good photos that is flagged, 0-1.
        fewest: so many kept ones are enough.
    """
    usable = [row for row in rows if _is_usable(row)]
    kept = kept_photos(usable)
    if len(kept) >= fewest:
        return GoodPhotos(tuple(row.path for row in kept), len(kept), are_kept=True)
    good = [row.path for row in usable if row.decision == "keep" or flag(row, strictness) == "good"]
    return GoodPhotos(tuple(sorted(good)), len(kept), are_kept=False)


def other_photos(rows: Iterable[PhotoRow]) -> list[PhotoRow]:
    """Return the photos that are there and were not kept, in order of their paths."""
    others = (row for row in rows if row.decision != "keep" and _is_usable(row))
    return sorted(others, key=lambda row: row.path)


def _is_usable(row: PhotoRow) -> bool:
    """Whether it is a photo that is there, and no screen or scan."""
    return row.status == "scored" and row.kind == "photo"
