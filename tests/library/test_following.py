"""R12: decisions follow the bytes, whatever other programs did to the names."""

import itertools
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from lqalbum.library.library import Library
from tests.library.conftest import Album
from tests.library.pictures import index_album, save_scene


def _decisions(library: Library, paths: Sequence[str]) -> list[str]:
    rows = {row.path: row for row in library.rows()}
    return [rows[path].decision for path in paths]


def _swap(one: str, other: str) -> None:
    os.rename(one, one + ".aside")
    os.rename(other, one)
    os.rename(one + ".aside", other)


def _shift(paths: Sequence[str], last: str) -> None:
    """Rename each file to the name of the next one."""
    for old, new in reversed(list(itertools.pairwise([*paths, last]))):
        os.rename(old, new)


def _scan(album: Album, paths: Sequence[str], batches: int) -> None:
    """Read photos as a scan does, or, in batches, one that was killed after each of them."""
    if batches == 1:
        with album.open() as library:
            library.known_folders(str(album.folder), "s1")
            index_album(library, str(album.folder), paths)
        return
    for path in paths:
        with album.open() as library:
            library.known_folders(str(album.folder), "s1")
            index_album(library, str(album.folder), [path])


@pytest.mark.parametrize("batches", [1, 2])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_r12_swapped_names(album: Album, batches: int, is_reversed: bool) -> None:
    kept, other = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [kept])
    _swap(kept, other)
    read = [other, kept] if is_reversed else [kept, other]
    _scan(album, read, batches)
    with album.open() as library:
        assert _decisions(library, [kept, other]) == ["undecided", "keep"]
        # Undo finds the photo by the name that it has now.
        (result,) = library.undo()
        assert result.path == other
        assert _decisions(library, [kept, other]) == ["undecided", "undecided"]


@pytest.mark.parametrize("batches", [1, 2])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_r12_renumbered_names(album: Album, batches: int, is_reversed: bool) -> None:
    last = str(album.folder / "6.jpg")
    with album.open() as library:
        library.decide("keep", [album.paths[number] for number in (0, 1, 4)])
    _shift(album.paths, last)
    read = [*album.paths[1:], last]
    _scan(album, read[::-1] if is_reversed else read, batches)
    with album.open() as library:
        wanted = ["keep", "keep", "undecided", "undecided", "keep", "undecided"]
        assert _decisions(library, read) == wanted
        # Nothing is missing, and what was renamed once may be renamed again.
        assert sorted(row.path for row in library.rows()) == sorted(read)
        library.known_folders(str(album.folder), "s1")
        renamed = str(album.folder / "renamed.jpg")
        os.rename(read[0], renamed)
        index_album(library, str(album.folder), [renamed])
        assert _decisions(library, [renamed]) == ["keep"]


def test_r12_a_photo_renamed_twice_while_the_other_name_was_not_read(album: Album) -> None:
    path, other = album.paths[:2]
    renamed = str(album.folder / "renamed.jpg")
    with album.open() as library:
        library.decide("keep", [path])
        _swap(path, other)
        index_album(library, str(album.folder), [other])
        os.rename(other, renamed)
        library.known_folders(str(album.folder), "s1")  # a scan begins
        index_album(library, str(album.folder), [renamed])
        index_album(library, str(album.folder), [path])
        assert _decisions(library, [path, renamed]) == ["undecided", "keep"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_r12_three_names_in_a_circle(album: Album, order: tuple[int, ...]) -> None:
    paths = album.paths[:3]
    with album.open() as library:
        library.decide("keep", paths[:2])
        aside = paths[2] + ".aside"
        os.rename(paths[2], aside)
        _shift(paths[:2], paths[2])
        os.rename(aside, paths[0])
        for number in order:
            index_album(library, str(album.folder), [paths[number]])
        assert _decisions(library, paths) == ["undecided", "keep", "keep"]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_r12_another_photo_under_the_old_name(album: Album, is_reversed: bool) -> None:
    old, new = album.paths[0], str(album.folder / "renamed.jpg")
    with album.open() as library:
        library.decide("keep", [old])
        os.rename(old, new)
        save_scene(Path(old), seed=60)
        read = [new, old] if is_reversed else [old, new]
        for path in read:
            index_album(library, str(album.folder), [path])
        assert _decisions(library, [old, new]) == ["undecided", "keep"]


def test_r12_a_photo_renamed_over_another_takes_its_place(album: Album) -> None:
    first, second = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [second])
        os.replace(first, second)
        library.mark_missing(str(album.folder), [first])
        index_album(library, str(album.folder), [second])
        assert _decisions(library, [second]) == ["undecided"]


def test_r12_a_photo_edited_in_its_place_keeps_its_decision(album: Album) -> None:
    path, renamed = album.paths[0], str(album.folder / "renamed.jpg")
    with album.open() as library:
        library.decide("keep", [path])
        save_scene(Path(path), seed=61)
        index_album(library, str(album.folder), [path])
        assert _decisions(library, [path]) == ["keep"]
        os.rename(path, renamed)
        index_album(library, str(album.folder), [renamed])
        assert _decisions(library, [renamed]) == ["keep"]


