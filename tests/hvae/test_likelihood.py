"""The discretised logistic mixture against scipy's logistic distribution."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.special import softmax
from scipy.stats import logistic

from lqalbum.hvae.likelihood import Likelihood

LEVELS = np.arange(256.0)


def head(mixtures: int, seed: int) -> NDArray[np.float64]:
    """Likelihood parameters of one pixel: wide enough to reach several levels."""
    random = np.random.default_rng(seed)
    weights = random.normal(size=mixtures)
    rest = random.normal(size=(3, 3, mixtures))
    rest[:, 0] *= 0.4  # means
    rest[:, 1] -= 2.5  # log-scales
    return np.concatenate((weights, rest.ravel()))


def nats(
    likelihood: Likelihood, parameters: NDArray[np.float64], pixels: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Nats of (n, 3) pixels that share their parameters, laid out as one row of a picture."""
    count = len(pixels)
    spread = torch.from_numpy(parameters).view(1, -1, 1, 1).expand(1, -1, 1, count)
    row = torch.from_numpy(pixels.T.copy()).view(1, 3, 1, count)
    return likelihood.nats(spread, row).numpy()[0, 0]


def expected_nats(
    parameters: NDArray[np.float64], pixel: NDArray[np.float64], levels: int, floor: float
) -> float:
    """One pixel's nats from the published definition, by scipy, one component at a time."""
    mixtures = len(parameters) // 10
    weights = softmax(parameters[:mixtures])
    means, log_scales, coefficients = np.moveaxis(parameters[mixtures:].reshape(3, 3, -1), 1, 0)
    step = 256 // levels
    red, green, blue = (np.floor(pixel / step) * step - 127.5) / 127.5
    half = 1 / (levels - 1)
    total = 0.0
    for m in range(mixtures):
        a, b, c = np.tanh(coefficients[:, m])
        centres = (means[0, m], means[1, m] + a * red, means[2, m] + b * red + c * green)
        mass = 1.0
        for value, centre, log_scale in zip(
            (red, green, blue), centres, log_scales[:, m], strict=True
        ):
            law = logistic(centre, np.exp(max(log_scale, floor)))
            if value < -0.999:
                mass *= law.cdf(value + half)
            elif value > 0.999:
                mass *= law.sf(value - half)
            else:
                mass *= law.cdf(value + half) - law.cdf(value - half)
        total += weights[m] * mass
    return -np.log(total)


@pytest.mark.parametrize(
    # The density stands in for masses below 1e-5; across a wide bin it is the coarser guess.
    ("mixtures", "levels", "tolerance"),
    [(1, 256, 1e-4), (4, 256, 1e-4), (1, 32, 1e-3), (4, 32, 1e-3)],
)
def test_nats_agree_with_scipy(mixtures: int, levels: int, tolerance: float):
    likelihood = Likelihood(mixtures, levels, -7.0, smooth_floor=False)
    parameters = head(mixtures, 1)
    pixels = np.random.default_rng(2).integers(0, 256, (40, 3)).astype(float)
    pixels[:4] = [[0, 0, 0], [255, 255, 255], [0, 255, 128], [255, 0, 3]]
    expected = [expected_nats(parameters, pixel, levels, -7.0) for pixel in pixels]
    np.testing.assert_allclose(nats(likelihood, parameters, pixels), expected, rtol=tolerance)


def test_mass_of_all_256_levels_is_one():
    likelihood = Likelihood(2, 256, -7.0, smooth_floor=False)
    parameters = head(2, 5)
    for red in (0.0, 140.0):
        plane = np.stack(np.meshgrid([red], LEVELS, LEVELS, indexing="ij"), -1).reshape(-1, 3)
        summed = np.exp(-nats(likelihood, parameters, plane)).sum()
        # What is left after summing out green and blue is red's own mass; 1e-3: see above.
        assert summed == pytest.approx(red_mass(parameters, red), rel=1e-3)
    assert sum(red_mass(parameters, red) for red in LEVELS) == pytest.approx(1.0, abs=1e-12)


def red_mass(parameters: NDArray[np.float64], red: float) -> float:
    """Mass of one level of red among 256, by scipy."""
    mixtures = len(parameters) // 10
    weights = softmax(parameters[:mixtures])
    means, log_scales, _ = np.moveaxis(parameters[mixtures:].reshape(3, 3, -1), 1, 0)
    law = logistic(means[0], np.exp(log_scales[0]))
    value = (red - 127.5) / 127.5
    low = 0.0 if red == 0 else law.cdf(value - 1 / 255)
    high = 1.0 if red == 255 else law.cdf(value + 1 / 255)
    return float((weights * (high - low)).sum())


