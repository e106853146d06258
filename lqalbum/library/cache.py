"""Pictures that can be made again: thumbnails, partial reconstructions and heat maps.

Kept by the photo's bytes (SHA-256), so that moved photos and copies share them.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lqalbum.errors import LibraryError
from lqalbum.library.aside import leaves_companions, set_aside
from lqalbum.library.database import DamagedDatabaseError, Database, check_header, signed
from lqalbum.library.schemas import CACHE
from lqalbum.library.sentences import said
from lqalbum.sentences import system_words

# Stands for the reconstruction that is shown first, at the detector's own split level.
_DISPLAY: Final = -1


def refuse_foreign_cache(path: Path) -> None:
    """Refuse to begin a library where a file with the cache's name is somebody else's.

    Raises:
        LibraryError: it is; it is left as it is.
    """
    try:
        check_header(path, CACHE)
    except DamagedDatabaseError as exc:
        raise LibraryError(said("foreign-cache", path=str(path))) from exc


def open_cache(path: Path, lock: threading.RLock, read_only: bool) -> Database:
    """Open a library's cache; a damaged one is kept aside and begun anew, since it can be.

    Raises:
        NewerLibraryError: a newer version of the program wrote it.
        LibraryError: it cannot be opened, or not be kept aside.
    """
    if read_only:
        return Database(path, CACHE, lock, read_only)
    try:
        if leaves_companions(path):  # they would spoil the new one
            set_aside(path)
        try:
            return Database(path, CACHE, lock, read_only)
        except DamagedDatabaseError:
            set_aside(path)
    except OSError as exc:
        raise LibraryError(said("unusable", path=str(path), why=system_words(exc))) from exc
    return Database(path, CACHE, lock, read_only)


class Cache:
    """Reads and writes the cache database."""

    def __init__(self, database: Database) -> None:
        """Use an open cache database."""
        self._database = database

    def thumbnail(self, sha256: str) -> bytes | None:
        """The photo's thumbnail, JPEG with a long side of at most 256 px."""
        return self._jpeg("SELECT jpeg FROM thumbnail WHERE sha256 = ?", (sha256,))

    def put_thumbnails(self, thumbnails: Sequence[tuple[str, bytes]]) -> None:
        """Store thumbnails: pairs of SHA-256 and JPEG."""
        with self._database.write() as connection:
            connection.executemany("INSERT OR REPLACE INTO thumbnail VALUES (?, ?)", thumbnails)

    def reconstruction(self, sha256: str, scorer_id: str, level: int | None = None) -> bytes | None:
        """A partial reconstruction as JPEG; level None is the one shown beside the photo."""
        return self._jpeg(
            "SELECT jpeg FROM reconstruction WHERE sha256 = ? AND scorer_id = ? "
            "AND split_level = ?",
            (sha256, scorer_id, _DISPLAY if level is None else level),
        )

    def put_reconstruction(
        self, sha256: str, scorer_id: str, level: int | None, jpeg: bytes
    ) -> None:
        """Store a partial reconstruction."""
        row = (sha256, scorer_id, _DISPLAY if level is None else level, jpeg)
        with self._database.write() as connection:
            connection.execute("INSERT OR REPLACE INTO reconstruction VALUES (?, ?, ?, ?)", row)

    def heat_map(self, sha256: str, scorer_id: str) -> NDArray[np.float32] | None:
        """The map of S_KL over the frame, (height, width) float32, nats per dimension."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT height, width, nats FROM heat_map WHERE sha256 = ? AND scorer_id = ?",
                (sha256, scorer_id),
            ).fetchone()
        if row is None:
            return None
        height, width, nats = row
        return np.frombuffer(zlib.decompress(nats), dtype="<f4").reshape(height, width).copy()

    def put_heat_map(self, sha256: str, scorer_id: str, heat_map: NDArray[np.float32]) -> None:
        """Store a heat map, (height, width) float32."""
        height, width = heat_map.shape
        nats = zlib.compress(np.ascontiguousarray(heat_map, dtype="<f4").tobytes(), level=1)
        with self._database.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO heat_map VALUES (?, ?, ?, ?, ?)",
                (sha256, scorer_id, height, width, nats),
            )

    def perceptual_hashes(self) -> dict[str, int]:
        """All perceptual hashes that are known, 64 bits each, by SHA-256."""
        with self._database.read() as connection:
            found = connection.execute("SELECT sha256, hash FROM likeness")
            return {sha256: number % 2**64 for sha256, number in found}

    def put_perceptual_hashes(self, hashes: Sequence[tuple[str, int]]) -> None:
        """Store perceptual hashes: pairs of SHA-256 and 64 bits."""
        rows = [(sha256, signed(number)) for sha256, number in hashes]
        with self._database.write() as connection:
            connection.executemany("INSERT OR REPLACE INTO likeness VALUES (?, ?)", rows)

    def _jpeg(self, query: str, values: tuple[str | int, ...]) -> bytes | None:
        with self._database.read() as connection:
            row = connection.execute(query, values).fetchone()
        return None if row is None else bytes(row[0])