def test_r12_a_decision_goes_there_and_back_with_its_photo(album: Album) -> None:
    path, twin = album.paths[:2]
    whole = Path(path).read_bytes()
    with album.open() as library:
        library.decide("keep", [path])
        Path(twin).write_bytes(whole)
        save_scene(Path(path), seed=65)
        index_album(library, str(album.folder), [twin, path])
        decided = _decisions(library, [path, twin])
        os.remove(twin)
        Path(path).write_bytes(whole)
        library.known_folders(str(album.folder), "s1")  # a scan begins
        index_album(library, str(album.folder), [path])
        assert decided == ["undecided", "keep"]
        assert _decisions(library, [path]) == ["keep"]


def test_r12_a_photo_that_was_edited_and_restored_keeps_its_decision(album: Album) -> None:
    path, twin = album.paths[:2]
    whole = Path(path).read_bytes()
    with album.open() as library:
        Path(twin).write_bytes(whole)
        index_album(library, str(album.folder), [twin])
        library.decide("keep", [path])
        save_scene(Path(path), seed=66)
        index_album(library, str(album.folder), [path])
        os.remove(twin)
        Path(path).write_bytes(whole)
        index_album(library, str(album.folder), [path])
        assert _decisions(library, [path]) == ["keep"]


def test_r12_a_decision_taken_anew_belongs_to_the_new_bytes(album: Album) -> None:
    path, other = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [path])
        save_scene(Path(path), seed=62)
        index_album(library, str(album.folder), [path])
        library.decide("undecided", [path])
        library.decide("keep", [path])
        _swap(path, other)
        index_album(library, str(album.folder), [path])
        index_album(library, str(album.folder), [other])
        assert _decisions(library, [path, other]) == ["undecided", "keep"]


def test_r12_a_copy_beside_a_touched_photo_inherits_nothing(album: Album) -> None:
    path, other = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [path])
        Path(other).write_bytes(Path(path).read_bytes())
        os.utime(path, ns=(5, 5))
        index_album(library, str(album.folder), [other])
        index_album(library, str(album.folder), [path])
        assert _decisions(library, [path, other]) == ["keep", "undecided"]


def test_r12_of_two_gone_photos_with_equal_bytes_none_is_inherited_from(album: Album) -> None:
    kept, twin = album.paths[:2]
    new = str(album.folder / "new.jpg")
    with album.open() as library:
        Path(twin).write_bytes(Path(kept).read_bytes())
        index_album(library, str(album.folder), [twin])
        library.decide("keep", [kept])
        os.remove(twin)
        os.rename(kept, new)
        index_album(library, str(album.folder), [new])
        assert _decisions(library, [kept, new]) == ["keep", "undecided"]


@pytest.mark.parametrize("is_occupied", [False, True])
def test_r12_of_two_known_names_with_the_same_bytes_none_inherits(
    album: Album, is_occupied: bool
) -> None:
    kept, *others = album.paths[:3]
    with album.open() as library:
        library.decide("keep", [kept])
        for other in others:
            Path(other).write_bytes(Path(kept).read_bytes())
        if is_occupied:
            save_scene(Path(kept), seed=63)
        else:
            os.remove(kept)
        library.known_folders(str(album.folder), "s1")  # a scan begins
        for path in [*others, kept] if is_occupied else others:
            index_album(library, str(album.folder), [path])
        assert _decisions(library, others) == ["undecided", "undecided"]
        if is_occupied:
            assert _decisions(library, [kept]) == ["undecided"]
        # Nor does a third copy.
        third = str(album.folder / "third.jpg")
        Path(third).write_bytes(Path(others[0]).read_bytes())
        library.known_folders(str(album.folder), "s1")
        index_album(library, str(album.folder), [third])
        assert not is_occupied or _decisions(library, [third]) == ["undecided"]


def test_r12_a_photo_that_cannot_be_looked_at_has_not_moved(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, other = album.paths[:2]
    lstat = os.lstat

    def refuse(path: str, **named: int) -> os.stat_result:
        if path == kept:
            raise PermissionError(13, "Permission denied")
        return lstat(path, **named)

    with album.open() as library:
        library.decide("keep", [kept])
        Path(other).write_bytes(Path(kept).read_bytes())
        monkeypatch.setattr(os, "lstat", refuse)
        index_album(library, str(album.folder), [other])
        assert _decisions(library, [kept, other]) == ["keep", "undecided"]


def test_r12_what_was_decided_before_the_library_knew_of_bytes_is_found(album: Album) -> None:
    # As libraries of the version before hold it: the bytes of the first decision.
    path, other = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [path])
        save_scene(Path(path), seed=64)
        index_album(library, str(album.folder), [path])
        library.decide("undecided", [path])
        library.decide("keep", [path])
    _to_version_2(album.library_folder / "decisions.db")
    _swap(path, other)
    _scan(album, [path, other], 1)
    with album.open() as library:
        assert _decisions(library, [path, other]) == ["undecided", "keep"]


def _to_version_2(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DROP INDEX subject_with_bytes; DROP TRIGGER entry_put_into_effect;"
            "UPDATE subject SET sha256 = (SELECT sha256 FROM entry e "
            "WHERE e.subject_id = subject.subject_id ORDER BY id LIMIT 1); PRAGMA user_version = 2"
        )