def test_mass_of_all_32_levels_is_one_but_for_the_published_overlap():
    # Levels lie 8/127.5 apart and the published bins are 2/31 wide: they overlap by 2.8 %, so a
    # law well inside the range sums to their ratio. Kept, because published weights expect it.
    likelihood = Likelihood(1, 32, -7.0, smooth_floor=False)
    parameters = np.zeros(10)
    parameters[1:] = np.array([[0.1] * 3, [-2.5] * 3, [0.0] * 3]).T.ravel()
    assert nats(likelihood, parameters, np.full((1, 3), 128.0))[0] < 20
    targets = np.stack([LEVELS[::8]] * 3, -1)
    per_channel = np.exp(-nats(likelihood, parameters, targets) / 3)
    assert per_channel.sum() == pytest.approx((2 / 31) / (8 / 127.5), rel=1e-3)
    # All eight grey levels of a bin are one level.
    inside = np.stack([LEVELS] * 3, -1)
    repeated = np.exp(-nats(likelihood, parameters, inside) / 3)
    np.testing.assert_array_equal(repeated, np.repeat(per_channel, 8))


@pytest.mark.parametrize("smooth", [True, False])
def test_far_from_the_mean_the_nats_are_finite_and_grow(smooth: bool):
    likelihood = Likelihood(1, 256, -3.5, smooth_floor=smooth)
    parameters = np.zeros(10)
    parameters[1:4] = [-1.0, -20.0, 0.0]
    greys = np.stack([LEVELS, np.full(256, 128.0), np.full(256, 128.0)], -1)
    values = nats(likelihood, parameters, greys)
    assert np.isfinite(values).all()
    assert (np.diff(values[:-1]) > 0).all()


def test_no_level_is_more_certain_than_the_floor_allows():
    floor = -3.5
    certain = 2 * logistic(0, np.exp(floor)).cdf(1 / 255) - 1
    for smooth in (True, False):
        likelihood = Likelihood(1, 256, floor, smooth_floor=smooth)
        parameters = np.zeros(10)
        parameters[2::3] = -50.0
        for channel in range(3):
            parameters[1 + 3 * channel : 4 + 3 * channel] = [1 / 255, -50.0, 0.0]
        value = nats(likelihood, parameters, np.full((1, 3), 128.0))[0]
        assert value == pytest.approx(-3 * np.log(certain), rel=1e-9)


def test_a_smooth_floor_still_lets_the_gradient_through():
    likelihood = Likelihood(1, 256, -3.5, smooth_floor=True)
    parameters = torch.full((1, 10, 1, 1), -4.5, dtype=torch.float64, requires_grad=True)
    likelihood.nats(parameters, torch.full((1, 3, 1, 1), 90.0)).sum().backward()
    assert parameters.grad is not None
    assert (parameters.grad[0, 2::3, 0, 0].abs() > 0).all()


def test_the_picture_is_the_likeliest_components_coupled_mean():
    likelihood = Likelihood(2, 256, -7.0, smooth_floor=False)
    parameters = np.zeros(20)
    parameters[:2] = [0.0, 1.0]
    block = parameters[2:].reshape(3, 3, 2)
    block[:, 0, 1] = [0.2, 0.1, -0.3]
    block[:, 2, 1] = [0.5, -0.4, 0.9]
    red = 0.2
    green = 0.1 + np.tanh(0.5) * red
    blue = -0.3 + np.tanh(-0.4) * red + np.tanh(0.9) * green
    picture = likelihood.picture(torch.from_numpy(parameters).view(1, 20, 1, 1))
    expected = np.array([red, green, blue]) * 127.5 + 127.5
    np.testing.assert_allclose(picture.numpy().ravel(), expected, rtol=1e-12)


def test_the_picture_stays_in_range():
    likelihood = Likelihood(1, 256, -7.0, smooth_floor=False)
    generator = torch.Generator().manual_seed(0)
    picture = likelihood.picture(20 * torch.randn((2, 10, 8, 8), generator=generator))
    assert picture.min() >= 0
    assert picture.max() <= 255
