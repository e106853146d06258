"""The folders of the album as a tree with counts."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from lqalbum.review.folders import Folder
from lqalbum.review.language import number, tr
from lqalbum.review.wording import photos, printable

_PATH = Qt.ItemDataRole.UserRole
_COUNT_COLUMN = 1


class FolderTree(QTreeWidget):
    """Lets a person choose one folder with all below it, or all folders.

    Attributes:
        folder_chosen: the path of a folder, None for all.
    """

    folder_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with the line for all folders."""
        super().__init__(parent)
        self.setObjectName("folderTree")
        self.setAccessibleName(tr("Folders"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(13)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # The keyboard stays with the photos until somebody goes here with the tab key.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(16)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_COUNT_COLUMN, QHeaderView.ResizeMode.ResizeToContents)
        self._items: dict[str | None, QTreeWidgetItem] = {}
        self._shown: Sequence[Folder] = ()
        self._add(None, None, tr("All folders"), tr("Photos of all folders"))
        self.currentItemChanged.connect(self._tell)

    def show_folders(self, folders: Sequence[Folder], chosen: str | None) -> None:
        """Show folders, each after the one it is in, and mark one of them."""
        with QSignalBlocker(self):
            if folders is not self._shown:
                self._follow(folders)
            item = self._items.get(chosen)
            if item is not None and item is not self.currentItem():
                self.setCurrentItem(item)

    def words(self) -> dict[str | None, tuple[str, str]]:
        """Return what stands in each line by its folder: the name and the count."""
        return {path: (item.text(0), item.text(1)) for path, item in self._items.items()}

    def _follow(self, folders: Sequence[Folder]) -> None:
        self._shown = folders
        for path in self._items.keys() - {folder.path for folder in folders} - {None}:
            self._remove(path)
        for folder in folders:
            if folder.path not in self._items:
                name = os.path.basename(folder.path) or folder.path
                self._add(folder.path, folder.parent, printable(name), printable(folder.path))
            self._count(folder.path, folder.photos)
        self._count(None, sum(folder.photos for folder in folders if folder.parent is None))

    def _add(self, path: str | None, parent: str | None, name: str, tip: str) -> None:
        item = QTreeWidgetItem([name, ""])
        item.setData(0, _PATH, path)
        item.setToolTip(0, tip)
        item.setTextAlignment(_COUNT_COLUMN, Qt.AlignmentFlag.AlignRight)
        self._items[path] = item
        above = None if parent is None else self._items.get(parent)
        if above is None:
            self.insertTopLevelItem(self._place(self.invisibleRootItem(), name), item)
            item.setExpanded(True)
        else:
            above.insertChild(self._place(above, name), item)

    def _place(self, above: QTreeWidgetItem, name: str) -> int:
        """Return where a new line goes: after the last one whose name comes before."""
        place = above.childCount()
        while place > 0:
            before = above.child(place - 1)
            if before is None or before.data(0, _PATH) is None or before.text(0) <= name:
                break
            place -= 1
        return place

    def _remove(self, path: str | None) -> None:
        item = self._items.pop(path)
        above = item.parent() or self.invisibleRootItem()
        above.removeChild(item)

    def _count(self, path: str | None, count: int) -> None:
        item, shown = self._items[path], number(count)
        if item.text(_COUNT_COLUMN) != shown:
            item.setText(_COUNT_COLUMN, shown)
            spoken = f"{item.text(0)}, {photos(count)}"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)

    @Slot()
    def _tell(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.folder_chosen.emit(item.data(0, _PATH))
