"""R20: what belongs to a photo goes where the photo goes, and comes back with it."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from lqalbum.library.companions import Companions
from lqalbum.library.journal import Journal
from lqalbum.library.library import Library
from lqalbum.library.moves import Moves
from lqalbum.library.records import Decision, TrashSummary
from lqalbum.library.rename import rename_without_replacing
from lqalbum.library.trash import Trash, moving
from lqalbum.library.walk import walk
from tests.bins import Bin
from tests.library.pictures import save_scene


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "library") as opened:
        yield opened


def _group(folder: Path, photo: str, *others: str) -> list[str]:
    """A photo and files beside it, each with bytes, permissions and a time of its own."""
    save_scene(folder / photo)
    for number, name in enumerate(others):
        (folder / name).write_bytes(f"bytes of {name}".encode() * 50)
        (folder / name).chmod(0o640)
        os.utime(folder / name, ns=(1, 1_500_000_000_987_654_321 + number))
    return [str(folder / name) for name in (photo, *others)]


def _state(folder: Path) -> dict[str, tuple[str, int, int]]:
    return {
        path.name: (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in folder.iterdir()
    }


@pytest.mark.parametrize(
    "names",
    [
        ("IMG_1.JPG", "IMG_1.CR2"),
        ("IMG_1.JPG", "IMG_1.dng", "IMG_1.xmp", "IMG_1.dng.xmp", "IMG_1.JPG.xmp"),
        ("IMG_1.jpg", "IMG_1.MOV", "IMG_1.AAE"),
        ("a b.c.jpg", "a b.c.NEF"),
        ("IMG_1.png", "IMG_1.png.xmp"),
    ],
)
def test_r20_the_group_goes_and_comes_back_whole(
    library: Library, tmp_path: Path, names: tuple[str, ...]
):
    folder = tmp_path / "album"
    paths = _group(folder, *names)
    before = _state(folder)
    preview = library.delete_preview(paths[:1])
    assert (preview.photos, sorted(preview.companions)) == (1, sorted(paths[1:]))
    assert preview.bytes == sum(os.path.getsize(path) for path in paths)
    (result,) = library.decide("delete", paths[:1])
    assert (result.status, result.error) == ("done", None)
    assert sorted(result.companions) == sorted(paths[1:])
    assert list(folder.iterdir()) == []
    (record,) = library.history()
    assert sorted(record.companions) == sorted(paths[1:])
    held = [Path(result.trash_path).parent / name for name in names]
    assert preview.trash_folders == (str(held[0].parent),)
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in held} == {
        name: state[0] for name, state in before.items()
    }
    assert len(list((held[0].parent.parent / "info").iterdir())) == len(names)
    (back,) = library.undo()
    assert (back.status, sorted(back.companions)) == ("done", sorted(paths[1:]))
    assert _state(folder) == before
    assert list((held[0].parent.parent / "info").iterdir()) == []
    (again,) = library.redo()
    assert (again.status, list(folder.iterdir())) == ("done", [])
    library.undo()
    assert _state(folder) == before


def test_r20_what_could_belong_to_a_photo_that_stays_stays_with_it(
    library: Library, tmp_path: Path
):
    folder = tmp_path / "album"
    first, second, film = _group(folder, "IMG_1.jpg", "IMG_1.png", "IMG_1.mov")
    before = _state(folder)
    (alone,) = library.decide("delete", [first])
    assert alone.companions == ()
    (last,) = library.decide("delete", [second])
    assert last.companions == (film,)
    library.undo(2)
    assert _state(folder) == before
    both = library.decide("delete", [first, second])
    assert [result.companions for result in both] == [(), (film,)]
    library.undo()
    assert _state(folder) == before


def test_r20_what_only_looks_alike_is_left_alone(library: Library, tmp_path: Path):
    folder = tmp_path / "album"
    paths = _group(folder, "IMG_1.jpg", "IMG_10.mov", "IMG_1.txt", "IMG_1.mp4", "IMG_1 2.xmp")
    (folder / "IMG_1.xmp").symlink_to(folder / "IMG_1.txt")
    (folder / "IMG_1.mov").mkdir()
    (result,) = library.decide("delete", paths[:1])
    assert (result.status, result.companions) == ("done", ())
    assert all(os.path.exists(path) for path in paths[1:])


def test_r20_a_file_of_the_group_stands_for_its_photo(library: Library, tmp_path: Path):
    folder = tmp_path / "album"
    photo, raw, _ = _group(folder, "IMG_1.jpg", "IMG_1.cr2", "IMG_1.cr2.xmp")
    before = _state(folder)
    results = library.decide("delete", [raw, photo])
    assert [(result.path, result.status) for result in results] == [(raw, "done"), (photo, "done")]
    assert [os.path.basename(result.trash_path) for result in results] == ["IMG_1.cr2", "IMG_1.jpg"]
    assert len(library.history()) == 1
    (kept,) = library.decide("keep", [raw])
    assert (kept.path, kept.status) == (raw, "done")
    assert _state(folder) == before


@pytest.mark.parametrize("name", ["IMG_1.xmp", "IMG_1.jpg.xmp", "IMG_1.AAE", "IMG_1.MOV"])
@pytest.mark.parametrize("decision", ["delete", "keep"])
def test_r20_nothing_is_decided_on_a_photo_of_which_only_a_sidecar_was_named(
    library: Library, tmp_path: Path, name: str, decision: Decision
):
    folder = tmp_path / "album"
    photo, beside, other = _group(folder, "IMG_1.jpg", name, "IMG_2.jpg")
    before = _state(folder)
    assert library.delete_preview([beside]).photos == 0
    results = library.decide(decision, [beside, other])
    assert [result.status for result in results] == ["refused", "done"]
    assert (
        results[0].error == f"{beside} belongs to {photo} and goes where that goes; name the photo."
    )
    assert [record.path for record in library.history()] == [other]
    library.undo()
    assert _state(folder) == before
    together = library.decide(decision, [beside, photo])
    assert [(one.path, one.status) for one in together] == [(beside, "done"), (photo, "done")]


def test_r20_the_question_names_all_that_will_go(library: Library, tmp_path: Path):
    folder = tmp_path / "album"
    paths = _group(folder, "IMG_1.JPG", "IMG_1.jpeg", "IMG_1.MOV", "IMG_1.AAE", "IMG_2.jpg")
    _group(folder, "IMG_3.JPG", "IMG_3.jpeg", "IMG_3.MOV", "notes.txt")
    asked = [*paths, str(folder / "IMG_3.JPG"), str(folder / "notes.txt"), str(folder / "gone.jpg")]
    before = {path.name: path.stat().st_size for path in folder.iterdir()}
    preview = library.delete_preview(asked)
    library.decide("delete", asked)
    gone = {name: size for name, size in before.items() if not (folder / name).exists()}
    assert sorted(gone) == [
        "IMG_1.AAE", "IMG_1.JPG", "IMG_1.MOV", "IMG_1.jpeg", "IMG_2.jpg", "IMG_3.JPG",
    ]  # fmt: skip
    assert (preview.photos, preview.bytes) == (4, sum(gone.values()))
    assert sorted(map(os.path.basename, preview.companions)) == ["IMG_1.AAE", "IMG_1.MOV"]


def test_r20_what_another_program_puts_there_meanwhile_is_seen(tmp_path: Path):
    photo, film, other = _group(tmp_path, "IMG_1.jpg", "IMG_1.MOV", "IMG_2.jpg")
    companions = Companions()
    assert companions.of(photo) == [film]
    assert companions.of(other) == []
    _group(tmp_path, "IMG_1.png", "IMG_2.xmp")
    os.utime(tmp_path, ns=(0, 1))
    assert companions.of(photo) == []
    assert companions.of(other) == [str(tmp_path / "IMG_2.xmp")]


def test_r20_a_raw_picture_beside_its_photo_is_not_listed_twice(tmp_path: Path):
    _group(tmp_path, "IMG_1.jpg", "IMG_1.CR2", "IMG_2.CR2", "IMG_1.xmp")
    assert [os.path.basename(file.path) for file in walk(str(tmp_path))] == [
        "IMG_1.jpg",
        "IMG_2.CR2",
    ]


def test_r20_a_taken_name_moves_the_group_beside_it(library: Library, tmp_path: Path):
    folder = tmp_path / "album"
    paths = _group(folder, "IMG_1.jpg", "IMG_1.cr2", "IMG_1.jpg.xmp")
    library.decide("delete", paths[:1])
    (folder / "IMG_1.cr2").write_bytes(b"new")
    (back,) = library.undo()
    assert back.status == "done"
    assert sorted(path.name for path in folder.iterdir()) == [
        "IMG_1 (restored).cr2", "IMG_1 (restored).jpg", "IMG_1 (restored).jpg.xmp", "IMG_1.cr2",
    ]  # fmt: skip
    assert (folder / "IMG_1.cr2").read_bytes() == b"new"
    assert Companions().of(back.path) == sorted(back.companions)


def test_r20_the_trash_counts_the_bytes_of_all_that_went_along(library: Library, tmp_path: Path):
    paths = _group(tmp_path / "album", "IMG_1.jpg", "IMG_1.cr2", "IMG_1.xmp")
    paths += _group(tmp_path / "album", "IMG_2.jpg", "IMG_2.MOV")
    sizes = {path: os.path.getsize(path) for path in paths}
    first, second = library.decide("delete", [paths[0], paths[3]])
    assert library.trash_summary() == TrashSummary(2, sum(sizes.values()))
    Path(first.trash_path).with_name("IMG_1.cr2").unlink()  # by the file manager
    assert library.trash_summary() == TrashSummary(2, sum(sizes.values()) - sizes[paths[1]])
    os.rename(second.trash_path, tmp_path / "IMG_2.jpg")
    left = sizes[paths[0]] + sizes[paths[2]] + sizes[paths[4]]
    assert library.trash_summary() == TrashSummary(1, left)
    library.undo()
    assert library.trash_summary().photos == 0


def test_r20_a_companion_gone_from_the_trash_is_named(library: Library, tmp_path: Path):
    folder = tmp_path / "album"
    paths = _group(folder, "IMG_1.jpg", "IMG_1.cr2")
    (deleted,) = library.decide("delete", paths[:1])
    raw = Path(deleted.trash_path).with_name("IMG_1.cr2")
    raw.rename(tmp_path / "taken.cr2")
    (back,) = library.undo()
    assert (back.status, back.companions) == ("done", ())
    assert "IMG_1.cr2" in back.error
    library.redo()
    os.rename(deleted.trash_path, tmp_path / "taken.jpg")
    (gone,) = library.undo()
    assert (gone.status, list(folder.iterdir())) == ("refused", [])


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("back", [False, True])
def test_r20_a_rename_that_fails_takes_the_whole_group_back(
    trash_bin: Bin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, back: bool
):
    library = Library.open(tmp_path / "library")
    folder = tmp_path / "album"
    paths = _group(folder, "IMG_1.jpg", "IMG_1.cr2", "IMG_1.xmp")
    before = _state(folder)
    if back:
        library.decide("delete", paths[:1])
    calls = 0

    def failing(source: str, destination: str) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(errno.EIO, os.strerror(errno.EIO), source)
        rename_without_replacing(source, destination)

    with monkeypatch.context() as patch:
        patch.setattr(moving, "rename_without_replacing", failing)
        (result,) = library.undo() if back else library.decide("delete", paths[:1])
    assert result.status == "failed"
    assert "IMG_1.jpg" in result.error
    assert _state(folder) == ({} if back else before)
    (result,) = library.undo() if back else library.decide("delete", paths[:1])
    assert (result.status, len(result.companions)) == ("done", 2)
    if not back:
        library.undo()
    library.close()
    assert _state(folder) == before
    assert (trash_bin.files(), trash_bin.records()) == ([], [])


@pytest.mark.parametrize("number", range(1, 4))
@pytest.mark.parametrize("back", [False, True])
def test_r20_killed_in_the_middle_of_a_group_it_ends_on_one_side(
    trash_bin: Bin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, back: bool
):
    """As after a kill: nothing more runs once the N-th file was moved."""
    library = Library.open(tmp_path / "library")
    folder = tmp_path / "album"
    paths = _group(folder, "IMG_1.jpg", "IMG_1.cr2", "IMG_1.xmp")
    before = _state(folder)
    if back:
        library.decide("delete", paths[:1])
    calls = 0

    class Killed(BaseException):
        """The end of the program."""

    def moved(source: str, destination: str) -> None:
        nonlocal calls
        calls += 1
        if calls > number:
            raise Killed
        rename_without_replacing(source, destination)
        if calls == number:
            raise Killed

    def dead(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(moving, "rename_without_replacing", moved)
        for name in ("finish_move", "cancel_move", "finish_return", "cancel_return"):
            patch.setattr(Journal, name, dead)
        patch.setattr(Trash, "_remove_record", dead)
        with pytest.raises(Killed):
            library.undo() if back else library.decide("delete", paths[:1])
    library.close()
    with Library.open(tmp_path / "library") as reopened:
        is_whole = _state(folder) == before
        assert is_whole or _state(folder) == {}
        # What all got there is there; what did not all get there is back.
        assert is_whole == ((number == 3) == back)
        assert len(trash_bin.files()) == (0 if is_whole else 3)
        assert trash_bin.is_tidy()
        reopened.decide("keep", paths[:1])
        assert _state(folder) == before


def test_r20_an_interrupt_after_the_move_is_found_out_at_the_next_start(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Ctrl+C right after the rename: the photo keeps its record and its way back."""
    folder = tmp_path / "album"
    (photo,) = _group(folder, "IMG_1.jpg")
    before = _state(folder)

    def moved_and_interrupted(source: str, destination: str) -> None:
        rename_without_replacing(source, destination)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(moving, "rename_without_replacing", moved_and_interrupted)
        with pytest.raises(KeyboardInterrupt):
            library.decide("delete", [photo])
    library.close()
    with Library.open(tmp_path / "library") as reopened:
        (record,) = reopened.history()
        assert (record.path, record.state) == (photo, "active")
        assert Path(record.trash_path).exists()
        reopened.undo()
    assert _state(folder) == before


def test_r20_a_group_is_moved_by_one_place_only():
    """Everything that leaves its folder leaves it through the one class that moves groups."""
    users = [
        file.name
        for file in Path(__file__).parents[2].joinpath("lqalbum", "library").rglob("*.py")
        if "_trash.put(" in file.read_text("utf-8")
    ]
    assert users == ["moves.py"]
    assert Moves.__module__ == "lqalbum.library.moves"
