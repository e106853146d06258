"""`lqalbum export`: everything the library knows, as a file for programs or people."""

from __future__ import annotations

import argparse

from lqalbum.cli import exits
from lqalbum.cli.libraries import known_library
from lqalbum.cli.options import Subcommands, common_options, common_parser
from lqalbum.cli.reporting import chosen_format, write_report
from lqalbum.jobs.export import check_destination, library_report
from lqalbum.jobs.models import describe_model, main_model
from lqalbum.jobs.summary import summarise

_FORMATS = ("csv", "json", "jsonl", "html", "table")


def add_command(commands: Subcommands) -> None:
    """Describe the command to argparse."""
    parser = commands.add_parser(
        "export",
        parents=[common_parser(_FORMATS)],
        help="write what the library knows",
        description="Write all photos of the library with scores and decisions. Without --model "
        "each photo has its newest score.",
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the library's photos."""
    options = common_options(arguments)
    kind = chosen_format(options, _FORMATS)
    if options.output is not None:
        check_destination(options.output)
    named = describe_model(options.model) if options.model_named else None
    scorer_id = None if named is None else named.scorer_id
    with known_library(options, read_only=options.library is not None) as library:
        rows = library.rows(scorer_id)
        model = main_model(library) if named is None else named.for_report()
        summary = summarise(rows, options.strictness)
        report = library_report(library, rows, model, options.strictness, summary, scorer_id)
        write_report(report, library, kind, options)
    return exits.DONE
