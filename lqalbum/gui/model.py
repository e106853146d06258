"""The photos in view as Qt wants to see them: positions and words, no pictures, no disk."""

from __future__ import annotations

import os

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from lqalbum.review import PhotoRow
from lqalbum.review.session import ReviewSession
from lqalbum.review.wording import describe, printable

Index = QModelIndex | QPersistentModelIndex


class PhotoModel(QAbstractListModel):
    """A list model over the photos of a review session."""

    def __init__(self, session: ReviewSession, parent: QObject | None = None) -> None:
        """Show the photos in the session's view."""
        super().__init__(parent)
        self.session = session
        self._shown = session.photos.listing.version

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """Return the number of photos in view."""
        return 0 if parent.isValid() else len(self.session.photos.listing)

    def photo_at(self, position: int) -> PhotoRow:
        """Return the photo at a position in view."""
        return self.session.photos.row(self.session.photos.listing[position])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words for a photo; they are for tooltips and screen readers."""
        if not 0 <= index.row() < len(self.session.photos.listing):
            return None
        row = self.photo_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return printable(os.path.basename(row.path))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return describe(row, self.session.photos.view.strictness)
        return None

    def refresh(self) -> bool:
        """Follow the session; returns whether photos came, went or changed places."""
        version = self.session.photos.listing.version
        if version == self._shown:
            return False
        self._shown = version
        self.beginResetModel()
        self.endResetModel()
        return True
