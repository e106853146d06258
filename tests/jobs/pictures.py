"""Photos for the tests of scans: sharp ones the stand-in finds good, soft ones it flags."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def photo(path: Path, *, seed: int = 0, detail: float = 30.0, size: tuple[int, int] = (320, 256)):
    """Write a JPEG whose neighbouring pixels differ by about `detail`; return its path as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width, height = size
    random = np.random.default_rng(seed)
    pixels = np.full((height, width, 3), 128.0)
    # Stripes of one pixel, so that neighbours differ by what was asked for; the rest is one tint.
    pixels[:, ::2] += detail / 2
    pixels[:, 1::2] -= detail / 2
    pixels += random.uniform(-20, 20, 3)
    picture = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    picture.save(path, "JPEG", quality=95, subsampling=0)
    return str(path)


def album(folder: Path, good: int = 3, flagged: int = 1, unsure: int = 0) -> Path:
    """Write an album: so many sharp photos, soft ones, and some in between."""
    for number in range(good):
        photo(folder / f"good-{number}.jpg", seed=number)
    for number in range(flagged):
        photo(folder / f"soft-{number}.jpg", seed=100 + number, detail=0.0)
    for number in range(unsure):
        photo(folder / f"edge-{number}.jpg", seed=200 + number, detail=3.0)
    return folder
