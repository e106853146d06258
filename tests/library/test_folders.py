"""A folder is settled only as long as no row of its photos changes, whatever changes it."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lqalbum.errors import PhotoError
from lqalbum.library.folders import below
from lqalbum.library.library import Library
from lqalbum.library.listing import Listing
from lqalbum.library.records import PhotoCounts
from lqalbum.library.schemas import INDEX
from lqalbum.library.walk import walk_folders
from tests.library.conftest import Album, scoring
from tests.library.pictures import index_album, save_scene

_RETRIED = frozenset({"crashed"})


def _digest(library: Library, album: Album, scorer_id: str = "s1") -> bytes | None:
    return library.known_folders(str(album.folder), scorer_id).get(str(album.folder))


def _settled(library: Library, album: Album) -> bytes | None:
    library.settle([str(album.folder)], "s1", _RETRIED)
    return _digest(library, album)


def _text(library: Library, album: Album, code: str) -> None:
    path = str(album.folder / "text.jpg")
    Path(path).write_text("no picture")
    library.add_error(str(album.folder), path, PhotoError(code, "It is text.", path))


def test_a_scored_folder_is_known_by_the_listing_that_the_walk_finds(album: Album) -> None:
    with album.open() as library:
        assert _digest(library, album) is None
        digest = _settled(library, album)
        (listing,) = walk_folders(str(album.folder))
        assert digest == listing.digest()
        assert _digest(library, album, "s2") is None
    with album.open() as library:
        assert _digest(library, album) == digest


@pytest.mark.parametrize(
    "other",
    [
        Listing("/a", ["b", "c"], [1, 2], [3, 5]),
        Listing("/a", ["b", "c"], [1, 7], [3, 4]),
        Listing("/a", ["b", "d"], [1, 2], [3, 4]),
        Listing("/a", ["b"], [1], [3]),
        Listing("/a", ["b", "c", "d"], [1, 2, 0], [3, 4, 0]),
    ],
)
def test_another_listing_has_another_digest(other: Listing) -> None:
    assert other.digest() != Listing("/a", ["b", "c"], [1, 2], [3, 4]).digest()


def _decode_anew(library: Library, album: Album) -> None:
    save_scene(album.folder / "0.jpg", seed=30)
    index_album(library, str(album.folder), album.paths[:1])


def _add(library: Library, album: Album) -> None:
    index_album(library, str(album.folder), [save_scene(album.folder / "new.jpg", seed=31)])


def _change_under_a_delete(library: Library, album: Album) -> None:
    path = Path(album.paths[0])
    found = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    (result,) = library.decide("delete", [str(path)])
    assert result.status == "refused"


def _move_within(library: Library, album: Album) -> None:
    (album.folder / "sub").mkdir()
    new = album.folder / "sub" / "0.jpg"
    Path(album.paths[0]).rename(new)
    index_album(library, str(album.folder), [str(new)])
    assert album.paths[0] not in {row.path for row in library.rows()}


_CHANGES: dict[str, Callable[[Library, Album], object]] = {
    "decoded anew": _decode_anew,
    "added": _add,
    "unreadable": lambda library, album: _text(library, album, "not-an-image"),
    "scored by another": lambda library, album: library.add_scores(
        [(album.paths[0], scoring(scorer_id="s2"))]
    ),
    "missing": lambda library, album: library.mark_missing(str(album.folder), album.paths[:1]),
    "unreachable": lambda library, album: library.mark_unreachable(
        str(album.folder), album.paths[:1]
    ),
    "deleted": lambda library, album: library.decide("delete", album.paths[:1]),
    "changed under a delete": _change_under_a_delete,
    "moved": _move_within,
    "no longer watched": lambda library, album: library.remove_folder(str(album.folder)),
}


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES.keys())
def test_a_change_of_any_row_has_the_folder_compared(
    album: Album, change: Callable[[Library, Album], object]
) -> None:
    with album.open() as library:
        assert _settled(library, album) is not None
        change(library, album)
        assert _digest(library, album) is None


def test_what_comes_back_from_the_trash_has_its_folder_compared(album: Album) -> None:
    with album.open() as library:
        library.decide("delete", album.paths[:1])
        without = _settled(library, album)
        library.undo()
        assert _digest(library, album) is None
        assert _settled(library, album) not in (None, without)


def test_an_unplugged_folder_stays_settled_and_is_not_counted(album: Album) -> None:
    folder = str(album.folder)
    with album.open() as library:
        digest = _settled(library, album)
        library.mark_offline(folder)
        assert _digest(library, album) == digest
        assert library.counts([folder], "s1", 97.0) == PhotoCounts(0, 0, 0, 0)
        library.mark_online(folder)
        assert library.counts([folder], "s1", 97.0) == PhotoCounts(6, 6, 0, 0)


def test_a_decision_leaves_the_folder_settled(album: Album) -> None:
    with album.open() as library:
        digest = _settled(library, album)
        library.decide("keep", album.paths[:2])
        assert _digest(library, album) == digest


@pytest.mark.parametrize(
    ("change", "is_settled"),
    [
        (lambda library, album: _text(library, album, "not-an-image"), True),
        (lambda library, album: _text(library, album, "crashed"), False),
        (_add, False),  # it has no score yet
        (lambda library, album: library.mark_missing(str(album.folder), album.paths[:1]), True),
        (
            lambda library, album: library.mark_unreachable(str(album.folder), album.paths[:1]),
            False,
        ),
        (lambda library, album: library.mark_offline(str(album.folder)), False),
    ],
)
def test_only_a_folder_with_nothing_to_do_is_settled(
    album: Album, change: Callable[[Library, Album], object], is_settled: bool
) -> None:
    with album.open() as library:
        change(library, album)
        assert (_settled(library, album) is not None) == is_settled


def test_counts_are_the_same_of_settled_folders(album: Album) -> None:
    with album.open() as library:
        _text(library, album, "not-an-image")
        folder = str(album.folder)
        questions = [[folder], [album.paths[0]], [folder, "/elsewhere"], [str(album.folder.parent)]]
        before = [library.counts(paths, "s1", 97.0) for paths in questions]
        assert before[:2] == [PhotoCounts(6, 6, 0, 1), PhotoCounts(1, 1, 0, 0)]
        assert _settled(library, album) is not None
        assert [library.counts(paths, "s1", 97.0) for paths in questions] == before
        assert library.counts([folder], "s2", 97.0) == PhotoCounts(0, 0, 0, 1)


def test_a_library_of_the_version_before_learns_the_folders(album: Album, tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(album.folder) + b"/caf\xe9/two.jpg")
    with album.open() as library:
        index_album(library, str(album.folder), [save_scene(Path(odd), seed=40)])
        expected = {path: library.known(os.path.dirname(path)) for path in [*album.paths, odd]}
    _rebuild_as_version_1(album.library_folder / "index.db", tmp_path / "old.db")
    with album.open() as library:
        assert {path: library.known(os.path.dirname(path)) for path in expected} == expected
        folders = library.known_folders(str(album.folder), "s1")
        assert folders == {str(album.folder): None, os.path.dirname(odd): None}
        assert _settled(library, album) is not None


def _rebuild_as_version_1(path: Path, old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.executescript(
            f"{INDEX.migrations[0]}; PRAGMA user_version=1;"
            f"PRAGMA application_id={INDEX.application_id}; DELETE FROM change;"
        )
        connection.execute("ATTACH ? AS new", (str(path),))
        for table in ("change", "root", "photo", "scorer", "score", "evidence"):
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}")
    shutil.copy(old, path)


@pytest.mark.parametrize(
    ("folder", "separator", "inside", "outside"),
    [
        (b"/photos", "/", [b"/photos/a", b"/photos/~"], [b"/photos", b"/photos 2/a"]),
        (b"/", "/", [b"/a", b"/photos/a"], []),
        (
            rb"C:\photos",
            "\\",
            [rb"C:\photos\a", b"C:\\photos\\~"],
            [rb"C:\photos2\a", rb"C:\photos]"],
        ),
        (b"C:\\", "\\", [rb"C:\a"], [rb"D:\a"]),
    ],
)
def test_what_is_below_a_folder_sorts_between_two_values(
    folder: bytes, separator: str, inside: list[bytes], outside: list[bytes]
) -> None:
    first, end = below(folder, separator)
    assert all(first <= path < end for path in inside)
    assert not any(first <= path < end for path in outside)
