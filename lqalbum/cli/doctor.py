"""`lqalbum doctor`: what is installed, where things are, and whether it works."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict

from lqalbum.cli import exits
from lqalbum.cli.libraries import refuse_temporary
from lqalbum.cli.options import Subcommands, common_options, common_parser
from lqalbum.cli.repair import repair
from lqalbum.cli.reporting import LIST_FORMATS, chosen_format, write_list
from lqalbum.cli.streams import write_data
from lqalbum.jobs.doctor import DoctorLine, run_doctor
from lqalbum.jobs.export import check_destination
from lqalbum.library.photofile import printable
from lqalbum.paths import default_library_dir


def add_command(commands: Subcommands) -> None:
    """Describe the command to argparse."""
    parser = commands.add_parser(
        "doctor",
        parents=[common_parser(LIST_FORMATS)],
        help="versions, device, formats, trash, data locations, self check",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--repair", action="store_true", help="explain a damaged library and bring its backup back"
    )
    parser.add_argument("--yes", action="store_true", help="with --repair: without asking")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Look at everything; exit code 1 where something is not as it should be."""
    options = common_options(arguments)
    if arguments.repair:
        refuse_temporary(options, "doctor --repair")
        return repair(options.library or default_library_dir(), arguments.yes)
    kind = chosen_format(options, LIST_FORMATS)
    if options.output is not None:
        check_destination(options.output)
    lines: list[DoctorLine] = []

    def looked_at() -> Iterator[DoctorLine]:
        for line in run_doctor(options.library, options.model, options.device):
            lines.append(line)
            yield line

    if kind == "table":
        # As they come: the last looks take seconds.
        write_data((_words(line) for line in looked_at()), options.output, is_marked=True)
    else:
        records = [asdict(line) for line in looked_at()]
        write_list("checks", records, kind, options)
    return exits.DONE if all(line.ok for line in lines) else exits.ERROR


def _words(line: DoctorLine) -> bytes:
    mark = "ok " if line.ok else "BAD"
    return f"{mark} {line.name + ':':<12} {printable(line.value)}\n".encode(
        "utf-8", "backslashreplace"
    )
