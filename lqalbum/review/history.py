"""The history of decisions as the window lists it: newest first, with what can still come back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lqalbum.library.library import Library
from lqalbum.library.records import DecisionRecord
from lqalbum.review.keys import key
from lqalbum.review.language import mark, plural, tr
from lqalbum.review.wording import Prompt, printable, reason_words

_DECIDED = {
    "keep": mark("Kept"),
    "delete": mark("Deleted"),
    "undecided": mark("Undecided again"),
}
_STATES = {
    "active": mark("Stands"),
    "undone": mark("Undone"),
    "gone": mark("No longer in the trash"),
    "trashed": mark("In the trash"),
}
_TIME = "%Y-%m-%d  %H:%M"


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
    when = datetime.fromisoformat(record.time).astimezone()
    return HistoryLine(
        record=record,
        time=when.strftime(_TIME),
        name=printable(os.path.basename(record.path)),
        decision=tr(_DECIDED[record.decision]),
        state=tr(_STATES["trashed" if is_in_trash else record.state]),
        can_return=is_in_trash,
    )


def possible_words() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return what may stand as time, decision and state, for columns that have room for all."""
    decisions, states = (tuple(map(tr, words.values())) for words in (_DECIDED, _STATES))
    return (datetime(2028, 8, 28, 20, 58).strftime(_TIME),), decisions, states


def record_lines(line: HistoryLine) -> list[tuple[str, str]]:
    """Return the deletion record in words: why, by which model, from where to where."""
    record = line.record
    lines = [
        (tr("Decision"), f"{line.decision}, {line.time}"),
        (tr("Now"), line.state),
        (
            tr("Reason"),
            reason_words(record.reason) or tr("No reason: it was not flagged or not scored"),
        ),
        (tr("Model"), (record.model_id or tr("none"))[:12]),
        (tr("Photo"), printable(record.path)),
    ]
    if record.trash_path:
        lines.append((tr("In the trash"), printable(record.trash_path)))
    return lines


def forget_prompt(lines: Sequence[HistoryLine]) -> Prompt:
    """Return the question before records are erased."""
    held = sum(line.can_return for line in lines)
    details = tr(
        "The names, thumbnails, reconstructions and reasons of these entries are erased from this "
        "library. Files are not touched, and this cannot be undone."
    )
    if held:
        details += " " + plural(
            "{count} photo still in the system's trash: it stays there, but {key} and this list "
            "no longer bring it back.",
            "{count} photos still in the system's trash: they stay there, but {key} and this list "
            "no longer bring them back.",
            held,
            key=key("undo"),
        )
    return Prompt(
        question=plural("Forget {count} delete?", "Forget {count} deletes?", len(lines)),
        details=details,
        confirm=plural("Forget {count} delete", "Forget {count} deletes", len(lines)),
        refuse=tr("Keep the record"),
    )
