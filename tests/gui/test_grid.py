"""The grid on a slow computer, on a sharp screen, and under stray keys."""

from __future__ import annotations

import pytest

from lqalbum.gui import delegate as delegate_room
from lqalbum.gui import grid as grid_room
from lqalbum.gui.theme import DARK
from tests.gui.test_window import current, indexed


@pytest.fixture
def window(open_window, photos, qtbot):
    window = open_window()
    qtbot.waitExposed(window)
    window.resize(1366, 860)
    return indexed(window, qtbot, photos)


def left_out(window):
    """The places of the tiles in sight that show nothing but the ground."""
    grid = window.grid
    shown = grid.viewport().grab().toImage()
    places = [
        place
        for place in range(len(window.session.photos.listing))
        if grid.viewport().rect().contains(grid._cell_at(place))
    ]
    assert len(places) > 3
    return [
        place
        for place in places
        if {
            shown.pixelColor(box.left() + x, box.center().y()).name()
            for box in (grid._cell_at(place),)
            for x in range(10, box.width() - 10)
        }
        == {DARK.ground}
    ]


def at_rest(window, qtbot):
    """Wait until the grid is full, and asks for no other paint."""
    qtbot.waitUntil(
        lambda: left_out(window) == [] and not window.grid._more.isActive(), timeout=10_000
    )


def test_where_copies_take_longer_than_a_paint_may_the_grid_fills_all_the_same(
    window, qtbot, monkeypatch
):
    monkeypatch.setattr(grid_room, "BUILD_NS", -1)
    window.centre.delegate._painted.clear()
    window.grid.viewport().repaint()
    assert len(window.centre.delegate._painted) <= 1
    at_rest(window, qtbot)


def test_no_tile_keeps_looking_selected_there(window, qtbot, monkeypatch):
    monkeypatch.setattr(grid_room, "BUILD_NS", -1)
    window._select_all()
    at_rest(window, qtbot)
    window.session.set_sort("name")
    window.session.select_none()
    window._show_from_start()
    at_rest(window, qtbot)
    painted = window.centre.delegate._painted
    selected = [i for i in painted if painted[i].ground == DARK.selected]
    assert selected == [window.session.current]


def test_tiles_that_wait_for_their_pictures_leave_the_others_their_turn(window, qtbot, monkeypatch):
    monkeypatch.setattr(grid_room, "BUILD_NS", -1)
    monkeypatch.setattr(window.thumbnails, "is_final", lambda wanted: False)
    window.centre.delegate._painted.clear()
    window.grid.viewport().update()
    at_rest(window, qtbot)
    # The photos themselves are asked for as long as they are missing.
    first = window.session.photos.listing[0]
    assert window.centre.delegate._painted[first].awaited


def test_as_many_tiles_are_kept_as_are_in_sight(window, qtbot, monkeypatch):
    monkeypatch.setattr(grid_room, "BUILD_NS", -1)
    monkeypatch.setattr(delegate_room, "TILES_KEPT", 0)
    window.centre.delegate._painted.clear()
    window.grid.viewport().update()
    at_rest(window, qtbot)


@pytest.mark.parametrize("letter", ["n", "t"])
def test_a_stray_letter_leads_to_no_other_photo(window, qtbot, letter):
    window.session.set_sort("name")
    window._show_from_start()
    window.grid.setFocus()
    window.centre.go_to(window.session.photos.listing[1])
    before = current(window)
    qtbot.keyClick(window.grid, letter)
    assert current(window) == before
