"""Watched folders: listed with counts, and taken off the list without losing anything."""

import os
from pathlib import Path

import pytest

from lqalbum.errors import LibraryError
from lqalbum.library.library import Library
from lqalbum.library.records import WatchedFolder
from tests.library.conftest import Album, scoring
from tests.library.pictures import index_album, save_scene


def test_folders_are_listed_with_their_photos_and_whether_they_are_there(
    album: Album, tmp_path: Path, home: Path
) -> None:
    other = tmp_path / "other\udcff"
    path = save_scene(other / "one.jpg", seed=40)
    with album.open() as library:
        index_album(library, str(other), [path])
        library.mark_offline(str(other))
        library.decide("delete", [album.paths[0]])
        assert library.watched_folders() == [
            WatchedFolder(str(other), False, 1),
            WatchedFolder(str(album.folder), True, 5),
        ]


def test_a_removed_folder_leaves_photos_and_decisions_and_comes_back_as_it_was(
    album: Album, home: Path
) -> None:
    kept, deleted, *rest = album.paths
    with album.open() as library:
        library.decide("keep", [kept])
        library.decide("delete", [deleted])
        before = {row.photo_id for row in library.rows()}
        history = library.history()
        assert set(library.remove_folder(str(album.folder))) == before
        assert (library.roots(), library.rows(), library.watched_folders()) == ([], [], [])
        assert library.history() == history
        assert all(map(os.path.exists, [kept, *rest]))
        assert library.undo()[0].status == "done"
        assert os.path.exists(deleted)

    with album.open() as library:
        index_album(library, str(album.folder), album.paths)
        rows = {row.path: row for row in library.rows()}
        assert rows[kept].decision == "keep"
        assert rows[deleted].decision == "undecided"
        # Scores belong to the bytes: nothing is to be scored again.
        assert {row.status for row in rows.values()} == {"scored"}


@pytest.mark.parametrize("removed", ["photos", "photos/inner"])
def test_photos_in_another_watched_folder_go_over_to_it(album: Album, removed: str) -> None:
    root, inner = str(album.folder), str(album.folder / "inner")
    path = save_scene(Path(inner) / "deep.jpg", seed=41)
    beside = save_scene(album.folder / "inner.jpg", seed=42)
    with album.open() as library:
        # The outer folder knows the photo when the inner one is to go, and the other way round.
        owner = inner if removed == "photos/inner" else root
        index_album(library, owner, [path])
        index_album(library, root, [beside])
        library.add_scores([(path, scoring())])
        index_album(library, inner, [save_scene(Path(inner) / "other.jpg", seed=43)])
        change = library.rows_since(0).change_id
        gone = library.remove_folder(str(album.folder.parent / removed))
        stays = root if removed == "photos/inner" else inner
        assert library.roots() == [stays]
        row = library.row(path)
        assert row is not None
        assert (row.root, row.status) == (stays, "scored")
        assert path in {one.path for one in library.rows_since(change).rows}
        left = {one.path for one in library.rows()}
        assert (beside in left) == (removed == "photos/inner")
        assert len(gone) == (0 if removed == "photos/inner" else 7)


def test_a_folder_that_is_not_watched_is_no_trouble(album: Album) -> None:
    with album.open() as library:
        assert library.remove_folder("/elsewhere") == ()
        assert len(library.rows()) == 6
    with (
        Library.open(album.library_folder, read_only=True) as library,
        pytest.raises(LibraryError, match="reading only"),
    ):
        library.remove_folder(str(album.folder))
