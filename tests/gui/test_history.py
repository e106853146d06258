"""The history as it is read: captions, columns that hold their words, and what stays chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from lqalbum.gui.translation import Catalogues
from tests.gui.test_tools import opened_history
from tests.gui.test_window import indexed, press, settled

Key = Qt.Key
Display = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def decided(open_window, photos, qtbot):
    """A window with one photo deleted and one kept."""
    window = indexed(open_window(), qtbot, photos)
    window.set_filter("flagged")
    press(window, qtbot, Key.Key_D)
    press(window, qtbot, Key.Key_K)
    settled(window, qtbot)
    return window


@pytest.fixture(params=["en", "de"])
def spoken(qapp, request):
    catalogues = Catalogues(qapp)
    catalogues.use(request.param)
    yield request.param
    catalogues.use("en")


def test_columns_have_room_for_all_their_words(spoken, decided, qtbot):
    dialog = opened_history(decided, qtbot, 1)
    dialog.deletes_only.setChecked(False)
    table, model = dialog.table, dialog.model
    header = table.horizontalHeader()
    longest = {"en": "Undecided again", "de": "Wieder unentschieden"}[spoken]
    wanted = table.fontMetrics().horizontalAdvance(longest)
    assert table.columnWidth(2) > wanted
    for place in (0, 2, 3):
        assert table.columnWidth(place) >= header.sectionSizeHint(place)
        assert table.columnWidth(place) >= table.sizeHintForColumn(place)
    # The reasons keep some room, too, however wide the others are.
    dialog.resize(700, 400)
    assert table.columnWidth(4) >= 120
    reasons = [model.data(model.index(place, 4), Display) for place in range(2)]
    named = {"en": "strong noise", "de": "starkes Rauschen"}[spoken]
    assert all(named in reason for reason in reasons)


def test_the_pictures_have_captions(decided, qtbot):
    dialog = opened_history(decided, qtbot, 1)
    shown = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
    for words, picture in zip(("Photo", "Reconstruction"), dialog.pictures.values(), strict=True):
        bottom = picture.mapTo(dialog, picture.rect().topLeft()).y()
        left = picture.mapTo(dialog, picture.rect().topLeft()).x()
        (caption,) = [
            label
            for label in shown
            if label.text() == words and label.mapTo(dialog, label.rect().topLeft()).x() == left
            and label.mapTo(dialog, label.rect().bottomLeft()).y() <= bottom
        ]  # fmt: skip
        assert caption.height() < 40


def test_what_is_chosen_stays_chosen_where_more_is_shown(decided, qtbot):
    dialog = opened_history(decided, qtbot, 1)
    (chosen,) = [line.record.id for line in dialog.chosen()]
    dialog.deletes_only.setChecked(False)
    assert [line.record.id for line in dialog.chosen()] == [chosen]
    assert dialog.bring_back.isEnabled()
    dialog.refresh()
    with qtbot.waitSignal(dialog.model.modelReset, timeout=10_000):
        pass
    assert [line.record.id for line in dialog.chosen()] == [chosen]
    dialog.deletes_only.setChecked(True)
    assert [line.record.id for line in dialog.chosen()] == [chosen]


def test_the_trash_is_named_where_its_button_is(decided, qtbot):
    assert "Trash" in opened_history(decided, qtbot, 1).trash.toolTip()


def test_undoing_what_was_brought_back_says_that_it_is_in_the_trash(decided, photos, qtbot):
    dialog = opened_history(decided, qtbot, 1)
    (line,) = dialog.chosen()
    dialog.bring_back.click()
    qtbot.waitUntil((photos / line.name).exists, timeout=10_000)
    settled(decided, qtbot)
    assert f"Brought back from the trash: {line.name}." in decided.toast.words.text()
    decided.decisions.undo()
    settled(decided, qtbot)
    assert not (photos / line.name).exists()
    assert f"Moved to the trash again: {line.name}." in decided.toast.words.text()
