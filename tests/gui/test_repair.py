"""R17: a window over a library that cannot be used offers its newest sound copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from lqalbum.errors import LibraryError
from lqalbum.gui.dialogs import BulkPrompt
from lqalbum.gui.main import open_or_repair
from lqalbum.library.library import Library
from tests.library.pictures import save_scene


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A library whose decisions were overwritten by something else; a copy of them is there."""
    photo = save_scene(tmp_path / "photos" / "a.jpg")
    with Library.open(tmp_path / "library") as library:
        library.decide("keep", [photo])
    (tmp_path / "library" / "decisions.db").write_bytes(b"no database" * 1000)
    return tmp_path / "library"


def _answer(qtbot, press: Qt.Key | None = None) -> list[str]:
    """Answer the question that comes up, and return what it said."""
    said: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BulkPrompt)
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        if press is None:
            qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(dialog, press)

    QTimer.singleShot(200, answer)
    return said


def test_r17_the_newest_copy_is_offered_and_brought_back(qapp, qtbot, damaged: Path):
    said = _answer(qtbot)
    library = open_or_repair(damaged)
    assert library is not None
    with library:
        assert [record.decision for record in library.history()] == ["keep"]
    words = "\n".join(said)
    assert "with 1 decision is sound" in words
    assert "no photo is touched" in words
    assert list(damaged.glob("decisions.db.unusable-*"))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_r17_enter_and_escape_leave_it_as_it_is(qapp, qtbot, damaged: Path, key: Qt.Key):
    before = {path.name: path.read_bytes() for path in damaged.glob("*.db")}
    _answer(qtbot, key)
    assert open_or_repair(damaged) is None
    assert {path.name: path.read_bytes() for path in damaged.glob("*.db")} == before


def test_r17_other_trouble_is_told_and_not_repaired(qapp, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError):
        open_or_repair(tmp_path / "file")
