"""The middle of the window: the grid, the loupe, two photos compared, or what to do instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from lqalbum.gui.album import Album
from lqalbum.gui.compare import Compare
from lqalbum.gui.delegate import TileDelegate
from lqalbum.gui.emptystate import EmptyState
from lqalbum.gui.filmstrip import Filmstrip
from lqalbum.gui.grid import PhotoGrid
from lqalbum.gui.loupe import Loupe
from lqalbum.gui.model import PhotoModel
from lqalbum.gui.theme import Theme
from lqalbum.gui.thumbnails import Thumbnails, TilePicture
from lqalbum.review import PhotoRow
from lqalbum.review.language import tr
from lqalbum.review.wording import Toast, empty_words


class Centre(QStackedWidget):
    """Shows the session's photos in one of three ways, and moves from photo to photo.

    Attributes:
        moved: the session is at another photo, or another way of looking was chosen.
        told: something to say; a `Toast`.
    """

    moved = Signal()
    told = Signal(object)

    def __init__(
        self, album: Album, thumbnails: Thumbnails, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Show an album with pictures from `thumbnails`."""
        super().__init__(parent)
        self._session = album.session
        self._thumbnails = thumbnails
        self.model = PhotoModel(self._session, self)
        self.delegate = TileDelegate(self.model, thumbnails, theme, self)
        self.grid = PhotoGrid(self.model, self.delegate)
        strip = Filmstrip(self._session, thumbnails, theme)
        self.loupe = Loupe(album.answer, strip, theme)
        self.compare = Compare(album.answer, theme)
        self.empty = EmptyState()
        for page in (self.grid, self.loupe, self.compare, self.empty):
            self.addWidget(page)
        thumbnails.arrived.connect(self._paint_arrived)
        self.grid.opened.connect(self.toggle_loupe)
        for view in (self.loupe, self.compare):
            view.left.connect(self.show_grid)
            view.photo_chosen.connect(self.go_to)
        self.loupe.stepped.connect(self._step)
        self.compare.stepped.connect(self._step_compared)

    @property
    def is_loupe_open(self) -> bool:
        """Whether the loupe is shown."""
        return self.currentWidget() is self.loupe

    @property
    def is_comparing(self) -> bool:
        """Whether two photos are compared."""
        return self.currentWidget() is self.compare

    @property
    def is_close(self) -> bool:
        """Whether one photo is looked at, alone or beside another."""
        return self.is_loupe_open or self.is_comparing

    def refresh(self, *, is_indexing: bool, recent: Sequence[str], nothing_found: str) -> None:
        """Bring what is shown in line with the session.

        Args:
            is_indexing: photos may still come.
            recent: folders to offer where there is no photo.
            nothing_found: a folder that held no picture, empty if there is none such.
        """
        self.grid.follow()
        if len(self._session.photos.listing):
            self._show_photos()
            return
        session = self._session
        if len(session.photos):
            view, trashed = session.view, session.photos.counts()["deleted"]
            heading, words = empty_words(view.filter, bool(view.search), trashed)
            is_whole = view == replace(view, filter="all", folder=None, search="")
            self.empty.nothing_here(heading, words, can_show_all=not is_whole, can_add=is_whole)
        elif is_indexing:
            self.empty.waiting(tr("The first ones appear here in a moment."))
        else:
            self.empty.welcome(recent, nothing_found)
        self.setCurrentWidget(self.empty)

    def _show_photos(self) -> None:
        if self.is_close:
            return
        was_empty = self.currentWidget() is self.empty
        self.setCurrentWidget(self.grid)
        # Whoever is writing, such as in the search, goes on writing.
        if was_empty and not isinstance(self.window().focusWidget(), QLineEdit):
            self.grid.setFocus()

    def show_current(self) -> None:
        """Follow the session to its current photo where that is looked at closely."""
        row = self._session.current_row
        if row is None:
            return
        if self.is_comparing:
            self._show_compared(row)
        elif self.is_loupe_open:
            strictness = self._session.view.strictness
            self.loupe.show_photo(row, self._thumbnail(row), strictness)
            self.loupe.strip.update()

    def close_threads(self) -> None:
        """End the threads that make pictures."""
        self.loupe.close_threads()
        self.compare.close_threads()

    @Slot()
    def toggle_loupe(self) -> None:
        """Look closer at the current photo, or go back."""
        if self.is_loupe_open:
            self.show_grid()
        elif self._session.current is not None:
            self.setCurrentWidget(self.loupe)
            self.loupe.setFocus()
            self.moved.emit()

    @Slot()
    def show_grid(self) -> None:
        """Go back to the grid."""
        if self.is_close:
            self.setCurrentWidget(self.grid)
            self.moved.emit()
            self.grid.show_current()
        self.grid.setFocus()

    def toggle_compare(self) -> None:
        """Compare the two photos selected, or the current one with the next; or go back."""
        if self.is_comparing:
            self.show_grid()
            return
        pair = self._session.pair()
        if pair is None:
            self.told.emit(Toast(tr("There is only one photo here; comparing needs two.")))
            return
        self.compare.begin()
        self.setCurrentWidget(self.compare)
        self.compare.setFocus()
        for place, row in enumerate(pair):
            self._show_side(place, row)
        self.go_to(pair[1].photo_id)

    def zoom_full(self) -> None:
        """Show the original pixel by pixel, in the loupe or the comparison."""
        if self.is_comparing:
            self.compare.zoom_full()
            return
        if not self.is_loupe_open:
            self.toggle_loupe()
        self.loupe.zoom_full()

    def toggle_heat_map(self) -> None:
        """Show or hide the heat map; outside the loupe, open it."""
        if self.is_loupe_open:
            self.loupe.toggle_heat_map()
        else:
            self.toggle_loupe()

    @Slot(int)
    def go_to(self, photo_id: int) -> None:
        """Make a photo the current one."""
        self._session.select((photo_id,), photo_id)
        self.moved.emit()

    @Slot(int)
    def _step(self, steps: int) -> None:
        self._session.go(steps)
        self.moved.emit()

    @Slot(int)
    def _step_compared(self, steps: int) -> None:
        session, other = self._session, self.compare.photo_ids()[1 - self.compare.active]
        before = session.current
        session.go(steps)
        if session.current == other:  # shown already: go past it
            session.go(steps)
        if session.current == other and before is not None:
            session.select((before,), before)
        self.moved.emit()

    def _show_compared(self, current: PhotoRow) -> None:
        """Follow the session: the active side shows its photo, the other one what it showed."""
        ids = self.compare.photo_ids()
        other = self._session.photos.get(ids[1 - self.compare.active])
        if other is not None and other.photo_id != current.photo_id:
            self._show_side(1 - self.compare.active, other)
        if other is None or other.photo_id != current.photo_id:
            self._show_side(self.compare.active, current)
        else:  # the next photo is the one it is compared with: keys act on that side now
            self.compare.set_active(1 - self.compare.active)

    def _show_side(self, place: int, row: PhotoRow) -> None:
        strictness = self._session.view.strictness
        self.compare.show_photo(place, row, self._thumbnail(row), strictness)

    def _thumbnail(self, row: PhotoRow) -> QImage:
        if row.sha256 is None:
            return QImage()
        side = self.delegate.side_px
        pixmap = self._thumbnails.get(TilePicture(row.sha256, "photo", side, side), exact=False)
        return QImage() if pixmap is None else pixmap.toImage()

    @Slot()
    def _paint_arrived(self) -> None:
        self.grid.viewport().update()
        row = self._session.current_row
        if self.is_loupe_open and row is not None:
            self.loupe.refresh_photo(self._thumbnail(row))
