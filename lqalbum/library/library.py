"""The library: one folder with three databases, and all that other rooms may do with it."""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lqalbum.errors import LibraryError, PhotoError, UsageError
from lqalbum.library.backups import back_up, refuse_lost, renew_backups
from lqalbum.library.cache import Cache, open_cache, refuse_foreign_cache
from lqalbum.library.companions import Companions
from lqalbum.library.database import Database
from lqalbum.library.decisions import Decisions
from lqalbum.library.folders import Folders
from lqalbum.library.following import Following
from lqalbum.library.forgetting import Forgetting, Forgotten
from lqalbum.library.index import Index
from lqalbum.library.journal import Journal
from lqalbum.library.lock import lock_library
from lqalbum.library.placement import Placement
from lqalbum.library.records import DECISIONS as DECISIONS_TAKEN
from lqalbum.library.records import (
    Changes,
    Decision,
    DecisionRecord,
    DecisionResult,
    DecodedPhoto,
    DeletePreview,
    Evidence,
    PhotoCounts,
    PhotoRow,
    Scoring,
    Stamp,
    TrashSummary,
    WatchedFolder,
)
from lqalbum.library.recovery import recover
from lqalbum.library.roots import Roots
from lqalbum.library.schemas import DECISIONS, INDEX
from lqalbum.library.sentences import said
from lqalbum.library.trash import system_trash
from lqalbum.sentences import system_words

_log = logging.getLogger(__name__)


def holds_library(folder: Path) -> bool:
    """Whether a library was ever made in a folder, be it sound or not."""
    return any((folder / name).is_file() for name in ("decisions.db", "index.db"))


