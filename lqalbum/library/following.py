"""Photos that were moved, swapped or renumbered by other programs: decisions follow the bytes.

A decision belongs to the bytes that it was taken on. Where a scan reads them at another path, and
the path where they were holds them no more, the decision goes over, be there a photo of another
name already or not. A photo that was edited in its place keeps its decision for as long as the
bytes that were decided on turn up nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from lqalbum.errors import PhotoError
from lqalbum.library.database import Database
from lqalbum.library.photofile import mtime_ns
from lqalbum.library.placement import Known, Placement
from lqalbum.library.records import Decision, DecodedPhoto
from lqalbum.library.trash import identify


@dataclass(frozen=True)
class _Decided:
    """A photo of certain bytes that was decided on; its path is None where another took it."""

    subject_id: int
    path: str | None
    decision: Decision


@dataclass(frozen=True)
class _Arrival:
    """Bytes that were found to have moved: from where, to where, and the decision that went."""

    old: str | None
    new: str
    subject_id: int | None


class Following:
    """Has decisions, and the rows of the index, follow photos to where a scan finds them."""

    def __init__(self, decisions: Database, placement: Placement) -> None:
        """Use the decisions database and what the index knows of places."""
        self._decisions = decisions
        self._placement = placement
        # What moved in this scan, by its bytes; None where that turned out not to be sure.
        self._arrived: dict[str, _Arrival | None] = {}

    def begin_scan(self) -> None:
        """Forget what moved in the scan before."""
        self._arrived.clear()

    def follow(self, photos: Mapping[str, DecodedPhoto]) -> None:
        """Look which of the photos that were read came from another path; to be stored after it.

        Args:
            photos: by the path where each was read.
        """
        known = self._placement.at(photos)
        for path, photo in photos.items():
            if path not in known or known[path].sha256 != photo.sha256:
                self._take(path, photo)

    def _take(self, path: str, photo: DecodedPhoto) -> None:
        if photo.sha256 in self._arrived:
            self._doubt(photo.sha256)
            return
        decided = self._decided_on(photo.sha256)
        if any(one.path == path for one in decided):
            return  # it is back in its place
        holders = [
            one for one in self._placement.holding(photo.sha256, photo.size_bytes)
            if one.path != path
        ]  # fmt: skip
        places = self._places_left(photo.sha256, decided, holders)
        if len(places) == 1:
            self._arrived[photo.sha256] = self._move(places[0], path, decided)
            for one in holders:
                if one.path == places[0]:
                    self._move_row(one.path, path)
            self._placement.set_replaced(path, self._standing(path))

    def _places_left(
        self, sha256: str, decided: list[_Decided], holders: list[Known]
    ) -> list[str | None]:
        """Where photos of these bytes were and are not any more; None for one without a place."""
        paths = [one.path for one in decided if one.path is not None]
        candidates = self._placement.at(paths) | {one.path: one for one in holders}
        left: list[str | None] = [
            path for path, one in candidates.items() if _has_left(one, sha256)
        ]
        if all(one.path in left for one in holders):
            # With a copy in its place nobody could say which of the two it was.
            left += [None for one in decided if one.path is None]
        return left

    def _move(self, old: str | None, new: str, decided: list[_Decided]) -> _Arrival:
        moved = next((one for one in decided if one.path == old), None)
        if moved is None and old is not None:
            moved = self._decided_at(old)  # edited there before it was renamed
        with self._decisions.write() as connection:
            connection.execute(
                "UPDATE subject SET path = NULL WHERE path = ? AND trash_id IS NULL",
                (os.fsencode(new),),
            )
            if moved is not None:
                connection.execute(
                    "UPDATE subject SET path = ? WHERE subject_id = ?",
                    (os.fsencode(new), moved.subject_id),
                )
        if old is not None:
            self._placement.set_decision(old, "undecided")
        return _Arrival(old, new, None if moved is None else moved.subject_id)

    def _move_row(self, old: str, new: str) -> None:
        """Leave one row for one photo, so that the next time it moves it came from one place."""
        if os.path.lexists(old):
            self._placement.set_replaced(old, "undecided")  # by what the scan reads there
        elif self._placement.at([new]):
            self._placement.drop(old)
        else:
            self._placement.move(old, new)

    def _doubt(self, sha256: str) -> None:
        """Take back what one photo inherited: another could as well be the one that moved."""
        arrival, self._arrived[sha256] = self._arrived[sha256], None
        if arrival is None or arrival.subject_id is None:
            return
        # Should the photo return to its old place, it finds its decision there.
        back = arrival.old
        if back is not None and (os.path.lexists(back) or self._decided_at(back) is not None):
            back = None
        with self._decisions.write() as connection:
            connection.execute(
                "UPDATE subject SET path = ? WHERE subject_id = ?",
                (None if back is None else os.fsencode(back), arrival.subject_id),
            )
        self._placement.set_decision(arrival.new, "undecided")

    def _decided_on(self, sha256: str) -> list[_Decided]:
        with self._decisions.read() as connection:
            found = connection.execute(
                "SELECT subject_id, path, decision FROM subject WHERE sha256 = ? "
                "AND trash_id IS NULL",
                (sha256,),
            )
            return [_Decided(number, _text(path), decision) for number, path, decision in found]

    def _standing(self, path: str) -> Decision:
        decided = self._decided_at(path)
        return "undecided" if decided is None else decided.decision

    def _decided_at(self, path: str) -> _Decided | None:
        with self._decisions.read() as connection:
            found = connection.execute(
                "SELECT subject_id, decision FROM subject WHERE path = ? AND trash_id IS NULL "
                "ORDER BY subject_id DESC LIMIT 1",
                (os.fsencode(path),),
            ).fetchone()
        return None if found is None else _Decided(found[0], path, found[1])


def _text(path: bytes | None) -> str | None:
    return None if path is None else os.fsdecode(path)


def _has_left(known: Known, sha256: str) -> bool:
    """Whether a path certainly holds these bytes no more; what is out of reach has not left.

    A file that changed since the index read it is read here, as the scan may come to it later.
    """
    if not known.is_in_reach:
        return False
    try:
        found = os.lstat(known.path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    if (found.st_size, mtime_ns(found)) == (known.size_bytes, known.mtime_ns):
        return known.sha256 is not None and known.sha256 != sha256
    try:
        return identify(known.path).sha256 != sha256
    except PhotoError:
        return False
