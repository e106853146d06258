"""The line over the files that could not be read: how many, why, and another try."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from lqalbum.review import PhotoRow
from lqalbum.review.language import tr
from lqalbum.review.unread import unread_words


class UnreadBar(QFrame):
    """Tells the reasons with their counts.

    Attributes:
        again_asked: the paths of the files that are to be read again.
    """

    again_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin hidden."""
        super().__init__(parent)
        self.setObjectName("unreadBar")
        self._paths: tuple[str, ...] = ()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.setSpacing(12)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.again = QPushButton(tr("Try again"))
        self.again.setToolTip(tr("Read these files anew, also those that have not changed since"))
        self.again.clicked.connect(self._ask)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.again)
        self.hide()

    def follow(self, rows: Sequence[PhotoRow], *, is_indexing: bool) -> None:
        """Show these files, or hide where there is none.

        Args:
            rows: what is shown below.
            is_indexing: they may be about to be read again.
        """
        unread = [row for row in rows if row.status == "error"]
        self._paths = tuple(row.path for row in unread)
        self.setVisible(bool(unread))
        self.again.setEnabled(not is_indexing)
        if unread:
            self.words.setText(unread_words(unread))

    @Slot()
    def _ask(self) -> None:
        self.again_asked.emit(self._paths)
