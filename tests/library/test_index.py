"""The index: rows, scores, rescans, moves, roots that come and go."""

import math
import os
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lqalbum.errors import PhotoError
from lqalbum.library.library import Library
from lqalbum.library.records import PhotoRow
from lqalbum.library.walk import walk
from tests.library.conftest import Album, scoring
from tests.library.pictures import index_album, save_scene


def _row(library: Library, path: str) -> PhotoRow:
    row = library.row(path)
    assert row is not None
    return row


def test_a_decoded_photo_is_a_row_before_it_has_a_score(album: Album) -> None:
    path = save_scene(album.folder / "new.jpg", seed=20)
    with album.open() as library:
        index_album(library, str(album.folder), [path])
        row = _row(library, path)
        assert (row.status, row.score, row.kind, row.decision) == (None, None, None, "undecided")
        assert (row.root, row.width, row.height) == (str(album.folder), 320, 288)
        assert row.size_bytes == os.path.getsize(path)
        assert row.sha256 is not None
        thumbnail = library.thumbnail(row.sha256)
        assert thumbnail is not None
        assert thumbnail.startswith(b"\xff\xd8\xff")
        library.add_scores([(path, scoring(score=4.5))])
        row = _row(library, path)
        assert (row.status, row.score, row.percentile) == ("scored", 4.5, 99.0)
        assert (row.percentile_low, row.percentile_high) == (98.0, 99.5)
        assert (row.s_kl, row.s_kl_percentile, row.split_level) == (0.25, 70.0, 5)
        assert (row.kind, row.reason, row.model_id) == ("photo", "blurred", "m1")
        assert row.high_frequency == 0.1
        assert library.details(row.photo_id) == scoring().evidence


def test_rows_of_a_scorer_or_of_the_newest(album: Album) -> None:
    path = album.paths[0]
    with album.open() as library:
        library.add_scores([(path, scoring(score=7.0, scorer_id="s2"))])
        assert _row(library, path).score == 7.0
        by_path = {row.path: row for row in library.rows("s1")}
        assert by_path[path].score == 1.0
        by_path = {row.path: row for row in library.rows("s2")}
        assert by_path[path].score == 7.0
        assert by_path[album.paths[1]].status is None
        assert library.rows("unheard of")[0].status is None
        assert library.known(str(album.folder))[path].scored_by == "s2"
        assert library.known(str(album.folder), "s1")[path].scored_by == "s1"
        assert library.known(str(album.folder), "s2")[album.paths[1]].scored_by is None


def test_known_stamps_equal_those_of_the_walk(album: Album) -> None:
    with album.open() as library:
        known = library.known(str(album.folder))
        found = {file.path: file for file in walk(str(album.folder))}
        assert sorted(known) == sorted(found)
        for path, stamp in known.items():
            file = found[path]
            assert (stamp.size_bytes, stamp.mtime_ns) == (file.size_bytes, file.mtime_ns)
            assert (stamp.scored_by, stamp.status) == ("s1", "scored")
        assert library.known("/elsewhere") == {}


def test_a_changed_photo_has_no_score_until_it_is_scored_again(album: Album) -> None:
    path = album.paths[0]
    with album.open() as library:
        library.decide("keep", [path])
        save_scene(Path(path), seed=30)
        index_album(library, str(album.folder), [path])
        row = _row(library, path)
        assert (row.status, row.score, row.decision) == (None, None, "keep")


def test_an_error_row_has_code_words_and_stamps(album: Album) -> None:
    path = str(album.folder / "bad.jpg")
    Path(path).write_text("text")
    with album.open() as library:
        library.add_error(str(album.folder), path, PhotoError("not-an-image", "It is text.", path))
        row = _row(library, path)
        assert (row.status, row.error_code, row.error_message) == (
            "error", "not-an-image", "It is text.",
        )  # fmt: skip
        assert library.known(str(album.folder))[path].size_bytes == 4
        gone = str(album.folder / "gone.jpg")
        library.add_error(str(album.folder), gone, PhotoError("vanished", "It is gone.", gone))
        assert _row(library, gone).status == "error"
        save_scene(Path(path))
        index_album(library, str(album.folder), [path])
        row = _row(library, path)
        assert (row.status, row.error_code, row.error_message) == (None, None, None)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_no_score_that_is_not_finite_reaches_the_database(album: Album, value: float) -> None:
    path = album.paths[0]
    with album.open() as library:
        library.add_scores([(path, replace(scoring(scorer_id="s9"), s_kl=value))])
        row = _row(library, path)
        assert (row.status, row.error_code) == ("error", "not-scored")
        library.add_scores([(path, scoring(scorer_id="s9"))])
        assert _row(library, path).status == "scored"


def test_missing_photos_keep_everything_and_come_back(album: Album) -> None:
    path = album.paths[0]
    root = str(album.folder)
    with album.open() as library:
        library.decide("keep", [path])
        library.mark_missing(root, [path])
        row = _row(library, path)
        assert (row.status, row.decision, row.score) == ("missing", "keep", 1.0)
        library.mark_present(root, [path])
        assert _row(library, path).status == "scored"


def test_an_offline_root_keeps_everything_and_comes_back(album: Album) -> None:
    root = str(album.folder)
    with album.open() as library:
        before = library.rows()
        library.mark_offline(root)
        assert {row.status for row in library.rows()} == {"offline"}
        assert {row.score for row in library.rows()} == {1.0}
        library.mark_online(root)
        assert library.rows() == before
        assert library.roots() == [root]


