"""What could not be read: how many, why, and another try."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from lqalbum.library.workers import DecodePool
from lqalbum.review.unread import unread_words
from tests.gui.conftest import write_photo

_INDEX_MS = 60_000


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names: list[str] = []
    decode_all = DecodePool.decode_all

    def told(pool, paths, stop):
        for path, outcome in decode_all(pool, paths, stop):
            names.append(Path(path).name)
            yield path, outcome

    monkeypatch.setattr(DecodePool, "decode_all", told)
    return names


@pytest.fixture
def window(open_window, photos: Path, decoded: list[str], qtbot):
    """The errors of an album, three files that cannot be read."""
    picture = (photos / "good0.jpg").read_bytes()
    (photos / "broken.jpg").write_bytes(picture[: len(picture) // 2])
    (photos / "empty.jpg").write_bytes(b"")
    window = open_window()
    with qtbot.waitSignal(window.indexer.stopped, timeout=_INDEX_MS):
        window.begin(photos)
    decoded.clear()
    return window


def _try_again(window, qtbot) -> None:
    with qtbot.waitSignal(window.indexer.stopped, timeout=_INDEX_MS):
        qtbot.mouseClick(window.unread.again, Qt.MouseButton.LeftButton)
        assert not window.unread.again.isEnabled()


def test_files_that_could_not_be_read_are_counted_by_reason(window):
    assert not window.unread.isVisible()
    window.set_filter("errors")
    assert window.unread.isVisible()
    words = window.unread.words.text()
    assert words.startswith("3 files could not be read: ")
    for part in (
        "1 × no picture",
        "1 × damaged or cut short",
        "1 × an empty file",
        "never flagged",
    ):
        assert part in words
    window.set_filter("all")
    assert not window.unread.isVisible()


def test_they_are_read_again_although_they_did_not_change(window, decoded, qtbot, photos: Path):
    window.set_filter("errors")
    before = window.unread.words.text()
    _try_again(window, qtbot)
    assert sorted(decoded) == ["broken.jpg", "empty.jpg", "text.jpg"]
    assert window.unread.words.text() == before
    assert window.unread.again.isEnabled()
    write_photo(photos / "broken.jpg", noisy=False, seed=9)
    _try_again(window, qtbot)
    assert window.unread.words.text().startswith("2 files could not be read")
    decoded.clear()
    with qtbot.waitSignal(window.indexer.stopped, timeout=_INDEX_MS):
        window.indexer.start()
    assert decoded == []


def test_photos_that_were_read_do_not_count(window):
    rows = [row for row in window.session.photos.rows() if row.error_code in (None, "empty")]
    assert unread_words(rows) == (
        "1 file could not be read: 1 × an empty file. "
        "Such files are never flagged and never counted as bad."
    )
