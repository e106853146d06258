"""Places that hold no photos of a person's are known as such when they are named."""

import sys
from pathlib import Path

import pytest

from lqalbum.library.places import refusal_to_scan
from tests.library.conftest import Album


def _code(path: Path) -> str | None:
    refusal = refusal_to_scan(str(path))
    assert refusal is None or str(path) in refusal
    return None if refusal is None else refusal.code


@pytest.mark.parametrize("name", [".Trash", ".Trash-1000", ".Trashes", "$Recycle.Bin", "Trash"])
def test_a_trash_is_refused_and_so_is_what_lies_in_it(tmp_path: Path, name: str) -> None:
    trash = tmp_path / name
    (trash / "files").mkdir(parents=True)
    (trash / "info").mkdir()
    photo = trash / "files" / "a.jpg"
    photo.touch()
    assert {_code(path) for path in (trash, photo.parent, photo)} == {"target-in-trash"}
    assert _code(tmp_path) is None
    assert _code(tmp_path / "Trash of mine") is None


def test_a_folder_called_trash_that_is_none_may_be_scanned(tmp_path: Path) -> None:
    (tmp_path / "Trash" / "files").mkdir(parents=True)
    assert _code(tmp_path / "Trash" / "files") is None


def test_what_a_library_made_itself_is_refused_and_photos_beside_it_are_not(album: Album) -> None:
    folder = album.library_folder
    made = [path for path in folder.rglob("*") if path.is_file()]
    assert len(made) >= 5
    assert {_code(path) for path in made} == {"target-of-library"}
    assert _code(folder / "photo.jpg") is None
    assert _code(folder) is None
    assert _code(album.folder / "lock") is None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such folders")
@pytest.mark.parametrize("path", ["/proc/self/mem", "/proc", "/sys/kernel"])
def test_the_running_system_is_refused(path: str) -> None:
    assert _code(Path(path)) == "target-of-system"
    assert _code(Path("/process/a.jpg")) is None
