"""Opening: one writer, and no file that is foreign, damaged or newer is ever touched."""

import contextlib
import hashlib
import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from lqalbum.errors import LibraryBusyError, LibraryError, NewerLibraryError
from lqalbum.library.database import Database, Schema
from lqalbum.library.library import Library
from lqalbum.library.schemas import CACHE, DECISIONS, INDEX
from tests.library.conftest import Album

_FILES = ("decisions.db", "index.db", "cache.db")


def _contents(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.suffix == ".db"
    }


def _edit(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("name", _FILES)
def test_a_newer_database_is_refused_and_left_as_it_is(album: Album, name: str) -> None:
    connection = sqlite3.connect(album.library_folder / name)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    _edit(album.library_folder / name, "PRAGMA user_version=999")
    before = _contents(album.library_folder)
    with pytest.raises(NewerLibraryError, match=name):
        album.open()
    assert _contents(album.library_folder) == before
    _edit(album.library_folder / name, f"PRAGMA user_version={version}")
    album.open().close()  # the lock was let go


@pytest.mark.parametrize("name", _FILES[:2])
@pytest.mark.parametrize("content", [b"no database at all" * 99, b"SQLite format 3\0", b"x"])
def test_a_foreign_file_is_refused_and_left_as_it_is(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LibraryError, match=name):
        Library.open(tmp_path)
    assert (tmp_path / name).read_bytes() == content


@pytest.mark.parametrize("name", _FILES[:2])
def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path, name: str) -> None:
    _edit(tmp_path / name, "CREATE TABLE theirs (a)")
    before = _contents(tmp_path)
    with pytest.raises(LibraryError, match="something else"):
        Library.open(tmp_path)
    assert {key: _contents(tmp_path)[key] for key in before} == before


@pytest.mark.parametrize("name", _FILES[:2])
def test_damaged_databases_are_refused_and_left_as_they_are(album: Album, name: str) -> None:
    path = album.library_folder / name
    whole = path.read_bytes()
    random = np.random.default_rng(5)
    refused = 0
    for round_number in range(12):
        damaged = bytearray(whole)
        if round_number % 2:
            start = int(random.integers(100, len(whole) - 2000))
            damaged[start : start + 1500] = random.bytes(1500)
        else:
            del damaged[int(random.integers(100, len(whole))) :]
        path.write_bytes(damaged)
        with contextlib.suppress(LibraryError):
            album.open().close()
            continue
        refused += 1
        assert path.read_bytes() == damaged
        path.write_bytes(whole)
    assert refused >= 6
    path.write_bytes(whole)
    album.open().close()


def test_a_database_whose_very_names_are_garbled_is_refused(album: Album) -> None:
    path = album.library_folder / "decisions.db"
    whole = path.read_bytes()
    # SQLite's complaint quotes the name, and Python cannot decode it.
    garbled = whole.replace(b"tablestepstep", b"tables\xce\xffpstep")
    garbled = garbled.replace(b"CREATE TABLE step", b"CREATE TABLE \xff((p")
    path.write_bytes(garbled)
    with pytest.raises(LibraryError, match=r"garbled.*doctor --repair"):
        album.open()
    assert path.read_bytes() == garbled


def _kept(folder: Path) -> dict[str, bytes]:
    """What was kept aside, without the time in its name."""
    found = folder.glob("cache.db.unusable-*")
    return {re.sub(r"-\d{8}-\d{6}-\d{6}", "", path.name): path.read_bytes() for path in found}


@pytest.mark.parametrize("is_database", [False, True])
def test_a_damaged_cache_is_kept_aside_and_begun_anew(album: Album, is_database: bool) -> None:
    path = album.library_folder / "cache.db"
    if is_database:  # but another program's
        _edit(path, "PRAGMA application_id=1")
    else:
        path.write_bytes(b"damaged" * 1000)
    damaged = path.read_bytes()
    path.with_name("cache.db-wal").write_bytes(b"what was not yet written")
    path.with_name("cache.db.damaged").write_bytes(b"of an earlier time")
    with album.open() as library:
        assert len(library.rows()) == 6
        assert library.thumbnail(library.rows()[0].sha256 or "") is None
    assert _kept(album.library_folder) == {
        "cache.db.unusable": damaged, "cache.db.unusable-wal": b"what was not yet written",
    }  # fmt: skip
    assert path.with_name("cache.db.damaged").read_bytes() == b"of an earlier time"
    path.write_bytes(b"damaged again" * 1000)
    album.open().close()
    assert len(list(album.library_folder.glob("cache.db.unusable-*[0-9]"))) == 2


def test_what_a_cache_left_behind_does_not_spoil_a_new_one(album: Album) -> None:
    path = album.library_folder / "cache.db"
    path.unlink()
    path.with_name("cache.db-wal").write_bytes(b"its log")
    with album.open() as library:
        assert len(library.rows()) == 6
    assert _kept(album.library_folder) == {"cache.db.unusable-wal": b"its log"}


