"""What a scan has to look at: the folders walked and compared with what the index knows.

A file whose size and time are as they were is not opened, and a folder whose whole listing is as
it was is known by one comparison. The inode is not compared: file systems without real inodes
number their files anew at each mount, and a drive that comes back must not be read again.
"""

from __future__ import annotations

import logging
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lqalbum.errors import LibraryError, LQAlbumError, UsageError
from lqalbum.jobs.sentences import said
from lqalbum.library.library import Library
from lqalbum.library.listing import Listing
from lqalbum.library.photofile import mtime_ns
from lqalbum.library.raw import NO_READER, has_raw_reader
from lqalbum.library.records import NOT_JUDGED_CODES, PhotoRow, Stamp
from lqalbum.library.walk import walk_folders

# Trouble that may be over without the file having changed, or with another model.
_WORTH_ANOTHER_TRY = NOT_JUDGED_CODES | {
    "unreadable",
    "vanished",
    "timeout",
    "crashed",
    "not-scored",
}
_log = logging.getLogger(__name__)

# Decoding HEIC costs 7-12 times as much as JPEG: those come last, so the others appear early.
_SLOW_ENDINGS = (".heic", ".heif", ".hif", ".avif")


# More missing than this share of a root's photos, and at least so many: rather a drive or a folder
# that is not there than a person who tidied up.
MISSING_SHARE = 0.2
_FEWEST_MISSING = 2


@dataclass(frozen=True)
class Absence:
    """Many photos of a root that is there are not: it has to be asked before that is believed.

    Attributes:
        root: the folder.
        missing: how many of its photos are not there.
        known: how many are known.
    """

    root: str
    missing: int
    known: int


@dataclass(frozen=True)
class RescanPlan:
    """What the walk found.

    Attributes:
        found: number of picture files there are.
        done: number of them that need no work.
        to_decode: (root, path) of new, changed and unscored photos, slow formats last.
        offline: roots that are empty or gone.
        unreadable: folders that cannot be listed; what is known of their photos stands.
        absences: roots of which so much is missing that these photos were marked offline.
    """

    found: int
    done: int
    to_decode: tuple[tuple[str, str], ...]
    offline: tuple[str, ...]
    unreadable: tuple[str, ...]
    absences: tuple[Absence, ...]


@dataclass(frozen=True)
class _Target:
    """One folder or file to scan, as the index knows it and as it is found.

    Attributes:
        path: absolute.
        root: the root its photos belong to.
        roots_inside: known roots in it, itself included.
        known: number of photos known in its roots and not known to be missing; counted only where
            some of them were not found.
        found: number of pictures found.
        work: those of them that need work.
        new: size in bytes and mtime in ns of those that are not known.
        back: paths of those that were missing.
        left: stamps as (size, mtime) of known photos that were not found, the missing left out.
        unreadable: folders that the walk could not list.
    """

    path: str
    root: str
    roots_inside: tuple[str, ...]
    known: int
    found: int
    work: tuple[str, ...]
    new: tuple[tuple[int, int], ...]
    back: tuple[str, ...]
    left: Mapping[str, tuple[int, int]]
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
        raise UsageError(said("no-target", path=target))


