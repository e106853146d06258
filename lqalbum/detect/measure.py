"""From a batch of pictures to every number the score, the evidence and the words need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lqalbum.detect import bands, detail, geometry, scene, tone
from lqalbum.detect.partial import (
    SKL,
    log_rates,
    partial_reconstruction,
    posterior_walk,
    s_kl,
    seeded_noise,
)
from lqalbum.hvae import HVAE, Descent

Array = NDArray[np.float64]

# Several numbers each, judged together.
GROUPS = ("natural_scene", "detail", "tone", "network", "reconstruction", "crispness")

_SCALARS: Mapping[str, Callable[[Tensor], Tensor]] = {
    "sharpness": bands.log_laplacian_variance,
    "noise": detail.noise_sigma,
    "blockiness": bands.blockiness,
    "brightness": tone.brightness,
    "contrast": tone.contrast,
    "clipped_white": tone.clipped_white,
    "haze": tone.haze,
    "vividness": tone.vividness,
    "disorder": geometry.disorder,
    "pixel_grid": geometry.pixel_grid,
}
SCALARS = tuple(_SCALARS)


@dataclass(frozen=True)
class SplitRule:
    """The adaptive split level (`docs/experiments.md`, 7 and 12, has the numbers).

    Attributes:
        kept_high: Top layers from the posterior when the picture has much high frequency.
        kept_low: The same otherwise (a larger split level k).
        threshold: Mean spectral magnitude from which `kept_high` holds.
        temperature: Of the prior where the score's reconstruction samples it.
        quantile: Share of good photos, 0-1, that lie below the threshold.
    """

    kept_high: int
    kept_low: int
    threshold: float
    temperature: float
    quantile: float = 0.95

    def kept(self, high_frequency: float) -> int:
        """Number of top layers kept from the posterior."""
        return self.kept_high if high_frequency > self.threshold else self.kept_low


@dataclass(frozen=True)
class Measurements:
    """Numbers of N pictures.

    Attributes:
        groups: Name of each group of measurements to its rows, (N, d).
        scalars: Name of each single number to its values, (N,).
        s_kl: (N,) nats per dimension.
        high_frequency: (N,) mean spectral magnitude.
        kept: (N,) layers kept from the posterior.
        heat_map: (N, h, w) nats per dimension, sums to `s_kl`.
    """

    groups: Mapping[str, Array]
    scalars: Mapping[str, Array]
    s_kl: Array
    high_frequency: Array
    kept: NDArray[np.int64]
    heat_map: NDArray[np.float32]

    @classmethod
    def joined(cls, parts: Sequence[Measurements]) -> Measurements:
        """The numbers of several batches in order, without heat maps, whose sizes differ."""
        return cls(
            {name: np.concatenate([part.groups[name] for part in parts]) for name in GROUPS},
            {name: np.concatenate([part.scalars[name] for part in parts]) for name in SCALARS},
            np.concatenate([part.s_kl for part in parts]),
            np.concatenate([part.high_frequency for part in parts]),
            np.concatenate([part.kept for part in parts]),
            np.empty((0, 0, 0), np.float32),
        )


@dataclass(frozen=True)
class Walked:
    """Pictures of one size with their posterior walk, from which reconstructions branch off.

    Attributes:
        pixels: (N, 3, H, W) in 0-255.
        keys: One per picture; they seed the noise.
        kept: Layers kept from the posterior, one number per picture.
        descent: The walk along the means.
    """

    pixels: Tensor
    keys: tuple[str, ...]
    kept: tuple[int, ...]
    descent: Descent

    def rows(self, rows: Sequence[int]) -> Walked:
        """Some of the pictures."""
        if len(rows) == len(self.keys):
            return self
        index = torch.tensor(rows, device=self.pixels.device)
        return Walked(
            self.pixels.index_select(0, index),
            tuple(self.keys[row] for row in rows),
            tuple(self.kept[row] for row in rows),
            self.descent.rows(index),
        )


def to_pixels(frames: Sequence[NDArray[np.uint8]], device: torch.device) -> Tensor:
    """Frames (H, W, 3) uint8 of one size as pixels (N, 3, H, W) float32, channels last."""
    stack = torch.from_numpy(np.stack(frames)).to(device)
    return stack.permute(0, 3, 1, 2).float().contiguous(memory_format=torch.channels_last)


@torch.inference_mode()
def measure(
    network: HVAE,
    frames: Sequence[NDArray[np.uint8]],
    keys: Sequence[str],
    rule: SplitRule,
    autocast: torch.dtype | None = None,
) -> tuple[Measurements, Walked]:
    """Measure pictures of one size.

    Args:
        network: In evaluation mode.
        frames: (H, W, 3) uint8 each, sides multiples of the coarsest stride.
        keys: One per picture; they seed the noise.
        rule: Adaptive split level.
        autocast: Reduced precision of the network, None for float32.

    Returns:
        The numbers, and the walk, from which further reconstructions can branch.
    """
    device = next(network.parameters()).device
    pixels = to_pixels(frames, device)
    frequency = bands.high_frequency(pixels)
    kept = tuple(rule.kept(value) for value in frequency.tolist())
    energies = bands.band_energies(pixels)
    with torch.autocast(device.type, dtype=autocast or torch.bfloat16, enabled=bool(autocast)):
        walked = Walked(pixels, tuple(keys), kept, posterior_walk(network, pixels))
        similarity, difference = _against_reconstruction(
            network, walked, energies, rule.temperature
        )
    parameters = walked.descent.parameters.float()
    distortion = network.likelihood.nats(parameters, pixels).mean((1, 2)) / 3
    rates = log_rates(walked.descent, pixels[0].numel())
    scalars = {name: law(pixels) for name, law in _SCALARS.items()}
    groups = {
        "natural_scene": scene.natural_scene_statistics(pixels),
        "detail": detail.detail_statistics(pixels),
        "tone": tone.tonal_range(pixels),
        "network": torch.cat((rates, distortion[:, None]), dim=1),
        "reconstruction": difference,
        "crispness": torch.cat((detail.crispness(pixels), energies[:, bands.COARSE]), dim=1),
    }
    measurements = Measurements(
        {name: _array(rows) for name, rows in groups.items()},
        {name: _array(values) for name, values in scalars.items()},
        _array(similarity.total),
        _array(frequency),
        np.asarray(kept),
        similarity.map.float().cpu().numpy(),
    )
    return measurements, walked


@torch.inference_mode()
def resampled_reconstruction_group(
    network: HVAE, walked: Walked, temperature: float, sample: int
) -> Array:
    """The `reconstruction` group again with other noise, (N, 9): the score's only random part."""
    difference = walked.pixels.new_empty((len(walked.keys), bands.BAND_COUNT))
    for rows, part in _by_level(walked):
        picture = _reconstruction(network, part, temperature, sample)
        difference[rows] = bands.band_energies(part.pixels) - bands.band_energies(picture)
    return _array(difference)


