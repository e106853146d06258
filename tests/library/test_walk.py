"""The walk finds regular picture files, in order, and nothing else."""

import os
from pathlib import Path

import pytest

from lqalbum.library.walk import walk


def _touch(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return str(path)


def _found(root: Path, exclude: tuple[str, ...] = ()) -> list[str]:
    return [file.path for file in walk(str(root), exclude)]


def test_finds_pictures_by_extension_in_order(tmp_path: Path) -> None:
    expected = [_touch(tmp_path / name) for name in ("b.jpg", "c.HEIC", "a/z.png", "b/y.webp")]
    expected.append(_touch(tmp_path / "folder.jpg" / "d.jpg"))
    for other in ("notes.txt", "clip.mov", "jpg", "._b.jpg"):
        _touch(tmp_path / other)
    assert _found(tmp_path) == expected
    assert _found(tmp_path) == _found(tmp_path)


def test_reports_what_lstat_says(tmp_path: Path) -> None:
    path = _touch(tmp_path / "a.jpg")
    os.utime(path, ns=(1, 1_234_567_890_123_456_789))
    assert list(walk(str(tmp_path))) == [(path, 1, 1_234_567_890_123_456_789)]


def test_passes_over_links_pipes_and_hidden_folders(tmp_path: Path) -> None:
    kept = _touch(tmp_path / "a.jpg")
    (tmp_path / "link.jpg").symlink_to(kept)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.jpg").symlink_to(tmp_path / "self.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    _touch(tmp_path / ".cache" / "b.jpg")
    assert _found(tmp_path) == [kept]


@pytest.mark.parametrize(
    "folder",
    [
        ".Trash-0/files", ".Trash/0/files", ".Trashes/501", "$RECYCLE.BIN/S-1-5-21",
        "data/Trash/files", "System Volume Information", "lost+found",
    ],
)  # fmt: skip
def test_passes_over_every_systems_trash(tmp_path: Path, folder: str) -> None:
    kept = _touch(tmp_path / "a.jpg")
    _touch(tmp_path / folder / "b.jpg")
    if folder.endswith("files"):
        (tmp_path / folder).with_name("info").mkdir()
    assert _found(tmp_path) == [kept]


def test_a_trash_is_known_whatever_it_is_called_and_nothing_else_is(tmp_path: Path) -> None:
    album = [_touch(tmp_path / "a" / half / "b.jpg") for half in ("files", "info")]
    mine = _touch(tmp_path / "Trash" / "c.jpg")
    _touch(tmp_path / "z" / "files" / "d.jpg")
    _touch(tmp_path / "z" / "info" / "d.jpg.trashinfo")
    assert _found(tmp_path) == [mine, *album]
    assert _found(tmp_path / "z") == []


def test_photos_beside_a_library_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "album"
    for name in ("decisions.db", "index.db", "cache.db", "lock", "backups/index-2026-01-01.db"):
        _touch(folder / name)
    assert _found(tmp_path) == []
    photos = [_touch(folder / name) for name in ("a.jpg", "sub/b.jpg")]
    assert _found(folder) == photos
    assert _found(tmp_path) == photos


def test_exclude_takes_names_and_paths_below_the_root(tmp_path: Path) -> None:
    kept = _touch(tmp_path / "a" / "one.jpg")
    _touch(tmp_path / "a" / "two.png")
    _touch(tmp_path / "b" / "three.jpg")
    _touch(tmp_path / "c" / "d" / "four.jpg")
    assert _found(tmp_path, ("*.png", "b", "c/d/")) == [kept]


def test_names_that_are_no_text_come_back_exactly(tmp_path: Path) -> None:
    for name in (b"caf\xe9.jpg", b"two\nlines.jpg"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    names = [os.path.basename(os.fsencode(path)) for path in _found(tmp_path)]
    assert names == [b"caf\xe9.jpg", b"two\nlines.jpg"]


def test_an_unlisted_folder_is_told_and_the_walk_goes_on(tmp_path: Path) -> None:
    missing = str(tmp_path / "gone")
    told: list[str] = []
    assert list(walk(missing, unreadable=lambda folder, _: told.append(folder))) == []
    assert told == [missing]


@pytest.mark.parametrize("after", [0, 1])
def test_stops_when_asked(tmp_path: Path, after: int) -> None:
    _touch(tmp_path / "a.jpg")
    _touch(tmp_path / "sub" / "b.jpg")
    asked = iter([False] * after + [True] * 10)
    assert len(list(walk(str(tmp_path), (), lambda: next(asked)))) == after
