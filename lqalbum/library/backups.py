"""Daily copies of a library's precious databases, a few days of each.

A copy is made by SQLite's own backup and checked whole before it gets its name; only then may an
older one go.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from lqalbum.errors import NewerLibraryError
from lqalbum.library.database import (
    DamagedDatabaseError,
    Database,
    Schema,
    check_whole,
    damaged,
)
from lqalbum.library.rename import sync_file, sync_folder
from lqalbum.library.sentences import said

FOLDER: Final = "backups"
_DAY: Final = re.compile(r"-(\d{4}-\d{2}-\d{2})\.db")


def back_up(database: Database, today: date) -> Path | None:
    """Make today's copy of a database, and remove those that are too many.

    Args:
        database: open; one that holds nothing yet is not copied, so that a library begun anew
            by mistake never drives out the copies of the full one.
        today: names the copy; a day has one.

    Returns:
        The new copy, or None where there is nothing to do.

    Raises:
        LibraryError: it could not be made; the older ones stay.
        OSError: likewise.
    """
    copy = _named(database.path, today)
    if copy.exists() or not _holds_anything(database):
        return None
    _make(database, copy)
    for old in backups_of(database.path, today)[database.schema.backups :]:
        old.unlink(missing_ok=True)
    return copy


def renew_backups(databases: Iterable[Database], today: date) -> None:
    """Replace all copies by one of now: what a person had erased is to be in none of them.

    Raises:
        LibraryError: a copy could not be made; the older ones stay.
        OSError: likewise.
    """
    for database in databases:
        older = [*backups_of(database.path), *_before_migrations(database.path)]
        copy = _named(database.path, today)
        _make(database, copy)
        for old in older:
            if old != copy:
                old.unlink(missing_ok=True)


def backups_of(path: Path, today: date | None = None) -> list[Path]:
    """The daily copies of a database, sound or not, the newest first.

    Args:
        path: of the database.
        today: copies dated later come last: a clock that was ahead made them, long ago perhaps.
    """
    found = path.parent.joinpath(FOLDER).glob(f"{path.stem}-*.db")
    dated = [(day, copy) for copy in found if (day := _day_of(path, copy)) is not None]
    by_date = sorted(dated, key=lambda one: one[0], reverse=True)
    return [copy for _, copy in sorted(by_date, key=lambda one: one[0] > (today or date.max))]


def newest_sound_backup(path: Path, schema: Schema) -> Path | None:
    """The copy that holds the most of those that pass their checks, of equal ones the newest.

    A copy's name only says what the clock showed; what is in it only grows. The copies made before
    migrations are among them.
    """
    sound = []
    for copy in [*backups_of(path), *_before_migrations(path)]:
        try:
            check_whole(copy, schema)
        except (DamagedDatabaseError, NewerLibraryError):
            continue
        sound.append(copy)
    return max(sound, key=lambda copy: _count(copy, schema.progress), default=None)


def backup_day(path: Path, copy: Path) -> date:
    """The day a copy was made on: by its name, or by the file's time where that has none."""
    return _day_of(path, copy) or date.fromtimestamp(copy.stat().st_mtime)


def count_content(copy: Path, schema: Schema) -> int:
    """How many decisions, or photos, a sound copy holds."""
    return _count(copy, f"SELECT count(*) FROM {schema.content}")


def is_lost(path: Path) -> bool:
    """Whether a database that has copies is not there itself, or has no bytes left.

    To begin a new one in its place would make a person believe that all was forgotten.
    """
    try:
        return path.stat().st_size == 0 and bool(backups_of(path))
    except FileNotFoundError:
        return bool(backups_of(path))


def refuse_lost(path: Path, schema: Schema) -> None:
    """Refuse to begin a database anew that was there before.

    Raises:
        DamagedDatabaseError: it is gone or empty, and copies of it are there.
    """
    if is_lost(path):
        raise damaged(path, schema, said("lost-database"))


def _count(copy: Path, query: str) -> int:
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?immutable=1", uri=True)) as opened:
        count: int = opened.execute(query).fetchone()[0]
    return count


def _named(path: Path, day: date) -> Path:
    return path.parent / FOLDER / f"{path.stem}-{day.isoformat()}.db"


def _day_of(path: Path, copy: Path) -> date | None:
    found = _DAY.fullmatch(copy.name.removeprefix(path.stem))
    try:
        return date.fromisoformat(found.group(1)) if found else None
    except ValueError:
        return None


def _before_migrations(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.version-*.backup"), reverse=True)


def _holds_anything(database: Database) -> bool:
    with database.read() as connection:
        query = f"SELECT 1 FROM {database.schema.content} LIMIT 1"
        return connection.execute(query).fetchone() is not None


def _make(database: Database, copy: Path) -> None:
    """Copy a database whole, check the copy, and have it survive a power cut."""
    copy.parent.mkdir(exist_ok=True)
    unfinished = copy.with_name(copy.name + ".part")
    unfinished.unlink(missing_ok=True)  # of a start that was killed
    try:
        with database.read() as connection:
            _copy(connection, unfinished)
        check_whole(unfinished, database.schema)
        sync_file(str(unfinished))
        unfinished.replace(copy)
        sync_folder(str(copy.parent))
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _copy(connection: sqlite3.Connection, unfinished: Path) -> None:
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
        connection.backup(copy)
        # One file, which needs no others beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
