"""How many good photos strictness 3 % flags: as shipped, and calibrated on half of the folder.

    python -m tests.benchmarks.calibration_share DIR [--model M] [--repeats 20] [--seed 0]

Every photo is measured once, whole as `lqalbum scan` sees it. Then, as often as asked, a random
half calibrates and the other half is judged; the split level's threshold stays that of the model,
because another would mean to measure again. Photos that further samples would call unsure count by
their first sample. Prints one JSON object a line.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lqalbum.detect import Calibration, Detector
from lqalbum.detect.calibration import FEW_PHOTOS, batches_by_shape, fit, refit
from lqalbum.detect.measure import Measurements
from lqalbum.jobs.models import describe_model
from lqalbum.jobs.pictures import gather_frames, picture_files
from lqalbum.library.flags import flag_threshold
from tests.benchmarks.measurement import Measurement

STRICTNESS = 0.03
GOAL = "0.01-0.05"
_BATCH = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--model", default="photo")
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    detector = Detector.load(describe_model(options.model).path, device="auto")
    parts = measured(detector, options.folder)
    count = sum(len(part.s_kl) for part in parts)
    name = f"calibration_share.{Path(options.folder).name}"
    told = Measurement(f"{name}.n", count, "photos", None)
    print(told.line())
    shipped = share_flagged(detector.calibration, parts)
    print(Measurement(f"{name}.as_shipped", shipped, "share", GOAL).line())
    shares = half_splits(detector.calibration, parts, options.repeats, options.seed)
    for kind, value in (("mean", shares.mean()), ("low", shares.min()), ("high", shares.max())):
        print(Measurement(f"{name}.half_{kind}", float(value), "share", GOAL).line())


def measured(detector: Detector, folder: str) -> list[Measurements]:
    """The measurements of every readable photo, one part for each."""
    paths = picture_files(folder, (), lambda: False)
    gathered = gather_frames(paths, 1, lambda: False, lambda _step: None)
    parts: list[Measurements] = []
    for batch in batches_by_shape(gathered.frames, _BATCH):
        judged = detector.judge(
            [gathered.frames[i] for i in batch], [gathered.keys[i] for i in batch]
        )
        parts += [row_of(judged.measurements, row) for row in range(len(batch))]
        print(f"\r{len(parts)} of {len(paths)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return parts


def row_of(measurements: Measurements, row: int) -> Measurements:
    """One photo's measurements, still with an axis of length 1."""
    assert is_dataclass(measurements)

    def chosen(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return value[row : row + 1]
        return {name: rows[row : row + 1] for name, rows in value.items()}

    return Measurements(
        **{field.name: chosen(getattr(measurements, field.name)) for field in fields(measurements)}
    )


def share_flagged(calibration: Calibration, parts: list[Measurements]) -> float:
    """Share of photos beyond the percentile of the strictness."""
    scores = [calibration.scores(calibration.component_values(part)) for part in parts]
    percentiles = calibration.score.percentile(np.concatenate(scores))
    return float((percentiles > flag_threshold(STRICTNESS)).mean())


def half_splits(
    calibration: Calibration, parts: list[Measurements], repeats: int, seed: int
) -> NDArray[np.float64]:
    """Share flagged in one half after calibrating on the other, for each repeat."""
    random = np.random.default_rng(seed)
    shares = []
    for _ in range(repeats):
        order = random.permutation(len(parts))
        half = len(parts) // 2
        chosen = [parts[i] for i in order[:half]]
        few = half < FEW_PHOTOS
        fitted = refit(calibration, chosen) if few else fit(chosen, calibration.rule)
        shares.append(share_flagged(fitted, [parts[i] for i in order[half:]]))
    return np.array(shares)


if __name__ == "__main__":
    main()
