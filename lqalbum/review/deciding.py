"""Carrying out a decision: the part that touches the disk, kept apart so that it can wait its turn.

The window plans a step, runs it in the background and takes its outcome back; nothing here knows
about the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lqalbum.library.library import Library
from lqalbum.library.records import Decision, DecisionResult, PhotoRow, TrashSummary

Action = Literal["decide", "undo", "redo"]


@dataclass(frozen=True)
class Step:
    """One thing to do, one entry of the undo history.

    Attributes:
        action: decide anew, or walk through the history.
        decision: what is decided; of no meaning for undo and redo.
        paths: the photos decided on; empty for undo and redo.
        photo_ids: the same photos as the window knows them.
        kept: path of a photo that is kept in the same step, None for none; it has to be there for
            the others to go.
    """

    action: Action
    decision: Decision = "undecided"
    paths: tuple[str, ...] = ()
    photo_ids: tuple[int, ...] = ()
    kept: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a step.

    Attributes:
        step: what was asked for.
        results: what became of each photo.
        rows: the photos as they are now in the library.
        trash: what this library has put into the trash.
    """

    step: Step
    results: tuple[DecisionResult, ...]
    rows: tuple[PhotoRow, ...]
    trash: TrashSummary


def perform(library: Library, step: Step) -> Outcome:
    """Carry a step out; may take as long as the disk takes.

    Args:
        library: open for writing.
        step: what to do.

    Raises:
        LQAlbumError: nothing was done, for the reason in its text.
    """
    if step.action == "undo":
        results = library.undo()
    elif step.action == "redo":
        results = library.redo()
    elif step.kept is not None:
        results = library.keep_best(step.kept, step.paths)
    else:
        results = library.decide(step.decision, step.paths)
    # A photo whose trash was refused has a row too: it shows what the library holds now.
    rows = (library.row(result.path) for result in results)
    found = tuple(row for row in rows if row is not None)
    return Outcome(step, tuple(results), found, library.trash_summary())