class Library:
    """An open library; usable from any thread, by one writing process at a time."""

    def __init__(self, folder: Path, *, read_only: bool, is_temporary: bool) -> None:
        """Open the databases; use `open` or `temporary` instead."""
        self.folder = folder
        self.is_read_only = read_only
        self.is_temporary = is_temporary
        self._opened = ExitStack()
        self._is_closed = False
        try:
            self._open(threading.RLock())
        except BaseException:
            self._opened.close()
            raise

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Self:
        """Open the library in a folder; make it if it is not there.

        Args:
            folder: where the databases are.
            read_only: change nothing; possible beside a process that writes.

        Raises:
            NewerLibraryError: a newer version of the program wrote it.
            LibraryBusyError: another process writes to it.
            LibraryError: it is damaged, foreign, or cannot be made.
        """
        if read_only and not (folder / "index.db").is_file():
            raise LibraryError(said("no-library", folder=str(folder)))
        return cls(folder.absolute(), read_only=read_only, is_temporary=False)

    @classmethod
    @contextmanager
    def temporary(cls) -> Iterator[Self]:
        """Give a library that is removed at the end, and so refuses decisions."""
        with (
            tempfile.TemporaryDirectory(prefix="lqalbum-") as folder,
            cls(Path(folder), read_only=False, is_temporary=True) as library,
        ):
            yield library

    def close(self) -> None:
        """Close the databases and let others write."""
        if not self._is_closed:
            self._is_closed = True
            # Here, where nobody waits: 100,000 photos take most of a second. Of the decisions, the
            # first day's, as there was nothing to copy when it began.
            self._back_up(*self._precious)
        self._opened.close()

    def __enter__(self) -> Self:
        """Return the library itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        # After trouble, such as a full disk, a second message about a copy would hide the first.
        self._is_closed = self._is_closed or error is not None
        self.close()

    def _open(self, lock: threading.RLock) -> None:
        if not self.is_read_only:
            self._make_folder()
            if not holds_library(self.folder):
                refuse_foreign_cache(self.folder / "cache.db")
            self._opened.callback(lock_library(self.folder).release)
            refuse_lost(self.folder / "decisions.db", DECISIONS)
            refuse_lost(self.folder / "index.db", INDEX)
        decisions = Database(self.folder / "decisions.db", DECISIONS, lock, self.is_read_only)
        self._opened.callback(decisions.close)
        index = Database(self.folder / "index.db", INDEX, lock, self.is_read_only)
        self._opened.callback(index.close)
        cache = open_cache(self.folder / "cache.db", lock, self.is_read_only)
        self._opened.callback(cache.close)
        self._index = Index(index)
        self._folders = Folders(index)
        self._placement = Placement(index)
        self._roots = Roots(index)
        self._cache = Cache(cache)
        journal, trash = Journal(decisions), system_trash()
        self._journal = journal
        self._decisions = Decisions(journal, self._index, self._placement, trash)
        self._forgetting = Forgetting(decisions, index, cache)
        self._following = Following(decisions, self._placement)
        self._deciding = threading.Lock()
        if not self.is_read_only:
            recover(journal, self._placement, trash)
        self._precious = (decisions, index)
        self._back_up(decisions)

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise LibraryError(
                said("no-folder", folder=str(self.folder), why=system_words(exc))
            ) from exc

    def _back_up(self, *databases: Database) -> None:
        """Make today's copies; without them the library is as usable as with them."""
        if self.is_read_only or self.is_temporary:
            return
        for database in databases:
            try:
                back_up(database, date.today())
            except (LibraryError, OSError) as exc:
                _log.warning("No backup of %s was made: %s", database.path, exc)

    # --- the index

    def roots(self) -> list[str]:
        """All folders ever indexed."""
        return self._index.roots()

    def watched_folders(self) -> list[WatchedFolder]:
        """The same folders, each with its number of photos and whether it is there."""
        return self._roots.watched()

    def remove_folder(self, root: str) -> tuple[int, ...]:
        """Take a folder off the list of those watched; no photo and no decision is touched.

        Returns:
            Ids of the photos that the index does not know any more.

        Raises:
            LibraryError: the library is open for reading only, or cannot be written to.
        """
        return self._roots.remove(root)

    def gather(self, root: str) -> None:
        """Have photos belong to the innermost watched folder around them; see `Roots.gather`."""
        self._roots.gather(root)

    def known_folders(self, path: str, scorer_id: str) -> dict[str, bytes | None]:
        """The folders with photos at or below a path; see `Folders`. A scan begins with it."""
        self._following.begin_scan()
        return self._folders.known_folders(path, scorer_id)

    def known(self, folder: str, scorer_id: str | None = None) -> dict[str, Stamp]:
        """The stamps of the photos that lie in one folder, by path; see `Folders.known`."""
        return self._folders.known(folder, scorer_id)

    def count_expected(self, roots: Iterable[str]) -> int:
        """How many photos some roots have, those known to be missing left out."""
        return self._folders.count_expected(roots)

    def read_again(self, paths: Iterable[str]) -> None:
        """Have photos read by the next scan although they did not change."""
        self._placement.forget_stamps(*paths)

    def settle(self, paths: Sequence[str], scorer_id: str, retried: Iterable[str]) -> None:
        """Note which folders the next scan can tell by their listing; see `Folders.settle`."""
        self._folders.settle(paths, scorer_id, retried)

    def counts(self, paths: Sequence[str], scorer_id: str, threshold: float) -> PhotoCounts:
        """Count photos in folders without reading all their rows; see `Folders.counts`."""
        return self._folders.counts(paths, scorer_id, threshold)

    def add_decoded(self, items: Sequence[tuple[str, str, DecodedPhoto]]) -> None:
        """Store photos that were read, (root, path, photo) each, with their thumbnails.

        What was decided follows the bytes to where they are now; see `Following`.
        """
        self._cache.put_thumbnails([(photo.sha256, photo.thumbnail) for _, _, photo in items])
        photos = {path: photo for _, path, photo in items}
        self._following.follow(photos)
        standing = {
            path: self._decisions.standing(path) for path in self._placement.unknown(photos)
        }
        self._index.add_decoded(items, standing)

    def add_error(self, root: str, path: str, error: PhotoError) -> None:
        """Store that a photo cannot be read."""
        self._index.add_error(root, path, error, self._decisions.standing(path))

    def add_scores(self, scores: Iterable[tuple[str, Scoring]]) -> None:
        """Store scores by path; see `Index.add_scores`."""
        self._index.add_scores(scores)

    def mark_missing(self, root: str, paths: Iterable[str]) -> None:
        """Say that photos of a root that is there are not there themselves."""
        self._index.mark_missing(root, paths)

    def mark_present(self, root: str, paths: Iterable[str]) -> None:
        """Say that missing photos are back, unchanged."""
        self._index.mark_present(root, paths)

    def mark_unreachable(self, root: str, paths: Iterable[str]) -> None:
        """Say that photos of a root are offline, though the root itself is there."""
        self._index.mark_unreachable(root, paths)

    def mark_offline(self, root: str) -> None:
        """Say that a root is unplugged or empty; what is known of its photos stands."""
        self._index.mark_offline(root)

    def mark_online(self, root: str) -> None:
        """Say that a root is back."""
        self._index.mark_online(root)

    def rows(self, scorer_id: str | None = None) -> list[PhotoRow]:
        """All photos by path, with the scores of one scorer, or the newest of each."""
        return self._index.rows(scorer_id)

    def row(self, path: str) -> PhotoRow | None:
        """The photo at a path, or the one that was last deleted there."""
        return self._index.row(path)

    def rows_since(self, change_id: int, scorer_id: str | None = None) -> Changes:
        """The photos that changed after a change; see `Index.rows_since`."""
        return self._index.rows_since(change_id, scorer_id)

    def details(self, photo_id: int, scorer_id: str | None = None) -> dict[str, Evidence]:
        """The evidence behind a photo's score by name; empty without a score."""
        return self._index.details(photo_id, scorer_id)

    def scorers(self) -> list[tuple[str, str]]:
        """The (scorer_id, model_id) behind the photos' newest scores, most used first."""
        return self._index.scorers()

    # --- decisions

    def decide(
        self,
        decision: Decision,
        paths: Sequence[str],
        stop: Callable[[], bool] = lambda: False,
    ) -> list[DecisionResult]:
        """Decide on photos in one step; see `Decisions.decide`.

        Each photo's raw picture, film and sidecars move with it: a result names them as
        ``companions``, and a message to the person should, too.

        Raises:
            UsageError: the decision is unknown, or the library is temporary.
            LibraryError: nothing was done, for the reason in its text.
        """
        if decision not in DECISIONS_TAKEN:
            raise UsageError(said("no-decision", decision=repr(decision)))
        self._require_deciding()
        with self._deciding:
            return self._decisions.decide(decision, paths, stop)

    def keep_best(
        self,
        best: str,
        others: Sequence[str],
        stop: Callable[[], bool] = lambda: False,
    ) -> list[DecisionResult]:
        """Keep one of several photos and delete the others in one step; see `Decisions.keep_best`.

        Raises:
            LQAlbumError: nothing was done, for the reason in its text.
        """
        self._require_deciding()
        with self._deciding:
            return self._decisions.keep_best(best, others, stop)

    def undo(self, n: int = 1, stop: Callable[[], bool] = lambda: False) -> list[DecisionResult]:
        """Take back the last n steps, last first; nothing where there is none.

        A photo that somebody took out of the trash is ``refused`` with a sentence that says so;
        its record is ``gone`` from then on, and the next undo takes the step before.
        """
        self._require_deciding()
        with self._deciding:
            return self._decisions.undo(n, stop)

    def redo(self, n: int = 1, stop: Callable[[], bool] = lambda: False) -> list[DecisionResult]:
        """Put the last n undone steps into effect again; nothing where there is none."""
        self._require_deciding()
        with self._deciding:
            return self._decisions.redo(n, stop)

    def delete_preview(self, paths: Sequence[str]) -> DeletePreview:
        """What a delete of these photos would move: what the question before it has to name.

        Number and size of the files, those that go with the photos, and the trash folders. It
        lists the photos' folders, so call it outside the window's thread.
        """
        return self._decisions.preview(paths)

    def companions(self, path: str) -> list[str]:
        """The files that go with a photo: its raw picture, film and sidecars, by name."""
        return Companions().of(path)

    def history(self) -> list[DecisionRecord]:
        """All decisions ever put into effect, oldest first, with a fresh look at the trash."""
        self._refuse_temporary()
        return self._decisions.history()

    def unsettled(self) -> list[str]:
        """Photos whose move a crash cut short and that could not be looked at since, by path."""
        return self._journal.unsettled()

    def trash_summary(self) -> TrashSummary:
        """What this library moved to the trash and is still there."""
        return self._decisions.trash_summary()

    def _require_deciding(self) -> None:
        self._refuse_temporary()
        if self.is_read_only:
            raise LibraryError(said("read-only", folder=str(self.folder)))

    def forget(self, entry_ids: Sequence[int]) -> Forgotten:
        """Erase what is remembered of deletes, by their numbers in the history; no file is touched.

        A photo that lies in the trash stays there, and is not brought back by undo any more.

        Raises:
            LibraryError: the library is open for reading only, or cannot be written to.
        """
        self._require_deciding()
        with self._deciding:
            forgotten = self._forgetting.forget(entry_ids)
            self._journal.settle_steps()
            renew_backups(self._precious, date.today())
            return forgotten

    def _refuse_temporary(self) -> None:
        if self.is_temporary:
            raise UsageError(said("not-kept"))

    # --- the cache

    def thumbnail(self, sha256: str) -> bytes | None:
        """The photo's thumbnail, JPEG with a long side of at most 256 px."""
        return self._cache.thumbnail(sha256)

    def reconstruction(self, sha256: str, scorer_id: str, level: int | None = None) -> bytes | None:
        """A partial reconstruction as JPEG; level None is the one shown beside the photo."""
        return self._cache.reconstruction(sha256, scorer_id, level)

    def put_reconstruction(
        self, sha256: str, scorer_id: str, level: int | None, jpeg: bytes
    ) -> None:
        """Store a partial reconstruction."""
        self._cache.put_reconstruction(sha256, scorer_id, level, jpeg)

    def perceptual_hashes(self) -> dict[str, int]:
        """All perceptual hashes that are known, 64 bits each, by SHA-256."""
        return self._cache.perceptual_hashes()

    def put_perceptual_hashes(self, hashes: Sequence[tuple[str, int]]) -> None:
        """Store perceptual hashes: pairs of SHA-256 and 64 bits."""
        self._cache.put_perceptual_hashes(hashes)

    def heat_map(self, sha256: str, scorer_id: str) -> NDArray[np.float32] | None:
        """The map of S_KL over the frame, (height, width) float32, nats per dimension."""
        return self._cache.heat_map(sha256, scorer_id)

    def put_heat_map(self, sha256: str, scorer_id: str, heat_map: NDArray[np.float32]) -> None:
        """Store a heat map, (height, width) float32."""
        self._cache.put_heat_map(sha256, scorer_id, heat_map)
