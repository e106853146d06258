"""Runs the benchmarks and prints one JSON object a line.

    python -m tests.benchmarks [index | window] [--photos N] [--pictures FOLDER]

Figures are told, never tested: they depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import bench_index, bench_window
from tests.benchmarks.measurement import Measurement


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=120, metavar="N")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    benchmarks: dict[str, Callable[[], Iterator[Measurement]]] = {
        "index": lambda: bench_index.measurements(options.photos, options.pictures),
        "window": bench_window.measurements,
    }
    parser.add_argument("which", nargs="?", choices=benchmarks)
    options = parser.parse_args()
    for name, measurements in benchmarks.items():
        if options.which in (None, name):
            for measurement in measurements():
                print(measurement.line(), flush=True)


if __name__ == "__main__":
    main()
