"""Blur corruptions: Gaussian, defocus, glass, motion and zoom."""

import numpy as np

from lqalbum.evaluate.corruptions.filters import (
    Picture,
    Pixels,
    Plane,
    centre_zoom,
    correlate_mirrored,
    gaussian,
    motion,
)

GAUSSIAN_SIGMAS_PX = (1, 2, 3, 4, 6)
DEFOCUS = ((3, 0.1), (4, 0.5), (6, 0.5), (8, 0.5), (10, 0.5))  # radius px, softening sigma px
# smoothing sigma px, furthest jump px, rounds
GLASS = ((0.7, 1, 2), (0.9, 2, 1), (1.0, 2, 3), (1.1, 3, 2), (1.5, 4, 2))
MOTION = ((10, 3), (15, 5), (15, 8), (15, 12), (20, 15))  # radius px, sigma px
# Number of zoom layers and step between their factors, the first being 1. (The published ranges end
# at 1.11, 1.16, ... exclusive, yet floating point lets 1.11 itself into the first.)
ZOOM = ((12, 0.01), (16, 0.01), (11, 0.02), (13, 0.02), (11, 0.03))


def gaussian_blur(picture: Picture, severity: int, _random: np.random.Generator) -> Pixels:
    """Smooths by a Gaussian."""
    return gaussian(picture / 255.0, GAUSSIAN_SIGMAS_PX[severity - 1]) * 255.0


def defocus_blur(picture: Picture, severity: int, _random: np.random.Generator) -> Pixels:
    """Smears every point into a soft-edged disc."""
    kernel = disc(*DEFOCUS[severity - 1])
    values = picture / 255.0
    planes = [correlate_mirrored(values[:, :, channel], kernel) for channel in range(3)]
    return np.stack(planes, axis=2) * 255.0


def disc(radius_px: int, softening_px: float) -> Plane:
    """Returns a disc of sum 1 on an odd square grid, softened by a Gaussian of 3 or 5 taps."""
    reach, taps = (8, 3) if radius_px <= 8 else (radius_px, 5)
    grid = np.arange(-reach, reach + 1)
    inside = (grid[:, None] ** 2 + grid**2 <= radius_px**2).astype(np.float64)
    offsets = np.arange(taps) - taps // 2
    soft = np.exp(-0.5 * (offsets / softening_px) ** 2)
    soft /= soft.sum()
    return correlate_mirrored(inside / inside.sum(), np.outer(soft, soft))


def glass_blur(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Smooths, swaps each pixel with a near one, some rounds long, and smooths again."""
    sigma_px, jump_px, rounds = GLASS[severity - 1]
    smooth = (gaussian(picture / 255.0, sigma_px) * 255.0).astype(np.uint8)
    height, width = smooth.shape[:2]
    order = list(range(height * width))
    for _ in range(rounds):
        _swap_neighbours(order, height, width, jump_px, random)
    shuffled = smooth.reshape(-1, 3)[order].reshape(smooth.shape)
    return gaussian(shuffled / 255.0, sigma_px) * 255.0


def _swap_neighbours(
    order: list[int], height: int, width: int, jump_px: int, random: np.random.Generator
) -> None:
    """Swaps places in the flat order, from the last pixel to the first, never across the border.

    The swaps build on each other, so they cannot be done all at once; plain integers in a list are
    the fastest way to do them one by one.
    """
    rows = np.arange(height - jump_px, jump_px, -1)
    columns = np.arange(width - jump_px, jump_px, -1)
    jumps = random.integers(-jump_px, jump_px, size=(rows.size * columns.size, 2))
    here = (rows[:, None] * width + columns).ravel()
    there = here + jumps[:, 1] * width + jumps[:, 0]
    for first, second in zip(here.tolist(), there.tolist(), strict=True):
        order[first], order[second] = order[second], order[first]


def motion_blur(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Smears in one random direction within 45 degrees of level."""
    radius_px, sigma_px = MOTION[severity - 1]
    return motion(picture.astype(np.float64), radius_px, sigma_px, random.uniform(-45.0, 45.0))


def zoom_blur(picture: Picture, severity: int, _random: np.random.Generator) -> Pixels:
    """Averages the picture with enlarged copies of itself."""
    layers, step = ZOOM[severity - 1]
    values = picture / 255.0
    total = values.copy()
    for layer in range(layers):
        total += centre_zoom(values, 1.0 + layer * step)
    return total / (layers + 1) * 255.0
