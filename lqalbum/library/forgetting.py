"""Forgetting: erase what is remembered of deleted photos, in all three databases.

The files themselves are never touched: what lies in the system's trash stays there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lqalbum.library.database import Database

_CHUNK = 500


@dataclass(frozen=True)
class Forgotten:
    """What was erased: entries of the history, and rows of photos that lay in the trash."""

    entries: int
    photo_ids: tuple[int, ...]


class Forgetting:
    """Erases records of deletes."""

    def __init__(self, decisions: Database, index: Database, cache: Database) -> None:
        """Use an open library's databases."""
        self._decisions = decisions
        self._index = index
        self._cache = cache

    def forget(self, entry_ids: Sequence[int]) -> Forgotten:
        """Erase name, hash and reason of deletes, and the pictures of photos not known otherwise.

        What went to the trash along with a photo is forgotten with it.

        Args:
            entry_ids: numbers of history entries; those that are no deletes are left alone.
        """
        entries, hashes, trash_ids = 0, set[str](), set[int]()
        for start in range(0, len(entry_ids), _CHUNK):
            chunk = entry_ids[start : start + _CHUNK]
            found, shas, trips = self._forget_decisions(chunk)
            entries += found
            hashes |= shas
            trash_ids |= trips
        photo_ids = self._forget_photos(trash_ids)
        self._forget_pictures(hashes)
        return Forgotten(entries, photo_ids)

    def _forget_decisions(self, entry_ids: Sequence[int]) -> tuple[int, set[str], set[int]]:
        marks = ",".join("?" * len(entry_ids))
        with self._decisions.write() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            found = connection.execute(
                f"SELECT id, sha256 FROM entry WHERE id IN ({marks}) AND decision = 'delete' "
                "AND state IN ('active', 'undone')",
                tuple(entry_ids),
            ).fetchall()
            chosen = tuple(entry_id for entry_id, _ in found)
            marks = ",".join("?" * len(chosen))
            trips = {
                trash_id
                for (trash_id,) in connection.execute(
                    f"SELECT trash_id FROM trash WHERE entry_id IN ({marks})", chosen
                )
            }
            connection.execute(
                "UPDATE subject SET path = NULL, sha256 = NULL, decision = 'undecided', "
                "trash_id = NULL WHERE trash_id IN "
                f"(SELECT trash_id FROM trash WHERE entry_id IN ({marks}))",
                chosen,
            )
            connection.execute(
                "UPDATE trash SET original = X'', target = X'', record = X'', restored = NULL, "
                "sha256 = '', phase = CASE phase WHEN 'done' THEN 'cancelled' ELSE phase END "
                f"WHERE (entry_id IN ({marks}) AND phase = 'done') "
                # A trip that is over is of no use to anybody.
                "OR (phase IN ('restored', 'cancelled') AND subject_id IN "
                f"(SELECT subject_id FROM entry WHERE id IN ({marks})))",
                (*chosen, *chosen),
            )
            connection.execute(
                "UPDATE entry SET path = X'', sha256 = NULL, percentile = NULL, model_id = NULL, "
                f"reason = NULL, state = 'cancelled' WHERE id IN ({marks})",
                chosen,
            )
        return len(chosen), {sha256 for _, sha256 in found if sha256}, trips

    def _forget_photos(self, trash_ids: set[int]) -> tuple[int, ...]:
        with self._index.write() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            return tuple(
                photo_id
                for trash_id in sorted(trash_ids)
                for (photo_id,) in connection.execute(
                    "DELETE FROM photo WHERE trash_id = ? RETURNING photo_id", (trash_id,)
                ).fetchall()
            )

    def _forget_pictures(self, hashes: set[str]) -> None:
        """Erase the pictures of bytes that no photo of the library has any more."""
        with self._index.write() as connection:
            gone = [
                sha256
                for sha256 in sorted(hashes)
                if connection.execute(
                    "SELECT 1 FROM photo WHERE sha256 = ? LIMIT 1", (sha256,)
                ).fetchone() is None
            ]  # fmt: skip
            for table in ("score", "evidence"):
                connection.executemany(
                    f"DELETE FROM {table} WHERE sha256 = ?", [(sha256,) for sha256 in gone]
                )
        with self._cache.write() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            for table in ("thumbnail", "reconstruction", "heat_map", "likeness"):
                connection.executemany(
                    f"DELETE FROM {table} WHERE sha256 = ?", [(sha256,) for sha256 in gone]
                )
