"""Draws the sheet of reconstructions for the documentation: good photos, then degraded ones.

``.venv/bin/python packaging/reconstructions.py [OUT.jpg]``. Every picture of the sample album
stands above the partial reconstruction that the grid would show beside it.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from lqalbum.detect import Detector
from lqalbum.library.decode import decode

ROOT = Path(__file__).resolve().parents[1]
ALBUM = ROOT / "resources" / "sample_album"
TILE_PX, GAP_PX, LABEL_PX, COLUMNS = 128, 6, 14, 9
BACKGROUND, WORDS = (24, 24, 27), (230, 230, 230)


def tile(picture: Image.Image) -> Image.Image:
    """A picture as the grid shows it: 128 px on its long side, centred."""
    small = picture.copy()
    small.thumbnail((TILE_PX, TILE_PX), Image.Resampling.LANCZOS)
    square = Image.new("RGB", (TILE_PX, TILE_PX), BACKGROUND)
    square.paste(small, ((TILE_PX - small.width) // 2, (TILE_PX - small.height) // 2))
    return square


def pair(detector: Detector, path: Path, label: str) -> Image.Image:
    """Photo above reconstruction above its label."""
    photo = decode(str(path))
    found = detector.reconstruct(photo.frame, photo.sha256, detector.display_split_level)
    drawn = Image.new("RGB", (TILE_PX, 2 * TILE_PX + LABEL_PX), BACKGROUND)
    for row, pixels in enumerate((np.asarray(photo.frame), found)):
        drawn.paste(tile(Image.fromarray(pixels)), (0, row * TILE_PX))
    ImageDraw.Draw(drawn).text((2, 2 * TILE_PX + 1), label, fill=WORDS)
    return drawn


def main() -> None:
    """Draw the sheet."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "reconstructions.jpg"
    detector = Detector.load(ROOT / "resources" / "models" / "photo.safetensors", device="cpu")
    with (ALBUM / "MANIFEST.csv").open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (row["degraded"], row["kind"]))
    labels = [f"{row['kind']} {row['severity']}" if row["kind"] else "good" for row in rows]
    pairs = [
        pair(detector, ALBUM / row["file"], label) for row, label in zip(rows, labels, strict=True)
    ]
    width, height = (pairs[0].width + GAP_PX), (pairs[0].height + GAP_PX)
    lines = -(-len(pairs) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * width + GAP_PX, lines * height + GAP_PX), BACKGROUND)
    for number, drawn in enumerate(pairs):
        line, column = divmod(number, COLUMNS)
        sheet.paste(drawn, (GAP_PX + column * width, GAP_PX + line * height))
    sheet.save(out, quality=85)


if __name__ == "__main__":
    main()
