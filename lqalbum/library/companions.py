"""Which files belong to a photo and go with it: raw pictures, the film of a Live Photo, sidecars.

They share the photo's name in its folder: ``IMG_1.CR2``, ``IMG_1.MOV``, ``IMG_1.XMP`` and
``IMG_1.AAE`` go with ``IMG_1.JPG``, as does ``IMG_1.JPG.xmp``. Where another picture of the same
name stays behind (``IMG_1.HEIC`` beside ``IMG_1.JPG``), what could belong to either stays, too.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from lqalbum.library.formats import PICTURE_EXTENSIONS, RAW_EXTENSIONS

FILM_EXTENSIONS: Final = frozenset({"mov"})
SIDECAR_EXTENSIONS: Final = frozenset({"xmp", "aae"})
_TRAVELLING: Final = RAW_EXTENSIONS | FILM_EXTENSIONS | SIDECAR_EXTENSIONS


@dataclass
class _Listing:
    """A folder's names that may belong together, by their stem and by the whole name before it.

    Attributes:
        stamp: of the folder when it was listed; another one means that it was changed since.
        by_stem: names by what stands before their ending.
        by_name: sidecars by the whole name that they are of.
    """

    stamp: int
    by_stem: dict[str, list[str]] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)


class Companions:
    """Looks up who goes with whom.

    A folder is listed once for many photos, and anew when another program changes it.
    """

    def __init__(self) -> None:
        """Start with no folder looked at."""
        self._listings: dict[str, _Listing] = {}

    def of(self, path: str) -> list[str]:
        """The files that go with a photo, in the order of their names; regular files only.

        Args:
            path: absolute, of a picture or a raw picture.
        """
        folder, name = os.path.split(path)
        listing = self._listing(folder)
        found = list(listing.by_name.get(name, ()))
        if not self._has_rival(folder, name, listing):
            for other in listing.by_stem.get(_stem(name), ()):
                if other != name and _ending(other) in _TRAVELLING:
                    found += [other, *listing.by_name.get(other, ())]
        paths = (os.path.join(folder, other) for other in sorted(set(found)))
        return [other for other in paths if _is_regular(other)]

    def leader(self, path: str) -> str:
        """The photo that a file goes with; the file itself if it goes with none, or several could.

        Args:
            path: absolute.
        """
        folder, name = os.path.split(path)
        if _ending(name) not in _TRAVELLING or not _is_regular(path):
            return path
        listing = self._listing(folder)
        photos = [other for other in self._photos(folder, name, listing) if other != name]
        whole = [other for other in photos if other == name.rpartition(".")[0]]
        chosen = whole or photos
        if len(chosen) != 1:
            return path
        leader = os.path.join(folder, chosen[0])
        return leader if path in self.of(leader) else path

    def take_away(self, paths: Iterable[str]) -> None:
        """Note that files left their folders just now, or think of them as if they had.

        Args:
            paths: absolute.
        """
        for path in paths:
            folder, name = os.path.split(path)
            listing = self._listings.get(folder)
            if listing is not None:
                for names in (listing.by_stem, listing.by_name):
                    alike = names.get(_stem(name), [])
                    if name in alike:
                        alike.remove(name)
                # Else the next look would find the folder changed and list it anew.
                listing.stamp = _stamp(folder)

    def _photos(self, folder: str, name: str, listing: _Listing) -> list[str]:
        """The pictures of a name, or the raw pictures where there is none."""
        stems = {_stem(name), _stem(_stem(name))}
        names = [other for stem in stems for other in listing.by_stem.get(stem, ())]
        for kinds in (PICTURE_EXTENSIONS, RAW_EXTENSIONS):
            photos = [n for n in names if _ending(n) in kinds]
            there = [n for n in photos if _is_regular(os.path.join(folder, n))]
            if there:
                return there
        return []

    def _has_rival(self, folder: str, name: str, listing: _Listing) -> bool:
        """Whether another picture of the same kind and name stays in the folder."""
        kinds = RAW_EXTENSIONS if _ending(name) in RAW_EXTENSIONS else PICTURE_EXTENSIONS
        return any(
            other != name and _ending(other) in kinds and _is_regular(os.path.join(folder, other))
            for other in listing.by_stem.get(_stem(name), ())
        )

    def _listing(self, folder: str) -> _Listing:
        known = self._listings.get(folder)
        if known is None or known.stamp != _stamp(folder):
            known = self._listings[folder] = _listed(folder)
        return known


def is_beside_a_photo(path: str) -> bool:
    """Whether a file is, by its ending, no photo and only goes with one."""
    return _ending(path) in FILM_EXTENSIONS | SIDECAR_EXTENSIONS


def is_photo_or_goes_with_one(path: str) -> bool:
    """Whether a file may be, by its ending, a photo or what goes with one."""
    return _ending(path) in PICTURE_EXTENSIONS | _TRAVELLING


def _stamp(folder: str) -> int:
    """When a folder's names changed last, in nanoseconds; 0 where none can be told."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


def _listed(folder: str) -> _Listing:
    listing = _Listing(_stamp(folder))
    try:
        names = os.listdir(folder)
    except OSError:
        return listing
    for name in names:
        ending = _ending(name)
        if ending in _TRAVELLING or ending in PICTURE_EXTENSIONS:
            stem = _stem(name)
            listing.by_stem.setdefault(stem, []).append(name)
            if ending in SIDECAR_EXTENSIONS:
                listing.by_name.setdefault(stem, []).append(name)
    return listing


def _stem(name: str) -> str:
    return os.path.splitext(name)[0]


def _ending(name: str) -> str:
    return os.path.splitext(name)[1][1:].lower()


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False
