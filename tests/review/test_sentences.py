"""Refusals in another language: found by their codes, with the same names in them."""

from __future__ import annotations

import copy
import errno
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lqalbum.errors import LibraryError, LQAlbumError, ModelError, PhotoError
from lqalbum.jobs import sentences as of_jobs
from lqalbum.library.library import Library
from lqalbum.library.sentences import photo_trouble, said
from lqalbum.paths import resource
from lqalbum.review.language import ENGLISH, Language, speak
from lqalbum.review.sentences import error_words, told
from lqalbum.review.wording import trouble
from lqalbum.sentences import Sentence, system_words
from tests.library.conftest import Album, album  # noqa: F401  # a fixture
from tests.review.rows import photo

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import translations  # noqa: E402  # a script beside the package, not a part of it


@pytest.fixture
def german() -> Iterator[None]:
    known = translations.read_catalogue(resource("translations", "lqalbum_de.ts"))
    speak(Language("de", lambda source, count: known.get(source, [""])[0], ".", ","))
    yield
    speak(ENGLISH)


def test_in_english_the_words_are_as_the_library_wrote_them():
    precise = photo_trouble("too-large", "a.jpg is 5.0 GiB long; move it.", "a.jpg")
    assert told(precise) == "a.jpg is 5.0 GiB long; move it."
    assert told("No code.") == "No code."


@pytest.mark.usefixtures("german")
def test_a_refusal_is_told_by_its_code_with_what_stands_in_it():
    gone = said("gone-from-trash", path="a.jpg")
    words = told(said("record-gone", gone=gone))
    assert words.startswith("a.jpg ist nicht mehr im Papierkorb; ")
    assert words.endswith("Rückgängig geht mit dem Schritt davor weiter.")
    assert "trash" not in words


@pytest.mark.usefixtures("german")
def test_errors_are_told_by_their_code_too():
    busy = LibraryError(said("busy", folder="/library"))
    assert error_words(busy).startswith("Ein anderes Fenster oder ein Befehl schreibt")
    assert str(busy).startswith("Another window or command writes to the library /library;")
    empty = PhotoError("empty", "/a\udcff.jpg holds no bytes.", "/a\udcff.jpg")
    assert error_words(empty).startswith("/a?.jpg ist leer;")
    assert error_words(LibraryError("Something new.")) == "Something new."


@pytest.mark.usefixtures("german")
def test_a_photo_that_cannot_be_read_says_so_without_its_folders():
    row = photo(1, None, status="error", error_code="truncated", error_message="/album/img1.jpg is")
    assert trouble(row).startswith("img1.jpg ist beschädigt")
    row = photo(1, None, status="error", error_code="new-code", error_message="/album/img1.jpg is")
    assert trouble(row) == "img1.jpg is"


@pytest.mark.usefixtures("german")
def test_a_real_refusal_reaches_the_window_in_its_language(album: Album):  # noqa: F811
    path = album.paths[0]
    with album.open() as library:
        library.mark_offline(str(album.folder))
        (refused,) = library.decide("delete", [path])
        assert refused.error == (
            f"{path} was not deleted: its folder {album.folder} is offline; plug the drive in and "
            "scan it again."
        )
        assert told(refused.error).startswith(f"{path} wurde nicht gelöscht: sein Ordner")
        (missing,) = library.decide("keep", [str(album.folder / "none.jpg")])
        assert told(missing.error or "").endswith("lesen Sie den Ordner neu ein.")
    with Library.open(album.library_folder, read_only=True) as library:
        with pytest.raises(LibraryError) as caught:
            library.undo()
        assert "nur zum Lesen" in error_words(caught.value)
    assert os.path.exists(path)


@pytest.mark.usefixtures("german")
def test_what_the_system_says_and_numbers_are_told_in_the_language_too():
    why = system_words(OSError(errno.EACCES, "Permission denied"))
    error = ModelError(of_jobs.said("model-unreadable", path="m.safetensors", why=why))
    assert str(error) == "The model file m.safetensors cannot be read: Permission denied."
    assert error_words(error) == (
        "Die Modelldatei m.safetensors kann nicht gelesen werden: keine Berechtigung."
    )
    few = of_jobs.said("too-few-to-train", folder="/a", count=1234, side=256, held_out=3, least=20)
    assert few.startswith("/a has 1234 photos of at least 256 px")
    assert "1.234" in told(few)


@pytest.mark.usefixtures("german")
def test_an_error_from_another_process_is_told_in_the_language():
    error = LQAlbumError(of_jobs.said("stopped"))
    copied = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert error_words(copied) == "Angehalten; es wurde nichts geschrieben."


def test_a_sentence_keeps_its_code_where_records_are_copied():
    sentence = said("no-file", path="a.jpg")
    for same in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301
        assert isinstance(same, Sentence)
        assert (str(same), same.code, same.values) == (
            "a.jpg is a link or no regular file; name the photo's own file.",
            "no-file",
            {"path": "a.jpg"},
        )
