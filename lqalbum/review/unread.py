"""The files that could not be read, counted by their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lqalbum.library.records import PhotoRow
from lqalbum.review.language import number, plural, tr
from lqalbum.review.wording import why


def unread_words(rows: Sequence[PhotoRow]) -> str:
    """Return how many files could not be read and for which reasons, the most frequent first.

    Args:
        rows: of photos; those that were read do not count.
    """
    reasons = Counter(why(row, 0.0) for row in rows if row.status == "error")
    told = ", ".join(f"{number(count)} × {words}" for words, count in reasons.most_common())
    counted = plural(
        "{count} file could not be read: {reasons}.",
        "{count} files could not be read: {reasons}.",
        reasons.total(),
        reasons=told,
    )
    return counted + " " + tr("Such files are never flagged and never counted as bad.")
