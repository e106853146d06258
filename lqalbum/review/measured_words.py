"""What is said of measurements on one's own album: corruptions by name, figures, how long to go."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

from lqalbum.review.language import mark, number, plural, tr

_CORRUPTIONS: Final[Mapping[str, str]] = {
    "gaussian_noise": mark("Gaussian noise"),
    "shot_noise": mark("Shot noise"),
    "impulse_noise": mark("Impulse noise"),
    "defocus_blur": mark("Defocus blur"),
    "glass_blur": mark("Glass blur"),
    "motion_blur": mark("Motion blur"),
    "zoom_blur": mark("Zoom blur"),
    "snow": mark("Snow"),
    "frost": mark("Frost"),
    "fog": mark("Fog"),
    "brightness": mark("Brightness"),
    "contrast": mark("Contrast"),
    "elastic_transform": mark("Elastic transform"),
    "pixelate": mark("Pixelation"),
    "jpeg_compression": mark("JPEG compression"),
    "speckle_noise": mark("Speckle noise"),
    "gaussian_blur": mark("Gaussian blur"),
    "spatter": mark("Spatter"),
    "saturate": mark("Saturation"),
}


def corruption_words(name: str) -> str:
    """Return what a corruption is called."""
    return tr(_CORRUPTIONS[name]) if name in _CORRUPTIONS else name


def area(value: float) -> str:
    """Return an area or rate between 0 and 1 as it is shown."""
    return number(value, 3)


def flagged_share(flagged: int, total: int) -> str:
    """Return how many of some photos are flagged."""
    if not total:
        return "–"
    return tr("{flagged} of {total}", flagged=number(flagged), total=number(total))


class TimeLeft:
    """Tells how long something will take, from how far it has come."""

    def __init__(self) -> None:
        """Start the clock."""
        self._began_s = time.monotonic()

    def words(self, done: float, total: float) -> str:
        """Return how long it will still take, empty as long as that cannot be told."""
        passed_s = time.monotonic() - self._began_s
        if done <= 0 or passed_s < 2:
            return ""
        return left_words(passed_s * (total - done) / done)


def left_words(seconds: float) -> str:
    """Return a time that is left in words."""
    if seconds < 90:
        count = max(1, round(seconds))
        return plural("about 1 second left", "about {count} seconds left", count)
    return plural("about 1 minute left", "about {count} minutes left", round(seconds / 60))
