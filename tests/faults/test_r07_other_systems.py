"""R7: on each system, deleted is only what was seen to have arrived; where none can, all stays."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from lqalbum.jobs.doctor import run_doctor
from lqalbum.library.library import Library
from lqalbum.library.trash import moving, recyclebin, system
from lqalbum.library.trash.freedesktop import FreedesktopLayout
from lqalbum.library.trash.layout import NoLayout
from lqalbum.library.trash.macos import MacLayout
from tests.bins import Bin, Drive
from tests.guard.originals import untouched
from tests.library.pictures import index_album, save_scene


@pytest.mark.parametrize(
    ("platform", "layout"),
    [
        ("linux", FreedesktopLayout),
        ("win32", recyclebin.RecycleBinLayout),
        ("darwin", MacLayout),
        ("freebsd14", NoLayout),
    ],
)
def test_r07_each_system_has_its_own_trash(
    monkeypatch: pytest.MonkeyPatch, platform: str, layout: type
) -> None:
    windows = ModuleType("lqalbum.library.trash.windows")
    windows.WindowsVolumes = lambda: Drive(Path("/"))  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, windows.__name__, windows)
    monkeypatch.setattr(system, "sys", SimpleNamespace(platform=platform))
    assert type(system.layout()) is layout


def test_r07_photos_with_what_belongs_to_them_go_and_come_back(
    tmp_path: Path, trash_bin: Bin
) -> None:
    folder = tmp_path / "photos"
    photo = save_scene(folder / "IMG_1.JPG")
    (folder / "IMG_1.CR2").write_bytes(b"raw")
    (folder / "IMG_1.JPG.xmp").write_bytes(b"sidecar")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    hashes = sorted(hashlib.sha256(content).hexdigest() for content in before.values())
    with Library.open(tmp_path / "library") as library:
        assert library.delete_preview([photo]).trash_folders == (str(trash_bin.place),)
        (result,) = library.decide("delete", [photo])
        assert (result.status, len(result.companions)) == ("done", 2)
        assert list(folder.iterdir()) == []
        held = [hashlib.sha256(path.read_bytes()).hexdigest() for path in trash_bin.files()]
        assert sorted(held) == hashes
        assert trash_bin.is_tidy()
        assert library.trash_summary().photos == 1
    with Library.open(tmp_path / "library") as library:
        assert library.undo()[0].status == "done"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert (trash_bin.files(), trash_bin.records()) == ([], [])


@pytest.mark.parametrize("way", [os.link, shutil.copyfile])
def test_r07_a_move_that_only_seems_to_have_happened_is_not_believed(
    tmp_path: Path, trash_bin: Bin, monkeypatch: pytest.MonkeyPatch, way: Callable[[str, str], None]
) -> None:
    """The system says yes, and the photo is in the trash and still in its place."""
    photo = save_scene(tmp_path / "photos" / "a.jpg")

    def seems_to_move(source: str, destination: str) -> None:
        way(source, destination)

    monkeypatch.setattr(moving, "rename_without_replacing", seems_to_move)
    with untouched(tmp_path / "photos"), Library.open(tmp_path / "library") as library:
        (result,) = library.decide("delete", [photo])
        assert result.status == "refused"
        assert "is where it was" in str(result.error)
        assert library.history() == []


def test_r07_what_does_not_arrive_whole_comes_back(
    tmp_path: Path, trash_bin: Bin, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = save_scene(tmp_path / "photos" / "a.jpg")
    real = moving.has_hash
    monkeypatch.setattr(
        moving,
        "has_hash",
        lambda path, it: not path.startswith(str(trash_bin.place)) and real(path, it),
    )
    with untouched(tmp_path / "photos"), Library.open(tmp_path / "library") as library:
        assert library.decide("delete", [photo])[0].status == "refused"
    assert (trash_bin.files(), trash_bin.records()) == ([], [])


def test_r07_a_system_without_a_known_trash_refuses_in_one_sentence(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "photos"
    paths = [save_scene(folder / f"{number}.jpg", seed=number) for number in range(2)]
    monkeypatch.setattr(system, "layout", NoLayout)
    with untouched(folder), Library.open(tmp_path / "library") as library:
        index_album(library, str(folder), paths)
        assert library.delete_preview(paths).trash_folders == ()
        for result, path in zip(library.decide("delete", paths), paths, strict=True):
            assert (result.status, result.path, result.trash_path) == ("refused", path, None)
            assert result.error is not None
            assert path in result.error
            assert "was not deleted" in result.error
            assert "file manager" in result.error
            assert result.error.count(". ") == 0
            assert result.error.endswith(".")
        assert library.history() == []
        assert [row.decision for row in library.rows()] == ["undecided"] * 2
        assert library.decide("keep", paths[:1])[0].status == "done"
        assert library.undo()[0].status == "done"
    assert not list(home.rglob("*.jpg"))


def test_r07_doctor_sends_a_trial_there_and_back(tmp_path: Path, trash_bin: Bin) -> None:
    lines = {line.name: line for line in run_doctor(tmp_path / "none", "/none.safetensors")}
    assert lines["trash"].ok
    assert str(trash_bin.place) in lines["trash"].value
    assert (trash_bin.files(), trash_bin.records()) == ([], [])


def test_r07_doctor_says_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "layout", NoLayout)
    lines = {line.name: line for line in run_doctor(tmp_path / "none", "/none.safetensors")}
    assert not lines["trash"].ok
    assert "knows of no trash" in lines["trash"].value
