"""Light and colour against numpy and pictures made for the purpose."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from lqalbum.detect import tone
from tests.detect.pixels import pixels_of

Frame = NDArray[np.uint8]
Photo = Callable[[int, int, int], Frame]


def grey_of(frame: NDArray[np.generic]) -> NDArray[np.float64]:
    return frame.astype(np.float64) @ np.array([0.299, 0.587, 0.114])


def test_light_and_contrast(photo: Photo):
    frame = photo(64, 96, 9)
    grey = grey_of(frame)
    pixels = pixels_of(frame)
    assert tone.brightness(pixels).item() == pytest.approx(grey.mean(), rel=1e-5)
    assert tone.contrast(pixels).item() == pytest.approx(grey.std(ddof=1), rel=1e-5)


def test_clipped_white_counts_pixels_white_in_every_channel():
    frame = np.full((10, 10, 3), 100, np.uint8)
    frame[:3] = 250
    frame[3:5] = (255, 255, 249)  # yellow, not white
    assert tone.clipped_white(pixels_of(frame)).item() == pytest.approx(0.3)


def test_haze_is_the_darkest_level_that_counts(photo: Photo):
    frame = photo(64, 96, 3)
    expected = np.quantile(frame.max(2), 0.005)
    assert tone.haze(pixels_of(frame)).item() == pytest.approx(expected, abs=1e-3)
    frame = np.full((100, 100, 3), (90, 40, 20), np.uint8)
    frame[0, :10] = 0  # a tenth of a percent: dead pixels, not shadow
    assert tone.haze(pixels_of(frame)).item() == pytest.approx(90)
    frame[:2] = 0
    assert tone.haze(pixels_of(frame)).item() == pytest.approx(0)


def test_vividness_of_grey_and_of_pure_colour(photo: Photo):
    grey = np.repeat(photo(64, 64, 3)[..., :1], 3, axis=2)
    red = np.full((64, 64, 3), (255, 0, 0), np.uint8)
    assert tone.vividness(pixels_of(grey, red)).tolist() == pytest.approx([0, 255 / 256])
    frame = photo(64, 64, 3).astype(float)
    high, low = frame.max(2), frame.min(2)
    expected = np.quantile((high - low) / (high + 1), 0.95)
    assert tone.vividness(pixels_of(frame)).item() == pytest.approx(expected, abs=1e-5)


def test_tonal_range_against_numpy(photo: Photo):
    frame = photo(64, 96, 9)
    expected = np.quantile(grey_of(frame), (0.005, 0.995))
    np.testing.assert_allclose(tone.tonal_range(pixels_of(frame))[0].numpy(), expected, atol=1e-2)
