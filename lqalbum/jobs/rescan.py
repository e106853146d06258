"""What a scan has to look at: the folders walked and compared with what the index knows.

A file whose size and time are as they were is not opened, and a folder whose whole listing is as
it was is known by one comparison. The inode is not compared: file systems without real inodes
number their files anew at each mount, and a drive that comes back must not be read again.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lqalbum.errors import LibraryError, LQAlbumError, UsageError
from lqalbum.jobs.sentences import said
from lqalbum.library.library import Library
from lqalbum.library.listing import Listing
from lqalbum.library.mounts import is_missing
from lqalbum.library.photofile import mtime_ns
from lqalbum.library.places import refusal_to_scan
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


@dataclass
class _Part:
    """What of a target belongs to one root, as the index knows it and as it is found.

    Attributes:
        root: the root.
        found: number of pictures found.
        back: paths of those that were missing.
        left: stamps as (size, mtime) of known photos that were not found, the missing left out.
    """

    root: str
    found: int = 0
    back: list[str] = field(default_factory=list)
    left: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Target:
    """One folder or file to scan.

    Attributes:
        path: absolute.
        root: the root around it, or itself.
        parts: one for that root and for each root inside; a drive may be mounted in a folder.
        found: number of pictures found.
        work: those of them that need work, with the innermost root around each.
        arrived: size in bytes and mtime in ns of files that are new or were not so before.
        unreadable: folders that the walk could not list.
    """

    path: str
    root: str
    parts: tuple[_Part, ...]
    found: int
    work: tuple[tuple[str, str], ...]
    arrived: tuple[tuple[int, int], ...]
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
    """Refuse what holds no photos of a person's, or neither exists nor is known.

    Raises:
        UsageError: names the first such path.
    """
    roots = library.roots()
    for target in targets:
        refusal = refusal_to_scan(target)
        if refusal is not None:
            raise UsageError(refusal)
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
    arrived = frozenset(stamp for target in looked for stamp in target.arrived)
    offline: list[str] = []
    absences: list[Absence] = []
    for target in looked:
        for part in target.parts:
            if _is_away(target, part):
                library.mark_offline(part.root)
                offline.append(part.root)
            else:
                absences += _mark_part(library, target, part, arrived, accept_missing)
    to_decode = sorted(
        (item for target in looked for item in target.work),
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

    def __init__(self, library: Library, path: str, roots: Sequence[str], scorer_id: str) -> None:
        """Compare a target of which these are the roots; the one around it is the first."""
        self._library = library
        self._path = path
        self._scorer_id = scorer_id
        self._known = library.known_folders(path, scorer_id)
        if not os.path.isdir(path):  # a photo, or what was one
            self._known[os.path.dirname(path)] = None
        self.parts = {root: _Part(root) for root in sorted(roots, key=len)}
        self.work: list[tuple[str, str]] = []
        self.arrived: list[tuple[int, int]] = []

    def take(self, listing: Listing) -> None:
        """Compare one folder."""
        part = self._part_of(listing.folder)
        part.found += len(listing.names)
        digest = self._known.pop(listing.folder, None)
        if digest is not None and digest == listing.digest():
            return  # nearly all folders of a rescan
        known = self._stamps(listing.folder)
        for path, size_bytes, changed_ns in listing.files():
            self._compare(part, path, (size_bytes, changed_ns), known.pop(path, None))
        self._leave(part, known)

    def end(self) -> None:
        """Say that the walk is over: known folders that it did not come to hold nothing."""
        for folder in self._known:
            self._leave(self._part_of(folder), self._stamps(folder))

    def _part_of(self, folder: str) -> _Part:
        """The part of the innermost root around a folder."""
        first, *inner = self.parts.values()
        return next((part for part in reversed(inner) if is_inside(folder, part.root)), first)

    def _stamps(self, folder: str) -> dict[str, Stamp]:
        known = self._library.known(folder, self._scorer_id)
        if is_inside(folder, self._path):
            return known
        return {path: stamp for path, stamp in known.items() if path == self._path}

    def _compare(self, part: _Part, path: str, stamp: tuple[int, int], known: Stamp | None) -> None:
        if known is None or _needs_work(stamp, known, self._scorer_id):
            self.work.append((part.root, path))
        if known is None or (known.size_bytes, known.mtime_ns) != stamp:
            self.arrived.append(stamp)
        if known is not None and known.status in ("missing", "offline"):
            part.back.append(path)

    def _leave(self, part: _Part, known: Mapping[str, Stamp]) -> None:
        for path, stamp in known.items():
            if stamp.status != "missing":
                part.left[path] = (stamp.size_bytes, stamp.mtime_ns)


def _look_at(
    library: Library,
    path: str,
    exclude: Sequence[str],
    scorer_id: str,
    stop: Callable[[], bool],
) -> _Target:
    known_roots = library.roots()
    root = _root_of(known_roots, path)
    inner = [one for one in known_roots if one != root and is_inside(one, path)]
    for one in sorted(inner, key=len):
        library.gather(one)
    unreadable: list[str] = []
    comparison = _Comparison(library, path, [root, *inner], scorer_id)
    for listing in _listings(path, exclude, stop, unreadable):
        comparison.take(listing)
    comparison.end()
    if path in unreadable and not library.count_expected([root, *inner]):
        raise LQAlbumError(said("unlisted", path=path))
    parts = tuple(comparison.parts.values())
    return _Target(
        path,
        root,
        parts,
        sum(part.found for part in parts),
        tuple(comparison.work),
        tuple(comparison.arrived),
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


def _is_away(target: _Target, part: _Part) -> bool:
    """Whether a root is unplugged or empty: photos are known there of which none is."""
    if part.found:
        return False
    if not part.left:
        return part.root != target.root and not os.path.isdir(part.root)
    if part.root not in target.unreadable and not all(_is_gone(p, target) for p in part.left):
        return False
    if part.root != target.root:
        return True
    # A vanished part of a root that is there is missing, as is what lay beside roots inside it.
    return not target.found if target.path == target.root else not _has_entries(target.root)


def _is_gone(path: str, target: _Target) -> bool:
    """Whether a file is known not to be there; one that cannot be looked for is not gone."""
    if any(is_inside(path, folder) for folder in target.unreadable if folder != target.path):
        return False
    return is_missing(path)


def _mark_part(
    library: Library,
    target: _Target,
    part: _Part,
    arrived: Container[tuple[int, int]],
    accept_missing: bool,
) -> list[Absence]:
    """Say what is there of a root that is, and what is not."""
    known = library.count_expected([part.root]) if part.left else 0
    if is_inside(part.root, target.path):
        library.mark_online(part.root)
    if part.back:
        library.mark_present(part.root, part.back)
    # A file left out by a pattern is not found either, but it is there.
    gone = sorted(path for path in part.left if _is_gone(path, target))
    # A file that came with the same size and time is where one went: that needs no question.
    lost = [path for path in gone if part.left[path] not in arrived]
    if len(lost) < len(gone):
        library.mark_missing(part.root, set(gone).difference(lost))
    many = len(lost) >= _FEWEST_MISSING and len(lost) > MISSING_SHARE * known
    if many and not accept_missing:  # too many to believe it unasked
        library.mark_unreachable(part.root, lost)
        return [Absence(part.root, len(lost), known)]
    if lost:
        library.mark_missing(part.root, lost)
    return []


def _has_entries(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _needs_work(stamp: tuple[int, int], known: Stamp, scorer_id: str) -> bool:
    if (known.size_bytes, known.mtime_ns) != stamp:
        return True
    if known.scored_by == scorer_id:
        return False
    if known.error_code == NO_READER:
        return has_raw_reader()  # installed meanwhile
    return known.error_code is None or known.error_code in _WORTH_ANOTHER_TRY
