"""`lqalbum model list | info | verify | import`: which networks there are, and foreign weights."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from lqalbum.cli import exits
from lqalbum.cli.options import Subcommands, common_options, common_parser, model_output
from lqalbum.cli.reporting import LIST_FORMATS, chosen_format, write_list
from lqalbum.cli.streams import log, write_text
from lqalbum.jobs.export import check_destination
from lqalbum.jobs.importing import IMPORTABLE_PRESETS, import_model
from lqalbum.jobs.models import ModelSummary, describe_model, shipped_models, verify_model


def add_command(commands: Subcommands) -> None:
    """Describe the command and its three parts to argparse."""
    parser = commands.add_parser("model", help="list, describe, check and import networks")
    parts = parser.add_subparsers(metavar="list|info|verify|import", required=True)
    listing = parts.add_parser(
        "list", parents=[common_parser(LIST_FORMATS)], help="the networks shipped here"
    )
    listing.set_defaults(run=run_list)
    for name, words, function in (
        ("info", "what a model file says about itself", run_info),
        ("verify", "read it whole and check every number", run_verify),
    ):
        part = parts.add_parser(
            name, parents=[common_parser(("table", "json"))], help=words, allow_abbrev=False
        )
        part.add_argument("file", metavar="MODEL", help="photo, portrait or a model file")
        part.set_defaults(run=function)
    _add_import(parts)


def _add_import(parts: Subcommands) -> None:
    part = parts.add_parser(
        "import",
        parents=[common_parser(("safetensors",))],
        help="make a model of weights that openai/vdvae published",
        description="Make a model of a '-model.th' or '-model-ema.th' file of openai/vdvae. It is "
        "read as numbers only. Calibrate it on good photos before scanning with it.",
        allow_abbrev=False,
    )
    part.add_argument("file", metavar="OPENAI.th")
    part.add_argument("--preset", choices=IMPORTABLE_PRESETS, required=True)
    part.set_defaults(run=run_import)


def run_list(arguments: argparse.Namespace) -> int:
    """List the shipped models."""
    options = common_options(arguments)
    if options.output is not None:
        check_destination(options.output)
    records = [_record(model) for model in shipped_models()]
    write_list("models", records, chosen_format(options, LIST_FORMATS), options)
    return exits.DONE


def run_info(arguments: argparse.Namespace) -> int:
    """Show a model's header."""
    return _show(arguments, describe_model(arguments.file))


def run_verify(arguments: argparse.Namespace) -> int:
    """Check a model; what does not fit ends the command with a sentence and exit code 1."""
    return _show(arguments, verify_model(arguments.file), verified=True)


def run_import(arguments: argparse.Namespace) -> int:
    """Write a model file of published weights."""
    options = common_options(arguments)
    output = model_output(options, "model import")
    made = import_model(Path(arguments.file), arguments.preset, output)
    log(
        f"{output}: {made.parameters:,} numbers of '{arguments.preset}'; calibrate it next: "
        f"lqalbum calibrate DIR --model {output} -o CALIBRATED.safetensors"
    )
    return exits.DONE


def _show(arguments: argparse.Namespace, model: ModelSummary, *, verified: bool = False) -> int:
    options = common_options(arguments)
    if options.output is not None:
        check_destination(options.output)
    record: dict[str, object] = dict(_record(model))
    record |= {"config": dict(model.config), "recipe": dict(model.recipe)}
    if verified:
        record["verified"] = True
    kind = chosen_format(options, ("table", "json"))
    if kind == "json":
        text = json.dumps({"schema_version": 1, "model": record}, indent=1) + "\n"
    else:
        text = "".join(_lines(record))
    write_text(text, options.output, is_marked=kind == "table")
    return exits.DONE


def _record(model: ModelSummary) -> dict[str, object]:
    return {
        "name": model.name,
        "preset": model.preset,
        "calibration_n": model.calibration_size,
        "size_bytes": model.size_bytes,
        "id": model.model_id,
        "path": str(model.path),
    }


def _lines(record: dict[str, object], indent: str = "") -> list[str]:
    lines: list[str] = []
    for key, value in record.items():
        if isinstance(value, dict) and value:
            lines += [f"{indent}{key}:\n", *_lines(value, indent + "  ")]
        else:
            lines.append(f"{indent}{key}: {value}\n")
    return lines
