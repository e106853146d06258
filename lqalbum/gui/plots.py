"""A plot of areas under the curve: a line for each corruption, a mark where the score stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lqalbum.review.language import number

_LINE_PX = 24
_MARGIN_PX = 8
_MARK_PX = 5.0
# Guessing parts nothing: areas below it are drawn at the left edge.
_LOWEST = 0.5
_TICKS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class PlotLine:
    """One line of the plot.

    Attributes:
        name: what stands before it.
        value: 0.5-1, drawn as a filled mark at the end of a bar.
        before: the value it is compared with, a hollow mark; None for none.
    """

    name: str
    value: float
    before: float | None = None


class AreaPlot(QWidget):
    """Draws lines from 0.5, which is guessing, to 1, which is never wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without lines."""
        super().__init__(parent)
        self.lines: tuple[PlotLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[PlotLine]) -> None:
        """Draw these lines."""
        self.lines = tuple(lines)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all lines and the scale."""
        return QSize(360, (len(self.lines) + 1) * _LINE_PX + 2 * _MARGIN_PX)

    def place_of(self, value: float) -> float:
        """Return where a value is drawn, px from the left."""
        left, right = self._edges()
        share = (min(max(value, _LOWEST), 1.0) - _LOWEST) / (1.0 - _LOWEST)
        return left + share * (right - left)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw scale and lines, nothing before there are any."""
        if not self.lines:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_scale(painter)
            for place, line in enumerate(self.lines):
                self._paint_line(painter, line, _MARGIN_PX + place * _LINE_PX)

    def _edges(self) -> tuple[float, float]:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(line.name) for line in self.lines), default=0)
        left = widest + 2 * _MARGIN_PX
        right = self.width() - metrics.horizontalAdvance("0.000") - 2 * _MARGIN_PX
        return left, max(right, left + 40.0)

    def _paint_scale(self, painter: QPainter) -> None:
        bottom = _MARGIN_PX + len(self.lines) * _LINE_PX
        faint = self.palette().color(QPalette.ColorRole.PlaceholderText)
        for tick in _TICKS:
            x = self.place_of(tick)
            line = QPen(faint, 1)
            line.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(line)
            painter.drawLine(QPointF(x, _MARGIN_PX), QPointF(x, bottom))
            painter.setPen(faint)
            label = QRectF(x - 24, bottom, 48, _LINE_PX)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, number(tick, 1))

    def _paint_line(self, painter: QPainter, line: PlotLine, top: float) -> None:
        palette = self.palette()
        ink = palette.color(QPalette.ColorRole.WindowText)
        accent = palette.color(QPalette.ColorRole.Highlight)
        left, right = self._edges()
        middle, end = top + _LINE_PX / 2, self.place_of(line.value)
        painter.setPen(ink)
        name = QRectF(0, top, left - _MARGIN_PX, _LINE_PX)
        painter.drawText(
            name, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.name
        )
        painter.setPen(QPen(accent, 3))
        painter.drawLine(QPointF(left, middle), QPointF(end, middle))
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(end, middle), _MARK_PX, _MARK_PX)
        if line.before is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink, 2))
            painter.drawEllipse(QPointF(self.place_of(line.before), middle), _MARK_PX, _MARK_PX)
        painter.setPen(ink)
        value = QRectF(right + _MARGIN_PX, top, self.width() - right - _MARGIN_PX, _LINE_PX)
        painter.drawText(value, Qt.AlignmentFlag.AlignVCenter, number(line.value, 3))
