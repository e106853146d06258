"""Disordered lines and visible pixel grids, on pictures made to have them or not."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from lqalbum.detect import geometry
from lqalbum.evaluate.corruptions import corrupt
from tests.detect.pixels import pixels_of

Frame = NDArray[np.uint8]
Photo = Callable[[int, int, int], Frame]


def stripes(angle: float, side: int = 96) -> Frame:
    """Smooth stripes in one direction, a picture of nothing but straight lines."""
    down, across = np.mgrid[:side, :side]
    wave = np.sin((across * np.cos(angle) + down * np.sin(angle)) / 3)
    return (128 + 100 * wave)[..., None].repeat(3, 2).round().astype(np.uint8)


@pytest.mark.parametrize("angle", [0.0, 0.4, 1.0, np.pi / 2])
def test_straight_lines_are_coherent_in_every_direction(angle: float):
    # One direction everywhere: a coherence of 1 but for the rounding to grey levels.
    assert geometry.disorder(pixels_of(stripes(angle))).item() < np.log(0.02)


def test_noise_has_no_direction():
    noise = np.random.default_rng(0).integers(0, 256, (96, 96, 3), dtype=np.uint8)
    assert geometry.disorder(pixels_of(noise)).item() > np.log(0.5)


def test_a_flat_picture_has_no_lines():
    assert geometry.disorder(pixels_of(np.full((64, 64, 3), 90, np.uint8))).item() == pytest.approx(
        np.log(1.001), rel=1e-3
    )


def test_a_warp_breaks_lines_and_a_shift_does_not():
    straight = stripes(0.4)
    warped = corrupt(straight, "elastic_transform", 3, 0)
    before, after, shifted = geometry.disorder(
        pixels_of(straight, warped, np.roll(straight, 5, axis=1))
    ).tolist()
    assert after > before + 1
    assert shifted == pytest.approx(before, abs=0.2)


def test_disorder_against_numpy():
    frame = np.random.default_rng(3).normal(128, 30, (40, 48, 3)).clip(0, 255).astype(np.uint8)
    luma = frame.astype(float) @ (0.299, 0.587, 0.114)
    across, down = (luma[1:-1, 2:] - luma[1:-1, :-2]) / 2, (luma[2:, 1:-1] - luma[:-2, 1:-1]) / 2
    offsets = np.arange(-8, 9)
    kernel = np.exp(-(offsets**2) / (2 * 2.5**2))
    kernel /= kernel.sum()

    def smooth(plane: NDArray[np.float64]) -> NDArray[np.float64]:
        halved = (plane[::2, ::2] + plane[1::2, ::2] + plane[::2, 1::2] + plane[1::2, 1::2]) / 4
        padded = np.pad(halved, 8, mode="reflect")
        rows = np.apply_along_axis(np.convolve, 0, padded, kernel, "valid")
        return np.apply_along_axis(np.convolve, 1, rows, kernel, "valid")

    xx, yy, xy = smooth(across**2), smooth(down**2), smooth(across * down)
    coherence = np.hypot(xx - yy, 2 * xy) / (xx + yy + 1)
    expected = np.log(1.001 - np.quantile(coherence, 0.95))
    assert geometry.disorder(pixels_of(frame)).item() == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("scale", [0.6, 0.5, 0.25])
def test_enlarged_pixels_show(photo: Photo, scale: float):
    frame = photo(96, 96, 1)
    small = Image.fromarray(frame).resize((round(96 * scale),) * 2, Image.Resampling.BOX)
    large = np.asarray(small.resize((96, 96), Image.Resampling.NEAREST))
    clean, enlarged = geometry.pixel_grid(pixels_of(frame, large)).tolist()
    assert enlarged > clean + 1


def test_a_fence_is_no_grid(photo: Photo):
    """Uneven columns alone are content; uneven rows and columns are pixels."""
    frame = photo(96, 96, 2).astype(float)
    fence = frame.copy()
    fence[:, ::5] = 20
    grid = fence.copy()
    grid[::5] = 20
    clean, one_way, both = geometry.pixel_grid(pixels_of(frame, fence, grid)).tolist()
    assert abs(one_way - clean) < 0.5
    assert both > clean + 1
