"""Writing a small file that appears whole under its name or not at all, also when killed.

Where the system can, the file has no name until it is whole, so that nothing can be left of it.
Elsewhere (FAT, network drives) it has a hidden name first; what a killed program left under such
a name goes when the next file is written into that folder.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
from typing import Final

from lqalbum.library.rename import rename_without_replacing
from lqalbum.wholefile import LEFT_AFTER_S, name_file, open_nameless

_HIDDEN_NAME: Final = re.compile(r"\.lqalbum-[0-9a-f]{16}\.tmp")


def write_new(destination: str, content: bytes, beginning: bytes) -> None:
    """Write a file whose name is free, and flush it to the disk. No link is followed.

    Args:
        destination: absolute.
        content: of the file, a few kilobytes.
        beginning: of each such file that this program ever wrote; by it is known what a killed
            run left behind.

    Raises:
        FileExistsError: there is something of that name; it is left as it is.
        OSError: it could not be written; nothing is left of it.
    """
    if not _write_nameless(destination, content):
        folder = os.path.dirname(destination)
        _remove_leftovers(folder, beginning)
        _write_hidden(folder, destination, content)


def _write_nameless(destination: str, content: bytes) -> bool:
    """Write a file and name it when it is whole; False where the system has no such files."""
    descriptor = open_nameless(os.path.dirname(destination))
    if descriptor is None:
        return False
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        try:
            name_file(descriptor, destination)
        except FileExistsError:
            raise
        except OSError:
            return False
    return True


def _write_hidden(folder: str, destination: str, content: bytes) -> None:
    temporary = os.path.join(folder, f".lqalbum-{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(temporary, flags | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        rename_without_replacing(temporary, destination)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _remove_leftovers(folder: str, beginning: bytes) -> None:
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if _HIDDEN_NAME.fullmatch(name) and _is_leftover(path, beginning):
            with contextlib.suppress(OSError):
                os.unlink(path)


def _is_leftover(path: str, beginning: bytes) -> bool:
    """Whether a file of a hidden name is for sure what a killed run of this program left."""
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or time.time() - found.st_mtime < LEFT_AFTER_S:
            return False
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as file:
            content = file.read(len(beginning))
    except OSError:
        return False
    return beginning.startswith(content)
