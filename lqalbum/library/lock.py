"""The lock of a library: one process writes to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from filelock import BaseFileLock, FileLock, Timeout

from lqalbum.errors import LibraryBusyError, LibraryError

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
        raise LibraryBusyError(
            f"Another window or command writes to the library "
            f"{folder}; close it, or wait until it is done."
        ) from exc
    except OSError as exc:
        raise LibraryError(
            f"The library folder {folder} cannot be written to "
            f"({exc.strerror}); choose another one with --library."
        ) from exc
    return lock
