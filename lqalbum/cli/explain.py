"""`lqalbum explain`: one photo beside its partial reconstructions and its heat map, as a PNG."""

from __future__ import annotations

import argparse
from pathlib import Path

from lqalbum.cli import exits
from lqalbum.cli.interrupts import stop_on_interrupt
from lqalbum.cli.options import Subcommands, common_options, common_parser
from lqalbum.cli.streams import log
from lqalbum.errors import UsageError
from lqalbum.jobs.explaining import explain_photo, explanation_sheet, is_our_sheet
from lqalbum.jobs.export import check_destination, write_file
from lqalbum.jobs.models import describe_model, detector_loader
from lqalbum.jobs.rescan import target_path
from lqalbum.jobs.views import view_for


def add_command(commands: Subcommands) -> None:
    """Describe the command to argparse."""
    parser = commands.add_parser(
        "explain",
        parents=[common_parser(("png",))],
        help="draw why: photo, partial reconstructions by depth, heat map",
        allow_abbrev=False,
    )
    parser.add_argument("photo", metavar="PHOTO")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Draw the sheet of one photo."""
    options = common_options(arguments)
    output = options.output
    if output is None or output.suffix.lower() != ".png":
        raise UsageError("'explain' draws a picture; name it with -o OUT.png.")
    check_destination(output, is_our_sheet)
    path = target_path(arguments.photo)
    if not Path(path).exists():
        raise UsageError(f"There is no photo {path}; check the name.")
    if not Path(path).is_file():
        raise UsageError(f"{path} is not a photo's file; name one photo.")
    model = describe_model(options.model)
    view = view_for(model.preset, model.config)
    load = detector_loader(model, options.device, options.jobs)
    with stop_on_interrupt() as stop:
        explained = explain_photo(path, load, stop, view)
    write_file(output, [explanation_sheet(path, explained)], is_our_sheet)
    log(f"{output} shows {explained.assessment.reason or 'nothing unusual'}.")
    return exits.DONE
