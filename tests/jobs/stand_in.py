"""A detector for tests: instant, deterministic, and right about pictures made to be bad.

It flags what has little detail, by the mean difference of neighbouring pixels, so a test decides
by the picture it draws what will be flagged. It needs no torch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lqalbum.library.records import Evidence

# Mean difference of neighbouring pixels, 8-bit levels: below the first flagged, below the second
# unsure at a strictness of 3 %.
FLAGGED_BELOW = 2.0
UNSURE_BELOW = 4.0


@dataclass(frozen=True)
class StandInAssessment:
    """What the detector's assessments hold."""

    score: float
    percentile: float
    percentile_low: float = 50.0
    percentile_high: float = 50.0
    s_kl: float = 0.01
    s_kl_percentile: float = 50.0
    split_level: int = 4
    high_frequency: float = 0.1
    kind: str = "photo"
    reason: str = ""
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    reconstruction: NDArray[np.uint8] | None = None
    heat_map: NDArray[np.float32] = field(default_factory=lambda: np.zeros((8, 8), np.float32))


class StandInDetector:
    """Judges detail; remembers how many pictures it was shown, in which batches."""

    name = "stand-in"
    preset = "photo"
    calibration_size = 100
    model_id = "a" * 64

    def __init__(self, scorer_id: str = "b" * 64) -> None:
        self.scorer_id = scorer_id
        self.batches: list[int] = []
        self.seen: list[str] = []

    def assess(
        self, frames: Sequence[NDArray[np.uint8]], keys: Sequence[str], camera: Sequence[bool]
    ) -> list[StandInAssessment]:
        assert len({frame.shape for frame in frames}) == 1
        assert len(frames) == len(keys) == len(camera)
        self.batches.append(len(frames))
        self.seen.extend(keys)
        return [_assessed(frame) for frame in frames]

    def use_cpu(self) -> bool:
        return False


def _assessed(frame: NDArray[np.uint8]) -> StandInAssessment:
    detail = float(np.abs(np.diff(frame.astype(np.float32), axis=1)).mean())
    evidence = {"detail": Evidence(detail, 1.0), "noise": Evidence(0.5, 50.0)}
    if detail < FLAGGED_BELOW:
        return StandInAssessment(
            10.0 - detail, 99.9, 99.9, 99.9, reason="blurred", evidence=evidence,
            reconstruction=frame[::-1].copy(),
        )  # fmt: skip
    if detail < UNSURE_BELOW:
        return StandInAssessment(
            10.0 - detail, 97.5, 96.0, 98.5, reason="unusual", evidence=evidence,
            reconstruction=frame[::-1].copy(),
        )  # fmt: skip
    return StandInAssessment(10.0 - detail, 50.0, 50.0, 50.0, evidence=evidence)
