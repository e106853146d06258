"""The baselines, each against a plain computation of its own."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch.nn.functional import softplus

from lqalbum.detect import Detector
from lqalbum.detect.baselines import (
    GoodNeighbours,
    baseline_scores,
    good_neighbours,
)
from lqalbum.detect.detector import Judgement
from lqalbum.detect.partial import seeded_noise

Frame = NDArray[np.uint8]
KEYS = ("a", "b", "c", "d")


@pytest.fixture(scope="module")
def frames(photo: Callable[[int, int, int], Frame]) -> list[Frame]:
    noisy = np.random.default_rng(1).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    return [*(photo(64, 96, seed) for seed in (201, 202, 203)), noisy]


@pytest.fixture(scope="module")
def judged(detector: Detector, frames: list[Frame]) -> Judgement:
    return detector.judge(frames, KEYS)


@pytest.fixture(scope="module")
def scores(detector: Detector, judged: Judgement, good: list[Frame]) -> dict[str, NDArray]:
    return baseline_scores(detector, judged, good_neighbours(detector, good))


def gaussian_kl(p: torch.distributions.Normal, q: torch.distributions.Normal) -> float:
    return float(torch.distributions.kl_divergence(p, q).double().sum())


def normal(gaussian) -> torch.distributions.Normal:
    return torch.distributions.Normal(gaussian.mean, gaussian.log_std.exp())


def logistic_nats(network, parameters: torch.Tensor, pixels: torch.Tensor) -> float:
    """-log p of one picture, by the distribution function, with one logistic component."""
    target = ((pixels - 127.5) / 127.5).double()
    rest = parameters[1:].reshape(3, 3, *parameters.shape[1:]).double()
    means, raw, coupling = rest[:, 0], rest[:, 1], torch.tanh(rest[:, 2])
    floor = network.config.log_scale_floor
    scales = torch.exp(floor + softplus(raw - floor))
    centres = torch.stack(
        (
            means[0],
            means[1] + coupling[0] * target[0],
            means[2] + coupling[1] * target[0] + coupling[2] * target[1],
        )
    )
    upper, lower = (target + 1 / 255 - centres) / scales, (target - 1 / 255 - centres) / scales
    # log(sigmoid(u) - sigmoid(l)), also far in the tails where both are 0 or 1.
    inside = -softplus(-upper) - softplus(lower) + torch.log(-torch.expm1(-2 / 255 / scales))
    black, white = pixels < 0.5, pixels > 254.5
    log_mass = torch.where(black, -softplus(-upper), torch.where(white, -softplus(lower), inside))
    return -float(log_mass.sum())


def test_the_judgement_is_that_of_an_assessment(
    detector: Detector, frames: list[Frame], judged: Judgement
) -> None:
    assessed = detector.assess(frames, KEYS)
    assert judged.score.tolist() == pytest.approx([one.score for one in assessed])
    assert judged.s_kl.tolist() == pytest.approx([one.s_kl for one in assessed])


def test_names(detector: Detector, judged: Judgement, scores: dict[str, NDArray]) -> None:
    expected = {"s_kl_fixed_1", "s_kl_fixed_3", "likelihood", "llr", "nss", "panda"}
    assert detector.network.layer_count == 6
    assert set(scores) == expected
    assert set(baseline_scores(detector, judged, None)) == expected - {"panda"}
    assert all(values.shape == (4,) and np.isfinite(values).all() for values in scores.values())


def test_likelihood_is_distortion_and_every_kl(
    detector: Detector, judged: Judgement, scores: dict[str, NDArray]
) -> None:
    walk = judged.walked.descent
    for row in range(4):
        nats = logistic_nats(detector.network, walk.parameters[row], judged.walked.pixels[row])
        for layer in walk.layers:
            posterior, prior = normal(layer.posterior), normal(layer.prior)
            nats += float(torch.distributions.kl_divergence(posterior, prior)[row].double().sum())
        # Sums of 18,432 float32 terms.
        assert scores["likelihood"][row] == pytest.approx(nats / (3 * 64 * 96), rel=1e-4)


def test_llr_compares_with_the_walk_whose_fine_layers_are_the_priors(
    detector: Detector, frames: list[Frame], scores: dict[str, NDArray]
) -> None:
    network, kept = detector.network, 3
    for row, frame in enumerate(frames):
        pixels = torch.from_numpy(frame.copy()).permute(2, 0, 1)[None].float()
        noise = seeded_noise([KEYS[row]], 0)
        with torch.inference_mode():
            whole = network.descend(network.encode(pixels))
            partial = network.descend(
                network.encode(pixels),
                kept=kept,
                noise=lambda index, shape, noise=noise: (
                    noise(index, shape) if index >= kept else None
                ),
                temperature=detector.calibration.rule.temperature,
            )
            distortion = [
                logistic_nats(network, walk.parameters[0], pixels[0]) for walk in (partial, whole)
            ]
            fine = sum(
                gaussian_kl(normal(layer.posterior), normal(layer.prior))
                for layer in whole.layers[kept:]
            )
        expected = (distortion[0] - distortion[1] - fine) / pixels[0].numel()
        assert scores["llr"][row] == pytest.approx(expected, rel=1e-3, abs=1e-5)


def test_fixed_levels_agree_with_a_rule_of_one_level(
    detector: Detector, frames: list[Frame], judged: Judgement, scores: dict[str, NDArray]
) -> None:
    rule = detector.calibration.rule
    for kept in (rule.kept_high, rule.kept_low):
        fixed = replace(rule, kept_high=kept, kept_low=kept)
        one_level = Detector(
            "one", detector.network, "", replace(detector.calibration, rule=fixed), "cpu"
        )
        name = f"s_kl_fixed_{detector.network.layer_count - kept}"
        assert scores[name] == pytest.approx(one_level.judge(frames, KEYS).s_kl, rel=1e-5)
    adaptive = np.where(
        judged.measurements.kept == rule.kept_high, scores["s_kl_fixed_1"], scores["s_kl_fixed_3"]
    )
    assert adaptive == pytest.approx(judged.s_kl, rel=1e-5)


def test_nss_is_the_mahalanobis_distance_of_the_natural_scene_numbers(
    detector: Detector, judged: Judgement, scores: dict[str, NDArray]
) -> None:
    cloud = detector.calibration.clouds["natural_scene"]
    covariance = np.diag(cloud.scale) @ np.linalg.inv(cloud.precision) @ np.diag(cloud.scale)
    for row, numbers in enumerate(judged.measurements.groups["natural_scene"]):
        assert len(numbers) == 36
        gap = numbers - cloud.centre
        assert scores["nss"][row] == pytest.approx(gap @ np.linalg.solve(covariance, gap), rel=1e-6)
    assert scores["nss"].argmax() == 3


def test_panda_is_the_mean_distance_to_the_two_nearest(
    detector: Detector, frames: list[Frame], good: list[Frame], scores: dict[str, NDArray]
) -> None:
    def features(frame: Frame) -> NDArray:
        pixels = torch.from_numpy(frame.copy()).permute(2, 0, 1)[None].float()
        with torch.inference_mode():
            activations = detector.network.encode(pixels)
        return np.concatenate([activations[s][0].numpy().mean((1, 2)) for s in (2, 4, 8, 16, 32)])

    reference = np.stack([features(frame) for frame in good])
    spread = reference.std(0) + 1e-9
    for row, frame in enumerate(frames):
        own = features(frame)
        distances = sorted(float(np.linalg.norm((own - other) / spread)) for other in reference)
        assert scores["panda"][row] == pytest.approx(sum(distances[:2]) / 2, rel=1e-3)


def test_one_good_picture_has_no_two_neighbours() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        GoodNeighbours.fit(np.zeros((1, 3)))
