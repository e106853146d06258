"""What good photos look like: clouds, laws and quantiles, fitted on good photos alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lqalbum.detect import bands
from lqalbum.detect.blur import Expectation
from lqalbum.detect.combination import Combination, Components
from lqalbum.detect.detail import CRISPNESS_COUNT
from lqalbum.detect.measure import GROUPS, SCALARS, Measurements, SplitRule, measure, to_pixels
from lqalbum.detect.sentences import said
from lqalbum.detect.surprise import Array, Cloud, Law
from lqalbum.detect.tone import MONOCHROME_VIVIDNESS
from lqalbum.errors import ModelError
from lqalbum.hvae import HVAE

MINIMUM_PHOTOS = 20
# With fewer a cloud in dozens of dimensions is a guess: calibrated on 25 photos, strictness 3 %
# flagged 16 of 100 others of their kind, and 5 to 8 where the score alone was fitted again.
FEW_PHOTOS = 100

# Groups of measurements judged by their distance from good photos, in either direction.
CLOUDS = tuple(name for name in GROUPS if name != "crispness")
# One number each, bad in a known direction only: higher is worse.
ONE_SIDED = ("blur", "blocks", "haze", "dullness", "pixel_grid", "disorder")


@dataclass(frozen=True)
class Calibration:
    """Everything fitted on good photos.

    Attributes:
        count: Number of good photos.
        rule: The adaptive split level with its fitted threshold.
        clouds: Per group of measurements.
        expectation: How crisp a photo should be.
        combination: How group distances and one-sided numbers make the score.
        evidence: Laws of the numbers that are shown, by name.
        score: Law of the combined surprise.
        s_kl: Law of the paper's score.
    """

    count: int
    rule: SplitRule
    clouds: Mapping[str, Cloud]
    expectation: Expectation
    combination: Combination
    evidence: Mapping[str, Law]
    score: Law
    s_kl: Law

    def component_values(self, measurements: Measurements) -> Components:
        """Distances from the clouds and one-sided numbers."""
        distances = {
            name: cloud.distance(measurements.groups[name]) for name, cloud in self.clouds.items()
        }
        return _components(measurements, distances, self.expectation)

    def scores(self, components: Components) -> Array:
        """Euclidean length of the surprises in nats, (N,), of `component_values`."""
        return self.combination.scores(self.combination.deviations(components))

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary for the model file's header."""
        return {
            "count": self.count,
            "rule": vars(self.rule),
            "clouds": {name: cloud.to_json() for name, cloud in self.clouds.items()},
            "expectation": self.expectation.to_json(),
            "combination": self.combination.to_json(),
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
                Expectation.from_json(data["expectation"]),
                Combination.from_json(data["combination"], (*CLOUDS, *ONE_SIDED)),
                {name: Law.from_json(entry) for name, entry in data["evidence"].items()},
                Law.from_json(data["score"]),
                Law.from_json(data["s_kl"]),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelError(said("no-calibration")) from error
        known = {*CLOUDS, *ONE_SIDED, *SCALARS}
        if set(calibration.clouds) != set(CLOUDS) or not set(calibration.evidence) <= known:
            raise ModelError(said("other-calibration"))
        return calibration


def fit_rule(frames: Sequence[NDArray[np.uint8]], rule: SplitRule) -> SplitRule:
    """Set the split rule's threshold to its quantile of good photos' high frequency."""
    values = [float(bands.high_frequency(to_pixels([f], torch.device("cpu")))) for f in frames]
    return replace(rule, threshold=float(np.quantile(values, rule.quantile)))


def calibrate(
    network: HVAE,
    frames: Sequence[NDArray[np.uint8]],
    keys: Sequence[str],
    start: SplitRule | Calibration,
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
        start: Levels and temperature, whose threshold is fitted here; or a former calibration of
            this network, of which fewer than `FEW_PHOTOS` frames change the score's law alone.
        batch_size: Frames of one size measured at once.
        autocast: Reduced precision, None for float32.
        progress: Told the number of frames measured so far.

    Raises:
        ModelError: Fewer than `MINIMUM_PHOTOS` frames.
    """
    if len(frames) < MINIMUM_PHOTOS:
        raise ModelError(said("too-few-to-calibrate", least=MINIMUM_PHOTOS, count=len(frames)))
    few = start if isinstance(start, Calibration) and len(frames) < FEW_PHOTOS else None
    rule = start.rule if isinstance(start, Calibration) else start
    if few is None:
        rule = fit_rule(frames, rule)
    parts = []
    done = 0
    for batch in batches_by_shape(frames, batch_size):
        chosen = [frames[i] for i in batch]
        parts.append(measure(network, chosen, [keys[i] for i in batch], rule, autocast)[0])
        done += len(batch)
        if progress:
            progress(done)
    return refit(few, parts) if few else fit(parts, rule)


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
    measured = Measurements.joined(parts)
    expectation = Expectation.fit(measured.groups["crispness"])
    distances = {name: Cloud.held_out(measured.groups[name], Cloud.distance) for name in CLOUDS}
    components = _components(measured, distances, expectation)
    combination, scores = Combination.fit(components)
    shown = {name: components.values[name] for name in (*CLOUDS, "blur")}
    return Calibration(
        len(measured.s_kl),
        rule,
        {name: Cloud.fit(measured.groups[name]) for name in CLOUDS},
        expectation,
        combination,
        {name: Law.fit(column) for name, column in {**measured.scalars, **shown}.items()},
        Law.fit(scores),
        Law.fit(measured.s_kl),
    )


def refit(former: Calibration, parts: Sequence[Measurements]) -> Calibration:
    """Fit the laws of the two scores alone; what is unusual stays what it was."""
    measured = Measurements.joined(parts)
    return replace(
        former,
        count=len(measured.s_kl),
        score=Law.fit(former.scores(former.component_values(measured))),
        s_kl=Law.fit(measured.s_kl),
    )


def _components(
    measured: Measurements, distances: Mapping[str, Array], expectation: Expectation
) -> Components:
    scalars, crispness = measured.scalars, measured.groups["crispness"]
    vividness = scalars["vividness"]
    one_sided = {
        "blur": expectation.blur(crispness),
        "blocks": scalars["blockiness"],
        "haze": scalars["haze"],
        # Black and white is a choice, not a fault: such a picture counts as fully vivid.
        "dullness": np.where(vividness < MONOCHROME_VIVIDNESS, -1.0, -vividness),
        "pixel_grid": scalars["pixel_grid"],
        "disorder": scalars["disorder"],
    }
    return Components({**distances, **one_sided}, crispness[:, CRISPNESS_COUNT:])
