"""The album's folders as a tree, each with the number of photos in and below it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from lqalbum.library.records import PhotoRow


@dataclass(frozen=True)
class Folder:
    """One folder of the album.

    Attributes:
        path: absolute.
        parent: the folder it is shown in, None for an album folder.
        photos: number of photos on disk, in it and in all folders below.
    """

    path: str
    parent: str | None
    photos: int


class Folders:
    """Counts photos folder by folder, change by change."""

    def __init__(self) -> None:
        """Start without folders."""
        self._own: dict[tuple[str, str], int] = {}
        self._tree: tuple[Folder, ...] | None = ()

    def count(self, row: PhotoRow, step: int) -> None:
        """Count a photo in (1) or out (-1), or only note its folder (0)."""
        place = (row.root, row.path.rpartition(os.sep)[0])
        before = self._own.get(place)
        if before is None or step:
            self._own[place] = (before or 0) + step
            self._tree = None

    def drop(self, root: str) -> None:
        """Leave out an album folder with all below it."""
        self._own = {place: count for place, count in self._own.items() if place[0] != root}
        self._tree = None

    def tree(self) -> tuple[Folder, ...]:
        """Return all folders, each after the one that it is in, by name."""
        if self._tree is None:
            self._tree = self._summed()
        return self._tree

    def _summed(self) -> tuple[Folder, ...]:
        photos: dict[str, int] = {}
        parents: dict[str, str | None] = {}
        for (root, folder), number in self._own.items():
            place = folder
            while place != root and place.startswith(root.rstrip(os.sep) + os.sep):
                photos[place] = photos.get(place, 0) + number
                parents[place] = above = os.path.dirname(place)
                place = above
            photos[root] = photos.get(root, 0) + number
            parents.setdefault(root, None)
        # Sorted part by part, a folder comes before those in it and after its whole neighbour.
        paths = sorted(photos, key=lambda path: path.split(os.sep))
        return tuple(Folder(path, parents[path], photos[path]) for path in paths)
