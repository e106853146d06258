"""What a scan has to look at: the folders walked and compared with what the index knows.

A file whose size and time are as they were is not opened. The inode is not compared: file
systems without real inodes number their files anew at each mount, and a drive that comes back
must not be read again.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lqalbum.errors import LQAlbumError, UsageError
from lqalbum.library.library import Library
from lqalbum.library.records import PhotoRow, Stamp
from lqalbum.library.walk import FoundFile, walk

# Trouble that may be over without the file having changed.
_WORTH_ANOTHER_TRY = frozenset({"unreadable", "vanished", "timeout", "crashed", "not-scored"})
# Decoding HEIC costs 7-12 times as much as JPEG: those come last, so the others appear early.
_SLOW_ENDINGS = (".heic", ".heif", ".hif", ".avif")


@dataclass(frozen=True)
class RescanPlan:
    """What the walk found.

    Attributes:
        found: number of picture files there are.
        done: number of them that need no work.
        to_decode: (root, path) of new, changed and unscored photos, slow formats last.
        offline: roots that are empty or gone.
        unreadable: folders that cannot be listed; what is known of their photos stands.
    """

    found: int
    done: int
    to_decode: tuple[tuple[str, str], ...]
    offline: tuple[str, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True)
class _Target:
    """One folder or file to scan, as the index knows it and as it is found.

    Attributes:
        path: absolute.
        root: the root its photos belong to.
        roots_inside: known roots in it, itself included.
        known: stamps of the known photos in it.
        files: what the walk found.
        unreadable: folders that the walk could not list.
    """

    path: str
    root: str
    roots_inside: tuple[str, ...]
    known: Mapping[str, Stamp]
    files: tuple[FoundFile, ...]
    unreadable: tuple[str, ...]


def target_path(path: str) -> str:
    """Return the one absolute name of a folder or file to scan.

    A folder is followed to its real place, so that the same photos under a symlinked name are
    not indexed twice; a file keeps its own name in its folder's real place.
    """
    absolute = os.path.abspath(path)
    if os.path.isdir(absolute):
        return os.path.realpath(absolute)
    return os.path.join(os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute))


def is_inside(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies below it; both absolute."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def rows_inside(rows: Iterable[PhotoRow], targets: Sequence[str]) -> list[PhotoRow]:
    """The rows of photos in any of the targets."""
    return [row for row in rows if any(is_inside(row.path, target) for target in targets)]


def check_targets(library: Library, targets: Iterable[str]) -> None:
    """Refuse what does not exist and is not known from an earlier scan either.

    Raises:
        UsageError: names the first such path.
    """
    roots = library.roots()
    for target in targets:
        if os.path.lexists(target) or any(is_inside(target, root) for root in roots):
            continue
        raise UsageError(f"There is no file or folder {target}; check the name.")


def plan_rescan(
    library: Library,
    targets: Sequence[str],
    exclude: Sequence[str],
    scorer_id: str,
    stop: Callable[[], bool],
) -> RescanPlan:
    """Walk the targets, record what is offline or missing, and list what needs work.

    Args:
        library: the index compared with, and told what is offline, back or missing.
        targets: absolute folders or files, as `target_path` gives them.
        exclude: glob patterns of files and folders to leave out.
        scorer_id: a photo scored by another detector only is listed again.
        stop: asked between folders.

    Returns:
        The plan; when stopped, for the part walked until then.

    Raises:
        UsageError: a target is neither a folder nor a picture file.
        LQAlbumError: a folder that is not known yet cannot be listed.
    """
    found: set[str] = set()
    to_decode: list[tuple[str, str]] = []
    offline: list[str] = []
    unreadable: list[str] = []
    for path in _without_nested(targets):
        target = _look_at(library, path, exclude, scorer_id, stop)
        if stop():
            break
        unreadable.extend(target.unreadable)
        if not target.files and _ought_to_hold_photos(target):
            offline.extend(_mark_gone(library, target))
            continue
        _mark_present(library, target)
        found.update(file.path for file in target.files)
        to_decode.extend(
            (target.root, file.path)
            for file in target.files
            if _needs_work(library, file, target.known.get(file.path), scorer_id)
        )
    to_decode.sort(key=lambda item: item[1].lower().endswith(_SLOW_ENDINGS))
    done = len(found) - len(to_decode)
    return RescanPlan(len(found), done, tuple(to_decode), tuple(offline), tuple(unreadable))


def _without_nested(targets: Sequence[str]) -> list[str]:
    """Drop what another target covers, so that no photo is walked twice."""
    unique = list(dict.fromkeys(targets))
    return [
        target
        for target in unique
        if not any(other != target and is_inside(target, other) for other in unique)
    ]


def _look_at(
    library: Library,
    path: str,
    exclude: Sequence[str],
    scorer_id: str,
    stop: Callable[[], bool],
) -> _Target:
    roots = tuple(library.roots())
    unreadable: list[str] = []
    files = tuple(_files(path, exclude, stop, unreadable))
    known = _known_in(library, roots, path, scorer_id)
    if path in unreadable and not known:
        raise LQAlbumError(f"The folder {path} cannot be listed; check its permissions.")
    return _Target(
        path,
        _root_of(roots, path),
        tuple(root for root in roots if is_inside(root, path)),
        known,
        files,
        tuple(unreadable),
    )


def _files(
    path: str, exclude: Sequence[str], stop: Callable[[], bool], unreadable: list[str]
) -> Iterator[FoundFile]:
    if os.path.isdir(path):
        yield from walk(path, exclude, stop, lambda folder, _error: unreadable.append(folder))
        return
    try:
        status = os.lstat(path)
    except OSError:
        return
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(f"{path} is neither a folder nor a regular file; name a photo.")
    yield FoundFile(path, status.st_size, status.st_mtime_ns, status.st_ino)


def _root_of(roots: Sequence[str], path: str) -> str:
    """The known root around a target, else the target's own folder."""
    around = [root for root in roots if is_inside(path, root)]
    if around:
        return max(around, key=len)
    return path if os.path.isdir(path) else os.path.dirname(path)


