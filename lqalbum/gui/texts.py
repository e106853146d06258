"""Labels with words that come from outside: never taken for markup, and free to be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


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
