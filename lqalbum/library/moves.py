"""Moving a photo and the files that go with it: into the trash and out of it, all or none.

Each file is journaled, re-hashed, renamed and verified by itself; the journal tells the group's
fate in one transaction before and one after. What goes wrong in between is taken back here, or
by `lqalbum.library.recovery` at the next step or start.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lqalbum.errors import DecisionRefusedError, LQAlbumError
from lqalbum.library.journal import Change, Group, Journal, Trip
from lqalbum.library.photofile import mtime_ns, printable
from lqalbum.library.sentences import said, sentence_of
from lqalbum.library.trash import (
    FileIdentity,
    GoneFromTrashError,
    NameTakenError,
    Trash,
    TrashedFile,
    has_hash,
    identify,
    is_in_place,
    look,
)

_NAME_TRIES: Final = 20
_RESTORED_NAMES: Final = 1000


@dataclass(frozen=True)
class Returned:
    """What came back from the trash.

    Attributes:
        path: where the photo is.
        companions: where the files are that came back with it.
        lost: where the files were that should have come along and are not in the trash any more.
    """

    path: str
    companions: tuple[str, ...]
    lost: tuple[str, ...]


class Moves:
    """Moves photos with what belongs to them."""

    def __init__(self, journal: Journal, trash: Trash) -> None:
        """Use an open library's journal and the system's trash."""
        self._journal = journal
        self._trash = trash

    def delete(self, path: str, companions: Sequence[str], sha256: str, change: Change) -> Group:
        """Move a photo to the trash, with the files that go with it.

        Args:
            path: the photo's.
            companions: theirs.
            sha256: of the bytes that were decided on.
            change: the decision, journaled with each file.

        Raises:
            LQAlbumError: nothing was moved, for the reason in its text.
            OSError: the system refused; nothing was moved.
        """
        found = os.lstat(path)
        identities = {
            path: FileIdentity(
                sha256, found.st_size, mtime_ns(found), found.st_mode, found.st_dev, found.st_ino
            )
        }
        identities |= {other: identify(other) for other in companions}
        for _ in range(_NAME_TRIES):
            plans = [self._trash.plan(file, identities[file]) for file in identities]
            group = self._journal.plan_move(change, plans)
            try:
                self._put(group)
            except NameTakenError:
                continue
            return group
        raise DecisionRefusedError(said("trash-crowded", path=printable(path)))

    def _put(self, group: Group) -> None:
        """Move the files, the photo last: it is the one that others look at."""
        try:
            for trip in reversed(group.trips):
                self._trash.put(trip.file)
            for trip in group.trips:
                self._trash.confirm(trip.file)
            self._journal.finish_move(group.trash_id)
        except Exception as exc:
            back = photo = group.trips[0].file.original
            with contextlib.suppress(OSError, LQAlbumError):  # else `recover` does it later
                back = self._fetch_back(group)
            if back != photo:
                places = {"path": printable(photo), "place": printable(back)}
                raise DecisionRefusedError(said("back-beside", **places)) from exc
            raise
        except BaseException:
            # An interrupt: what was not begun is closed, the rest is for `recover`.
            if all(os.path.lexists(trip.file.original) for trip in group.trips):
                self._journal.cancel_move(group.trash_id)
            raise

    def _fetch_back(self, group: Group) -> str:
        """Take back what of a failed move happened; returns where the photo is then."""
        photo = group.trips[0].file.original
        sights = {trip: look(trip.file.target, trip.file.identity) for trip in group.trips}
        if "unknown" in sights.values():
            return photo  # for `recover`, once it can be looked at
        for trip in group.trips:
            if sights[trip] == "it" and not is_in_place(trip.file):
                back = bring_out(self._trash, trip.file)
                photo = back if trip is group.trips[0] else photo
            else:
                self._trash.withdraw(trip.file)
        self._journal.cancel_move(group.trash_id)
        return photo

    def restore(self, trash_id: int, change: Change) -> Returned:
        """Bring a photo back from the trash, with the files that went there with it.

        Args:
            trash_id: number of the photo's trip.
            change: the decision, journaled with each file.

        Raises:
            GoneFromTrashError: the photo is not in the trash any more.
            DecisionRefusedError: it cannot be brought back, for the reason in its text.
            LibraryError: it is back, and the journal could not take that down.
            OSError: the system refused; all is in the trash.
        """
        whole = self._journal.group(trash_id)
        if not whole.trips:
            name = printable(self._journal.trashed(trash_id).original)
            raise DecisionRefusedError(said("still-unsettled", path=name))
        photo, *others = whole.trips
        there = [photo, *(trip for trip in others if self._trash.holds(trip.file))]
        lost = tuple(trip.file.original for trip in others if trip not in there)
        for names in _free_names([trip.file.original for trip in there]):
            trips = tuple(
                replace(trip, restored=name) for trip, name in zip(there, names, strict=True)
            )
            group = Group(trash_id, trips)
            self._journal.plan_return(group, change)
            try:
                self._release(group)
            except FileExistsError:
                continue
            except GoneFromTrashError as exc:
                raise _with_whereabouts(exc, there[1:]) from exc
            self._journal.finish_return(trash_id)
            return Returned(names[0], tuple(names[1:]), lost)
        raise DecisionRefusedError(said("names-taken", path=printable(photo.file.original)))

    def came_back(self, trash_id: int, change: Change) -> str | None:
        """Where a photo is that another program took out of the trash and put in its old place.

        The journal is told, as if this program had brought it back; None if it is not there.
        """
        trips = self._journal.group(trash_id).trips
        if not trips or self._trash.holds(trips[0].file):
            return None
        photo = trips[0].file
        if not has_hash(photo.original, photo.identity):
            return None
        back = [trip for trip in trips if has_hash(trip.file.original, trip.file.identity)]
        self._journal.plan_return(
            Group(trash_id, tuple(replace(t, restored=t.file.original) for t in back)), change
        )
        self._journal.finish_return(trash_id)
        return photo.original

    def _release(self, group: Group) -> None:
        """Move the files out, the photo first: if it is gone, the others stay where they are."""
        released: list[Trip] = []
        try:
            for trip in group.trips:
                self._trash.release(trip.file, trip.restored or "")
                released.append(trip)
        except Exception:
            with contextlib.suppress(OSError, LQAlbumError):  # else `recover` does it later
                for trip in released:
                    self._trash.take_back(trip.file, trip.restored or "")
                self._journal.cancel_return(group.trash_id)
            raise
        except BaseException:
            if all(os.path.lexists(trip.file.target) for trip in group.trips):
                self._journal.cancel_return(group.trash_id)
            raise
        for trip in group.trips:
            self._trash.withdraw(trip.file)


def bring_out(trash: Trash, file: TrashedFile) -> str:
    """Undo a move that was cut short, beside whatever took the file's name meanwhile.

    Returns:
        Where the file is.

    Raises:
        DecisionRefusedError: it is not in the trash as it went there.
        OSError: the system refused; it is in the trash.
    """
    for name in restored_names(file.original):
        with contextlib.suppress(FileExistsError):
            trash.restore(file, name)
            return name
    raise DecisionRefusedError(said("names-taken", path=printable(file.original)))


def restored_names(path: str) -> Iterator[str]:
    """Where a photo may come back to: its own name first, then names beside it."""
    yield path
    stem, extension = os.path.splitext(path)
    yield f"{stem} (restored){extension}"
    for number in range(2, _RESTORED_NAMES):
        yield f"{stem} (restored {number}){extension}"


def _free_names(originals: Sequence[str]) -> Iterator[list[str]]:
    """Names for a photo and what goes with it, so that they still belong together."""
    old_stem = os.path.splitext(originals[0])[0]
    for name in restored_names(originals[0]):
        new_stem = os.path.splitext(name)[0]
        names = [new_stem + original[len(old_stem) :] for original in originals]
        if not any(map(os.path.lexists, names)):
            yield names


def _with_whereabouts(exc: GoneFromTrashError, others: Sequence[Trip]) -> GoneFromTrashError:
    """Say where the files are that went to the trash with a photo that is gone."""
    if not others:
        return exc
    places = ", ".join(printable(trip.file.target) for trip in others)
    return GoneFromTrashError(said("still-there", gone=sentence_of(exc), places=places))