def _known_in(
    library: Library, roots: Sequence[str], path: str, scorer_id: str
) -> dict[str, Stamp]:
    known: dict[str, Stamp] = {}
    for root in roots:
        if is_inside(root, path):
            known |= library.known(root, scorer_id)
        elif is_inside(path, root):
            stamps = library.known(root, scorer_id)
            known |= {name: stamp for name, stamp in stamps.items() if is_inside(name, path)}
    return known


def _ought_to_hold_photos(target: _Target) -> bool:
    """Whether photos are known here of which none is there; those known to be gone need not be."""
    expected = [name for name, stamp in target.known.items() if stamp.status != "missing"]
    return bool(expected) and all(_is_gone(name, target) for name in expected)


def _is_gone(path: str, target: _Target) -> bool:
    """Whether a file is known not to be there; one in a folder that cannot be listed is not."""
    if any(is_inside(path, folder) for folder in target.unreadable if folder != target.path):
        return False
    try:
        os.lstat(path)
    except OSError:
        return True
    return False


def _mark_gone(library: Library, target: _Target) -> tuple[str, ...]:
    """A root that is gone is offline; a vanished part of a root that is there is missing."""
    if target.path != target.root and _has_entries(target.root):
        library.mark_missing(target.root, sorted(target.known))
        return ()
    gone = target.roots_inside or (target.root,)
    for root in gone:
        library.mark_offline(root)
    return gone


def _has_entries(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _mark_present(library: Library, target: _Target) -> None:
    for root in target.roots_inside:
        library.mark_online(root)
    back, missing = [], []
    found = {file.path for file in target.files}
    for path, stamp in target.known.items():
        if path in found:
            if stamp.status == "missing":
                back.append(path)
        # A file left out by a pattern is not found either, but it is there.
        elif stamp.status != "missing" and _is_gone(path, target):
            missing.append(path)
    if back:
        library.mark_present(target.root, back)
    if missing:
        library.mark_missing(target.root, missing)


def _needs_work(library: Library, file: FoundFile, stamp: Stamp | None, scorer_id: str) -> bool:
    if stamp is None:
        return True
    if (stamp.size_bytes, stamp.mtime_ns) != (file.size_bytes, file.mtime_ns):
        return True
    if stamp.scored_by == scorer_id:
        return False
    if stamp.status is None:
        return True
    row = library.row(file.path)
    return row is None or row.error_code is None or row.error_code in _WORTH_ANOTHER_TRY
