"""The history of decisions as the window lists it: newest first, with what can still come back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lqalbum.library.library import Library
from lqalbum.library.records import DecisionRecord
from lqalbum.review.wording import UNDO_KEY, Prompt, photos, printable

_DECIDED = {"keep": "Kept", "delete": "Deleted", "undecided": "Undecided again"}


@dataclass(frozen=True)
class HistoryLine:
    """One decision in words.

    Attributes:
        record: the decision as the library holds it.
        time: when, in local time.
        name: of the file.
        decision: what was decided.
        state: what became of it, from a look taken when the history was read.
        can_return: whether the photo lies in the trash and can be brought back.
    """

    record: DecisionRecord
    time: str
    name: str
    decision: str
    state: str
    can_return: bool


def read_history(library: Library) -> tuple[HistoryLine, ...]:
    """Read all decisions, newest first, each with a fresh look at the trash."""
    return tuple(_line(record) for record in reversed(library.history()))


def _line(record: DecisionRecord) -> HistoryLine:
    is_in_trash = record.decision == "delete" and record.state == "active"
    state = "Stands"
    if record.state == "undone":
        state = "Undone"
    elif record.state == "gone":
        state = "No longer in the trash"
    elif is_in_trash:
        state = "In the trash"
    when = datetime.fromisoformat(record.time).astimezone()
    return HistoryLine(
        record=record,
        time=when.strftime("%Y-%m-%d  %H:%M"),
        name=printable(os.path.basename(record.path)),
        decision=_DECIDED[record.decision],
        state=state,
        can_return=is_in_trash,
    )


def record_lines(line: HistoryLine) -> list[tuple[str, str]]:
    """Return the deletion record in words: why, by which model, from where to where."""
    record = line.record
    lines = [
        ("Decision", f"{line.decision}, {line.time}"),
        ("Now", line.state),
        ("Reason", record.reason or "No reason: it was not flagged or not scored"),
        ("Model", (record.model_id or "none")[:12]),
        ("Photo", printable(record.path)),
    ]
    if record.trash_path:
        lines.append(("In the trash", printable(record.trash_path)))
    return lines


def forget_prompt(lines: Sequence[HistoryLine]) -> Prompt:
    """Return the question before records are erased."""
    held = sum(line.can_return for line in lines)
    details = (
        "Their names, thumbnails, reconstructions and reasons are erased from this library. "
        "Files are not touched, and this cannot be undone."
    )
    if held:
        stay, them = ("it stays", "it") if held == 1 else ("they stay", "them")
        details += (
            f" {photos(held)} still in the system's trash: {stay} there, but {UNDO_KEY} and this "
            f"list no longer bring {them} back."
        )
    noun = "1 delete" if len(lines) == 1 else f"{len(lines):,} deletes"
    return Prompt(f"Forget {noun}?", details, f"Forget {noun}", "Keep the record")
