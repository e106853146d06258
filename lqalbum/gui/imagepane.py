"""Panes that show one picture each and share zoom and position."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from lqalbum.gui.theme import Theme

LARGEST_ZOOM = 16.0
_TITLE_PX = 26
_WHEEL_STEP = 1.25


class Zoom(QObject):
    """How far and where all panes are zoomed.

    Attributes:
        changed: factor or centre is another.
        factor: 1 shows the whole picture.
        centre: what lies in the middle of a pane, as shares of the picture's sides.
        smallest, largest: what the factor is kept between.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Show whole pictures."""
        super().__init__(parent)
        self.factor = 1.0
        self.centre = QPointF(0.5, 0.5)
        self.smallest, self.largest = 1.0, LARGEST_ZOOM

    @property
    def is_whole(self) -> bool:
        """Whether whole pictures are shown, as large as they fit."""
        return self.factor == 1

    def allow(self, factor: float) -> None:
        """Let a picture be zoomed at least so far: a large one shows its pixels later.

        One that is smaller than its pane shows them below 1.
        """
        self.smallest, self.largest = min(1.0, factor), max(LARGEST_ZOOM, 2 * factor)

    def reset(self) -> None:
        """Show whole pictures again."""
        self.smallest = 1.0
        self.set(1.0, QPointF(0.5, 0.5))

    def set(self, factor: float, centre: QPointF) -> None:
        """Zoom to a factor around a centre; both are kept within bounds."""
        self.factor = min(max(factor, self.smallest), self.largest)
        margin = 0.5 / max(1.0, self.factor)
        self.centre = QPointF(
            min(max(centre.x(), margin), 1 - margin), min(max(centre.y(), margin), 1 - margin)
        )
        self.changed.emit()

    def zoom_at(self, point: QPointF, by: float) -> None:
        """Zoom so that a point of the picture (shares of its sides) keeps its place."""
        factor = min(max(self.factor * by, self.smallest), self.largest)
        ratio = self.factor / factor
        self.set(factor, point + (self.centre - point) * ratio)


class ImagePane(QWidget):
    """One picture with a title; the wheel zooms, dragging moves, a double click goes back.

    Attributes:
        pressed: the mouse was pressed on it.
        title: words above the picture.
        brief_title: fewer words, for where there is no room for all; empty if there are none.
        leads: whether the zoom follows its size, so that pictures keep theirs.
        original: size of what the picture is a copy of; empty if it is not known.
    """

    pressed = Signal()

    def __init__(self, title: str, zoom: Zoom, theme: Theme, parent: QWidget | None = None) -> None:
        """Show a picture that comes with `show_picture`."""
        super().__init__(parent)
        self.title = title
        self.brief_title = ""
        self.leads = False
        self.original = QSize()
        self.note = ""
        self._image = QImage()
        self._zoom = zoom
        self._theme = theme
        self._drag: QPointF | None = None
        zoom.changed.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self.setAccessibleName(title)

    def show_picture(self, image: QImage, note: str = "") -> None:
        """Show a picture, or a note where there is none."""
        self._image = image
        self.note = note
        self.update()

    @property
    def picture(self) -> QImage:
        """What is shown; null if there is none."""
        return self._image

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture."""
        return not self._image.isNull()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(400, 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title and the picture, or the note."""
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.muted))
        line = QRect(4, 0, self.width() - 8, _TITLE_PX)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self.shown_title())
        room = self._room()
        if self._image.isNull():
            painter.fillRect(room, QColor(self._theme.panel))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room.adjusted(12, 12, -12, -12), flags, self.note)
            return
        painter.setClipRect(room)
        place = self._picture_place()
        # Enlarged twice or more, pixels are to be seen as they are.
        is_small = place.width() < 2 * self._image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_small)
        painter.drawImage(place, self._image)

    def shown_title(self) -> str:
        """Return as much of the title as there is room for."""
        metrics, room = self.fontMetrics(), self.width() - 8
        is_long = metrics.horizontalAdvance(self.title) > room
        words = self.brief_title if is_long and self.brief_title else self.title
        return metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a zoomed picture as large as it is: another share of it has room."""
        super().resizeEvent(event)
        before = _room_in(QRect(QPoint(0, 0), event.oldSize()))
        if self.leads and not self._zoom.is_whole and before.isValid():
            # By the original, whose shape small copies have to within a pixel only.
            size = self.original if not self.original.isEmpty() else self._image.size()
            if not size.isEmpty():
                factor = self._zoom.factor * _fit(size, before) / _fit(size, self._room())
                self._zoom.allow(factor)
                self._zoom.set(factor, self._zoom.centre)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        steps = event.angleDelta().y() / 120
        if self.has_picture and steps:
            self._zoom.zoom_at(self._share_at(event.position()), _WHEEL_STEP**steps)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the picture."""
        self._drag = event.position()
        self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture along with the pointer."""
        if self._drag is None or not self.has_picture:
            return
        place = self._picture_place()
        moved = event.position() - self._drag
        self._drag = event.position()
        share = QPointF(moved.x() / place.width(), moved.y() / place.height())
        self._zoom.set(self._zoom.factor, self._zoom.centre - share)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End moving the picture."""
        self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in at the pointer, or show the whole picture again."""
        if not self._zoom.is_whole:
            self._zoom.reset()
        else:
            self._zoom.zoom_at(self._share_at(event.position()), 4.0)

    def full_factor(self, size: QSize) -> float:
        """Return the zoom at which each pixel of a picture of that size is one of the screen."""
        return 1 / (_fit(size, self._room()) * self.devicePixelRatioF())

    def share_at_pointer(self) -> QPointF | None:
        """Return the point of the picture that is under the pointer, None if there is none."""
        point = self.mapFromGlobal(self.cursor().pos())
        if self._image.isNull() or not self._room().contains(point):
            return None
        share = self._share_at(QPointF(point))
        is_inside = 0 <= share.x() <= 1 and 0 <= share.y() <= 1
        return share if is_inside else None

    def _room(self) -> QRect:
        return _room_in(self.rect())

    def _picture_place(self) -> QRectF:
        """Return where the whole picture would lie; parts of it may be outside the pane."""
        room, size = self._room(), self._image.size()
        fit = _fit(size, room)
        width = size.width() * fit * self._zoom.factor
        height = size.height() * fit * self._zoom.factor
        middle = QPointF(QPoint(room.left() + room.width() // 2, room.top() + room.height() // 2))
        left = middle.x() - width * self._zoom.centre.x()
        top = middle.y() - height * self._zoom.centre.y()
        return QRectF(left, top, width, height)

    def _share_at(self, point: QPointF) -> QPointF:
        place = self._picture_place()
        return QPointF(
            (point.x() - place.left()) / place.width(), (point.y() - place.top()) / place.height()
        )


def _room_in(pane: QRect) -> QRect:
    """Return where the picture is shown in a pane."""
    return pane.adjusted(4, _TITLE_PX, -4, -4)


def _fit(size: QSize, room: QRect) -> float:
    """Return how much larger than its size a whole picture is shown in a room."""
    return min(room.width() / size.width(), room.height() / size.height())
