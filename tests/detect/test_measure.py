"""The numbers of a batch: adaptive level, independence of batch, order and shape."""

import copy
from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from lqalbum.detect import SplitRule, calibrate
from lqalbum.detect.measure import (
    GROUPS,
    SCALARS,
    Measurements,
    measure,
    resampled_reconstruction_group,
    to_pixels,
)
from lqalbum.detect.partial import partial_reconstruction, posterior_walk, s_kl, seeded_noise
from lqalbum.hvae import HVAE

Frame = NDArray[np.uint8]
Photo = Callable[[int, int, int], Frame]
RULE = SplitRule(kept_high=5, kept_low=3, threshold=0.02, temperature=0.7)


@pytest.fixture(scope="module")
def mixed(photo: Photo) -> list[Frame]:
    """Four pictures, two noisy and two smooth, in turn."""
    frames = []
    for seed in range(4):
        frame = photo(64, 96, seed).astype(float)
        if seed % 2:
            frame = gaussian_filter(frame, (3, 3, 0))
        else:
            frame += np.random.default_rng(seed).normal(0, 40, frame.shape)
        frames.append(frame.clip(0, 255).astype(np.uint8))
    return frames


def one_row(measured: Measurements, row: int) -> NDArray[np.float64]:
    """Every number of one picture, in a fixed order."""
    return np.concatenate(
        [measured.groups[name][row] for name in GROUPS]
        + [np.array([measured.scalars[name][row] for name in SCALARS])]
        + [np.array([measured.s_kl[row], measured.high_frequency[row]])]
        + [measured.heat_map[row].ravel().astype(np.float64)]
    )


def test_noisy_pictures_keep_more_layers_than_smooth_ones(network: HVAE, mixed: list[Frame]):
    measured, _ = measure(network, mixed, list("abcd"), RULE)
    assert measured.kept.tolist() == [5, 3, 5, 3]
    assert (measured.high_frequency[::2] > RULE.threshold).all()
    assert (measured.high_frequency[1::2] < RULE.threshold).all()


def test_shapes(network: HVAE, mixed: list[Frame]):
    measured, walked = measure(network, mixed, list("abcd"), RULE)
    widths = {name: rows.shape for name, rows in measured.groups.items()}
    assert widths == {
        "natural_scene": (4, 36),
        "detail": (4, 9),
        "tone": (4, 2),
        "network": (4, network.layer_count + 1),
        "reconstruction": (4, 9),
        "crispness": (4, 8),
    }
    assert {name: rows.shape for name, rows in measured.scalars.items()} == dict.fromkeys(
        SCALARS, (4,)
    )
    assert measured.heat_map.shape == (4, 16, 24)
    assert walked.descent.parameters.shape == (4, 10, 64, 96)
    for row in range(4):
        assert np.isfinite(one_row(measured, row)).all()


def test_the_heat_map_sums_to_the_number(network: HVAE, mixed: list[Frame]):
    measured, _ = measure(network, mixed, list("abcd"), RULE)
    sums = measured.heat_map.sum((1, 2), dtype=np.float64)
    np.testing.assert_allclose(sums, measured.s_kl, rtol=1e-5)  # float32
    assert (measured.s_kl > 0).all()


def test_each_picture_is_measured_at_its_own_level(network: HVAE, mixed: list[Frame]):
    measured, _ = measure(network, mixed, list("abcd"), RULE)
    pixels = to_pixels(mixed, torch.device("cpu"))
    for row, kept in enumerate(measured.kept.tolist()):
        with torch.inference_mode():
            noise = seeded_noise(list("abcd"), 0)
            descent = posterior_walk(network, pixels)
            picture = partial_reconstruction(network, descent, kept, noise, RULE.temperature)
            expected = s_kl(network, descent, picture, kept).total[row]
        assert measured.s_kl[row] == pytest.approx(expected.item(), rel=2e-3)


def test_batch_size_and_order_do_not_matter(network: HVAE, mixed: list[Frame]):
    keys = list("abcd")
    together, _ = measure(network, mixed, keys, RULE)
    turned, _ = measure(network, mixed[::-1], keys[::-1], RULE)
    for row, (frame, key) in enumerate(zip(mixed, keys, strict=True)):
        alone, _ = measure(network, [frame], [key], RULE)
        expected = one_row(together, row)
        # float32: another batch size may sum in another order, and a rounded reconstruction may
        # then differ by one grey level in a few pixels.
        np.testing.assert_allclose(one_row(alone, 0), expected, rtol=2e-3, atol=1e-4)
        np.testing.assert_allclose(one_row(turned, 3 - row), expected, rtol=2e-3, atol=1e-4)


