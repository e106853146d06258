"""What is no photo stays where it is, whatever is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from lqalbum.library.library import Library
from lqalbum.library.records import Decision
from tests.library.pictures import save_scene


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("decision", ["delete", "keep"])
@pytest.mark.parametrize("name", ["thesis.odt", "film.mp4", "notes", "IMG_1.pp3", ".jpg"])
def test_documents_and_films_are_no_photos(
    tmp_path: Path, home: Path, name: str, decision: Decision
):
    photo, other = tmp_path / "album/IMG_1.jpg", tmp_path / "album" / name
    save_scene(photo)
    other.write_bytes(b"mine")
    with Library.open(tmp_path / "library") as library:
        results = library.decide(decision, [str(photo), str(other)])
        assert [result.status for result in results] == ["done", "refused"]
        assert results[1].error == (
            f"{other} is no photo by its ending, and none of the library; nothing else is moved."
        )
        assert [record.path for record in library.history()] == [str(photo)]
    assert other.read_bytes() == b"mine"


def test_a_file_of_any_name_that_is_indexed_is_a_photo(tmp_path: Path, home: Path):
    photo = tmp_path / "album/IMG_1.jpg"
    save_scene(photo)
    with Library.open(tmp_path / "library") as library:
        raw = tmp_path / "album/IMG_2.CR2"
        raw.write_bytes(b"raw")
        sidecar = tmp_path / "album/IMG_3.xmp"
        sidecar.write_bytes(b"of no photo that is there")
        results = library.decide("delete", [str(photo), str(raw), str(sidecar)])
    assert [result.status for result in results] == ["done"] * 3


@pytest.mark.parametrize("decision", ["delete", "keep"])
def test_nothing_is_decided_on_a_librarys_own_files_and_in_a_trash(
    tmp_path: Path, home: Path, decision: Decision
):
    photo = tmp_path / "album/IMG_1.jpg"
    save_scene(photo)
    with Library.open(tmp_path / "other") as other:
        other.decide("keep", [str(photo)])
    with Library.open(tmp_path / "library") as library:
        (deleted,) = library.decide("delete", [str(photo)])
        assert deleted.trash_path is not None
        own = [str(path) for path in (tmp_path / "library").rglob("*") if path.is_file()]
        others = [str(path) for path in (tmp_path / "other").rglob("*") if path.is_file()]
        before = _contents(tmp_path / "other")
        (tmp_path / "here").symlink_to(Path(deleted.trash_path).parent)
        by_link = str(tmp_path / "here/IMG_1.jpg")
        results = library.decide(decision, [*own, *others, deleted.trash_path, by_link])
        assert {result.status for result in results} == {"refused"}
        assert all("lies in a trash" in str(result.error) for result in results)
        assert _contents(tmp_path / "other") == before
        assert library.undo()[0].status == "done"
    assert photo.is_file()