def _against_reconstruction(
    network: HVAE, walked: Walked, energies: Tensor, temperature: float
) -> tuple[SKL, Tensor]:
    """S_KL, and band energies minus those of the partial reconstruction, (N, 9)."""
    difference = energies.clone()
    maps: list[Tensor] = [energies] * len(walked.keys)
    for rows, part in _by_level(walked):
        picture = _reconstruction(network, part, temperature, sample=0)
        with torch.autocast(picture.device.type, enabled=False):
            difference[rows] -= bands.band_energies(picture.float())
        parts = s_kl(network, part.descent, picture, part.kept[0]).map
        for row, nats in zip(rows, parts, strict=True):
            maps[row] = nats
    return SKL(torch.stack(maps)), difference


def _by_level(walked: Walked) -> Iterator[tuple[list[int], Walked]]:
    """The pictures of each split level: their rows and their walk."""
    for level in sorted(set(walked.kept)):
        rows = [row for row, kept in enumerate(walked.kept) if kept == level]
        yield rows, walked.rows(rows)


def _reconstruction(network: HVAE, walked: Walked, temperature: float, sample: int) -> Tensor:
    """Partial reconstructions of pictures of one level, (N, 3, H, W)."""
    noise = seeded_noise(walked.keys, sample)
    return partial_reconstruction(network, walked.descent, walked.kept[0], noise, temperature)


def _array(values: Tensor) -> Array:
    return values.double().cpu().numpy()
