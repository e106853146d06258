"""Opening an SQLite file of the library, or refusing it; connections, transactions, migrations.

A file that is foreign, damaged or from a newer version is recognised before anything is written
to it, and left as it is. Everything sqlite3 raises is translated here.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lqalbum.errors import LibraryBusyError, LibraryError, NewerLibraryError
from lqalbum.library.sentences import said
from lqalbum.sentences import system_words

_MAGIC: Final = b"SQLite format 3\0"
_BUSY_S: Final = 30.0


@dataclass(frozen=True)
class Schema:
    """What one database file is.

    Attributes:
        kind: for sentences, such as ``index``.
        application_id: by which a file is known as ours; stands in its header.
        migrations: SQL scripts; number n (from 1) brings version n-1 to n. They may ask for the
            ``parent_folder`` of a path.
        synchronous: ``FULL`` where a committed row must survive a power cut.
        precious: check it at each start, back it up before a migration.
        thorough: compare its indexes with its tables at each start, too; for 100,000 rows that is
            0.7 s instead of 0.2.
        content: the table without rows in which there is nothing to back up.
        progress: asks for a number that only grows with use, in any version of the file.
        backups: how many daily copies are kept.
    """

    kind: str
    application_id: int
    migrations: tuple[str, ...]
    synchronous: str = "NORMAL"
    precious: bool = False
    thorough: bool = False
    content: str = ""
    progress: str = ""
    backups: int = 0


class DamagedDatabaseError(LibraryError):
    """The file is no database, not ours, or fails its integrity check."""


class Database:
    """One open database file, used from any thread with a connection for each."""

    def __init__(self, path: Path, schema: Schema, lock: threading.RLock, read_only: bool) -> None:
        """Check the file, make it or bring it up to date.

        Args:
            path: the file; made if missing, unless read_only.
            schema: what it has to be.
            lock: held by the one thread that writes; shared by a library's databases.
            read_only: nothing is written, not even a migration.

        Raises:
            NewerLibraryError: it was written by a newer version.
            DamagedDatabaseError: it is damaged or something else.
            LibraryError: it cannot be opened.
        """
        self.path = path
        self.schema = schema
        self._lock = lock
        self._read_only = read_only
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        check_header(path, schema)
        try:
            with self._translated():
                self._prepare()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection for reading."""
        with self._translated():
            yield self._connection()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction: all of it is kept, or nothing. May be nested within a thread."""
        if self._read_only:
            raise LibraryError(said("read-only", folder=str(self.path.parent)))
        with self._lock, self._translated():
            connection = self._connection()
            if _is_inside(connection):
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may already have rolled it back.
                if _is_inside(connection):
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close all threads' connections."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
            self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    def _connect(self) -> sqlite3.Connection:
        mode = _read_only_mode(self.path) if self._read_only else "rwc"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_BUSY_S,
            isolation_level=None,
            check_same_thread=False,  # closed by whichever thread closes the library
        )
        connection.execute(f"PRAGMA synchronous={self.schema.synchronous}")
        if self.schema.synchronous == "FULL":
            connection.execute("PRAGMA fullfsync=ON")  # on macOS, past the drive's own cache
        return connection

    def _prepare(self) -> None:
        connection = self._connection()
        version = _version(connection)
        if version > len(self.schema.migrations):
            raise newer(self.path)
        if self.schema.precious:
            self._check(connection)
        if self._read_only:
            if version < len(self.schema.migrations):
                raise LibraryError(said("older", folder=str(self.path.parent)))
            return
        self._migrate(connection, version)
        connection.execute("PRAGMA journal_mode=WAL")

    def _check(self, connection: sqlite3.Connection) -> None:
        check = "integrity_check" if self.schema.thorough else "quick_check"
        answer = connection.execute(f"PRAGMA {check}(1)").fetchone()[0]
        if answer != "ok":
            raise damaged(self.path, self.schema, _last_line(str(answer)))

    def _migrate(self, connection: sqlite3.Connection, version: int) -> None:
        if 0 < version < len(self.schema.migrations) and self.schema.precious:
            self._back_up(connection, version)
        connection.create_function("parent_folder", 1, os.path.dirname, deterministic=True)
        for number in range(version + 1, len(self.schema.migrations) + 1):
            script = self.schema.migrations[number - 1]
            try:
                connection.executescript(
                    f"BEGIN IMMEDIATE; {script};"
                    f"PRAGMA application_id={self.schema.application_id};"
                    f"PRAGMA user_version={number}; COMMIT;"
                )
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _back_up(self, connection: sqlite3.Connection, version: int) -> None:
        """Copy the database beside itself before it is changed; an older copy stays."""
        kept = self.path.with_name(f"{self.path.name}.version-{version}.backup")
        if kept.exists():
            return
        unfinished = kept.with_name(kept.name + ".part")
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as copy:
            connection.backup(copy)
        unfinished.replace(kept)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as exc:
            raise as_library_error(exc, self.path, self.schema) from exc


def check_header(path: Path, schema: Schema) -> None:
    """Judge a file by its first 100 bytes, without letting SQLite touch it.

    Raises:
        NewerLibraryError: it was written by a newer version.
        DamagedDatabaseError: it is no SQLite file, or not this program's.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return
    except OSError as exc:
        raise LibraryError(said("file-unreadable", path=str(path), why=system_words(exc))) from exc
    if not header:
        return  # SQLite makes the file before it writes to it
    if not header.startswith(_MAGIC) or len(header) < 100:
        raise damaged(path, schema, said("no-database"))
    if int.from_bytes(header[68:72], "big") != schema.application_id:
        raise damaged(path, schema, said("other-database"))
    if int.from_bytes(header[60:64], "big") > len(schema.migrations):
        raise newer(path)


