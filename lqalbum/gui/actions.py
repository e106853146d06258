"""What the window can do, by name: actions with the keys a person has chosen, and the menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from lqalbum.review.keys import bindings
from lqalbum.review.language import tr
from lqalbum.review.wording import printable

# The menu by names of actions; an empty name is a line between groups.
_MENU = ("open", "rescan", "", "history", "undo", "redo", "", "settings", "help")


class Actions(QObject):
    """The actions of a window.

    Attributes:
        by_name: an action for each binding but those in `held`.
        held: the keys of what no action does, by name: what lasts as long as a key is held, and
            what is done in another window.
    """

    def __init__(
        self, window: QWidget, photos: QWidget, runs: Mapping[str, Callable[[], object]]
    ) -> None:
        """Make actions.

        Args:
            window: where their keys work.
            photos: where the key of the loupe works.
            runs: what each action does, by its name.
        """
        super().__init__(window)
        self.by_name: dict[str, QAction] = {}
        self.held: dict[str, list[QKeySequence]] = {}
        for name, run in runs.items():
            action = QAction(window)
            action.triggered.connect(run)
            owner = window
            if name == "loupe":  # elsewhere the space bar presses buttons
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                owner = photos
            owner.addAction(action)
            self.by_name[name] = action

    def set_keys(self, chosen: Mapping[str, str]) -> None:
        """Give the actions the keys that a person has chosen."""
        for name, binding in bindings(chosen).items():
            sequences = [QKeySequence(key) for key in binding.keys]
            action = self.by_name.get(name)
            if action is None:  # no shortcut tells of what is held down
                self.held[name] = sequences
            else:
                action.setText(binding.words)
                action.setShortcuts(sequences)


class Menu(QMenu):
    """The menu at the left of the upper edge.

    Attributes:
        folder_chosen: one of the recent folders.
        about_asked: a person wants to see versions and licences.
    """

    folder_chosen = Signal(str)
    about_asked = Signal()

    def __init__(
        self,
        actions: Mapping[str, QAction],
        recent_folders: Callable[[], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        """List actions; `recent_folders` is asked each time the menu opens."""
        super().__init__(parent)
        self._recent_folders = recent_folders
        for name in _MENU:
            if name:
                self.addAction(actions[name])
            else:
                self.addSeparator()
        self._settings = actions["settings"]
        self.recent = QMenu(tr("Recent folders"), self)
        self.recent.triggered.connect(self._open_recent)
        self.insertMenu(actions["rescan"], self.recent)
        self.aboutToShow.connect(self._list_recent)
        self.addAction(tr("About LQ Album")).triggered.connect(self.about_asked)
        self.addSeparator()
        self.addAction(actions["quit"])

    def add_tools(self, tools: Mapping[str, Callable[[], object]]) -> None:
        """List what can be done with the whole album, words and what they do."""
        for words, run in tools.items():
            action = QAction(words, self)
            action.triggered.connect(run)
            self.insertAction(self._settings, action)
        self.insertSeparator(self._settings)

    @Slot()
    def _list_recent(self) -> None:
        self.recent.clear()
        folders = self._recent_folders()
        for folder in folders:
            # An ampersand would underline the letter after it.
            action = self.recent.addAction(printable(folder).replace("&", "&&"))
            action.setData(folder)
        self.recent.setEnabled(bool(folders))

    @Slot(QAction)
    def _open_recent(self, action: QAction) -> None:
        self.folder_chosen.emit(str(action.data()))
