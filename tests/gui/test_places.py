"""Watched folders and the library's place in the settings, over real files."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from lqalbum.gui import main, tools
from lqalbum.gui.settingsdialog import SettingsDialog
from lqalbum.library.library import Library
from lqalbum.library.records import WatchedFolder
from lqalbum.review.watching import FolderChanges
from lqalbum.settings import Settings, load_settings
from tests.gui.conftest import GOOD, NOISY, write_photo
from tests.gui.test_window import indexed, names, settled

WATCHED = (WatchedFolder("/photos/a", True, 12), WatchedFolder("/photos/b", False, 3))


@pytest.fixture
def window(open_window, photos, qtbot):
    window = open_window()
    qtbot.waitExposed(window)
    return indexed(window, qtbot, photos)


@pytest.fixture
def dialog(qtbot):
    dialog = SettingsDialog(Settings(library="/lib"), "words")
    qtbot.addWidget(dialog)
    dialog.take_folders("all", WATCHED)
    return dialog


def cells(table):
    rows, columns = range(table.rowCount()), range(table.columnCount())
    return [[table.item(row, column).text() for column in columns] for row in rows]


def test_folders_are_listed_removed_and_added(dialog, monkeypatch):
    places = dialog.places
    assert [row[:2] for row in cells(places.table)] == [["/photos/a", "12"], ["/photos/b", "3"]]
    assert dialog.folder_changes() == FolderChanges()
    places.table.selectRow(1)
    places.remove.click()
    assert cells(places.table)[1][2] == "Leaves the list"
    assert places.remove.text() == "Leave it on the list"
    assert places.table.currentRow() == 1
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: "/photos/c")
    places.add.click()
    assert cells(places.table)[2][2] == "Will be added"
    assert dialog.folder_changes() == FolderChanges(("/photos/c",), ("/photos/b",))


def test_another_library_has_folders_of_its_own(dialog, monkeypatch):
    places = dialog.places
    places.remove.click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: "/other")
    places.choose.click()
    assert dialog.settings().library == "/other"
    assert not places.table.isEnabled()
    assert not places.add.isEnabled()
    assert dialog.folder_changes() == FolderChanges()
    places.library.setText("~/mine")
    assert dialog.settings().library == os.path.expanduser("~/mine")
    places.library.setText("  ")
    assert dialog.settings().library == "/lib"
    assert dialog.folder_changes().removed == ("/photos/a",)


def test_the_page_is_used_with_the_keyboard_alone(dialog, qtbot):
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.tabs.setCurrentWidget(dialog.places)
    dialog.places.table.setFocus()
    qtbot.keyClick(dialog.places.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.places.table, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.places.add
    qtbot.keyClick(dialog.places.add, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    assert dialog.folder_changes().removed == ("/photos/b",)


def test_a_folder_removed_in_the_settings_is_gone_and_comes_back_with_its_decisions(
    window, photos, tmp_path, qtbot, monkeypatch
):
    other = tmp_path / "other"
    other.mkdir()
    write_photo(other / "alone.jpg", noisy=False, seed=50)
    window.session.select([window.session.photos.listing[0]])
    kept = names(window)[0]
    window._decide("keep")
    settled(window, qtbot)
    indexed(window, qtbot, other)
    window._set_folder(str(photos))
    seen = []

    def choose(dialog):
        qtbot.waitUntil(lambda: dialog.places.table.rowCount() == 2)
        seen.extend(cells(dialog.places.table))
        dialog.places.table.selectRow(1)
        dialog.places.remove.click()
        return True

    monkeypatch.setattr(tools.SettingsDialog, "exec", choose)
    with qtbot.waitSignal(window.indexer.stopped, timeout=60_000):
        window._show_settings()
    assert [row[:2] for row in seen] == [[str(other), "1"], [str(photos), str(GOOD + NOISY + 1)]]
    assert names(window) == ["alone.jpg"]
    assert window.session.view.folder is None
    assert set(window.side_bar.folders.words()) == {None, str(other)}
    assert "decisions are as they were" in window.toast.words.text()
    assert len(list(photos.iterdir())) == GOOD + NOISY + 1

    indexed(window, qtbot, photos)
    window.set_filter("kept")
    assert names(window) == [kept]


def test_removing_waits_for_the_index_that_runs(window, photos, qtbot):
    with qtbot.waitSignal(window.indexer.stopped, timeout=60_000):
        window.indexer.start()
        window._take_settings(window.settings, FolderChanges(removed=(str(photos),)))
    assert len(window.session.photos) == 0
    assert window.session.library.roots() == []


def test_changes_go_along_to_a_window_opened_anew(window, photos):
    changes = FolderChanges(removed=(str(photos),))
    window._take_settings(replace(window.settings, theme="light"), changes)
    assert window.folder_changes == changes
    assert len(window.session.photos) > 0


def test_a_library_that_cannot_be_used_leaves_the_earlier_one(tmp_path: Path, home, monkeypatch):
    told = []
    monkeypatch.setattr(main.QMessageBox, "warning", lambda *given: told.append(given[2]))
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    earlier = Settings(library=str(tmp_path / "library"))
    wanted = replace(earlier, library=str(blocked), theme="light")
    library, settings = main.reopen_library(wanted, earlier)
    with library:
        assert library.folder == tmp_path / "library"
    assert settings == replace(earlier, theme="light")
    assert "cannot be made" in told[0]
    assert "stays in use" in told[0]
    assert load_settings().library != str(blocked)


def test_another_library_is_kept_in_the_settings_once_it_is_open(window, tmp_path, home):
    other = str(tmp_path / "another")
    window._take_settings(replace(window.settings, library=other))
    assert load_settings().library != other
    library, settings = main.reopen_library(window.settings, window.album.settings)
    with library:
        assert isinstance(library, Library)
        assert library.folder == Path(other)
    assert load_settings().library == settings.library == other
