"""The window in another language: every word has a translation, and none is written past it."""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QPushButton

from lqalbum.gui.settingsdialog import SettingsDialog
from lqalbum.gui.translation import Catalogues, chosen_language, read_language
from lqalbum.jobs.looking import Depth
from lqalbum.paths import resource
from lqalbum.review import language
from lqalbum.review.keys import bindings
from lqalbum.review.language import ENGLISH, speak
from lqalbum.review.wording import Toast, photos, reason_words, size, worse_than
from lqalbum.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import translations  # noqa: E402  # a script beside the package, not a part of it

CATALOGUE = resource("translations", "lqalbum_de.ts")
# What takes words that a person reads.
SHOWING = {
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QMenu", "ImagePane"),
    *("text", "column", "section", "setText", "setToolTip", "setAccessibleName", "setWindowTitle"),
    *("setPlaceholderText", "setSpecialValueText", "addTab", "addRow", "addItem", "addAction"),
    *("Toast", "Prompt", "getExistingDirectory", "getOpenFileName", "getSaveFileName"),
}
# Names are the same in every language.
NAMES = {"LQ Album"}


@pytest.fixture
def german(qapp) -> Iterator[None]:
    catalogues = Catalogues(qapp)
    catalogues.use("de")
    yield
    catalogues.use("en")


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_every_word_has_a_german_translation_with_the_same_fields():
    known = translations.read_catalogue(CATALOGUE)
    words = translations.all_words()
    assert words.keys() - known.keys() == set()
    for source, has_number in words.items():
        assert len(known[source]) == (2 if has_number else 1), source
        for form in known[source]:
            assert form.strip(), source
            assert fields(form) - {"count"} == fields(source) - {"count"}, source


def test_the_compiled_catalogue_is_the_written_one():
    lookup = read_language("de").lookup
    for source, forms in translations.read_catalogue(CATALOGUE).items():
        counts = (1, 2) if len(forms) == 2 else (-1,)
        assert [lookup(source, count) for count in counts] == forms


def literals(node: ast.expr) -> Iterator[str]:
    """Yield the words of an argument that are not looked up."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from literals(value)


ROLES = {"muted", "note", "problem", "verdict", "heading", "section", "primary", "link", "group"}


@pytest.mark.parametrize("room", translations.ROOMS)
def test_nothing_is_shown_past_the_translation(room):
    found = []
    for path in sorted((ROOT / "lqalbum" / room).glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name not in SHOWING:
                continue
            for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
                shown = [words for words in literals(argument) if re.search("[A-Za-z]{2}", words)]
                found += [
                    f"{path.name}:{call.lineno}: {words}"
                    for words in shown
                    if words not in NAMES | ROLES and not words.startswith(("LQ Album ", "font-"))
                ]
    assert found == []


def test_words_numbers_and_sizes_in_german(german):
    assert [photos(1), photos(12_345)] == ["1 Foto", "12.345 Fotos"]
    assert size(1_500_000) == "1,5 MB"
    assert worse_than(97.25) == "schlechter als 97,2 von 100 guten Fotos"
    assert reason_words("blurred, strong noise") == "unscharf, starkes Rauschen"
    assert bindings({})["undo"].shown == "Strg+Z"
    assert QLocale().name().startswith("de")


def test_english_needs_no_catalogue(qapp):
    Catalogues(qapp).use("en")
    assert language.spoken() == "en"
    assert [photos(1), photos(12_345)] == ["1 photo", "12,345 photos"]
    assert Toast("x").text == "x"


def test_the_system_decides_unless_a_person_does(monkeypatch):
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale("de_AT")))
    assert chosen_language("system") == "de"
    assert chosen_language("en") == "en"
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale("fr_FR")))
    assert chosen_language("system") == "en"


def test_the_settings_offer_languages_and_speak_the_one_in_use(german, qtbot):
    dialog = SettingsDialog(Settings(language="de"), "words")
    qtbot.addWidget(dialog)
    assert dialog.settings().language == "de"
    assert dialog.language.itemText(1) == "English"
    dialog.language.setCurrentIndex(1)
    assert dialog.settings().language == "en"
    assert dialog.save.text() == "Speichern"


def test_no_english_is_left_in_a_german_window(german, open_window, photos, qtbot):
    window = open_window()
    with qtbot.waitSignal(window.indexer.stopped, timeout=60_000):
        window.begin(photos)
    known = set(translations.all_words()) - {
        form for forms in translations.read_catalogue(CATALOGUE).values() for form in forms
    }
    shown = {label.text() for label in window.findChildren(QLabel)}
    shown |= {button.text() for button in window.findChildren(QPushButton)}
    shown |= {action.text() for action in window.menu.actions()}
    assert window.side_bar.folders.words()[None] == ("Alle Ordner", "7")
    assert shown & known == set()
    assert window.bottom_bar.status.text().startswith("Letzte Durchsicht: 7 Fotos")


def test_a_missing_catalogue_leaves_english(monkeypatch, tmp_path):
    monkeypatch.setattr(
        "lqalbum.gui.translation.resource", lambda *parts: tmp_path.joinpath(*parts)
    )
    assert read_language("de") is ENGLISH
    speak(ENGLISH)


@pytest.mark.parametrize("code", ["en", "de"])
def test_every_view_fits_the_narrowest_window(qapp, open_window, qtbot, code):
    catalogues = Catalogues(qapp)
    catalogues.use(code)
    try:
        window = open_window()
        window.loupe._set_depth(Depth(tuple(range(46)), 3))
        room = window.minimumWidth() - window.side_bar.width()
        for view in (window.loupe, window.compare, window.grid, window.empty, window.top_bar):
            assert view.minimumSizeHint().width() <= room, view
    finally:
        catalogues.use("en")
