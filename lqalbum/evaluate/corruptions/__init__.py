"""The 19 common corruptions at severities 1-5, for measuring the detector.

Source: D. Hendrycks, T. Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions
and Perturbations", ICLR 2019, with the parameters of the ``imagecorruptions`` package 1.1.2
(Apache-2.0), which made the laws independent of the picture's size. Own implementation; under the
same noise it gives the package's pictures to within one grey level (spatter: a few pixels more). It
differs in two places: glass blur really swaps pixels (there, aliased views copy one over the
other), and frost falls back to a generated texture where the package's photographs are not
installed (``frost_source`` says which).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from lqalbum.errors import UsageError
from lqalbum.evaluate.corruptions import blur, digital, noise, weather
from lqalbum.evaluate.corruptions.drops import spatter
from lqalbum.evaluate.corruptions.filters import Picture, Pixels
from lqalbum.evaluate.corruptions.ice import frost, frost_source

__all__ = ["CORRUPTIONS", "LAWS", "SEVERITIES", "Picture", "corrupt", "frost_source"]

Law = Callable[[Picture, int, np.random.Generator], Picture | Pixels]

# In the order of the published benchmark; the seed of a corruption hangs on its place here.
LAWS: Mapping[str, Law] = MappingProxyType(
    {
        "gaussian_noise": noise.gaussian_noise,
        "shot_noise": noise.shot_noise,
        "impulse_noise": noise.impulse_noise,
        "defocus_blur": blur.defocus_blur,
        "glass_blur": blur.glass_blur,
        "motion_blur": blur.motion_blur,
        "zoom_blur": blur.zoom_blur,
        "snow": weather.snow,
        "frost": frost,
        "fog": weather.fog,
        "brightness": digital.brightness,
        "contrast": digital.contrast,
        "elastic_transform": digital.elastic_transform,
        "pixelate": digital.pixelate,
        "jpeg_compression": digital.jpeg_compression,
        "speckle_noise": noise.speckle_noise,
        "gaussian_blur": blur.gaussian_blur,
        "spatter": spatter,
        "saturate": digital.saturate,
    }
)
CORRUPTIONS = tuple(LAWS)
SEVERITIES = (1, 2, 3, 4, 5)
SMALLEST_SIDE_PX = 64


def corrupt(picture: Picture, name: str, severity: int, seed: int) -> Picture:
    """Returns a corrupted copy of a picture.

    Args:
        picture: (H, W, 3) uint8 sRGB, both sides at least 64 px. Left untouched.
        name: one of ``CORRUPTIONS``.
        severity: 1 (mild) to 5.
        seed: not negative. The same seed gives the same bytes; different corruptions and severities
            under one seed draw different noise.

    Returns:
        (H, W, 3) uint8.

    Raises:
        UsageError: for an unknown name or severity, or a picture of another shape or type.
    """
    if name not in LAWS:
        raise UsageError(f"No corruption is called '{name}'; choose from {', '.join(CORRUPTIONS)}.")
    if severity not in SEVERITIES:
        raise UsageError(f"Severity {severity} does not exist; choose 1 to 5.")
    _check_picture(picture)
    random = np.random.default_rng((seed, CORRUPTIONS.index(name), severity))
    return finish(LAWS[name](picture, severity, random))


def finish(values: Picture | Pixels) -> Picture:
    """Returns grey levels clipped to 0-255 and cut (not rounded, as published) to uint8."""
    if values.dtype == np.uint8:
        return values.astype(np.uint8)
    return np.clip(values, 0.0, 255.0).astype(np.uint8)


def _check_picture(picture: Picture) -> None:
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3:
        raise UsageError("A picture to corrupt must be (height, width, 3) of 8-bit values.")
    if min(picture.shape[:2]) < SMALLEST_SIDE_PX:
        raise UsageError(f"A picture to corrupt needs at least {SMALLEST_SIDE_PX} px on each side.")
