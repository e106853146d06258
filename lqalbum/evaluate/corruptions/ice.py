"""Frost: a picture of ice laid over the photo.

The published law blends photographs that exist only inside the ``imagecorruptions`` package. They
are read from there when it is installed (the package itself is not imported: it does not run on
current numpy); else a texture of about the same brightness, contrast and fineness is generated.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from lqalbum.evaluate.corruptions.filters import Picture, Pixels, Plane, motion
from lqalbum.evaluate.corruptions.weather import cloud_field

FROST = ((1.0, 0.4), (0.8, 0.6), (0.7, 0.7), (0.65, 0.7), (0.6, 0.75))  # weight of photo, of ice
# The package holds a sixth picture that its draw never reaches; so the published law has five.
ICE_FILES = ("frost1.png", "frost2.png", "frost3.png", "frost4.jpg", "frost5.jpg")
# Mean and contrast of red, green and blue of those five, in grey levels; two are the same picture.
ICE_TINTS = (
    ((78.0, 149.0, 166.0), (27.0, 16.0, 15.0)),
    ((201.0, 205.0, 214.0), (21.0, 22.0, 23.0)),
    ((201.0, 205.0, 214.0), (21.0, 22.0, 23.0)),
    ((138.0, 153.0, 165.0), (28.0, 28.0, 30.0)),
    ((112.0, 123.0, 135.0), (44.0, 43.0, 42.0)),
)
ENLARGEMENT = 1.1
CUBIC_SHARPNESS = -0.75  # OpenCV's; Pillow's bicubic has -0.5
NEEDLE_DIRECTIONS = 6
NEEDLE_RADIUS_PX = 12
NEEDLE_SHARE = 0.01  # of the pixels start a needle in one direction


def frost(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Lays a random cut of a picture of ice over the photo."""
    photo_weight, ice_weight = FROST[severity - 1]
    kind = int(random.integers(len(ICE_FILES)))
    folder = _ice_folder()
    height, width = picture.shape[:2]
    if folder is None:
        ice = generated_ice(height, width, kind, random)
    else:
        ice = _cut_ice(_read_ice(folder / ICE_FILES[kind]), height, width, random)
    return photo_weight * picture + ice_weight * ice


def frost_source() -> str:
    """Returns what frost blends: 'imagecorruptions' (its photographs) or 'generated'."""
    return "generated" if _ice_folder() is None else "imagecorruptions"


def _ice_folder() -> Path | None:
    """Returns the installed package's folder of ice pictures, if it holds all of them."""
    package = find_spec("imagecorruptions")
    for place in (package.submodule_search_locations or []) if package else []:
        folder = Path(place) / "frost"
        if all((folder / name).is_file() for name in ICE_FILES):
            return folder
    return None


@cache
def _read_ice(file: Path) -> Picture:
    with Image.open(file) as picture:
        return np.asarray(picture.convert("RGB"))


def _cut_ice(ice: Picture, height: int, width: int, random: np.random.Generator) -> Pixels:
    """Returns a random (height, width, 3) cut of the ice.

    The ice is enlarged to 1.1 times what covers the photo; only the cut is resampled.
    """
    scale = ENLARGEMENT * max(1.0, height / ice.shape[0], width / ice.shape[1])
    rows, columns = int(np.ceil(ice.shape[0] * scale)), int(np.ceil(ice.shape[1] * scale))
    top = int(random.integers(0, rows - height))
    left = int(random.integers(0, columns - width))
    down = _cubic_weights(ice.shape[0], rows, top, height)
    across = _cubic_weights(ice.shape[1], columns, left, width)
    rows_done: Pixels = np.einsum("hr,rwc->hwc", down, ice.astype(np.float64), optimize=True)
    cut: Pixels = np.einsum("wk,hkc->hwc", across, rows_done, optimize=True)
    return np.clip(np.rint(cut), 0.0, 255.0)


def _cubic_weights(size_before: int, size_after: int, start: int, length: int) -> Plane:
    """Returns (length, size_before) weights of cubic convolution for a stretch of the result.

    Source: R. Keys 1981; pixel centres at half positions, edges repeated.
    """
    places = (np.arange(start, start + length) + 0.5) * size_before / size_after - 0.5
    first = np.floor(places).astype(np.int64) - 1
    weights = np.zeros((length, size_before))
    for tap in range(4):
        share = _cubic(np.abs(places - (first + tap)))
        np.add.at(weights, (np.arange(length), np.clip(first + tap, 0, size_before - 1)), share)
    return weights


def _cubic(distance: Plane) -> Plane:
    """Returns the cubic convolution kernel at distances 0-2."""
    a = CUBIC_SHARPNESS
    near = (a + 2) * distance**3 - (a + 3) * distance**2 + 1
    far = a * (distance**3 - 5 * distance**2 + 8 * distance - 4)
    return np.where(distance <= 1, near, far)


def generated_ice(height: int, width: int, kind: int, random: np.random.Generator) -> Pixels:
    """Returns (height, width, 3) grey levels of needles over a cloudy ground, in one ice's tint."""
    side_px = max(height, width)
    ground = cloud_field(side_px, 2.0, random)[:height, :width]
    relief = _standardised(ground) + 1.2 * _standardised(_needles(height, width, random))
    relief = np.clip(_standardised(relief), -2.5, 2.5)[..., None]
    means, contrasts = ICE_TINTS[kind]
    ice: Pixels = np.array(means) + relief * np.array(contrasts)
    return np.clip(ice, 0.0, 255.0)


def _needles(height: int, width: int, random: np.random.Generator) -> Plane:
    """Returns (height, width) crystals: short trails of sparse seeds in a few directions.

    Made with a margin that is cut off: trails repeat at the edges what lies there.
    """
    margin = 2 * NEEDLE_RADIUS_PX
    size = (height + 2 * margin, width + 2 * margin)
    layers = []
    for angle in random.uniform(-180.0, 180.0, NEEDLE_DIRECTIONS):
        seeds = (random.random(size) < NEEDLE_SHARE) * random.random(size)
        layers.append(motion(seeds, NEEDLE_RADIUS_PX, 10.0, float(angle)))
    crystals: Plane = ndimage.gaussian_filter(np.max(layers, axis=0), 0.6, mode="nearest")
    return crystals[margin:-margin, margin:-margin]


def _standardised(plane: Plane) -> Plane:
    """Returns the plane with mean 0 and standard deviation 1."""
    return (plane - float(plane.mean())) / float(plane.std())
