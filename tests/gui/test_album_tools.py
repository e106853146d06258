"""The tools for the whole album, driven as a person does."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from lqalbum.errors import LibraryError
from lqalbum.gui import adapt as adapt_room
from lqalbum.gui.dialogs import BulkPrompt
from lqalbum.jobs import adapting, selftest
from tests.gui import standin_jobs
from tests.gui.conftest import write_photo
from tests.gui.test_window import indexed, settled

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
WORK_MS = 60_000


def chosen_in_menu(window, words):
    """Choose an entry of the window's menu."""
    (action,) = [one for one in window.menu.actions() if one.text() == words]
    action.trigger()


# Duplicates and bursts


def write_burst(folder, name, shots):
    """Shots of one scene, a second apart, the middle one least noisy."""
    scene = Image.fromarray(np.random.default_rng(7).integers(0, 256, (6, 8, 3), np.uint8))
    whole = np.asarray(scene.resize((480, 360), Image.Resampling.BICUBIC), float)
    for number in range(shots):
        noise = np.random.default_rng(number).normal(0, 2 + 4 * abs(number - 1), whole.shape)
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9003] = f"2026:05:04 12:00:0{number}"
        exif[0x010F] = "Camera"
        picture = Image.fromarray((whole + noise).clip(0, 255).astype(np.uint8))
        picture.save(folder / f"{name}{number}.jpg", quality=95, exif=exif)


@pytest.fixture
def bursts(open_window, photos, qtbot):
    """A window whose album holds a burst of three and two copies, with the dialog open."""
    write_burst(photos, "shot", 3)
    shutil.copy(photos / "good0.jpg", photos / "good0 (copy).jpg")
    window = indexed(open_window(), qtbot, photos)
    chosen_in_menu(window, "Duplicates and bursts…")
    dialog = window.album_tools.bursts
    qtbot.waitUntil(lambda: len(dialog.sets) == 2, timeout=WORK_MS)
    return window


def shown(dialog):
    return [os.path.basename(row.path) for row in dialog.model.shown.rows]


def test_sets_are_shown_with_the_best_first(bursts, qtbot):
    dialog = bursts.album_tools.bursts
    assert [one.kind for one in dialog.sets] == ["copies", "burst"]
    assert shown(dialog) == ["good0.jpg", "good0 (copy).jpg"]
    assert "2 sets" in dialog.note.text()
    assert "3 photos could go" in dialog.note.text()
    qtbot.keyClick(dialog, Key.Key_Down)
    assert shown(dialog)[0] == "shot1.jpg"
    words = [dialog.model.data(dialog.model.index(place)) for place in range(3)]
    assert words[0].startswith("Best: shot1.jpg\n480 × 360")
    assert not any(line.startswith("Best") for line in words[1:])
    assert "worse than" in words[0]
    decoration = Qt.ItemDataRole.DecorationRole
    waiting = dialog.model._waiting.cacheKey()
    qtbot.waitUntil(
        lambda: dialog.model.data(dialog.model.index(0), decoration).cacheKey() != waiting,
        timeout=WORK_MS,
    )


@pytest.mark.parametrize("yes", [True, False])
def test_one_key_keeps_the_best_and_one_undo_takes_it_back(bursts, qtbot, photos, monkeypatch, yes):
    asked = []

    def ask(prompt, parent, title=""):
        asked.append(prompt)
        return yes

    monkeypatch.setattr(BulkPrompt, "ask", ask)
    dialog = bursts.album_tools.bursts
    qtbot.keyClick(dialog, Key.Key_Down)
    (photos / "shot0.xmp").write_text("<x/>")
    qtbot.keyClick(dialog, Key.Key_B)
    qtbot.waitUntil(lambda: dialog._asked is None, timeout=WORK_MS)
    settled(bursts, qtbot)
    assert "Move 2 photos to the trash?" in asked[0].question
    assert "shot1.jpg is kept" in asked[0].details
    assert "1 file that belongs to them goes along: shot0.xmp." in asked[0].details
    assert "Trash: " in asked[0].details
    left = sorted(path.name for path in photos.glob("shot*.jpg"))
    if not yes:
        assert left == ["shot0.jpg", "shot1.jpg", "shot2.jpg"]
        assert len(dialog.sets) == 2
        return
    assert left == ["shot1.jpg"]
    assert [one.kind for one in dialog.sets] == ["copies"]
    assert dialog.told.text().startswith("Kept shot1.jpg. Moved to the trash: ")
    assert bursts.side_bar.buttons["kept"].count == 1
    qtbot.keyClick(dialog, Key.Key_Z, Control)
    settled(bursts, qtbot)
    assert len(list(photos.glob("shot*.jpg"))) == 3
    assert (photos / "shot0.xmp").exists()
    assert bursts.side_bar.buttons["kept"].count == 0
    qtbot.waitUntil(lambda: len(dialog.sets) == 2, timeout=WORK_MS)


