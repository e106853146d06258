"""Other keys, chosen by pressing them, and what they do then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from lqalbum.gui.settingsdialog import SettingsDialog
from lqalbum.review.keys import PRESETS, bindings
from lqalbum.settings import Settings
from tests.gui.test_window import indexed, press

Key = Qt.Key
Modifier = Qt.KeyboardModifier
NONE, CONTROL, SHIFT = Modifier.NoModifier, Modifier.ControlModifier, Modifier.ShiftModifier


@pytest.fixture
def dialog(qtbot):
    dialog = SettingsDialog(Settings(), "words")
    qtbot.addWidget(dialog)
    dialog.tabs.setCurrentWidget(dialog.keys)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def press_in(dialog, qtbot, name, key, modifier=NONE):
    """Click into the field of an action and press a key; returns what the field shows then."""
    field = dialog.keys.fields[name]
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.keyClick(field, key, modifier)
    return field.text()


@pytest.mark.parametrize(
    ("key", "modifier", "written"),
    [
        (Key.Key_J, NONE, "J"),
        (Key.Key_J, CONTROL, "Ctrl+J"),
        (Key.Key_J, SHIFT, "Shift+J"),
        (Key.Key_F8, NONE, "F8"),
        (Key.Key_Semicolon, NONE, ";"),
        (Key.Key_3, Modifier.AltModifier, "Alt+3"),
    ],
)
def test_a_pressed_key_is_taken(dialog, qtbot, key, modifier, written):
    assert press_in(dialog, qtbot, "undecided", key, modifier) == written
    chosen = dialog.settings().key_bindings
    assert chosen == {"undecided": written}
    assert bindings(chosen)["undecided"].keys == (written,)
    assert dialog.keys.preset.currentText() == "My own keys"
    assert dialog.save.isEnabled()


def test_no_other_key_of_the_action_is_lost_unseen(dialog, qtbot):
    keep = dialog.keys.fields["keep"]
    assert keep.text() == "K or P"
    press_in(dialog, qtbot, "keep", Key.Key_K)
    assert keep.text() == "K or P"
    assert dialog.settings().key_bindings == {}
    assert dialog.keys.preset.currentText() == "LQ Album"
    assert press_in(dialog, qtbot, "keep", Key.Key_J) == "J"
    assert "K or P" in keep.toolTip()


def test_going_through_the_fields_changes_nothing(dialog, qtbot):
    keep = dialog.keys.fields["keep"]
    keep.setFocus()
    qtbot.keyClick(keep, Key.Key_Tab)
    assert not keep.hasFocus()
    assert dialog.settings().key_bindings == {}
    assert dialog.keys.trouble.isHidden()


def test_a_key_that_does_something_else_is_named(dialog, qtbot):
    press_in(dialog, qtbot, "undecided", Key.Key_P)
    assert dialog.keys.trouble.text().startswith("P would do two things: Keep; Undecided")
    assert not dialog.save.isEnabled()
    press_in(dialog, qtbot, "undecided", Key.Key_U)
    assert dialog.keys.trouble.isHidden()
    assert dialog.save.isEnabled()


def test_the_button_in_the_field_brings_the_usual_keys_back(dialog, qtbot):
    press_in(dialog, qtbot, "keep", Key.Key_J)
    field = dialog.keys.fields["keep"]
    (button,) = field.findChildren(QToolButton)
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert field.text() == "K or P"
    assert dialog.settings().key_bindings == {}
    assert not button.isVisible()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Key.Key_Left, NONE),
        (Key.Key_Down, SHIFT),
        (Key.Key_Home, NONE),
        (Key.Key_Return, NONE),
        (Key.Key_Space, NONE),
        (Key.Key_0, NONE),
        (Key.Key_5, NONE),
    ],
)
def test_keys_that_move_and_ratings_are_refused_with_words(dialog, qtbot, key, modifier):
    before = dialog.keys.fields["keep"].text()
    assert press_in(dialog, qtbot, "keep", key, modifier) == before
    assert dialog.isVisible()
    assert "choose another key" in dialog.keys.trouble.text()
    assert dialog.settings().key_bindings == {}
    assert dialog.save.isEnabled()


def test_escape_in_a_field_closes_the_dialog(dialog, qtbot):
    press_in(dialog, qtbot, "keep", Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.settings().key_bindings == {}


def test_a_preset_and_single_keys_are_taken_over(dialog, qtbot):
    editor = dialog.keys
    editor.preset.setCurrentText("Lightroom")
    editor._take_preset(editor.preset.currentIndex())
    assert dialog.settings().key_bindings == PRESETS["Lightroom"]
    assert editor.fields["delete"].text() == "X or Delete"
    press_in(dialog, qtbot, "undecided", Key.Key_J)
    assert dialog.settings().key_bindings == {**PRESETS["Lightroom"], "undecided": "J"}
    assert editor.preset.currentText() == "My own keys"


def test_a_key_with_shift_shows_the_reconstruction_as_long_as_it_is_held(
    open_window, photos, qtbot
):
    window = indexed(open_window(), qtbot, photos)
    window._take_settings(replace(window.settings, key_bindings={"flick": "Shift+R"}))
    press(window, qtbot, Key.Key_Space)
    loupe = window.loupe
    qtbot.waitUntil(lambda: loupe.reconstruction.has_picture, timeout=20_000)
    qtbot.keyPress(loupe, Key.Key_R)
    assert loupe.photo.title == "Photo"
    qtbot.keyRelease(loupe, Key.Key_R)
    qtbot.keyPress(loupe, Key.Key_R, SHIFT)
    assert loupe.photo.title == "Reconstruction"
    assert loupe.photo.picture == loupe.reconstruction.picture
    qtbot.keyRelease(loupe, Key.Key_R)  # Shift was let go first
    assert loupe.photo.title == "Photo"
    assert loupe.photo.picture != loupe.reconstruction.picture
