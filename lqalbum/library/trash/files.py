"""By what a file is known again, and its way into the trash."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal, TypeAlias

from lqalbum.errors import PhotoError
from lqalbum.library.mounts import is_drive_there
from lqalbum.library.photofile import mtime_ns, open_photo, sha256_of

Sight: TypeAlias = Literal["it", "another", "nothing", "unknown"]


@dataclass(frozen=True)
class FileIdentity:
    """By what a file is known again.

    Attributes:
        sha256: of its bytes, hex.
        size_bytes: its length.
        mtime_ns: last change, ns since 1970.
        mode: permissions and kind, as ``st_mode``.
        device: number of its file system.
        inode: its number there.
    """

    sha256: str
    size_bytes: int
    mtime_ns: int
    mode: int
    device: int
    inode: int


@dataclass(frozen=True)
class TrashedFile:
    """One file's way into the trash, planned or done.

    Attributes:
        original: where it was.
        target: where it lies in the trash.
        record: the file beside it that says where it came from; empty where a trash wants none.
        deleted_at: local time, ISO 8601 without zone.
        identity: what the file was when it was decided on.
    """

    original: str
    target: str
    record: str
    deleted_at: str
    identity: FileIdentity


def identify(path: str) -> FileIdentity:
    """Read a file and say by what it can be known again.

    Raises:
        PhotoError: it cannot be read.
    """
    with open_photo(path, empty=True) as (file, found):
        return FileIdentity(
            sha256_of(file), found.st_size, mtime_ns(found), found.st_mode, found.st_dev,
            found.st_ino,
        )  # fmt: skip


def look(path: str, identity: FileIdentity) -> Sight:
    """Read what is at a path and say whether it is a certain file, by its bytes.

    Returns:
        ``it``, ``another`` file or no regular one, ``nothing``, or ``unknown``: what is there
        cannot be read at this moment, or its drive is not plugged in.
    """
    try:
        with open_photo(path, empty=True) as (file, found):
            is_it = found.st_size == identity.size_bytes and sha256_of(file) == identity.sha256
            return "it" if is_it else "another"
    except PhotoError as exc:
        if exc.code == "unreadable":
            return "unknown"
        if exc.code == "vanished":
            return "nothing" if is_drive_there(path, identity.device) else "unknown"
        return "another"


def has_hash(path: str, identity: FileIdentity) -> bool:
    """Whether a readable regular file with exactly these bytes is at a path."""
    return look(path, identity) == "it"


def is_in_place(file: TrashedFile) -> bool:
    """Whether the very file is still where it was; another of its name there is no matter."""
    try:
        found = os.lstat(file.original)
    except OSError:
        return False
    return (found.st_dev, found.st_ino) == (file.identity.device, file.identity.inode)
