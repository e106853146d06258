"""Decisions: what is deleted lies whole in the trash, and comes back as it was."""

import errno
import hashlib
import os
import random
import shutil
from pathlib import Path

import pytest

from lqalbum.errors import LibraryError, UsageError
from lqalbum.library.library import Library
from lqalbum.library.records import DecisionResult
from lqalbum.library.trash import Trash, TrashedFile, files
from tests.bins import Bin
from tests.library.conftest import Album
from tests.library.pictures import index_album, jpeg, save_scene, scene


def _fingerprint(path: str | Path) -> tuple[str, int, int]:
    found = os.lstat(path)
    content = Path(path).read_bytes()
    return hashlib.sha256(content).hexdigest(), found.st_mtime_ns, found.st_mode


def _one(results: list[DecisionResult]) -> DecisionResult:
    (result,) = results
    return result


def _trash(home: Path) -> Path:
    return home / ".local" / "share" / "Trash"


def test_delete_moves_to_the_home_trash_with_its_record(album: Album, home: Path) -> None:
    path = album.paths[0]
    before = _fingerprint(path)
    with album.open() as library:
        result = _one(library.decide("delete", [path]))
        row = library.row(path)
        summary = library.trash_summary()
    assert result.status == "done"
    assert result.error is None
    assert not os.path.lexists(path)
    assert result.trash_path == str(_trash(home) / "files" / "0.jpg")
    assert _fingerprint(result.trash_path) == before
    lines = (_trash(home) / "info" / "0.jpg.trashinfo").read_text().splitlines()
    assert lines[:2] == ["[Trash Info]", f"Path={path}"]
    assert lines[2].startswith("DeletionDate=20")
    assert row is not None
    assert (row.status, row.decision) == ("deleted", "delete")
    assert (summary.photos, summary.bytes) == (1, os.path.getsize(result.trash_path))


def test_undo_and_redo_work_across_restarts(album: Album, home: Path) -> None:
    path = album.paths[0]
    before = _fingerprint(path)
    with album.open() as library:
        library.decide("delete", [path])
    with album.open() as library:
        result = _one(library.undo())
        assert (result.path, result.decision, result.status) == (path, "undecided", "done")
        assert _fingerprint(path) == before
        assert list((_trash(home) / "info").iterdir()) == []
        row = library.row(path)
        assert row is not None
        assert (row.status, row.decision, row.percentile) == ("scored", "undecided", 99.0)
    with album.open() as library:
        assert _one(library.redo()).status == "done"
        assert not os.path.lexists(path)
        assert library.redo() == []
    with album.open() as library:
        assert _one(library.undo()).status == "done"
        assert library.undo() == []
    assert _fingerprint(path) == before


def test_keep_and_undecided_are_marks_that_undo_takes_back(album: Album) -> None:
    path = album.paths[1]
    with album.open() as library:
        library.decide("keep", [path])
        assert library.row(path).decision == "keep"  # type: ignore[union-attr]
        library.decide("undecided", [path])
        library.undo()
        assert library.row(path).decision == "keep"  # type: ignore[union-attr]
        library.undo()
        assert library.row(path).decision == "undecided"  # type: ignore[union-attr]
        library.redo(2)
        assert library.row(path).decision == "undecided"  # type: ignore[union-attr]
        assert [record.decision for record in library.history()] == ["keep", "undecided"]


def test_a_bulk_decision_is_one_step(album: Album) -> None:
    before = [_fingerprint(path) for path in album.paths]
    with album.open() as library:
        results = library.decide("delete", album.paths)
        assert [result.status for result in results] == ["done"] * 6
        assert len({record.step for record in library.history()}) == 1
        assert len(library.undo()) == 6
        assert library.undo() == []
    assert [_fingerprint(path) for path in album.paths] == before


def test_keep_on_a_deleted_photo_restores_it_and_undo_deletes_it_again(album: Album) -> None:
    path = album.paths[0]
    before = _fingerprint(path)
    with album.open() as library:
        library.decide("delete", [path])
        result = _one(library.decide("keep", [path]))
        assert (result.path, result.status) == (path, "done")
        assert _fingerprint(path) == before
        assert library.row(path).decision == "keep"  # type: ignore[union-attr]
        assert _one(library.undo()).status == "done"
        assert not os.path.lexists(path)
        assert library.row(path).status == "deleted"  # type: ignore[union-attr]
        library.undo()
    assert _fingerprint(path) == before


