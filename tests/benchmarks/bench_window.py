"""P4, R16 and R23: how soon the window is there, how smooth it stays, and what it holds.

python -m tests.benchmarks.bench_window
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from tests.benchmarks.measurement import Measurement

LARGE = 100_000
INDEXED = 240
_LIMIT_S = 600


def measurements() -> Iterator[Measurement]:
    """Yield the figures, each group from a process of its own."""
    with tempfile.TemporaryDirectory(prefix="lqalbum-bench-") as place:
        folder = Path(place)
        start = _run("start", str(time.monotonic()))
        yield Measurement("P4.torch_at_first_paint", start["torch"], "modules", "0")
        yield Measurement("P4.first_paint", start["ms"], "ms", None)
        yield from _large(_run("large", str(LARGE)))
        make_album(folder, INDEXED)
        gaps = _run("gaps", place)
        yield Measurement("P4.gap_p999", gaps["p999"], "ms", "<= 33 ms")
        yield Measurement("P4.gap_worst", gaps["worst"], "ms", "<= 200 ms")


def _large(found: dict[str, float]) -> Iterator[Measurement]:
    yield Measurement("P4.first_frame", found["first_frame"], "ms", "<= 50 ms")
    yield Measurement("P4.repaint_p50", found["repaint_p50"], "ms", None)
    yield Measurement("P4.repaint_p95", found["repaint_p95"], "ms", "<= 4 ms")
    yield Measurement("P4.first_frame_cpu", found["first_frame_cpu"], "ms", "<= 50 ms")
    yield Measurement("P4.repaint_p95_cpu", found["repaint_p95_cpu"], "ms", "<= 4 ms")
    yield Measurement("P4.one_change", found["one_change"], "ms", None)
    yield Measurement("P4.strictness", found["strictness"], "ms", None)
    yield Measurement("P4.sort_by_name", found["sort"], "ms", None)
    yield Measurement("R16.rss", found["growth_mb"], "MB", "<= 300 MB")


def make_album(folder: Path, count: int) -> None:
    """Write camera-like photos of 2 MP: soft shapes with grain, one in three with strong noise."""
    generator = np.random.default_rng(1)
    for number in range(count):
        small = generator.integers(0, 256, (9, 12, 3), np.uint8)
        soft = np.asarray(Image.fromarray(small).resize((1600, 1200), Image.Resampling.BICUBIC))
        grain = generator.normal(0, 40 if number % 3 == 0 else 3, soft.shape)
        pixels = (soft + grain).clip(0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"IMG_{number:04d}.jpg", quality=92)


def _run(what: str, argument: str) -> dict[str, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.window_once", what, argument],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        timeout=_LIMIT_S,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    for measurement in measurements():
        print(measurement.line(), flush=True)
