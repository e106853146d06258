"""Compare, 100 %, history, settings, keys and about, driven as a person does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from lqalbum.gui import history as history_room
from lqalbum.gui import tools as tools_room
from lqalbum.gui.about import AboutDialog
from lqalbum.gui.history import HistoryDialog
from lqalbum.gui.settingsdialog import SettingsDialog
from lqalbum.jobs.about import Component, components
from lqalbum.review.keys import BINDINGS, PRESETS, bindings, collisions
from lqalbum.settings import Settings
from tests.gui.conftest import write_photo
from tests.gui.test_window import current, indexed, names, press, settled

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(open_window, photos, qtbot):
    write_photo(photos / "large.jpg", noisy=False, seed=9, size=(3000, 2200))
    window = open_window()
    qtbot.waitExposed(window)
    return indexed(window, qtbot, photos)


def choose(window, name):
    listing = window.session.photos.listing
    ids = {row.path.rpartition("/")[2]: i for i in listing if (row := window.session.photos.row(i))}
    window.centre.go_to(ids[name])


# 100 %


def test_z_shows_the_original_pixel_by_pixel_and_again_the_whole(window, qtbot):
    choose(window, "large.jpg")
    press(window, qtbot, Key.Key_Z)
    loupe = window.loupe
    assert window.centre.is_loupe_open
    assert "100 %" in loupe.photo.title
    qtbot.waitUntil(lambda: loupe.photo.picture.width() == 3000, timeout=30_000)
    assert "reading" not in loupe.photo.title
    place = loupe.photo._picture_place()
    assert place.width() * loupe.devicePixelRatioF() == pytest.approx(3000, abs=1)
    press(window, qtbot, Key.Key_Z)
    assert loupe.zoom.factor == 1
    assert loupe.photo.title == "Photo"


def test_z_before_any_picture_came_reads_the_original_all_the_same(window, qtbot, monkeypatch):
    monkeypatch.setattr(window.centre, "_thumbnail", lambda row: QImage())
    choose(window, "large.jpg")
    press(window, qtbot, Key.Key_Z)
    assert not window.loupe.photo.has_picture
    qtbot.waitUntil(lambda: window.loupe.photo.picture.width() == 3000, timeout=30_000)


def test_looking_at_whole_photos_reads_no_original(window, qtbot):
    choose(window, "large.jpg")
    press(window, qtbot, Key.Key_Space)
    qtbot.waitUntil(lambda: window.loupe.photo.picture.width() > 1000, timeout=30_000)
    assert not window.loupe._zoomed.isActive()
    assert window.loupe.photo.picture.width() == 2048


def test_the_point_under_the_pointer_keeps_its_place(window, qtbot, monkeypatch):
    choose(window, "large.jpg")
    press(window, qtbot, Key.Key_Space)
    pane = window.loupe.photo
    qtbot.waitUntil(lambda: pane.picture.width() > 1000, timeout=30_000)
    point = QPoint(pane.width() // 3, pane.height() // 2)
    monkeypatch.setattr(pane, "mapFromGlobal", lambda _: point)
    before = pane.share_at_pointer()
    press(window, qtbot, Key.Key_Z)
    after = pane.share_at_pointer()
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=0.01)


def test_the_reconstruction_is_shown_while_its_key_is_held(window, qtbot):
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_Space)
    loupe = window.loupe
    qtbot.waitUntil(lambda: loupe.reconstruction.has_picture and loupe.photo.has_picture)
    qtbot.keyPress(loupe, Key.Key_R)
    assert loupe.photo.picture == loupe.reconstruction.picture
    qtbot.keyRelease(loupe, Key.Key_R)
    assert loupe.photo.picture != loupe.reconstruction.picture


# Compare


def test_two_photos_are_compared_and_keys_act_on_the_framed_one(window, qtbot, photos):
    window.set_filter("flagged")
    first, second, third = names(window)
    press(window, qtbot, Key.Key_C)
    compare = window.compare
    assert window.centre.is_comparing
    shown = [side.row.path.rpartition("/")[2] for side in compare.sides]
    assert shown == [first, second]
    assert current(window) == second
    panes = [side.pane for side in compare.sides]
    qtbot.waitUntil(lambda: all(pane.picture.width() >= 360 for pane in panes), timeout=20_000)
    compare.zoom.set(3.0, compare.zoom.centre)
    assert compare.sides[0].pane._zoom is compare.sides[1].pane._zoom
    press(window, qtbot, Key.Key_D)
    settled(window, qtbot)
    assert not (photos / second).exists()
    assert [side.row.path.rpartition("/")[2] for side in compare.sides] == [first, third]
    qtbot.keyClick(compare, Key.Key_Tab)
    assert current(window) == first
    press(window, qtbot, Key.Key_K)
    settled(window, qtbot)
    assert (photos / first).exists()
    assert window.side_bar.buttons["kept"].count == 1
    press(window, qtbot, Key.Key_Escape)
    assert not window.centre.is_comparing


def test_comparing_steps_past_the_photo_it_is_compared_with(window, qtbot):
    window.session.set_sort("name")
    window._refresh()
    press(window, qtbot, Key.Key_Home)
    order = names(window)
    press(window, qtbot, Key.Key_C)
    qtbot.keyClick(window.compare, Key.Key_Right)
    assert current(window) == order[2]
    qtbot.keyClick(window.compare, Key.Key_Left)
    qtbot.keyClick(window.compare, Key.Key_Left)
    assert current(window) == order[1]
    assert window.compare.sides[0].row.path.endswith(order[0])


def test_one_photo_alone_is_not_compared(window, qtbot):
    window.set_filter("errors")
    press(window, qtbot, Key.Key_C)
    assert not window.centre.is_comparing
    assert "needs two" in window.toast.words.text()


# History


def opened_history(window, qtbot, lines) -> HistoryDialog:
    press(window, qtbot, Key.Key_H, Control)
    dialog = window.tools.history
    qtbot.waitUntil(lambda: len(dialog.model.lines) == lines, timeout=10_000)
    return dialog


def test_the_history_shows_the_record_and_brings_a_photo_back(window, qtbot, photos):
    window.set_filter("flagged")
    deleted = current(window)
    press(window, qtbot, Key.Key_D)
    press(window, qtbot, Key.Key_K)
    settled(window, qtbot)
    dialog = opened_history(window, qtbot, 1)
    line = dialog.model.lines[0]
    assert (line.name, line.state, line.can_return) == (deleted, "In the trash", True)
    qtbot.waitUntil(lambda: all(not label.pixmap().isNull() for label in dialog.pictures.values()))
    told = " ".join(label.text() for label in dialog.record.findChildren(QLabel))
    assert "strong noise" in told
    assert str(photos / deleted) in told
    dialog.deletes_only.setChecked(False)
    assert len(dialog.model.lines) == 2
    dialog.deletes_only.setChecked(True)
    dialog.bring_back.click()
    qtbot.waitUntil((photos / deleted).exists, timeout=10_000)
    settled(window, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.model.lines) and not dialog.model.lines[0].can_return)
    assert not dialog.bring_back.isEnabled()
    qtbot.keyClick(dialog.table, Key.Key_Escape)
    assert window.tools.history is None


def test_what_was_emptied_from_the_trash_is_said_to_be_gone(window, qtbot, photos):
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_D)
    settled(window, qtbot)
    (record,) = window.session.library.history()
    Path(record.trash_path).rename(photos.parent / "emptied.jpg")
    dialog = opened_history(window, qtbot, 1)
    assert dialog.model.lines[0].state == "No longer in the trash"
    assert not dialog.bring_back.isEnabled()


@pytest.mark.parametrize("yes", [True, False])
def test_forgetting_asks_first(window, qtbot, monkeypatch, yes):
    asked = []

    def ask(prompt, parent, title):
        asked.append(prompt)
        return yes

    monkeypatch.setattr(history_room.BulkPrompt, "ask", ask)
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_D)
    settled(window, qtbot)
    dialog = opened_history(window, qtbot, 1)
    dialog.forget.click()
    assert "Forget 1 delete?" in asked[0].question
    assert "1 photo still in the system's trash" in asked[0].details
    if yes:
        qtbot.waitUntil(lambda: not dialog.model.lines, timeout=10_000)
        assert window.side_bar.buttons["deleted"].count == 0
        assert "forgotten" in window.toast.words.text()
    else:
        assert len(window.session.library.history()) == 1


# Settings, keys, menu, about


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_uses_a_key_twice(name):
    assert collisions(bindings(PRESETS[name])) == {}
    assert set(PRESETS[name]) <= {binding.name for binding in BINDINGS}


def test_settings_come_back_as_they_were_or_changed(qtbot):
    before = Settings(strictness=0.0321, model="/models/mine.safetensors", jobs=3, theme="light")
    dialog = SettingsDialog(before, "words")
    qtbot.addWidget(dialog)
    assert dialog.settings() == before
    dialog.theme.setCurrentIndex(0)
    dialog.jobs.setValue(1)
    dialog.strictness.setCurrentIndex(0)
    changed = dialog.settings()
    assert (changed.theme, changed.jobs, changed.strictness) == ("dark", 1, 0.001)
    assert changed.model == before.model


def test_new_keys_work_at_once_and_another_theme_opens_the_window_anew(window, qtbot):
    asked = []
    window.reopen_asked.connect(asked.append)
    window._take_settings(replace(window.settings, key_bindings={"keep": "Ctrl+K"}))
    assert asked == []
    kept = window.side_bar.buttons["kept"]
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_K)
    settled(window, qtbot)
    assert kept.count == 0
    press(window, qtbot, Key.Key_K, Control)
    settled(window, qtbot)
    assert kept.count == 1
    window._take_settings(replace(window.settings, theme="light"))
    assert [settings.theme for settings in asked] == ["light"]


def test_the_menu_names_what_the_window_can_do(window, photos):
    menu = window.top_bar.menu.menu()
    menu.aboutToShow.emit()
    words = [action.text() for action in menu.actions() if action.text()]
    assert {"Settings", "Recent folders", "About LQ Album", "All keys"} <= set(words)
    assert [action.text() for action in window.menu.recent.actions()] == [str(photos)]


def test_about_names_versions_and_licences(qtbot):
    parts = components()
    assert {part.name.lower() for part in parts} >= {"lq album", "python", "torch", "pillow"}
    assert all(part.version for part in parts)
    dialog = AboutDialog([*parts, Component("Silent", "1", "")])
    qtbot.addWidget(dialog)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert {part.name for part in parts[1:]} <= words
    assert "see its package" in words
    assert "" not in words


def test_words_name_the_keys_that_were_chosen(window, qtbot):
    chosen = {"keep": "Ctrl+K", "undo": "F8", "loupe": "L", "search": "F3"}
    window._take_settings(replace(window.settings, key_bindings=chosen))
    assert window.bottom_bar.keep.text() == "Keep  Ctrl+K"
    assert "Ctrl+K" in window.bottom_bar.keep.toolTip()
    assert "F3" in window.top_bar.search.placeholderText()
    assert "F8" in window.side_bar.buttons["deleted"].toolTip()
    window.set_filter("flagged")
    assert "L looks closer" in window.bottom_bar.hint.text()
    press(window, qtbot, Key.Key_D)
    settled(window, qtbot)
    assert "F8 brings it back" in window.toast.words.text()
    window._take_settings(replace(window.settings, key_bindings={}))
    assert window.bottom_bar.keep.text() == "Keep  K"


@pytest.mark.parametrize(
    ("desktop", "opens", "asked_for"),
    [
        ("ubuntu:GNOME", "trash", ["trash"]),
        ("KDE", "file", ["trash", "file"]),
        # Qt reports success there, too, though nothing comes up.
        ("sway", "trash file", ["file"]),
        ("", "trash file", ["file"]),
        ("", "", ["file"]),
    ],
)
def test_the_trash_is_opened_by_name_or_by_its_folder(
    window, monkeypatch, desktop, opens, asked_for
):
    asked = []
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    monkeypatch.setattr(tools_room.sys, "platform", "linux")
    monkeypatch.setattr(tools_room, "trash_address", lambda: "file:///home/me/.Trash/files")

    def open_url(url):
        asked.append(url.scheme())
        return url.scheme() in opens.split()

    monkeypatch.setattr(tools_room.QDesktopServices, "openUrl", open_url)
    window.tools.open_trash()
    assert asked == asked_for
    words = window.toast.words.text()
    assert ("file manager" in words) == (opens == "")
    assert ("/home/me/.Trash/files" in words) == ("file" in asked_for)


# A closer look: scale, depth, room


def test_a_pane_that_changes_its_size_keeps_the_pixels_as_large_as_they_are(window, qtbot):
    choose(window, "large.jpg")
    press(window, qtbot, Key.Key_Z)
    loupe = window.loupe
    qtbot.waitUntil(lambda: loupe.photo.picture.width() == 3000, timeout=30_000)
    for change in (Key.Key_H, Key.Key_I):
        before = loupe.photo.size()
        press(window, qtbot, change)
        qtbot.waitUntil(lambda before=before: loupe.photo.size() != before)
        assert "100 %" in loupe.photo.title
        assert loupe.photo._picture_place().width() == pytest.approx(3000, abs=1)
    window.resize(window.width() + 150, window.height() + 60)
    qtbot.waitUntil(lambda: loupe.photo._picture_place().width() == pytest.approx(3000, abs=1))
    assert "100 %" in loupe.photo.title


def test_z_shows_the_pixels_of_a_photo_that_is_smaller_than_its_pane(window, qtbot, photos):
    write_photo(photos / "small.jpg", noisy=False, seed=3, size=(160, 120))
    indexed(window, qtbot)
    choose(window, "small.jpg")
    press(window, qtbot, Key.Key_Space)
    loupe = window.loupe
    qtbot.waitUntil(lambda: loupe.photo.has_picture, timeout=20_000)
    enlarged = loupe.photo._picture_place().width()
    assert enlarged > 200
    press(window, qtbot, Key.Key_Z)
    assert loupe.photo.title.endswith("100 %")
    place = loupe.photo._picture_place()
    assert (place.width(), place.height()) == pytest.approx((160, 120), abs=1)
    assert place.center().x() == pytest.approx(loupe.photo._room().center().x(), abs=1)
    press(window, qtbot, Key.Key_Z)
    assert loupe.photo.title == "Photo"
    assert loupe.photo._picture_place().width() == enlarged


def test_where_nothing_is_imagined_the_dial_says_nothing_of_it(window, qtbot):
    press(window, qtbot, Key.Key_Space)
    loupe = window.loupe
    qtbot.waitUntil(lambda: "imagined" in loupe._depth_words.text(), timeout=20_000)
    assert loupe.dial.isEnabled()
    choose(window, "text.jpg")
    assert loupe._depth_words.text() == "Depth"
    assert not loupe.dial.isEnabled()
    choose(window, "large.jpg")
    assert "imagined" in loupe._depth_words.text()
    assert "grid" not in loupe._depth_words.text()  # there it stands alone
    assert loupe.dial.isEnabled()
    choose(window, "noisy0.jpg")
    assert "as in the grid" in loupe._depth_words.text()


def test_without_the_heat_map_the_reconstruction_has_its_room(window, qtbot):
    choose(window, "large.jpg")
    press(window, qtbot, Key.Key_Space)
    loupe = window.loupe
    qtbot.waitUntil(lambda: loupe.reconstruction.height() < loupe.photo.height() // 2 + 20)
    press(window, qtbot, Key.Key_H)
    qtbot.waitUntil(lambda: loupe.reconstruction.height() == loupe.photo.height())
    assert loupe.reconstruction.width() == pytest.approx(loupe.photo.width(), abs=2)
    press(window, qtbot, Key.Key_H)
    qtbot.waitUntil(lambda: loupe.reconstruction.height() < loupe.photo.height() // 2 + 20)


def test_a_title_without_room_for_all_its_words_says_it_in_fewer(window, qtbot):
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_Space)
    pane = window.loupe.heat_map
    qtbot.waitUntil(lambda: "S_KL" in pane.title, timeout=20_000)
    assert pane.fontMetrics().horizontalAdvance(pane.brief_title) < 200
    for width, words in ((600, pane.title), (210, pane.brief_title)):
        pane.resize(width, 300)
        assert pane.shown_title() == words
