"""The photos of one set: their words, and how they are drawn beside each other."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from lqalbum.gui.thumbnails import Thumbnails, TilePicture
from lqalbum.review.lookalike_words import folder_words, photo_words
from lqalbum.review.lookalikes import Lookalikes

Index = QModelIndex | QPersistentModelIndex
PICTURE_PX = 190
_PADDING_PX = 10
_FRAME_PX = 3
_LINES = 5


class SetModel(QAbstractListModel):
    """The photos of one set."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        """Take pictures from a cache that fetches them in the background."""
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.shown: Lookalikes | None = None
        self._waiting = QPixmap(PICTURE_PX, PICTURE_PX)
        self._waiting.fill(Qt.GlobalColor.transparent)
        thumbnails.arrived.connect(self._paint_arrived)

    def show_set(self, one: Lookalikes | None) -> None:
        """Show another set."""
        self.beginResetModel()
        self.shown = one
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """Return the number of photos."""
        return 0 if parent.isValid() or self.shown is None else len(self.shown.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return words and picture of a photo."""
        if self.shown is None or not 0 <= index.row() < len(self.shown.rows):
            return None
        row = self.shown.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return photo_words(self.shown, row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return folder_words(row)
        if role == Qt.ItemDataRole.DecorationRole and row.sha256 is not None:
            wanted = TilePicture(row.sha256, "photo", PICTURE_PX, PICTURE_PX)
            return self._thumbnails.get(wanted) or self._waiting
        return None

    @Slot()
    def _paint_arrived(self) -> None:
        if self.rowCount():
            changed = [Qt.ItemDataRole.DecorationRole]
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1), changed)


class ShotDelegate(QStyledItemDelegate):
    """Draws picture and words; nothing is tinted, since photos are compared here."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the same size for all."""
        height = option.fontMetrics.lineSpacing() * _LINES
        return QSize(PICTURE_PX + 2 * _PADDING_PX, PICTURE_PX + height + 3 * _PADDING_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one photo."""
        painter.save()
        cell = option.rect.adjusted(2, 2, -2, -2)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            accent = option.palette.color(QPalette.ColorRole.Highlight)
            painter.setPen(QPen(accent, _FRAME_PX))
            painter.drawRect(cell)
        box = QRect(0, cell.top() + _PADDING_PX, PICTURE_PX, PICTURE_PX)
        box.moveLeft(cell.center().x() - PICTURE_PX // 2)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QPixmap):
            place = QRect(QPoint(0, 0), picture.size())
            place.moveCenter(box.center())
            painter.drawPixmap(place.topLeft(), picture)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        room = QRect(cell.left() + 5, box.bottom() + _PADDING_PX, cell.width() - 10, 0)
        self._paint_words(painter, room, index.data(Qt.ItemDataRole.DisplayRole), is_chosen)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, words: str, is_chosen: bool) -> None:
        """Write lines, each cut in its middle where it is too long."""
        font = painter.font()
        for number, line in enumerate(words.split("\n")):
            font.setBold(is_chosen and number == 0)
            painter.setFont(font)
            metrics = painter.fontMetrics()
            room.setHeight(metrics.lineSpacing())
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
            room.translate(0, metrics.lineSpacing())