def test_a_new_decision_ends_the_way_forward(album: Album) -> None:
    with album.open() as library:
        library.decide("keep", album.paths[:1])
        library.undo()
        library.decide("keep", album.paths[1:2])
        assert library.redo() == []
        assert [record.state for record in library.history()] == ["undone", "active"]


def test_deciding_the_same_again_makes_no_step(album: Album) -> None:
    path = album.paths[0]
    with album.open() as library:
        library.decide("delete", [path])
        again = _one(library.decide("delete", [path, path]))
        assert again.status == "done"
        assert again.trash_path is not None
        assert len(library.history()) == 1


def test_an_occupied_name_is_left_alone(album: Album) -> None:
    path = album.paths[0]
    before = _fingerprint(path)
    with album.open() as library:
        for taken in ("new photo", "another"):
            library.decide("delete", [path])
            Path(path).write_text(taken)
            restored = _one(library.undo()).path
            assert os.path.basename(restored) == "0 (restored).jpg"
            assert _fingerprint(restored) == before
            assert Path(path).read_text() == taken
            os.rename(restored, path)  # the person tidies up
        library.decide("delete", [path])
        Path(path).write_text("x")
        (album.folder / "0 (restored).jpg").write_text("y")
        assert _one(library.undo()).path == str(album.folder / "0 (restored 2).jpg")


def test_a_new_photo_in_a_deleted_ones_place_is_another_photo(album: Album) -> None:
    path = album.paths[0]
    with album.open() as library:
        library.decide("delete", [path])
        save_scene(Path(path), seed=50)
        index_album(library, str(album.folder), [path])
        assert library.row(path).decision == "undecided"  # type: ignore[union-attr]
        assert sorted(row.status or "" for row in library.rows() if row.path == path) == [
            "", "deleted",
        ]  # fmt: skip
        library.decide("keep", [path])
        assert os.path.exists(path)
        library.undo(2)
        assert sorted(row.path for row in library.rows())[:2] == [
            str(album.folder / "0 (restored).jpg"), path,
        ]  # fmt: skip


@pytest.mark.parametrize("grow", [False, True])
def test_r10_a_photo_that_changed_since_it_was_scored_is_refused(album: Album, grow: bool) -> None:
    path = album.paths[0]
    found = os.stat(path)
    content = bytearray(Path(path).read_bytes())
    content[-3] ^= 1
    Path(path).write_bytes(bytes(content) + b"more" * grow)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    with album.open() as library:
        result = _one(library.decide("delete", [path]))
        assert result.status == "refused"
        assert "changed" in (result.error or "")
        assert os.path.exists(path)
        stamp = library.known(str(album.folder))[path]
        assert stamp.mtime_ns != found.st_mtime_ns  # so the next scan reads it again
        assert library.history() == []


def test_photos_that_are_not_indexed_are_hashed_first(album: Album) -> None:
    new = save_scene(album.folder / "new.jpg", seed=99)
    (album.folder / "damaged.jpg").write_bytes(jpeg(scene())[:500])
    (album.folder / "empty.jpg").write_bytes(b"")
    paths = [new, str(album.folder / "damaged.jpg"), str(album.folder / "empty.jpg")]
    before = [_fingerprint(path) for path in paths]
    with album.open() as library:
        assert [result.status for result in library.decide("delete", paths)] == ["done"] * 3
        assert library.history()[0].sha256 == before[0][0]
        library.undo()
    assert [_fingerprint(path) for path in paths] == before


def test_what_is_no_photo_file_is_refused(album: Album) -> None:
    link = album.folder / "link.jpg"
    link.symlink_to(album.paths[0])
    os.mkfifo(album.folder / "pipe.jpg")
    paths = [str(link), str(album.folder / "pipe.jpg"), str(album.folder),
             str(album.folder / "nothing.jpg")]  # fmt: skip
    with album.open() as library:
        results = library.decide("delete", paths)
        assert [result.status for result in results] == ["refused"] * 4
        assert all(os.path.basename(r.path) in (r.error or "") for r in results)
        assert library.history() == []
        assert [r.status for r in library.decide("keep", paths[-1:])] == ["refused"]
    assert link.is_symlink()


