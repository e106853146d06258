"""What this program is, what it is made of, and under which licences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.screens import open_with_size
from lqalbum.gui.texts import text
from lqalbum.jobs.about import Component
from lqalbum.review.language import mark, tr

_WORDS = mark(
    "Finds the photos in your album that are not worth keeping, and shows why. It works offline, "
    "never deletes for good, and is free software under the Apache License 2.0."
)
_METHOD = mark(
    "After T. Nanaumi, K. Kawamoto, H. Kera, “Low-Quality Image Detection by Hierarchical VAE”, "
    "ICCV workshops 2023, and R. Child, “Very Deep VAEs”, ICLR 2021."
)


class AboutDialog(QDialog):
    """Versions and licences."""

    def __init__(self, parts: Sequence[Component], parent: QWidget | None = None) -> None:
        """List the parts."""
        super().__init__(parent)
        self.setWindowTitle(tr("About LQ Album"))
        open_with_size(self, QSize(560, 560))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(10)
        heading = QLabel(f"LQ Album {parts[0].version}")
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        layout.addWidget(text(tr(_WORDS)))
        layout.addWidget(text(tr(_METHOD), "muted"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(_table(parts[1:]))
        layout.addWidget(area, 1)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _table(parts: Sequence[Component]) -> QWidget:
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 6, 6, 6)
    grid.setHorizontalSpacing(18)
    for line, part in enumerate(parts):
        grid.addWidget(text(part.name), line, 0)
        grid.addWidget(text(part.version, "muted"), line, 1)
        grid.addWidget(text(part.licence or tr("see its package"), "muted"), line, 2)
    grid.setColumnStretch(2, 1)
    grid.setRowStretch(len(parts), 1)
    return inside
