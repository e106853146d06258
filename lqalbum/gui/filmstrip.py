"""The filmstrip: the photos around the current one in a row."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lqalbum.gui.badges import colour_of, paint_sign
from lqalbum.gui.theme import Theme
from lqalbum.gui.thumbnails import Thumbnails, TilePicture
from lqalbum.gui.tiles import fitted
from lqalbum.review.language import tr
from lqalbum.review.session import ReviewSession
from lqalbum.review.wording import Verdict, verdict

SIDE_PX = 76
_GAP_PX = 6
_SIGN_PX = 18


class Filmstrip(QWidget):
    """Thumbnails in the order of the view, the current photo in the middle.

    Attributes:
        photo_chosen: the id of a photo that was clicked.
    """

    photo_chosen = Signal(int)

    def __init__(
        self,
        session: ReviewSession,
        thumbnails: Thumbnails,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """Show the session's photos with pictures from `thumbnails`."""
        super().__init__(parent)
        self._session = session
        self._thumbnails = thumbnails
        self._theme = theme
        thumbnails.arrived.connect(self.update)
        self.setFixedHeight(SIDE_PX + 2 * _GAP_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Photos before and after"))

    def sizeHint(self) -> QSize:
        """Return one line of thumbnails."""
        return QSize(600, SIDE_PX + 2 * _GAP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the thumbnails in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        side = round(SIDE_PX * ratio)
        strictness = self._session.view.strictness
        for photo_id, box in self._places():
            row = self._session.photos.row(photo_id)
            painter.fillRect(box, QColor(self._theme.panel))
            if row.sha256 is not None:
                wanted = TilePicture(row.sha256, "photo", side, side)
                pixmap = self._thumbnails.get(wanted, exact=False)
                if pixmap is not None:
                    painter.drawPixmap(fitted(pixmap.size() / ratio, box), pixmap)
            badge = verdict(row, strictness)
            if badge.words:
                self._paint_badge(painter, box, badge)
            if photo_id == self._session.current:
                painter.setPen(QPen(QColor(self._theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(-2, -2, 2, 2))

    def _paint_badge(self, painter: QPainter, box: QRect, badge: Verdict) -> None:
        """Draw a line in the badge's colour, and its sign, which needs no colour."""
        colour = colour_of(badge.name, self._theme)
        painter.fillRect(QRect(box.left(), box.bottom() - 3, box.width(), 4), colour)
        corner = QRect(box.left(), box.bottom() - _SIGN_PX + 1, _SIGN_PX, _SIGN_PX)
        painter.fillRect(corner, colour)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = _SIGN_PX / 4
        paint_sign(
            painter, QRectF(corner).adjusted(inset, inset, -inset, -inset), badge.name, self._theme
        )
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the photo under the pointer."""
        for photo_id, box in self._places():
            if box.contains(event.position().toPoint()):
                self.photo_chosen.emit(photo_id)
                return

    def _places(self) -> list[tuple[int, QRect]]:
        listing = self._session.photos.listing
        current = self._session.current
        middle = None if current is None else listing.position(current)
        if middle is None:
            return []
        step = SIDE_PX + _GAP_PX
        beside = self.width() // 2 // step + 1
        first = max(0, middle - beside)
        left = self.width() // 2 - SIDE_PX // 2 + (first - middle) * step
        shown = listing.slice(first, middle + beside)
        return [
            (photo_id, QRect(left + place * step, _GAP_PX, SIDE_PX, SIDE_PX))
            for place, photo_id in enumerate(shown)
        ]
