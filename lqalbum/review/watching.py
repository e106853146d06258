"""What an album looks at: its folders as they are listed, and changes before they are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lqalbum.library.records import WatchedFolder
from lqalbum.review.language import mark, number, tr
from lqalbum.review.wording import Toast, photos, printable

FolderState = Literal["online", "offline", "added", "removed"]

_STATES: dict[FolderState, str] = {
    "online": mark("There"),
    "offline": mark("Not there: drive or folder is missing"),
    "added": mark("Will be added"),
    "removed": mark("Leaves the list"),
}


@dataclass(frozen=True)
class FolderChanges:
    """What is to become of the list.

    Attributes:
        added: folders to index and watch from now on, absolute.
        removed: folders to watch no longer; no photo and no decision is touched.
        again: files to read anew although they did not change.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    again: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.added or self.removed or self.again)

    def after(self, earlier: FolderChanges) -> FolderChanges:
        """Return changes that do what earlier ones do, and then these."""
        added = [one for one in earlier.added if one not in self.removed]
        removed = [one for one in earlier.removed if one not in self.added]
        return FolderChanges(
            tuple(dict.fromkeys((*added, *self.added))),
            tuple(dict.fromkeys((*removed, *self.removed))),
            tuple(dict.fromkeys((*earlier.again, *self.again))),
        )

    def toggled(self, path: str) -> FolderChanges:
        """Return these changes with one folder taken off the list, or back on it."""
        if path in self.added:
            return replace(self, added=tuple(one for one in self.added if one != path))
        if path in self.removed:
            return replace(self, removed=tuple(one for one in self.removed if one != path))
        return replace(self, removed=(*self.removed, path))

    def with_added(self, path: str, watched: Sequence[WatchedFolder]) -> FolderChanges:
        """Return these changes with one folder on the list, which it may be already."""
        if path in self.removed:
            return self.toggled(path)
        if path in self.added or any(one.path == path for one in watched):
            return self
        return replace(self, added=(*self.added, path))


NO_CHANGES = FolderChanges()


@dataclass(frozen=True)
class FolderLine:
    """One folder in words.

    Attributes:
        path: absolute, as the system has it.
        name: the same, to be shown.
        photos: how many photos are known in it, empty where that is not known yet.
        state: what is or becomes of it.
    """

    path: str
    name: str
    photos: str
    state: str


def folder_lines(watched: Sequence[WatchedFolder], changes: FolderChanges) -> list[FolderLine]:
    """Return the list as it will be, what leaves it included."""
    lines = []
    for one in watched:
        state: FolderState = "online" if one.is_online else "offline"
        if one.path in changes.removed:
            state = "removed"
        line = FolderLine(one.path, printable(one.path), number(one.photos), tr(_STATES[state]))
        lines.append(line)
    added = tr(_STATES["added"])
    return lines + [FolderLine(path, printable(path), "", added) for path in changes.added]


def removed_toast(folder: str, count: int) -> Toast:
    """Return what to say once a folder has left the list."""
    return Toast(
        tr(
            "{folder} is not watched any more ({photos}). The files and all decisions are as they "
            "were; add the folder again to see them.",
            folder=printable(folder),
            photos=photos(count),
        )
    )
