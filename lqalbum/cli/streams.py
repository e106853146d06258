"""The standard streams: data to stdout, log to stderr, and what happens when they are closed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from lqalbum.errors import LQAlbumError
from lqalbum.jobs.export import write_file
from lqalbum.jobs.marks import TEXT_MARK


class OutputClosed(Exception):
    """Nobody reads our stdout any more; not an error, but no reason to go on writing."""


def open_missing_streams() -> None:
    """Put /dev/null where a standard descriptor is closed.

    Otherwise the next file opened, such as a database, would become descriptor 1 and be written
    to by whatever writes to stdout.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def write_data(
    pieces: Iterable[bytes], output: Path | None = None, *, is_marked: bool = False
) -> None:
    """Write a command's data to a file, or to stdout where none is named.

    Args:
        pieces: the data.
        output: the file, None for stdout.
        is_marked: whether the file begins with the line by which a text of ours is known.

    Raises:
        OutputClosed: stdout is closed.
        LQAlbumError: it cannot be written.
    """
    if output is not None:
        write_file(output, chain([TEXT_MARK], pieces) if is_marked else pieces)
        return
    if sys.stdout is None:
        raise OutputClosed
    try:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except BrokenPipeError as exc:
        raise OutputClosed from exc
    except OSError as exc:
        # What is left in the buffer would fail once more at the end, as if nobody read it.
        discard_stdout()
        raise LQAlbumError(f"The output could not be written: {exc.strerror}.") from exc


def write_text(text: str, output: Path | None = None, *, is_marked: bool = False) -> None:
    """Write text as UTF-8; see `write_data`."""
    write_data([text.encode("utf-8", "backslashreplace")], output, is_marked=is_marked)


def settle_stdout() -> bool:
    """Flush stdout for the last time, so that the interpreter has nothing left to fail at.

    Returns:
        Whether all of it could be written.
    """
    if sys.stdout is None:
        return True
    try:
        sys.stdout.flush()
    except OSError:
        discard_stdout()
        return False
    return True


def discard_stdout() -> None:
    """Send what is still buffered to nowhere: the interpreter flushes it again when it exits."""
    if sys.stdout is None:
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def log(message: str) -> None:
    """Write one line to stderr; if nobody listens, that is no reason to stop."""
    if sys.stderr is None:
        return
    try:
        # A file name may hold what the terminal's encoding cannot show.
        encoding = sys.stderr.encoding or "utf-8"
        text = message.encode(encoding, "backslashreplace").decode(encoding)
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        return


def terminal_columns(output: Path | None = None) -> int | None:
    """Columns of the terminal that data goes to; None for a file or pipe."""
    if output is not None or sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns
