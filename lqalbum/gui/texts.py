"""Labels: words that come from outside are never taken for markup, long ones fit their room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

# Fewer letters and an ellipsis say nothing.
_LEAST_LETTERS = 10


def text(words: str, role: str = "") -> QLabel:
    """Return a label that wraps its words.

    Args:
        words: shown as they are.
        role: what the style sheet knows it by, such as `muted`.
    """
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setProperty("role", role)
    return label


def column(words: str, width_px: int, role: str = "") -> QLabel:
    """Return a label of one width, as high as its words need there; forms do not ask for that."""
    label = text(words, role)
    label.setFixedWidth(width_px)
    label.setMinimumHeight(label.heightForWidth(width_px))
    return label


class Line(QLabel):
    """One line of words that takes the room there is, and ends in an ellipsis where that is little.

    A plain label asks for all of its words, and so would make a window wider than its screen.
    """

    def __init__(self, role: str, *, fills: bool, parent: QWidget | None = None) -> None:
        """Start without words.

        Args:
            role: what the style sheet knows it by, such as `muted`.
            fills: whether it takes all the room that is left, instead of what its words need.
            parent: the owner.
        """
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        wanted = QSizePolicy.Policy.Ignored if fills else QSizePolicy.Policy.Preferred
        self.setSizePolicy(wanted, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Ask for hardly anything."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the words as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room, metrics = self.contentsRect(), self.fontMetrics()
        is_cut = metrics.horizontalAdvance(self.text()) > room.width()
        if is_cut and room.width() < _LEAST_LETTERS * metrics.averageCharWidth():
            return
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment(), shown)
