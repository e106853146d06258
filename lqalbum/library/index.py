"""What is known of the photos: files, errors and scores, in the index database.

Scores belong to a photo's bytes (SHA-256), so a photo that moved keeps its score and a changed
one has none. Rows are never dropped: a photo that is gone is missing, offline or deleted.
"""

from __future__ import annotations

import json
import math
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lqalbum.errors import PhotoError
from lqalbum.library.database import Database, signed
from lqalbum.library.folders import folder_id_of
from lqalbum.library.photofile import mtime_ns, printable
from lqalbum.library.records import (
    Changes,
    Decision,
    DecodedPhoto,
    Evidence,
    PhotoRow,
    Scoring,
)

_STATUS: Final = """
CASE WHEN p.trash_id IS NOT NULL THEN 'deleted'
     WHEN NOT r.online OR p.missing = 2 THEN 'offline'
     WHEN p.missing THEN 'missing' WHEN p.error_code IS NOT NULL THEN 'error'
     WHEN s.score IS NOT NULL THEN 'scored' END
"""

# In the order of PhotoRow's fields.
_ROW_COLUMNS: Final = f"""
p.photo_id, p.path, r.path, p.size_bytes, p.mtime_ns, p.sha256, p.width, p.height, p.taken,
{_STATUS}, s.kind, s.score, s.percentile, s.percentile_low, s.percentile_high, s.s_kl,
s.s_kl_percentile, s.split_level, s.high_frequency, s.reason, m.model_id, p.decision,
p.error_code, p.error_message
"""

_NEWEST: Final = "p.scorer_key"
_NAMED: Final = "(SELECT scorer_key FROM scorer WHERE scorer_id = :scorer_id)"

_DECODED: Final = """
INSERT INTO photo (path, root_id, folder_id, size_bytes, mtime_ns, device, inode, sha256, width,
                   height, format, taken, camera, error_code, error_message, decision, scorer_key,
                   change_id)
VALUES (:path, :root_id, :folder_id, :size_bytes, :mtime_ns, :device, :inode, :sha256, :width,
        :height, :format, :taken, :camera, :error_code, :error_message, :decision,
        (SELECT scorer_key FROM score WHERE sha256 = :sha256 ORDER BY change_id DESC LIMIT 1),
        :change_id)
ON CONFLICT (path) WHERE trash_id IS NULL DO UPDATE SET
    root_id = excluded.root_id, folder_id = excluded.folder_id,
    size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns,
    device = excluded.device, inode = excluded.inode, sha256 = excluded.sha256,
    width = excluded.width, height = excluded.height, format = excluded.format,
    taken = excluded.taken, camera = excluded.camera, error_code = excluded.error_code,
    error_message = excluded.error_message, missing = 0, scorer_key = excluded.scorer_key,
    change_id = excluded.change_id
"""


