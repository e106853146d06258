"""Noise corruptions: Gaussian, shot, impulse and speckle, each channel on its own."""

import numpy as np

from lqalbum.evaluate.corruptions.filters import Picture, Pixels

GAUSSIAN_SIGMAS = (0.08, 0.12, 0.18, 0.26, 0.38)  # of full scale
SHOT_PHOTONS = (60, 25, 12, 5, 3)  # mean count of a white pixel
IMPULSE_SHARES = (0.03, 0.06, 0.09, 0.17, 0.27)
SPECKLE_SIGMAS = (0.15, 0.2, 0.35, 0.45, 0.6)  # of the pixel's own value


def gaussian_noise(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Adds white Gaussian noise."""
    sigma = GAUSSIAN_SIGMAS[severity - 1]
    return (picture / 255.0 + random.normal(size=picture.shape, scale=sigma)) * 255.0


def shot_noise(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Counts photons: Poisson noise."""
    photons = SHOT_PHOTONS[severity - 1]
    return random.poisson(picture / 255.0 * photons) / float(photons) * 255.0


def impulse_noise(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Replaces a share of the values by black or white, evenly: salt and pepper."""
    hit = random.random(picture.shape) <= IMPULSE_SHARES[severity - 1]
    salt = random.random(picture.shape) <= 0.5
    return np.where(hit, np.where(salt, 255.0, 0.0), picture / 255.0 * 255.0)


def speckle_noise(picture: Picture, severity: int, random: np.random.Generator) -> Pixels:
    """Multiplies every value by 1 + Gaussian noise."""
    values = picture / 255.0
    noise = random.normal(size=picture.shape, scale=SPECKLE_SIGMAS[severity - 1])
    return (values + values * noise) * 255.0
