"""Bringing a library back from its copies; what was damaged is kept beside it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from lqalbum.errors import LibraryError, NewerLibraryError
from lqalbum.library.aside import set_aside
from lqalbum.library.backups import (
    backup_day,
    backups_of,
    count_content,
    newest_sound_backup,
    refuse_lost,
)
from lqalbum.library.database import (
    DamagedDatabaseError,
    Schema,
    check_header,
    check_whole,
)
from lqalbum.library.lock import lock_library
from lqalbum.library.rename import sync_file, sync_folder
from lqalbum.library.schemas import CACHE, DECISIONS, INDEX
from lqalbum.library.sentences import said, sentence_of
from lqalbum.sentences import Sentence, system_words

_SCHEMAS: Final = (DECISIONS, INDEX, CACHE)


@dataclass(frozen=True)
class Offer:
    """A copy that a database can be brought back from.

    Attributes:
        copy: the file.
        day: when it was made, as 2026-11-21.
        count: decisions or photos in it.
    """

    copy: Path
    day: str
    count: int


@dataclass(frozen=True)
class Trouble:
    """A database that cannot be used.

    Attributes:
        path: of the database.
        schema: what it has to be.
        why: one sentence, with its code.
        is_newer: a newer version of the program reads it.
        offer: the newest sound copy, None without one.
    """

    path: Path
    schema: Schema
    why: Sentence
    is_newer: bool
    offer: Offer | None


@contextmanager
def repairing(folder: Path) -> Iterator[list[Trouble]]:
    """Lock a library and give what is wrong with it; `bring_back` may be called inside.

    Raises:
        LibraryBusyError: another process writes to it.
        LibraryError: a file or the folder cannot be read.
    """
    lock = lock_library(folder)
    try:
        yield examine(folder)
    finally:
        lock.release()


def examine(folder: Path) -> list[Trouble]:
    """Look for databases that cannot be used, changing nothing.

    Raises:
        LibraryError: a file cannot be read.
    """
    found = (_trouble(folder / f"{schema.kind}.db", schema) for schema in _SCHEMAS)
    return [trouble for trouble in found if trouble is not None]


def newest_day(folder: Path) -> str | None:
    """The day of the newest copy of the decisions, None without one."""
    path = folder / "decisions.db"
    copies = backups_of(path, date.today())
    return backup_day(path, copies[0]).isoformat() if copies else None


def repair_all(folder: Path) -> None:
    """Bring back all databases of a library that cannot be used, or begin them anew.

    Raises:
        LibraryError: one cannot be repaired now; what was there is there, or kept.
    """
    with repairing(folder) as troubles:
        for trouble in troubles:
            bring_back(trouble)


def bring_back(trouble: Trouble) -> Path | None:
    """Put the newest copy in the place of a database, or clear the place where there is none.

    Whenever this is cut short, it can be done again: the copy itself is never moved.

    Returns:
        Where the unusable file is kept now; None if there was none.

    Raises:
        LibraryError: it cannot be done now; what was there is there, or kept.
    """
    try:
        return _bring_back(trouble)
    except OSError as exc:
        words = said("not-repaired", path=str(trouble.path), why=system_words(exc))
        raise LibraryError(words) from exc


def _bring_back(trouble: Trouble) -> Path | None:
    path = trouble.path
    fresh = path.with_name(path.name + ".restoring")
    if trouble.offer is not None:
        shutil.copyfile(trouble.offer.copy, fresh)
        sync_file(str(fresh))
        check_whole(fresh, trouble.schema)
    kept = set_aside(path)
    if trouble.offer is not None:
        fresh.rename(path)
    else:
        # Unsound copies alone would keep the database from being begun anew.
        for copy in backups_of(path):
            copy.rename(copy.with_name(copy.name + ".unusable"))
    sync_folder(str(path.parent))
    return kept


def _trouble(path: Path, schema: Schema) -> Trouble | None:
    try:
        if schema is CACHE:
            _refuse_newer(path)
            return None
        refuse_lost(path, schema)
        check_whole(path, schema)
    except (DamagedDatabaseError, NewerLibraryError) as exc:
        offer = _offer(path, schema)
        return Trouble(path, schema, sentence_of(exc), isinstance(exc, NewerLibraryError), offer)
    return None


def _refuse_newer(path: Path) -> None:
    """Look at the cache's header only: it is large, and begun anew by itself when damaged."""
    with contextlib.suppress(DamagedDatabaseError):
        check_header(path, CACHE)


def _offer(path: Path, schema: Schema) -> Offer | None:
    copy = newest_sound_backup(path, schema) if schema.backups else None
    if copy is None:
        return None
    return Offer(copy, backup_day(path, copy).isoformat(), count_content(copy, schema))
