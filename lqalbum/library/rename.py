"""Moving a file's name within a volume without ever replacing another file, and making it last."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
from functools import lru_cache
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_NOREPLACE: Final = 1
_NOT_SUPPORTED: Final = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)


def rename_without_replacing(source: str, destination: str) -> None:
    """Rename a file; a file of the new name, if there is one, is left as it is.

    Args:
        source: the file's path.
        destination: its new path, on the same volume.

    Raises:
        FileExistsError: the new name is taken.
        OSError: as the system says; the file is where it was.
    """
    try:
        _renameat2(source, destination)
    except OSError as exc:
        if exc.errno not in _NOT_SUPPORTED:
            raise
        _rename_over_placeholder(source, destination)


def _renameat2(source: str, destination: str) -> None:
    call = _libc_renameat2()
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), source)
    old, new = os.fsencode(source), os.fsencode(destination)
    if call(_AT_FDCWD, old, _AT_FDCWD, new, _RENAME_NOREPLACE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), source, None, destination)


@lru_cache(maxsize=1)
def _libc_renameat2() -> ctypes._NamedFuncPointer | None:
    if sys.platform != "linux":
        return None
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is not None:
        call.argtypes = [
            ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint,
        ]  # fmt: skip
    return call


def _rename_over_placeholder(source: str, destination: str) -> None:
    """The way on file systems that cannot refuse to replace, such as NFS.

    An empty file made under the new name, which fails if there is one, reserves it; the rename
    then replaces nothing but that.
    """
    descriptor = os.open(destination, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        placeholder = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    try:
        os.rename(source, destination)
    except BaseException:
        # An interrupt, or a network server that answers a repeated request, comes after the move.
        with contextlib.suppress(OSError):
            if os.path.samestat(os.lstat(destination), placeholder):
                os.unlink(destination)
        raise


def sync_folder(folder: str) -> None:
    """Have the names in a folder survive a power cut.

    Raises:
        OSError: the disk did not take it.
    """
    if os.name == "nt":
        return  # no folder can be opened there
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    except OSError as exc:
        if exc.errno != errno.EINVAL:  # a file system without such a thing
            raise
    finally:
        os.close(descriptor)


def sync_file(path: str) -> None:
    """Have the bytes of a file survive a power cut.

    Raises:
        OSError: the disk did not take it.
    """
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
