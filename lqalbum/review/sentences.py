"""Sentences that have a code in the language in use; the command line and the log keep English."""

from __future__ import annotations

from lqalbum.errors import LQAlbumError
from lqalbum.library.sentences import photo_trouble, sentence_of
from lqalbum.review.language import isolated, number, spoken, tr
from lqalbum.sentences import Sentence

__all__ = ["error_words", "photo_trouble", "sentence_of", "told"]


def told(sentence: str) -> str:
    """Return a sentence in the language in use; one without a code as it is."""
    if not isinstance(sentence, Sentence) or not sentence.code:
        return str(sentence)
    if spoken() == "en":
        return _in_english(sentence)
    values = {
        name: number(value) if isinstance(value, int) else told(value)
        for name, value in sentence.values.items()
    }
    return tr(sentence.pattern, **values)


def _in_english(sentence: Sentence) -> str:
    """Return the words as they are, which may say more than their pattern, with names isolated."""
    words = str(sentence)
    for value in sentence.values.values():
        if isinstance(value, str):
            words = words.replace(value, isolated(told(value)))
    return words


def error_words(error: LQAlbumError) -> str:
    """Return what an error says in the language in use, as far as it has a code."""
    return told(sentence_of(error))
