"""What good photos look like: clouds, laws and quantiles, fitted on good photos alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lqalbum.detect import bands
from lqalbum.detect.measure import GROUPS, SCALARS, Measurements, SplitRule, measure, to_pixels
from lqalbum.detect.surprise import Array, Cloud, Law
from lqalbum.errors import ModelError
from lqalbum.hvae import HVAE

MINIMUM_PHOTOS = 20
_HIGH_FREQUENCY_QUANTILE = 0.95

# One number each, bad in a known direction only: the sign makes higher mean worse.
ONE_SIDED: Mapping[str, tuple[str, float]] = {
    "blur": ("sharpness", -1.0),
    "blocks": ("blockiness", 1.0),
}


@dataclass(frozen=True)
class Calibration:
    """Everything fitted on good photos.

    Attributes:
        count: Number of good photos.
        rule: The adaptive split level with its fitted threshold.
        clouds: Per group of measurements.
        components: Laws whose surprises make the score: group distances, one-sided numbers.
        evidence: Laws of the numbers that are shown, by name.
        score: Law of the combined surprise.
        s_kl: Law of the paper's score.
    """

    count: int
    rule: SplitRule
    clouds: Mapping[str, Cloud]
    components: Mapping[str, Law]
    evidence: Mapping[str, Law]
    score: Law
    s_kl: Law

    def component_values(self, measurements: Measurements) -> dict[str, Array]:
        """Distances from the clouds and one-sided numbers, (N,) each."""
        distances = {
            name: cloud.distance(measurements.groups[name]) for name, cloud in self.clouds.items()
        }
        return distances | _one_sided(measurements)

    def scores(self, values: Mapping[str, Array]) -> Array:
        """Euclidean length of the surprises in nats, (N,), of `component_values`."""
        return _combined(self.components, values)

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary for the model file's header."""
        return {
            "count": self.count,
            "rule": vars(self.rule),
            "clouds": {name: cloud.to_json() for name, cloud in self.clouds.items()},
            "components": {name: law.to_json() for name, law in self.components.items()},
            "evidence": {name: law.to_json() for name, law in self.evidence.items()},
            "score": self.score.to_json(),
            "s_kl": self.s_kl.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibration:
        """Read what `to_json` wrote.

        Raises:
            ModelError: The header holds no calibration that fits this version.
        """
        try:
            calibration = cls(
                int(data["count"]),
                SplitRule(**data["rule"]),
                {name: Cloud.from_json(entry) for name, entry in data["clouds"].items()},
                {name: Law.from_json(entry) for name, entry in data["components"].items()},
                {name: Law.from_json(entry) for name, entry in data["evidence"].items()},
                Law.from_json(data["score"]),
                Law.from_json(data["s_kl"]),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelError(
                "The model holds no calibration for this version; run 'lqalbum calibrate'."
            ) from error
        scalars_and_groups = {*GROUPS, *SCALARS}
        if (
            set(calibration.clouds) != set(GROUPS)
            or set(calibration.components) != {*GROUPS, *ONE_SIDED}
            or not set(calibration.evidence) <= scalars_and_groups
        ):
            raise ModelError(
                "The model was calibrated by another version; run 'lqalbum calibrate'."
            )
        return calibration


def fit_rule(frames: Sequence[NDArray[np.uint8]], rule: SplitRule) -> SplitRule:
    """Set the split rule's threshold to the 95th percentile of good photos' high frequency."""
    values = [float(bands.high_frequency(to_pixels([f], torch.device("cpu")))) for f in frames]
    return replace(rule, threshold=float(np.quantile(values, _HIGH_FREQUENCY_QUANTILE)))


def calibrate(
    network: HVAE,
    frames: Sequence[NDArray[np.uint8]],
    keys: Sequence[str],
    rule: SplitRule,
    *,
    batch_size: int = 8,
    autocast: torch.dtype | None = None,
    progress: Callable[[int], None] | None = None,
) -> Calibration:
    """Measure good photos and fit everything on them.

    Args:
        network: In evaluation mode.
        frames: Good photos, (H, W, 3) uint8, sides multiples of the coarsest stride.
        keys: One per frame; they seed the noise.
        rule: Levels and temperature; its threshold is fitted here.
        batch_size: Frames of one size measured at once.
        autocast: Reduced precision, None for float32.
        progress: Told the number of frames measured so far.

    Raises:
        ModelError: Fewer than `MINIMUM_PHOTOS` frames.
    """
    if len(frames) < MINIMUM_PHOTOS:
        raise ModelError(
            f"At least {MINIMUM_PHOTOS} good photos are needed to calibrate; {len(frames)} found."
        )
    rule = fit_rule(frames, rule)
    parts = []
    done = 0
    for batch in batches_by_shape(frames, batch_size):
        chosen = [frames[i] for i in batch]
        parts.append(measure(network, chosen, [keys[i] for i in batch], rule, autocast)[0])
        done += len(batch)
        if progress:
            progress(done)
    return fit(parts, rule)


def batches_by_shape(frames: Sequence[NDArray[np.uint8]], batch_size: int) -> list[list[int]]:
    """Indices of frames in batches of one shape each."""
    by_shape: dict[tuple[int, ...], list[int]] = {}
    for index, frame in enumerate(frames):
        by_shape.setdefault(frame.shape, []).append(index)
    return [
        indices[start : start + batch_size]
        for indices in by_shape.values()
        for start in range(0, len(indices), batch_size)
    ]


def fit(parts: Sequence[Measurements], rule: SplitRule) -> Calibration:
    """Fit clouds, laws and quantiles on the measurements of good photos."""
    groups = {name: np.concatenate([part.groups[name] for part in parts]) for name in GROUPS}
    scalars = {name: np.concatenate([part.scalars[name] for part in parts]) for name in SCALARS}
    s_kl = np.concatenate([part.s_kl for part in parts])
    values = {name: Cloud.held_out_distances(rows) for name, rows in groups.items()}
    for name, (scalar, sign) in ONE_SIDED.items():
        values[name] = sign * scalars[scalar]
    components = {name: Law.fit(column) for name, column in values.items()}
    shown = scalars | {name: values[name] for name in GROUPS}
    return Calibration(
        len(s_kl),
        rule,
        {name: Cloud.fit(rows) for name, rows in groups.items()},
        components,
        {name: Law.fit(column) for name, column in shown.items()},
        Law.fit(_combined(components, values)),
        Law.fit(s_kl),
    )


def _one_sided(measurements: Measurements) -> dict[str, Array]:
    return {name: sign * measurements.scalars[scalar] for name, (scalar, sign) in ONE_SIDED.items()}


def _combined(components: Mapping[str, Law], values: Mapping[str, Array]) -> Array:
    surprises = [law.surprise(values[name]) for name, law in components.items()]
    # Between the sum and the largest: one glaring fault counts more than several oddities.
    total: Array = np.linalg.norm(surprises, axis=0)
    return total
