"""Places that hold no photos of a person's: systems' trash, the running system, a library's files.

A trash is known by what it is, not by where this user's own is: a folder of photos may hold that of
another system, or of another user.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from lqalbum.library.sentences import said
from lqalbum.sentences import Sentence

# What Linux, macOS and Windows call it at the top of a volume.
_TRASH_NAME: Final = re.compile(r"\.trash(-\d+)?|\.trashes|\$recycle\.bin", re.IGNORECASE)
# Where systems keep what was deleted or what is no photo of a person's.
_SYSTEM_NAMES: Final = frozenset({"system volume information", "@eadir", "lost+found"})
# The two halves of a freedesktop.org trash, wherever it lies and whatever it is called.
_TRASH_HALVES: Final = frozenset({"files", "info"})
_HOME_TRASH: Final = "Trash"
_RECORD_ENDING: Final = ".trashinfo"
# File systems of Linux that only look like files.
_RUNNING_SYSTEM: Final = ("/proc", "/sys")
_LIBRARY_DATABASES: Final = ("decisions.db", "index.db")
_LIBRARY_FILE: Final = re.compile(r"lock|(decisions|index|cache)\.db.*")
_LIBRARY_COPY: Final = re.compile(r"(decisions|index)-\d{4}-\d{2}-\d{2}\.db.*")
_COPIES: Final = "backups"


def is_system_folder(name: str) -> bool:
    """Whether a folder of this name is known to hold no photos, hidden ones included."""
    return (
        name.startswith(".") or name.lower() in _SYSTEM_NAMES or bool(_TRASH_NAME.fullmatch(name))
    )


def is_trash(folder: str, names: Collection[str]) -> bool:
    """Whether a folder is a freedesktop.org trash.

    Args:
        folder: its path.
        names: what it holds, pictures left out.
    """
    if not _TRASH_HALVES.issubset(names):
        return False
    return os.path.basename(folder) == _HOME_TRASH or _holds_records(os.path.join(folder, "info"))


def refusal_to_scan(path: str) -> Sentence | None:
    """Why a folder or file that a person named is not scanned; None if it may be.

    Args:
        path: absolute, without links in its folders.
    """
    if sys.platform == "linux" and any(_is_below(path, top) for top in _RUNNING_SYSTEM):
        return said("target-of-system", path=path)
    if any(_is_trash_at(folder) for folder in _upwards(path)):
        return said("target-in-trash", path=path)
    if _is_library_file(Path(path)):
        return said("target-of-library", path=path)
    return None


def _upwards(path: str) -> Iterator[str]:
    while True:
        yield path
        above = os.path.dirname(path)
        if above == path:
            return
        path = above


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")


def _is_trash_at(folder: str) -> bool:
    if _TRASH_NAME.fullmatch(os.path.basename(folder)):
        return True
    halves = [os.path.join(folder, half) for half in _TRASH_HALVES]
    return all(map(os.path.isdir, halves)) and is_trash(folder, _TRASH_HALVES)


def _holds_records(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.name.endswith(_RECORD_ENDING) for entry in entries)
    except OSError:
        return False


def _is_library_file(path: Path) -> bool:
    """Whether a file was made by a library, be it this one or another."""
    if path.is_dir():
        return False
    is_copy = path.parent.name == _COPIES and bool(_LIBRARY_COPY.fullmatch(path.name))
    if not is_copy and not _LIBRARY_FILE.fullmatch(path.name):
        return False
    folder = path.parent.parent if is_copy else path.parent
    return all((folder / name).is_file() for name in _LIBRARY_DATABASES)
