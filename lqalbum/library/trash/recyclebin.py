r"""The recycle bin of Windows 10 and later: ``DRIVE:\$Recycle.Bin\SID``.

A file ``$Rxxxxxx.jpg`` there is what was deleted, ``$Ixxxxxx.jpg`` beside it its record: version 2,
little-endian, the file's length, the time as a FILETIME (100 ns since 1601, UTC), the number of
characters of the path with its closing zero, and the path in UTF-16.

The shell's own call is not used: it deletes for good, and says that all went well, on drives
without a bin, where the bin is switched off, and what is larger than the bin may grow; and it tells
the new name only afterwards, too late for a journal that a crash can be mended from.
"""

from __future__ import annotations

import os
import secrets
import stat
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from lqalbum.library.trash.files import TrashedFile
from lqalbum.library.trash.layout import NoTrashError

_BIN: Final = "$Recycle.Bin"
_VERSION: Final = 2
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_NAME_LETTERS: Final = 6
_MOST_NAMES: Final = 1_000
_FILETIME_BEGINS: Final = datetime(1601, 1, 1, tzinfo=UTC)


class Volumes(Protocol):
    """What Windows has to tell of drives and their user."""

    def top(self, folder: str) -> str:
        r"""The folder at which a folder's volume begins, such as ``C:\``; `OSError` if unknown."""

    def is_fixed(self, top: str) -> bool:
        """Whether a volume lies on a disk of this computer; others have no recycle bin."""

    def user(self) -> str:
        """The SID of the user, in letters."""


class RecycleBinLayout:
    """The user's folder in the recycle bin of the file's own volume."""

    def __init__(self, volumes: Volumes) -> None:
        """Ask these of drives and users."""
        self._volumes = volumes

    def place(self, folder: str) -> str:
        """The user's folder in the volume's bin, whether or not it is there."""
        top = self._volumes.top(folder)
        if not self._volumes.is_fixed(top):
            raise NoTrashError("bin-none", top)
        return os.path.join(top, _BIN, self._volumes.user())

    def prepare(self, folder: str) -> str:
        """Require that Windows made it, with the rights that it wants there."""
        place = self.place(folder)
        for made in (os.path.dirname(place), place):
            if not _is_true_folder(made):
                raise NoTrashError("bin-missing", self._volumes.top(folder))
        return place

    def names(self, place: str, name: str) -> Iterator[tuple[str, str]]:
        """Names as Windows makes them: drawn, with the extension that the file has."""
        extension = os.path.splitext(name)[1]
        for _ in range(_MOST_NAMES):
            drawn = "".join(secrets.choice(_LETTERS) for _ in range(_NAME_LETTERS)) + extension
            yield os.path.join(place, f"$R{drawn}"), os.path.join(place, f"$I{drawn}")

    def record(self, file: TrashedFile) -> bytes:
        """What tells the bin where the file came from."""
        path = (file.original + "\0").encode("utf-16-le", "surrogatepass")
        since = datetime.fromisoformat(file.deleted_at).astimezone(UTC) - _FILETIME_BEGINS
        filetime = since // timedelta(microseconds=1) * 10
        head = struct.pack("<qqqi", _VERSION, file.identity.size_bytes, filetime, len(path) // 2)
        return head + path

    def address(self) -> str:
        """The bin of all drives, as Windows names it."""
        return "shell:RecycleBinFolder"


def _is_true_folder(path: str) -> bool:
    """Whether a folder is there that does not lead elsewhere."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    # Junctions are folders to `stat`; what they lead to is told by a tag of Windows alone.
    return stat.S_ISDIR(found.st_mode) and getattr(found, "st_reparse_tag", 0) == 0
