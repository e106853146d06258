"""`lqalbum export`: everything the library knows, as a file for programs or people."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace

from lqalbum.cli import exits
from lqalbum.cli.interrupts import stop_on_interrupt
from lqalbum.cli.libraries import known_library
from lqalbum.cli.options import CommonOptions, Subcommands, common_options, common_parser
from lqalbum.cli.reporting import LIST_FORMATS, chosen_format, write_list, write_report
from lqalbum.cli.streams import log, terminal_columns
from lqalbum.errors import Interrupted, UsageError
from lqalbum.jobs.export import check_destination, library_report
from lqalbum.jobs.marks import LIST_KEYS
from lqalbum.jobs.models import describe_model, main_model
from lqalbum.jobs.parquet_report import require_parquet
from lqalbum.jobs.reports import path_bytes
from lqalbum.jobs.sidecar_export import (
    Sidecar,
    count_sidecars,
    plan_sidecars,
    sidecar_words,
    write_sidecars,
)
from lqalbum.jobs.summary import summarise

_FORMATS = ("csv", "json", "jsonl", "parquet", "html", "table", "xmp")
_SIDECAR_SHOWN = ("status", "label", "sidecar", "error")


def add_command(commands: Subcommands) -> None:
    """Describe the command to argparse."""
    parser = commands.add_parser(
        "export",
        parents=[common_parser(_FORMATS)],
        help="write what the library knows",
        description="Write all photos of the library with scores and decisions. Without --model "
        "each photo has its newest score. 'xmp' writes sidecars NAME.EXT.xmp beside the photos: "
        "rating -1 (rejected) for flagged photos that nobody decided on, digiKam's label "
        "'accepted' for kept ones. A photo that has a sidecar is left alone; the list of all is "
        "the output.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="with xmp: list what would be written, write nothing"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the library's photos."""
    options = common_options(arguments)
    kind = chosen_format(options, _FORMATS)
    if kind == "xmp":
        return _write_sidecars(options, is_dry=arguments.dry_run)
    if arguments.dry_run:
        raise UsageError("--dry-run is for '--format xmp', which alone writes beside the photos.")
    if kind == "parquet":
        require_parquet()
        if terminal_columns(options.output) is not None:
            raise UsageError("Parquet is nothing for a terminal; name a file with -o.")
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


def _write_sidecars(options: CommonOptions, *, is_dry: bool) -> int:
    """Write sidecars, or say which would be written.

    Raises:
        Interrupted: after some of them, which stay.
        UsageError: the list of them cannot have that name.
    """
    if options.output is not None and options.output.suffix.lower() == ".xmp":
        raise UsageError("Sidecars go beside their photos; -o names a file for the list of them.")
    kind = chosen_format(replace(options, kind=None), LIST_FORMATS)
    if options.output is not None:
        check_destination(options.output)
    scorer_id = describe_model(options.model).scorer_id if options.model_named else None
    with known_library(options, read_only=options.library is not None) as library:
        plan = plan_sidecars(library.rows(scorer_id), options.strictness)
    if is_dry:
        _list(plan, kind, options)
        log("Nothing was written: this was a dry run.")
        return exits.DONE
    with stop_on_interrupt() as stop:
        done = list(write_sidecars(plan, stop))
    _list(done, kind, options)
    if len(done) < len(plan):
        raise Interrupted("Interrupted; the sidecars that were written stay.")
    return exits.ERROR if count_sidecars(done).failed else exits.DONE


def _list(sidecars: Sequence[Sidecar], kind: str, options: CommonOptions) -> None:
    records = [asdict(one) | {"path_bytes": path_bytes(one.path)} for one in sidecars]
    ordered = [{key: record[key] for key in LIST_KEYS["sidecars"]} for record in records]
    write_list("sidecars", ordered, kind, options, _SIDECAR_SHOWN)
    log(sidecar_words(count_sidecars(sidecars)))