def test_the_key_decides_the_noise(network: HVAE, mixed: list[Frame]):
    one, same, other = (measure(network, mixed[:1], [key], RULE)[0] for key in ("a", "a", "z"))
    np.testing.assert_array_equal(one_row(one, 0), one_row(same, 0))
    assert one.s_kl[0] != other.s_kl[0]
    assert not np.array_equal(one.groups["reconstruction"], other.groups["reconstruction"])
    # What needs no sampling does not change.
    for name in ("natural_scene", "detail", "network"):
        np.testing.assert_array_equal(one.groups[name], other.groups[name])


def test_further_samples_redraw_the_reconstruction_alone(network: HVAE, mixed: list[Frame]):
    keys = list("abcd")
    measured, walked = measure(network, mixed, keys, RULE)
    groups = [
        resampled_reconstruction_group(network, walked, RULE.temperature, sample)
        for sample in (0, 1)
    ]
    some = resampled_reconstruction_group(network, walked.rows([3, 0]), RULE.temperature, 1)
    np.testing.assert_allclose(some, groups[1][[3, 0]], rtol=2e-3, atol=1e-4)
    np.testing.assert_allclose(groups[0], measured.groups["reconstruction"], rtol=1e-6)
    assert (np.abs(groups[1] - groups[0]).max(1) > 0).all()


def test_the_network_group_holds_rates_and_distortion(network: HVAE, mixed: list[Frame]):
    measured, walked = measure(network, mixed, list("abcd"), RULE)
    descent = walked.descent
    pixels = to_pixels(mixed, torch.device("cpu"))
    for row in range(4):
        numbers = measured.groups["network"][row]
        for layer, value in zip(descent.layers, numbers, strict=False):
            assert layer.posterior is not None
            nats = layer.posterior.kl(layer.prior)[row].sum().item()
            assert np.exp(value) == pytest.approx(nats / (3 * 64 * 96), rel=1e-3, abs=1e-8)
        nats = network.likelihood.nats(descent.parameters[row : row + 1], pixels[row : row + 1])
        assert numbers[-1] == pytest.approx(nats.sum().item() / (3 * 64 * 96), rel=1e-5)


@pytest.fixture(scope="module")
def borderless(network: HVAE) -> HVAE:
    """Nearly blind to the zeros around a picture, as trained networks are and random ones not."""
    network = copy.deepcopy(network)
    for layer in network.modules():
        if isinstance(layer, torch.nn.Conv2d) and layer.kernel_size == (3, 3):
            layer.weight *= torch.tensor([[0.1, 0.1, 0.1], [0.1, 1, 0.1], [0.1, 0.1, 0.1]])
    return network


def test_shape_does_not_change_the_score(borderless: HVAE, photo: Photo):
    """One texture, tiled to 256x256 and to 256x384, is as bad in both."""
    good = [photo(192, 192 if seed % 2 else 288, seed) for seed in range(20)]
    # The prior's means: S_KL of one random sample spreads by several percent in any shape.
    rule = SplitRule(kept_high=5, kept_low=5, threshold=0.0, temperature=0.0)
    calibration = calibrate(borderless, good, [str(i) for i in range(len(good))], rule)
    noise = np.random.default_rng(5).normal(0, 30, (32, 32, 3))
    # Fine enough for every tile to look alike, noisy enough for a score that says much.
    tile = (photo(32, 32, 3) + noise).clip(0, 255).astype(np.uint8)
    s_kl_values, scores = [], []
    for columns in (8, 12):
        frame = np.tile(tile, (8, columns, 1))
        measured, _ = measure(borderless, [frame], ["texture"], calibration.rule)
        s_kl_values.append(measured.s_kl[0])
        scores.append(calibration.scores(calibration.component_values(measured))[0])
    assert s_kl_values[1] == pytest.approx(s_kl_values[0], rel=0.03)
    assert scores[1] == pytest.approx(scores[0], rel=0.03)
    # Far from the good pictures' own scores, so that three percent mean something.
    assert scores[0] > calibration.score.quantiles[-1]
