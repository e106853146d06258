"""Moving a file's name within a volume without ever replacing another file, and making it last."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_NOREPLACE: Final = 1
_RENAME_EXCL: Final = 0x4
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
    if sys.platform == "win32":
        os.rename(source, destination)  # never replaces there, and never copies
        return
    try:
        _rename_exclusively(source, destination)
    except OSError as exc:
        if exc.errno not in _NOT_SUPPORTED:
            raise
        _rename_over_placeholder(source, destination)


def _rename_exclusively(source: str, destination: str) -> None:
    """Rename by the system's own call that refuses to replace."""
    call = _exclusive_rename()
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), source)
    if call(os.fsencode(source), os.fsencode(destination)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), source, None, destination)


@lru_cache(maxsize=1)
def _exclusive_rename() -> Callable[[bytes, bytes], int] | None:
    """``renameat2`` of Linux or ``renamex_np`` of macOS, as far as the C library has it."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        mac = library.renamex_np
        mac.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint]
        return lambda old, new: int(mac(old, new, _RENAME_EXCL))
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        linux = library.renameat2
        linux.argtypes = [
            ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint,
        ]  # fmt: skip
        return lambda old, new: int(linux(_AT_FDCWD, old, _AT_FDCWD, new, _RENAME_NOREPLACE))
    return None


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
    if sys.platform == "win32":
        return  # no folder can be opened there
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        _flush(descriptor)
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
        _flush(descriptor)
    finally:
        os.close(descriptor)


def _flush(descriptor: int) -> None:
    """Have the drive itself write; macOS's ``fsync`` is content with the drive's cache."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # file systems without it are left to `fsync`
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)
