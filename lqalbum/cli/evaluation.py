"""The work of `lqalbum evaluate`; apart from its arguments, since it loads SciPy."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lqalbum.cli import exits
from lqalbum.cli.interrupts import stop_on_interrupt
from lqalbum.cli.options import CommonOptions, common_options
from lqalbum.cli.progress import ProgressView, progress_view
from lqalbum.cli.reporting import chosen_format
from lqalbum.cli.streams import log, terminal_columns, write_data
from lqalbum.errors import Interrupted
from lqalbum.jobs.calibration import Machine, Measured
from lqalbum.jobs.evaluation import (
    EvaluationOptions,
    named_corruptions,
    named_severities,
)
from lqalbum.jobs.evaluation_page import evaluation_page
from lqalbum.jobs.evaluation_pictures import EvaluationProgress
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


def evaluate(arguments: argparse.Namespace, formats: Sequence[str]) -> int:
    """Measure and write the tables, in one of the formats."""
    options = common_options(arguments)
    kind = chosen_format(options, formats)
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
    encoded = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
    write_data(encoded, options.output, is_marked=kind == "table")
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
