"""The folders that the library watches: listed, and taken off the list.

What is taken off leaves the index alone: photos, decisions, the delete journal and the scores,
which belong to the photos' bytes, stay. Added again, a folder is as it was before.
"""

from __future__ import annotations

import os
import sqlite3

from lqalbum.library.database import Database
from lqalbum.library.folders import below
from lqalbum.library.index import next_change
from lqalbum.library.records import WatchedFolder


class Roots:
    """Reads and changes the list in the index database."""

    def __init__(self, database: Database) -> None:
        """Use an open index database."""
        self._database = database

    def watched(self) -> list[WatchedFolder]:
        """All folders with the number of photos known in each, those in the trash left out."""
        query = """
            SELECT r.path, r.online, count(p.photo_id) FROM root r
            LEFT JOIN photo p ON p.root_id = r.root_id AND p.trash_id IS NULL
            GROUP BY r.root_id ORDER BY r.path
        """
        with self._database.read() as connection:
            return [
                WatchedFolder(os.fsdecode(path), bool(online), photos)
                for path, online, photos in connection.execute(query)
            ]

    def remove(self, root: str) -> tuple[int, ...]:
        """Take a folder off the list, all in one transaction.

        Photos that lie in another watched folder, around this one or in it, go over to that.

        Args:
            root: as `watched` names it; one that is not there is no error.

        Returns:
            Ids of the photos that the index does not know any more.
        """
        with self._database.write() as connection:
            found = connection.execute(
                "SELECT root_id FROM root WHERE path = ?", (os.fsencode(root),)
            ).fetchone()
            if found is None:
                return ()
            self._hand_over(connection, found[0])
            gone = connection.execute(
                "DELETE FROM photo WHERE root_id = ? RETURNING photo_id", found
            ).fetchall()
            connection.execute("DELETE FROM root WHERE root_id = ?", found)
            return tuple(photo_id for (photo_id,) in gone)

    def gather(self, root: str) -> None:
        """Have the photos below a folder belong to it that folders around it still count as theirs.

        Args:
            root: as `watched` names it.
        """
        first, end = below(os.fsencode(root))
        with self._database.read() as connection:
            around = [
                root_id
                for root_id, path in connection.execute("SELECT root_id, path FROM root")
                if path != os.fsencode(root) and first.startswith(below(path)[0])
            ]
            marks = ",".join("?" * len(around))
            theirs = f"path >= ? AND path < ? AND root_id IN ({marks})"
            values = (first, end, *around)
            if not connection.execute(f"SELECT 1 FROM photo WHERE {theirs}", values).fetchone():
                return  # nearly always: nothing is to be written
        with self._database.write() as connection:
            connection.execute(
                "UPDATE photo SET root_id = (SELECT root_id FROM root WHERE path = ?), "
                f"change_id = ? WHERE {theirs}",
                (os.fsencode(root), next_change(connection), *values),
            )

    def _hand_over(self, connection: sqlite3.Connection, root_id: int) -> None:
        others = connection.execute("SELECT root_id, path FROM root WHERE root_id != ?", (root_id,))
        # The longest first: a photo belongs to the innermost folder around it.
        for other_id, path in sorted(others, key=lambda one: len(one[1]), reverse=True):
            first, end = below(path)
            connection.execute(
                "UPDATE photo SET root_id = ?, change_id = ? "
                "WHERE root_id = ? AND path >= ? AND path < ?",
                (other_id, next_change(connection), root_id, first, end),
            )
