"""Spatter: drops of water (severities 1-3) or mud (4-5) on the lens.

The published law is written in OpenCV calls; this file restates those it needs: Canny edges, a
chamfer distance, histogram equalisation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from lqalbum.evaluate.corruptions.filters import Picture, Pixels, Plane, gaussian


@dataclass(frozen=True)
class SpatterLaw:
    """Parameters of spatter at one severity.

    Attributes:
        mean, sigma: of the Gaussian field from which drops are cut, full scale 1.
        smoothing_px: sigma that smooths the field, hence the size of the drops.
        threshold: values below it are dry.
        strength: of water, or sigma in px that softens the rim of mud.
        mud: mud instead of water.
    """

    mean: float
    sigma: float
    smoothing_px: float
    threshold: float
    strength: float
    mud: bool


SPATTER = (
    SpatterLaw(0.65, 0.3, 4.0, 0.69, 0.6, mud=False),
    SpatterLaw(0.65, 0.3, 3.0, 0.68, 0.6, mud=False),
    SpatterLaw(0.65, 0.3, 2.0, 0.68, 0.5, mud=False),
    SpatterLaw(0.65, 0.3, 1.0, 0.65, 1.5, mud=True),
    SpatterLaw(0.67, 0.4, 1.0, 0.65, 1.5, mud=True),
)
WATER = np.array([175.0, 238.0, 238.0]) / 255.0  # pale turquoise
MUD = np.array([63.0, 42.0, 20.0]) / 255.0  # brown
MUD_RIM = 0.8  # softened mud below this is dry
CANNY_LOW, CANNY_HIGH = 50.0, 150.0
LONGEST_DISTANCE_PX = 20.0
RELIEF = np.array([[-2.0, -1.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 2.0]])  # light from one corner


def spatter(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Adds water drops or covers with mud."""
    law = SPATTER[severity - 1]
    values = picture / 255.0
    field = random.normal(size=picture.shape[:2], loc=law.mean, scale=law.sigma)
    liquid = gaussian(field, law.smoothing_px)
    liquid = np.where(liquid < law.threshold, 0.0, liquid)
    if law.mud:
        cover = gaussian((liquid > law.threshold).astype(np.float64), law.strength)
        cover = np.where(cover < MUD_RIM, 0.0, cover)[..., None]
        return (values * (1.0 - cover) + MUD * cover) * 255.0
    light = _drop_light((np.clip(liquid, 0.0, 1.0) * 255.0).astype(np.uint8))[..., None]
    return np.clip(values + law.strength * light * WATER, 0.0, 1.0) * 255.0


def _drop_light(liquid: NDArray[np.uint8]) -> Plane:
    """Returns the (H, W) light that drops throw, 0-1: a relief of the distance to their rims."""
    edges = canny_edges(liquid.astype(np.float64))
    distance = np.minimum(chamfer_distance(edges), LONGEST_DISTANCE_PX)
    smooth = _mean_of_nine(distance).astype(np.uint8)
    relief = ndimage.correlate(equalise(smooth).astype(np.float64), RELIEF, mode="mirror")
    relief = np.clip(relief, 0.0, 255.0)
    light = liquid.astype(np.float64) * np.rint(_mean_of_nine(relief))
    brightest = float(light.max())
    # A small picture may have stayed dry.
    return light / brightest if brightest > 0.0 else light


def _mean_of_nine(plane: Plane) -> Plane:
    """Returns 3x3 means, exact where the plane is flat.

    A running mean (scipy's uniform_filter) leaves 19.99... there, and the cut to integers follows.
    """
    mean: Plane = ndimage.correlate(plane, np.ones((3, 3)), mode="mirror") / 9.0
    return mean


def canny_edges(plane: Plane) -> NDArray[np.bool_]:
    """Returns the edge pixels of an (H, W) plane of grey levels 0-255.

    Source: J. Canny 1986, with OpenCV's choices: 3x3 Sobel, |dx| + |dy|, four directions.
    """
    right = ndimage.sobel(plane, axis=1, mode="nearest")
    down = ndimage.sobel(plane, axis=0, mode="nearest")
    slope = np.abs(right) + np.abs(down)
    candidates = _crests(slope, right, down) & (slope > CANNY_LOW)
    groups, count = ndimage.label(candidates, structure=np.ones((3, 3)))
    strong = np.zeros(count + 1, dtype=np.bool_)
    strong[groups[candidates & (slope > CANNY_HIGH)]] = True
    strong[0] = False
    edges: NDArray[np.bool_] = strong[groups]
    return edges


def _crests(slope: Plane, right: Plane, down: Plane) -> NDArray[np.bool_]:
    """Returns where the slope is largest along its own direction; ties go to the later pixel."""
    height, width = slope.shape
    padded = np.pad(slope, 1)

    def neighbour(dy: int, dx: int) -> Plane:
        return padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]

    steepness, flatness = np.abs(down), np.abs(right)
    level = steepness < np.tan(np.pi / 8) * flatness
    upright = steepness > np.tan(3 * np.pi / 8) * flatness
    rising = (right < 0) ^ (down < 0)
    across = (slope > neighbour(0, -1)) & (slope >= neighbour(0, 1))
    along = (slope > neighbour(-1, 0)) & (slope >= neighbour(1, 0))
    falling_diagonal = (slope > neighbour(-1, -1)) & (slope > neighbour(1, 1))
    rising_diagonal = (slope > neighbour(-1, 1)) & (slope > neighbour(1, -1))
    diagonal = np.where(rising, rising_diagonal, falling_diagonal)
    return np.where(level, across, np.where(upright, along, diagonal))


def chamfer_distance(marks: NDArray[np.bool_]) -> Plane:
    """Returns the distance in px from each pixel to the nearest mark, infinite without any.

    Steps cost 1 (straight), 1.4 (diagonal) and 2.1969 (knight's move), as in G. Borgefors 1986; the
    nearest mark itself is the Euclidean one.
    """
    if not marks.any():
        return np.full(marks.shape, np.inf)
    nearest = ndimage.distance_transform_edt(~marks, return_distances=False, return_indices=True)
    offsets = np.abs(nearest - np.indices(marks.shape))
    longer, shorter = offsets.max(axis=0), offsets.min(axis=0)
    knights = np.minimum(shorter, longer - shorter)
    diagonals = shorter - knights
    straights = longer - diagonals - 2 * knights
    distance: Plane = straights + 1.4 * diagonals + 2.1969 * knights
    return distance


def equalise(plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Returns (H, W) grey levels spread so that their cumulative histogram is straight."""
    counts = np.bincount(plane.ravel(), minlength=256)
    lowest = int(np.flatnonzero(counts)[0])
    others = plane.size - int(counts[lowest])
    if others == 0:
        return plane
    table = np.cumsum(counts) - counts[: lowest + 1].sum()
    levels = np.clip(np.rint(table * (255.0 / others)), 0, 255).astype(np.uint8)
    equalised: NDArray[np.uint8] = levels[plane]
    return equalised
