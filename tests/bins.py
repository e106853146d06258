"""The trash of each system in a folder of the test: that system's own layout, on made-up drives."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from lqalbum.library.trash import TrashLayout, system
from lqalbum.library.trash.freedesktop import FreedesktopLayout
from lqalbum.library.trash.macos import MacLayout
from lqalbum.library.trash.recyclebin import RecycleBinLayout

SYSTEMS = ("linux",) if sys.platform == "win32" else ("linux", "windows", "macos")
SID = "S-1-5-21-1004336348-1177238915-682003330-1001"


@dataclass(frozen=True)
class Drive:
    """A made-up drive of Windows, around every folder that it is asked about."""

    folder: Path
    fixed: bool = True

    def top(self, folder: str) -> str:
        """The drive's first folder."""
        return str(self.folder)

    def is_fixed(self, top: str) -> bool:
        """Whether it is a disk of this computer."""
        return self.fixed

    def user(self) -> str:
        """The person at the computer."""
        return SID


@dataclass(frozen=True)
class Bin:
    """The trash of one system, for a person whose home it is in.

    Attributes:
        system: one of `SYSTEMS`.
        home: the person's folder, on the drive of the photos.
    """

    system: str
    home: Path

    @property
    def place(self) -> Path:
        """Where deleted files lie."""
        return {
            "linux": self.home / ".local/share/Trash/files",
            "windows": self.home / "$Recycle.Bin" / SID,
            "macos": self.home / ".Trash",
        }[self.system]

    def layout(self) -> TrashLayout:
        """Make what the system made itself, and return how it keeps what is deleted."""
        if self.system == "windows":
            if not self.place.exists():
                self.place.mkdir(parents=True)
                (self.place / "desktop.ini").write_text("[.ShellClassInfo]\n")
            return RecycleBinLayout(Drive(self.home))
        if self.system == "macos":
            return MacLayout(str(self.home), str(os.getuid()))
        return FreedesktopLayout()

    def files(self) -> list[Path]:
        """The files that lie in it."""
        found = sorted(self.place.glob("*"))
        return [path for path in found if self.system != "windows" or path.name.startswith("$R")]

    def records(self) -> list[Path]:
        """The records beside them."""
        if self.system == "windows":
            return sorted(self.place.glob("$I*"))
        return sorted(self.place.with_name("info").glob("*")) if self.system == "linux" else []

    def is_tidy(self) -> bool:
        """Whether each file has its record, and each record its file."""
        names = {path.name for path in self.files()}
        if self.system == "windows":
            return {path.name.replace("$I", "$R") for path in self.records()} == names
        recorded = {path.name.removesuffix(".trashinfo") for path in self.records()}
        return self.system == "macos" or recorded == names


def use(name: str, home: Path) -> Bin:
    """Have this process delete as on a system; a test undoes it with its ``trash_bin``."""
    chosen = Bin(name, home)
    layout = chosen.layout()
    system.layout = lambda: layout
    return chosen
