"""Keeping an unusable database, and all that SQLite put beside it, under a name that is free."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

# What SQLite keeps beside a database and would read into another of the same name.
_COMPANIONS: Final = ("-wal", "-shm", "-journal")


def set_aside(path: Path) -> Path | None:
    """Rename a database and what belongs to it; the log may hold what the database does not.

    This process alone writes here, so a name that is free stays so.

    Returns:
        Where the database is kept now; None if at most its companions were there.

    Raises:
        OSError: as the system says; nothing is replaced or removed.
    """
    kept = _free_name(path)
    had_bytes = path.exists()
    for ending in ("", *_COMPANIONS):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))
    return kept if had_bytes else None


def leaves_companions(path: Path) -> bool:
    """Whether a database is gone and what SQLite kept beside it is not."""
    companions = (path.with_name(path.name + ending) for ending in _COMPANIONS)
    return not path.exists() and any(one.exists() for one in companions)


def _free_name(path: Path) -> Path:
    while True:
        kept = path.with_name(f"{path.name}.unusable-{datetime.now():%Y%m%d-%H%M%S-%f}")
        names = (kept.with_name(kept.name + ending) for ending in ("", *_COMPANIONS))
        if not any(name.exists() for name in names):
            return kept
