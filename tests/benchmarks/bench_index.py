"""P1, P2, P3 and P5: what indexing and scoring cost, in units of one plain decode.

D is the CPU time of one full Pillow decode of the same file, measured in the same run; a budget
is the CPU time of the whole process tree for each photo beyond the first quarter, so that what
starting up costs is told apart.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from tests.benchmarks.measurement import Measurement
from tests.benchmarks.photos import make_photos
from tests.benchmarks.rescan import rescan_measurements
from tests.benchmarks.tree import Cost, python, run_tree

_MODULE = "tests.benchmarks.index_once"


def measurements(count: int, pictures: Path | None) -> Iterator[Measurement]:
    """Yield the figures.

    Args:
        count: number of 12 MP photos to make.
        pictures: folder whose pictures the photos are mosaics of.
    """
    with tempfile.TemporaryDirectory(prefix="lqalbum-bench-") as place:
        folder = Path(place)
        photos = make_photos(folder / "all", count, pictures)
        few = folder / "few"
        few.mkdir()
        for photo in photos[: count // 4]:
            os.link(photo, few / photo.name)
        decode_s = decode_cpu_s(photos[:20])
        yield Measurement("D", 1000 * decode_s, "ms CPU", None)
        yield from _budget("P1", folder, count, decode_s, "<= 1.35 D", "--unscored")
        yield from _budget("P2", folder, count, decode_s, "<= 8 D now, <= 4 D", watch_memory=True)
    yield from rescan_measurements()


def decode_cpu_s(photos: Sequence[Path]) -> float:
    """Mean CPU seconds of one full Pillow decode."""
    for photo in photos:
        photo.read_bytes()  # the page cache is warm in all runs
    started = time.process_time()
    for photo in photos:
        with Image.open(photo) as picture:
            picture.load()
    return (time.process_time() - started) / len(photos)


def _budget(
    name: str,
    folder: Path,
    count: int,
    decode_s: float,
    goal: str,
    *arguments: str,
    watch_memory: bool = False,
) -> Iterator[Measurement]:
    few = _run(folder / "few", folder / f"{name}-few", *arguments)
    whole = _run(folder / "all", folder / f"{name}-all", *arguments, watch_memory=watch_memory)
    beyond = count - count // 4
    per_photo_s = (whole.cpu_s - few.cpu_s) / beyond
    yield Measurement(name, per_photo_s / decode_s, "D a photo", goal)
    yield Measurement(f"{name}.cpu", 1000 * per_photo_s, "ms CPU a photo", None)
    yield Measurement(f"{name}.start_up", few.cpu_s - count // 4 * per_photo_s, "s CPU", None)
    pace = beyond / max(1e-9, whole.wall_s - few.wall_s)
    yield Measurement(f"{name}.pace", pace, "photos/s", None)
    if watch_memory:
        yield Measurement("P3", whole.peak_mb, "MB", "<= 1200 MB now, <= 800 MB")


def _run(folder: Path, library: Path, *arguments: str, watch_memory: bool = False) -> Cost:
    command = python("-m", _MODULE, str(folder), str(library), *arguments)
    cost = run_tree(command, watch_memory=watch_memory)
    summary = json.loads(cost.output.splitlines()[-1])
    if summary["scored"] != summary["found"]:
        raise SystemExit(f"only {summary['scored']} of {summary['found']} photos were scored")
    return cost
