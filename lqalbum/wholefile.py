"""Writing a file that is there whole or not at all, also when the program is killed.

Where the system can (Linux on its own file systems), a file has no name until it is whole, so that
nothing can be left of it. Elsewhere it has a hidden name beside its place first; what a killed run
left under such a name goes when the same file is written again.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

_NO_NAMELESS_FILES: Final = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT)
# What file systems say that know no second name of a file, such as FAT.
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)
# Another process may be about to name its file; nobody takes so long.
LEFT_AFTER_S: Final = 3600.0


def any_file(_: Path) -> bool:
    """Lets every file go whose place is taken."""
    return True


@contextmanager
def whole_file(
    path: Path, mode: int = 0o666, may_replace: Callable[[Path], bool] = any_file
) -> Iterator[BinaryIO]:
    """Open a file that takes the place of another, or of none, once all of it was written.

    Args:
        path: of the file; where it is a symbolic link, what that leads to is replaced.
        mode: its rights, less the umask.
        may_replace: asked when all is written, and only if there is a file of that name then,
            whether that one may go.

    Yields:
        Where to write, from the start.

    Raises:
        FileExistsError: there is a file that may not go; it is left as it was.
        OSError: it cannot be written; an earlier file is left as it was, and nothing of this one.
    """
    target = path.resolve()
    hidden = target.with_name(f".{target.name}.lqalbum-{secrets.token_hex(8)}.tmp")
    descriptor = open_nameless(str(target.parent), mode)
    is_nameless = descriptor is not None
    if descriptor is None:
        _remove_leftovers(target)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(hidden, flags, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            if is_nameless:
                with contextlib.suppress(FileExistsError):
                    name_file(descriptor, str(target))
                    return
                name_file(descriptor, str(hidden))
        _take_place(hidden, target, may_replace)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(hidden)
        raise


def _take_place(hidden: Path, target: Path, may_replace: Callable[[Path], bool]) -> None:
    """Give a whole file its name: a free one, or that of a file that may go."""
    try:
        _take_free_place(hidden, target)
    except FileExistsError:
        if not may_replace(target):
            raise
        os.replace(hidden, target)


def _take_free_place(hidden: Path, target: Path) -> None:
    if sys.platform == "win32":
        os.rename(hidden, target)  # never replaces there
        return
    try:
        os.link(hidden, target)
    except OSError as exc:
        if exc.errno not in _NO_LINKS:
            raise
        # An empty file reserves the name, which fails if there is one; only that is replaced.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            os.replace(hidden, target)
        except OSError:
            with contextlib.suppress(OSError):
                if target.stat().st_size == 0:
                    target.unlink()
            raise
        return
    os.unlink(hidden)


def open_nameless(folder: str, mode: int = 0o666) -> int | None:
    """Open a new file in a folder that has no name yet; None where the system has no such files.

    Raises:
        OSError: no file can be made there.
    """
    nameless = getattr(os, "O_TMPFILE", 0)
    if not nameless or not os.path.isdir("/proc/self/fd"):
        return None
    try:
        return os.open(folder, nameless | os.O_WRONLY, mode)
    except OSError as exc:
        if exc.errno in _NO_NAMELESS_FILES and os.path.isdir(folder):
            return None
        raise


def name_file(descriptor: int, path: str) -> None:
    """Give a nameless file its name.

    Raises:
        FileExistsError: the name is taken.
        OSError: the system refused.
    """
    # Python follows the link of the descriptor only where it is given a folder, too.
    os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor)


def _remove_leftovers(target: Path) -> None:
    """Remove what killed runs left of this very file; a young one may be another process's."""
    ours = re.compile(rf"\.{re.escape(target.name)}\.lqalbum-[0-9a-f]{{16}}\.tmp")
    for path in target.parent.iterdir():
        if ours.fullmatch(path.name):
            with contextlib.suppress(OSError):
                found = path.lstat()
                if stat.S_ISREG(found.st_mode) and time.time() - found.st_mtime > LEFT_AFTER_S:
                    path.unlink()
