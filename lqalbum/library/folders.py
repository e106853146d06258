"""What the index knows of whole folders: which ones a scan need not compare photo by photo.

A folder is settled for a scorer when a scan finds nothing to do in it as long as its listing has
a certain digest: each of its photos is there, and scored or not readable for good. The digest
follows from the rows of its photos alone, and triggers of the database drop it in the transaction
that changes any of them; see `lqalbum.library.schemas`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from lqalbum.library.database import Database
from lqalbum.library.listing import Listing
from lqalbum.library.records import PhotoCounts, Stamp

# Folders settled in one transaction: others wait no longer than that to write.
_CHUNK: Final = 20

_NAMED: Final = "(SELECT scorer_key FROM scorer WHERE scorer_id = :scorer_id)"
_SETTLED: Final = f"(f.digest IS NOT NULL AND f.scorer_key IS {_NAMED})"
# Its photos are there: a root that is not takes no folder's digest away, as they come back with it.
_THERE: Final = """
(NOT EXISTS (SELECT 1 FROM root WHERE NOT online) OR NOT EXISTS (
    SELECT 1 FROM photo p JOIN root r USING (root_id)
    WHERE p.folder_id = f.folder_id AND NOT r.online))
"""
_SCORED: Final = f"""
(p.scorer_key = {_NAMED} OR EXISTS (
    SELECT 1 FROM score s WHERE s.sha256 = p.sha256 AND s.scorer_key = {_NAMED}))
