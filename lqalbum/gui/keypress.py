"""Which key a person pressed, as the tables of keys write it."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_MODIFIERS = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
    | {Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_unknown}
)


def pressed(event: QKeyEvent) -> QKeySequence:
    """Return the key of an event with Shift, Ctrl, Alt and Meta; empty where it is only these.

    Shift does not count where it merely makes the character, as in "?".
    """
    if event.key() in _MODIFIERS:
        return QKeySequence()
    counted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    counted |= Qt.KeyboardModifier.MetaModifier
    written = event.text()[:1]
    if not written.isprintable() or not written.strip() or written.isalnum():
        counted |= Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(event.modifiers() & counted, Qt.Key(event.key())))
