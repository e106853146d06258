"""What sets one system's trash apart from another's: where it is, and what lies beside a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final, Protocol

from lqalbum.library.trash.files import TrashedFile

_LONGEST_NAME_BYTES: Final = 255
_MOST_NAMES: Final = 10_000


class NoTrashError(Exception):
    """A drive or a system has no trash that can be used.

    Attributes:
        code: of the sentence that says so, which names the photo as ``path``.
        place: what else the sentence names.
    """

    def __init__(self, code: str, place: str = "") -> None:
        """Take the sentence's code and the folder or drive that it names."""
        super().__init__(code)
        self.code = code
        self.place = place


class TrashLayout(Protocol):
    """Where a system keeps what was deleted, by which names, and with which records."""

    def place(self, folder: str) -> str:
        """The folder that files of a folder would be moved to; nothing is made or moved.

        Args:
            folder: absolute, without links in it.

        Raises:
            NoTrashError: there is none.
            OSError: the folder cannot be looked at.
        """

    def prepare(self, folder: str) -> str:
        """The same folder, ready for use.

        Raises:
            NoTrashError: there is none that is safe to use.
            OSError: it cannot be made.
        """

    def names(self, place: str, name: str) -> Iterator[tuple[str, str]]:
        """Paths to choose from for a file and its record, the best first.

        Args:
            place: as `prepare` gives it.
            name: of the file, without its folder.
        """

    def record(self, file: TrashedFile) -> bytes:
        """What stands in a file's record."""

    def address(self) -> str:
        """The address by which a file manager shows the trash."""


class NoLayout:
    """A system where nothing is known of a trash: nothing is deleted."""

    def place(self, folder: str) -> str:
        """Say that there is none."""
        raise NoTrashError("no-recycle-bin")

    def prepare(self, folder: str) -> str:
        """Say that there is none."""
        raise NoTrashError("no-recycle-bin")

    def names(self, place: str, name: str) -> Iterator[tuple[str, str]]:
        """Nothing to choose from."""
        return iter(())

    def record(self, file: TrashedFile) -> bytes:
        """Nothing."""
        return b""

    def address(self) -> str:
        """None that is known."""
        return ""


def numbered_names(name: str, room_bytes: int = 0) -> Iterator[str]:
    """A name, then the same with a number before its extension, each short enough for a folder.

    Args:
        name: of a file, without its folder.
        room_bytes: what has to fit behind it, such as the ending of its record's name.
    """
    stem, extension = os.path.splitext(os.fsencode(name))
    extension = extension[:32]
    for number in range(1, _MOST_NAMES):
        mark = b"" if number == 1 else b".%d" % number
        room = _LONGEST_NAME_BYTES - room_bytes - len(mark) - len(extension)
        yield os.fsdecode(stem[:room] + mark + extension)
