"""What must be on the disk before the next step: a power cut between any two loses nothing.

A kill cannot show this, as the system keeps what it was given; the order of the calls can.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lqalbum import wholefile
from lqalbum.library import backups, rename
from lqalbum.library.database import Database
from lqalbum.library.journal import Journal
from lqalbum.library.library import Library
from lqalbum.library.schemas import DECISIONS
from lqalbum.library.trash import moving
from lqalbum.wholefile import whole_file
from tests.bins import Bin
from tests.library.pictures import save_scene


class _Told:
    """What was called, in order, each with the name of the folder or file that it was about."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.calls: list[str] = []

    def watch(self, place: object, name: str, word: Callable[..., str]) -> None:
        real = getattr(place, name)

        def told(*args: object, **named: object) -> object:
            result = real(*args, **named)
            self.calls.append(word(*args))
            return result

        self.patch.setattr(place, name, told)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> _Told:
    told = _Told(monkeypatch)
    for name in ("plan_move", "finish_move", "plan_return", "finish_return"):
        told.watch(Journal, name, lambda *_, name=name: name)
    told.watch(moving, "rename_without_replacing", lambda old, new: f"move {_kind(old)}")
    told.watch(moving, "sync_folder", lambda folder: f"sync {_name(folder)}")
    told.watch(os, "fsync", lambda descriptor: f"flush {_opened(descriptor)}")
    return told


def _kind(path: str) -> str:
    return os.path.splitext(path)[1]


def _name(folder: str) -> str:
    return "album" if folder.endswith("album") else os.path.basename(folder)


def _opened(descriptor: int) -> str:
    path = os.readlink(f"/proc/self/fd/{descriptor}") if os.path.exists("/proc") else ""
    return "record" if path.endswith(".trashinfo") or "$I" in path else "folder or file"


@pytest.mark.skipif(not os.path.exists("/proc"), reason="tells open files by /proc")
def test_r05_each_step_of_a_delete_and_its_undo_is_on_the_disk_before_the_next(
    tmp_path: Path, trash_bin: Bin, told: _Told
) -> None:
    photo = save_scene(tmp_path / "album" / "a.jpg")
    (tmp_path / "album" / "a.cr2").write_bytes(b"raw")
    bin_name = _name(str(trash_bin.place))
    with Library.open(tmp_path / "library") as library:
        told.calls.clear()
        library.decide("delete", [photo])
        calls = [call for call in told.calls if call != "flush folder or file"]
        record = {"linux": ["flush record", "sync info"], "macos": []}.get(
            trash_bin.system, ["flush record", f"sync {bin_name}"]
        )
        # The photo goes last: it is the one that others look at.
        moved = [*record, "move .cr2", *record, "move .jpg"]
        seen = [f"sync {bin_name}", "sync album"] * 2
        assert calls == ["plan_move", *moved, *seen, "finish_move"]
        told.calls.clear()
        library.undo()
        calls = [call for call in told.calls if call != "flush folder or file"]
        out = ["sync album", f"sync {bin_name}"]
        assert calls == ["plan_return", "move .jpg", *out, "move .cr2", *out, "finish_return"]


def test_r05_the_journal_itself_is_on_the_disk(tmp_path: Path) -> None:
    """SQLite's FULL: a transaction that is over survives a power cut."""
    database = Database(tmp_path / "decisions.db", DECISIONS, threading.RLock(), read_only=False)
    with database.read() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_syncing_flushes_the_very_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[tuple[int, int]] = []

    def flush(descriptor: int) -> None:
        found = os.fstat(descriptor)
        flushed.append((found.st_dev, found.st_ino))

    monkeypatch.setattr(rename, "_flush", flush)
    (tmp_path / "file").write_bytes(b"")
    rename.sync_folder(str(tmp_path))
    rename.sync_file(str(tmp_path / "file"))
    expected = [tmp_path, tmp_path / "file"]
    assert flushed == [(path.stat().st_dev, path.stat().st_ino) for path in expected]


@pytest.mark.parametrize("nameless", [True, False])
def test_a_report_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nameless: bool
) -> None:
    calls: list[str] = []
    real = os.fsync
    if not nameless:
        monkeypatch.setattr(wholefile, "open_nameless", lambda *_: None)

    def flush(descriptor: int) -> None:
        assert os.fstat(descriptor).st_size == 5
        assert not (tmp_path / "report.csv").exists()
        calls.append("flush")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", flush)
    with whole_file(tmp_path / "report.csv") as stream:
        stream.write(b"whole")
    assert calls
    assert (tmp_path / "report.csv").read_bytes() == b"whole"


def test_r17_a_backup_is_whole_and_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies, calls = tmp_path / "library" / "backups", []

    def watch(name: str) -> None:
        real = getattr(backups, name)

        def told(path: Path | str, *rest: object) -> None:
            assert not list(copies.glob("*.db"))
            assert Path(path).parent == copies
            calls.append(name)
            real(path, *rest)

        monkeypatch.setattr(backups, name, told)

    photo = save_scene(tmp_path / "album" / "a.jpg")
    library = Library.open(tmp_path / "library")
    library.decide("keep", [photo])
    for path in copies.glob("*.db"):
        path.unlink()
    watch("check_whole")
    watch("sync_file")
    library._precious = library._precious[:1]
    library.close()
    assert calls == ["check_whole", "sync_file"]
    assert len(list(copies.glob("*.db"))) == 1
