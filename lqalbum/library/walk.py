"""Finding the picture files under a folder."""

from __future__ import annotations

import fnmatch
import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from lqalbum.library.formats import EXTENSIONS, RAW_EXTENSIONS
from lqalbum.library.listing import FoundFile, Listing
from lqalbum.library.photofile import mtimes_ns
from lqalbum.library.places import is_system_folder, is_trash

_log = logging.getLogger(__name__)

_BY_NAME = attrgetter("name")


def walk(
    root: str,
    exclude: Sequence[str] = (),
    stop: Callable[[], bool] = lambda: False,
    unreadable: Callable[[str, OSError], None] | None = None,
) -> Iterator[FoundFile]:
    """Find the pictures under a folder, in the same order each time.

    Links are not followed, neither to folders nor to files: what they point to is either found
    in its own place or was not asked for. Hidden folders and every system's trash are passed
    over. A library's own folder is not: what it made itself is no picture, all else is somebody's.

    Args:
        root: absolute path of the folder.
        exclude: shell patterns; a file or folder is left out when its name or its path below
            the root (with ``/``) matches one.
        stop: asked once a folder; the walk ends early when it says so.
        unreadable: told each folder that cannot be listed (its photos are then not found,
            which does not mean that they are gone); by default it is logged.
    """
    for listing in walk_folders(root, exclude, stop, unreadable):
        yield from listing.files()


def walk_folders(
    root: str,
    exclude: Sequence[str] = (),
    stop: Callable[[], bool] = lambda: False,
    unreadable: Callable[[str, OSError], None] | None = None,
) -> Iterator[Listing]:
    """Walk as `walk` does, and give the pictures of each folder that holds any."""
    excluded = _pattern(exclude)
    waiting = [root]
    while waiting and not stop():
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = list(found)
        except OSError as exc:
            (unreadable or _log_unreadable)(folder, exc)
            continue
        if excluded is not None:
            below = folder[len(root) :].replace(os.sep, "/").strip("/")
            entries = [e for e in entries if not _is_excluded(e.name, below, excluded)]
        listing, others = _looked_at(folder, entries)
        if is_trash(folder, [entry.name for entry in others]):
            continue
        if listing.names:
            yield listing
        folders = [entry.path for entry in others if _is_walked_folder(entry)]
        waiting += sorted(folders, reverse=True)


def _looked_at(
    folder: str, entries: Sequence[os.DirEntry[str]]
) -> tuple[Listing, list[os.DirEntry[str]]]:
    """List the pictures among what a folder holds, and the rest.

    The loops are bare, since 100,000 files go through them in each rescan.
    """
    try:
        pictures, others = _sorted_out(entries)
        pictures.sort(key=_BY_NAME)
        found = [entry.stat(follow_symlinks=False) for entry in pictures]
    except OSError:
        return _looked_at(folder, [entry for entry in entries if _is_there(entry)])
    names = [entry.name for entry in pictures]
    return Listing(folder, names, [one.st_size for one in found], mtimes_ns(found)), others


def _is_there(entry: os.DirEntry[str]) -> bool:
    try:
        entry.stat(follow_symlinks=False)
    except OSError:
        return False  # it went away after it was listed
    return True


def _sorted_out(
    entries: Sequence[os.DirEntry[str]],
) -> tuple[list[os.DirEntry[str]], list[os.DirEntry[str]]]:
    """Split what a folder holds: regular files that may be pictures, and the rest."""
    pictures, others, raws = [], [], []
    for entry in entries:
        stem, _, extension = entry.name.rpartition(".")
        ending = extension.lower()
        # "._NAME" is what macOS writes beside NAME on foreign drives.
        if (
            ending not in EXTENSIONS
            or not stem
            or stem[:2] == "._"
            or not entry.is_file(follow_symlinks=False)
        ):
            others.append(entry)
        elif ending in RAW_EXTENSIONS:
            raws.append(entry)
        else:
            pictures.append(entry)
    return (pictures + _alone(raws, pictures) if raws else pictures), others


def _alone(
    raws: Sequence[os.DirEntry[str]], pictures: Sequence[os.DirEntry[str]]
) -> list[os.DirEntry[str]]:
    """The raw pictures without a picture of their name beside them, with which they would go."""
    stems = {entry.name.rpartition(".")[0] for entry in pictures}
    return [entry for entry in raws if entry.name.rpartition(".")[0] not in stems]


def _pattern(exclude: Sequence[str]) -> re.Pattern[str] | None:
    parts = [fnmatch.translate(pattern.rstrip("/")) for pattern in exclude]
    return re.compile("|".join(parts)) if parts else None


def _is_excluded(name: str, below: str, excluded: re.Pattern[str]) -> bool:
    path = f"{below}/{name}" if below else name
    return bool(excluded.match(name) or excluded.match(path))


def _is_walked_folder(entry: os.DirEntry[str]) -> bool:
    try:
        if not entry.is_dir(follow_symlinks=False):
            return False
    except OSError:
        return False
    return not is_system_folder(entry.name)


def _log_unreadable(folder: str, exc: OSError) -> None:
    _log.warning("The folder %r cannot be listed: %s", folder, exc.strerror)
