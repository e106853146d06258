"""What stands in the middle when there are no photos to show: what to do next."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from lqalbum.review.keys import key
from lqalbum.review.language import tr
from lqalbum.review.wording import printable

RECENT_SHOWN = 5
WORDS_PX = 560


class EmptyState(QWidget):
    """Says why nothing is shown and offers the next step.

    Attributes:
        add_folder_asked: a person wants to choose a folder.
        folder_chosen: a person chose a recent folder.
        show_all_asked: a person wants to see all photos.
    """

    add_folder_asked = Signal()
    folder_chosen = Signal(str)
    show_all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay out heading, words and buttons."""
        super().__init__(parent)
        self.setObjectName("emptyState")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(12)
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words.setWordWrap(True)
        self.words.setFixedWidth(WORDS_PX)
        self.add = QPushButton(tr("Choose a folder…"))
        self.add.setProperty("role", "primary")
        self.add.clicked.connect(self.add_folder_asked)
        self.all = QPushButton(tr("Show all photos"))
        self.all.clicked.connect(self.show_all_asked)
        self._recent = QVBoxLayout()
        self._recent_heading = QLabel(tr("Recent folders"))
        self._recent_heading.setProperty("role", "muted")
        self._layout.addStretch(2)
        for widget in (self.heading, self.words, self.add, self.all, self._recent_heading):
            self._layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addLayout(self._recent)
        self._layout.addStretch(3)

    def welcome(self, recent: Sequence[str], searched: str = "") -> None:
        """Greet somebody whose album is empty.

        Args:
            recent: folders chosen before, newest first.
            searched: a folder in which no picture was found, empty if none was searched.
        """
        self._say(
            tr("No pictures in {folder}", folder=printable(os.path.basename(searched) or searched))
            if searched
            else tr("Which photos are not worth keeping?"),
            tr(
                "Choose the folder with your photos, or drop it here. LQ Album looks at each "
                "photo, shows the doubtful ones beside what it expected to see, and lets you "
                "keep ({keep}) or delete ({delete}) them with one key. Nothing leaves this "
                "computer; deleted photos go to the trash and come back with {undo}.",
                keep=key("keep"),
                delete=key("delete"),
                undo=key("undo"),
            ),
        )
        self.add.show()
        self.all.hide()
        self._list_recent(recent)

    def nothing_here(
        self, heading: str, words: str, *, can_show_all: bool, can_add: bool = False
    ) -> None:
        """Say that this view has no photos.

        Args:
            heading: what is the matter.
            words: what can be done.
            can_show_all: whether another view has some.
            can_add: whether another folder may have some.
        """
        self._say(heading, words)
        self.add.setVisible(can_add)
        self.all.setVisible(can_show_all)
        self._list_recent(())

    def waiting(self, words: str) -> None:
        """Say that the first photos are on their way."""
        self._say(tr("Looking for photos…"), words)
        self.add.hide()
        self.all.hide()
        self._list_recent(())

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(700, 500)

    def _say(self, heading: str, words: str) -> None:
        self.heading.setText(heading)
        self.words.setText(words)
        # A label that wraps does not tell a centring layout how high it is.
        self.words.setFixedHeight(self.words.heightForWidth(WORDS_PX))

    def _list_recent(self, folders: Sequence[str]) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            button = item.widget()
            if button is not None:
                button.hide()
                button.deleteLater()
        shown = folders[:RECENT_SHOWN]
        self._recent_heading.setVisible(bool(shown))
        for folder in shown:
            button = RecentButton(folder)
            button.chosen.connect(self._tell_folder)
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    @Slot(str)
    def _tell_folder(self, folder: str) -> None:
        self.folder_chosen.emit(folder)


class RecentButton(QPushButton):
    """One recent folder.

    Attributes:
        chosen: the folder.
    """

    chosen = Signal(str)

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        """Show a folder by its name, with the whole path as tooltip."""
        super().__init__(parent)
        self._folder = folder
        name = printable(folder)
        home = os.path.expanduser("~")
        short = "~" + name[len(home) :] if name.startswith(home + os.sep) else name
        room = 460
        shown = self.fontMetrics().elidedText(short, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown.replace("&", "&&"))  # one would underline what follows
        self.setToolTip(name)
        self.setProperty("role", "link")
        self.clicked.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self._folder)
