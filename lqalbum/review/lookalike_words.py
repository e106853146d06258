"""Copies, bursts and look-alikes in words."""

from __future__ import annotations

import os
from collections.abc import Sequence

from lqalbum.library.records import PhotoRow
from lqalbum.review.lookalikes import Kind, Lookalikes, rest_of
from lqalbum.review.wording import photos, printable, size

_KINDS: dict[Kind, str] = {"copies": "Copies", "burst": "Burst", "alike": "Alike"}
_MEANT: dict[Kind, str] = {
    "copies": "The same bytes in several files.",
    "burst": "Taken within seconds of each other. Best: the most pixels, then the best score.",
    "alike": "Versions of one picture. Best: the most pixels, then the best score.",
}


def set_title(one: Lookalikes) -> str:
    """Return one line for a set of photos."""
    return f"{_KINDS[one.kind]}  ·  {photos(len(one.rows))}  ·  {_name(one.best)}"


def set_meaning(one: Lookalikes) -> str:
    """Return why these photos are shown together, and which of them is best."""
    return _MEANT[one.kind]


def photo_words(row: PhotoRow, is_best: bool) -> str:
    """Return what stands below a photo: whether it is the best, its name, size and decision."""
    marks = ["Best"] if is_best else []
    if row.decision == "keep":
        marks.append("Kept")
    name = _name(row)
    first = f"{' · '.join(marks)}: {name}" if marks else name
    facts = [size(row.size_bytes)]
    if row.width is not None:
        facts.insert(0, f"{row.width} × {row.height}")
    if row.percentile is not None and row.kind == "photo":
        facts.append(f"worse than {row.percentile:.0f} %")
    return f"{first}\n{'  ·  '.join(facts)}"


def folder_words(row: PhotoRow) -> str:
    """Return where a photo is."""
    return printable(row.path)


def overview(sets: Sequence[Lookalikes]) -> str:
    """Return how much could go."""
    if not sets:
        return "No copies, no bursts, and no photos that look alike were found."
    rest = {row.photo_id: row.size_bytes for one in sets for row in rest_of(one, one.best)}
    noun = "1 set" if len(sets) == 1 else f"{len(sets):,} sets"
    return f"{noun}  ·  {photos(len(rest))} could go, {size(sum(rest.values()))}"


def keep_words(best: PhotoRow, rest: Sequence[PhotoRow]) -> str:
    """Return the words on the button that keeps one and deletes the others."""
    if not rest:
        return "Nothing to delete here"
    others = "the other one" if len(rest) == 1 else f"the {len(rest):,} others"
    return f"Keep {_name(best)}, move {others} to the trash"


def _name(row: PhotoRow) -> str:
    return printable(os.path.basename(row.path))
