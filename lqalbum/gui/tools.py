"""What the window opens beside the review: history, settings, the list of keys, about."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from lqalbum.errors import LQAlbumError
from lqalbum.gui.about import AboutDialog
from lqalbum.gui.album import Album
from lqalbum.gui.dialogs import KeyList
from lqalbum.gui.history import HistoryDialog
from lqalbum.gui.settingsdialog import SettingsDialog
from lqalbum.gui.worker import Fetcher
from lqalbum.jobs.about import components
from lqalbum.review import Forgotten, TrashSummary, WatchedFolder, trash_address
from lqalbum.review.deciding import Step
from lqalbum.review.history import HistoryLine, read_history
from lqalbum.review.keys import bindings
from lqalbum.review.language import plural, tr
from lqalbum.review.sentences import error_words, told
from lqalbum.review.wording import Toast, photos, printable, trash_words
from lqalbum.settings import Settings

# Desktops that show the trash by its name. Elsewhere nothing comes up, or a browser does, while
# Qt reports success as soon as the program that looks for a handler has started.
_KNOWING_TRASH = frozenset({"gnome", "kde", "xfce", "mate", "cinnamon", "x-cinnamon"})


def knows_trash(desktop: str) -> bool:
    """Return whether a desktop of Linux shows the trash by its name.

    Args:
        desktop: its names as `XDG_CURRENT_DESKTOP` has them, apart by colons.
    """
    return not _KNOWING_TRASH.isdisjoint(desktop.casefold().split(":"))


class Tools(QObject):
    """Opens the windows in front of the window, and passes on what is done in them.

    Attributes:
        told: something to say; a `Toast`.
        return_asked: photos to bring back from the trash; a `Step`.
        forgotten: ids of photos that the library does not know any more.
        settings_chosen: other settings, and what is to become of the folders; `FolderChanges`.
    """

    told = Signal(object)
    return_asked = Signal(object)
    forgotten = Signal(object)
    settings_chosen = Signal(object, object)

    def __init__(self, album: Album, window: QWidget) -> None:
        """Open dialogs over a window."""
        super().__init__(window)
        self._album = album
        self._window = window
        self.history: HistoryDialog | None = None
        self._forgetter = Fetcher(album.session.library.forget, newest_first=False, parent=self)
        self._forgetter.answered.connect(self._take_forgotten)
        self._forgetter.failed.connect(self._take_failure)
        self._trash_words = ""

    @Slot()
    def show_history(self) -> None:
        """Show what was decided."""
        if self.history is not None:
            self.history.raise_()
            return
        dialog = HistoryDialog(
            self._read_history, self._album.pictures.tile, self._trash_words, self._window
        )
        dialog.return_asked.connect(self._ask_return)
        dialog.forget_asked.connect(self._forget)
        dialog.trash_asked.connect(self.open_trash)
        dialog.finished.connect(self._close_history)
        self.history = dialog
        dialog.open()

    @Slot()
    def refresh(self) -> None:
        """Look at the journal anew where the history is shown."""
        if self.history is not None:
            self.history.refresh()

    def say_trash(self, trash: TrashSummary) -> None:
        """Take what lies in the trash now."""
        self._trash_words = trash_words(trash)
        if self.history is not None:
            self.history.say_trash(self._trash_words)
            self.history.refresh()

    @Slot()
    def open_trash(self) -> None:
        """Show the system's trash, or the folder that it is."""
        address = QUrl(trash_address())
        folder = printable(address.toLocalFile())
        is_linux = sys.platform == "linux"
        by_name = is_linux and knows_trash(os.environ.get("XDG_CURRENT_DESKTOP", ""))
        if by_name and QDesktopServices.openUrl(QUrl("trash:///")):
            return
        is_open = not address.isEmpty() and QDesktopServices.openUrl(address)
        if is_open and is_linux:  # said for the case that no file manager comes up
            self.told.emit(Toast(tr("The trash is the folder {folder}.", folder=folder)))
        elif not is_open:
            words = tr("Your file manager did not open the trash; look for it there.")
            self.told.emit(Toast(f"{words} {folder}".strip()))

    def show_settings(self, settings: Settings) -> None:
        """Let a person change settings."""
        dialog = SettingsDialog(
            settings, self._model_words(), self._album.calibration_size, self._window
        )
        folders = Fetcher(self._read_folders, parent=dialog)
        folders.answered.connect(dialog.take_folders)
        folders.failed.connect(self._take_failure)
        folders.ask("all")
        if dialog.exec():
            self.settings_chosen.emit(dialog.settings(), dialog.folder_changes())
        folders.close()

    def show_keys(self, settings: Settings) -> None:
        """Show the list of keys."""
        KeyList(bindings(settings.key_bindings).values(), self._window).exec()

    @Slot()
    def show_about(self) -> None:
        """Show versions and licences."""
        AboutDialog(components(), self._window).exec()

    def close(self) -> None:
        """End what still runs."""
        if self.history is not None:
            self.history.close()
        self._forgetter.close()

    def _model_words(self) -> str:
        if self._album.model_trouble:
            return told(self._album.model_trouble)
        return tr(
            "Percentiles measured on {photos} that are good.",
            photos=photos(self._album.calibration_size),
        )

    def _read_folders(self, _wanted: object) -> list[WatchedFolder]:
        return self._album.session.library.watched_folders()

    def _read_history(self) -> tuple[HistoryLine, ...]:
        return read_history(self._album.session.library)

    @Slot(object)
    def _ask_return(self, paths: tuple[str, ...]) -> None:
        if paths:
            self.return_asked.emit(Step("decide", "undecided", paths))

    @Slot(object)
    def _forget(self, entry_ids: Sequence[int]) -> None:
        self._forgetter.ask(tuple(entry_ids))

    @Slot(object, object)
    def _take_forgotten(self, wanted: object, forgotten: Forgotten) -> None:
        self.forgotten.emit(forgotten.photo_ids)
        words = plural(
            "{count} delete is forgotten.", "{count} deletes are forgotten.", forgotten.entries
        )
        self.told.emit(Toast(words))
        self.refresh()

    @Slot(object, Exception)
    def _take_failure(self, wanted: object, error: Exception) -> None:
        words = error_words(error) if isinstance(error, LQAlbumError) else repr(error)
        self.told.emit(Toast(words, is_problem=True))

    @Slot()
    def _close_history(self) -> None:
        if self.history is not None:
            self.history.deleteLater()
            self.history = None
