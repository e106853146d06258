"""The grid: a list view whose cells all have one size, so that every place is a multiplication.

QListView's own layout of icons goes through all items after every change and, in batches, lets
the scroll bar jump to the top meanwhile (measured with 100,000 items: 0.3 s and the place lost
at each photo the indexer adds). Nothing here depends on the number of photos.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QElapsedTimer,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from lqalbum.gui.delegate import Painting, TileDelegate, TileLook
from lqalbum.gui.model import PhotoModel
from lqalbum.gui.tiles import MARGIN_PX, Lattice
from lqalbum.review.language import tr

Index = QModelIndex | QPersistentModelIndex


# New tiles are made for this long in one paint, the others in paints of their own that follow:
# scrolling stays smooth. Each of these makes one at least: where copies alone take longer, the grid
# is full at last all the same.
BUILD_NS = 1_000_000


class PhotoGrid(QListView):
    """Shows the photos of a model as tiles.

    Attributes:
        chosen: a person selected photos or moved to another one.
        opened: a person wants a closer look at the current photo.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(
        self, model: PhotoModel, delegate: TileDelegate, parent: QWidget | None = None
    ) -> None:
        """Show a model with a delegate; both are owned elsewhere."""
        super().__init__(parent)
        self._photos = model
        self._tiles = delegate
        self._is_following = False
        self._lattice = Lattice.of(1, delegate.side_px)
        self.setObjectName("grid")
        self.setAccessibleName(tr("Photos"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragEnabled(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._paint_missing)
        self._missing: set[int] = set()
        self._must_build = False
        self.setItemDelegate(delegate)
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(self._tell_choice)
        self.selectionModel().currentChanged.connect(self._tell_choice)
        self.activated.connect(self._tell_opened)

    # What a person sees and where.

    def set_tile_side(self, side_px: int) -> None:
        """Change the size of all tiles; the current photo stays where it is on the screen."""
        place = self._place_on_screen()
        self._tiles.side_px = side_px
        self.updateGeometries()
        self._put_on_screen(place)
        self.viewport().update()

    def follow(self) -> None:
        """Show the session's photos, selection and current photo, and keep the place in view."""
        place = self._place_on_screen()
        self._is_following = True
        try:
            if self._photos.refresh():
                self.updateGeometries()
            self._select_as_session()
        finally:
            self._is_following = False
        self._put_on_screen(place)
        self.viewport().update()

    def show_current(self) -> None:
        """Bring the current photo into view."""
        self.scrollTo(self.currentIndex())

    def selected_positions(self) -> list[tuple[int, int]]:
        """Return the selected positions as ranges, both ends included."""
        ranges = self.selectionModel().selection()
        spans = (ranges.at(place) for place in range(ranges.count()))
        return [(span.top(), span.bottom()) for span in spans]

    def _select_as_session(self) -> None:
        session = self._photos.session
        listing = session.photos.listing
        model = self.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        for first, last in _ranges(listing.positions(session.selection)):
            selection.select(self._photos.index(first), self._photos.index(last))
        model.select(selection, flag.ClearAndSelect)
        place = None if session.current is None else listing.position(session.current)
        index = QModelIndex() if place is None else self._photos.index(place)
        model.setCurrentIndex(index, flag.NoUpdate)

    def _tell_choice(self) -> None:
        if not self._is_following:
            self.chosen.emit()

    def _tell_opened(self) -> None:
        self.opened.emit()

    def _place_on_screen(self) -> int | None:
        """Return how far below the upper edge the current photo is, None if it is out of sight."""
        box = self.visualRect(self.currentIndex())
        return box.top() if box.isValid() and box.intersects(self.viewport().rect()) else None

    def _put_on_screen(self, place: int | None) -> None:
        if place is None:
            return
        box = self.visualRect(self.currentIndex())
        if box.isValid():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + box.top() - place)
            self.show_current()

    # Geometry.

    def _cell_at(self, position: int) -> QRect:
        return self._lattice.box(position, self.verticalScrollBar().value())

    def visualRect(self, index: Index) -> QRect:
        """Return where a photo's cell is in the viewport."""
        return self._cell_at(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the photo at a point of the viewport."""
        position = self._lattice.position_at(point.x(), point.y() + self.verticalOffset())
        if position is None or position >= self._photos.rowCount():
            return QModelIndex()
        return self._photos.index(position)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll as little as shows a photo whole."""
        box, bar, height = self.visualRect(index), self.verticalScrollBar(), self._page_px()
        if not box.isValid():
            return
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + box.center().y() - height // 2)
        elif box.top() < 0:
            bar.setValue(bar.value() + box.top() - MARGIN_PX)
        elif box.bottom() > height:
            bar.setValue(bar.value() + min(box.bottom() - height + MARGIN_PX, box.top()))

    def horizontalOffset(self) -> int:
        """Return 0: the tiles always fit the width."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far the grid is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Return False: what is not to be seen is not in the model."""
        return False

    def _page_px(self) -> int:
        return self.viewport().height()

    def updateGeometries(self) -> None:
        """Fit the cells to the width, and the scroll bar to the number of lines."""
        self._lattice = Lattice.of(self.viewport().width(), self._tiles.side_px)
        lines = self._page_px() // self._lattice.cell.height() + 2
        self._tiles.expect(lines * self._lattice.columns)
        bar = self.verticalScrollBar()
        bar.setPageStep(self._page_px())
        bar.setSingleStep(max(20, self._lattice.cell.height() // 4))
        height = self._lattice.height_px(self._photos.rowCount())
        bar.setRange(0, max(0, height - self._page_px()))

    def doItemsLayout(self) -> None:
        """Fit the scroll bar, which is all the layout there is."""
        self.updateGeometries()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew, the current photo staying in view."""
        place = self._place_on_screen()
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()
        self._put_on_screen(place)

    # Keyboard and mouse.

    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the photo that an arrow or page key leads to."""
        count = self._photos.rowCount()
        if not count:
            return QModelIndex()
        place = max(0, self.currentIndex().row())
        lines = max(1, self._page_px() // self._lattice.cell.height())
        step = self._steps(lines).get(cursorAction)
        if step is None:
            to = 0 if cursorAction == QAbstractItemView.CursorAction.MoveHome else count - 1
        else:
            to = place + step
            if abs(step) > 1 and not 0 <= to < count:
                to = (
                    self._last_in_column(place, count)
                    if step > 0
                    else place % self._lattice.columns
                )
        return self._photos.index(min(max(to, 0), count - 1))

    def _steps(self, lines: int) -> dict[QAbstractItemView.CursorAction, int]:
        action, columns = QAbstractItemView.CursorAction, self._lattice.columns
        return {
            action.MoveLeft: -1,
            action.MovePrevious: -1,
            action.MoveRight: 1,
            action.MoveNext: 1,
            action.MoveUp: -columns,
            action.MoveDown: columns,
            action.MovePageUp: -columns * lines,
            action.MovePageDown: columns * lines,
        }

    def _last_in_column(self, place: int, count: int) -> int:
        last_line = (count - 1) // self._lattice.columns
        if place // self._lattice.columns == last_line:
            return place
        return min(last_line * self._lattice.columns + place % self._lattice.columns, count - 1)

    def keyboardSearch(self, search: str) -> None:
        """Stay where one is: a letter without a meaning must not lead to another photo."""

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the photos under a rectangle drawn with the mouse, or the one at a point."""
        selection = QItemSelection()
        for first, last in self._touched(rect.normalized()):
            selection.select(self._photos.index(first), self._photos.index(last))
        self.selectionModel().select(selection, command)

    def _touched(self, rect: QRect) -> list[tuple[int, int]]:
        scrolled = rect.translated(0, self.verticalOffset())
        return self._lattice.touched(scrolled, self._photos.rowCount())

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return what to repaint for a change of the selection: simply all that is in sight."""
        return QRegion(self.viewport().rect())

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and on it the tiles in sight."""
        painter = QPainter(self.viewport())
        session, scrolled = self._photos.session, self.verticalOffset()
        # All of it at once: leaving the tiles out saves a tenth of a paint at most, and between
        # pixels that are not whole it would leave seams.
        painter.fillRect(event.rect(), self.palette().base())
        under = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()
        clock, missing = QElapsedTimer(), set()
        must_build, self._must_build = self._must_build, False
        clock.start()
        for first, last in self._touched(event.rect()):
            for position in range(first, last + 1):
                row = self._photos.photo_at(position)
                look = TileLook(
                    is_selected=row.photo_id in session.selection,
                    is_current=row.photo_id == session.current,
                    is_under_pointer=position == under,
                )
                cell = self._lattice.box(position, scrolled)
                in_haste = not must_build and clock.nsecsElapsed() > BUILD_NS
                painting = self._tiles.paint_tile(painter, cell, look, row, in_haste=in_haste)
                must_build &= painting is not Painting.BUILT
                if painting is Painting.LATER:
                    missing.add(position)
        painter.end()
        if missing:
            self._missing |= missing
            self._more.start()

    @Slot()
    def _paint_missing(self) -> None:
        """Paint the tiles that there was no time for, and no others."""
        missing, self._missing = self._missing, set()
        self._must_build = True
        region = QRegion()
        for position in missing:
            region += self._cell_at(position)
        self.viewport().update(region)


def _ranges(positions: list[int]) -> list[tuple[int, int]]:
    """Return rising positions as ranges, both ends included."""
    found: list[tuple[int, int]] = []
    for position in positions:
        if found and found[-1][1] == position - 1:
            found[-1] = (found[-1][0], position)
        else:
            found.append((position, position))
    return found