def plan_rescan(
    library: Library,
    targets: Sequence[str],
    exclude: Sequence[str],
    scorer_id: str,
    stop: Callable[[], bool],
    accept_missing: bool = False,
) -> RescanPlan:
    """Walk the targets, record what is offline or missing, and list what needs work.

    Args:
        library: the index compared with, and told what is offline, back or missing.
        targets: absolute folders or files, as `target_path` gives them.
        exclude: glob patterns of files and folders to leave out.
        scorer_id: a photo scored by another detector only is listed again.
        stop: asked between folders.
        accept_missing: believe that photos are missing, however many.

    Returns:
        The plan; when stopped, for the part walked until then.

    Raises:
        UsageError: a target is neither a folder nor a picture file.
        LQAlbumError: a folder that is not known yet cannot be listed.
    """
    looked: list[_Target] = []
    for path in _without_nested(targets):
        target = _look_at(library, path, exclude, scorer_id, stop)
        if stop():
            break
        looked.append(target)
    moved = Counter(stamp for target in looked for stamp in target.new)
    offline: list[str] = []
    absences: list[Absence] = []
    for target in looked:
        if not target.found and _ought_to_hold_photos(target):
            offline.extend(_mark_gone(library, target, absences, accept_missing))
        else:
            _mark_present(library, target, moved, absences, accept_missing)
    to_decode = sorted(
        ((target.root, path) for target in looked for path in target.work),
        key=lambda item: (item[1].lower().endswith(_SLOW_ENDINGS), item[1]),
    )
    found = sum(target.found for target in looked)
    unreadable = tuple(folder for target in looked for folder in target.unreadable)
    return RescanPlan(
        found,
        found - len(to_decode),
        tuple(to_decode),
        tuple(offline),
        unreadable,
        tuple(absences),
    )


def _without_nested(targets: Sequence[str]) -> list[str]:
    """Drop what another target covers, so that no photo is walked twice."""
    unique = list(dict.fromkeys(targets))
    return [
        target
        for target in unique
        if not any(other != target and is_inside(target, other) for other in unique)
    ]


def settle(library: Library, targets: Sequence[str], scorer_id: str) -> None:
    """Have the next scan of these folders know by their listings where nothing is to do."""
    try:
        library.settle(targets, scorer_id, _WORTH_ANOTHER_TRY | {NO_READER})
    except LibraryError as exc:
        # A full disk, say. It only makes the next scan slower, and this one is done.
        _log.warning("The next scan will compare every photo: %s", exc)


class _Comparison:
    """What is found in a target, compared with what is known, folder by folder."""

    def __init__(self, library: Library, path: str, scorer_id: str) -> None:
        self._library = library
        self._path = path
        self._scorer_id = scorer_id
        self._known = library.known_folders(path, scorer_id)
        if not os.path.isdir(path):  # a photo, or what was one
            self._known[os.path.dirname(path)] = None
        self.found = 0
        self.work: list[str] = []
        self.new: list[tuple[int, int]] = []
        self.back: list[str] = []
        self.left: dict[str, tuple[int, int]] = {}

    def take(self, listing: Listing) -> None:
        """Compare one folder."""
        self.found += len(listing.names)
        digest = self._known.pop(listing.folder, None)
        if digest is not None and digest == listing.digest():
            return  # nearly all folders of a rescan
        known = self._stamps(listing.folder)
        for path, size_bytes, changed_ns in listing.files():
            self._compare(path, (size_bytes, changed_ns), known.pop(path, None))
        self._leave(known)

    def end(self) -> None:
        """Say that the walk is over: known folders that it did not come to hold nothing."""
        for folder in self._known:
            self._leave(self._stamps(folder))

    def _stamps(self, folder: str) -> dict[str, Stamp]:
        known = self._library.known(folder, self._scorer_id)
        if is_inside(folder, self._path):
            return known
        return {path: stamp for path, stamp in known.items() if path == self._path}

    def _compare(self, path: str, stamp: tuple[int, int], known: Stamp | None) -> None:
        if known is None:
            self.work.append(path)
            self.new.append(stamp)
            return
        if _needs_work(stamp, known, self._scorer_id):
            self.work.append(path)
        if known.status in ("missing", "offline"):
            self.back.append(path)

    def _leave(self, known: Mapping[str, Stamp]) -> None:
        for path, stamp in known.items():
            if stamp.status != "missing":
                self.left[path] = (stamp.size_bytes, stamp.mtime_ns)