def test_names_that_are_no_text_travel_to_the_trash_and_back(album: Album, home: Path) -> None:
    paths = []
    for name in (b"caf\xe9 %.jpg", b"two\nlines.jpg", b"x" * 251 + b".jpg"):
        path = os.fsdecode(os.fsencode(album.folder) + b"/" + name)
        paths.append(save_scene(Path(path)))
    before = [_fingerprint(path) for path in paths]
    with album.open() as library:
        results = library.decide("delete", paths)
        assert [result.status for result in results] == ["done"] * 3
        records = sorted((_trash(home) / "info").iterdir())
        texts = [record.read_text() for record in records]
        assert any("/caf%E9%20%25.jpg\n" in text for text in texts)
        assert any("/two%0Alines.jpg\n" in text for text in texts)
        assert [result.path for result in reversed(library.undo())] == paths
    assert [_fingerprint(path) for path in paths] == before


def test_equal_names_get_names_of_their_own_in_the_trash(album: Album) -> None:
    other = save_scene(album.folder / "sub" / "0.jpg", seed=77)
    with album.open() as library:
        results = library.decide("delete", [album.paths[0], other])
        assert [os.path.basename(r.trash_path or "") for r in results] == ["0.jpg", "0.2.jpg"]
        library.undo()
    assert os.path.exists(other)


def test_a_photo_taken_out_of_the_trash_by_others_is_gone(album: Album) -> None:
    path, other = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [other])
        trash_path = _one(library.decide("delete", [path])).trash_path
        os.rename(trash_path or "", album.folder / "elsewhere.jpg")
        assert library.history()[1].state == "gone"
        assert library.trash_summary().photos == 0
        result = _one(library.undo())
        assert result.status == "refused"
        assert "no longer in the trash" in (result.error or "")
        # It does not stand in the way of the steps before it.
        assert _one(library.undo()).path == other


def test_history_tells_what_was_known(album: Album) -> None:
    path = album.paths[0]
    with album.open() as library:
        library.decide("delete", [path])
        (record,) = library.history()
    assert (record.path, record.decision, record.previous) == (path, "delete", "undecided")
    assert (record.state, record.model_id, record.reason) == ("active", "m1", "blurred")
    assert record.sha256 == hashlib.sha256(Path(record.trash_path or "").read_bytes()).hexdigest()
    assert record.time.endswith("+00:00")


def test_a_restored_photo_brings_its_missing_folder_back(album: Album) -> None:
    only = save_scene(album.folder / "sub" / "deep" / "a.jpg")
    with album.open() as library:
        library.decide("delete", [only])
    os.rename(album.folder / "sub", album.folder.parent / "away")
    with album.open() as library:
        assert _one(library.undo()).path == only
    assert os.path.exists(only)


def test_decisions_on_an_offline_photo(album: Album) -> None:
    path = album.paths[0]
    with album.open() as library:
        library.mark_offline(str(album.folder))
        refused = _one(library.decide("delete", [path]))
        assert refused.status == "refused"
        assert "offline" in (refused.error or "")
        assert _one(library.decide("keep", [path])).status == "done"
        library.mark_online(str(album.folder))
        assert library.row(path).decision == "keep"  # type: ignore[union-attr]


def test_decisions_survive_the_loss_of_the_index(album: Album) -> None:
    kept, deleted = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [kept])
        library.decide("delete", [deleted])
    for path in list(album.library_folder.rglob("index*")):
        path.unlink()  # its backups, too
    with album.open() as library:
        assert library.rows() == []
        index_album(library, str(album.folder), [kept])
        assert library.row(kept).decision == "keep"  # type: ignore[union-attr]
        assert _one(library.undo()).path == deleted
    assert os.path.exists(deleted)


def test_a_temporary_or_read_only_library_refuses(album: Album) -> None:
    with Library.temporary() as library, pytest.raises(UsageError, match="--no-library"):
        library.decide("keep", album.paths[:1])
    with Library.temporary() as library, pytest.raises(UsageError):
        library.history()
    with Library.open(album.library_folder, read_only=True) as library:
        with pytest.raises(LibraryError, match="reading only"):
            library.decide("delete", album.paths[:1])
        assert len(library.rows()) == 6
        assert library.history() == []
    assert os.path.exists(album.paths[0])


