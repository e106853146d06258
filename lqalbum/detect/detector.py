"""The detector: pictures in, scores, evidence, words, reconstructions and heat maps out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from lqalbum.detect.calibration import Calibration, batches_by_shape
from lqalbum.detect.combination import Components
from lqalbum.detect.kind import picture_kind
from lqalbum.detect.measure import (
    Array,
    Measurements,
    Walked,
    measure,
    resampled_reconstruction_group,
    to_pixels,
)
from lqalbum.detect.partial import (
    partial_reconstruction,
    posterior_walk,
    seeded_noise,
)
from lqalbum.detect.reasons import EvidenceValue, reason
from lqalbum.detect.sentences import said
from lqalbum.errors import ModelError
from lqalbum.hvae import HVAE, Descent, load_model
from lqalbum.hvae.training import autocast_dtype
from lqalbum.identity import scorer_id

BATCH_SIZE = 8
_SAMPLES = 3
# Where a threshold of any sensible strictness may lie: further samples tell the spread.
_NEAR_THRESHOLD = (85.0, 99.8)
_SHOWN_FROM = 90.0
_DISPLAY_TEMPERATURE = 0.7

Frame = NDArray[np.uint8]


@dataclass(frozen=True)
class Assessment:
    """What the detector says of one picture.

    Attributes:
        score: Euclidean length of the surprises in nats; what flags. Higher is worse.
        percentile: Share (0-100) of good photos with a lower score.
        percentile_low: Smallest percentile over the samples.
        percentile_high: Largest percentile over the samples.
        s_kl: The paper's score, nats per dimension.
        s_kl_percentile: Its percentile.
        split_level: The paper's k: finest layers from the prior.
        high_frequency: Mean spectral magnitude outside the low-frequency square.
        kind: ``photo``, ``screen`` or ``scan``.
        reason: Words, '' when nothing is unusual.
        evidence: By name.
        heat_map: (h, w) float32 nats per dimension, sums to `s_kl`.
        reconstruction: (H, W, 3) uint8 for pictures near or beyond a threshold, else None.
    """

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
    evidence: Mapping[str, EvidenceValue]
    heat_map: NDArray[np.float32]
    reconstruction: Frame | None


@dataclass(frozen=True)
class Judgement:
    """The scores of N pictures of one size, without spread, words and pictures.

    Attributes:
        score: What flags, (N,), as in `Assessment`.
        s_kl: The paper's score, (N,) nats per dimension.
        walked: The pictures with their posterior walk.
        measurements: Every number they were judged by.
    """

    score: Array
    s_kl: Array
    walked: Walked
    measurements: Measurements


@dataclass(frozen=True)
class Explanation:
    """Partial reconstructions of one picture by depth.

    Attributes:
        split_levels: The k of each reconstruction, fine to coarse.
        reconstructions: (H, W, 3) uint8 each.
        heat_map: (h, w) float32 nats per dimension at the adaptive level.
        s_kl: Its sum.
        split_level: The adaptive level.
    """

    split_levels: tuple[int, ...]
    reconstructions: tuple[Frame, ...]
    heat_map: NDArray[np.float32]
    s_kl: float
    split_level: int


class Detector:
    """A calibrated network on one device. Not for use by several threads at once."""

    def __init__(
        self, name: str, network: HVAE, model_id: str, calibration: Calibration, device: str
    ) -> None:
        """Prefer `load`."""
        self.name = name
        self.model_id = model_id
        self.calibration = calibration
        self.device = torch.device(device)
        self.network: HVAE = network.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.autocast = autocast_dtype(self.device)
        self.scorer_id = scorer_id(model_id, calibration.to_json())

    @classmethod
    def load(cls, path: Path, *, device: str = "auto", threads: int | None = None) -> Detector:
        """Read a model file and put it on a device.

        Args:
            path: A model file with a calibration.
            device: ``auto``, ``cuda`` or ``cpu``.
            threads: CPU threads of torch for the whole process; None leaves torch's choice.

        Raises:
            ModelError: The file is unusable, or the device is not there.
        """
        if threads is not None:
            torch.set_num_threads(threads)
        model = load_model(path)
        calibration = Calibration.from_json(model.calibration)
        detector = cls(
            model.name, model.network, model.model_id, calibration, choose_device(device)
        )
        # As those see it who read the file's header alone: an older one may lack a default.
        detector.scorer_id = scorer_id(model.model_id, model.calibration)
        return detector

    def use_cpu(self) -> bool:
        """Move the network to the CPU; False if it is there already."""
        if self.device.type == "cpu":
            return False
        self.device = torch.device("cpu")
        self.network = self.network.to(self.device)
        self.autocast = autocast_dtype(self.device)
        return True

    @property
    def preset(self) -> str:
        """Preset of the network."""
        return str(self.network.config.preset)

    @property
    def calibration_size(self) -> int:
        """Number of good photos behind the percentiles."""
        return self.calibration.count

    @property
    def split_levels(self) -> tuple[int, ...]:
        """The depth dial's stops: every level that leaves a latent from the posterior."""
        return tuple(range(self.network.layer_count))

    def assess(
        self, frames: Sequence[Frame], keys: Sequence[str], camera: Sequence[bool] | None = None
    ) -> list[Assessment]:
        """Score pictures, in the order given.

        Args:
            frames: (H, W, 3) uint8, sides multiples of the coarsest stride; sizes may differ.
            keys: The files' SHA-256; they seed the noise.
            camera: Whether the file says which camera took it; None: unknown.
        """
        camera = [False] * len(frames) if camera is None else camera
        results: dict[int, Assessment] = {}
        for batch in batches_by_shape(frames, BATCH_SIZE):
            chosen = [frames[i] for i in batch]
            assessed = self._assess_batch(
                chosen, [keys[i] for i in batch], [camera[i] for i in batch]
            )
            results |= dict(zip(batch, assessed, strict=True))
        return [results[i] for i in range(len(frames))]

    def judge(self, frames: Sequence[Frame], keys: Sequence[str]) -> Judgement:
        """Score pictures of one size as `assess` does, and nothing more: for measuring the score.

        Args:
            frames: (H, W, 3) uint8, sides multiples of the coarsest stride.
            keys: They seed the noise.
        """
        rule = self.calibration.rule
        measured, walked = measure(self.network, frames, keys, rule, self.autocast)
        scores = self.calibration.scores(self.calibration.component_values(measured))
        return Judgement(scores, measured.s_kl, walked, measured)

    def _assess_batch(
        self, frames: Sequence[Frame], keys: Sequence[str], camera: Sequence[bool]
    ) -> list[Assessment]:
        rule = self.calibration.rule
        measured, walked = measure(self.network, frames, keys, rule, self.autocast)
        components = self.calibration.component_values(measured)
        combination = self.calibration.combination
        deviations = combination.deviations(components)
        scores = combination.scores(deviations)
        percentiles = self.calibration.score.percentile(scores)
        spread = self._spread(walked, components, percentiles)
        evidence = self._evidence(measured, components.values)
        excess = combination.excess_percentiles(deviations)
        s_kl_percentiles = self.calibration.s_kl.percentile(measured.s_kl)
        pictures = self._display(walked, spread.max(0))
        return [
            Assessment(
                score=float(scores[i]),
                percentile=float(percentiles[i]),
                percentile_low=float(spread[:, i].min()),
                percentile_high=float(spread[:, i].max()),
                s_kl=float(measured.s_kl[i]),
                s_kl_percentile=float(s_kl_percentiles[i]),
                split_level=int(self.network.layer_count - measured.kept[i]),
                high_frequency=float(measured.high_frequency[i]),
                kind=picture_kind(frames[i], camera=camera[i]),
                reason=reason(
                    evidence[i],
                    {name: float(column[i]) for name, column in excess.items()},
                    float(percentiles[i]),
                ),
                evidence=evidence[i],
                heat_map=measured.heat_map[i],
                reconstruction=pictures[i],
            )
            for i in range(len(frames))
        ]

    def _spread(self, walked: Walked, components: Components, percentiles: Array) -> Array:
        """Percentiles over the samples, (samples, N); further samples near a threshold only."""
        low, high = _NEAR_THRESHOLD
        near = np.flatnonzero((percentiles > low) & (percentiles < high))
        spread = np.tile(percentiles, (_SAMPLES if len(near) else 1, 1))
        part = walked.rows(near.tolist()) if len(near) else walked
        kept = components.rows(near)
        cloud = self.calibration.clouds["reconstruction"]
        for sample in range(1, len(spread)):
            group = resampled_reconstruction_group(
                self.network, part, self.calibration.rule.temperature, sample
            )
            resampled = kept.with_value("reconstruction", cloud.distance(group))
            scores = self.calibration.scores(resampled)
            spread[sample, near] = self.calibration.score.percentile(scores)
        return spread

    def _evidence(
        self, measured: Measurements, values: Mapping[str, Array]
    ) -> list[dict[str, EvidenceValue]]:
        columns = {}
        for name, law in self.calibration.evidence.items():
            column = measured.scalars[name] if name in measured.scalars else values[name]
            columns[name] = (column, law.percentile(column))
        return [
            {
                name: EvidenceValue(float(column[i]), float(shares[i]))
                for name, (column, shares) in columns.items()
            }
            for i in range(len(measured.s_kl))
        ]

    def _display(self, walked: Walked, highest: Array) -> list[Frame | None]:
        """Reconstructions for the pair tiles of pictures that may be flagged or unsure.

        Args:
            walked: The pictures.
            highest: Their highest percentile over the samples, (N,).
        """
        shown = np.flatnonzero(highest >= _SHOWN_FROM).tolist()
        pictures: list[Frame | None] = [None] * len(highest)
        if shown:
            part = walked.rows(shown)
            level = self.display_split_level
            found = self._reconstructions(part.descent, part.keys, level, _DISPLAY_TEMPERATURE)
            for row, picture in zip(shown, found, strict=True):
                pictures[row] = picture
        return pictures

    @property
    def display_split_level(self) -> int:
        """The k of the reconstruction beside a flagged photo."""
        return int(self.network.layer_count - self.calibration.rule.kept_high)

    def reconstruct(
        self, frame: Frame, key: str, split_level: int, temperature: float | None = None
    ) -> Frame:
        """One partial reconstruction.

        Args:
            frame: (H, W, 3) uint8, sides multiples of the coarsest stride.
            key: Seeds the noise.
            split_level: k, 0 to the number of layers minus one.
            temperature: Of the prior; None: that of the pair tiles.

        Returns:
            (H, W, 3) uint8.
        """
        with torch.inference_mode(), self._autocast():
            descent = posterior_walk(self.network, to_pixels([frame], self.device))
        chosen = _DISPLAY_TEMPERATURE if temperature is None else temperature
        return self._reconstructions(descent, [key], split_level, chosen)[0]

    def _reconstructions(
        self, descent: Descent, keys: Sequence[str], split_level: int, temperature: float
    ) -> list[Frame]:
        kept = self._kept(split_level)
        with torch.inference_mode(), self._autocast():
            pictures = partial_reconstruction(
                self.network, descent, kept, seeded_noise(keys, 0), temperature
            )
        array = pictures.to(torch.uint8).permute(0, 2, 3, 1).cpu().numpy()
        return [np.ascontiguousarray(picture) for picture in array]

    def explain(self, frame: Frame, key: str) -> Explanation:
        """Every depth of one picture, its heat map and S_KL."""
        rule = self.calibration.rule
        measured, walked = measure(self.network, [frame], [key], rule, self.autocast)
        pictures = [
            self._reconstructions(walked.descent, [key], level, _DISPLAY_TEMPERATURE)[0]
            for level in self.split_levels
        ]
        return Explanation(
            self.split_levels,
            tuple(pictures),
            measured.heat_map[0],
            float(measured.s_kl[0]),
            int(self.network.layer_count - measured.kept[0]),
        )

    def heat_map(
        self, frame: Frame, key: str, split_level: int | None = None
    ) -> NDArray[np.float32]:
        """The map of S_KL, (h, w) nats per dimension, at a level or the adaptive one."""
        rule = self.calibration.rule
        if split_level is not None:
            kept = self._kept(split_level)
            rule = replace(rule, kept_high=kept, kept_low=kept)
        measured, _ = measure(self.network, [frame], [key], rule, self.autocast)
        nats: NDArray[np.float32] = measured.heat_map[0]
        return nats

    def _kept(self, split_level: int) -> int:
        if split_level not in self.split_levels:
            raise ValueError(f"there is no split level {split_level}")
        return int(self.network.layer_count - split_level)

    def _autocast(self) -> torch.autocast:
        return torch.autocast(
            self.device.type, dtype=self.autocast or torch.bfloat16, enabled=bool(self.autocast)
        )


def choose_device(device: str) -> str:
    """``cuda`` or ``cpu`` for a wish of ``auto``, ``cuda`` or ``cpu``.

    Raises:
        ModelError: CUDA was asked for and is not there, or the wish is unknown.
    """
    if device not in ("auto", "cuda", "cpu"):
        raise ModelError(said("no-device", device=device))
    if device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cuda" and not torch.cuda.is_available():
        raise ModelError(said("no-cuda"))
    return device
