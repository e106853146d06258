"""`lqalbum decide`, `undo`, `redo` and `decisions`: the only commands that move photos."""

from __future__ import annotations

import argparse
import json
import os
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from lqalbum.cli import exits
from lqalbum.cli.interrupts import stop_on_interrupt
from lqalbum.cli.libraries import known_library, opened_library, refuse_temporary
from lqalbum.cli.options import (
    CommonOptions,
    Subcommands,
    common_options,
    common_parser,
    parse_count,
)
from lqalbum.cli.reporting import LIST_FORMATS, chosen_format, write_list
from lqalbum.cli.streams import log
from lqalbum.errors import Interrupted, UsageError
from lqalbum.jobs.export import check_destination
from lqalbum.jobs.marks import LIST_KEYS
from lqalbum.jobs.reports import path_bytes
from lqalbum.jobs.rescan import target_path
from lqalbum.library.library import Library
from lqalbum.library.photofile import printable
from lqalbum.library.records import DECISIONS, Decision, DecisionResult

# What 80 columns hold; the hashes are for programs.
_HISTORY_SHOWN = ("step", "time", "path", "decision", "state", "reason")

# More names than these fill the terminal before the question is read.
_NAMES_SHOWN = 20


def add_commands(commands: Subcommands) -> None:
    """Describe the four commands to argparse."""
    common = common_parser(LIST_FORMATS)
    decide = commands.add_parser(
        "decide",
        parents=[common],
        help="keep, delete (to the trash) or leave undecided",
        description="Decide on photos. 'delete' moves them to the system's trash; 'keep' and "
        "'undecided' bring a deleted photo back first. One call is one step for undo.",
        allow_abbrev=False,
    )
    decide.add_argument("decision", choices=DECISIONS)
    decide.add_argument("paths", nargs="+", metavar="PATH", help="photo")
    decide.add_argument("--yes", action="store_true", help="delete without asking")
    decide.set_defaults(run=run_decide)
    for name, words, function in (
        ("undo", "take the last steps back", run_undo),
        ("redo", "do steps again that were undone", run_redo),
    ):
        parser = commands.add_parser(name, parents=[common], help=words, allow_abbrev=False)
        parser.add_argument(
            "steps", nargs="?", type=parse_count, default=1, metavar="N", help="default: 1"
        )
        parser.set_defaults(run=function)
    history = commands.add_parser(
        "decisions", parents=[common], help="list what was decided", allow_abbrev=False
    )
    history.set_defaults(run=run_decisions)


def run_decide(arguments: argparse.Namespace) -> int:
    """Decide on the photos named."""
    options = common_options(arguments)
    refuse_temporary(options, "decide")
    kind = _prepared(options)
    decision: Decision = arguments.decision
    paths = list(dict.fromkeys(target_path(path) for path in arguments.paths))
    if decision == "delete" and not arguments.yes and not _has_terminal():
        raise UsageError("Without a terminal, 'decide delete' needs --yes; nothing was deleted.")
    with opened_library(options) as library:
        _check_paths(library, paths)
        if decision == "delete" and not arguments.yes and not _confirmed(library, paths):
            log("Nothing was deleted.")
            return exits.DONE
        with stop_on_interrupt() as stop:
            results = library.decide(decision, paths, stop)
            return _answer(results, kind, options, stop)


def run_undo(arguments: argparse.Namespace) -> int:
    """Take steps back."""
    return _walk_history(arguments, "undo")


def run_redo(arguments: argparse.Namespace) -> int:
    """Do undone steps again."""
    return _walk_history(arguments, "redo")


def run_decisions(arguments: argparse.Namespace) -> int:
    """List the history, oldest first."""
    options = common_options(arguments)
    refuse_temporary(options, "decisions")
    kind = _prepared(options)
    with known_library(options, read_only=True) as library:
        records = [_with_bytes(asdict(record)) for record in library.history()]
    if kind == "csv":
        records = [one | {"companions": _joined(one["companions"])} for one in records]
    write_list("decisions", _ordered("decisions", records), kind, options, _HISTORY_SHOWN)
    return exits.DONE


