"""Where things lie: the folders of photos that the library watches, and the library itself."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.rows import button_row
from lqalbum.gui.sidebar import section
from lqalbum.gui.texts import text
from lqalbum.review import WatchedFolder
from lqalbum.review.language import tr
from lqalbum.review.watching import FolderChanges, FolderLine, folder_lines

_ROWS_SHOWN = 5
_COUNT_COLUMN = 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FolderTable(QTableWidget):
    """Folders, each with the number of its photos and its state."""

    def __init__(self) -> None:
        """Start without folders."""
        super().__init__(0, 3)
        self.setAccessibleName(tr("Folders of photos"))
        self.setHorizontalHeaderLabels([tr("Folder"), tr("Photos"), tr("State")])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        height = self.fontMetrics().height() + 10
        self.verticalHeader().setDefaultSectionSize(height)
        self.setMinimumHeight(height * (_ROWS_SHOWN + 1))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_lines(self, lines: Sequence[FolderLine]) -> None:
        """Show these folders; the line that was chosen stays so."""
        place = max(0, self.currentRow())
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, words in enumerate((line.name, line.photos, line.state)):
                item = QTableWidgetItem(words)
                item.setToolTip(line.name)
                if column == _COUNT_COLUMN:
                    item.setTextAlignment(_RIGHT)
                self.setItem(row, column, item)
        if lines:
            self.selectRow(min(place, len(lines) - 1))


class Places(QWidget):
    """A page of the settings; what is changed here is done once the settings are saved.

    Attributes:
        changes: what is to become of the list.
        library: the field with the library's folder.
    """

    def __init__(self, library: str, parent: QWidget | None = None) -> None:
        """Show where the library is; its folders come with `show_folders`."""
        super().__init__(parent)
        self._library_before = library
        self._watched: Sequence[WatchedFolder] = ()
        self._lines: Sequence[FolderLine] = ()
        self.changes = FolderChanges()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(section(tr("FOLDERS OF PHOTOS")))
        self.table = FolderTable()
        self.table.itemSelectionChanged.connect(self._follow_choice)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._folder_buttons())
        layout.addWidget(
            text(
                tr(
                    "A folder that leaves the list is not looked at any more. Its photos and "
                    "everything decided on them stay as they are."
                ),
                "muted",
            )
        )
        layout.addSpacing(8)
        layout.addWidget(section(tr("LIBRARY")))
        layout.addLayout(self._library_row(library))
        layout.addWidget(
            text(
                tr(
                    "Holds scores, thumbnails and the record of your decisions, never photos. "
                    "Another folder opens the window anew: with the library in it, or with a new "
                    "one. The earlier one stays where it is."
                ),
                "muted",
            )
        )
        self._show()

    def show_folders(self, watched: Sequence[WatchedFolder]) -> None:
        """List the folders that are watched now."""
        self._watched = watched
        self._show()

    def chosen_library(self) -> str:
        """Return the library's folder, absolute; as it was where the field is empty."""
        named = self.library.text().strip()
        if not named or named == self._library_before:
            return self._library_before
        return os.path.abspath(os.path.expanduser(named))

    def _folder_buttons(self) -> QHBoxLayout:
        self.add = QPushButton(tr("Add folder…"))
        self.add.clicked.connect(self._add)
        self.remove = QPushButton(tr("Remove from the list"))
        self.remove.clicked.connect(self._toggle)
        self.open = QPushButton(tr("Show"))
        self.open.setToolTip(tr("Show the folder in the file manager"))
        self.open.clicked.connect(self._open_folder)
        return button_row((self.add, self.remove, self.open))

    def _library_row(self, library: str) -> QHBoxLayout:
        self.library = QLineEdit(library)
        self.library.setAccessibleName(tr("Library folder"))
        self.library.setCursorPosition(0)
        self.library.textChanged.connect(self._follow_choice)
        self.choose = QPushButton(tr("Choose…"))
        self.choose.setAccessibleName(tr("Choose another library folder"))
        self.choose.clicked.connect(self._choose_library)
        self.show_library = QPushButton(tr("Show"))
        self.show_library.setAccessibleName(tr("Show the library folder"))
        self.show_library.clicked.connect(self._open_library)
        row = QHBoxLayout()
        row.addWidget(self.library, 1)
        for button in (self.choose, self.show_library):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _show(self) -> None:
        self._lines = folder_lines(self._watched, self.changes)
        self.table.show_lines(self._lines)
        self._follow_choice()

    def _chosen(self) -> str | None:
        row = self.table.currentRow()
        return self._lines[row].path if 0 <= row < len(self._lines) else None

    @Slot()
    def _follow_choice(self) -> None:
        chosen = self._chosen()
        # Another library watches other folders.
        is_same = self.chosen_library() == self._library_before
        self.table.setEnabled(is_same)
        self.add.setEnabled(is_same)
        self.remove.setEnabled(is_same and chosen is not None)
        self.open.setEnabled(is_same and chosen is not None)
        is_leaving = chosen is not None and chosen in self.changes.removed
        self.remove.setText(
            tr("Leave it on the list") if is_leaving else tr("Remove from the list")
        )

    @Slot()
    def _add(self) -> None:
        start = self._chosen() or os.path.expanduser("~")
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose a folder of photos"), start)
        if chosen:
            folder = os.path.realpath(chosen)
            self.changes = self.changes.with_added(folder, self._watched)
            self._show()

    @Slot()
    def _toggle(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.changes = self.changes.toggled(chosen)
            self._show()

    @Slot()
    def _open_folder(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(chosen))

    @Slot()
    def _open_library(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.chosen_library()))

    @Slot()
    def _choose_library(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Library folder"), self.library.text())
        if chosen:
            self.library.setText(chosen)
