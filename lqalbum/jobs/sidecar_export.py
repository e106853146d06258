"""Verdicts and decisions as XMP sidecars: first what would be written, then the writing.

Rejected (rating -1): photos that are flagged and not decided on. Accepted: photos that were kept;
they get digiKam's label and no rating, since stars are for their owner to give. All others get no
sidecar: unsure ones, screens and scans, unreadable and offline photos, and those in the trash.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lqalbum.jobs.sentences import said
from lqalbum.library.flags import flag
from lqalbum.library.photofile import printable
from lqalbum.library.records import PhotoRow
from lqalbum.library.sidecars import Label, SidecarFolders, sidecar_path, write_sidecar
from lqalbum.sentences import Sentence, system_words

Outcome = Literal["planned", "written", "skipped", "failed"]

_THERE: tuple[str | None, ...] = ("scored", None)


@dataclass(frozen=True)
class Sidecar:
    """One sidecar, to be written or not.

    Attributes:
        path: of the photo.
        sidecar: of the file: what is or will be written, or what is there already.
        label: what it says of the photo.
        status: `planned`; `written`; `skipped` where the photo has a sidecar, which is left as it
            is; `failed`.
        error: one sentence, None unless it failed.
    """

    path: str
    sidecar: str
    label: Label
    status: Outcome
    error: str | None = None


@dataclass(frozen=True)
class SidecarCounts:
    """How many sidecars there are of each kind.

    Attributes:
        rejected: planned or written, of flagged photos.
        accepted: planned or written, of kept photos.
        skipped: photos that have a sidecar already.
        failed: could not be written.
    """

    rejected: int
    accepted: int
    skipped: int
    failed: int


def plan_sidecars(rows: Iterable[PhotoRow], strictness: float) -> list[Sidecar]:
    """Say which sidecars would be written, in order of the paths; looks into the photos' folders.

    Args:
        rows: the photos.
        strictness: share of good photos that will be flagged, 0-1.
    """
    folders = SidecarFolders()
    plan = []
    for row in sorted(rows, key=lambda row: row.path):
        label = _label(row, strictness)
        if label is None:
            continue
        there = folders.existing(row.path)
        if there is None:
            plan.append(Sidecar(row.path, sidecar_path(row.path), label, "planned"))
        else:
            plan.append(Sidecar(row.path, there, label, "skipped"))
    return plan


def write_sidecars(plan: Iterable[Sidecar], stop: Callable[[], bool]) -> Iterator[Sidecar]:
    """Write what is planned, and yield what became of each.

    Args:
        plan: see `plan_sidecars`.
        stop: asked before each; what was written until then stays.
    """
    for one in plan:
        if stop():
            return
        yield _written(one) if one.status == "planned" else one


def count_sidecars(sidecars: Iterable[Sidecar]) -> SidecarCounts:
    """Count them."""
    kinds = [one.label if one.status in ("planned", "written") else one.status for one in sidecars]
    return SidecarCounts(
        rejected=kinds.count("rejected"),
        accepted=kinds.count("accepted"),
        skipped=kinds.count("skipped"),
        failed=kinds.count("failed"),
    )


def sidecar_words(counts: SidecarCounts) -> str:
    """Return the counts in a sentence."""
    words = f"{counts.rejected:,} rejected, {counts.accepted:,} accepted"
    if counts.skipped:
        words += f"; {counts.skipped:,} skipped, since a sidecar is there and is left as it is"
    if counts.failed:
        words += f"; {counts.failed:,} could not be written"
    return f"Sidecars: {words}."


def _label(row: PhotoRow, strictness: float) -> Label | None:
    if row.status not in _THERE:
        return None
    if row.decision == "keep":
        return "accepted"
    is_rejected = row.decision == "undecided" and flag(row, strictness) == "flagged"
    return "rejected" if is_rejected else None


def _written(one: Sidecar) -> Sidecar:
    try:
        write_sidecar(one.path, one.label)
    except FileExistsError:
        return replace(one, status="skipped")
    except OSError as exc:
        return replace(one, status="failed", error=_words(one, exc))
    return replace(one, status="written")


def _words(one: Sidecar, exc: OSError) -> Sentence:
    if not os.path.lexists(one.path):
        return said("sidecar-without-photo", path=printable(one.path))
    return said("output-not-written", output=printable(one.sidecar), why=system_words(exc))
