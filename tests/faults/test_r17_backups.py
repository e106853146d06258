"""R17: databases have daily copies; what is unusable is kept aside and a copy brought back."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from lqalbum.app import run as run_program
from lqalbum.errors import LibraryBusyError, LibraryError, NewerLibraryError
from lqalbum.jobs.doctor import run_doctor
from lqalbum.library import backups, library
from lqalbum.library.database import check_whole
from lqalbum.library.library import Library
from lqalbum.library.repair import examine, newest_day
from lqalbum.library.schemas import DECISIONS, INDEX
from tests.library.pictures import index_album, save_scene

_FIRST_DAY = date(2026, 3, 1)
_COPIES = 50


class _Calendar(date):
    """Today, as a test wants it."""

    day = _FIRST_DAY

    @classmethod
    def today(cls) -> date:
        return cls.day


@pytest.fixture(autouse=True)
def calendar(monkeypatch: pytest.MonkeyPatch) -> type[_Calendar]:
    monkeypatch.setattr(library, "date", _Calendar)
    _Calendar.day = _FIRST_DAY
    return _Calendar


@pytest.fixture
def folder(tmp_path: Path, calendar: type[_Calendar]) -> Path:
    """A library of four photos with a decision, copied on the day after."""
    photos = tmp_path / "photos"
    paths = [save_scene(photos / f"{number}.jpg", seed=number) for number in range(4)]
    with Library.open(tmp_path / "library") as opened:
        index_album(opened, str(photos), paths)
        opened.decide("keep", paths[:2])
    calendar.day += timedelta(days=1)
    Library.open(tmp_path / "library").close()
    return tmp_path / "library"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _names(folder: Path, kind: str) -> list[str]:
    """The copies of one kind, or with "*" all of them."""
    found = sorted(path.name for path in (folder / "backups").glob(f"{kind}-*"))
    assert found  # a test that compares nothing with nothing cannot fail
    return found


def _kept(folder: Path, name: str) -> list[Path]:
    return sorted(folder.glob(f"{name}.unusable-*[0-9]"))


def _repair(folder: Path, *more: str) -> int:
    return run_program(["doctor", "--repair", "--library", str(folder), *more])


def _decisions(folder: Path) -> list[str]:
    with Library.open(folder) as opened:
        return [record.decision for record in opened.history()]


def test_r17_each_day_has_one_sound_copy_and_the_oldest_go(
    folder: Path, calendar: type[_Calendar]
) -> None:
    assert _names(folder, "decisions") == ["decisions-2026-03-01.db", "decisions-2026-03-02.db"]
    for _ in range(9):
        calendar.day += timedelta(days=1)
        Library.open(folder).close()
        Library.open(folder).close()
    days = [f"decisions-2026-03-{day:02d}.db" for day in range(5, 12)]
    assert _names(folder, "decisions") == days
    assert _names(folder, "index") == ["index-2026-03-10.db", "index-2026-03-11.db"]
    for name in days:
        copy = folder / "backups" / name
        check_whole(copy, DECISIONS)
        assert backups.count_content(copy, DECISIONS) == 2


def test_r17_reading_and_temporary_libraries_copy_nothing(
    folder: Path, calendar: type[_Calendar]
) -> None:
    calendar.day += timedelta(days=1)
    before = _names(folder, "*")
    Library.open(folder, read_only=True).close()
    assert _names(folder, "*") == before
    with Library.temporary() as temporary:
        index_album(temporary, str(folder.parent / "photos"), [])
        inside = temporary.folder
    assert not inside.exists()


def test_r17_an_older_copy_goes_only_after_a_newer_one_was_checked(
    folder: Path, calendar: type[_Calendar], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(6):
        calendar.day += timedelta(days=1)
        Library.open(folder).close()
    before = {name: _sha256(folder / "backups" / name) for name in _names(folder, "*")}
    calendar.day += timedelta(days=1)

    def spoil(connection: sqlite3.Connection, unfinished: Path) -> None:
        unfinished.write_bytes(b"SQLite format 3\0" + bytes(5000))

    monkeypatch.setattr(backups, "_copy", spoil)
    Library.open(folder).close()
    assert {name: _sha256(folder / "backups" / name) for name in _names(folder, "*")} == before


@pytest.mark.parametrize("ahead_days", [1, 40, 400])
def test_r17_copies_of_a_clock_that_was_ahead_neither_stay_nor_win(
    folder: Path, calendar: type[_Calendar], ahead_days: int
) -> None:
    today = calendar.day + timedelta(days=2)
    for day in range(7):
        calendar.day = today + timedelta(days=ahead_days + day)
        Library.open(folder).close()
    ahead = _names(folder, "decisions")
    assert len(ahead) == 7
    for passed in range(1, 4):
        calendar.day = today + timedelta(days=passed - 1)
        with Library.open(folder) as opened:
            opened.decide("keep", [str(folder.parent / "photos" / f"{passed % 2 + 2}.jpg")])
            opened.decide("undecided", [str(folder.parent / "photos" / "3.jpg")])
        calendar.day += timedelta(hours=1)
        Library.open(folder).close()
        assert len(_names(folder, "decisions")) == 7
    calendar.day = today + timedelta(days=3)
    Library.open(folder).close()
    made = {f"decisions-{today + timedelta(days=day)}.db" for day in range(4)}
    assert made <= set(_names(folder, "decisions"))
    held = len(_decisions(folder))
    (folder / "decisions.db").write_bytes(b"damaged" * 1000)
    (trouble,) = examine(folder)
    assert trouble.offer is not None
    assert trouble.offer.copy.name == f"decisions-{today + timedelta(days=3)}.db"
    assert trouble.offer.count == held > 2
    # Wrong the other way round: the copy of a clock that was behind holds more than the others.
    assert _repair(folder, "--yes") == 0
    with Library.open(folder) as opened:
        opened.decide("keep", [str(folder.parent / "photos" / "1.jpg")])
        opened.decide("undecided", [str(folder.parent / "photos" / "1.jpg")])
    calendar.day = date(2001, 1, 1)
    Library.open(folder).close()
    assert "decisions-2001-01-01.db" in _names(folder, "decisions")
    held = len(_decisions(folder))
    (folder / "decisions.db").write_bytes(b"damaged" * 1000)
    (trouble,) = examine(folder)
    assert trouble.offer is not None
    assert (trouble.offer.day, trouble.offer.count) == ("2001-01-01", held)


def test_r17_the_newest_copy_that_is_told_is_not_one_of_tomorrow(folder: Path) -> None:
    copy = folder / "backups" / "decisions-2026-03-02.db"
    tomorrow = date.today() + timedelta(days=1)
    shutil.copyfile(copy, folder / "backups" / f"decisions-{tomorrow}.db")
    shutil.copyfile(copy, folder / "backups" / "decisions-2001-01-01.db")
    day = newest_day(folder)
    assert day is not None
    assert day != tomorrow.isoformat()


def test_r17_a_full_disk_keeps_no_one_from_working(
    folder: Path, calendar: type[_Calendar], monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar.day += timedelta(days=1)

    def fail(path: str) -> None:
        raise OSError(28, os.strerror(28), path)

    monkeypatch.setattr(backups, "sync_file", fail)
    assert _decisions(folder) == ["keep", "keep"]
    assert "decisions-2026-03-03.db" not in _names(folder, "*")
    assert not list((folder / "backups").glob("*.part"))


def _refusal(folder: Path) -> LibraryError | None:
    try:
        Library.open(folder).close()
    except LibraryError as exc:
        return exc
    return None


def _flip(whole: bytes, random: np.random.Generator) -> bytes:
    damaged = bytearray(whole)
    for place in random.integers(0, len(whole), size=40):
        damaged[place] ^= 1 << int(random.integers(8))
    return bytes(damaged)


def _overwrite(whole: bytes, random: np.random.Generator) -> bytes:
    start = int(random.integers(0, len(whole) - 3000))
    return whole[:start] + random.bytes(3000) + whole[start + 3000 :]


def _cut(whole: bytes, random: np.random.Generator) -> bytes:
    return whole[: int(random.integers(0, len(whole)))]


def _foreign(whole: bytes, random: np.random.Generator) -> bytes:
    return whole[:68] + random.bytes(4) + whole[72:]


def _newer(whole: bytes, random: np.random.Generator) -> bytes:
    return whole[:60] + int(random.integers(9, 1000)).to_bytes(4, "big") + whole[64:]


_MUTATIONS: tuple[Callable[[bytes, np.random.Generator], bytes], ...] = (
    _flip, _overwrite, _cut, _foreign, _newer,
)  # fmt: skip


@pytest.mark.parametrize("name", ["decisions.db", "index.db"])
def test_r17_fifty_mutated_copies_are_kept_aside_and_the_backup_comes_back(
    folder: Path, tmp_path: Path, name: str
) -> None:
    whole = (folder / name).read_bytes()
    random = np.random.default_rng(17)
    refused = 0
    for number in range(_COPIES):
        mutated = _MUTATIONS[number % len(_MUTATIONS)](whole, random)
        one = tmp_path / f"copy-{number}"
        shutil.copytree(folder, one)
        (one / name).write_bytes(mutated)
        refusal = _refusal(one)
        if refusal is not None:
            refused += 1
            assert str(one / name) in str(refusal)
            assert "doctor --repair" in str(refusal) or isinstance(refusal, NewerLibraryError)
            assert len(str(refusal).splitlines()) == 1
            assert (one / name).read_bytes() == mutated
            assert _repair(one, "--yes") == 0
            assert [path.read_bytes() for path in _kept(one, name)] == [mutated]
            assert _decisions(one) == ["keep", "keep"]
        elif examine(one):
            assert name == "index.db"  # what each start checks less thoroughly, doctor finds
            assert _repair(one, "--yes") == 0
        with Library.open(one) as opened:
            assert len(opened.rows()) == 4
        for kind, schema in (("decisions.db", DECISIONS), ("index.db", INDEX)):
            check_whole(one / kind, schema)
        shutil.rmtree(one)
    assert refused >= 0.8 * _COPIES


def test_r17_the_newest_sound_copy_is_taken(folder: Path, calendar: type[_Calendar]) -> None:
    calendar.day += timedelta(days=1)
    Library.open(folder).close()
    (folder / "backups" / "decisions-2026-03-03.db").write_bytes(b"no copy any more")
    (folder / "backups" / "decisions-none.db").write_bytes(b"something else")
    (folder / "decisions.db").write_bytes(b"damaged" * 1000)
    (trouble,) = examine(folder)
    assert trouble.offer is not None
    assert (trouble.offer.day, trouble.offer.count) == ("2026-03-02", 2)


@pytest.mark.parametrize("name", ["decisions.db", "index.db"])
@pytest.mark.parametrize("is_empty", [True, False])
def test_r17_a_lost_database_is_not_begun_anew_over_its_copies(
    folder: Path, name: str, is_empty: bool
) -> None:
    (folder / name).unlink()
    if is_empty:
        (folder / name).touch()
    with pytest.raises(LibraryError, match=r"doctor --repair"):
        Library.open(folder)
    assert _repair(folder, "--yes") == 0
    assert _decisions(folder) == ["keep", "keep"]


def test_r17_without_a_sound_copy_it_begins_anew_and_all_is_kept(folder: Path) -> None:
    for path in [folder / "decisions.db", *(folder / "backups").glob("decisions-*.db")]:
        path.write_bytes(b"damaged" * 1000)
    assert _repair(folder, "--yes") == 0
    assert _decisions(folder) == []
    assert [path.read_bytes() for path in _kept(folder, "decisions.db")] == [b"damaged" * 1000]
    assert len(list((folder / "backups").glob("decisions-*.unusable"))) == 2


def test_r17_what_a_newer_version_wrote_is_kept_aside(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("decisions.db", "index.db", "cache.db"):
        with closing(sqlite3.connect(folder / name)) as connection:
            connection.execute("PRAGMA user_version=99")
    before = {name: _sha256(folder / f"{name}.db") for name in ("decisions", "index", "cache")}
    assert _repair(folder, "--yes") == 0
    assert "to update is better than to repair" in capsys.readouterr().err
    for name, sha256 in before.items():
        assert [_sha256(path) for path in _kept(folder, f"{name}.db")] == [sha256]
    assert _decisions(folder) == ["keep", "keep"]


def test_r17_nothing_is_changed_without_a_yes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "decisions.db").write_bytes(b"damaged" * 1000)
    before = {path: _sha256(path) for path in folder.rglob("*.db")}
    assert _repair(folder) == 2
    said = capsys.readouterr().err
    assert "backup of 2026-03-02 with 2 decisions" in said
    assert "--yes; nothing was changed" in said

    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return "\n"

    monkeypatch.setattr("sys.stdin", Terminal())
    assert _repair(folder) == 0
    assert "Nothing was changed." in capsys.readouterr().err
    assert {path: _sha256(path) for path in folder.rglob("*.db")} == before


def test_r17_a_sound_library_needs_no_repair(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: _sha256(path) for path in folder.rglob("*.db")}
    assert _repair(folder, "--yes") == 0
    assert "there is nothing to repair" in capsys.readouterr().err
    assert {path: _sha256(path) for path in folder.rglob("*.db")} == before
    assert _repair(folder / "missing") == 2


def test_r17_repair_waits_until_nobody_else_writes(folder: Path) -> None:
    with Library.open(folder):
        assert _repair(folder, "--yes") == LibraryBusyError.exit_code


@pytest.mark.parametrize("number", [1, 2, 3])
def test_r17_a_repair_cut_short_can_be_done_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    damaged = b"damaged" * 1000
    (folder / "decisions.db").write_bytes(damaged)
    (folder / "decisions.db-wal").write_bytes(b"its log")
    calls = 0
    real = Path.rename

    def fail(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(5, os.strerror(5), str(self))
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        assert _repair(folder, "--yes") == 1
    assert calls == number
    assert _repair(folder, "--yes") == 0
    assert _decisions(folder) == ["keep", "keep"]
    everything = [path.read_bytes() for path in folder.glob("decisions.db.unusable-*")]
    assert sorted(everything) == sorted([damaged, b"its log"])


def test_r17_a_photo_deleted_after_the_backup_is_still_in_the_trash(
    folder: Path, home: Path
) -> None:
    photo = folder.parent / "photos" / "3.jpg"
    whole = photo.read_bytes()
    with Library.open(folder) as opened:
        assert opened.decide("delete", [str(photo)])[0].status == "done"
    (folder / "decisions.db").write_bytes(b"damaged" * 1000)
    assert _repair(folder, "--yes") == 0
    with Library.open(folder) as opened:
        row = opened.row(str(photo))
        assert row is not None
        assert (row.decision, row.status) == ("undecided", "missing")
    assert (home / ".local/share/Trash/files/3.jpg").read_bytes() == whole
    assert b"3.jpg" in (home / ".local/share/Trash/info/3.jpg.trashinfo").read_bytes()


def test_r17_what_was_forgotten_is_in_no_copy(folder: Path) -> None:
    photo = folder.parent / "photos" / "3.jpg"
    with Library.open(folder) as opened:
        opened.decide("delete", [str(photo)])
    (folder / "backups" / "decisions-2026-03-02.db").unlink()
    with Library.open(folder) as opened:
        record = next(one for one in opened.history() if one.decision == "delete")
        (copy,) = (folder / "backups").glob("decisions-2026-03-02.db")
        assert os.fsencode(photo) in copy.read_bytes()
        opened.forget([record.id])
        assert _names(folder, "decisions") == [copy.name]
        assert os.fsencode(photo) not in copy.read_bytes()


def test_r17_doctor_says_what_is_damaged(folder: Path) -> None:
    def look() -> tuple[bool, str]:
        lines = {line.name: line for line in run_doctor(folder, "/none.safetensors")}
        return lines["databases"].ok, lines["databases"].value

    assert look() == (True, "sound, newest backup of the decisions: 2026-03-02")
    (folder / "decisions.db").write_bytes(b"damaged" * 1000)
    is_well, words = look()
    assert not is_well
    assert "doctor --repair" in words
