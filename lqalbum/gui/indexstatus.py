"""Tells at the lower edge how the index gets on, and lets a person pause it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from lqalbum.errors import LQAlbumError
from lqalbum.gui.bottombar import BottomBar
from lqalbum.gui.indexer import Indexer
from lqalbum.jobs.indexing import Progress, Walked
from lqalbum.jobs.summary import ScanSummary
from lqalbum.review.language import tr
from lqalbum.review.sentences import error_words
from lqalbum.review.wording import Toast, offline_toast, summary_words


class IndexStatus(QObject):
    """Stands between the indexer and the bottom bar.

    Attributes:
        told: something to say; a `Toast`.
        broke: an unexpected exception.
        searched: the folder that was added last, empty if none was.
        nothing_found: that folder, if no picture was found at all.
    """

    told = Signal(object)
    broke = Signal(Exception)

    def __init__(self, indexer: Indexer, bar: BottomBar, parent: QObject | None = None) -> None:
        """Follow an indexer."""
        super().__init__(parent)
        self.searched = ""
        self.nothing_found = ""
        self._indexer = indexer
        self._bar = bar
        self._progress = Progress(0, 0, None, None)
        bar.pause_asked.connect(self._toggle_pause)
        indexer.walked.connect(self._take_walk)
        indexer.progressed.connect(self._take_progress)
        indexer.done.connect(self._take_summary)
        indexer.failed.connect(self._take_failure)
        indexer.stopped.connect(self._take_stop)
        self._words = ""

    @Slot()
    def _toggle_pause(self) -> None:
        self._indexer.set_paused(not self._indexer.is_paused)
        self._take_progress(self._progress)

    @Slot(object)
    def _take_walk(self, walked: Walked) -> None:
        self.nothing_found = "" if walked.found else self.searched
        self._bar.show_busy(tr("Reading photos…") if walked.found else "")
        if walked.offline:
            self.told.emit(offline_toast(walked.offline))

    @Slot(object)
    def _take_progress(self, progress: Progress) -> None:
        self._progress = progress
        if progress.done < progress.total:
            self._bar.show_progress(progress, paused=self._indexer.is_paused)

    @Slot(object)
    def _take_summary(self, summary: ScanSummary) -> None:
        self._words = summary_words(summary.found, summary.errors) if summary.found else ""

    @Slot(Exception)
    def _take_failure(self, error: Exception) -> None:
        self._words = tr("The index stopped")
        if isinstance(error, LQAlbumError):
            self.told.emit(Toast(error_words(error), is_problem=True))
        else:
            self.broke.emit(error)

    @Slot()
    def _take_stop(self) -> None:
        self._bar.rest(self._words)
