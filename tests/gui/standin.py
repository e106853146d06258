"""A small, deterministic detector for tests of the window: no torch, no training, same contract."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from lqalbum.jobs.looking import Depth
from lqalbum.library.records import Evidence

LEVELS = (0, 1, 2, 3)


@dataclass(frozen=True)
class StandInAssessment:
    scorer_id: str
    model_id: str
    score: float
    percentile: float
    percentile_low: float
    percentile_high: float
    s_kl: float
    s_kl_percentile: float
    split_level: int
    high_frequency: float
    kind: str
    reason: str
    evidence: Mapping[str, Evidence]
    heat_map: np.ndarray
    reconstruction: np.ndarray | None


class StandInDetector:
    """Takes the mean step between neighbouring pixels for noise; more noise is worse."""

    name = "stand-in"
    scorer_id = hashlib.sha256(b"stand-in scorer").hexdigest()
    model_id = hashlib.sha256(b"stand-in model").hexdigest()
    display_split_level = 2

    def loaded(self) -> StandInDetector:
        return self

    def depth(self) -> Depth:
        return Depth(LEVELS, self.display_split_level)

    def assess(
        self, frames: Sequence[np.ndarray], keys: Sequence[str], camera: Sequence[bool]
    ) -> list[StandInAssessment]:
        return [self._assess(frame, key) for frame, key in zip(frames, keys, strict=True)]

    def reconstruct(self, frame: np.ndarray, key: str, split_level: int | None) -> np.ndarray:
        level = self.display_split_level if split_level is None else split_level
        return np.array(Image.fromarray(frame).filter(ImageFilter.GaussianBlur(1 + 3 * level)))

    def heat_map(self, frame: np.ndarray, key: str) -> np.ndarray:
        steps = np.abs(np.diff(frame.astype(np.float32).mean(axis=2), axis=1)) / 255
        blocks = steps[:, : steps.shape[1] // 8 * 8].reshape(frame.shape[0] // 8, 8, -1, 8)
        return blocks.mean(axis=(1, 3)).astype(np.float32) / 100

    def _assess(self, frame: np.ndarray, key: str) -> StandInAssessment:
        steps = np.abs(np.diff(frame.astype(np.float32), axis=1)).mean()
        percentile = float(np.clip(60 + steps * 2, 0, 99.5))
        heat_map = self.heat_map(frame, key)
        bad = percentile >= 90
        return StandInAssessment(
            scorer_id=self.scorer_id,
            model_id=self.model_id,
            score=float(steps),
            percentile=percentile,
            percentile_low=percentile,
            percentile_high=percentile,
            s_kl=float(heat_map.sum()),
            s_kl_percentile=percentile,
            split_level=self.display_split_level,
            high_frequency=float(steps),
            kind="photo",
            reason="strong noise" if bad else "",
            evidence={"noise": Evidence(float(steps), percentile)},
            heat_map=heat_map,
            reconstruction=self.reconstruct(frame, key, None) if bad else None,
        )
