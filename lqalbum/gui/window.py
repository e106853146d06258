"""The main window: lays out the parts and connects them; decides nothing itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from lqalbum.errors import LQAlbumError
from lqalbum.gui.actions import Actions, Menu
from lqalbum.gui.album import Album
from lqalbum.gui.albumtools import AlbumTools
from lqalbum.gui.bottombar import BottomBar
from lqalbum.gui.centre import Centre
from lqalbum.gui.decisions import Decisions
from lqalbum.gui.dialogs import BulkPrompt
from lqalbum.gui.indexer import FolderRemoved, Indexer
from lqalbum.gui.indexstatus import IndexStatus
from lqalbum.gui.infopanel import InfoPanel
from lqalbum.gui.screens import open_with_size
from lqalbum.gui.sidebar import SideBar
from lqalbum.gui.theme import Theme
from lqalbum.gui.thumbnails import Thumbnails
from lqalbum.gui.toast import ToastBar
from lqalbum.gui.tools import Tools
from lqalbum.gui.topbar import TopBar
from lqalbum.gui.unreadbar import UnreadBar
from lqalbum.review import Decision, PhotoRow, TrashSummary
from lqalbum.review.filters import FilterName
from lqalbum.review.keys import use_keys
from lqalbum.review.language import tr
from lqalbum.review.sentences import error_words
from lqalbum.review.sorting import SortName
from lqalbum.review.watching import NO_CHANGES, FolderChanges, removed_toast
from lqalbum.review.wording import Prompt, Toast, trash_words
from lqalbum.settings import Settings, save_changes

# Four columns of tiles at their default size.
SIZE_AT_FIRST = QSize(1366, 860)
# A screen of 1366 x 768 px at 150 % has this much room, without the frame.
SMALLEST = QSize(900, 460)
# Rows that arrive within this time reach the screen together.
_REFRESH_MS = 120
# A slider that is dragged is saved once.
_SAVE_MS = 800


class MainWindow(QMainWindow):
    """The window over one library.

    Attributes:
        painted: the window has been on the screen for the first time.
        reopen_asked: settings that need the window to be opened anew.
        folder_changes: what that window is to do about the watched folders.
        broke: an unexpected exception, for the crash dialog.
    """

    painted = Signal()
    reopen_asked = Signal(object)
    broke = Signal(Exception)

    def __init__(self, album: Album, theme: Theme) -> None:
        """Lay out the window over an album; nothing is read before `begin`."""
        super().__init__()
        self.album = album
        self.session = album.session
        self.settings = album.settings
        self._theme = theme
        self._is_painted = False
        self.folder_changes = NO_CHANGES
        self._make_parts()
        self._lay_out()
        self.keys = self._make_actions()
        self._take_keys()
        self._connect()
        self.setWindowTitle("LQ Album")
        self.setMinimumSize(SMALLEST)
        open_with_size(self, SIZE_AT_FIRST)
        self.setAcceptDrops(True)
        self._refresh()
        self.empty.add.setFocus()

    def begin(self, folder: Path | None = None, changes: FolderChanges = NO_CHANGES) -> None:
        """Show what the library knows and look for changes.

        Args:
            folder: to be watched, too.
            changes: what is to become of the watched folders.
        """
        if folder is not None:
            self.add_folder(str(folder))
        else:
            self._change_folders(changes)

    # Laying out.

    def _make_parts(self) -> None:
        album = self.album
        self.thumbnails = Thumbnails(album.pictures.tile, self)
        self.side_bar = SideBar(self._theme)
        self.top_bar = TopBar()
        self.bottom_bar = BottomBar()
        self.unread = UnreadBar()
        self.centre = Centre(album, self.thumbnails, self._theme)
        self.grid, self.loupe = self.centre.grid, self.centre.loupe
        self.compare, self.empty = self.centre.compare, self.centre.empty
        self.info = InfoPanel(album.facts, self._theme, album.good_scores)
        self.info.hide()
        self.indexer = Indexer(
            self.session.library,
            album.load_detector,
            album.scorer_id,
            album.jobs,
            album.view,
            parent=self,
        )
        self.index_status = IndexStatus(self.indexer, self.bottom_bar, self)
        self.decisions = Decisions(self.session, self._confirm, self)
        self.tools = Tools(album, self)
        self.album_tools = AlbumTools(album, self)
        self._refresh_timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._save = QTimer(self, singleShot=True, interval=_SAVE_MS)

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        across = QHBoxLayout()
        for layout in (column, across):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        across.addWidget(self.centre, 1)
        across.addWidget(self.info)
        column.addWidget(self.top_bar)
        column.addWidget(self.unread)
        column.addLayout(across, 1)
        column.addWidget(self.bottom_bar)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side_bar)
        row.addWidget(middle, 1)
        self.setCentralWidget(whole)
        self.toast = ToastBar(self.centre)
        keep_keyboard_on_photos(self)

    def _make_actions(self) -> Actions:
        actions = Actions(self, self.centre, self._runs())
        self.menu = Menu(actions.by_name, self._recent_folders, self)
        self.menu.folder_chosen.connect(self.add_folder)
        self.menu.about_asked.connect(self.tools.show_about)
        self.menu.add_tools(self.album_tools.entries())
        self.top_bar.menu.setMenu(self.menu)
        return actions

    def _take_keys(self) -> None:
        """Give the actions the keys chosen, and name these wherever keys are named."""
        use_keys(self.settings.key_bindings)
        self.keys.set_keys(self.settings.key_bindings)
        self.loupe.flick_keys = self.keys.held["flick"]
        for part in (self.side_bar, self.top_bar, self.bottom_bar, self.loupe, self.compare):
            part.say_keys()

    def _recent_folders(self) -> Sequence[str]:
        return self.settings.recent_folders

    def _runs(self) -> dict[str, Callable[[], object]]:
        centre = self.centre
        return {
            "keep": self._keep,
            "delete": self._delete,
            "undecided": self._undecide,
            "undo": self.decisions.undo,
            "redo": self.decisions.redo,
            "select_all": self._select_all,
            "escape": self._escape,
            "loupe": centre.toggle_loupe,
            "grid": centre.show_grid,
            "compare": centre.toggle_compare,
            "full_size": centre.zoom_full,
            "heat_map": centre.toggle_heat_map,
            "finer": self._finer,
            "coarser": self._coarser,
            "flagged": self._toggle_flagged,
            "info": self._toggle_info,
            "search": self._search,
            "open": self.choose_folder,
            "rescan": self._rescan,
            "history": self.tools.show_history,
            "settings": self._show_settings,
            "menu": self.top_bar.menu.showMenu,
            "quit": self.close,
            "help": self._show_keys,
        }

    def _connect(self) -> None:
        self._refresh_timer.timeout.connect(self._refresh)
        self._save.timeout.connect(self._save_settings)
        self.grid.chosen.connect(self._take_choice)
        self.side_bar.filter_chosen.connect(self.set_filter)
        self.side_bar.folder_chosen.connect(self._set_folder)
        self.side_bar.add_folder_asked.connect(self.choose_folder)
        self.unread.again_asked.connect(self._read_again)
        self.side_bar.trash_asked.connect(self.tools.open_trash)
        self.top_bar.sort_chosen.connect(self._set_sort)
        self.top_bar.strictness_chosen.connect(self._set_strictness)
        self.top_bar.tile_side_chosen.connect(self.grid.set_tile_side)
        self.top_bar.search_changed.connect(self._set_search)
        self.top_bar.search_left.connect(self._leave_search)
        self.bottom_bar.show_all_asked.connect(self._show_all)
        self.bottom_bar.decided.connect(self._decide)
        self.empty.add_folder_asked.connect(self.choose_folder)
        self.empty.folder_chosen.connect(self.add_folder)
        self.empty.show_all_asked.connect(self._show_all)
        self.centre.moved.connect(self._refresh)
        self.centre.told.connect(self.toast.tell)
        self.tools.told.connect(self.toast.tell)
        self.tools.return_asked.connect(self.decisions.carry_out)
        self.tools.forgotten.connect(self._forget_photos)
        self.tools.settings_chosen.connect(self._take_settings)
        self.album_tools.step_chosen.connect(self.decisions.carry_out)
        self.album_tools.undo_asked.connect(self.decisions.undo)
        self.album_tools.model_chosen.connect(self._use_model)
        self.album_tools.broke.connect(self.broke)
        self.decisions.told.connect(self.album_tools.follow)
        self.toast.undo_asked.connect(self.decisions.undo)
        self.decisions.moved.connect(self._refresh)
        self.decisions.told.connect(self.toast.tell)
        self.decisions.trash_changed.connect(self._show_trash)
        self.decisions.broke.connect(self.broke)
        self.indexer.rows_changed.connect(self._take_rows)
        self.indexer.trash_seen.connect(self._show_trash)
        self.indexer.folder_removed.connect(self._drop_folder)
        self.indexer.stopped.connect(self._refresh)
        self.index_status.told.connect(self.toast.tell)
        self.index_status.broke.connect(self.broke)

    # What is shown.

    @Slot()
    def _refresh(self) -> None:
        """Bring every part in line with the session."""
        session = self.session
        self._refresh_timer.stop()
        self.side_bar.set_counts(session.photos.counts())
        self.side_bar.set_folders(session.photos.folders(), session.view.folder)
        self.side_bar.show_view(session.view.filter)
        self.bottom_bar.set_hidden(session.photos.hidden())
        unread = session.listed_rows() if session.view.filter == "errors" else ()
        self.unread.follow(unread, is_indexing=self.indexer.is_running)
        self.top_bar.show_view(session.view, self.album.calibration_size)
        self.centre.refresh(
            is_indexing=self.indexer.is_running,
            recent=self.settings.recent_folders,
            nothing_found=self.index_status.nothing_found,
        )
        self._show_current()

    def _show_current(self) -> None:
        row = self.session.current_row
        is_close = self.centre.is_close
        chosen = 1 if is_close and row is not None else self.session.chosen_count
        self.bottom_bar.set_deciding(chosen, in_loupe=is_close)
        if self.info.isVisibleTo(self):
            self.info.show_photo(row, self.session.view.strictness)
        self.centre.show_current()

    @Slot(object)
    def _take_rows(self, rows: Sequence[PhotoRow]) -> None:
        self.session.update(rows)
        self.thumbnails.look_again()
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    @Slot(object)
    def _show_trash(self, trash: TrashSummary) -> None:
        self.side_bar.set_trash(trash_words(trash))
        self.tools.say_trash(trash)

    # What a person does.

    @Slot()
    def _take_choice(self) -> None:
        listing = self.session.photos.listing
        chosen = [i for span in self.grid.selected_positions() for i in listing.slice(*span)]
        place = self.grid.currentIndex().row()
        self.session.select(chosen, listing[place] if 0 <= place < len(listing) else None)
        self._show_current()

    def _keep(self) -> None:
        self._decide("keep")

    def _delete(self) -> None:
        self._decide("delete")

    def _undecide(self) -> None:
        self._decide("undecided")

    @Slot(str)
    def _decide(self, decision: Decision) -> None:
        if self.centre.is_close:  # what one sees is what one decides on
            self.session.select_none()
        self.decisions.decide(decision)
        self.grid.show_current()

    def _confirm(self, prompt: Prompt) -> bool:
        return BulkPrompt.ask(prompt, self)

    @Slot(str)
    def set_filter(self, name: FilterName) -> None:
        """Show one group of photos."""
        self.session.set_filter(name)
        self._show_from_start()

    @Slot(object)
    def _set_folder(self, folder: str | None) -> None:
        self.session.set_folder(folder)
        self._show_from_start()

    @Slot(str, object)
    def _set_sort(self, name: SortName, descending: bool | None) -> None:
        self.session.set_sort(name, descending)
        self._show_from_start()

    @Slot(float)
    def _set_strictness(self, strictness: float) -> None:
        self.session.set_strictness(strictness)
        self._refresh()
        self._keep_settings(replace(self.settings, strictness=strictness))

    @Slot(str)
    def _set_search(self, text: str) -> None:
        self.session.set_search(text)
        self._show_from_start()

    @Slot()
    def _leave_search(self) -> None:
        if len(self.session.photos.listing):  # else there is only the text to change
            self.grid.setFocus()

    @Slot()
    def _show_all(self) -> None:
        self.session.show_all()
        with QSignalBlocker(self.top_bar.search):
            self.top_bar.search.clear()
        self._show_from_start()

    def _show_from_start(self) -> None:
        self._refresh()
        self.grid.show_current()

    def _toggle_flagged(self) -> None:
        self.set_filter("all" if self.session.view.filter == "flagged" else "flagged")

    def _select_all(self) -> None:
        self.session.select_all()
        self._refresh()

    def _escape(self) -> None:
        if self.toast.close_problem():
            return
        if self.top_bar.search.hasFocus():
            self.top_bar.search.clear()
            self.grid.setFocus()
        elif self.centre.is_close:
            self.centre.show_grid()
        else:
            self.session.select_none()
            self._refresh()

    def _search(self) -> None:
        self.centre.show_grid()
        self.top_bar.search.setFocus()
        self.top_bar.search.selectAll()

    def _finer(self) -> None:
        self.loupe.turn(-1)

    def _coarser(self) -> None:
        self.loupe.turn(1)

    def _toggle_info(self) -> None:
        self.info.setVisible(not self.info.isVisible())
        self._show_current()

    def _show_keys(self) -> None:
        self.tools.show_keys(self.settings)

    def _show_settings(self) -> None:
        self.tools.show_settings(self.settings)

    @Slot(object, object)
    def _take_settings(self, settings: Settings, changes: FolderChanges = NO_CHANGES) -> None:
        """Use other settings: keys and strictness at once, the rest in a window opened anew.

        Args:
            settings: all of them.
            changes: what is to become of the watched folders.
        """
        before = self.settings
        self.settings = settings
        self._take_keys()
        if settings.strictness != before.strictness:
            self._set_strictness(settings.strictness)
        self._save_settings()
        heavy = replace(settings, key_bindings=before.key_bindings, strictness=before.strictness)
        if heavy != before:
            self.folder_changes = changes
            self.reopen_asked.emit(settings)
        elif changes:
            self._change_folders(changes)

    @Slot(str)
    def _use_model(self, model: str) -> None:
        self._take_settings(replace(self.settings, model=model))

    @Slot(object)
    def _forget_photos(self, photo_ids: Sequence[int]) -> None:
        self.session.forget(photo_ids)
        self._refresh()

    # Folders.

    @Slot()
    def choose_folder(self) -> None:
        """Let a person choose a folder of photos."""
        start = next(iter(self.settings.recent_folders), os.path.expanduser("~"))
        folder = QFileDialog.getExistingDirectory(self, tr("Choose a folder of photos"), start)
        if folder:
            self.add_folder(folder)

    @Slot(str)
    def add_folder(self, folder: str) -> None:
        """Index a folder beside those the library knows."""
        folder = os.path.abspath(folder)
        self._keep_settings(self.settings.with_recent_folder(folder))
        self.index_status.searched = folder
        self.indexer.start(FolderChanges(added=(folder,)))
        self._refresh()

    def _change_folders(self, changes: FolderChanges) -> None:
        for folder in changes.added:
            self._keep_settings(self.settings.with_recent_folder(folder))
            self.index_status.searched = folder
        self.indexer.start(changes)

    @Slot(object)
    def _drop_folder(self, event: FolderRemoved) -> None:
        self.session.forget_folder(event.folder, event.photo_ids)
        self.toast.tell(removed_toast(event.folder, len(event.photo_ids)))
        self._refresh()

    def _rescan(self) -> None:
        self.indexer.start()

    @Slot(object)
    def _read_again(self, paths: tuple[str, ...]) -> None:
        self.indexer.start(FolderChanges(again=paths))
        self._refresh()

    def _keep_settings(self, settings: Settings) -> None:
        self.settings = settings
        self._save.start()

    @Slot()
    def _save_settings(self) -> None:
        # Another library is kept in the settings once it has been opened.
        chosen = replace(self.settings, library=self.album.settings.library)
        try:
            save_changes(self.album.settings, chosen)
        except LQAlbumError as exc:
            self.toast.tell(Toast(error_words(exc), is_problem=True))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome folders and files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Index what was dropped: folders, and the folders of files."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        folders = {path if os.path.isdir(path) else os.path.dirname(path) for path in paths}
        for folder in sorted(folders):
            self.add_folder(folder)
        event.acceptProposedAction()

    # The window itself.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint: nothing heavy is begun before it."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is under way, then let go."""
        self._save_settings()
        self.album_tools.close()
        for part in (self.indexer, self.decisions, self.thumbnails, self.tools):
            part.close()
        for view in (self.centre, self.info):
            view.close_threads()
        super().closeEvent(event)


def keep_keyboard_on_photos(window: QWidget) -> None:
    """Let the mouse press buttons without taking the keyboard away from the photos."""
    for kind in (QAbstractButton, QAbstractSlider, QComboBox):
        for widget in window.findChildren(kind):
            # The button within a field is no place of its own: the keyboard would be lost there.
            if not isinstance(widget, QScrollBar) and not isinstance(widget.parent(), QLineEdit):
                widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
