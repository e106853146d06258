"""Six kinds of synthetic damage for the sample album, at severities 1-3.

Simple models of what happens in a camera: light is added up in linear units, blur widths are shares
of the picture's short side, so that a thumbnail of any picture is damaged alike.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Picture = NDArray[np.uint8]  # (H, W, 3) sRGB
Light = NDArray[np.float64]  # (H, W, 3) linear, 1 is white

DEFOCUS_RADIUS_SHARES = (0.010, 0.016, 0.024)
MOTION_LENGTH_SHARES = (0.030, 0.055, 0.085)
NOISE_SIGMAS = (0.07, 0.12, 0.18)  # of full scale after development, in mid grey
DARK_STOPS = (2.2, 3.2, 4.2)
OVEREXPOSED_STOPS = (1.4, 2.1, 2.8)
JPEG_QUALITIES = (15, 9, 5)
MESSENGER_SHORT_SIDE_PX = 320


def defocus(picture: Picture, severity: int, _random: np.random.Generator) -> Picture:
    """Spreads every point of light over a disc."""
    radius = DEFOCUS_RADIUS_SHARES[severity - 1] * min(picture.shape[:2])
    reach = int(np.ceil(radius))
    grid = np.arange(-reach, reach + 1)
    distance = np.hypot(grid[:, None], grid)
    return _blurred(picture, np.clip(radius + 0.5 - distance, 0.0, 1.0))


def motion(picture: Picture, severity: int, random: np.random.Generator) -> Picture:
    """Spreads every point of light along a slightly bent path, as a shaken hand does."""
    length = MOTION_LENGTH_SHARES[severity - 1] * min(picture.shape[:2])
    angle, bend = random.uniform(0.0, np.pi), random.uniform(-0.25, 0.25)
    along = np.linspace(-0.5, 0.5, int(8 * length))
    across = bend * (along**2 - along.mean())
    x = length * (along * np.cos(angle) - across * np.sin(angle))
    y = length * (along * np.sin(angle) + across * np.cos(angle))
    reach = int(np.ceil(length))
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
    np.add.at(kernel, (np.rint(y).astype(int) + reach, np.rint(x).astype(int) + reach), 1.0)
    return _blurred(picture, ndimage.gaussian_filter(kernel, 0.5))


def noise(picture: Picture, severity: int, random: np.random.Generator) -> Picture:
    """Adds the grain of a high sensitivity: coarse, mostly grey, stronger in the shade."""
    sigma = NOISE_SIGMAS[severity - 1]
    grain_px = min(picture.shape[:2]) / 700.0
    shape = picture.shape[:2]
    shared = _grain((*shape, 1), grain_px, random)
    coloured = _grain(picture.shape, 1.5 * grain_px, random)
    values = picture / 255.0
    strength = sigma * (1.25 - 0.5 * values)
    return _to_picture(values + strength * (0.8 * shared + 0.6 * coloured))


def dark(picture: Picture, severity: int, random: np.random.Generator) -> Picture:
    """Takes light away, by several stops, and adds the little noise that then shows."""
    light = _linear(picture) * 2.0 ** -DARK_STOPS[severity - 1]
    noisy = light + random.normal(0.0, 0.0012, light.shape)
    return _to_picture(_developed(noisy))


def overexposed(picture: Picture, severity: int, _random: np.random.Generator) -> Picture:
    """Adds light, by stops, until the brighter half is white."""
    return _to_picture(_developed(_linear(picture) * 2.0 ** OVEREXPOSED_STOPS[severity - 1]))


def small_copy(picture: Picture, _severity: int, _random: np.random.Generator) -> Picture:
    """Shrinks as messengers do; the JPEG damage itself is done when the file is written."""
    scale = MESSENGER_SHORT_SIDE_PX / min(picture.shape[:2])
    height, width = (round(side * scale) for side in picture.shape[:2])
    return np.asarray(Image.fromarray(picture).resize((width, height), Image.Resampling.LANCZOS))


def untouched(picture: Picture, _severity: int, _random: np.random.Generator) -> Picture:
    """Returns the picture as it is."""
    return picture


KINDS: dict[str, Callable[[Picture, int, np.random.Generator], Picture]] = {
    "": untouched,
    "jpeg": small_copy,
    "noise": noise,
    "defocus": defocus,
    "motion": motion,
    "dark": dark,
    "overexposed": overexposed,
}


def _blurred(picture: Picture, kernel: NDArray[np.float64]) -> Picture:
    light, weights = _linear(picture), kernel / kernel.sum()
    planes = [ndimage.convolve(light[:, :, band], weights, mode="nearest") for band in range(3)]
    return _to_picture(_developed(np.stack(planes, axis=2)))


def _grain(shape: tuple[int, ...], sigma_px: float, random: np.random.Generator) -> Light:
    """Returns noise of standard deviation 1, smoothed over H and W."""
    field = ndimage.gaussian_filter(random.normal(size=shape), (sigma_px, sigma_px, 0.0))
    grain: Light = field / field.std()
    return grain


def _linear(picture: Picture) -> Light:
    """Undoes the sRGB curve."""
    values = picture / 255.0
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def _developed(light: Light) -> Light:
    """Applies the sRGB curve to light, clipped to 0-1."""
    light = np.clip(light, 0.0, 1.0)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def _to_picture(values: Light) -> Picture:
    return np.rint(np.clip(values, 0.0, 1.0) * 255.0).astype(np.uint8)
