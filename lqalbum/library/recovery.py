"""After a crash: finding out which moves happened, so that each photo is in exactly one place."""

from __future__ import annotations

import contextlib
import os
from typing import Literal, TypeAlias

from lqalbum.library.journal import Group, Journal, Trip
from lqalbum.library.moves import restored_names
from lqalbum.library.placement import Placement
from lqalbum.library.trash import Trash, has_hash

_Where: TypeAlias = Literal["outside", "inside", "nowhere", "unknown"]


def recover(journal: Journal, placement: Placement, trash: Trash) -> None:
    """Find out what became of the moves that a crash cut short, so each photo is in one place.

    A photo and the files that go with it end on the same side: in the trash if all of them got
    there, else outside, and the other way round for a return. What is out of reach, such as an
    unplugged drive, waits for the next start.
    """
    for group in journal.open_moves("planned"):
        _settle_move(journal, trash, group)
    for group in journal.open_moves("restoring"):
        _settle_return(journal, trash, group)
    journal.settle_steps()
    placement.reconcile(journal.standings())


def _settle_move(journal: Journal, trash: Trash, group: Group) -> None:
    places = {trip: _where(trip, trip.file.original, "outside") for trip in group.trips}
    if "unknown" in places.values():
        return
    if places[group.trips[0]] == "inside" and "outside" not in places.values():
        for trip, place in places.items():
            if place == "inside":
                trash.confirm(trip.file)
        journal.finish_move(group.trash_id)
        return
    for trip, place in places.items():
        if place == "inside":
            _bring_out(trash, trip)
        trash.withdraw(trip.file)
    journal.cancel_move(group.trash_id)


def _settle_return(journal: Journal, trash: Trash, group: Group) -> None:
    places = {
        trip: _where(trip, trip.restored or trip.file.original, "inside") for trip in group.trips
    }
    if "unknown" in places.values():
        return
    if places[group.trips[0]] == "outside" and "inside" not in places.values():
        for trip in group.trips:
            trash.withdraw(trip.file)
        journal.finish_return(group.trash_id)
        return
    for trip, place in places.items():
        if place == "outside":
            trash.take_back(trip.file, trip.restored or trip.file.original)
    journal.cancel_return(group.trash_id)


def _where(trip: Trip, outside: str, before: Literal["outside", "inside"]) -> _Where:
    """On which side of the trash's door a file is, by its bytes; where it was, if on both."""
    sides: dict[_Where, str] = {"outside": outside, "inside": trip.file.target}
    for side in sorted(sides, key=lambda name: name != before):
        if has_hash(sides[side], trip.file.identity):
            return side
    in_reach = all(os.path.isdir(os.path.dirname(path)) for path in sides.values())
    return "nowhere" if in_reach else "unknown"


def _bring_out(trash: Trash, trip: Trip) -> None:
    """Undo a move whose group was cut short, beside whatever took the file's name meanwhile."""
    for name in restored_names(trip.file.original):
        with contextlib.suppress(FileExistsError):
            trash.restore(trip.file, name)
            return
