"""Forgetting deletes: nothing of them is left to read, and no file is touched."""

import hashlib
import os
from pathlib import Path

import pytest

from lqalbum.library.library import Library
from tests.library.conftest import Album
from tests.library.pictures import index_album, save_scene

SECRET = "my-secret-name.jpg"


@pytest.fixture
def library(album: Album):
    with album.open() as library:
        index_album(library, str(album.folder), [save_scene(album.folder / SECRET, seed=99)])
        yield library


def ids(library: Library) -> list[int]:
    return [record.id for record in library.history()]


def test_a_forgotten_delete_leaves_no_name_and_no_picture(library, album):
    secret = str(album.folder / SECRET)
    sha256 = library.row(secret).sha256
    (result,) = library.decide("delete", [secret])
    forgotten = library.forget(ids(library))
    assert (forgotten.entries, len(forgotten.photo_ids)) == (1, 1)
    assert library.history() == []
    assert library.thumbnail(sha256) is None
    assert secret not in [row.path for row in library.rows()]
    assert Path(result.trash_path).exists(), "the file stays in the trash"
    library.close()
    for name in ("decisions.db", "index.db", "cache.db"):
        assert os.fsencode(SECRET) not in (library.folder / name).read_bytes()
        assert sha256.encode() not in (library.folder / name).read_bytes()


def test_what_went_along_with_a_photo_is_forgotten_with_it(library, album):
    photo = album.folder / SECRET
    companions = [photo.with_suffix(".xmp"), photo.with_suffix(".CR2")]
    for number, companion in enumerate(companions):
        companion.write_bytes(b"companion %d" % number)
    (result,) = library.decide("delete", [str(photo)])
    backup = library.folder / "decisions.db.version-1.backup"
    backup.write_bytes(os.fsencode(SECRET))
    in_trash = {path: path.read_bytes() for path in Path(result.trash_path).parent.iterdir()}
    assert len(in_trash) == 3
    library.forget(ids(library))
    library.close()
    assert not backup.exists()
    for name in ("decisions.db", "index.db", "cache.db"):
        held = (library.folder / name).read_bytes()
        assert os.fsencode(photo.stem) not in held, name
        for content in in_trash.values():
            assert hashlib.sha256(content).hexdigest().encode() not in held, name
    assert {path: path.read_bytes() for path in in_trash} == in_trash


def test_the_name_of_a_companion_that_came_back_is_forgotten_too(library, album):
    photo = album.folder / SECRET
    companion = photo.with_suffix(".xmp")
    companion.write_bytes(b"sidecar")
    library.decide("delete", [str(photo)])
    assert not companion.exists()
    library.undo()
    assert companion.exists()
    library.forget(ids(library))
    library.close()
    assert os.fsencode(companion.name) not in (library.folder / "decisions.db").read_bytes()
    assert companion.read_bytes() == b"sidecar"


def test_undo_goes_on_before_what_was_forgotten(library, album):
    first, second = album.paths[:2]
    library.decide("delete", [first])
    library.decide("delete", [second])
    library.forget(ids(library)[1:])
    (result,) = library.undo()
    assert (result.path, result.status) == (first, "done")
    assert Path(first).exists()
    assert not Path(second).exists()


def test_a_photo_that_came_back_keeps_its_place_score_and_pictures(library, album):
    first = album.paths[0]
    library.decide("delete", [first])
    library.undo()
    assert library.forget(ids(library)).photo_ids == ()
    assert library.history() == []
    row = library.row(first)
    assert row.status == "scored"
    assert library.thumbnail(row.sha256) is not None
    (result,) = library.decide("delete", [first])
    assert result.status == "done"
    library.undo()
    assert Path(first).exists()


def test_an_earlier_delete_of_a_photo_in_the_trash_is_forgotten_alone(library, album):
    first = album.paths[0]
    library.decide("delete", [first])
    library.decide("undecided", [first])
    library.decide("delete", [first])
    earlier, _, later = ids(library)
    library.forget([earlier])
    assert later in ids(library)
    library.undo()
    assert Path(first).exists()


def test_what_is_no_delete_is_left_alone(library, album):
    library.decide("keep", [album.paths[0]])
    assert library.forget(ids(library)).entries == 0
    assert len(library.history()) == 1
