"""The trash of Linux desktops, by the freedesktop.org trash specification 1.0."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lqalbum.library.mounts import mount_top
from lqalbum.library.trash.files import TrashedFile
from lqalbum.library.trash.layout import NoTrashError, numbered_names

_RECORD_ENDING: Final = ".trashinfo"


class FreedesktopLayout:
    """The home trash for files on the home's volume, else one at the top of the file's own."""

    def place(self, folder: str) -> str:
        """The folder of the files, whether or not it is there."""
        return os.path.join(_trash_of(folder), "files")

    def prepare(self, folder: str) -> str:
        """Make it; a trash that leads elsewhere or belongs to another is not safe to use."""
        return os.path.join(_trash_for(folder), "files")

    def names(self, place: str, name: str) -> Iterator[tuple[str, str]]:
        """The file's own name, then with numbers."""
        records = os.path.join(os.path.dirname(place), "info")
        for candidate in numbered_names(name, len(_RECORD_ENDING)):
            record = os.path.join(records, candidate + _RECORD_ENDING)
            yield os.path.join(place, candidate), record

    def record(self, file: TrashedFile) -> bytes:
        """The text of a ``.trashinfo``: paths on other volumes count from the volume's top."""
        trash = os.path.dirname(os.path.dirname(file.target))
        real = os.path.join(
            os.path.realpath(os.path.dirname(file.original)), os.path.basename(file.original)
        )
        if trash != _home_trash():
            real = os.path.relpath(real, _top_of(trash))
        path = urllib.parse.quote_from_bytes(os.fsencode(real))
        return f"[Trash Info]\nPath={path}\nDeletionDate={file.deleted_at}\n".encode("ascii")

    def address(self) -> str:
        """The folder of the home trash, which every file manager can show."""
        return Path(_home_trash(), "files").as_uri()


def _home_trash() -> str:
    """The folder of the home trash, whether or not it exists."""
    data = os.environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(data):
        data = os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(data, "Trash")


def _trash_for(folder: str) -> str:
    """The trash for files of a folder, ready for use.

    Raises:
        NoTrashError: there is none that is safe to use.
        OSError: it cannot be made.
    """
    trash = _trash_of(folder)
    try:
        return _prepared(trash)
    except (NoTrashError, OSError):
        top, name = os.path.split(os.path.dirname(trash))
        if name != ".Trash":
            raise
        # The specification's next choice, where the one for all users is of no use.
        return _prepared(_own_trash(top))


def _trash_of(folder: str) -> str:
    """The first choice of trash for files of a folder, whether or not it is there."""
    top = mount_top(folder)
    home = _home_trash()
    if mount_top(_nearest_folder(home)) == top:
        return home
    shared = os.path.join(top, ".Trash")
    if is_shared_trash(shared):
        return os.path.join(shared, _user())
    return _own_trash(top)


def _own_trash(top: str) -> str:
    return os.path.join(top, f".Trash-{_user()}")


def _user() -> str:
    if sys.platform == "win32":
        raise OSError(errno.ENOSYS, "users have no number here")
    return str(os.getuid())


def _nearest_folder(path: str) -> str:
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    return os.path.realpath(path)


def is_shared_trash(path: str) -> bool:
    """Whether the system or its administrator made this trash for all: sticky, and no link."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and bool(found.st_mode & stat.S_ISVTX)


def _prepared(trash: str) -> str:
    """Make a trash and its two folders, or refuse one that leads elsewhere or is not ours."""
    os.makedirs(os.path.dirname(trash), mode=0o700, exist_ok=True)
    for folder in (trash, os.path.join(trash, "files"), os.path.join(trash, "info")):
        make_own_folder(folder)
    return trash


def make_own_folder(folder: str) -> None:
    """Make a folder for its owner only, unless it is there.

    Raises:
        NoTrashError: it is a link or no folder, or belongs to another user.
        OSError: it cannot be made.
    """
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise NoTrashError("trash-linked", folder)
    if str(found.st_uid) != _user():
        raise NoTrashError("trash-foreign", folder)


def _top_of(trash: str) -> str:
    above = os.path.dirname(trash)
    return os.path.dirname(above) if os.path.basename(above) == ".Trash" else above