@pytest.mark.parametrize("is_database", [False, True])
def test_no_library_is_begun_beside_a_cache_of_another_program(
    tmp_path: Path, is_database: bool
) -> None:
    path = tmp_path / "cache.db"
    if is_database:
        _edit(path, "CREATE TABLE theirs (a)")
    else:
        path.write_bytes(b"theirs")
    path.with_name("cache.db-wal").write_bytes(b"not yet written")
    path.with_name("cache.db.damaged").write_bytes(b"kept by them")
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    with pytest.raises(LibraryError, match=r"no cache of LQ Album.*another folder"):
        Library.open(tmp_path)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_cache_that_cannot_be_kept_aside_is_one_sentence(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = album.library_folder / "cache.db"
    path.write_bytes(b"damaged" * 1000)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(LibraryError, match=r"cache\.db cannot be used"):
            album.open()
    assert path.read_bytes() == b"damaged" * 1000


@pytest.mark.parametrize(("schema", "level"), [(DECISIONS, 2), (INDEX, 1), (CACHE, 1)])
def test_what_was_decided_is_on_the_disk_before_it_is_told(
    tmp_path: Path, schema: Schema, level: int
) -> None:
    database = Database(tmp_path / "a.db", schema, threading.RLock(), read_only=False)
    with database.write() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (level,)
    database.close()


def test_a_second_writer_is_refused_and_a_reader_is_not(album: Album) -> None:
    with album.open() as writer:
        with pytest.raises(LibraryBusyError, match="library"):
            album.open()
        with Library.open(album.library_folder, read_only=True) as reader:
            writer.decide("keep", album.paths[:1])
            row = reader.row(album.paths[0])
            assert row is not None
            assert row.decision == "keep"
    album.open().close()


def test_the_lock_of_a_killed_program_is_free(album: Album) -> None:
    script = (
        "import sys; from pathlib import Path; from lqalbum.library.library import Library\n"
        "library = Library.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(album.library_folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        assert program.stdout.readline() == b"open\n"
        with pytest.raises(LibraryBusyError):
            album.open()
        program.kill()
        program.wait()
        album.open().close()


def test_reading_needs_a_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        Library.open(tmp_path / "nothing", read_only=True)
    assert not (tmp_path / "nothing").exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="cannot be made"):
        Library.open(tmp_path / "file" / "library")


def test_a_temporary_library_is_removed(tmp_path: Path) -> None:
    with Library.temporary() as library:
        folder = library.folder
        assert library.is_temporary
        assert (folder / "index.db").exists()
    assert not folder.exists()


_ONE = "CREATE TABLE a (x); INSERT INTO a VALUES (1)"
_TWO = "ALTER TABLE a ADD COLUMN y DEFAULT 5"


def _open(path: Path, *migrations: str, read_only: bool = False) -> Database:
    schema = Schema("test", 77, migrations, precious=True)
    return Database(path, schema, threading.RLock(), read_only)


def test_migrations_run_once_in_order_after_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    _open(path, _ONE).close()
    with pytest.raises(LibraryError, match="older version"):
        _open(path, _ONE, _TWO, read_only=True)
    database = _open(path, _ONE, _TWO)
    with database.read() as connection:
        assert connection.execute("SELECT x, y FROM a").fetchall() == [(1, 5)]
    database.close()
    _open(path, _ONE, _TWO).close()
    backup = sqlite3.connect(tmp_path / "a.db.version-1.backup")
    assert backup.execute("SELECT * FROM a").fetchall() == [(1,)]
    assert backup.execute("PRAGMA user_version").fetchone() == (1,)
    backup.close()


def test_a_failed_migration_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    _open(path, _ONE).close()
    with pytest.raises(LibraryError):
        _open(path, _ONE, f"{_TWO}; INSERT INTO nowhere VALUES (1)")
    database = _open(path, _ONE)
    with database.read() as connection:
        assert connection.execute("SELECT * FROM a").fetchall() == [(1,)]
    database.close()


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    database = _open(tmp_path / "a.db", _ONE)

    def fail() -> None:
        with database.write() as connection, database.write() as nested:
            connection.execute("INSERT INTO a VALUES (2)")
            nested.execute("INSERT INTO a VALUES (3)")
            nested.execute("INSERT INTO nowhere VALUES (4)")

    with pytest.raises(LibraryError):
        fail()
    with database.read() as connection:
        assert connection.execute("SELECT x FROM a").fetchall() == [(1,)]
    database.close()


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    database = _open(tmp_path / "a.db", _ONE)
    with database.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        with database.read() as same:
            same.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(LibraryError, match="full; make room"), database.write() as connection:
        connection.execute("INSERT INTO a VALUES (zeroblob(1000000))")
    with database.read() as connection:
        assert connection.execute("SELECT x FROM a").fetchall() == [(1,)]
    database.close()