def test_a_moved_photo_keeps_row_score_and_decision(album: Album) -> None:
    old = album.paths[0]
    new = str(album.folder / "sub" / "renamed.jpg")
    with album.open() as library:
        library.decide("keep", [old])
        before = _row(library, old)
        os.makedirs(os.path.dirname(new))
        os.rename(old, new)
        library.mark_missing(str(album.folder), [old])
        index_album(library, str(album.folder), [new])
        after = _row(library, new)
        assert after == replace(before, path=new)
        assert library.row(old) is None
        assert len(library.rows()) == 6
        # The decision went along: undo finds the photo where it is now.
        (result,) = library.undo()
        assert result.path == new
        assert _row(library, new).decision == "undecided"


def test_a_moved_photo_is_deleted_and_restored_where_it_is_now(album: Album) -> None:
    old, new = album.paths[0], str(album.folder / "renamed.jpg")
    with album.open() as library:
        library.decide("keep", [old])
        os.rename(old, new)
        index_album(library, str(album.folder), [new])
        library.decide("delete", [new])
        assert not os.path.exists(new)
        library.undo()
        assert os.path.exists(new)
        assert _row(library, new).decision == "keep"


def test_copies_inherit_nothing(album: Album) -> None:
    old = album.paths[0]
    copies = [str(album.folder / name) for name in ("copy 1.jpg", "copy 2.jpg")]
    with album.open() as library:
        library.decide("keep", [old])
        for copy in copies:
            Path(copy).write_bytes(Path(old).read_bytes())
        index_album(library, str(album.folder), copies[:1])
        assert _row(library, copies[0]).decision == "undecided"
        assert _row(library, old).decision == "keep"


@pytest.mark.parametrize("at_once", [True, False])
def test_where_two_new_photos_could_be_the_moved_one_none_is(album: Album, at_once: bool) -> None:
    old = album.paths[0]
    copies = [str(album.folder / name) for name in ("copy 1.jpg", "copy 2.jpg")]
    with album.open() as library:
        library.decide("keep", [old])
        content = Path(old).read_bytes()
        os.rename(old, copies[0])
        Path(copies[1]).write_bytes(content)
        library.known_folders(str(album.folder), "s1")  # a scan begins
        for batch in [copies] if at_once else [[copy] for copy in copies]:
            index_album(library, str(album.folder), batch)
        assert [_row(library, copy).decision for copy in copies] == ["undecided"] * 2
        # The old place keeps its decision, should the photo return to it.
        os.rename(copies[0], old)
        index_album(library, str(album.folder), [old])
        assert _row(library, old).decision == "keep"


def test_photos_of_an_offline_root_did_not_move(album: Album, tmp_path: Path) -> None:
    old = album.paths[0]
    elsewhere = tmp_path / "backup"
    elsewhere.mkdir()
    copy = elsewhere / "0.jpg"
    copy.write_bytes(Path(old).read_bytes())
    with album.open() as library:
        library.decide("keep", [old])
        library.mark_offline(str(album.folder))
        os.rename(album.folder, tmp_path / "unplugged")
        index_album(library, str(elsewhere), [str(copy)])
        assert _row(library, str(copy)).decision == "undecided"
        assert _row(library, old).decision == "keep"


def test_changes_are_told_since_a_number(album: Album) -> None:
    with album.open() as library:
        first = library.rows_since(0)
        assert len(first.rows) == 6
        assert library.rows_since(first.change_id).rows == ()
        library.decide("keep", [album.paths[2]])
        second = library.rows_since(first.change_id)
        assert [row.path for row in second.rows] == [album.paths[2]]
        assert second.change_id > first.change_id
        library.decide("delete", [album.paths[3]])
        (row,) = library.rows_since(second.change_id).rows
        assert (row.path, row.status) == (album.paths[3], "deleted")


def test_reconstructions_and_heat_maps_come_back(album: Album) -> None:
    heat_map = np.random.default_rng(0).normal(size=(32, 44)).astype(np.float32)
    with album.open() as library:
        library.put_reconstruction("a", "s1", None, b"display")
        library.put_reconstruction("a", "s1", 7, b"seven")
        library.put_heat_map("a", "s1", heat_map)
    with album.open() as library:
        assert library.reconstruction("a", "s1") == b"display"
        assert library.reconstruction("a", "s1", 7) == b"seven"
        assert library.reconstruction("a", "s1", 8) is None
        assert library.reconstruction("a", "s2") is None
        found = library.heat_map("a", "s1")
        assert found is not None
        assert found.dtype == np.float32
        assert np.array_equal(found, heat_map)
        assert library.heat_map("b", "s1") is None
        assert library.thumbnail("none") is None


def test_names_that_are_no_text_are_kept_exactly(album: Album) -> None:
    paths = []
    for name in (b"caf\xe9.jpg", b"two\nlines.jpg"):
        path = os.fsdecode(os.fsencode(album.folder) + b"/" + name)
        paths.append(save_scene(Path(path), seed=len(name)))
    with album.open() as library:
        index_album(library, str(album.folder), paths)
        assert set(paths) <= {row.path for row in library.rows()}
        assert set(paths) <= set(library.known(str(album.folder)))


def test_threads_read_while_another_writes(album: Album) -> None:
    seen: list[int] = []
    with album.open() as library:

        def read() -> None:
            seen.extend(len(library.rows()) for _ in range(20))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(20):
            library.add_scores([(album.paths[number % 6], scoring(score=number))])
        for reader in readers:
            reader.join()
    assert seen == [6] * 60