class Index:
    """Reads and writes the index database."""

    def __init__(self, database: Database) -> None:
        """Use an open index database."""
        self._database = database

    # --- what a scan asks and tells

    def roots(self) -> list[str]:
        """All folders ever indexed."""
        with self._database.read() as connection:
            return [
                os.fsdecode(path)
                for (path,) in connection.execute("SELECT path FROM root ORDER BY path")
            ]

    def add_decoded(
        self, items: Sequence[tuple[str, str, DecodedPhoto]], decisions: Mapping[str, Decision]
    ) -> None:
        """Store photos that were read: (root, path, photo) each.

        Args:
            items: what was read.
            decisions: what stands for photos that are new to the index, by path.
        """
        with self._database.write() as connection:
            change_id = next_change(connection)
            for root, path, photo in items:
                raw = os.fsencode(path)
                connection.execute(_DECODED, {
                    "path": raw, "root_id": _root_id(connection, root),
                    "folder_id": folder_id_of(connection, raw),
                    "size_bytes": photo.size_bytes, "mtime_ns": photo.mtime_ns,
                    "device": signed(photo.device), "inode": signed(photo.inode),
                    "sha256": photo.sha256, "width": photo.width, "height": photo.height,
                    "format": photo.format, "taken": photo.taken, "camera": photo.camera,
                    "error_code": None, "error_message": None,
                    "decision": decisions.get(path, "undecided"), "change_id": change_id,
                })  # fmt: skip

    def add_error(self, root: str, path: str, error: PhotoError, decision: Decision) -> None:
        """Store that a photo cannot be read; with its stamps, so that it is not read in vain."""
        try:
            found = os.lstat(path)
        except (OSError, ValueError):
            size_bytes, changed_ns, device, inode = 0, 0, 0, 0
        else:
            size_bytes, changed_ns = found.st_size, mtime_ns(found)
            device, inode = found.st_dev, found.st_ino
        raw = os.fsencode(path)
        with self._database.write() as connection:
            connection.execute(_DECODED, {
                "path": raw, "root_id": _root_id(connection, root),
                "folder_id": folder_id_of(connection, raw),
                "size_bytes": size_bytes, "mtime_ns": changed_ns,
                "device": signed(device), "inode": signed(inode),
                "sha256": None, "width": None, "height": None,
                "format": None, "taken": None, "camera": None,
                "error_code": error.code, "error_message": error.message,
                "decision": decision, "change_id": next_change(connection),
            })  # fmt: skip

    def add_scores(self, scores: Iterable[tuple[str, Scoring]]) -> None:
        """Store scores by path; each belongs to the bytes that were read there last.

        A score with a number that is not finite becomes an error row: nothing could be said of
        the photo.
        """
        with self._database.write() as connection:
            change_id = next_change(connection)
            for path, scoring in scores:
                if _is_finite(scoring):
                    _add_score(connection, os.fsencode(path), scoring, change_id)
                    continue
                message = (
                    f"{printable(path)} got no finite score; rescan it with another model, "
                    "or report it."
                )
                connection.execute(
                    "UPDATE photo SET error_code = 'not-scored', error_message = ?, change_id = ? "
                    "WHERE path = ? AND trash_id IS NULL",
                    (message, change_id, os.fsencode(path)),
                )

    def mark_missing(self, root: str, paths: Iterable[str]) -> None:
        """Say that photos of a root that is there are not there themselves."""
        self._mark(root, paths, missing=1)

    def mark_present(self, root: str, paths: Iterable[str]) -> None:
        """Say that missing photos are back, unchanged."""
        self._mark(root, paths, missing=0)

    def mark_unreachable(self, root: str, paths: Iterable[str]) -> None:
        """Say that photos of a root are offline, as if on a drive that is not plugged in."""
        self._mark(root, paths, missing=2)

    def mark_offline(self, root: str) -> None:
        """Say that a root is unplugged or empty; what is known of its photos stands."""
        self._mark_root(root, online=0)

    def mark_online(self, root: str) -> None:
        """Say that a root is back."""
        self._mark_root(root, online=1)

    def _mark(self, root: str, paths: Iterable[str], missing: int) -> None:
        with self._database.write() as connection:
            change_id = next_change(connection)
            connection.executemany(
                "UPDATE photo SET missing = ?, change_id = ? WHERE path = ? AND trash_id IS NULL "
                "AND missing != ?",
                [(missing, change_id, os.fsencode(path), missing) for path in paths],
            )

    def _mark_root(self, root: str, online: int) -> None:
        with self._database.write() as connection:
            changed = connection.execute(
                "UPDATE root SET online = ? WHERE path = ? AND online != ?",
                (online, os.fsencode(root), online),
            )
            if changed.rowcount:
                connection.execute(
                    "UPDATE photo SET change_id = ? "
                    "WHERE root_id = (SELECT root_id FROM root WHERE path = ?)",
                    (next_change(connection), os.fsencode(root)),
                )

    # --- what lists ask

    def rows(self, scorer_id: str | None = None) -> list[PhotoRow]:
        """All photos by path, with the scores of one scorer, or the newest of each."""
        return self._select("ORDER BY p.path, p.trash_id", scorer_id)

    def row(self, path: str) -> PhotoRow | None:
        """The photo at a path, or the one that was last deleted there."""
        found = self._select(
            "WHERE p.path = :path ORDER BY p.trash_id IS NOT NULL, p.trash_id DESC LIMIT 1",
            path=os.fsencode(path),
        )
        return found[0] if found else None

    def rows_since(self, change_id: int, scorer_id: str | None = None) -> Changes:
        """The photos that changed after a change, and the number to ask with next time.

        Args:
            change_id: of the last answer; 0 for all.
            scorer_id: as in `rows`.
        """
        with self._database.read() as connection:
            newest: int = connection.execute("SELECT change_id FROM change").fetchone()[0]
        rows = self._select(
            "WHERE p.change_id > :since AND p.change_id <= :newest ORDER BY p.path",
            scorer_id, since=change_id, newest=newest,
        )  # fmt: skip
        return Changes(tuple(rows), newest)

    def details(self, photo_id: int, scorer_id: str | None = None) -> dict[str, Evidence]:
        """The evidence behind a photo's score by name; empty without a score."""
        scorer = _NEWEST if scorer_id is None else _NAMED
        with self._database.read() as connection:
            found = connection.execute(
                f"""SELECT e.numbers FROM photo p JOIN evidence e
                    ON e.sha256 = p.sha256 AND e.scorer_key = {scorer} WHERE p.photo_id = :id""",
                {"id": photo_id, "scorer_id": scorer_id},
            ).fetchone()
        numbers = json.loads(found[0]) if found else {}
        return {name: Evidence(value, percentile) for name, (value, percentile) in numbers.items()}

    def scorers(self) -> list[tuple[str, str]]:
        """The (scorer_id, model_id) behind the photos' newest scores, most used first."""
        query = """
            SELECT m.scorer_id, m.model_id FROM photo p JOIN scorer m USING (scorer_key)
            GROUP BY m.scorer_key ORDER BY count(*) DESC, m.scorer_key
        """
        with self._database.read() as connection:
            return [(scorer_id, model_id) for scorer_id, model_id in connection.execute(query)]

    def _select(
        self, rest: str, scorer_id: str | None = None, **values: bytes | int
    ) -> list[PhotoRow]:
        scorer = _NEWEST if scorer_id is None else _NAMED
        query = f"""
            SELECT {_ROW_COLUMNS} FROM photo p JOIN root r USING (root_id)
            LEFT JOIN score s ON s.sha256 = p.sha256 AND s.scorer_key = {scorer}
            LEFT JOIN scorer m ON m.scorer_key = s.scorer_key {rest}
        """
        with self._database.read() as connection:
            return [
                PhotoRow(photo_id, os.fsdecode(path), os.fsdecode(root), *others)
                for photo_id, path, root, *others in connection.execute(
                    query, {"scorer_id": scorer_id, **values}
                )
            ]


