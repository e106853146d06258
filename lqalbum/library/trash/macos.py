"""The trash of macOS: ``.Trash`` in the home folder, ``.Trashes/UID`` on other volumes.

A file keeps its name there, and there is no record beside it: the Finder shows it, while its own
"Put Back" knows of files only that the Finder moved. Undo does not need it.

macOS shows a program what lies in the trash only if the person allowed it "Full Disk Access".
Without that nothing could be checked or brought back, so nothing is moved.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from lqalbum.library.mounts import mount_top
from lqalbum.library.trash.files import TrashedFile
from lqalbum.library.trash.freedesktop import is_shared_trash, make_own_folder
from lqalbum.library.trash.layout import NoTrashError, numbered_names


class MacLayout:
    """The trash in the home folder for files on its volume, else the one of the file's own."""

    def __init__(self, home: str, user: str) -> None:
        """Use a home folder and the number of its owner."""
        self._home = home
        self._user = user

    def place(self, folder: str) -> str:
        """The trash for a folder's files; volumes without one, such as network ones, have none."""
        if _device(folder) == _device(self._home):
            return self._home_trash()
        top = mount_top(folder)
        shared = os.path.join(top, ".Trashes")
        if not is_shared_trash(shared):
            raise NoTrashError("bin-missing", top)
        return os.path.join(shared, self._user)

    def prepare(self, folder: str) -> str:
        """Make it if need be, and see whether the system lets us look into it."""
        place = self.place(folder)
        make_own_folder(place)
        try:
            os.scandir(place).close()
        except PermissionError as exc:
            raise NoTrashError("bin-closed", place) from exc
        return place

    def names(self, place: str, name: str) -> Iterator[tuple[str, str]]:
        """The file's own name, then with numbers; there are no records."""
        return ((os.path.join(place, candidate), "") for candidate in numbered_names(name))

    def record(self, file: TrashedFile) -> bytes:
        """Nothing."""
        return b""

    def address(self) -> str:
        """The trash in the home folder."""
        return Path(self._home_trash()).as_uri()

    def _home_trash(self) -> str:
        return os.path.join(self._home, ".Trash")


def _device(folder: str) -> int:
    # The data volume is joined into the system's at many folders, so the top is no help here.
    return os.lstat(folder).st_dev
