"""Where volumes begin: the top folder of the mount that a folder lies on."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

_MOUNT_INFO: Final = Path("/proc/self/mountinfo")
_OCTAL: Final = re.compile(rb"\\([0-7]{3})")


def mount_top(folder: str) -> str:
    """The highest folder that a file can be renamed to from this one without being copied.

    Args:
        folder: absolute, without links in it.

    Raises:
        OSError: the folder cannot be looked at.
    """
    points = _mount_points()
    device = os.lstat(folder).st_dev
    while folder not in points:
        above = os.path.dirname(folder)
        # A change of number without a mount is a Btrfs subvolume: no rename crosses it either.
        if above == folder or os.lstat(above).st_dev != device:
            break
        folder = above
    return folder


def is_drive_there(path: str, device: int) -> bool:
    """Whether the drive is plugged in on which a file was, even if its folder is gone.

    Where it is not sure, as after a drive got another number, the answer is no: such a file may
    come back.

    Args:
        path: where the file was, absolute.
        device: number that its file system had.
    """
    folder = os.path.dirname(path)
    while is_missing(folder):
        above = os.path.dirname(folder)
        if above == folder:
            return False  # a drive letter of Windows
        folder = above
    try:
        if _unsigned(os.lstat(folder).st_dev) == _unsigned(device):
            return True
        return folder != os.path.dirname(folder) and mount_top(folder) == folder
    except OSError:
        return False


def is_missing(path: str) -> bool:
    """Whether nothing is at a path for sure, which is more than that it cannot be looked at."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _unsigned(device: int) -> int:
    return device % 2**64  # databases hold signed numbers


def _mount_points() -> frozenset[str]:
    """All mount points; bind mounts keep the device's number, so the number is not enough."""
    try:
        lines = _MOUNT_INFO.read_bytes().splitlines()
    except OSError:
        return frozenset()
    raw = (line.split(b" ")[4] for line in lines if line.count(b" ") >= 4)
    return frozenset(
        os.fsdecode(_OCTAL.sub(lambda match: bytes([int(match[1], 8)]), point)) for point in raw
    )
