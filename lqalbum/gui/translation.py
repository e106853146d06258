"""The language of the window: which one a person wants, and the catalogues it takes for that."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from lqalbum.paths import resource
from lqalbum.review.language import ENGLISH, Language, speak

CONTEXT = "lqalbum"
# What stands between thousands, and between units and tenths.
_MARKS = {"de": (".", ",")}


def chosen_language(name: str) -> str:
    """Return the code of the language for a setting of ``system`` or a code.

    A system in a language that the window does not speak gets English.
    """
    code = QLocale.system().name().partition("_")[0] if name == "system" else name
    return code if code in _MARKS else ENGLISH.code


class Catalogues:
    """The translations in use, for the window's own words and for Qt's."""

    def __init__(self, app: QApplication) -> None:
        """Start in English."""
        self._app = app
        self._in_use: list[QTranslator] = []

    def use(self, code: str) -> None:
        """Speak a language from now on, in windows opened from now on."""
        for translator in self._in_use:
            self._app.removeTranslator(translator)
        self._in_use = []
        QLocale.setDefault(QLocale(code))
        language = read_language(code, self._app)
        if language is ENGLISH:
            speak(ENGLISH)
            return
        standard = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if standard.load(f"qtbase_{code}", folder):
            self._app.installTranslator(standard)
            self._in_use.append(standard)
        speak(language)


def read_language(code: str, owner: QApplication | None = None) -> Language:
    """Return a language with its catalogue, English where there is none for it."""
    own = QTranslator(owner)
    if code not in _MARKS or not own.load(str(resource("translations", f"lqalbum_{code}.qm"))):
        return ENGLISH
    thousands, decimal = _MARKS[code]

    def lookup(source: str, count: int) -> str:
        return own.translate(CONTEXT, source, None, count) or ""

    return Language(code, lookup, thousands, decimal)
