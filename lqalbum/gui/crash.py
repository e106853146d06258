"""Bugs do not pass in silence: every unexpected exception goes to the log and to a dialog."""

from __future__ import annotations

import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from lqalbum.errors import LQAlbumError
from lqalbum.paths import log_dir
from lqalbum.review.language import tr
from lqalbum.review.sentences import error_words

log = logging.getLogger("lqalbum")
LOG_FILE = "lqalbum.log"
_LOG_BYTES = 1_000_000


def log_to_file() -> None:
    """Write warnings and errors to a file in the log folder; a disk that is full is no reason."""
    try:
        log_dir().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_dir() / LOG_FILE, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)


class CrashReporter(QObject):
    """Shows unexpected exceptions, one dialog at a time.

    Attributes:
        caught: passes an exception from any thread to the window's.
    """

    caught = Signal(Exception)

    def __init__(self, window: QWidget) -> None:
        """Show dialogs in front of `window`."""
        super().__init__(window)
        self._window = window
        self._is_showing = False
        self.caught.connect(self.show_error)

    def install(self) -> None:
        """Take over what nobody caught."""
        sys.excepthook = self._take

    def _take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception):
            self.caught.emit(error)
        else:
            sys.__excepthook__(kind, error, trace)

    @Slot(Exception)
    def show_error(self, error: Exception) -> None:
        """Log an exception and show it: the sentence of expected trouble, else the traceback."""
        told = "".join(traceback.format_exception(error))
        log.error("%s", told)
        if self._is_showing:
            return
        self._is_showing = True
        try:
            self._dialog(error, told).exec()
        finally:
            self._is_showing = False

    def _dialog(self, error: Exception, told: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setWindowTitle("LQ Album")
        if isinstance(error, LQAlbumError):
            box.setIcon(QMessageBox.Icon.Warning)
            box.setText(error_words(error))
            return box
        box.setIcon(QMessageBox.Icon.Critical)
        box.setText(tr("Something went wrong inside LQ Album. Your photos are as they were."))
        box.setInformativeText(
            f"{type(error).__name__}: {error}\n\n"
            + tr("The log {file} has the details.", file=log_dir() / LOG_FILE)
        )
        box.setDetailedText(told)
        return box
