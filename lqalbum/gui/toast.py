"""A message at the lower edge of the photos that passes by itself, with a button to undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from lqalbum.review.keys import key
from lqalbum.review.language import tr
from lqalbum.review.wording import Toast

SHOWN_MS = 7000
# A problem waits until it is closed or the next message comes.
_MARGIN_PX = 18


def announce(widget: QWidget, words: str, *, is_problem: bool) -> None:
    """Have a screen reader say what comes up on the screen without having the keyboard.

    Args:
        widget: where it stands.
        words: what to say.
        is_problem: say it at once, in the middle of something else.
    """
    event = QAccessibleAnnouncementEvent(widget, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if is_problem else politeness.Polite)
    QAccessible.updateAccessibility(event)


class ToastBar(QFrame):
    """Floats over its parent's lower edge.

    Attributes:
        undo_asked: a person pressed the button to undo.
    """

    undo_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Float over `parent`."""
        super().__init__(parent)
        self.setObjectName("toast")
        self._over = parent
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(12)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = QPushButton(tr("Undo"))
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.undo.clicked.connect(self.undo_asked)
        self.dismiss = QPushButton(tr("Close"))
        self.dismiss.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dismiss.clicked.connect(self.hide)
        for widget in (self.words, self.undo, self.dismiss):
            layout.addWidget(widget)
        layout.setStretch(0, 1)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, toast: Toast) -> None:
        """Show a message in place of the one before."""
        if not toast.text:
            return
        self.words.setText(toast.text)
        self.setAccessibleName(toast.text)
        self.undo.setVisible(toast.undoable)
        self.undo.setToolTip(tr("Undo ({key})", key=key("undo")))
        self.setProperty("problem", toast.is_problem)
        self.style().unpolish(self)
        self.style().polish(self)
        self._place()
        self.show()
        self.raise_()
        self._timer.stop()
        if not toast.is_problem:
            self._timer.start()
        announce(self, toast.text, is_problem=toast.is_problem)

    def close_problem(self) -> bool:
        """Close a message that waits to be closed; returns whether there was one."""
        if not self.isVisible() or self._timer.isActive():
            return False
        self.hide()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the parent changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        over = self._over
        buttons = self.undo.sizeHint().width() + self.dismiss.sizeHint().width() + 70
        words = self.words.fontMetrics().horizontalAdvance(self.words.text()) + 12
        width = min(over.width() - 2 * _MARGIN_PX, words + buttons, 900)
        # Wrapped words are higher, the narrower they are.
        height = self.heightForWidth(width)
        self.setGeometry(
            (over.width() - width) // 2, over.height() - height - _MARGIN_PX, width, height
        )
