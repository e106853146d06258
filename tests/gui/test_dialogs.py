import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from lqalbum.gui.dialogs import BulkPrompt, KeyList
from lqalbum.review.keys import BINDINGS
from lqalbum.review.wording import Prompt

PROMPT = Prompt(
    "Move 12 photos to the trash?", "24 MB in all.", "Move 12 photos to the trash", "Leave them"
)


@pytest.fixture
def prompt(qtbot):
    dialog = BulkPrompt(PROMPT)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape])
@pytest.mark.parametrize("focus", ["cancel", "confirm"])
def test_r24_enter_and_escape_never_delete_wherever_the_focus_is(prompt, qtbot, key, focus):
    button = getattr(prompt, focus)
    button.setFocus()
    accepted = []
    prompt.accepted.connect(lambda: accepted.append(True))
    qtbot.keyClick(button, key)
    assert not prompt.isVisible()
    assert prompt.result() == QDialog.DialogCode.Rejected
    assert accepted == []


def test_a_click_or_the_space_bar_on_the_button_deletes(prompt, qtbot):
    prompt.confirm.setFocus()
    qtbot.keyClick(prompt.confirm, Qt.Key.Key_Space)
    assert prompt.result() == QDialog.DialogCode.Accepted


def test_the_list_of_keys_has_them_all(qtbot):
    dialog = KeyList(BINDINGS)
    qtbot.addWidget(dialog)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert {binding.words for binding in BINDINGS} <= words
    assert "D or X or Delete" in words