def test_an_unknown_decision_is_refused(album: Album) -> None:
    with album.open() as library, pytest.raises(UsageError, match="burn"):
        library.decide("burn", album.paths[:1])  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(3))
def test_random_sequences_lose_nothing(album: Album, seed: int) -> None:
    choice = random.Random(seed)
    before = {path: _fingerprint(path) for path in album.paths}
    trail = [dict.fromkeys(album.paths, "undecided")]
    now = 0
    library = album.open()
    for _ in range(60):
        action = choice.choice(["decide", "decide", "undo", "redo", "restart"])
        if action == "restart":
            library.close()
            library = album.open()
        elif action == "decide":
            decision = choice.choice(["keep", "delete", "delete", "undecided"])
            paths = choice.sample(album.paths, choice.randint(1, 4))
            assert all(result.status == "done" for result in library.decide(decision, paths))
            if any(trail[now][path] != decision for path in paths):
                trail[now + 1 :] = [trail[now] | dict.fromkeys(paths, decision)]
                now += 1
        elif action == "undo":
            assert bool(library.undo()) == (now > 0)
            now = max(0, now - 1)
        else:
            assert bool(library.redo()) == (now + 1 < len(trail))
            now = min(len(trail) - 1, now + 1)
        for path, decision in trail[now].items():
            row = library.row(path)
            assert row is not None
            assert row.decision == decision
            assert os.path.lexists(path) == (decision != "delete")
    library.undo(1000)
    library.close()
    assert {path: _fingerprint(path) for path in album.paths} == before


def test_a_name_taken_while_a_delete_fails_is_told(
    album: Album, trash_bin: Bin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that syncs puts a new file where the photo was, and then the disk fails."""
    photo = Path(album.paths[0])
    content = photo.read_bytes()

    def failing(trash: Trash, file: TrashedFile) -> None:
        photo.write_bytes(b"new")
        raise OSError(errno.EIO, os.strerror(errno.EIO), file.target)

    monkeypatch.setattr(Trash, "confirm", failing)
    with album.open() as library:
        (result,) = library.decide("delete", [str(photo)])
        assert result.status == "refused"
        assert "0 (restored).jpg" in str(result.error)
    assert photo.read_bytes() == b"new"
    assert photo.with_name("0 (restored).jpg").read_bytes() == content
    assert (trash_bin.files(), trash_bin.records()) == ([], [])


@pytest.mark.parametrize("same_size", [True, False])
def test_what_was_changed_in_the_trash_does_not_stand_in_the_way(
    album: Album, trash_bin: Bin, same_size: bool
) -> None:
    first, second = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [first])
        (deleted,) = library.decide("delete", [second])
        trashed = Path(str(deleted.trash_path))
        content = trashed.read_bytes()
        trashed.write_bytes(content[:-1] + b"?" if same_size else b"edited")
        (told,) = library.undo()
        assert told.status == "refused"
        assert "was changed in the trash" in str(told.error)
        assert str(trashed) in str(told.error)
        assert library.undo()[0].path == first
        assert trashed.exists()


def test_a_trash_that_was_removed_is_no_unplugged_drive(album: Album, trash_bin: Bin) -> None:
    first, second = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [first])
        library.decide("delete", [second])
        shutil.rmtree(trash_bin.place.parent if trash_bin.system == "linux" else trash_bin.place)
        assert [record.state for record in library.history()] == ["active", "gone"]
        assert "no longer in the trash" in str(library.undo()[0].error)
        assert library.undo()[0].path == first


def test_a_trash_on_an_unplugged_drive_waits(
    album: Album, trash_bin: Bin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = album.paths[0]
    with album.open() as library:
        library.decide("delete", [photo])
        trash_bin.place.rename(tmp_path / "unplugged")
        with monkeypatch.context() as patch:
            patch.setattr(Trash, "_is_in_reach", lambda *_: False)
            patch.setattr(files, "is_drive_there", lambda *_: False)
            assert [record.state for record in library.history()] == ["active"]
            for _ in range(2):
                assert "out of reach" in str(library.undo()[0].error)
        (tmp_path / "unplugged").rename(trash_bin.place)
        assert library.undo()[0].status == "done"
