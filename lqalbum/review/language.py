"""Words in the person's language: English stands in the code, the window installs another one.

`tr` and `plural` look words up when they are shown, `mark` only notes words of a table for the
catalogue. `packaging/translations.py` collects all three.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

# Takes an English text and, where it depends on a number, that number (else -1); returns the
# translation, empty if there is none.
Lookup = Callable[[str, int], str]


def _nothing(source: str, count: int) -> str:
    return ""


@dataclass(frozen=True)
class Language:
    """A language the window can speak.

    Attributes:
        code: ISO 639-1.
        lookup: finds translations.
        thousands: between groups of three digits.
        decimal: between units and tenths.
    """

    code: str = "en"
    lookup: Lookup = _nothing
    thousands: str = ","
    decimal: str = "."


ENGLISH: Final = Language()
# First strong isolate and its end: what is between has a direction of its own.
_ISOLATE, _END = "\u2068", "\u2069"
# Letters that run from right to left, and marks that turn what follows.
_TURNING: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI"})


class _Spoken:
    """The language of the process: as in Qt there is one, so that words need no owner."""

    language = ENGLISH


def speak(language: Language) -> None:
    """Use a language from now on; what is on the screen already stays as it is."""
    _Spoken.language = language


def spoken() -> str:
    """Return the code of the language in use."""
    return _Spoken.language.code


def mark(source: str) -> str:
    """Return words as they are, and have them in the catalogue: for tables made before the start.

    What is shown of them goes through `tr`.
    """
    return source


def tr(source: str, **values: object) -> str:
    """Return words in the language in use.

    Args:
        source: the English words, a literal or one that was marked.
        values: what stands in for the names in braces.
    """
    words = (_Spoken.language.lookup(source, -1) or source) if source else ""
    return words.format(**_apart(values)) if values else words


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Return words that depend on a number, which `{count}` stands for.

    Args:
        one: the English words for exactly one.
        many: the English words for any other number; the catalogue's key.
        count: the number.
        values: what stands in for the other names in braces.
    """
    english = one if count == 1 else many
    words = _Spoken.language.lookup(many, count) or english
    return words.format(count=number(count), **_apart(values))


def isolated(words: str) -> str:
    """Return a name that does not turn the sentence it stands in, nor other names beside it.

    `tr` and `plural` do this to what they put in; lists that are joined by hand need it for each.
    Names that run from left to right stay as they are, and so does what holds isolated names.
    """
    if words.isascii() or _ISOLATE in words:
        return words
    turns = any(unicodedata.bidirectional(character) in _TURNING for character in words)
    return f"{_ISOLATE}{words}{_END}" if turns else words


def _apart(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: isolated(value) if isinstance(value, str) else value for name, value in values.items()
    }


def number(value: float, digits: int = 0) -> str:
    """Return a number with its thousands set apart, as the language in use writes it."""
    language = _Spoken.language
    written = f"{value:,.{digits}f}"
    marks = {",": language.thousands, ".": language.decimal}
    return "".join(marks.get(character, character) for character in written)


def short_number(value: float, figures: int = 6) -> str:
    """Return a number with at most so many figures, as the language in use writes it."""
    return f"{value:.{figures}g}".replace(".", _Spoken.language.decimal)
