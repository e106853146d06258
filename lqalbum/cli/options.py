"""The options every command takes, and their values checked."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from lqalbum.errors import UsageError
from lqalbum.jobs.export import check_destination
from lqalbum.jobs.models import is_model
from lqalbum.settings import DEVICES, load_settings

Subcommands: TypeAlias = "argparse._SubParsersAction[Any]"

DEFAULT_STRICTNESS = 0.03
PROGRESS_KINDS = ("auto", "json", "none")
_MODEL_ENDING = ".safetensors"
_PERCENTAGE = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*%")
_FRACTION = re.compile(r"0?\.\d+")


@dataclass(frozen=True)
class CommonOptions:
    """The common options of a command line.

    Attributes:
        library: folder of the library, None for a temporary one.
        model: name or path of the model.
        model_named: whether a person chose the model.
        device: `auto`, `cuda` or `cpu`.
        strictness: share of good photos that will be flagged, 0-1.
        jobs: number of workers, 0 for what suits the machine.
        exclude: glob patterns.
        kind: format of the output, None if not named.
        output: file to write to, None for stdout.
        progress: `auto`, `json` or `none`.
        exit_zero: whether flagged and unreadable photos count as success.
    """

    library: Path | None
    model: str
    model_named: bool
    device: str
    strictness: float
    jobs: int
    exclude: tuple[str, ...]
    kind: str | None
    output: Path | None
    progress: str
    exit_zero: bool


def common_parser(formats: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser of the common options, to be a parent of a command's own.

    Args:
        formats: what this command can write; the first is its default.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    group = parser.add_argument_group("common options")
    group.add_argument("--library", metavar="PATH", help="folder of the library's databases")
    group.add_argument(
        "--no-library", action="store_true", help="use a temporary library and remove it"
    )
    group.add_argument("--model", metavar="NAME", help="photo (default), portrait or a model file")
    group.add_argument("--device", choices=DEVICES, default="auto", help="default: auto")
    group.add_argument(
        "--strictness",
        type=parse_strictness,
        default=DEFAULT_STRICTNESS,
        metavar="SHARE",
        help="share of good photos flagged, as 3%% (default) or 0.03",
    )
    group.add_argument("--jobs", type=parse_count, default=0, metavar="N", help="worker processes")
    group.add_argument(
        "--exclude", action="append", default=[], metavar="GLOB", help="leave out; may be repeated"
    )
    group.add_argument("--format", choices=formats, dest="kind", help=f"default: {formats[0]}")
    group.add_argument("-o", dest="output", metavar="FILE", help="write to a file, not to stdout")
    group.add_argument(
        "--progress", choices=PROGRESS_KINDS, default="auto", help="on stderr; default: auto"
    )
    group.add_argument("--exit-zero", action="store_true", help="exit codes 10 and 11 become 0")
    return parser


def common_options(arguments: argparse.Namespace) -> CommonOptions:
    """Gather the common options that were parsed.

    Raises:
        UsageError: they contradict each other.
    """
    if arguments.no_library and arguments.library is not None:
        raise UsageError("--library and --no-library contradict each other; leave one out.")
    return CommonOptions(
        library=None if arguments.no_library else _library_folder(arguments.library),
        model=arguments.model or "photo",
        model_named=arguments.model is not None,
        device=arguments.device,
        strictness=arguments.strictness,
        jobs=arguments.jobs,
        exclude=tuple(arguments.exclude),
        kind=arguments.kind,
        output=None if arguments.output is None else Path(arguments.output),
        progress=arguments.progress,
        exit_zero=arguments.exit_zero,
    )


def model_output(options: CommonOptions, command: str) -> Path:
    """The model file that a command writes; what is there already is one that we may replace.

    Raises:
        UsageError: none is named, or not as a model.
        LQAlbumError: the file there is none of ours.
    """
    output = options.output
    if output is None or output.suffix.lower() != _MODEL_ENDING:
        raise UsageError(f"'{command}' writes a model; name it with -o MODEL{_MODEL_ENDING}.")
    check_destination(output, is_model)
    return output


def _library_folder(named: str | None) -> Path:
    return Path(named or load_settings().library).expanduser().absolute()


def parse_strictness(text: str) -> float:
    """Read `3%` or `0.03`; a bare `3` could mean either and is refused.

    Raises:
        UsageError: it is neither, or not between 0 and 100 %.
    """
    percentage = _PERCENTAGE.fullmatch(text.strip())
    if percentage:
        share = float(percentage.group(1)) / 100
    elif _FRACTION.fullmatch(text.strip()):
        share = float(text)
    else:
        raise UsageError(f"'{text}' is not a strictness; write it as 3% or 0.03.")
    if not 0 < share < 1:
        raise UsageError(f"A strictness of '{text}' is out of range; choose between 0% and 100%.")
    return share


def parse_count(text: str) -> int:
    """Read a number of things, at least 1.

    Raises:
        UsageError: it is not one.
    """
    if not re.fullmatch(r"\d{1,9}", text) or int(text) < 1:
        raise UsageError(f"'{text}' is not a number of at least 1.")
    return int(text)


def parse_minutes(text: str) -> float:
    """Read a positive number of minutes.

    Raises:
        UsageError: it is not one.
    """
    if not re.fullmatch(r"\d+(\.\d+)?", text) or float(text) <= 0:
        raise UsageError(f"'{text}' is not a number of minutes.")
    return float(text)


def parse_seed(text: str) -> int:
    """Read a seed, 0 or larger.

    Raises:
        UsageError: it is not one.
    """
    if not re.fullmatch(r"\d{1,9}", text):
        raise UsageError(f"'{text}' is not a seed; name a whole number from 0.")
    return int(text)
