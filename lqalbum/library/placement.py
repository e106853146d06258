"""Where the index believes photos to be, and what was decided on them: moves, trash, return.

The truth about decisions stands in the decisions database; the index keeps a copy, so that lists
are one query, and `reconcile` mends it after a crash between the two.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lqalbum.library.database import Database
from lqalbum.library.folders import folder_id_of
from lqalbum.library.index import next_change
from lqalbum.library.records import Decision

_LIVE: Final = "WHERE path = ? AND trash_id IS NULL"


@dataclass(frozen=True)
class Standing:
    """One photo on which a decision stands; in the trash when it has a trash_id."""

    path: str
    decision: Decision
    trash_id: int | None


@dataclass(frozen=True)
class Known:
    """What the index knows of one photo's file.

    Attributes:
        path: absolute.
        sha256: of its bytes, None if they could not be read as a photo.
        size_bytes: its length when it was read last.
        mtime_ns: its last change, likewise.
        is_in_reach: its folder was there when it was looked for last.
    """

    path: str
    sha256: str | None
    size_bytes: int
    mtime_ns: int
    is_in_reach: bool


class Placement:
    """Writes decisions and places into the index database."""

    def __init__(self, database: Database) -> None:
        """Use an open index database."""
        self._database = database

    def set_decision(self, path: str, decision: Decision) -> None:
        """Note the decision on the photo at a path, if it is indexed."""
        with self._database.write() as connection:
            connection.execute(
                f"UPDATE photo SET decision = ?, change_id = ? {_LIVE}",
                (decision, next_change(connection), os.fsencode(path)),
            )

    def set_replaced(self, path: str, decision: Decision) -> None:
        """Note that another photo, on which this was decided, is at a path now; it is read next."""
        with self._database.write() as connection:
            connection.execute(
                f"UPDATE photo SET decision = ?, sha256 = NULL, change_id = ? {_LIVE}",
                (decision, next_change(connection), os.fsencode(path)),
            )

    def set_trashed(self, path: str, trash_id: int) -> None:
        """Note that the photo at a path went to the trash."""
        with self._database.write() as connection:
            connection.execute(
                f"UPDATE photo SET decision = 'delete', trash_id = ?, change_id = ? {_LIVE}",
                (trash_id, next_change(connection), os.fsencode(path)),
            )

    def set_restored(self, trash_id: int, path: str, decision: Decision) -> None:
        """Note that a photo came back from the trash, to a path that was free."""
        raw = os.fsencode(path)
        with self._database.write() as connection:
            change_id = next_change(connection)
            self._clear(connection, path, trash_id)
            connection.execute(
                "UPDATE photo SET path = ?, folder_id = ?, decision = ?, trash_id = NULL, "
                "missing = 0, change_id = ? WHERE trash_id = ?",
                (raw, folder_id_of(connection, raw), decision, change_id, trash_id),
            )

    def forget_stamps(self, *paths: str) -> None:
        """Have the photos at paths read again by the next scan, whatever their stamps are."""
        with self._database.write() as connection:
            change_id = next_change(connection)
            connection.executemany(
                f"UPDATE photo SET mtime_ns = -1, change_id = ? {_LIVE}",
                [(change_id, os.fsencode(path)) for path in paths],
            )

    def unknown(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths at which no photo is indexed, or only one that is in the trash."""
        wanted = list(paths)
        known = self.at(wanted)
        return [path for path in wanted if path not in known]

    def at(self, paths: Iterable[str]) -> dict[str, Known]:
        """What is known of the photos at these paths, by path; those in the trash left out."""
        found = [one for path in paths for one in self._known("p.path = ?", os.fsencode(path))]
        return {one.path: one for one in found}

    def holding(self, sha256: str, size_bytes: int) -> list[Known]:
        """The photos that had these bytes when they were read last; not those in the trash."""
        return self._known("p.sha256 = ? AND p.size_bytes = ?", sha256, size_bytes)

    def _known(self, condition: str, *values: bytes | str | int) -> list[Known]:
        query = (
            "SELECT p.path, p.sha256, p.size_bytes, p.mtime_ns, r.online AND p.missing != 2 "
            f"FROM photo p JOIN root r USING (root_id) WHERE {condition} AND p.trash_id IS NULL"
        )
        with self._database.read() as connection:
            return [
                Known(os.fsdecode(path), sha256, size_bytes, changed_ns, bool(in_reach))
                for path, sha256, size_bytes, changed_ns, in_reach in connection.execute(
                    query, values
                )
            ]

    def move(self, old: str, new: str) -> None:
        """Note that the photo of one path is now at another, which is not indexed yet."""
        raw = os.fsencode(new)
        with self._database.write() as connection:
            connection.execute(
                f"UPDATE photo SET path = ?, folder_id = ?, missing = 0, change_id = ? {_LIVE}",
                (raw, folder_id_of(connection, raw), next_change(connection), os.fsencode(old)),
            )

    def drop(self, path: str) -> None:
        """Forget a path whose photo is known by another one."""
        with self._database.write() as connection:
            connection.execute(f"DELETE FROM photo {_LIVE}", (os.fsencode(path),))

    def reconcile(self, standings: Iterable[Standing]) -> None:
        """Make the index say what the decisions database says."""
        wanted = set(standings)
        with self._database.write() as connection:
            noted = {
                Standing(os.fsdecode(path), decision, trash_id)
                for path, decision, trash_id in connection.execute(
                    "SELECT path, decision, trash_id FROM photo WHERE decision != 'undecided'"
                )
            }
            for standing in noted - wanted:
                self._take_back(connection, standing, wanted)
            for standing in wanted - noted:
                if standing.trash_id is None:
                    self.set_decision(standing.path, standing.decision)
                elif not os.path.lexists(standing.path):
                    self.set_trashed(standing.path, standing.trash_id)

    def _take_back(
        self, connection: sqlite3.Connection, noted: Standing, wanted: set[Standing]
    ) -> None:
        if noted.trash_id is None:
            self.set_decision(noted.path, "undecided")
        elif not any(standing.trash_id == noted.trash_id for standing in wanted):
            self._clear(connection, noted.path, noted.trash_id)
            connection.execute(
                "UPDATE photo SET decision = 'undecided', trash_id = NULL, missing = 1, "
                "change_id = ? WHERE trash_id = ?",
                (next_change(connection), noted.trash_id),
            )

    def _clear(self, connection: sqlite3.Connection, path: str, trash_id: int) -> None:
        """Drop the row of a photo that was at a path, when a restored one takes the place."""
        connection.execute(
            f"DELETE FROM photo {_LIVE} AND EXISTS (SELECT 1 FROM photo WHERE trash_id = ?)",
            (os.fsencode(path), trash_id),
        )
