"""The lock of a library: one process writes to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from filelock import BaseFileLock, FileLock, Timeout

from lqalbum.errors import LibraryBusyError, LibraryError
from lqalbum.library.sentences import said
from lqalbum.sentences import system_words

_LOCK_NAME: Final = "lock"


def lock_library(folder: Path) -> BaseFileLock:
    """Keep other processes from writing, until the lock is released or this process ends.

    Raises:
        LibraryBusyError: another process writes to it.
        LibraryError: the folder cannot be written to.
    """
    # The system lets go of the lock when its holder dies, so none is ever stale.
    lock = FileLock(folder / _LOCK_NAME, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        raise LibraryBusyError(said("busy", folder=str(folder))) from exc
    except OSError as exc:
        raise LibraryError(said("not-writable", folder=str(folder), why=system_words(exc))) from exc
    return lock
