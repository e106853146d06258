"""`lqalbum scan`: index and score; never moves a photo."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from lqalbum.cli import exits
from lqalbum.cli.interrupts import stop_on_interrupt
from lqalbum.cli.libraries import opened_library
from lqalbum.cli.options import CommonOptions, Subcommands, common_options, common_parser
from lqalbum.cli.progress import ProgressView, progress_view
from lqalbum.cli.reporting import chosen_format, write_report
from lqalbum.cli.streams import log
from lqalbum.errors import Interrupted, LQAlbumError, ModelError
from lqalbum.jobs.export import (
    REPORT_FORMATS,
    check_destination,
    library_report,
)
from lqalbum.jobs.indexing import (
    Finished,
    IndexEvent,
    IndexOptions,
    PhotoFailed,
    Progress,
    Walked,
    index,
)
from lqalbum.jobs.models import (
    ModelSummary,
    decoding_processes,
    describe_model,
    detector_loader,
)
from lqalbum.jobs.rescan import rows_inside, target_path
from lqalbum.jobs.summary import ScanSummary
from lqalbum.jobs.table_report import counts
from lqalbum.jobs.views import view_for
from lqalbum.library.library import Library
from lqalbum.library.photofile import printable


def add_command(commands: Subcommands) -> None:
    """Describe the command to argparse."""
    parser = commands.add_parser(
        "scan",
        parents=[common_parser(REPORT_FORMATS)],
        help="index and score; never moves a photo",
        description="Index and score folders or photos. Exit code 10: some photos are flagged; "
        "11: none is, but some files could not be read.",
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="folder or photo")
    parser.add_argument(
        "--accept-missing",
        action="store_true",
        help="believe that photos are gone, also where more than 20%% of a folder's are",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Scan, write the report, and say by the exit code what was found."""
    options = common_options(arguments)
    kind = chosen_format(options, REPORT_FORMATS)
    if options.output is not None:
        check_destination(options.output)
    model = describe_model(options.model)
    targets = [target_path(path) for path in arguments.paths]
    with stop_on_interrupt() as stop, opened_library(options) as library:
        found, trouble = _index(library, targets, model, options, stop, arguments.accept_missing)
        rows = rows_inside(library.rows(model.scorer_id), targets)
        if not rows:
            raise LQAlbumError(f"There is no picture in {', '.join(arguments.paths)}.")
        report = library_report(
            library,
            rows,
            model.for_report(),
            options.strictness,
            found.summary,
            model.scorer_id,
        )
        write_report(report, library, kind, options)
    if trouble is not None:
        raise trouble
    if options.progress == "auto" and kind != "table":
        log(counts(found.summary, options.strictness))
    return _exit_code(found.summary, options)


def _index(
    library: Library,
    targets: list[str],
    model: ModelSummary,
    options: CommonOptions,
    stop: Callable[[], bool],
    accept_missing: bool,
) -> tuple[Finished, ModelError | None]:
    """Run the index; without a usable model the photos are there, and so is the trouble."""
    load = detector_loader(model, options.device, options.jobs)
    index_options = IndexOptions(
        jobs=decoding_processes(options.jobs),
        exclude=options.exclude,
        strictness=options.strictness,
        scorer_id=model.scorer_id,
        accept_missing=accept_missing,
        view=view_for(model.preset, model.config),
    )
    finished: Finished | None = None
    trouble: ModelError | None = None
    with progress_view(options.progress, "Scanning") as view:
        try:
            for event in index(library, targets, load, index_options, stop):
                _show(view, event)
                if isinstance(event, Finished):
                    finished = event
        except ModelError as exc:
            if finished is None:
                raise
            trouble = exc
    if finished is None or stop():
        scored = 0 if finished is None else finished.summary.scored
        raise Interrupted(
            f"Interrupted; {scored} scored photos are saved, the same command goes on from there."
        )
    return finished, trouble


def _show(view: ProgressView, event: IndexEvent) -> None:
    if isinstance(event, Walked):
        view.event("walked", found=event.found)
        for root in event.offline:
            log(f"{root} is empty or gone: its photos are kept as offline.")
        for absence in event.absences:
            log(
                f"{absence.missing} of {absence.known} photos of {printable(absence.root)} are not "
                "there; they are kept as offline. If they were removed on purpose, scan again "
                "with --accept-missing."
            )
        for folder in event.unreadable:
            log(f"The folder {folder} cannot be listed; what is known of its photos is kept.")
    elif isinstance(event, Progress):
        pace = event.photos_per_second
        note = "" if pace is None else f"{pace:.1f} photos/s"
        view.update(event.done, event.total, note, photos_per_second=pace, eta_s=event.eta_s)
    elif isinstance(event, PhotoFailed):
        view.event("failed", path=event.path, code=event.code, message=event.message)


def _exit_code(summary: ScanSummary, options: CommonOptions) -> int:
    if summary.found and summary.errors == summary.found:
        log(f"None of the {summary.found} files could be read.")
        return exits.ERROR
    if options.exit_zero:
        return exits.DONE
    if summary.flagged:
        return exits.FLAGGED
    return exits.UNREADABLE if summary.errors else exits.DONE
