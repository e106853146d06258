"""Sentences for a person, each under a code that stays.

A room keeps those it says in a table `SENTENCES`. They are English everywhere but in the window,
which looks their patterns up in its language and puts the same names and numbers into them.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Self

# What a system says most when it refuses something, by the names of its errors. The system's own
# words are kept where they are English already.
SENTENCES: Final[Mapping[str, str]] = MappingProxyType({
    "EACCES": "Permission denied",
    "EBUSY": "Device or resource busy",
    "EDQUOT": "Disk quota exceeded",
    "EEXIST": "File exists",
    "EFBIG": "File too large",
    "EINVAL": "Invalid argument",
    "EIO": "Input/output error",
    "EISDIR": "Is a directory",
    "ELOOP": "Too many levels of symbolic links",
    "EMFILE": "Too many open files",
    "ENAMETOOLONG": "File name too long",
    "ENODEV": "No such device",
    "ENOENT": "No such file or directory",
    "ENOMEM": "Cannot allocate memory",
    "ENOSPC": "No space left on device",
    "ENOTCONN": "Transport endpoint is not connected",
    "ENOTDIR": "Not a directory",
    "ENOTSUP": "Operation not supported",
    "ENXIO": "No such device or address",
    "EPERM": "Operation not permitted",
    "EROFS": "Read-only file system",
    "ESTALE": "Stale file handle",
    "ETIMEDOUT": "Connection timed out",
    "ETXTBSY": "Text file busy",
    "EXDEV": "Invalid cross-device link",
})  # fmt: skip


class Sentence(str):
    """A sentence for a person that also knows which one it is.

    Attributes:
        code: stable; empty for words that have none.
        pattern: the English words with the names of what stands in them; empty without a code.
        values: what stands in it, by name; some are sentences themselves.
    """

    code: str
    pattern: str
    values: Mapping[str, str | int]

    def __new__(
        cls,
        words: str,
        code: str = "",
        pattern: str = "",
        values: Mapping[str, str | int] | None = None,
    ) -> Self:
        """Take the English words as they are."""
        made = super().__new__(cls, words)
        made.code, made.pattern, made.values = code, pattern, values or {}
        return made


def compose(table: Mapping[str, str], code: str, /, **values: str | int) -> Sentence:
    """Return the sentence that a table has under a code, in English, with these values in it."""
    return Sentence(table[code].format(**values), code, table[code], values)


def system_words(error: OSError) -> Sentence:
    """Return what the system says of an error, to stand in a sentence."""
    code = errno.errorcode.get(error.errno or 0, "")
    known = code if code in SENTENCES else ""
    return Sentence(
        error.strerror or str(error) or type(error).__name__, known, SENTENCES.get(known, "")
    )
