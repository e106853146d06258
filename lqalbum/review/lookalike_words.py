"""Copies, bursts and look-alikes in words."""

from __future__ import annotations

import os
from collections.abc import Sequence

from lqalbum.library.records import PhotoRow
from lqalbum.review.bestframe import Lack
from lqalbum.review.language import isolated, mark, number, plural, tr
from lqalbum.review.lookalikes import Kind, Lookalikes, rest_of
from lqalbum.review.wording import distinct_names, names, photos, printable, size

_KINDS: dict[Kind, str] = {
    "copies": mark("Copies"),
    "burst": mark("Burst"),
    "versions": mark("Burst and versions"),
    "alike": mark("Alike"),
}
_MEANT: dict[Kind, str] = {
    "copies": mark("The same bytes in several files."),
    "burst": mark("Taken within seconds of each other."),
    "versions": mark("Taken within seconds of each other, and versions of one of these pictures."),
    "alike": mark("Versions of one picture."),
}
_BEST_BY_EVIDENCE = mark(
    "Best: most pixels; then sharp, near its own reconstruction (little noise, few artefacts), "
    "and little burnt out."
)
_BEST_BY_SCORE = mark("Best: most pixels, then the best score.")
_LACKS: dict[Lack, str] = {
    "soft": mark("less sharp than the best"),
    "noisy": mark("more noise than the best"),
    "burnt": mark("more burnt out than the best"),
}


def set_title(one: Lookalikes) -> str:
    """Return one line for a set of photos."""
    return f"{tr(_KINDS[one.kind])}  ·  {photos(len(one.rows))}  ·  {_name(one.best)}"


def set_meaning(one: Lookalikes) -> str:
    """Return why these photos are shown together, and which of them is best."""
    if one.kind == "copies":
        return tr(_MEANT[one.kind])
    best = _BEST_BY_EVIDENCE if one.burdens else _BEST_BY_SCORE
    return f"{tr(_MEANT[one.kind])} {tr(best)}"


def photo_words(one: Lookalikes, row: PhotoRow) -> str:
    """Return what stands below a photo: whether it is the best, name, size, and what it lacks.

    Where photos of the set have one name, the folder follows, as far as it tells them apart.
    """
    marks = [tr("Best")] if row.photo_id == one.best.photo_id else []
    if row.decision == "keep":
        marks.append(tr("Kept"))
    name = _name(row)
    first = f"{' · '.join(marks)}: {isolated(name)}" if marks else name
    lines = _folder(row, one.rows)
    facts = [size(row.size_bytes)]
    if row.width is not None:
        facts.insert(0, f"{row.width} × {row.height}")
    lines.append("  ·  ".join(facts))
    if row.percentile is not None and row.kind == "photo":
        share = number(min(row.percentile, 99.9), 1)
        lines.append(tr("worse than {share} of 100", share=share))
    lack = one.lack(row)
    if lack is not None:
        lines.append(tr(_LACKS[lack]))
    return "\n".join([first, *lines])


def _folder(row: PhotoRow, among: Sequence[PhotoRow]) -> list[str]:
    """The line with the folder, none where the name is enough."""
    name = distinct_names([row.path, *(other.path for other in among)])[0]
    folder = os.path.dirname(name)
    return [tr("in {folder}", folder=printable(folder))] if folder else []


def folder_words(row: PhotoRow) -> str:
    """Return where a photo is."""
    return printable(row.path)


def overview(sets: Sequence[Lookalikes]) -> str:
    """Return how much could go."""
    if not sets:
        return tr("No copies, no bursts, and no photos that look alike were found.")
    rest = {row.photo_id: row.size_bytes for one in sets for row in rest_of(one, one.best)}
    could = tr("{count} could go, {size}", count=photos(len(rest)), size=size(sum(rest.values())))
    return plural("1 set", "{count} sets", len(sets)) + f"  ·  {could}"


def keep_words(best: PhotoRow | None, rest: Sequence[PhotoRow]) -> str:
    """Return the words on the button that keeps one and deletes the others."""
    if best is None or not rest:
        return tr("Nothing to delete here")
    return plural(
        "Keep {name}, move the other one to the trash",
        "Keep {name}, move the {count} others to the trash",
        len(rest),
        name=names([best.path], among=[row.path for row in rest]),
    )


def _name(row: PhotoRow) -> str:
    return printable(os.path.basename(row.path))