def next_change(connection: sqlite3.Connection) -> int:
    """Number a change; every row it touches carries the number."""
    number: int = connection.execute(
        "UPDATE change SET change_id = change_id + 1 RETURNING change_id"
    ).fetchone()[0]
    return number


def _root_id(connection: sqlite3.Connection, root: str) -> int:
    path = os.fsencode(root)
    connection.execute("INSERT OR IGNORE INTO root (path) VALUES (?)", (path,))
    found = connection.execute("SELECT root_id FROM root WHERE path = ?", (path,))
    number: int = found.fetchone()[0]
    return number


def _is_finite(scoring: Scoring) -> bool:
    numbers = [
        scoring.score, scoring.percentile, scoring.percentile_low, scoring.percentile_high,
        scoring.s_kl, scoring.s_kl_percentile, scoring.high_frequency,
    ]  # fmt: skip
    for evidence in scoring.evidence.values():
        numbers += [evidence.value, evidence.percentile]
    return all(map(math.isfinite, numbers))


def _scorer_key(connection: sqlite3.Connection, scoring: Scoring) -> int:
    connection.execute(
        "INSERT OR IGNORE INTO scorer (scorer_id, model_id) VALUES (?, ?)",
        (scoring.scorer_id, scoring.model_id),
    )
    number: int = connection.execute(
        "SELECT scorer_key FROM scorer WHERE scorer_id = ?", (scoring.scorer_id,)
    ).fetchone()[0]
    return number


def _add_score(
    connection: sqlite3.Connection, path: bytes, scoring: Scoring, change_id: int
) -> None:
    found = connection.execute(
        "SELECT sha256 FROM photo WHERE path = ? AND trash_id IS NULL", (path,)
    ).fetchone()
    if found is None or found[0] is None:
        return  # it moved or became unreadable while it was scored
    sha256, key = found[0], _scorer_key(connection, scoring)
    connection.execute(
        "INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (sha256, key, scoring.score, scoring.percentile, scoring.percentile_low,
         scoring.percentile_high, scoring.s_kl, scoring.s_kl_percentile, scoring.split_level,
         scoring.high_frequency, scoring.kind, scoring.reason, change_id),
    )  # fmt: skip
    numbers = {name: (one.value, one.percentile) for name, one in scoring.evidence.items()}
    connection.execute(
        "INSERT OR REPLACE INTO evidence VALUES (?, ?, ?)", (sha256, key, json.dumps(numbers))
    )
    connection.execute(
        "UPDATE photo SET scorer_key = ?, change_id = ?, error_code = NULL, error_message = NULL "
        "WHERE sha256 = ?",
        (key, change_id, sha256),
    )
