"""`lqalbum export`: everything the library knows, as a file for programs or people."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from lqalbum.cli import exits
from lqalbum.cli.libraries import opened_library
from lqalbum.cli.options import Subcommands, common_options, common_parser
from lqalbum.cli.reporting import chosen_format, write_report
from lqalbum.jobs.export import check_destination, library_report
from lqalbum.jobs.models import describe_model, shipped_models
from lqalbum.jobs.reports import ReportModel
from lqalbum.jobs.summary import summarise
from lqalbum.library.records import PhotoRow

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
    with opened_library(options, read_only=options.library is not None) as library:
        rows = library.rows(named.scorer_id if named else None)
        model = named.for_report() if named else _model_of(rows)
        summary = summarise(rows, options.strictness)
        report = library_report(library, rows, model, options.strictness, summary)
        write_report(report, library, kind, options)
    return exits.DONE


def _model_of(rows: Sequence[PhotoRow]) -> ReportModel:
    """The model behind most scores; of one that is not shipped only its id is known."""
    ids = Counter(row.model_id for row in rows if row.model_id is not None)
    if not ids:
        return ReportModel()
    most_common = ids.most_common(1)[0][0]
    for model in shipped_models():
        if model.model_id == most_common:
            return model.for_report()
    return ReportModel(model_id=most_common)
