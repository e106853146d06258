"""After a crash: finding out which moves happened, so that each photo is in exactly one place."""

from __future__ import annotations

import os

from lqalbum.library.journal import Journal
from lqalbum.library.placement import Placement
from lqalbum.library.trash import Trash, has_hash


def recover(journal: Journal, placement: Placement, trash: Trash) -> None:
    """Find out what became of the moves that a crash cut short, so each photo is in one place.

    What is out of reach, such as an unplugged drive, waits for the next start.
    """
    for move in journal.open_moves("planned"):
        file = move.file
        if has_hash(file.original, file.identity):
            trash.withdraw(file)
            journal.cancel_move(move.trash_id)
        elif has_hash(file.target, file.identity):
            trash.confirm(file)
            journal.finish_move(move.trash_id)
        elif _in_reach(file.original, file.target):
            trash.withdraw(file)
            journal.cancel_move(move.trash_id)
    for move in journal.open_moves("restoring"):
        file, restored = move.file, move.restored or move.file.original
        if has_hash(file.target, file.identity):
            journal.cancel_return(move.trash_id)
        elif has_hash(restored, file.identity):
            trash.withdraw(file)
            journal.finish_return(move.trash_id)
        elif _in_reach(restored, file.target):
            journal.cancel_return(move.trash_id)
    journal.settle_steps()
    placement.reconcile(journal.standings())


def _in_reach(*paths: str) -> bool:
    return all(os.path.isdir(os.path.dirname(path)) for path in paths)
