"""Badges and frames: each verdict has a shape and a word of its own, the colour comes on top."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from lqalbum.gui.theme import Theme
from lqalbum.review.wording import Verdict, VerdictName

FRAME_PX = 3
_COLOURS: dict[VerdictName, str] = {
    "flagged": "flagged",
    "unsure": "unsure",
    "kept": "kept",
    "deleted": "deleted",
    "error": "deleted",
    "quiet": "quiet",
    "waiting": "muted",
}
# A sign that is a shape of its own, so that it can be told apart without its colour.
_FRAMED: dict[VerdictName, Qt.PenStyle] = {
    "flagged": Qt.PenStyle.SolidLine,
    "unsure": Qt.PenStyle.DashLine,
    "deleted": Qt.PenStyle.DotLine,
    "error": Qt.PenStyle.DotLine,
}


def colour_of(name: VerdictName, theme: Theme) -> QColor:
    """Return the colour of a verdict."""
    return QColor(getattr(theme, _COLOURS.get(name, "line")))


def paint_frame(painter: QPainter, around: QRect, name: VerdictName, theme: Theme) -> None:
    """Draw the frame of a tile: solid when flagged, dashed when unsure, dotted when not usable."""
    style = _FRAMED.get(name)
    if style is None:
        return
    pen = QPen(colour_of(name, theme), FRAME_PX, style)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(around.adjusted(-3, -3, 2, 2))


def paint_badge(
    painter: QPainter,
    line: QRect,
    verdict: Verdict,
    theme: Theme,
    font: QFont,
    metrics: QFontMetrics,
) -> int:
    """Draw a badge at the left of a line; returns its width with the space after it."""
    if not verdict.words:
        return 0
    height = min(line.height(), metrics.height() + 3)
    sign = height - 7
    width = sign + metrics.horizontalAdvance(verdict.words) + 17
    box = QRectF(line.left(), line.top() + (line.height() - height) / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour_of(verdict.name, theme))
    painter.drawRoundedRect(box, height / 2, height / 2)
    paint_sign(painter, QRectF(box.left() + 6, box.top() + 3.5, sign, sign), verdict.name, theme)
    painter.setPen(QColor(theme.on_badge))
    painter.setFont(font)
    words = box.adjusted(sign + 10, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, verdict.words)
    return round(width) + 7


def paint_sign(painter: QPainter, box: QRectF, name: VerdictName, theme: Theme) -> None:
    """Draw the sign of a verdict on its badge."""
    painter.setPen(QPen(QColor(theme.on_badge), max(1.6, box.height() / 6)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if name == "flagged":
        _triangle(painter, box, theme)
    elif name == "unsure":
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    elif name == "kept":
        painter.drawPolyline(_points(box, (0.08, 0.55), (0.4, 0.88), (0.95, 0.15)))
    elif name in ("deleted", "error"):
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
    elif name == "waiting":
        painter.drawPolyline(_points(box, (0.5, 0.05), (0.5, 0.55), (0.9, 0.75)))
    else:
        painter.drawRect(box.adjusted(1, 1, -1, -1))


def _triangle(painter: QPainter, box: QRectF, theme: Theme) -> None:
    path = QPainterPath()
    path.addPolygon(_points(box, (0.5, 0.0), (1.0, 1.0), (0.0, 1.0)))
    path.closeSubpath()
    painter.fillPath(path, QColor(theme.on_badge))


def _points(box: QRectF, *shares: tuple[float, float]) -> QPolygonF:
    corners = [
        QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in shares
    ]
    return QPolygonF(corners)