def check_whole(path: Path, schema: Schema) -> None:
    """Check a file from its header to its last page, changing nothing; a missing one is sound.

    Raises:
        NewerLibraryError: it was written by a newer version.
        DamagedDatabaseError: it is damaged or something else.
        LibraryError: it cannot be read.
    """
    check_header(path, schema)
    if not path.exists() or path.stat().st_size == 0:
        return
    uri = f"{path.absolute().as_uri()}?mode={_read_only_mode(path)}"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_S)) as connection:
            version = _version(connection)
            answer = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if answer == "ok" and schema.content:
                connection.execute(f"SELECT 1 FROM {schema.content} LIMIT 1")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as exc:
        raise as_library_error(exc, path, schema) from exc
    if version > len(schema.migrations):
        raise newer(path)
    if answer != "ok":
        raise damaged(path, schema, _last_line(answer))


def as_library_error(
    exc: sqlite3.DatabaseError | UnicodeDecodeError, path: Path, schema: Schema
) -> LibraryError:
    """Translate what SQLite says of a file."""
    if isinstance(exc, UnicodeDecodeError):  # its words quote a damaged page
        return damaged(path, schema, said("garbled-database"))
    code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return LibraryError(said("disk-full", path=str(path)))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryBusyError(said("locked", path=str(path)))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, schema, _last_line(str(exc)))
    return LibraryError(said("unusable", path=str(path), why=str(exc)))


def _last_line(words: str) -> str:
    return words.strip().splitlines()[-1]  # SQLite puts a heading above what it found


def newer(path: Path) -> NewerLibraryError:
    """The refusal of a file from the future."""
    return NewerLibraryError(said("newer", path=str(path)))


def damaged(path: Path, schema: Schema, why: str) -> DamagedDatabaseError:
    """The refusal of a file that is not a sound database of ours."""
    return DamagedDatabaseError(said("damaged", path=str(path), kind=schema.kind, why=why))


def _is_inside(connection: sqlite3.Connection) -> bool:
    """Whether a transaction is open; asked anew each time, unlike what a type checker infers."""
    return connection.in_transaction


def _read_only_mode(path: Path) -> str:
    # Immutable where no file for shared memory can be made.
    return "ro" if os.access(path.parent, os.W_OK) else "ro&immutable=1"


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def signed(number: int) -> int:
    """A file system's 64-bit number as SQLite can hold it, which knows signed ones only."""
    return number - 2**64 if number >= 2**63 else number
