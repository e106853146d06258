"""Opening the library that a command line names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lqalbum.cli.options import CommonOptions
from lqalbum.errors import UsageError
from lqalbum.library.library import Library, holds_library


@contextmanager
def opened_library(options: CommonOptions, *, read_only: bool = False) -> Iterator[Library]:
    """Yield the named library, or a temporary one that is removed afterwards."""
    if options.library is None:
        with Library.temporary() as library:
            yield library
        return
    with Library.open(options.library, read_only=read_only) as library:
        yield library


@contextmanager
def known_library(options: CommonOptions, *, read_only: bool = False) -> Iterator[Library]:
    """Yield a library that is there already: a command that only looks back makes none.

    Raises:
        UsageError: there is none in the folder named.
    """
    folder = options.library
    if folder is not None and not holds_library(folder):
        raise UsageError(f"There is no library in {folder}; check the name, or scan photos first.")
    with opened_library(options, read_only=read_only) as library:
        yield library


def refuse_temporary(options: CommonOptions, command: str) -> None:
    """Decisions in a library that is removed at once would be lost.

    Raises:
        UsageError: `--no-library` was given.
    """
    if options.library is None:
        raise UsageError(f"'{command}' needs a library that lasts; leave out --no-library.")
