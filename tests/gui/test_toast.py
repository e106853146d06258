"""Messages that pass by: told to those who listen, and closed without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from lqalbum.gui import toast as toast_room
from lqalbum.gui.toast import ToastBar
from lqalbum.review.wording import Toast
from tests.gui.test_window import indexed, press

Key = Qt.Key
Politeness = QAccessible.AnnouncementPoliteness


@pytest.fixture
def announced(monkeypatch):
    """What a screen reader is given to say, and how urgently."""
    said = []

    def take(event):
        said.append((event.message(), event.politeness()))

    monkeypatch.setattr(toast_room.QAccessible, "updateAccessibility", take)
    return said


def test_messages_are_announced_and_problems_at_once(qtbot, announced):
    below = QWidget()
    qtbot.addWidget(below)
    bar = ToastBar(below)
    bar.tell(Toast("Kept a.jpg."))
    bar.tell(Toast("The disk is full.", is_problem=True))
    assert announced == [
        ("Kept a.jpg.", Politeness.Polite),
        ("The disk is full.", Politeness.Assertive),
    ]


def test_escape_closes_a_problem_first_and_only_then_the_loupe(open_window, photos, qtbot):
    window = indexed(open_window(), qtbot, photos)
    press(window, qtbot, Key.Key_Space)
    window.toast.tell(Toast("The disk is full.", is_problem=True))
    press(window, qtbot, Key.Key_Escape)
    assert not window.toast.isVisible()
    assert window.centre.is_loupe_open
    press(window, qtbot, Key.Key_Escape)
    assert not window.centre.is_loupe_open


def test_escape_leaves_a_message_that_passes_by_itself(open_window, photos, qtbot):
    window = indexed(open_window(), qtbot, photos)
    press(window, qtbot, Key.Key_Space)
    window.toast.tell(Toast("Kept a.jpg."))
    press(window, qtbot, Key.Key_Escape)
    assert window.toast.isVisible()
    assert not window.centre.is_loupe_open


def test_the_buttons_of_a_message_are_reached_with_the_tab_key(open_window, qtbot):
    window = open_window()
    for button in (window.toast.undo, window.toast.dismiss):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
