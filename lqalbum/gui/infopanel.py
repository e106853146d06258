"""The right side: why a photo is flagged, in words, numbers and camera data."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.badges import colour_of
from lqalbum.gui.scorechart import ScoreChart
from lqalbum.gui.sidebar import section
from lqalbum.gui.texts import text
from lqalbum.gui.theme import Theme
from lqalbum.gui.worker import Fetcher
from lqalbum.review import PhotoRow
from lqalbum.review.facts import EvidenceLine, camera_lines, evidence_lines, file_lines, score_lines
from lqalbum.review.language import tr
from lqalbum.review.reading import Facts
from lqalbum.review.scoreplot import score_plot
from lqalbum.review.wording import printable, reason_words, trouble, verdict, why, worse_than

# Leaves room for three columns of tiles in the window as it first opens.
WIDTH_PX = 286


@dataclass(frozen=True)
class FactsWanted:
    """A request for the facts of one photo as its row stands now."""

    row: PhotoRow


class Meter(QWidget):
    """A line from 0 to 100 with a mark: where a value stands among good photos."""

    def __init__(self, line: EvidenceLine, theme: Theme, parent: QWidget | None = None) -> None:
        """Show one value."""
        super().__init__(parent)
        self._line = line
        self._theme = theme
        self.setAccessibleName(f"{line.words}: {line.standing}")
        self.setToolTip(f"{line.words}: {line.standing}. {line.value}")

    def sizeHint(self) -> QSize:
        """Return two lines of text and the line under them."""
        return QSize(WIDTH_PX - 40, 2 * self.fontMetrics().height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, the value, the line and its mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.fontMetrics().height()
        box = self.rect()
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(self._theme.text))
        metrics = self.fontMetrics()
        room = box.width() - metrics.horizontalAdvance(self._line.standing) - 10
        words = metrics.elidedText(self._line.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, left, words)
        colour = colour_of("flagged" if self._line.is_unusual else "waiting", self._theme)
        painter.setPen(colour)
        painter.drawText(box, right, self._line.standing)
        # The mark keeps its whole shape at both ends.
        track = QRectF(6, height + 6, box.width() - 12, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.line))
        painter.drawRoundedRect(track, 2, 2)
        x = track.left() + track.width() * self._line.percentile / 100
        painter.setBrush(colour)
        mark = QRectF(x - 5, track.center().y() - 5, 10, 10)
        if self._line.is_unusual:  # a shape of its own, for whoever sees no colours
            middle = mark.center()
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(middle.x(), mark.top() - 1),
                        QPointF(mark.right() + 1, middle.y()),
                        QPointF(middle.x(), mark.bottom() + 1),
                        QPointF(mark.left() - 1, middle.y()),
                    ]
                )
            )
        else:
            painter.drawEllipse(mark)


class InfoPanel(QScrollArea):
    """What is known of the current photo."""

    def __init__(
        self,
        read: Callable[[FactsWanted], Facts],
        theme: Theme,
        good_scores: Sequence[float] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Show facts.

        Args:
            read: gives evidence and camera data; runs in another thread.
            theme: the colours.
            good_scores: quantiles of the score among good photos, empty where not known.
            parent: the window.
        """
        super().__init__(parent)
        self.setObjectName("infoPanel")
        self.setWidgetResizable(True)
        self.setFixedWidth(WIDTH_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self._good_scores = good_scores
        self._row: PhotoRow | None = None
        self._strictness = 0.0
        self._fetcher = Fetcher(read, capacity=1, parent=self)
        self._fetcher.answered.connect(self._take)
        self._show(None)

    def show_photo(self, row: PhotoRow | None, strictness: float) -> None:
        """Show what the row says at once, the rest when it has been read."""
        if row == self._row and strictness == self._strictness:
            return
        same_photo = row is not None and self._row is not None and row.path == self._row.path
        self._row, self._strictness = row, strictness
        if not same_photo:
            self._show(None)
        if row is not None:
            self._fetcher.ask(FactsWanted(row))

    def close_threads(self) -> None:
        """End the thread that reads."""
        self._fetcher.close()

    @Slot(object, object)
    def _take(self, wanted: FactsWanted, facts: Facts) -> None:
        if wanted.row == self._row:
            self._show(facts)

    def _show(self, facts: Facts | None) -> None:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(6)
        row = self._row
        if row is None:
            layout.addWidget(text(tr("No photo chosen"), "muted"))
        else:
            layout.addWidget(text(printable(os.path.basename(row.path)), "verdict"))
            self._add_verdict(layout, row)
            if facts is not None and facts.evidence:
                self._add_evidence(layout, facts)
            _add_lines(layout, tr("SCORES"), score_lines(row))
            if facts is not None and facts.exif is not None:
                _add_lines(layout, tr("CAMERA"), camera_lines(facts.exif))
            _add_lines(layout, tr("FILE"), file_lines(row))
        layout.addStretch(1)
        self.setWidget(inside)

    def _add_verdict(self, layout: QVBoxLayout, row: PhotoRow) -> None:
        badge = verdict(row, self._strictness)
        if badge.words:
            label = text(badge.words, "verdict")
            label.setStyleSheet(f"color: {colour_of(badge.name, self._theme).name()};")
            layout.addWidget(label)
        words = why(row, self._strictness) or reason_words(row.reason)
        if words:
            layout.addWidget(text(words[:1].upper() + words[1:]))
        if row.percentile is not None:
            layout.addWidget(text(worse_than(row.percentile), "muted"))
            self._add_chart(layout, row, row.percentile)
        if row.error_message:
            layout.addWidget(text(trouble(row)))

    def _add_chart(self, layout: QVBoxLayout, row: PhotoRow, percentile: float) -> None:
        plot = None
        if row.score is not None:
            plot = score_plot(self._good_scores, row.score, self._strictness)
        if plot is not None:
            layout.addSpacing(4)
            layout.addWidget(ScoreChart(plot, worse_than(percentile), self._theme))

    def _add_evidence(self, layout: QVBoxLayout, facts: Facts) -> None:
        layout.addSpacing(8)
        layout.addWidget(section(tr("AMONG GOOD PHOTOS")))
        for line in evidence_lines(facts.evidence):
            layout.addWidget(Meter(line, self._theme))


def _add_lines(layout: QVBoxLayout, heading: str, lines: Sequence[tuple[str, str]]) -> None:
    if not lines:
        return
    layout.addSpacing(8)
    layout.addWidget(section(heading))
    frame = QFrame()
    form = QFormLayout(frame)
    form.setContentsMargins(8, 0, 0, 0)
    form.setVerticalSpacing(4)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    for name, value in lines:
        form.addRow(text(name, "muted"), text(value))
    layout.addWidget(frame)