def test_another_one_than_the_best_is_kept_and_one_goes_without_a_question(
    bursts, qtbot, photos, monkeypatch
):
    monkeypatch.setattr(BulkPrompt, "ask", None)
    dialog = bursts.album_tools.bursts
    qtbot.keyClick(dialog, Key.Key_Right)
    assert dialog.keep.text() == "Keep good0 (copy).jpg, move the other one to the trash"
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settled(bursts, qtbot)
    assert sorted(path.name for path in photos.glob("good0*")) == ["good0 (copy).jpg"]


def test_a_best_that_is_gone_keeps_the_others(bursts, qtbot, photos):
    (photos / "good0.jpg").unlink()
    dialog = bursts.album_tools.bursts
    qtbot.keyClick(dialog, Key.Key_B)
    settled(bursts, qtbot)
    assert (photos / "good0 (copy).jpg").exists()
    assert "good0.jpg" in dialog.told.text()
    assert dialog.told.property("role") == "problem"


def test_keys_that_were_chosen_work_among_duplicates_too(open_window, photos, qtbot):
    shutil.copy(photos / "good0.jpg", photos / "good0 (copy).jpg")
    window = indexed(open_window(), qtbot, photos)
    chosen = {"keep_best": "Y", "undo": "F8"}
    window._take_settings(replace(window.settings, key_bindings=chosen))
    chosen_in_menu(window, "Duplicates and bursts…")
    dialog = window.album_tools.bursts
    qtbot.waitUntil(lambda: len(dialog.sets) == 1, timeout=WORK_MS)
    assert dialog.keep.toolTip().startswith("Y: ")
    assert dialog.undo.toolTip().startswith("F8: ")
    qtbot.keyClick(dialog, Key.Key_B)
    assert len(dialog.sets) == 1
    qtbot.keyClick(dialog, Key.Key_Y)
    settled(window, qtbot)
    assert not (photos / "good0 (copy).jpg").exists()
    qtbot.keyClick(dialog, Key.Key_F8)
    settled(window, qtbot)
    assert (photos / "good0 (copy).jpg").exists()
    window._take_settings(replace(window.settings, key_bindings={}))


def test_another_set_looked_at_meanwhile_is_not_the_one_that_goes(
    bursts, qtbot, photos, monkeypatch
):
    """What else would go is looked up in the background; a person may go on meanwhile."""
    monkeypatch.setattr(BulkPrompt, "ask", lambda prompt, parent, title="": True)
    dialog = bursts.album_tools.bursts
    qtbot.keyClick(dialog, Key.Key_Down)
    qtbot.keyClick(dialog, Key.Key_B)
    qtbot.keyClick(dialog, Key.Key_Up)
    qtbot.waitUntil(lambda: dialog._asked is None, timeout=WORK_MS)
    settled(bursts, qtbot)
    assert [one.kind for one in dialog.sets] == ["copies"]
    assert sorted(path.name for path in photos.glob("shot*")) == ["shot1.jpg"]
    assert len(list(photos.glob("good0*"))) == 2