"""
# A photo that is known not to be there is none that a scan expects.
_EXPECTED: Final = "p.trash_id IS NULL AND NOT (r.online AND p.missing = 1)"


class Folders:
    """Answers for whole folders from the index database."""

    def __init__(self, database: Database) -> None:
        """Use an open index database."""
        self._database = database

    def known_folders(self, path: str, scorer_id: str) -> dict[str, bytes | None]:
        """The folders at or below a path of which photos are known, those in the trash included.

        Args:
            path: absolute folder.
            scorer_id: whose scores count.

        Returns:
            For each the digest of the listing at which there is nothing to do in it; None where
            its photos have to be compared.
        """
        inside, values = _inside([path], "f.path")
        query = f"""
            SELECT f.path, CASE WHEN {_SETTLED} THEN f.digest END FROM folder f WHERE {inside}
        """
        with self._database.read() as connection:
            found = connection.execute(query, {**values, "scorer_id": scorer_id})
            return {os.fsdecode(folder): digest for folder, digest in found}

    def known(self, folder: str, scorer_id: str | None = None) -> dict[str, Stamp]:
        """The stamps of the photos that lie in one folder, by path; those in the trash left out.

        Args:
            folder: absolute; what lies in folders below it is not told.
            scorer_id: if given, ``scored_by`` tells of this scorer only, else of the newest.
        """
        # A photo has a scorer_key only with a score, so the newest needs no look at the scores.
        scorer = "p.scorer_key" if scorer_id is None else f"CASE WHEN {_SCORED} THEN {_NAMED} END"
        query = f"""
            SELECT p.path, p.size_bytes, p.mtime_ns, m.scorer_id, CASE
                WHEN NOT r.online OR p.missing = 2 THEN 'offline' WHEN p.missing THEN 'missing'
                WHEN p.error_code IS NOT NULL THEN 'error'
                WHEN m.scorer_id IS NOT NULL THEN 'scored' END, p.error_code
            FROM folder f JOIN photo p USING (folder_id) JOIN root r USING (root_id)
            LEFT JOIN scorer m ON m.scorer_key = {scorer}
            WHERE f.path = :folder AND p.trash_id IS NULL
        """
        values = {"folder": os.fsencode(folder), "scorer_id": scorer_id}
        with self._database.read() as connection:
            found = connection.execute(query, values)
            return {os.fsdecode(path): Stamp(*stamp) for path, *stamp in found}

    def count_expected(self, roots: Iterable[str]) -> int:
        """How many photos some roots have, those known to be missing left out."""
        query = f"""
            SELECT count(*) FROM photo p JOIN root r USING (root_id)
            WHERE r.path = ? AND {_EXPECTED}
        """
        with self._database.read() as connection:
            return sum(
                connection.execute(query, (os.fsencode(root),)).fetchone()[0] for root in set(roots)
            )

    def settle(self, paths: Sequence[str], scorer_id: str, retried: Iterable[str]) -> None:
        """Note which folders a scan need not compare photo by photo any more.

        Args:
            paths: absolute; the folders at and below them are looked at.
            scorer_id: whose scores count.
            retried: codes of errors for which a photo is read again although it did not change.
        """
        inside, values = _inside(paths, "f.path")
        query = f"SELECT f.folder_id, f.path FROM folder f WHERE NOT {_SETTLED} AND {inside}"
        with self._database.read() as connection:
            values["scorer_id"] = scorer_id
            if connection.execute(f"SELECT {_NAMED}", values).fetchone()[0] is None:
                return  # it has no scores here
            open_ones = connection.execute(query, values).fetchall()
        again = frozenset(retried)
        for start in range(0, len(open_ones), _CHUNK):
            with self._database.write() as connection:
                for folder_id, folder in open_ones[start : start + _CHUNK]:
                    _settle_folder(connection, folder_id, os.fsdecode(folder), scorer_id, again)

    def counts(self, paths: Sequence[str], scorer_id: str, threshold: float) -> PhotoCounts:
        """Count photos in folders by what `lqalbum.library.flags` says of them.

        Args:
            paths: absolute folders or files.
            scorer_id: whose scores count.
            threshold: percentile above which a photo is flagged, 0-100.
        """
        with self._database.read() as connection:
            flagged, above = _judged(connection, paths, scorer_id, threshold)
            scored, errors = _in_settled_folders(connection, paths, scorer_id)
            more_scored, more_errors = _in_open_folders(connection, paths, scorer_id)
        return PhotoCounts(scored + more_scored, flagged, above - flagged, errors + more_errors)


def folder_id_of(connection: sqlite3.Connection, path: bytes) -> int:
    """The number of the folder that a photo lies in; a new one where none of its photos is known.

    Args:
        connection: inside a transaction.
        path: of the photo, as ``os.fsencode`` gives it.
    """
    folder = (os.path.dirname(path),)
    connection.execute("INSERT OR IGNORE INTO folder (path) VALUES (?)", folder)
    number: int = connection.execute(
        "SELECT folder_id FROM folder WHERE path = ?", folder
    ).fetchone()[0]
    return number


def _settle_folder(
    connection: sqlite3.Connection,
    folder_id: int,
    folder: str,
    scorer_id: str,
    retried: frozenset[str],
) -> None:
    query = f"""
        SELECT p.path, p.size_bytes, p.mtime_ns, p.error_code,
            r.online AND p.missing = 0 AND (p.error_code IS NOT NULL OR {_SCORED})
        FROM photo p JOIN root r USING (root_id)
        WHERE p.folder_id = :folder_id AND {_EXPECTED}
    """
    values = {"folder_id": folder_id, "scorer_id": scorer_id}
    names, sizes_bytes, mtimes_ns, errors = [], [], [], 0
    rows = connection.execute(query, values).fetchall()
    named = sorted((os.path.basename(os.fsdecode(path)), *rest) for path, *rest in rows)
    for name, size_bytes, mtime_ns, error_code, is_final in named:
        if not is_final or error_code in retried:
            return
        names.append(name)
        sizes_bytes.append(size_bytes)
        mtimes_ns.append(mtime_ns)
        errors += error_code is not None
    digest = Listing(folder, names, sizes_bytes, mtimes_ns).digest()
    connection.execute(
        "UPDATE folder SET digest = ?, photos = ?, errors = ?, scorer_key = "
        "(SELECT scorer_key FROM scorer WHERE scorer_id = ?) WHERE folder_id = ?",
        (digest, len(names), errors, scorer_id, folder_id),
    )


def _judged(
    connection: sqlite3.Connection, paths: Sequence[str], scorer_id: str, threshold: float
) -> tuple[int, int]:
    """Number of flagged photos, and of those with at least one sample above the threshold."""
    inside, values = _inside(paths, "p.path")
    # The few scores near or above the threshold are found first, and then their photos.
    query = f"""
        SELECT coalesce(sum(s.percentile_low > :threshold), 0), count(*)
        FROM score s CROSS JOIN photo p ON p.sha256 = s.sha256 JOIN root r USING (root_id)
        WHERE s.scorer_key = {_NAMED} AND s.kind = 'photo' AND s.percentile_high > :threshold
        AND p.error_code IS NULL AND p.trash_id IS NULL AND r.online AND p.missing = 0 AND {inside}
    """
    named = {**values, "scorer_id": scorer_id, "threshold": threshold}
    flagged, above = connection.execute(query, named).fetchone()
    return flagged, above


def _in_settled_folders(
    connection: sqlite3.Connection, paths: Sequence[str], scorer_id: str
) -> tuple[int, int]:
    """Number of photos with a score, and of those that cannot be read."""
    inside, values = _inside(paths, "f.path")
    query = f"""
        SELECT coalesce(sum(f.photos - f.errors), 0), coalesce(sum(f.errors), 0)
        FROM folder f WHERE {_SETTLED} AND {_THERE} AND {inside}
    """
    scored, errors = connection.execute(query, {**values, "scorer_id": scorer_id}).fetchone()
    return scored, errors


def _in_open_folders(
    connection: sqlite3.Connection, paths: Sequence[str], scorer_id: str
) -> tuple[int, int]:
    """The same for photos in folders that are not settled, and for single files."""
    inside, values = _inside(paths, "p.path")
    folder_inside, _ = _inside(paths, "f.path")
    holds_file = " OR ".join(f"f.path = :holder{n}" for n in range(len(paths))) or "0"
    values |= {f"holder{n}": os.path.dirname(os.fsencode(path)) for n, path in enumerate(paths)}
    query = f"""
        SELECT coalesce(sum(p.error_code IS NULL AND {_SCORED}), 0),
            coalesce(sum(p.error_code IS NOT NULL), 0)
        FROM folder f CROSS JOIN photo p ON p.folder_id = f.folder_id JOIN root r USING (root_id)
        WHERE ({folder_inside} OR {holds_file})
        AND NOT ({_SETTLED} AND {_THERE} AND {folder_inside})
        AND p.trash_id IS NULL AND r.online AND p.missing = 0 AND {inside}
    """
    scored, errors = connection.execute(query, {**values, "scorer_id": scorer_id}).fetchone()
    return scored, errors


def _inside(paths: Sequence[str], column: str) -> tuple[str, dict[str, bytes | str | float]]:
    """A condition that a path is one of some paths or below it, and its values."""
    condition = " OR ".join(
        f"{column} = :at{n} OR ({column} >= :from{n} AND {column} < :to{n})"
        for n in range(len(paths))
    ) or "0"  # fmt: skip
    values: dict[str, bytes | str | float] = {}
    for n, path in enumerate(map(os.fsencode, paths)):
        first, end = below(path)
        values |= {f"at{n}": path, f"from{n}": first, f"to{n}": end}
    return f"({condition})", values


def below(folder: bytes, separator: str = os.sep) -> tuple[bytes, bytes]:
    """Between which two values all paths below a folder sort: from the first to before the other.

    Args:
        folder: its path, with or without a separator at its end.
        separator: what the system puts between the names of a path.
    """
    start = folder.rstrip(separator.encode()) + separator.encode()
    return start, start[:-1] + bytes([start[-1] + 1])
