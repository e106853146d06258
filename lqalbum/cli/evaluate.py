"""`lqalbum evaluate`: how well the score parts good photos from corrupted or badly rated ones."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lqalbum.cli import exits
from lqalbum.cli.interrupts import stop_on_interrupt
from lqalbum.cli.options import (
    CommonOptions,
    Subcommands,
    common_options,
    common_parser,
    parse_seed,
)
from lqalbum.cli.progress import ProgressView, progress_view
from lqalbum.cli.reporting import chosen_format
from lqalbum.cli.streams import log, terminal_columns, write_data
from lqalbum.errors import Interrupted
from lqalbum.jobs.calibration import Machine, Measured
from lqalbum.jobs.evaluation import (
    EvaluationOptions,
    EvaluationProgress,
    named_corruptions,
    named_severities,
)
from lqalbum.jobs.evaluation_page import evaluation_page
from lqalbum.jobs.evaluation_run import (
    EvaluationRequest,
    EvaluationResult,
    EvaluationStep,
    Note,
    evaluate_folder,
)
from lqalbum.jobs.evaluation_table import evaluation_csv, evaluation_json, evaluation_text
from lqalbum.jobs.export import check_destination
from lqalbum.jobs.models import ModelSummary, decoding_processes, describe_model

FORMATS = ("table", "csv", "json", "html")


def add_command(commands: Subcommands) -> None:
    """Describe the command to argparse."""
    parser = commands.add_parser(
        "evaluate",
        parents=[common_parser(FORMATS)],
        help="measure how well bad photos are told from good ones",
        description="Take the photos of a folder as good ones, corrupt each in 19 ways and measure "
        "how well the score tells the copies from the originals; or measure how well it follows "
        "human ratings. Nothing in the folder is changed.",
        allow_abbrev=False,
    )
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument(
        "--corruptions",
        metavar="NAMES",
        help="all, none, or names with commas between; default: all, with --ratings none",
    )
    parser.add_argument("--severity", default="1", metavar="S", help="1 (default) to 5, or 1-5")
    parser.add_argument(
        "--baselines",
        action="store_true",
        help="measure other detectors, too: likelihood, llr, s_kl_fixed_K, laplacian, nss and, "
        "with --calibrate (whose photos it compares with), panda",
    )
    parser.add_argument(
        "--calibrate",
        metavar="DIR",
        help="calibrate for this run on these good photos; with the measured folder itself, a "
        "random half of it calibrates and the other half is measured",
    )
    parser.add_argument(
        "--ratings",
        metavar="CSV",
        help="measure against human ratings: a file with the header file,mos, higher is better",
    )
    parser.add_argument(
        "--seed", type=parse_seed, default=0, metavar="N", help="of the noise and the random half"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure and write the tables."""
    options = common_options(arguments)
    kind = chosen_format(options, FORMATS)
    request = replace(_request(arguments, options), sheet=kind == "html")
    if options.output is not None:
        check_destination(options.output)
    model = describe_model(options.model)
    machine = Machine(decoding_processes(options.jobs), options.device)
    with stop_on_interrupt() as stop, progress_view(options.progress, "Evaluating") as view:

        def report(step: EvaluationStep) -> None:
            _show(view, step, options.progress)

        result = evaluate_folder(request, model, machine, stop, report)
        if stop():
            raise Interrupted("Interrupted while evaluating; nothing was written.")
    pieces = _pieces(result, model, arguments.folder, kind, terminal_columns(options.output))
    write_data((piece.encode("utf-8", "backslashreplace") for piece in pieces), options.output)
    return exits.DONE


def _request(arguments: argparse.Namespace, options: CommonOptions) -> EvaluationRequest:
    named = arguments.corruptions or ("all" if arguments.ratings is None else "none")
    return EvaluationRequest(
        folder=arguments.folder,
        exclude=options.exclude,
        options=EvaluationOptions(
            corruptions=named_corruptions(named),
            severities=named_severities(arguments.severity),
            seed=arguments.seed,
            baselines=arguments.baselines,
        ),
        calibrate=arguments.calibrate,
        ratings_file=None if arguments.ratings is None else Path(arguments.ratings),
    )


def _show(view: ProgressView, step: EvaluationStep, progress: str) -> None:
    if isinstance(step, Note) and progress == "json":
        view.event("note", message=step.text)
    elif isinstance(step, Note):
        log(step.text)
    elif isinstance(step, EvaluationProgress):
        view.update(step.done, step.total, "scored")
    else:
        note = "calibrated" if isinstance(step, Measured) else "read"
        view.update(step.done, step.total, note)


def _pieces(
    result: EvaluationResult, model: ModelSummary, folder: str, kind: str, columns: int | None
) -> Iterator[str]:
    table = result.evaluation.table
    if kind == "html":
        return evaluation_page(result, model, folder)
    if kind == "json":
        return evaluation_json(table)
    if kind == "csv":
        return evaluation_csv(table)
    return evaluation_text(table, columns)
