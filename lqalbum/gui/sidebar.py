"""The left side: groups with live counts, album folders, and what lies in the trash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.foldertree import FolderTree
from lqalbum.gui.theme import Theme
from lqalbum.review.filters import FILTERS, FilterName
from lqalbum.review.folders import Folder
from lqalbum.review.keys import key
from lqalbum.review.language import mark, number, tr
from lqalbum.review.wording import photos

WIDTH_PX = 210
WORDS: dict[FilterName, tuple[str, str]] = {
    "all": (mark("All"), mark("Every photo that is not in the trash")),
    "flagged": (
        mark("Flagged"),
        mark("Probably not worth keeping, and not decided yet ({flagged})"),
    ),
    "unsure": (
        mark("Unsure"),
        mark("Near the limit: the detector itself is not sure. Not decided yet"),
    ),
    "undecided": (mark("Undecided"), mark("Neither kept nor deleted yet")),
    "kept": (mark("Kept"), mark("Photos you keep; they are not asked about again")),
    "deleted": (
        mark("Deleted"),
        mark("In the system's trash; {undecided} or {keep} brings one back, {undo} the last"),
    ),
    "screens": (
        mark("Screens and scans"),
        mark("Screenshots, drawings and scanned pages are never flagged"),
    ),
    "errors": (
        mark("Errors"),
        mark("Files that could not be read, each with the reason; never flagged"),
    ),
    "offline": (mark("Offline"), mark("On a drive that is not there, or gone from their folder")),
}


class CountButton(QPushButton):
    """A line of the side bar: a name at the left, a number at the right."""

    def __init__(self, words: str, theme: Theme, parent: QWidget | None = None) -> None:
        """Show a name; the number comes with `set_count`."""
        super().__init__(parent)
        self._theme = theme
        self.words = words
        self.count = 0
        self.setCheckable(True)
        self.setProperty("role", "group")
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show another number."""
        self.count = count
        self.setAccessibleName(f"{self.words}, {photos(count)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size that holds a short name; longer ones are shortened."""
        return QSize(WIDTH_PX - 24, self.fontMetrics().height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button's ground, then the name and the number."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        box = self.rect().adjusted(10, 0, -10, 0)
        count = number(self.count)
        metrics = QFontMetrics(self.font())
        painter.setPen(QColor(self._theme.text if self.count else self._theme.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        room = box.width() - metrics.horizontalAdvance(count) - 10
        name = metrics.elidedText(self.words, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


class SideBar(QWidget):
    """Groups, folders and the trash.

    Attributes:
        filter_chosen: the name of a group.
        folder_chosen: an album folder, or None for all of them.
        add_folder_asked: a person wants to add a folder.
        trash_asked: a person wants to see the system's trash.
    """

    filter_chosen = Signal(str)
    folder_chosen = Signal(object)
    add_folder_asked = Signal()
    trash_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Lay out the groups; folders come with `set_folders`."""
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("sideBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._filters = QButtonGroup(self)
        self.buttons: dict[FilterName, CountButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 12, 10, 10)
        layout.setSpacing(2)
        layout.addWidget(section(tr("PHOTOS")))
        for place, name in enumerate(FILTERS):
            button = CountButton(tr(WORDS[name][0]), theme)
            self.buttons[name] = button
            self._filters.addButton(button, place)
            layout.addWidget(button)
        layout.addSpacing(12)
        layout.addWidget(section(tr("FOLDERS")))
        self.folders = FolderTree()
        layout.addWidget(self.folders, 1)
        self.add_button = QPushButton(tr("Add folder…"))
        self.add_button.clicked.connect(self.add_folder_asked)
        layout.addWidget(self.add_button)
        self.trash_button = QPushButton()
        self.trash_button.setProperty("role", "link")
        self.trash_button.setToolTip(tr("Open the system's trash. LQ Album never empties it."))
        self.trash_button.clicked.connect(self.trash_asked)
        self.trash_button.hide()
        layout.addWidget(self.trash_button)
        self._filters.idClicked.connect(self._tell_filter)
        self.say_keys()
        self.folders.folder_chosen.connect(self.folder_chosen)

    def say_keys(self) -> None:
        """Name the keys in use."""
        names = {name: key(name) for name in ("flagged", "undecided", "keep", "undo")}
        for name, button in self.buttons.items():
            button.setToolTip(tr(WORDS[name][1], **names))
        self.add_button.setToolTip(tr("Add a folder of photos ({key})", key=key("open")))

    def show_view(self, name: FilterName) -> None:
        """Mark the group that is shown."""
        self.buttons[name].setChecked(True)

    def set_counts(self, counts: Mapping[FilterName, int]) -> None:
        """Show how many photos each group has."""
        for name, button in self.buttons.items():
            if button.count != counts[name]:
                button.set_count(counts[name])

    def set_folders(self, folders: Sequence[Folder], chosen: str | None) -> None:
        """List the album's folders with the number of photos in each."""
        self.folders.show_folders(folders, chosen)

    def set_trash(self, words: str) -> None:
        """Say what this library has put into the trash; nothing if it is empty."""
        self.trash_button.setText(words)
        self.trash_button.setVisible(bool(words))

    @Slot(int)
    def _tell_filter(self, place: int) -> None:
        self.filter_chosen.emit(FILTERS[place])


def section(words: str) -> QLabel:
    """Return a small heading."""
    label = QLabel(words)
    label.setProperty("role", "section")
    label.setContentsMargins(8, 2, 0, 3)
    return label
