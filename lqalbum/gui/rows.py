"""Pieces that several windows have in common: rows of buttons, and the bar above a closer look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from lqalbum.review.language import tr


def button_row(left: Sequence[QWidget], right: Sequence[QWidget] = ()) -> QHBoxLayout:
    """Return buttons and other widgets in a row, room between the two groups.

    Enter presses none of the buttons unless it has the focus.
    """
    row = QHBoxLayout()
    for widget in left:
        row.addWidget(widget)
    row.addStretch(1)
    for widget in right:
        row.addWidget(widget)
    for widget in (*left, *right):
        if isinstance(widget, QPushButton):
            widget.setAutoDefault(False)
    return row


class CloseBar(QWidget):
    """A bar at the edge of a closer look; widgets are added to its layout.

    Attributes:
        across: the layout.
    """

    def __init__(self, *widgets: QWidget, spacing_px: int = 10) -> None:
        """Put widgets beside each other, the last of which takes the room that is left."""
        super().__init__()
        self.setObjectName("loupeBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.across = QHBoxLayout(self)
        self.across.setContentsMargins(12, 6, 12, 6)
        self.across.setSpacing(spacing_px)
        for widget in widgets:
            self.across.addWidget(widget, 1 if widget is widgets[-1] else 0)


def back_button() -> QPushButton:
    """Return the button that leads back to the grid; its keys come with `say_keys`."""
    return QPushButton(tr("Back to the grid"))
