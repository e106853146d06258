"""Fine detail against numpy, and noise of known strength."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import convolve, gaussian_filter

from lqalbum.detect import detail
from tests.detect.pixels import pixels_of

Frame = NDArray[np.uint8]
Photo = Callable[[int, int, int], Frame]


def flat_with_noise(sigma: float, side: int = 192, seed: int = 0) -> NDArray[np.float64]:
    """A grey picture of level 120 with the same Gaussian noise in all three channels."""
    noise = np.random.default_rng(seed).normal(0, sigma, (side, side, 1))
    return np.repeat(120 + noise, 3, axis=2)


@pytest.mark.parametrize("sigma", [2.0, 5.0, 15.0])
def test_noise_sigma_recovers_known_noise(sigma: float):
    measured = detail.noise_sigma(pixels_of(flat_with_noise(sigma))).item()
    # A 16 px block knows its sigma to about 7 %; the 10th percentile lies some 8 % below.
    assert measured == pytest.approx(0.92 * sigma, rel=0.06)


def test_noise_sigma_passes_over_texture():
    frame = flat_with_noise(3.0)
    frame[:, 40:] += np.random.default_rng(1).normal(0, 60, (192, 152, 1))
    assert detail.noise_sigma(pixels_of(frame)).item() < 4


def test_noise_sigma_of_a_smooth_picture_is_zero():
    ramp = np.repeat(np.add.outer(np.arange(96.0), np.arange(96.0))[..., None], 3, axis=2)
    assert detail.noise_sigma(pixels_of(ramp)).item() == pytest.approx(0, abs=1e-3)


def test_detail_statistics_against_numpy(photo: Photo):
    frame = photo(64, 96, 8).astype(float)
    red, green, blue = np.moveaxis(frame, -1, 0)
    grey = frame @ np.array([0.299, 0.587, 0.114])
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])
    expected = []
    for plane in (grey, blue - green, red - green):
        response = np.abs(convolve(plane, kernel))[1:-1, 1:-1]
        blocks = [
            response[top : top + 16, left : left + 16].mean()
            for top in range(0, 62 - 15, 16)
            for left in range(0, 94 - 15, 16)
        ]
        expected += [math.log(np.quantile(blocks, share) + 0.1) for share in (0.1, 0.5, 0.9)]
    measured = detail.detail_statistics(pixels_of(frame))
    assert measured.shape == (1, detail.DETAIL_COUNT)
    np.testing.assert_allclose(measured[0].numpy(), expected, atol=1e-3)  # float32


def test_noise_fills_the_flattest_places_and_blur_empties_the_busiest(photo: Photo):
    frame = photo(96, 96, 7).astype(float)
    frame[:, :48] = 120
    noisy = frame + np.random.default_rng(0).normal(0, 10, frame.shape)
    blurred = gaussian_filter(frame, (1.5, 1.5, 0))
    clean, noise, blur = detail.detail_statistics(pixels_of(frame, noisy, blurred))[:, [0, 2]]
    assert noise[0] - clean[0] > 2
    assert noise[0] - clean[0] > noise[1] - clean[1]
    assert clean[1] - blur[1] > 1


def test_crispness_against_numpy(photo: Photo):
    frame = photo(64, 96, 9).astype(float)
    red, green, blue = np.moveaxis(frame, -1, 0)
    grey = frame @ np.array([0.299, 0.587, 0.114])
    second = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])
    laplacian = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    expected = []
    halved = [p.reshape(32, 2, 48, 2).mean((1, 3)) for p in (blue - green, red - green)]
    for plane, mask in (
        (grey, second),
        (grey, laplacian),
        (halved[0], laplacian),
        (halved[1], laplacian),
    ):
        strengths = np.sort(np.abs(convolve(plane, mask))[1:-1, 1:-1], axis=None)
        expected.append(math.log(strengths[round(0.99 * strengths.size) - 1] + 0.1))
    measured = detail.crispness(pixels_of(frame))
    assert measured.shape == (1, detail.CRISPNESS_COUNT)
    np.testing.assert_allclose(measured[0].numpy(), expected, atol=1e-3)  # float32


def test_a_blurred_background_leaves_a_picture_crisp(photo: Photo):
    frame = photo(96, 96, 10).astype(float)
    blurred = gaussian_filter(frame, (2, 2, 0))
    bokeh = blurred.copy()
    bokeh[32:64, 32:64] = frame[32:64, 32:64]
    sharp, subject, nothing = detail.crispness(pixels_of(frame, bokeh, blurred))[:, 0]
    assert sharp - subject < 0.4 * (sharp - nothing)
