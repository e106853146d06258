"""Runs the index in the background and hands on what changes, one run at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from lqalbum.errors import LQAlbumError
from lqalbum.gui.worker import Worker
from lqalbum.jobs.indexing import (
    Finished,
    IndexOptions,
    PhotoFailed,
    PhotosChanged,
    Progress,
    Walked,
    index,
)
from lqalbum.jobs.scoring import Scorer
from lqalbum.jobs.views import WHOLE_FRAME, View
from lqalbum.review import Library, PhotoRow, TrashSummary
from lqalbum.review.reading import RowReader
from lqalbum.review.watching import NO_CHANGES, FolderChanges

# The rows of a large album reach the window in parts, each short enough not to be felt.
PART = 2000


@dataclass(frozen=True)
class RowsChanged:
    """Rows that are new or changed."""

    rows: tuple[PhotoRow, ...]


@dataclass(frozen=True)
class FolderRemoved:
    """A folder is not watched any more.

    Attributes:
        folder: its path.
        photo_ids: of the photos that the library does not know any more.
    """

    folder: str
    photo_ids: tuple[int, ...]


def following(
    library: Library,
    changes: FolderChanges,
    load_detector: Callable[[], Scorer],
    options: IndexOptions,
    reader: RowReader,
    stop: Callable[[], bool],
) -> Iterator[object]:
    """Run the index over the library's folders as they are after some changes.

    Yields:
        What lies in the trash and which folders were removed, then the events of the index with
        the rows themselves in place of the paths that changed.
    """
    yield library.trash_summary()
    removed = [FolderRemoved(one, library.remove_folder(one)) for one in changes.removed]
    # First what now belongs to another folder: what then still belongs to those is gone.
    yield from _parts(reader.changed())
    yield from removed
    if changes.again:
        library.read_again(changes.again)
    roots = list(dict.fromkeys((*library.roots(), *changes.added)))
    if not roots:
        return
    try:
        for event in index(library, roots, load_detector, options, stop):
            if isinstance(event, PhotosChanged | PhotoFailed | Walked | Finished):
                yield from _parts(reader.changed())
            if not isinstance(event, PhotosChanged | PhotoFailed):
                yield event
    except LQAlbumError:
        # What was read before the trouble is in the library, and so belongs on the screen.
        yield from _parts(reader.changed())
        raise


def _parts(rows: Sequence[PhotoRow]) -> Iterator[RowsChanged]:
    for start in range(0, len(rows), PART):
        yield RowsChanged(tuple(rows[start : start + PART]))


class Indexer(QObject):
    """Starts, pauses and stops the index.

    Attributes:
        rows_changed: a sequence of rows.
        trash_seen: what lies in the trash; a `TrashSummary`.
        folder_removed: a `FolderRemoved`.
        walked: the folders were walked; a `Walked`.
        progressed: a `Progress`.
        done: the run is over; a `ScanSummary`.
        failed: the exception that ended the run.
        stopped: nothing runs any more, however it ended; comes last.
    """

    rows_changed = Signal(object)
    trash_seen = Signal(object)
    folder_removed = Signal(object)
    walked = Signal(object)
    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(Exception)
    stopped = Signal()

    def __init__(
        self,
        library: Library,
        load_detector: Callable[[], Scorer],
        scorer_id: str | None,
        jobs: int,
        view: View = WHOLE_FRAME,
        parent: QObject | None = None,
    ) -> None:
        """Prepare to index into a library; `view` is what of a photo the detector looks at."""
        super().__init__(parent)
        self._library = library
        self._load_detector = load_detector
        self._scorer_id = scorer_id
        self._jobs = jobs
        self._view = view
        self._reader = RowReader(library, scorer_id)
        self._paused = threading.Event()
        self._next: FolderChanges | None = None
        self._worker = Worker(self)
        self._worker.yielded.connect(self._pass_on)
        self._worker.failed.connect(self.failed)
        self._worker.finished.connect(self._go_on)

    @property
    def is_running(self) -> bool:
        """Whether the index runs or is paused."""
        return self._worker.is_running

    @property
    def is_paused(self) -> bool:
        """Whether the index waits for `set_paused(False)`."""
        return self._paused.is_set()

    def start(self, changes: FolderChanges = NO_CHANGES) -> None:
        """Index the folders of the library after some changes.

        A run that is under way ends first, and what it did is kept.
        """
        self._paused.clear()
        if self._worker.is_running:
            self._next = changes.after(self._next or FolderChanges())
            self._worker.stop()
            return
        self._worker.start(self._job(changes))

    def set_paused(self, paused: bool) -> None:
        """Hold the index, or let it go on."""
        if paused:
            self._paused.set()
        else:
            self._paused.clear()

    def close(self) -> None:
        """Stop and wait until what was done is saved."""
        self._next = None
        self._worker.close()

    def _job(self, changes: FolderChanges) -> Callable[[Callable[[], bool]], Iterator[object]]:
        # Without a model there is nothing to load before the folders are walked, either: the
        # first photos are shown, and then it is said that they cannot be judged.
        scorer_id = self._scorer_id or "none"
        options = IndexOptions(
            jobs=self._jobs, scorer_id=scorer_id, paused=self._paused.is_set, view=self._view
        )

        def job(stop: Callable[[], bool]) -> Iterator[object]:
            return following(
                self._library, changes, self._load_detector, options, self._reader, stop
            )

        return job

    @Slot(object)
    def _pass_on(self, event: object) -> None:
        if isinstance(event, RowsChanged):
            self.rows_changed.emit(event.rows)
        elif isinstance(event, TrashSummary):
            self.trash_seen.emit(event)
        elif isinstance(event, FolderRemoved):
            self.folder_removed.emit(event)
        elif isinstance(event, Progress):
            self.progressed.emit(event)
        elif isinstance(event, Walked):
            self.walked.emit(event)
        elif isinstance(event, Finished):
            self.done.emit(event.summary)

    @Slot()
    def _go_on(self) -> None:
        changes, self._next = self._next, None
        if changes is not None:
            self._worker.start(self._job(changes))
        else:
            self.stopped.emit()
