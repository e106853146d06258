"""Filters that several corruption laws share."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

Picture = NDArray[np.uint8]  # (H, W, 3) sRGB
Pixels = NDArray[np.float64]  # the same grid, grey levels 0-255 unless stated otherwise
Plane = NDArray[np.float64]  # (H, W)


def gaussian(values: Pixels, sigma_px: float) -> Pixels:
    """Returns (H, W) or (H, W, C) values smoothed over H and W, edges repeated, cut at 4 sigma."""
    sigmas = (sigma_px, sigma_px) + (0.0,) * (values.ndim - 2)
    smooth: Pixels = ndimage.gaussian_filter(values, sigmas, mode="nearest", truncate=4.0)
    return smooth


def correlate_mirrored(plane: Plane, kernel: Plane) -> Plane:
    """Returns an (H, W) plane correlated with an odd-sided kernel, mirrored about its edge pixels.

    By FFT: the disc of defocus has up to 441 taps.
    """
    rows, columns = kernel.shape[0] // 2, kernel.shape[1] // 2
    padded = np.pad(plane, ((rows, rows), (columns, columns)), mode="reflect")
    result: Plane = signal.fftconvolve(padded, kernel[::-1, ::-1], mode="valid")
    return result


def motion(values: Pixels, radius_px: int, sigma_px: float, angle_degrees: float) -> Pixels:
    """Returns values smeared along one direction by a one-sided Gaussian, edges repeated.

    Args:
        values: (H, W) or (H, W, C).
        radius_px: the trail is 2 * radius + 1 px long.
        sigma_px: width of the Gaussian that weighs the trail.
        angle_degrees: direction of the trail; 0 smears leftwards, -90 downwards.
    """
    length = 2 * radius_px + 1
    weights = np.exp(-0.5 * (np.arange(length) / sigma_px) ** 2)
    weights /= weights.sum()
    angle = np.deg2rad(angle_degrees)
    height, width = values.shape[:2]
    smeared = np.zeros(values.shape, dtype=np.float64)
    for step, weight in enumerate(weights):
        down = -int(np.ceil(step * np.sin(angle) - 0.5))
        right = -int(np.ceil(step * np.cos(angle) - 0.5))
        if abs(down) >= height or abs(right) >= width:
            break  # the trail has left the picture
        rows = np.clip(np.arange(height) - down, 0, height - 1)
        columns = np.clip(np.arange(width) - right, 0, width - 1)
        smeared += weight * values[rows[:, None], columns]
    return smeared


def centre_zoom(values: Pixels, factor: float) -> Pixels:
    """Returns the centre of an (H, W) or (H, W, C) array enlarged linearly to (H, W).

    The enlarged centre may be a few pixels too large; as published, its top left part is kept.
    """
    height, width = values.shape[:2]
    rows, columns = int(np.ceil(height / factor)), int(np.ceil(width / factor))
    top, left = (height - rows) // 2, (width - columns) // 2
    centre = values[top : top + rows, left : left + columns]
    factors = (factor, factor) + (1.0,) * (values.ndim - 2)
    zoomed: Pixels = ndimage.zoom(centre, factors, order=1)
    return zoomed[:height, :width]


def luma(values: Pixels) -> Plane:
    """Returns the (H, W) ITU-R BT.601 luma of (H, W, 3) values, in their unit."""
    grey: Plane = values @ np.array([0.299, 0.587, 0.114])
    return grey