def test_trouble_with_looking_at_the_disk_is_said_and_nothing_moves(
    bursts, qtbot, photos, monkeypatch
):
    def fail(paths):
        raise LibraryError("The folder cannot be listed.")

    monkeypatch.setattr(bursts.session.library, "delete_preview", fail)
    dialog = bursts.album_tools.bursts
    qtbot.keyClick(dialog, Key.Key_Down)
    qtbot.keyClick(dialog, Key.Key_B)
    qtbot.waitUntil(lambda: dialog.told.text() == "The folder cannot be listed.", timeout=WORK_MS)
    assert len(dialog.sets) == 2
    assert len(list(photos.glob("shot*"))) == 3


def test_copies_of_one_name_are_told_apart(open_window, photos, qtbot):
    (photos / "again").mkdir()
    shutil.copy(photos / "good0.jpg", photos / "again" / "good0.jpg")
    window = indexed(open_window(), qtbot, photos)
    chosen_in_menu(window, "Duplicates and bursts…")
    dialog = window.album_tools.bursts
    qtbot.waitUntil(lambda: len(dialog.sets) == 1, timeout=WORK_MS)
    words = [dialog.model.data(dialog.model.index(place)) for place in range(2)]
    folders = [line.split("\n")[1] for line in words]
    assert sorted(folders) == ["in photos", "in photos/again"]
    kept = folders[0].removeprefix("in ") + "/good0.jpg"
    assert dialog.keep.text().startswith(f"Keep {kept}, move the other one")
    qtbot.keyClick(dialog, Key.Key_B)
    settled(window, qtbot)
    gone = folders[1].removeprefix("in ") + "/good0.jpg"
    assert dialog.told.text().startswith(f"Kept {kept}. Moved to the trash: {gone}.")


def test_closing_while_it_compares_ends_quietly(bursts, qtbot):
    dialog = bursts.album_tools.bursts
    dialog.refresh()
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert bursts.album_tools.bursts is None
    qtbot.waitUntil(lambda: not bursts.album_tools._leaving, timeout=WORK_MS)


def test_an_album_without_any_says_so(open_window, photos, qtbot):
    window = indexed(open_window(), qtbot, photos)
    chosen_in_menu(window, "Duplicates and bursts…")
    dialog = window.album_tools.bursts
    qtbot.waitUntil(lambda: "No copies" in dialog.note.text(), timeout=WORK_MS)
    assert not dialog.keep.isEnabled()


# Export


@pytest.fixture
def export(open_window, photos, qtbot):
    """A window with one kept and three flagged photos, and the dialog open."""
    window = indexed(open_window(), qtbot, photos)
    window.session.library.decide("keep", [str(photos / "good0.jpg")])
    chosen_in_menu(window, "Export…")
    return window


def choose_kind(dialog, kind):
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))


def test_a_file_is_previewed_and_written(export, qtbot, tmp_path):
    dialog = export.album_tools.export
    choose_kind(dialog, "csv")
    dialog.output.setText(str(tmp_path / "photos.csv"))
    dialog.look()
    qtbot.waitUntil(dialog.write.isEnabled, timeout=WORK_MS)
    assert dialog.told.text() == "The file will hold 7 photos."
    assert not (tmp_path / "photos.csv").exists()
    dialog.write.click()
    qtbot.waitUntil(lambda: dialog.told.text().startswith("Written"), timeout=WORK_MS)
    lines = (tmp_path / "photos.csv").read_text().splitlines()
    assert len(lines) == 8


def test_a_file_of_the_person_is_not_replaced(export, qtbot, tmp_path):
    (tmp_path / "mine.csv").write_text("mine")
    dialog = export.album_tools.export
    choose_kind(dialog, "csv")
    dialog.output.setText(str(tmp_path / "mine.csv"))
    dialog.look()
    qtbot.waitUntil(lambda: "not written by this command" in dialog.told.text(), timeout=WORK_MS)
    assert not dialog.write.isEnabled()
    assert (tmp_path / "mine.csv").read_text() == "mine"


