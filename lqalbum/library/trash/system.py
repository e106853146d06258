"""Which trash the system has that this runs on."""

from __future__ import annotations

import os
import sys

from lqalbum.library.trash.freedesktop import FreedesktopLayout
from lqalbum.library.trash.layout import NoLayout, TrashLayout
from lqalbum.library.trash.moving import Trash


def system_trash() -> Trash:
    """The trash of the system this runs on."""
    return Trash(layout())


def trash_address() -> str:
    """The address by which a file manager shows the trash; empty where none is known."""
    return layout().address()


def layout() -> TrashLayout:
    """How this system keeps what was deleted."""
    if sys.platform == "win32":
        from lqalbum.library.trash.recyclebin import RecycleBinLayout
        from lqalbum.library.trash.windows import WindowsVolumes

        return RecycleBinLayout(WindowsVolumes())
    if sys.platform == "darwin":
        from lqalbum.library.trash.macos import MacLayout

        return MacLayout(os.path.expanduser("~"), str(os.getuid()))
    return FreedesktopLayout() if sys.platform == "linux" else NoLayout()
