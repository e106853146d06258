"""`lqalbum evaluate`: how well the score parts good photos from corrupted or badly rated ones."""

from __future__ import annotations

import argparse

from lqalbum.cli.options import Subcommands, common_parser, parse_seed

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
    # The corruptions need SciPy, which takes longer to load than most commands take to run.
    from lqalbum.cli.evaluation import evaluate

    return evaluate(arguments, FORMATS)
