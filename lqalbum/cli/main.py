"""Reads a command line, runs its command and returns the exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import lqalbum
from lqalbum.cli import decide, doctor, evaluate, exits, explain, export, models, scan, train
from lqalbum.cli.streams import (
    OutputClosed,
    discard_stdout,
    log,
    open_missing_streams,
    settle_stdout,
    write_text,
)
from lqalbum.errors import LQAlbumError

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_ADD_COMMANDS = (
    scan.add_command,
    explain.add_command,
    decide.add_commands,
    export.add_command,
    train.add_commands,
    evaluate.add_command,
    models.add_command,
    doctor.add_command,
)


def main(argv: Sequence[str]) -> int:
    """Run one command.

    Args:
        argv: the arguments after the program's name.

    Returns:
        The exit code. Anything unexpected is raised: its traceback is worth more than a code.
    """
    open_missing_streams()
    try:
        code = _run(argv)
    except OutputClosed:
        discard_stdout()
        return exits.OUTPUT_CLOSED
    except LQAlbumError as exc:
        log(f"lqalbum: {exc}")
        code = exc.exit_code
    except KeyboardInterrupt:
        log("lqalbum: Interrupted.")
        code = exits.INTERRUPTED
    return code if settle_stdout() else exits.OUTPUT_CLOSED


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as exc:
        # argparse leaves by itself after --help (0) and after a usage error (2).
        return exc.code if isinstance(exc.code, int) else exits.USAGE
    code: int = arguments.run(arguments)
    return code


class _Parser(argparse.ArgumentParser):
    """Prints like every other command: argparse hides that nobody reads its help."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file is sys.stdout:
            write_text(message)
        else:
            log(message.rstrip())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="lqalbum",
        description="Finds the photos in a local album that are not worth keeping, and shows why. "
        "Without a command, as 'lqalbum gui', or with a folder alone, the window opens.",
        epilog="'lqalbum COMMAND --help' tells of one command.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"lqalbum {lqalbum.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in _ADD_COMMANDS:
        add(commands)
    return parser