def _look_at(
    library: Library,
    path: str,
    exclude: Sequence[str],
    scorer_id: str,
    stop: Callable[[], bool],
) -> _Target:
    roots = tuple(library.roots())
    root = _root_of(roots, path)
    inside = tuple(known_root for known_root in roots if is_inside(known_root, path))
    unreadable: list[str] = []
    comparison = _Comparison(library, path, scorer_id)
    for listing in _listings(path, exclude, stop, unreadable):
        comparison.take(listing)
    comparison.end()
    known = 0
    if comparison.left or unreadable:
        known = library.count_expected([root, *inside])
    if path in unreadable and not known:
        raise LQAlbumError(said("unlisted", path=path))
    return _Target(
        path,
        root,
        inside,
        known,
        comparison.found,
        tuple(comparison.work),
        tuple(comparison.new),
        tuple(comparison.back),
        comparison.left,
        tuple(unreadable),
    )


def _listings(
    path: str, exclude: Sequence[str], stop: Callable[[], bool], unreadable: list[str]
) -> Iterator[Listing]:
    """The pictures of each folder, or the one that was named."""
    if os.path.isdir(path):

        def told(folder: str, _error: OSError) -> None:
            unreadable.append(folder)

        yield from walk_folders(path, exclude, stop, told)
        return
    try:
        status = os.lstat(path)
    except OSError:
        return
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(said("no-photo", path=path))
    folder, name = os.path.split(path)
    yield Listing(folder, [name], [status.st_size], [mtime_ns(status)])


def _root_of(roots: Sequence[str], path: str) -> str:
    """The known root around a target, else the target's own folder."""
    around = [root for root in roots if is_inside(path, root)]
    if around:
        return max(around, key=len)
    return path if os.path.isdir(path) else os.path.dirname(path)


def _ought_to_hold_photos(target: _Target) -> bool:
    """Whether photos are known here of which none is there; those known to be gone need not be."""
    return bool(target.left) and all(_is_gone(name, target) for name in target.left)


def _is_gone(path: str, target: _Target) -> bool:
    """Whether a file is known not to be there; one in a folder that cannot be listed is not."""
    if any(is_inside(path, folder) for folder in target.unreadable if folder != target.path):
        return False
    try:
        os.lstat(path)
    except OSError:
        return True
    return False


def _mark_gone(
    library: Library, target: _Target, absences: list[Absence], accept_missing: bool
) -> tuple[str, ...]:
    """A root that is gone is offline; a vanished part of a root that is there is missing."""
    if target.path != target.root and _has_entries(target.root):
        _mark_missing(library, target, sorted(target.left), absences, accept_missing)
        return ()
    gone = target.roots_inside or (target.root,)
    for root in gone:
        library.mark_offline(root)
    return gone


def _mark_missing(
    library: Library,
    target: _Target,
    missing: Sequence[str],
    absences: list[Absence],
    accept_missing: bool,
) -> None:
    """Mark photos as missing, or as offline if they are too many to believe it unasked."""
    many = len(missing) >= _FEWEST_MISSING and len(missing) > MISSING_SHARE * target.known
    if many and not accept_missing:
        library.mark_unreachable(target.root, missing)
        absences.append(Absence(target.root, len(missing), target.known))
    elif missing:
        library.mark_missing(target.root, missing)


def _has_entries(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _mark_present(
    library: Library,
    target: _Target,
    moved: Counter[tuple[int, int]],
    absences: list[Absence],
    accept_missing: bool,
) -> None:
    for root in target.roots_inside:
        library.mark_online(root)
    if target.back:
        library.mark_present(target.root, target.back)
    # A file left out by a pattern is not found either, but it is there.
    gone = [path for path in target.left if _is_gone(path, target)]
    # A new file of the same size and time is where one of them went: that needs no question.
    elsewhere = [path for path in gone if moved[target.left[path]] > 0]
    if elsewhere:
        library.mark_missing(target.root, elsewhere)
    lost = sorted(set(gone) - set(elsewhere))
    _mark_missing(library, target, lost, absences, accept_missing)


def _needs_work(stamp: tuple[int, int], known: Stamp, scorer_id: str) -> bool:
    if (known.size_bytes, known.mtime_ns) != stamp:
        return True
    if known.scored_by == scorer_id:
        return False
    if known.error_code == NO_READER:
        return has_raw_reader()  # installed meanwhile
    return known.error_code is None or known.error_code in _WORTH_ANOTHER_TRY
