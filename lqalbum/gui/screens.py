"""Sizes that fit the screen: small ones, and those on which everything is enlarged."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

# What a window's frame takes beside the window itself.
_FRAME_PX = QSize(0, 40)


def open_with_size(window: QWidget, wanted: QSize) -> None:
    """Give a window a size, or as much of it as there is on its screen."""
    room = window.screen().availableSize() - _FRAME_PX
    window.resize(wanted.boundedTo(room).expandedTo(window.minimumSize()))