def _prepared(options: CommonOptions) -> str:
    if options.output is not None:
        check_destination(options.output)
    return chosen_format(options, LIST_FORMATS)


def _walk_history(arguments: argparse.Namespace, direction: str) -> int:
    options = common_options(arguments)
    refuse_temporary(options, direction)
    kind = _prepared(options)
    with known_library(options) as library, stop_on_interrupt() as stop:
        act = library.undo if direction == "undo" else library.redo
        results = act(arguments.steps, stop)
        if not results:
            log(f"There is nothing to {direction}.")
        return _answer(results, kind, options, stop)


def _answer(
    results: Sequence[DecisionResult],
    kind: str,
    options: CommonOptions,
    stop: Callable[[], bool],
) -> int:
    """Write what became of each photo; what went along with one is told beside it.

    Raises:
        Interrupted: the person stopped the command, after some of the photos.
    """
    records = [_with_bytes(asdict(result)) for result in results]
    write_list("results", _ordered("results", records), kind, options)
    for result in results:
        if result.companions:
            names = ", ".join(printable(os.path.basename(path)) for path in result.companions)
            log(f"With {printable(os.path.basename(result.path))}: {names}.")
    done = sum(result.status == "done" for result in results)
    if stop():
        raise Interrupted(
            f"Interrupted; {done} of {len(results)} photos were done and are recorded, the others "
            "are as they were."
        )
    return exits.DONE if done == len(results) else exits.ERROR


def _with_bytes(record: dict[str, object]) -> dict[str, object]:
    return record | {"path_bytes": path_bytes(str(record["path"]))}


def _joined(paths: object) -> str:
    """Several paths in one cell."""
    return json.dumps(paths)


def _ordered(name: str, records: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    return [{key: record[key] for key in LIST_KEYS[name]} for record in records]


def _check_paths(library: Library, paths: Sequence[str]) -> None:
    """Refuse the whole call for a path that is no photo: half a decision is a surprise."""
    decided_on: set[str] | None = None
    for path in paths:
        try:
            mode = os.lstat(path).st_mode
        except OSError:
            if library.row(path) is not None:
                continue
            if decided_on is None:
                decided_on = _ever_decided_on(library)
            if path not in decided_on:
                raise UsageError(f"There is no photo {path}; nothing was decided.") from None
            continue
        if not stat.S_ISREG(mode):
            raise UsageError(f"{path} is not a photo's file; nothing was decided.")


def _ever_decided_on(library: Library) -> set[str]:
    """Photos, and what went with them, that may have been decided on without being indexed."""
    return {path for one in library.history() for path in (one.path, *one.companions)}


def _has_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _along(companions: Sequence[str]) -> str:
    """What goes along with the photos, by name; of very many the first and how many more."""
    if not companions:
        return ""
    names = [printable(os.path.basename(path)) for path in companions[:_NAMES_SHOWN]]
    more = len(companions) - len(names)
    named = ", ".join(names) + (f" and {more} more" if more else "")
    return f" and what belongs to them, {_counted(len(companions), 'file')} ({named})"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _confirmed(library: Library, paths: Sequence[str]) -> bool:
    """Ask before several photos go at once; one goes without a question, as undo brings it back."""
    if len(paths) == 1:
        return True
    preview = library.delete_preview(paths)
    if not preview.photos:
        return True  # nothing can go, which the answer tells of each
    along = _along(preview.companions)
    where = " and ".join(printable(folder) for folder in preview.trash_folders)
    size = f"{preview.bytes / 1e6:.1f} MB in all"
    log(
        f"Move {_counted(preview.photos, 'photo')}{along}, {size}, to the trash"
        f"{f' {where}' if where else ''}? 'lqalbum undo' brings them back. Type yes to delete; "
        "anything else keeps them:"
    )
    return sys.stdin.readline().strip().lower() in ("y", "yes")
