"""Each window without a mouse, without eyes, and on a small screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QDialog,
    QLabel,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from lqalbum.gui import screens
from lqalbum.gui.settingsdialog import SettingsDialog
from lqalbum.gui.texts import Line
from lqalbum.gui.translation import Catalogues
from lqalbum.gui.window import SIZE_AT_FIRST, MainWindow
from tests.gui.test_album_tools import write_burst
from tests.gui.test_window import indexed

# 1366 x 768 px at 150 %.
SMALL_SCREEN = QSize(910, 512)
Opened = Callable[[str], QDialog]


@pytest.fixture
def small_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    class Small:
        def availableSize(self) -> QSize:  # noqa: N802  # Qt's own name
            return SMALL_SCREEN

    real = screens.open_with_size

    def on_a_small_one(window: QWidget, wanted: QSize) -> None:
        monkeypatch.setattr(window, "screen", Small, raising=False)
        real(window, wanted)

    for room in ("adapt", "bursts", "exportdialog", "selftest", "history", "settingsdialog"):
        monkeypatch.setattr(f"lqalbum.gui.{room}.open_with_size", on_a_small_one)


@pytest.fixture
def opened(open_window, photos, qtbot, small_screen) -> Opened:
    write_burst(photos, "shot", 3)
    shutil.copy(
        photos / "good0.jpg", photos / "a name that is as long as the ones of some phones.jpg"
    )
    window = indexed(open_window(), qtbot, photos)
    tools = window.album_tools

    def open_one(name: str) -> QDialog:
        if name == "settings":
            dialog: Any = SettingsDialog(window.settings, "words", 500, window)
            dialog.take_folders("all", window.session.library.watched_folders())
            dialog.show()
            qtbot.addWidget(dialog)
        elif name == "history":
            window.tools.show_history()
            dialog = window.tools.history
        else:
            getattr(tools, f"show_{name}")()
            dialog = getattr(tools, name)
            qtbot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
        qtbot.waitExposed(dialog)
        dialog.activateWindow()  # the window's own keys stay with the window then
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return open_one


def reachable(widget: QWidget) -> list[QWidget]:
    """What the tab key should reach: all that can be used now."""
    return [
        one
        for one in widget.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not isinstance(one, QLabel | QScrollArea)
    ]


def spoken(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else str(interface.text(QAccessible.Text.Name))


DIALOGS = ("bursts", "export", "self_test", "adapt", "history", "settings")


def reached(dialog: QDialog, qtbot, steps: int) -> list[QWidget]:
    """What has the keyboard as the tab key is pressed again and again."""
    seen = []
    for _ in range(steps):
        seen.append(dialog.focusWidget())
        qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
    return seen


def sticking_out(dialog: QDialog) -> list[str]:
    """Buttons that are not whole within the dialog, what scrolls left out."""
    return [
        button.text()
        for button in dialog.findChildren(QAbstractButton)
        if button.isVisible()
        and not any(isinstance(above, QAbstractScrollArea) for above in ancestors(button, dialog))
        and not dialog.rect().contains(button.mapTo(dialog, button.rect().bottomRight()))
    ]


@pytest.mark.parametrize("name", DIALOGS)
def test_it_is_used_without_mouse_or_eyes_and_on_a_small_screen(opened, qtbot, name):
    dialog = opened(name)
    assert dialog.width() <= SMALL_SCREEN.width()
    assert dialog.height() <= SMALL_SCREEN.height()
    assert sticking_out(dialog) == []
    wanted = reachable(dialog)
    assert wanted
    assert [one for one in wanted if not spoken(one)] == []
    seen = reached(dialog, qtbot, len(wanted) + 6)
    assert [spoken(one) for one in wanted if one not in seen] == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def ancestors(widget: QWidget, top: QWidget) -> Iterator[QWidget]:
    above = widget.parentWidget()
    while above is not None and above is not top:
        yield above
        above = above.parentWidget()


@pytest.mark.parametrize("name", DIALOGS)
def test_escape_closes_it(opened, qtbot, name):
    dialog = opened(name)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_the_window_itself_fits_a_small_screen(open_window, qtbot):
    window: MainWindow = open_window()
    window.resize(SIZE_AT_FIRST.boundedTo(SMALL_SCREEN))
    assert window.height() <= SMALL_SCREEN.height()
    needed = window.centralWidget().minimumSizeHint().height()
    assert needed <= window.minimumHeight()


def crowded_out(label: QLabel) -> bool:
    """Whether a label has less room than its words need."""
    needed = label.minimumSizeHint()
    return label.width() < needed.width() or label.height() < needed.height()


def test_a_line_without_room_for_a_few_letters_is_left_empty(qapp, qtbot):
    line = Line("", fills=False)
    qtbot.addWidget(line)
    line.setText("48 photos looked at")
    line.resize(200, 20)

    def is_blank() -> bool:
        shown = line.grab().toImage()
        return len({shown.pixel(x, y) for x in range(shown.width()) for y in range(20)}) == 1

    assert not is_blank()
    line.resize(30, 20)
    assert is_blank()


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_upper_bar_leaves_words_out_where_there_is_no_room(qapp, open_window, qtbot, code):
    catalogues = Catalogues(qapp)
    catalogues.use(code)
    try:
        window = open_window()
        bar = window.top_bar
        for width in (1600, 1366, 1280, 1200, 1100, 900, 1280, 1600):
            window.resize(width, 600)
            qtbot.waitUntil(lambda: bar.minimumSizeHint().width() <= bar.width(), timeout=3000)
            named = [label for _, label in bar._labelled]
            assert all(label.isVisible() for label in named)
            qtbot.waitUntil(lambda named=named: not any(map(crowded_out, named)), timeout=3000)
        assert "n = 500" in bar._strictness_note.text()
    finally:
        catalogues.use("en")


def test_each_part_of_the_settings_is_used_without_mouse_or_eyes(opened, qtbot):
    dialog = opened("settings")
    tabs = dialog.findChild(QTabWidget)
    assert tabs.count() >= 4
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        name = tabs.tabText(number)
        tabs.tabBar().setFocus()
        wanted = reachable(dialog)
        assert [type(one).__name__ for one in wanted if not spoken(one)] == [], name
        assert sticking_out(dialog) == [], name
        seen = reached(dialog, qtbot, len(wanted) + 6)
        assert [spoken(one) for one in wanted if one not in seen] == [], name


@pytest.mark.parametrize("place", ["loupe", "compare"])
def test_photos_looked_at_closely_have_spoken_names_and_keys(open_window, photos, qtbot, place):
    window = indexed(open_window(), qtbot, photos)
    qtbot.waitExposed(window)
    window.session.select((), window.session.current)
    getattr(window.centre, f"toggle_{place}")()
    page = getattr(window, place)
    assert window.centre.currentWidget() is page
    assert page.hasFocus() or page.isAncestorOf(window.focusWidget())
    assert [type(one).__name__ for one in reachable(page) if not spoken(one)] == []
    before = window.session.current
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert window.session.current != before
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_G)
    assert window.centre.currentWidget() is window.grid
