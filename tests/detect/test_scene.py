"""Natural-scene statistics against an independent implementation in numpy and scipy."""

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.ndimage import correlate1d, gaussian_filter
from scipy.optimize import brentq
from scipy.special import gammaln
from scipy.stats import gennorm

from lqalbum.detect import scene

Photo = Callable[[int, int, int], NDArray[np.uint8]]


def pixels_of(*frames: NDArray[np.generic]) -> torch.Tensor:
    return torch.from_numpy(np.stack(frames).astype(np.float64)).permute(0, 3, 1, 2)


def moment_ratio(shape: float) -> float:
    """(E|x|)^2 / E x^2 of a generalised Gaussian."""
    return math.exp(2 * gammaln(2 / shape) - gammaln(1 / shape) - gammaln(3 / shape))


def shape_of(ratio: float) -> float:
    return brentq(lambda shape: moment_ratio(shape) - ratio, 0.2, 10.0)


def statistics_of(luma: NDArray[np.float64]) -> list[float]:
    """The 18 numbers of one scale."""
    kernel = np.exp(-0.5 * (np.arange(-3, 4) / (7 / 6)) ** 2)
    kernel /= kernel.sum()

    def blurred(plane: NDArray[np.float64]) -> NDArray[np.float64]:
        plane = correlate1d(plane, kernel, axis=0, mode="mirror")
        return correlate1d(plane, kernel, axis=1, mode="mirror")

    mean = blurred(luma)
    deviation = np.sqrt(np.maximum(blurred(luma**2) - mean**2, 0))
    normalised = (luma - mean) / (deviation + 1)
    square = (normalised**2).mean()
    numbers = [math.log(shape_of(np.abs(normalised).mean() ** 2 / square)), math.log(square)]
    pairs = (
        (normalised[:, :-1], normalised[:, 1:]),
        (normalised[:-1], normalised[1:]),
        (normalised[:-1, :-1], normalised[1:, 1:]),
        (normalised[:-1, 1:], normalised[1:, :-1]),
    )
    for one, other in pairs:
        product = one * other
        left = math.sqrt((product[product < 0] ** 2).mean())
        right = math.sqrt((product[product > 0] ** 2).mean())
        g = left / right
        ratio = np.abs(product).mean() ** 2 / (product**2).mean()
        shape = shape_of(ratio * (g**3 + 1) * (g + 1) / (g**2 + 1) ** 2)
        # Mean of an asymmetric generalised Gaussian whose side deviations are left and right.
        sides = math.exp(0.5 * (gammaln(1 / shape) - gammaln(3 / shape)))
        mean_value = (right - left) * sides * math.exp(gammaln(2 / shape) - gammaln(1 / shape))
        numbers += [math.log(shape), mean_value, 2 * math.log(left), 2 * math.log(right)]
    return numbers


def test_all_36_numbers_agree(photo: Photo):
    frame = photo(64, 96, 11)
    luma = frame.astype(float) @ np.array([0.299, 0.587, 0.114])
    half = luma.reshape(32, 2, 48, 2).mean((1, 3))
    expected = [*statistics_of(luma), *statistics_of(half)]
    measured = scene.natural_scene_statistics(pixels_of(frame))
    assert measured.shape == (1, scene.NATURAL_SCENE_COUNT)
    # Shapes come from a table in steps of 0.001, here on values from 0.4 up.
    np.testing.assert_allclose(measured[0].numpy(), expected, atol=3e-3)


@pytest.mark.parametrize("shape", [0.6, 1.0, 2.0, 4.0])
def test_the_fit_recovers_the_shape_of_known_noise(shape: float):
    # 1: Laplacian, 2: Gaussian.
    values = gennorm.rvs(shape, scale=3.0, size=200_000, random_state=1)
    log_shape, log_square = scene._symmetric_fit(torch.from_numpy(values)[None])
    assert log_shape.exp().item() == pytest.approx(shape, rel=0.03)
    assert log_square.item() == pytest.approx(math.log(gennorm(shape, scale=3.0).var()), abs=0.03)


def test_damage_moves_the_statistics(photo: Photo):
    frame = photo(96, 96, 12).astype(float)
    noisy = frame + np.random.default_rng(0).normal(0, 25, frame.shape)
    blurred = gaussian_filter(frame, (2, 2, 0))
    clean, noise, blur = scene.natural_scene_statistics(pixels_of(frame, noisy, blurred))
    # Blur leaves little beside the local mean; noise fills it.
    assert blur[1] < clean[1] - 0.2 < noise[1]
    # Neighbours of a blurred picture agree: positive products outweigh the negative ones.
    assert (blur[5] - blur[4]) > (noise[5] - noise[4]) + 0.5


def test_flat_pictures_give_finite_numbers():
    for level in (0, 128, 255):
        pixels = torch.full((1, 3, 64, 64), float(level))
        assert torch.isfinite(scene.natural_scene_statistics(pixels)).all()


def test_batches_do_not_mix(photo: Photo):
    frames = [photo(64, 96, seed) for seed in range(3)]
    together = scene.natural_scene_statistics(pixels_of(*frames))
    alone = torch.cat([scene.natural_scene_statistics(pixels_of(frame)) for frame in frames])
    torch.testing.assert_close(together, alone, rtol=1e-9, atol=1e-9)
