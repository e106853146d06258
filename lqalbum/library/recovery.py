"""After a crash: finding out which moves happened, so that each photo is in exactly one place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Literal, TypeAlias

from lqalbum.errors import DecisionRefusedError, PhotoError
from lqalbum.library.journal import Group, Journal, Trip
from lqalbum.library.moves import bring_out
from lqalbum.library.photofile import printable
from lqalbum.library.placement import Placement
from lqalbum.library.sentences import said, sentence_of
from lqalbum.library.trash import Trash, look
from lqalbum.sentences import system_words

_log = logging.getLogger(__name__)

_Where: TypeAlias = Literal["outside", "inside", "nowhere"]


class _NotYetError(Exception):
    """A file cannot be looked at now; whether it moved is found out another time."""


def recover(journal: Journal, placement: Placement, trash: Trash) -> None:
    """Find out what became of the moves that a crash cut short, so each photo is in one place.

    A photo and the files that go with it end on the same side: in the trash if all of them got
    there, else outside, and the other way round for a return. What cannot be settled now, such as
    on an unplugged or read-only drive, keeps its journal and waits for the next step or start.
    """
    for group in journal.open_moves("planned"):
        _settle(group, lambda group: _settle_move(journal, trash, group))
    for group in journal.open_moves("restoring"):
        _settle(group, lambda group: _settle_return(journal, trash, group))
    journal.settle_steps()
    placement.reconcile(journal.standings())


def _settle(group: Group, settle: Callable[[Group], None]) -> None:
    """The seam where trouble with one photo leaves it unsettled, and all others go on."""
    path = printable(group.trips[0].file.original)
    try:
        settle(group)
    except _NotYetError:
        _log.warning(said("unsettled", path=path, why=said("not-readable-now")))
    except OSError as exc:
        _log.warning(said("unsettled", path=path, why=system_words(exc)))
    except (DecisionRefusedError, PhotoError) as exc:
        _log.warning(said("unsettled", path=path, why=sentence_of(exc)))


def _settle_move(journal: Journal, trash: Trash, group: Group) -> None:
    places = {trip: _where(trip, trip.file.original, "outside") for trip in group.trips}
    if places[group.trips[0]] == "inside" and "outside" not in places.values():
        for trip, place in places.items():
            if place == "inside":
                trash.confirm(trip.file)
        journal.finish_move(group.trash_id)
        return
    for trip, place in places.items():
        if place == "inside":
            bring_out(trash, trip.file)
        trash.withdraw(trip.file)
    journal.cancel_move(group.trash_id)


def _settle_return(journal: Journal, trash: Trash, group: Group) -> None:
    places = _sides_of_return(group)
    photo = group.trips[0]
    if places[photo] != "outside" or "inside" in places.values():
        try:
            for trip, place in places.items():
                if place == "outside":
                    trash.take_back(trip.file, _destination(trip))
        except FileExistsError:
            # Another file has its name in the trash now: there is no way but out.
            for trip, place in _sides_of_return(group).items():
                if place == "inside":
                    trash.release(trip.file, _destination(trip))
        if _sides_of_return(group)[photo] != "outside":
            journal.cancel_return(group.trash_id)
            return
    for trip in group.trips:
        trash.withdraw(trip.file)
    journal.finish_return(group.trash_id)


def _sides_of_return(group: Group) -> dict[Trip, _Where]:
    return {trip: _where(trip, _destination(trip), "inside") for trip in group.trips}


def _destination(trip: Trip) -> str:
    return trip.restored or trip.file.original


def _where(trip: Trip, outside: str, before: Literal["outside", "inside"]) -> _Where:
    """On which side of the trash's door a file is, by its bytes; where it was, if on both.

    Raises:
        _NotYetError: it is on neither that can be looked into, and one cannot.
    """
    sides: dict[_Where, str] = {"outside": outside, "inside": trip.file.target}
    unknown = False
    for side in sorted(sides, key=lambda name: name != before):
        sight = look(sides[side], trip.file.identity)
        if sight == "it":
            return side
        unknown = unknown or sight == "unknown"
    if unknown:
        raise _NotYetError
    return "nowhere"