def test_sidecars_are_listed_before_they_are_written(export, qtbot, photos):
    (photos / "noisy0.xmp").write_text("mine")
    dialog = export.album_tools.export
    choose_kind(dialog, "xmp")
    qtbot.waitUntil(dialog.write.isEnabled, timeout=WORK_MS)
    assert "2 rejected, 1 accepted, 1 skipped" in dialog.told.text()
    assert "noisy0.xmp is there already" in dialog.list.toPlainText()
    assert [path.name for path in photos.glob("*.xmp")] == ["noisy0.xmp"]
    dialog.write.click()
    qtbot.waitUntil(lambda: dialog.told.text().startswith("Written"), timeout=WORK_MS)
    assert sorted(path.name for path in photos.glob("*.xmp")) == [
        "good0.jpg.xmp", "noisy0.xmp", "noisy1.jpg.xmp", "noisy2.jpg.xmp",
    ]  # fmt: skip
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert export.album_tools.export is None


# Self-test and adapting


def keep_all(window, qtbot):
    window.set_filter("all")
    window.session.select_all()
    window.decisions.decide("keep")
    settled(window, qtbot)


@pytest.fixture
def album(open_window, tmp_path, qtbot):
    """A window over 24 photos, none of them flagged."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(24):
        write_photo(folder / f"{number}.jpg", noisy=False, seed=number, size=(96, 80))
    return indexed(open_window(), qtbot, folder)


def test_the_self_test_shows_table_and_plot(album, qtbot, monkeypatch):
    monkeypatch.setattr(selftest, "self_test", standin_jobs.test_itself)
    chosen_in_menu(album, "Self-test on my album…")
    dialog = album.album_tools.self_test
    assert not dialog.good.are_kept
    assert "24 photos that are not flagged" in dialog.good.words
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.found.table.rowCount() == 20, timeout=WORK_MS)
    lines = dialog.found.table.words()
    assert lines[0] == ["All, mean", "0.800", "0.200"]
    assert lines[1][0] == "Gaussian noise"
    assert [line.value for line in dialog.found.plot.lines] == [0.8] * 20
    assert (
        dialog.found.plot.place_of(0.5)
        < dialog.found.plot.place_of(0.8)
        < dialog.found.plot.place_of(1.0)
    )
    assert not dialog.found.plot.grab().toImage().isNull()
    assert "24 photos measured" in dialog.told.text()
    qtbot.waitUntil(dialog.start.isEnabled, timeout=WORK_MS)


def test_the_self_test_takes_kept_photos_and_can_be_stopped(album, qtbot, monkeypatch):
    monkeypatch.setattr(selftest, "self_test", standin_jobs.never_end)
    keep_all(album, qtbot)
    chosen_in_menu(album, "Self-test on my album…")
    dialog = album.album_tools.self_test
    assert dialog.good.are_kept
    assert "You have kept 24 photos" in dialog.good.words
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.progress.maximum() == 20, timeout=WORK_MS)
    assert not dialog.start.isEnabled()
    dialog.cancel.click()
    qtbot.waitUntil(dialog.start.isEnabled, timeout=WORK_MS)
    assert dialog.told.text() == "Stopped as asked."
    dialog.start.click()
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert album.album_tools.self_test is None
    qtbot.waitUntil(lambda: not album.album_tools._leaving, timeout=WORK_MS)


def models(window):
    folder = Path(window.settings.library) / "models"
    return sorted(path.suffix for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize(
    ("training", "words"),
    [
        (52, "enough to calibrate; 52 are needed to fine-tune: press P on"),
        (24, "enough to calibrate and to fine-tune"),
    ],
)
def test_it_says_what_the_kept_photos_are_enough_for(album, qtbot, monkeypatch, training, words):
    monkeypatch.setattr(adapt_room, "FEWEST_TRAINING", training)
    keep_all(album, qtbot)
    album._take_settings(replace(album.settings, key_bindings={"keep": "P"}))
    chosen_in_menu(album, "“Normal” means my album…")
    dialog = album.album_tools.adapt
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "You have kept 24 photos." in told
    assert words in told
    # Wilson's interval of 3 % of 24, by a pocket calculator: 0.42 to 18.55 of 100.
    assert "would flag 0.4 to 18.6 of 100 good photos" in told
    assert dialog.fine_tune.isEnabled() == (training == 24)
    album._take_settings(replace(album.settings, key_bindings={}))


def test_without_a_model_it_says_why_nothing_can_be_pressed(open_window, photos, qtbot):
    window = indexed(open_window(with_model=False), qtbot, photos)
    chosen_in_menu(window, "“Normal” means my album…")
    dialog = window.album_tools.adapt
    assert dialog.told.text() == "There is no model; name one."
    assert not dialog.calibrate.isEnabled()


def test_too_few_kept_photos_cannot_be_adapted_to(album):
    chosen_in_menu(album, "“Normal” means my album…")
    dialog = album.album_tools.adapt
    assert not dialog.calibrate.isEnabled()
    assert not dialog.fine_tune.isEnabled()
    assert not dialog.use.isEnabled()


def test_a_calibrated_model_is_compared_and_used(album, qtbot, monkeypatch):
    monkeypatch.setattr(adapting, "calibrate_album", standin_jobs.calibrate)
    asked = []
    album.reopen_asked.connect(asked.append)
    keep_all(album, qtbot)
    chosen_in_menu(album, "“Normal” means my album…")
    dialog = album.album_tools.adapt
    assert dialog.calibrate.isEnabled()
    dialog.calibrate.click()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=WORK_MS)
    assert dialog.found.table.words() == [
        ["Kept photos flagged", "5 of 20", "1 of 20"],
        ["Other photos flagged", "4 of 10", "3 of 10"],
    ]
    # 3 of 100 is less than one of the stand-in's 24.
    assert "Of so few one alone is 4.2 of 100" in dialog.told.text()
    dialog.use.click()
    assert album.album_tools.adapt is None
    (settings,) = asked
    assert Path(settings.model).read_bytes() == b"a model"
    assert models(album) == [".safetensors"]


def test_a_model_that_is_not_used_is_not_kept(album, qtbot, monkeypatch):
    monkeypatch.setattr(adapting, "fine_tune_album", standin_jobs.fine_tune)
    monkeypatch.setattr(adapt_room, "FEWEST_TRAINING", 24)
    keep_all(album, qtbot)
    chosen_in_menu(album, "“Normal” means my album…")
    dialog = album.album_tools.adapt
    dialog.fine_tune.click()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=WORK_MS)
    assert dialog.found.table.words()[0] == ["All, mean", "0.800", "0.900"]
    assert (dialog.found.plot.lines[3].before, dialog.found.plot.lines[3].value) == (0.8, 0.9)
    assert models(album) == [".safetensors"]
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert models(album) == []


def test_closing_the_window_ends_what_adapts(album, qtbot, monkeypatch):
    monkeypatch.setattr(adapting, "calibrate_album", standin_jobs.never_end)
    keep_all(album, qtbot)
    chosen_in_menu(album, "“Normal” means my album…")
    dialog = album.album_tools.adapt
    dialog.calibrate.click()
    qtbot.waitUntil(lambda: dialog.progress.maximum() == 1000, timeout=WORK_MS)
    album.close()
    assert not dialog.is_busy
    assert models(album) == []


def test_a_model_made_here_leads_back_to_the_one_before(album, tmp_path, qtbot):
    made = tmp_path / "my-album.safetensors"
    header = {
        "__metadata__": {
            "config": '{"preset": "photo"}', "sha256": "a" * 64, "name": "mine",
            "recipe": '{"made_from": "photo"}',
        }
    }  # fmt: skip
    text = json.dumps(header).encode()
    made.write_bytes(len(text).to_bytes(8, "little") + text)
    tools = album.album_tools
    settings = replace(tools._album.settings, model=str(made))
    tools._album = replace(tools._album, settings=settings)
    album.settings = settings
    asked = []
    album.reopen_asked.connect(asked.append)
    chosen_in_menu(album, "“Normal” means my album…")
    dialog = tools.adapt
    assert dialog.revert.text() == "Back to the model ‘photo’"
    dialog.revert.click()
    assert [settings.model for settings in asked] == ["photo"]
