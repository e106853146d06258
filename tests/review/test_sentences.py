"""The library's refusals in another language: found by their codes, with the same names in them."""

from __future__ import annotations

import ast
import copy
import os
import pickle
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lqalbum import errors
from lqalbum.errors import LibraryError, PhotoError
from lqalbum.library.library import Library
from lqalbum.library.sentences import SENTENCES, Sentence, photo_trouble, said
from lqalbum.paths import resource
from lqalbum.review.language import ENGLISH, Language, speak
from lqalbum.review.sentences import error_words, told
from lqalbum.review.wording import trouble
from tests.library.conftest import Album, album  # noqa: F401  # a fixture
from tests.review.rows import photo

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import translations  # noqa: E402  # a script beside the package, not a part of it


@pytest.fixture
def german() -> Iterator[None]:
    known = translations.read_catalogue(resource("translations", "lqalbum_de.ts"))
    speak(Language("de", lambda source, count: known.get(source, [""])[0]))
    yield
    speak(ENGLISH)


def test_every_code_is_used_and_every_code_used_is_known():
    rooms = (ROOT / "lqalbum/library", ROOT / "lqalbum/jobs")
    sources = [path.read_text("utf-8") for room in rooms for path in room.glob("*.py")]
    used = {code for source in sources for code in re.findall(r'said\(\s*"([a-z-]+)"', source)}
    assert used == {code for code in SENTENCES if not code.startswith("photo-")}


@pytest.mark.parametrize(
    "file", sorted((ROOT / "lqalbum/library").glob("*.py")), ids=lambda file: file.stem
)
def test_no_refusal_of_the_library_is_without_a_code(file: Path):
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    names = {kind.__name__ for kind in kinds} - {"PhotoError"}  # it has a code of its own
    names |= {"ChangedPhotoError", "DamagedDatabaseError", "GoneFromTrashError", "NameTakenError"}
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in names:
            words = call.args[0] if call.args else None
            assert isinstance(words, ast.Call), f"{file.name}:{call.lineno}"
            assert getattr(words.func, "id", "") in ("said", "sentence_of"), call.lineno


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


def test_a_sentence_keeps_its_code_where_records_are_copied():
    sentence = said("no-file", path="a.jpg")
    for same in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301
        assert isinstance(same, Sentence)
        assert (str(same), same.code, same.values) == (
            "a.jpg is a link or no regular file; name the photo's own file.",
            "no-file",
            {"path": "a.jpg"},
        )
