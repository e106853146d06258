"""Weather corruptions made from noise: snow and fog."""

from dataclasses import dataclass

import numpy as np

from lqalbum.evaluate.corruptions.filters import (
    Picture,
    Pixels,
    Plane,
    centre_zoom,
    luma,
    motion,
)

FOG = ((1.5, 2.0), (2.0, 2.0), (2.5, 1.7), (2.5, 1.5), (3.0, 1.4))  # thickness, decay of roughness


@dataclass(frozen=True)
class SnowLaw:
    """Parameters of snow at one severity.

    Attributes:
        mean, sigma: of the Gaussian field from which flakes are cut, full scale 1.
        zoom: enlargement of that field, hence of the flakes.
        threshold: values below it are no flake.
        radius_px, sigma_px: of the flakes' trails.
        kept: share of the picture that stays as it is; the rest is whitened.
    """

    mean: float
    sigma: float
    zoom: float
    threshold: float
    radius_px: int
    sigma_px: float
    kept: float


SNOW = (
    SnowLaw(0.1, 0.3, 3.0, 0.5, 10, 4.0, 0.8),
    SnowLaw(0.2, 0.3, 2.0, 0.5, 12, 4.0, 0.7),
    SnowLaw(0.55, 0.3, 4.0, 0.9, 12, 8.0, 0.7),
    SnowLaw(0.55, 0.3, 4.5, 0.85, 12, 8.0, 0.65),
    SnowLaw(0.55, 0.3, 2.5, 0.85, 12, 12.0, 0.55),
)


def snow(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Whitens the picture and lets flakes fall, once as drawn and once turned by half a turn."""
    law = SNOW[severity - 1]
    values = picture / 255.0
    flakes = _flakes(values.shape[0], values.shape[1], law, random)
    white = luma(values)[..., None] * 1.5 + 0.5
    values = law.kept * values + (1.0 - law.kept) * np.maximum(values, white)
    return np.clip(values + (flakes + np.rot90(flakes, k=2))[..., None], 0.0, 1.0) * 255.0


def _flakes(height: int, width: int, law: SnowLaw, random: np.random.Generator) -> Plane:
    """Returns an (H, W) layer of falling flakes in 256 steps of 0-1."""
    noise = random.normal(size=(height, width), loc=law.mean, scale=law.sigma)
    field = centre_zoom(noise, law.zoom)
    field = np.clip(np.where(field < law.threshold, 0.0, field), 0.0, 1.0)
    field = motion(field, law.radius_px, law.sigma_px, random.uniform(-135.0, -45.0))
    return np.round(field * 255.0) / 255.0


def fog(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Adds a cloudy field and scales back to the picture's own maximum."""
    thickness, decay = FOG[severity - 1]
    height, width = picture.shape[:2]
    values = picture / 255.0
    brightest = float(values.max())
    clouds = cloud_field(max(height, width), decay, random)[:height, :width]
    return (values + thickness * clouds[..., None]) * brightest / (brightest + thickness) * 255.0


def cloud_field(side_px: int, decay: float, random: np.random.Generator) -> Plane:
    """Returns a periodic fractal height map in 0-1 by the diamond-square rule.

    Args:
        side_px: smallest side wanted.
        decay: how much the roughness shrinks from one scale to the next finer one.
        random: drawn from in the published order, coarse to fine, centres before edges.

    Returns:
        (N, N), N the power of two not below ``side_px``.
    """
    size = 1 << (side_px - 1).bit_length()
    field = np.zeros((size, size))
    roughness, step = 100.0, size
    while step > 1:
        half = step // 2
        corners = field[::step, ::step]
        pairs = corners + np.roll(corners, -1, axis=0)
        centres = _rough_mean(pairs + np.roll(pairs, -1, axis=1), roughness, random)
        field[half::step, half::step] = centres
        field[::step, half::step] = _rough_mean(
            centres + np.roll(centres, 1, axis=0) + corners + np.roll(corners, -1, axis=1),
            roughness,
            random,
        )
        field[half::step, ::step] = _rough_mean(
            centres + np.roll(centres, 1, axis=1) + corners + np.roll(corners, -1, axis=0),
            roughness,
            random,
        )
        roughness, step = roughness / decay, half
    field -= field.min()
    return field / float(field.max())


def _rough_mean(sums_of_four: Plane, roughness: float, random: np.random.Generator) -> Plane:
    """Returns means plus noise; the amplitude is the roughness squared, as published."""
    noise = random.uniform(-roughness, roughness, sums_of_four.shape)
    return sums_of_four / 4.0 + roughness * noise
