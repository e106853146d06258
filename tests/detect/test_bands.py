"""Energy by frequency against numpy, scipy and real JPEG blocks."""

import io
import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter, laplace

from lqalbum.detect import bands
from tests.detect.pixels import pixels_of

Frame = NDArray[np.uint8]
Photo = Callable[[int, int, int], Frame]


def grey_of(frame: NDArray[np.generic]) -> NDArray[np.float64]:
    return frame.astype(np.float64) @ np.array([0.299, 0.587, 0.114])


def flat_with_noise(sigma: float, side: int = 192, seed: int = 0) -> NDArray[np.float64]:
    """A grey picture of level 120 with the same Gaussian noise in all three channels."""
    noise = np.random.default_rng(seed).normal(0, sigma, (side, side, 1))
    return np.repeat(120 + noise, 3, axis=2)


def jpeg(frame: Frame, quality: int) -> Frame:
    buffer = io.BytesIO()
    Image.fromarray(frame).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def test_blockiness_rises_with_compression(photo: Photo):
    frames = [photo(128, 160, seed) for seed in range(4)]
    clean = bands.blockiness(pixels_of(*frames))
    mild = bands.blockiness(pixels_of(*(jpeg(frame, 60) for frame in frames)))
    heavy = bands.blockiness(pixels_of(*(jpeg(frame, 10) for frame in frames)))
    assert (heavy > clean + 0.5).all()
    assert (heavy > mild).all()
    # Clean pictures know no grid: the log ratio is about zero.
    assert clean.abs().max() < 0.2


def test_blockiness_sees_the_jpeg_grid_alone(photo: Photo):
    frame = jpeg(photo(128, 160, 3), 10)
    shifted = frame[3:, 5:]
    aligned, moved = (bands.blockiness(pixels_of(f)).item() for f in (frame, shifted))
    assert aligned > moved + 0.5


@pytest.mark.parametrize("axis", [0, 1])
def test_blockiness_sees_steps_in_either_direction(axis: int):
    steps = np.repeat(np.random.default_rng(0).uniform(80, 170, 16), 8)
    frame = np.broadcast_to(steps[:, None] if axis == 0 else steps[None], (128, 128))
    frame = np.repeat(frame[..., None], 3, axis=2)
    assert bands.blockiness(pixels_of(frame)).item() > 3


@pytest.mark.parametrize(("height", "width"), [(64, 64), (64, 96)])
def test_high_frequency_against_numpy(photo: Photo, height: int, width: int):
    frame = photo(height, width, 5)
    spectrum = np.abs(np.fft.fft2(grey_of(frame) / 255)) / math.sqrt(height * width)
    total, count = 0.0, 0
    for row in range(height):
        for column in range(width):
            # Cycles per picture, up and down; the inner half in both directions is left out.
            down, right = min(row, height - row), min(column, width - column)
            if down >= height / 4 or right >= width / 4:
                total += spectrum[row, column]
                count += 1
    measured = bands.high_frequency(pixels_of(frame)).item()
    assert measured == pytest.approx(total / count, rel=1e-5)  # float32


def test_high_frequency_of_white_noise_is_known():
    # A unitary spectrum of white noise is complex Gaussian: mean magnitude sigma sqrt(pi) / 2,
    # whatever the picture's size.
    sigma = 20.0
    for side in (64, 192):
        measured = bands.high_frequency(pixels_of(flat_with_noise(sigma, side))).item()
        expected = sigma / 255 * math.sqrt(math.pi) / 2
        assert measured == pytest.approx(expected, rel=0.03)  # 3,000 magnitudes, sd 52 %: 1 %


def test_sharpness_against_scipy(photo: Photo):
    frame = photo(64, 96, 6)
    inner = laplace(grey_of(frame))[1:-1, 1:-1]
    measured = bands.log_laplacian_variance(pixels_of(frame)).item()
    assert measured == pytest.approx(math.log(inner.var(ddof=1) + 0.01), abs=1e-4)


def test_sharpness_falls_with_blur(photo: Photo):
    frame = photo(96, 96, 7).astype(float)
    blurred = [gaussian_filter(frame, (sigma, sigma, 0)) for sigma in (0.0, 0.7, 1.5, 3.0)]
    values = bands.log_laplacian_variance(pixels_of(*blurred))
    assert (values.diff() < -0.5).all()


def shrunk(plane: NDArray[np.float64]) -> NDArray[np.float64]:
    height, width = plane.shape
    return plane.reshape(height // 2, 2, width // 2, 2).mean((1, 3))


def enlarged(plane: NDArray[np.float64]) -> NDArray[np.float64]:
    """Twice the size, bilinear between pixel centres, the border held: weights 3/4 and 1/4."""
    for axis in (0, 1):
        plane = np.moveaxis(plane, axis, 0)
        before = np.concatenate((plane[:1], plane[:-1]))
        after = np.concatenate((plane[1:], plane[-1:]))
        pairs = (0.75 * plane + 0.25 * before, 0.75 * plane + 0.25 * after)
        plane = np.stack(pairs, 1).reshape(2 * plane.shape[0], plane.shape[1])
        plane = np.moveaxis(plane, 0, axis)
    return plane


def test_band_energies_against_numpy(photo: Photo):
    frame = photo(64, 96, 8)
    expected = []
    for plane in (grey_of(frame), frame[..., 0].astype(float) - frame[..., 2]):
        for _ in range(4):
            half = shrunk(plane)
            expected.append(math.log(np.abs(plane - enlarged(half)).mean() + 0.02))
            plane = half
    measured = bands.band_energies(pixels_of(frame))
    assert measured.shape == (1, bands.BAND_COUNT)
    np.testing.assert_allclose(measured[0, :8].numpy(), expected, atol=1e-4)  # float32
    assert torch.equal(measured[:, 8], bands.log_laplacian_variance(pixels_of(frame)))


def test_each_band_answers_to_its_own_frequency():
    y, x = np.mgrid[:128, :128]
    energies = []
    for period in (2.5, 6.0, 12.0, 24.0):
        wave = 120 + 40 * np.sin(2 * np.pi * (x + 0.3 * y) / period)
        energies.append(bands.band_energies(pixels_of(np.repeat(wave[..., None], 3, 2)))[0, :4])
    assert [int(row.argmax()) for row in energies] == [0, 1, 2, 3]
