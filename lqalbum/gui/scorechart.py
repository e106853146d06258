"""A small chart: the photo's score among those of good photos."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from lqalbum.gui.theme import Theme
from lqalbum.review.language import tr
from lqalbum.review.scoreplot import ScorePlot

_CHART_PX = 52
_MARK_PX = 9


class ScoreChart(QWidget):
    """Bars for good photos, a dashed line where flagging begins, a triangle for this photo."""

    def __init__(
        self, plot: ScorePlot, standing: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Show a plot; `standing` says in words where the photo is."""
        super().__init__(parent)
        self._plot = plot
        self._theme = theme
        self.setAccessibleName(standing)
        self.setToolTip(
            tr(
                "Bars: scores of the good photos behind the model. Dashed line: flagged from "
                "here.\nTriangle: this photo, {standing}.",
                standing=standing,
            )
        )

    def sizeHint(self) -> QSize:
        """Return room for the bars, the mark and a line of words."""
        return QSize(200, _CHART_PX + _MARK_PX + self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Ask for the whole height."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(_MARK_PX / 2, _MARK_PX, self.width() - _MARK_PX, _CHART_PX)
        self._paint_bars(painter, area)
        self._paint_limit(painter, area)
        self._paint_mark(painter, area)
        painter.setPen(QColor(self._theme.muted))
        words = QRectF(0, area.bottom() + 2, self.width(), self.fontMetrics().height() + 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, tr("better"))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight, tr("worse"))

    def _paint_bars(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        width = area.width() / len(self._plot.bars)
        for place, height in enumerate(self._plot.bars):
            is_flagged = (place + 0.5) / len(self._plot.bars) > self._plot.limit
            colour = self._theme.flagged if is_flagged else self._theme.muted
            # The few good photos beyond the limit are still to be seen.
            tall = max(height * area.height(), 1.5 if height > 0 else 0)
            painter.setBrush(QColor(colour))
            left = area.left() + place * width
            painter.drawRect(QRectF(left, area.bottom() - tall, max(width - 1, 1), tall))
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1),
                         QColor(self._theme.line))  # fmt: skip

    def _paint_limit(self, painter: QPainter, area: QRectF) -> None:
        x = round(area.left() + self._plot.limit * area.width())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # thin, yet in full colour
        painter.setPen(QPen(QColor(self._theme.flagged), 1, Qt.PenStyle.DashLine))
        painter.drawLine(x, round(area.top()), x, round(area.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_mark(self, painter: QPainter, area: QRectF) -> None:
        x, half = area.left() + self._plot.mark * area.width(), _MARK_PX / 2
        painter.setPen(QPen(QColor(self._theme.text), 1.5))
        painter.drawLine(QPointF(x, area.top() - 1), QPointF(x, area.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.text))
        if self._plot.is_beyond:  # it points to where the photo would be
            points = [QPointF(x - half, 0), QPointF(x + half, half), QPointF(x - half, 2 * half)]
        else:
            points = [QPointF(x - half, 0), QPointF(x + half, 0), QPointF(x, 2 * half)]
        painter.drawPolygon(QPolygonF(points))
