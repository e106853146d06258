"""The few windows in front of the window: the question before a bulk delete, the list of keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.sidebar import section
from lqalbum.review.keys import Binding
from lqalbum.review.language import tr
from lqalbum.review.wording import Prompt


class BulkPrompt(QDialog):
    """Asks before several photos are moved; Enter and Escape both mean no."""

    def __init__(self, prompt: Prompt, parent: QWidget | None = None, title: str = "") -> None:
        """Ask a question."""
        super().__init__(parent)
        self.setWindowTitle(title or tr("Move to the trash"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(12)
        question = QLabel(prompt.question)
        question.setProperty("role", "verdict")
        details = QLabel(prompt.details)
        details.setWordWrap(True)
        details.setTextFormat(Qt.TextFormat.PlainText)
        details.setMinimumWidth(440)
        buttons = QDialogButtonBox()
        self.confirm = QPushButton(prompt.confirm)
        self.cancel = QPushButton(prompt.refuse)
        # A button that is not "auto default" leaves Enter to the dialog.
        self.confirm.setAutoDefault(False)
        self.cancel.setDefault(True)
        buttons.addButton(self.confirm, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.confirm.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        for widget in (question, details, buttons):
            layout.addWidget(widget)
        self.cancel.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Escape for no, wherever the focus is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.reject()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def ask(prompt: Prompt, parent: QWidget, title: str = "") -> bool:
        """Ask and wait; returns whether a person said yes with a click or the space bar."""
        return BulkPrompt(prompt, parent, title).exec() == QDialog.DialogCode.Accepted


class KeyList(QDialog):
    """The list of keys."""

    def __init__(self, bindings: Iterable[Binding], parent: QWidget | None = None) -> None:
        """List the bindings under their headings."""
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        across = QHBoxLayout()
        across.setSpacing(34)
        for column in _columns(bindings):
            across.addLayout(_key_table(column), 1)
        layout.addLayout(across)
        note = QLabel(
            tr("The arrow keys go from photo to photo. No key deletes anything for good.")
        )
        note.setProperty("role", "muted")
        note.setContentsMargins(8, 12, 0, 6)
        layout.addWidget(note)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _columns(bindings: Iterable[Binding]) -> tuple[list[Binding], list[Binding]]:
    """Share whole groups out to two columns of about the same height."""
    groups: dict[str, list[Binding]] = {}
    for binding in bindings:
        groups.setdefault(binding.group, []).append(binding)
    columns: tuple[list[Binding], list[Binding]] = ([], [])
    for group in groups.values():
        min(columns, key=len).extend(group)
    return columns


def _key_table(bindings: Iterable[Binding]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(22)
    grid.setVerticalSpacing(7)
    group = ""
    for binding in bindings:
        if binding.group != group:
            group = binding.group
            grid.addWidget(section(group.upper()), grid.rowCount(), 0, 1, 2)
        line = grid.rowCount()
        keys = QLabel(binding.shown)
        keys.setContentsMargins(8, 0, 0, 0)
        keys.setStyleSheet("font-weight: 600;")
        grid.addWidget(keys, line, 0)
        grid.addWidget(QLabel(binding.words), line, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid
