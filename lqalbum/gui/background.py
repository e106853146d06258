"""A dialog with one job in the background, which ends by itself after the dialog was closed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from lqalbum.errors import LQAlbumError
from lqalbum.gui.texts import text
from lqalbum.gui.toast import announce
from lqalbum.gui.worker import Worker
from lqalbum.review.sentences import error_words


class BackgroundDialog(QDialog):
    """Runs jobs, one at a time.

    A class of this kind takes what a job yields in `_take` and says something in `told`.

    Attributes:
        settled: nothing runs any more.
        broke: an unexpected exception.
        is_beside: whether the window can be used meanwhile.
        worker: runs the job.
        told: a label for what there is to say.
    """

    settled = Signal()
    broke = Signal(Exception)
    is_beside = False

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Start without a job."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.told: QLabel = text("")
        self.worker = Worker(self)
        self.worker.yielded.connect(self._take)
        self.worker.failed.connect(self._take_failure)
        self.worker.finished.connect(self._settle)

    @property
    def is_busy(self) -> bool:
        """Whether a thread still has to come to its end before this may be destroyed."""
        return self.worker.is_running

    def done(self, result: int) -> None:
        """Stop, without waiting for it."""
        self.worker.stop()
        super().done(result)

    def close_threads(self) -> None:
        """Wait until nothing runs any more."""
        self.worker.close()

    def say(self, words: str, *, is_problem: bool = False) -> None:
        """Say something below the rest."""
        self.told.setText(words)
        self.told.setProperty("role", "problem" if is_problem else "")
        self.told.style().polish(self.told)
        if words:
            announce(self.told, words, is_problem=is_problem)

    @Slot(object)
    def _take(self, event: object) -> None:
        """Take what the job yields."""

    @Slot(Exception)
    def _take_failure(self, error: Exception) -> None:
        if isinstance(error, LQAlbumError):
            self.say(error_words(error), is_problem=True)
        else:
            self.broke.emit(error)

    @Slot()
    def _settle(self) -> None:
        self.settled.emit()
