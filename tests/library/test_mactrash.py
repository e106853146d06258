"""The trash of macOS, by its layout: which folder, and when none."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from lqalbum.errors import DecisionRefusedError
from lqalbum.library.trash import Trash, TrashedFile, identify, macos
from lqalbum.library.trash.macos import MacLayout
from tests.library.pictures import save_scene

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no user numbers")


@pytest.fixture
def trash(home: Path) -> Trash:
    return Trash(MacLayout(str(home), str(os.getuid())))


@pytest.fixture
def photo(tmp_path: Path) -> str:
    return save_scene(tmp_path / "volume" / "photos" / "a.jpg")


@pytest.fixture
def volume(tmp_path: Path, photo: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The photo's drive, as another one than the home's."""
    top = tmp_path / "volume"
    monkeypatch.setattr(macos, "_device", lambda folder: int(folder.startswith(str(top))))
    monkeypatch.setattr(macos, "mount_top", lambda _: str(top))
    return top


def _put(trash: Trash, photo: str) -> TrashedFile:
    file = trash.plan(photo, identify(photo))
    trash.put(file)
    trash.confirm(file)
    return file


def _refused(trash: Trash, photo: str) -> str:
    with pytest.raises(DecisionRefusedError) as caught:
        _put(trash, photo)
    assert Path(photo).exists()
    return str(caught.value)


def test_a_file_of_the_homes_volume_keeps_its_name(trash: Trash, photo: str, home: Path) -> None:
    content = Path(photo).read_bytes()
    first = _put(trash, photo)
    assert first.target == str(home / ".Trash" / "a.jpg")
    assert Path(first.target).read_bytes() == content
    assert stat.S_IMODE((home / ".Trash").stat().st_mode) == 0o700
    Path(photo).write_bytes(b"another of that name")
    assert _put(trash, photo).target == str(home / ".Trash" / "a.2.jpg")
    trash.restore(first, photo)
    assert Path(photo).read_bytes() == content
    assert sorted(path.name for path in (home / ".Trash").iterdir()) == ["a.2.jpg"]


def test_another_volume_has_a_folder_for_each_user(trash: Trash, photo: str, volume: Path) -> None:
    (volume / ".Trashes").mkdir()
    (volume / ".Trashes").chmod(0o1733)
    assert _put(trash, photo).target == str(volume / ".Trashes" / str(os.getuid()) / "a.jpg")


@pytest.mark.parametrize("mode", [None, 0o755])
def test_a_volume_without_a_shared_trash_is_refused(
    trash: Trash, photo: str, volume: Path, mode: int | None
) -> None:
    if mode is not None:
        (volume / ".Trashes").mkdir(mode=mode)
    assert "no trash yet" in _refused(trash, photo)
    assert trash.place(os.path.dirname(photo)) == ""


def test_a_linked_trash_is_refused(trash: Trash, photo: str, home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (home / ".Trash").symlink_to(tmp_path / "elsewhere")
    assert "is a link" in _refused(trash, photo)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_trash_that_the_system_keeps_closed_is_refused(
    trash: Trash, photo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As without Full Disk Access: what went in could be neither checked nor brought back."""

    def closed(folder: str) -> None:
        raise PermissionError(1, "Operation not permitted", folder)

    monkeypatch.setattr(os, "scandir", closed)
    assert "Full Disk Access" in _refused(trash, photo)
