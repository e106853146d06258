"""Opening a photo's file: regular files only, read-only, known by one descriptor."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from lqalbum.errors import PhotoError

# A sparse file can claim a tebibyte; no photo format here needs more than this.
LARGEST_FILE_BYTES = 2**30
_CHUNK_BYTES = 2**20
# SQLite holds signed 64-bit numbers, which end in the year 2262; file systems may go on.
_FIRST_NS, _LAST_NS = -(2**63), 2**63 - 1


def printable(path: str) -> str:
    """A path as a sentence can carry it: bytes that are no text and control characters escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def mtime_ns(found: os.stat_result) -> int:
    """When a file was changed last, ns since 1970; no sooner than 1677 and no later than 2262."""
    return min(max(found.st_mtime_ns, _FIRST_NS), _LAST_NS)


def mtimes_ns(found: Sequence[os.stat_result]) -> list[int]:
    """The same of many files, whose calls for 100,000 of them would be felt."""
    times = [status.st_mtime_ns for status in found]
    if times and (min(times) < _FIRST_NS or max(times) > _LAST_NS):
        return [mtime_ns(status) for status in found]
    return times


@contextmanager
def open_photo(path: str, *, empty: bool = False) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """Open a photo for reading, and say what the opened file is.

    Args:
        path: absolute, as ``os.fsdecode`` gives it.
        empty: a file without bytes will do, too.

    Yields:
        The unbuffered file and the ``fstat`` of its descriptor.

    Raises:
        PhotoError: codes ``vanished``, ``not-regular``, ``empty``, ``too-large``, ``unreadable``.
    """
    with os.fdopen(_open_regular(path), "rb", buffering=0) as file:
        found = os.fstat(file.fileno())
        _require_regular(found.st_mode, path)
        if found.st_size == 0 and not empty:
            raise PhotoError(
                "empty",
                f"{printable(path)} holds no bytes; delete it or copy it again from where it came.",
                path,
            )
        if found.st_size > LARGEST_FILE_BYTES:
            raise PhotoError(
                "too-large",
                f"{printable(path)} is {found.st_size / 2**30:.1f} GiB "
                "long, more than any photo; move it out of the folder.",
                path,
            )
        try:
            yield file, found
        except OSError as exc:
            raise unreadable(path, exc) from exc


def _open_regular(path: str) -> int:
    # lstat first: opening a FIFO waits for a writer, and a device may act when it is opened.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        _require_regular(os.lstat(path).st_mode, path)
        return os.open(path, flags)
    except (OSError, ValueError) as exc:
        raise unreadable(path, exc) from exc


def _require_regular(mode: int, path: str) -> None:
    if not stat.S_ISREG(mode):
        raise PhotoError(
            "not-regular",
            f"{printable(path)} is a link, folder, pipe or device and "
            "not a photo's file; name the file itself.",
            path,
        )


def unreadable(path: str, exc: OSError | ValueError) -> PhotoError:
    """Translate trouble with a file into the error of one photo."""
    if isinstance(exc, FileNotFoundError | NotADirectoryError | ValueError):
        return PhotoError(
            "vanished", f"{printable(path)} is not there any more; scan the folder again.", path
        )
    why = exc.strerror or type(exc).__name__
    return PhotoError(
        "unreadable",
        f"{printable(path)} cannot be read ({why}); check its permissions and the drive.",
        path,
    )


def sha256_of(file: BinaryIO) -> str:
    """SHA-256 of a file's bytes from its start, hex; the file is left at its start."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
