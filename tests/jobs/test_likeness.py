"""Hashes of many photos: computed once, kept, and whole or not at all."""

from pathlib import Path

import pytest

from lqalbum.jobs import likeness
from lqalbum.jobs.likeness import Hashes, Hashing, hash_photos
from lqalbum.library.library import Library
from lqalbum.library.likeness import perceptual_hash
from tests.library.pictures import index_album, save_scene


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    paths = [save_scene(folder / f"{number}.jpg", seed=number) for number in range(5)]
    with Library.open(tmp_path / "library") as library:
        index_album(library, str(folder), paths)
    return tmp_path / "library"


def hashed(library: Library) -> tuple[list[Hashing], dict[str, int]]:
    wanted = [row.sha256 or "" for row in library.rows()]
    *steps, last = hash_photos(library, wanted, lambda: False)
    assert isinstance(last, Hashes)
    return steps, dict(last.by_sha256)


def test_they_are_those_of_the_thumbnails_and_computed_once(library_folder: Path, monkeypatch):
    monkeypatch.setattr(likeness, "_BATCH", 2)
    with Library.open(library_folder) as library:
        steps, first = hashed(library)
        assert [(step.done, step.total) for step in steps] == [(0, 5), (2, 5), (4, 5)]
        assert len(first) == 5
        for sha256, number in first.items():
            assert number == perceptual_hash(library.thumbnail(sha256) or b"")
        monkeypatch.setattr(likeness, "perceptual_hash", None)
        assert hashed(library) == ([], first)


def test_reading_only_keeps_nothing(library_folder: Path):
    with Library.open(library_folder, read_only=True) as library:
        assert len(hashed(library)[1]) == 5
        assert library.perceptual_hashes() == {}


def test_stopping_keeps_what_was_computed(library_folder: Path):
    with Library.open(library_folder) as library:
        wanted = [row.sha256 or "" for row in library.rows()]
        asked: list[int] = []

        def stop() -> bool:
            asked.append(1)
            return len(asked) > 3

        events = list(hash_photos(library, wanted, stop))
        assert not any(isinstance(event, Hashes) for event in events)
        assert len(library.perceptual_hashes()) == 3


def test_a_photo_without_thumbnail_has_none(library_folder: Path):
    with Library.open(library_folder) as library:
        *_, last = hash_photos(library, ["f" * 64], lambda: False)
        assert last == Hashes({})
