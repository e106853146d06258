"""What the score must beat: the literature's one-number detectors, of the same network.

Each is one-sided as published: higher is worse. None of them flags anything; they stand beside the
score where it is measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lqalbum.detect.calibration import Calibration, batches_by_shape
from lqalbum.detect.detector import Detector, Judgement
from lqalbum.detect.measure import Walked, to_pixels
from lqalbum.detect.partial import partial_walk, picture_of, s_kl, seeded_noise
from lqalbum.detect.surprise import Array
from lqalbum.hvae import HVAE, Descent

NEAREST = 2
_BATCH_SIZE = 8


@dataclass(frozen=True)
class GoodNeighbours:
    """Good pictures in the space of the encoder's features.

    Source: T. Reiss et al., "PANDA: Adapting Pretrained Features for Anomaly Detection and
    Segmentation", CVPR 2021: the core of it, nearest neighbours among good pictures in a deep
    feature space. Here our own encoder's features, each divided by its spread among good pictures,
    since its grids differ in scale.

    Attributes:
        features: (n, d) of the good pictures, divided by `scale`.
        scale: (d,) standard deviations.
    """

    features: Array
    scale: Array

    @classmethod
    def fit(cls, features: Array) -> GoodNeighbours:
        """The space of good pictures' features (n, d), n of at least `NEAREST`."""
        if len(features) < NEAREST:
            raise ValueError(f"at least {NEAREST} good pictures are needed")
        scale = features.std(0) + 1e-9
        return cls(features / scale, scale)

    def distance(self, features: Array) -> Array:
        """Mean Euclidean distance of features (N, d) to the two nearest good pictures, (N,)."""
        gaps = (features / self.scale)[:, None] - self.features[None]
        distances = np.sort(np.linalg.norm(gaps, axis=2), axis=1)
        nearest: Array = distances[:, :NEAREST].mean(1)
        return nearest


def good_neighbours(detector: Detector, frames: Sequence[NDArray[np.uint8]]) -> GoodNeighbours:
    """The neighbours that good pictures make for a detector.

    Args:
        detector: Whose encoder is asked.
        frames: (H, W, 3) uint8, sides multiples of the coarsest stride; sizes may differ.
    """
    rows = []
    for batch in batches_by_shape(frames, _BATCH_SIZE):
        with torch.inference_mode(), _autocast(detector):
            pixels = to_pixels([frames[i] for i in batch], detector.device)
            rows.append(_pooled(detector.network.encode(pixels)))
    return GoodNeighbours.fit(np.concatenate(rows))


@torch.inference_mode()
def baseline_scores(
    detector: Detector, judged: Judgement, neighbours: GoodNeighbours | None
) -> dict[str, Array]:
    """Every baseline of pictures that were judged, (N,) each.

    Args:
        detector: Who judged them.
        judged: Its judgement.
        neighbours: Good pictures; without them there is no `panda`.

    Returns:
        By name: `s_kl_fixed_K` for both split levels K of the adaptive rule, `likelihood`, `llr`,
        `nss` and, where possible, `panda`.
    """
    network, rule, walked = detector.network, detector.calibration.rule, judged.walked
    scores: dict[str, Array] = {}
    bound = negative_bound(network, walked.descent, walked.pixels)
    # The coarser level last: LLR>k is taken there, where the kept layers speak of content.
    for kept in sorted({rule.kept_high, rule.kept_low}, reverse=True):
        with _autocast(detector):
            walk = _from_prior(network, walked, kept, rule.temperature)
            score = s_kl(network, walked.descent, picture_of(network, walk), kept).total
        scores[f"s_kl_fixed_{network.layer_count - kept}"] = _array(score)
        ratio = negative_bound(network, walk, walked.pixels) - bound
    scores["likelihood"] = _array(bound)
    scores["llr"] = _array(ratio)
    scores["nss"] = natural_scene_distance(detector.calibration, judged)
    if neighbours is not None:
        scores["panda"] = neighbours.distance(_pooled(walked.descent.activations))
    return scores


def negative_bound(network: HVAE, walk: Descent, pixels: Tensor) -> Tensor:
    """Bound of -log p(x) along a walk, nats per dimension, (N,): distortion and all KL.

    Layers that came from the prior cost nothing. So a partial walk gives the bound L>k that
    LLR>k = L - L>k compares with: with both negated, its bound minus that of the whole walk.

    Source: J. Havtorn et al., "Hierarchical VAEs Know What They Don't Know", ICML 2021, eq. 4-6.
    There latents are sampled many times; here posterior latents are their means and prior latents
    are drawn once.

    Args:
        network: That made the walk.
        walk: Of these pictures.
        pixels: (N, 3, H, W) in 0-255.
    """
    nats = network.likelihood.nats(walk.parameters.float(), pixels).flatten(1).sum(1)
    for layer in walk.layers:
        if layer.posterior is not None:
            nats = nats + layer.posterior.float().kl(layer.prior.float()).flatten(1).sum(1)
    return nats / pixels[0].numel()


def natural_scene_distance(calibration: Calibration, judged: Judgement) -> Array:
    """Squared Mahalanobis distance of the 36 natural-scene numbers to good pictures, (N,).

    Source: A. Mittal et al., "Making a Completely Blind Image Quality Analyzer" (NIQE), IEEE SPL
    2013. There patches are compared with pristine ones by two fitted Gaussians; here the whole
    picture with good ones by one.
    """
    rows = judged.measurements.groups["natural_scene"]
    return calibration.clouds["natural_scene"].distance(rows)


def _from_prior(network: HVAE, walked: Walked, kept: int, temperature: float) -> Descent:
    # The noise of the score itself, so that both agree where the adaptive rule takes this level.
    noise = seeded_noise(walked.keys, 0)
    return partial_walk(network, walked.descent, kept, noise, temperature)


def _pooled(activations: Mapping[int, Tensor]) -> Array:
    """Means over positions of the activations of every grid, finest first, (N, d)."""
    means = [activations[stride].float().mean((2, 3)) for stride in sorted(activations)]
    return _array(torch.cat(means, dim=1))


def _autocast(detector: Detector) -> torch.autocast:
    return torch.autocast(
        detector.device.type,
        dtype=detector.autocast or torch.bfloat16,
        enabled=bool(detector.autocast),
    )


def _array(values: Tensor) -> Array:
    return values.double().cpu().numpy()
