"""The window from opening a folder to a restart, driven by keys, over real files."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QScrollBar, QWidget

from lqalbum.gui.dialogs import BulkPrompt
from lqalbum.gui.emptystate import RecentButton
from lqalbum.gui.scorechart import ScoreChart
from lqalbum.gui.theme import DARK
from lqalbum.gui.tiles import tile_layout
from lqalbum.review.keys import BINDINGS, bindings
from tests.gui.conftest import GOOD, NOISY, write_photo

Key = Qt.Key
INDEX_MS = 60_000


def indexed(window, qtbot, folder=None):
    """Begin, and wait until the index is at rest."""
    with qtbot.waitSignal(window.indexer.stopped, timeout=INDEX_MS):
        window.begin(folder)
    return window


def names(window):
    photos = window.session.photos
    return [os.path.basename(photos.row(i).path) for i in photos.listing]


def current(window):
    row = window.session.current_row
    return None if row is None else os.path.basename(row.path)


def press(window, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def settled(window, qtbot):
    qtbot.waitUntil(lambda: not window.decisions.is_busy, timeout=10_000)


@pytest.fixture
def window(open_window, photos, qtbot):
    window = open_window()
    qtbot.waitExposed(window)
    return indexed(window, qtbot, photos)


def test_an_empty_album_says_what_to_do(open_window, qtbot):
    window = indexed(open_window(), qtbot)
    assert window.centre.currentWidget() is window.empty
    assert window.empty.add.isVisible()
    assert "drop" in window.empty.words.text()


def test_a_folder_without_pictures_says_so(open_window, qtbot, tmp_path):
    folder = tmp_path / "nothing"
    folder.mkdir()
    window = indexed(open_window(), qtbot, folder)
    assert window.empty.heading.text() == "No pictures in nothing"
    assert window.empty.add.isVisible()


def test_an_album_that_went_to_the_trash_says_so_and_offers_a_folder(window, qtbot):
    window.set_filter("all")
    window.session.select_all()
    window.decisions.carry_out(window.session.plan("delete"))
    settled(window, qtbot)
    assert window.centre.currentWidget() is window.empty
    assert "in the trash" in window.empty.heading.text()
    assert "Ctrl+Z" in window.empty.words.text()
    assert window.empty.add.isVisible()
    press(window, qtbot, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window, qtbot)
    assert window.centre.currentWidget() is window.grid


def test_a_recent_folder_is_shown_with_its_ampersand(qtbot):
    button = RecentButton("/photos/Fish & Chips")
    qtbot.addWidget(button)
    assert button.text() == "/photos/Fish && Chips"


def test_indexing_flags_counts_and_lists_errors_apart(window):
    counts = {name: button.count for name, button in window.side_bar.buttons.items()}
    assert counts["all"] == GOOD + NOISY + 1
    assert counts["flagged"] == NOISY
    assert counts["errors"] == 1
    assert set(names(window)[:NOISY]) == {f"noisy{n}.jpg" for n in range(NOISY)}
    assert names(window)[-1] == "text.jpg"
    assert "1 not readable" in window.bottom_bar.status.text()
    assert window.centre.currentWidget() is window.grid


def test_keep_delete_undo_and_restart(open_window, window, qtbot, photos):
    press(window, qtbot, Key.Key_F)
    first, second, third = names(window)
    before = (photos / second).read_bytes()
    press(window, qtbot, Key.Key_K)
    press(window, qtbot, Key.Key_D)
    settled(window, qtbot)
    assert names(window) == [third]
    assert current(window) == third
    assert not (photos / second).exists()
    assert second in window.toast.words.text()
    assert "Ctrl+Z" in window.toast.words.text()
    assert window.toast.isVisible()
    assert "1 photo" in window.side_bar.trash_button.text()

    again = indexed(open_window(), qtbot)
    assert again.side_bar.buttons["kept"].count == 1
    assert again.side_bar.buttons["deleted"].count == 1
    assert again.side_bar.buttons["flagged"].count == 1
    press(again, qtbot, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(again, qtbot)
    assert (photos / second).read_bytes() == before
    assert current(again) == second
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(again, qtbot, Key.Key_Z, shift)
    settled(again, qtbot)
    assert not (photos / second).exists()
    assert first in names(again)


@pytest.mark.parametrize("key", [Key.Key_D, Key.Key_X, Key.Key_Delete])
def test_every_delete_key_deletes_the_current_photo_alone(window, qtbot, photos, key):
    doomed = current(window)
    press(window, qtbot, key)
    settled(window, qtbot)
    assert not (photos / doomed).exists()
    assert len(list(photos.iterdir())) == GOOD + NOISY


def test_undecided_brings_a_photo_back_from_the_trash(window, qtbot, photos):
    doomed = current(window)
    press(window, qtbot, Key.Key_D)
    settled(window, qtbot)
    window.set_filter("deleted")
    assert names(window) == [doomed]
    press(window, qtbot, Key.Key_U)
    settled(window, qtbot)
    assert (photos / doomed).exists()
    assert window.centre.currentWidget() is window.empty


def test_a_decision_that_changes_nothing_says_so_goes_on_and_is_not_undone(window, qtbot):
    window.session.set_sort("name")
    window._show_from_start()
    first, second = names(window)[:2]
    press(window, qtbot, Key.Key_K)
    settled(window, qtbot)
    assert current(window) == second
    press(window, qtbot, Key.Key_U)
    assert second in window.toast.words.text()
    assert "already" in window.toast.words.text()
    assert current(window) == names(window)[2]
    press(window, qtbot, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window, qtbot)
    assert current(window) == first
    assert window.side_bar.buttons["kept"].count == 0


def test_fast_keys_decide_each_photo_once(window, qtbot, photos):
    window.set_filter("flagged")
    for _ in range(NOISY):
        press(window, qtbot, Key.Key_D)
    settled(window, qtbot)
    assert sorted(path.name for path in photos.iterdir()) == [
        *(f"good{number}.jpg" for number in range(GOOD)),
        "text.jpg",
    ]
    for _ in range(NOISY):
        press(window, qtbot, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window, qtbot)
    assert len(list(photos.iterdir())) == GOOD + NOISY + 1


@pytest.mark.parametrize("yes", [True, False])
def test_a_bulk_delete_asks_first_and_is_undone_as_one(window, qtbot, photos, monkeypatch, yes):
    asked = []

    def ask(prompt, parent):
        asked.append(prompt)
        return yes

    monkeypatch.setattr(BulkPrompt, "ask", ask)
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(window, qtbot, Key.Key_D)
    settled(window, qtbot)
    assert len(asked) == 1
    assert f"{NOISY} photos" in asked[0].question
    left = GOOD + NOISY + 1 - (NOISY if yes else 0)
    assert len(list(photos.iterdir())) == left
    if yes:
        press(window, qtbot, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settled(window, qtbot)
        assert len(list(photos.iterdir())) == GOOD + NOISY + 1


def test_the_buttons_decide_on_all_photos_chosen(window, qtbot):
    bar, left = window.bottom_bar, Qt.MouseButton.LeftButton
    assert bar.undecide.isVisible()
    assert not bar.chosen.isVisible()
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert bar.chosen.text() == f"{NOISY} photos chosen"
    qtbot.mouseClick(bar.keep, left)
    settled(window, qtbot)
    assert window.side_bar.buttons["kept"].count == NOISY
    assert not bar.undecide.isVisible()

    window.set_filter("kept")
    press(window, qtbot, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseClick(bar.undecide, left)
    settled(window, qtbot)
    assert window.side_bar.buttons["kept"].count == 0
    assert window.side_bar.buttons["flagged"].count == NOISY
    press(window, qtbot, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window, qtbot)
    assert window.side_bar.buttons["kept"].count == NOISY


def test_in_the_loupe_the_buttons_act_on_the_one_photo_seen(window, qtbot):
    press(window, qtbot, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert window.bottom_bar.chosen.isVisible()
    press(window, qtbot, Key.Key_Space)
    assert not window.bottom_bar.chosen.isVisible()
    window.bottom_bar.keep.click()
    settled(window, qtbot)
    assert window.side_bar.buttons["kept"].count == 1


def test_strictness_says_what_it_rests_on(window):
    note = window.top_bar._strictness_note
    # Wilson's interval for 15 of 500, from tables.
    assert note.isVisible()
    assert note.text() in ("95 %: 1.8 to 4.9, n = 500", "1.8–4.9, n = 500")
    window.top_bar.strictness.setValue(window.top_bar.strictness.maximum())
    assert "n = 500" in note.text()
    assert not note.text().startswith("1.8")


def test_without_a_model_strictness_claims_nothing(open_window, qtbot):
    window = indexed(open_window(with_model=False), qtbot)
    window.album = replace(window.album, calibration_size=0)
    window._refresh()
    assert not window.top_bar._strictness_note.isVisible()


def test_strictness_flags_anew_at_once(window):
    before = window.side_bar.buttons["flagged"].count
    window.top_bar.strictness.setValue(0)
    assert window.side_bar.buttons["flagged"].count < before
    assert "about 0.1 of 100" in window.top_bar._strictness_words.text()
    window.top_bar.strictness.setValue(window.top_bar.strictness.maximum())
    assert window.side_bar.buttons["flagged"].count >= before


def test_hidden_photos_are_counted_and_one_click_away(window, qtbot):
    window.set_filter("errors")
    assert names(window) == ["text.jpg"]
    assert window.bottom_bar.hidden.text().startswith(f"{GOOD + NOISY} hidden")
    qtbot.mouseClick(window.bottom_bar.hidden, Qt.MouseButton.LeftButton)
    assert len(names(window)) == GOOD + NOISY + 1
    assert not window.bottom_bar.hidden.isVisible()


def test_typing_in_the_search_decides_nothing(window, qtbot, photos):
    press(window, qtbot, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.top_bar.search.hasFocus()
    for letter in "good":
        qtbot.keyClick(window.top_bar.search, letter)
    qtbot.waitUntil(lambda: len(names(window)) == GOOD)
    assert len(list(photos.iterdir())) == GOOD + NOISY + 1
    press(window, qtbot, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(window)) == GOOD + NOISY + 1)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Down])
def test_a_key_leads_from_the_search_to_what_it_found(window, qtbot, key):
    press(window, qtbot, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    for letter in "good":
        press(window, qtbot, letter)
    press(window, qtbot, key)
    assert window.grid.hasFocus()
    assert len(names(window)) == GOOD
    kept = current(window)
    press(window, qtbot, Key.Key_K)
    settled(window, qtbot)
    assert window.side_bar.buttons["kept"].count == 1
    assert current(window) != kept
    assert window.top_bar.search.text() == "good"


def test_the_side_bar_counts_what_the_search_finds(window, qtbot):
    counts = window.side_bar.buttons
    press(window, qtbot, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    for letter in "noisy0":
        press(window, qtbot, letter)
    press(window, qtbot, Key.Key_Return)
    assert (counts["all"].count, counts["flagged"].count, counts["errors"].count) == (1, 1, 0)
    press(window, qtbot, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    press(window, qtbot, Key.Key_Escape)
    qtbot.waitUntil(lambda: counts["flagged"].count == NOISY)


def test_where_a_search_finds_nothing_the_keyboard_stays_with_its_text(window, qtbot):
    press(window, qtbot, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    for letter in "zzz":
        press(window, qtbot, letter)
    press(window, qtbot, Key.Key_Return)
    assert window.top_bar.search.hasFocus()
    assert names(window) == []


def test_the_tab_key_passes_over_the_button_within_the_search(window, qtbot):
    press(window, qtbot, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    press(window, qtbot, "g")
    press(window, qtbot, Key.Key_Tab)
    assert not window.top_bar.search.isAncestorOf(window.focusWidget())
    press(window, qtbot, Key.Key_Space)
    assert window.top_bar.search.text() == "g"


def test_the_loupe_shows_photo_reconstruction_and_map_and_its_dial_turns(window, qtbot):
    press(window, qtbot, Key.Key_Space)
    assert window.centre.is_loupe_open
    loupe = window.loupe
    qtbot.waitUntil(
        lambda: loupe.reconstruction.has_picture and loupe.heat_map.has_picture, timeout=20_000
    )
    qtbot.waitUntil(lambda: loupe.dial.isEnabled(), timeout=20_000)
    assert "as in the grid" in loupe._depth_words.text()
    before = loupe.reconstruction._image.copy()
    press(window, qtbot, Key.Key_BracketRight)
    assert "Depth 3 of 3" in loupe._depth_words.text()
    qtbot.waitUntil(lambda: loupe.reconstruction._image != before, timeout=20_000)
    first = current(window)
    press(window, qtbot, Key.Key_Right)
    assert current(window) != first
    press(window, qtbot, Key.Key_H)
    assert not loupe.heat_map.isVisible()
    press(window, qtbot, Key.Key_Escape)
    assert not window.centre.is_loupe_open


def test_the_loupe_decides_on_the_photo_it_shows_alone(window, qtbot, photos):
    press(window, qtbot, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(window, qtbot, Key.Key_Space)
    shown = current(window)
    press(window, qtbot, Key.Key_D)
    settled(window, qtbot)
    assert not (photos / shown).exists()
    assert len(list(photos.iterdir())) == GOOD + NOISY
    assert window.centre.is_loupe_open
    assert current(window) != shown


def test_the_reason_panel_says_why(window, qtbot):
    press(window, qtbot, Key.Key_I)
    assert window.info.isVisible()

    def words():
        return " ".join(label.text() for label in window.info.widget().findChildren(QLabel))

    qtbot.waitUntil(lambda: "AMONG GOOD PHOTOS" in words())
    for part in ("Flagged", "Strong noise", "of 100 good photos", "S_KL", "nats per dimension"):
        assert part in words()
    press(window, qtbot, Key.Key_I)
    assert not window.info.isVisible()


def test_a_dropped_folder_is_indexed(open_window, photos, qtbot):
    window = open_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photos))])
    drop = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(window.indexer.stopped, timeout=INDEX_MS):
        window.dropEvent(drop)
    assert len(names(window)) == GOOD + NOISY + 1
    assert window.settings.recent_folders == (str(photos),)


def test_a_folder_that_goes_offline_keeps_its_photos(window, qtbot, photos):
    photos.rename(photos.with_name("unplugged"))
    with qtbot.waitSignal(window.indexer.stopped, timeout=INDEX_MS):
        press(window, qtbot, Key.Key_F5)
    assert window.side_bar.buttons["offline"].count == GOOD + NOISY + 1
    assert "not there" in window.toast.words.text()
    window.set_filter("offline")
    press(window, qtbot, Key.Key_D)
    assert "offline" in window.toast.words.text()
    photos.with_name("unplugged").rename(photos)
    with qtbot.waitSignal(window.indexer.stopped, timeout=INDEX_MS):
        press(window, qtbot, Key.Key_F5)
    assert window.side_bar.buttons["offline"].count == 0
    assert window.side_bar.buttons["flagged"].count == NOISY


def test_a_paused_index_waits_and_goes_on(open_window, photos, qtbot):
    window = open_window()
    window.begin(photos)
    window.indexer.set_paused(True)
    qtbot.wait(300)
    assert window.indexer.is_running
    assert window.indexer.is_paused
    with qtbot.waitSignal(window.indexer.stopped, timeout=INDEX_MS):
        window.indexer.set_paused(False)
    assert window.side_bar.buttons["flagged"].count == NOISY


def test_without_a_model_what_was_read_is_shown_and_the_trouble_told(open_window, photos, qtbot):
    window = open_window(with_model=False)
    indexed(window, qtbot, photos)
    assert 0 < len(names(window)) <= GOOD + NOISY + 1
    assert len(names(window)) == len(window.session.library.rows())
    assert "no model" in window.toast.words.text()


def test_closing_in_the_middle_keeps_what_was_done(open_window, photos, qtbot):
    window = open_window()
    window.begin(photos)
    qtbot.waitUntil(lambda: len(window.session.photos) > 0, timeout=INDEX_MS)
    again = indexed(open_window(), qtbot)
    assert again.side_bar.buttons["flagged"].count == NOISY


def test_colour_is_not_the_only_sign_for_those_who_listen(window):
    index = window.centre.model.index(0)
    told = window.centre.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert "Flagged" in told
    assert "strong noise" in told
    button = window.side_bar.buttons["flagged"]
    assert button.accessibleName() == f"Flagged, {NOISY} photos"


def test_the_mouse_does_not_take_the_keyboard_from_the_photos(window, qtbot):
    window.grid.setFocus()
    qtbot.mouseClick(window.side_bar.buttons["flagged"], Qt.MouseButton.LeftButton)
    assert window.grid.hasFocus()
    first = current(window)
    press(window, qtbot, Key.Key_Right)
    assert current(window) != first


def test_keys_of_the_table_do_not_collide():
    keys = [key for binding in BINDINGS for key in binding.keys]
    assert len(keys) == len(set(keys))
    assert bindings({"keep": "Ctrl+K", "unknown": "Q"})["keep"].keys == ("Ctrl+K",)
    assert not {"0", "1", "2", "3", "4", "5"} & set(keys)


def crowded(bar):
    """The widgets of a bar that overlap, stick out or have less room than they need."""
    shown = [w for w in bar.children() if isinstance(w, QWidget) and w.isVisible()]
    assert len(shown) > 3
    return [
        widget
        for widget in shown
        if not bar.rect().contains(widget.geometry())
        or widget.width() < widget.minimumSizeHint().width()
        or sum(widget.geometry().intersects(other.geometry()) for other in shown) > 1
    ]


@pytest.mark.parametrize("size", [(900, 540), (1366, 768), (2560, 1440)])
def test_nothing_in_the_bars_overlaps(window, qtbot, size):
    window.resize(*size)
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for bar in (window.top_bar, window.bottom_bar):
        # A layout is done anew a moment after its widgets have changed.
        qtbot.waitUntil(lambda bar=bar: crowded(bar) == [], timeout=3000)


def test_a_tile_shows_the_pair_its_frame_and_its_badge(window, qtbot):
    painted, row = window.centre.delegate._painted, window.session.current_row

    def is_whole():
        tile = painted.get(row.photo_id)
        return tile is not None and tile.row == row and not tile.awaited

    # A tile of the photo as it was before its score came is painted anew a moment later.
    qtbot.waitUntil(is_whole)
    picture = painted[row.photo_id].picture.toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert DARK.flagged in colours
    layout = tile_layout(picture.rect(), is_pair=True, is_wide=False)
    for box in (layout.photo, layout.reconstruction):
        shown = {
            picture.pixelColor(box.center().x() + n, box.center().y()).name() for n in range(9)
        }
        assert len(shown) > 3, "a picture is not of one colour"


def test_folders_are_a_tree_with_counts_and_one_can_be_chosen(open_window, qtbot, photos):
    for place in ("june", "june/beach", "may"):
        (photos / place).mkdir()
        write_photo(photos / place / "photo.jpg", noisy=False, seed=len(place))
    window = indexed(open_window(), qtbot, photos)
    tree, root = window.side_bar.folders, str(photos)
    total = str(GOOD + NOISY + 1 + 3)
    assert tree.words() == {
        None: ("All folders", total),
        root: ("photos", total),
        f"{root}/june": ("june", "2"),
        f"{root}/june/beach": ("beach", "1"),
        f"{root}/may": ("may", "1"),
    }
    order = [tree.topLevelItem(1).child(place).text(0) for place in range(2)]
    assert order == ["june", "may"]
    tree.setCurrentItem(tree.topLevelItem(1).child(0))
    assert len(names(window)) == 2
    press(window, qtbot, Key.Key_K)
    settled(window, qtbot)
    assert tree.currentItem().text(0) == "june"
    (photos / "may" / "photo.jpg").rename(photos / "june" / "other.jpg")
    with qtbot.waitSignal(window.indexer.stopped, timeout=INDEX_MS):
        press(window, qtbot, Key.Key_F5)
    assert tree.words()[f"{root}/june"] == ("june", "3")
    assert tree.words()[f"{root}/may"][1] == "0"


def test_the_panel_plots_the_score_among_good_photos(open_window, qtbot, photos):
    window = open_window()
    window.info._good_scores = tuple(float(value) for value in range(100))
    indexed(window, qtbot, photos)
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_I)
    qtbot.waitUntil(lambda: window.info.findChildren(ScoreChart) != [], timeout=10_000)
    (chart,) = window.info.findChildren(ScoreChart)
    assert "good photo" in chart.accessibleName()
    painted = chart.grab().toImage()
    limit = round(4.5 + chart._plot.limit * (chart.width() - 9))
    around = {
        painted.pixelColor(limit + off, y).name() for off in (-1, 0, 1) for y in range(10, 50)
    }
    assert DARK.flagged in around, "the limit is marked"


def test_without_a_model_the_loupe_shows_the_photo_and_says_what_is_missing(
    open_window, qtbot, photos
):
    window = indexed(open_window(with_model=False), qtbot, photos)
    window.session.set_sort("name")
    window._show_from_start()
    press(window, qtbot, Key.Key_Space)
    loupe = window.loupe
    qtbot.waitUntil(lambda: loupe.photo.picture.width() == 480, timeout=20_000)
    qtbot.waitUntil(lambda: "no model" in loupe.heat_map.note, timeout=10_000)


def test_whatever_takes_the_keyboard_has_words_for_those_who_listen(window):
    silent = [
        type(widget).__name__
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget, QAbstractScrollArea | QScrollBar)
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and not getattr(widget, "words", None)
    ]
    assert silent == []
