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
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

_NO_NAMELESS_FILES: Final = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT)
# Another process may be about to name its file; nobody takes so long.
LEFT_AFTER_S: Final = 3600.0


@contextmanager
def whole_file(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Open a file that takes the place of another, or of none, once all of it was written.

    Args:
        path: of the file; where it is a symbolic link, what that leads to is replaced.
        mode: its rights, less the umask.

    Yields:
        Where to write, from the start.

    Raises:
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
                name_file(descriptor, str(hidden))
        os.replace(hidden, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(hidden)
        raise


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
