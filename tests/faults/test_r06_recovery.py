"""R6, R11: a crash in the middle of a move, and then trouble while it is found out what happened.

The library opens all the same, says one sentence, and settles the photo when it can.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lqalbum.jobs.doctor import run_doctor
from lqalbum.library import rename
from lqalbum.library.journal import Journal
from lqalbum.library.library import Library
from lqalbum.library.trash import Trash, moving
from lqalbum.library.trash import files as trash_files
from tests.bins import Bin
from tests.library.pictures import save_scene


class _Killed(BaseException):
    """The end of the program."""


def _die(*_: object) -> None:
    raise _Killed


def _bytes_of(folder: Path, trash_bin: Bin) -> list[bytes]:
    """All files' bytes, wherever they are."""
    return sorted(path.read_bytes() for path in (*folder.rglob("*.*"), *trash_bin.files()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pair of files in a folder of an album, and a photo elsewhere."""
    save_scene(tmp_path / "album" / "trip" / "a.jpg")
    (tmp_path / "album" / "trip" / "a.cr2").write_bytes(b"raw")
    save_scene(tmp_path / "album" / "home" / "b.jpg", seed=1)
    return tmp_path / "album"


@pytest.fixture
def killed(tmp_path: Path, folder: Path, trash_bin: Bin, monkeypatch: pytest.MonkeyPatch):
    """Delete, or delete and undo, killed after so many files moved."""

    def run(moves: int, *, back: bool = False) -> Bin:
        photo = str(folder / "trip" / "a.jpg")
        library = Library.open(tmp_path / "library")
        if back:
            library.decide("delete", [photo])
        calls = 0

        def moved(source: str, destination: str) -> None:
            nonlocal calls
            rename.rename_without_replacing(source, destination)
            calls += 1
            if calls == moves:
                raise _Killed

        with monkeypatch.context() as patch:
            patch.setattr(moving, "rename_without_replacing", moved)
            for name in ("finish_move", "cancel_move", "finish_return", "cancel_return"):
                patch.setattr(Journal, name, _die)
            patch.setattr(Trash, "withdraw", _die)
            with pytest.raises(_Killed):
                library.undo() if back else library.decide("delete", [photo])
        library.close()
        return trash_bin

    return run


@pytest.mark.parametrize("what", ["removed", "renamed"])
def test_r06_a_folder_that_went_away_meanwhile_is_no_trouble(
    tmp_path: Path, folder: Path, killed: Callable[..., Bin], what: str
) -> None:
    trash_bin = killed(2)
    before = _bytes_of(folder, trash_bin)
    if what == "removed":
        (folder / "trip").rmdir()
    else:
        (folder / "trip").rename(folder / "journey")
    with Library.open(tmp_path / "library") as library:
        (record,) = library.history()
        assert (record.decision, record.state) == ("delete", "active")
        assert library.undo()[0].status == "done"
    assert _bytes_of(folder, trash_bin) == before
    assert (folder / "trip" / "a.jpg").exists()
    assert (folder / "trip" / "a.cr2").exists()


@pytest.mark.parametrize("code", ["EROFS", "EIO", "EACCES", "ENOSPC"])
@pytest.mark.parametrize(("moves", "back"), [(1, False), (2, False), (1, True), (2, True)])
def test_r06_what_cannot_be_settled_now_waits(
    tmp_path: Path,
    folder: Path,
    killed: Callable[..., Bin],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    code: str,
    moves: int,
    back: bool,
) -> None:
    trash_bin = killed(moves, back=back)
    before = _bytes_of(folder, trash_bin)
    photo, other = str(folder / "trip" / "a.jpg"), str(folder / "home" / "b.jpg")

    def fail(*_: object) -> None:
        raise OSError(getattr(errno, code), os.strerror(getattr(errno, code)), photo)

    with monkeypatch.context() as patch:
        patch.setattr(moving, "rename_without_replacing", fail)
        patch.setattr(moving, "sync_folder", fail)
        with Library.open(tmp_path / "library") as library:
            said = [record.getMessage() for record in caplog.records]
            settled = (moves, back) == (2, True)  # all came back, which needs no more moves
            assert settled or any("a.jpg" in words and "record waits" in words for words in said)
            doctor = {line.name: line for line in run_doctor(tmp_path / "library", "/none")}
            assert doctor["moves"].ok == settled
            assert settled or photo in doctor["moves"].value
            # Another photo is decided on as ever.
            assert library.decide("keep", [other])[0].status == "done"
            assert library.undo()[0].status == "done"
            for result in library.undo():
                assert settled or result.status in ("refused", "failed")
                assert settled or "a.jpg" in str(result.error)
        assert _bytes_of(folder, trash_bin) == before
    with Library.open(tmp_path / "library") as library:
        while library.undo():
            pass
        assert _bytes_of(folder, trash_bin) == before
        assert (trash_bin.files(), trash_bin.records()) == ([], [])
        assert library.decide("delete", [photo])[0].status == "done"
        assert library.undo()[0].status == "done"


@pytest.mark.parametrize("back", [False, True])
def test_r06_what_cannot_be_read_for_a_moment_is_not_given_up(
    tmp_path: Path,
    folder: Path,
    killed: Callable[..., Bin],
    monkeypatch: pytest.MonkeyPatch,
    back: bool,
) -> None:
    trash_bin = killed(2, back=back)
    before = _bytes_of(folder, trash_bin)
    real = trash_files.look
    with monkeypatch.context() as patch:
        patch.setattr(
            "lqalbum.library.recovery.look",
            lambda path, it: "unknown" if real(path, it) == "it" else real(path, it),
        )
        with Library.open(tmp_path / "library") as library:
            assert [result.status for result in library.undo()] in ([], ["refused"])
    with Library.open(tmp_path / "library") as library:
        results = library.undo()
        assert [result.status for result in results] == ([] if back else ["done"])
    assert _bytes_of(folder, trash_bin) == before
    assert (folder / "trip" / "a.jpg").exists()


def test_r06_a_name_taken_in_the_trash_leaves_the_way_out(
    tmp_path: Path, folder: Path, killed: Callable[..., Bin]
) -> None:
    """The photo is out and its raw picture is not; another file lies where the photo lay."""
    trash_bin = killed(1, back=True)
    (inside,) = trash_bin.files()
    taken = inside.with_name(inside.name.replace("cr2", "jpg"))
    if trash_bin.system == "windows":
        record = next(path for path in trash_bin.records() if path.name.endswith("jpg"))
        taken = record.with_name(record.name.replace("$I", "$R"))
    taken.write_bytes(b"somebody else's")
    with Library.open(tmp_path / "library") as library:
        assert (folder / "trip" / "a.jpg").exists()
        assert (folder / "trip" / "a.cr2").exists()
        assert taken.read_bytes() == b"somebody else's"
        assert library.undo() == []


def test_r11_a_crash_and_then_an_unplugged_drive(
    tmp_path: Path, folder: Path, killed: Callable[..., Bin], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither side can be looked at: nothing is concluded, and all is well when it is back."""
    trash_bin = killed(2)
    before = _bytes_of(folder, trash_bin)
    shutil.move(folder / "trip", tmp_path / "unplugged")
    trash_bin.place.rename(tmp_path / "unplugged-trash")
    monkeypatch.setattr("lqalbum.library.trash.files.is_drive_there", lambda *_: False)
    for _ in range(2):
        with Library.open(tmp_path / "library") as library:
            for result in library.undo():
                assert result.status == "refused"
    (tmp_path / "unplugged-trash").rename(trash_bin.place)
    shutil.move(tmp_path / "unplugged", folder / "trip")
    with Library.open(tmp_path / "library") as library:
        assert library.undo()[0].status == "done"
    assert _bytes_of(folder, trash_bin) == before
    assert (trash_bin.files(), trash_bin.records()) == ([], [])
