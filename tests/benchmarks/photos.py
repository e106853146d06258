"""Makes photos as large as a phone's: mosaics of small pictures with grain, 12 MP, 3-6 MB.

    python -m tests.benchmarks.photos FOLDER [--count N] [--pictures FOLDER]

Plain noise or plain areas would cost a decoder more or less than photos do; a mosaic of real
pictures with a camera's grain costs what a photo costs.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_ALBUM = ROOT / "resources" / "sample_album"
WIDTH, HEIGHT, TILE = 4000, 3000, 250
GRAIN = 2.2
QUALITY = 92
_ENDINGS = {".jpg", ".jpeg", ".png"}


def make_photos(folder: Path, count: int, pictures: Path | None = None) -> list[Path]:
    """Write `count` JPEGs (4000x3000, q92, 4:2:0) to a folder; those already there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"photo-{number:04d}.jpg" for number in range(count)]
    missing = [path for path in paths if not path.exists()]
    if missing:
        tiles = load_tiles(pictures)
        for path in missing:
            mosaic(tiles, seed=paths.index(path)).save(
                path, "JPEG", quality=QUALITY, subsampling=2, exif=_exif()
            )
    return paths


def load_tiles(pictures: Path | None) -> list[NDArray[np.uint8]]:
    """Square tiles (250, 250, 3) of the pictures in a folder, else of the sample album."""
    folder = pictures or SAMPLE_ALBUM
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _ENDINGS)[:400]
    tiles = [tile for file in files for tile in _tiles_of(file)]
    return tiles or [generated_tile(seed) for seed in range(100)]


def mosaic(tiles: Sequence[NDArray[np.uint8]], seed: int) -> Image.Image:
    """A picture of 16 x 12 tiles in random order, with grain."""
    random = np.random.default_rng(seed)
    rows = [
        np.concatenate([tiles[i] for i in random.integers(len(tiles), size=WIDTH // TILE)], axis=1)
        for _ in range(HEIGHT // TILE)
    ]
    whole = np.concatenate(rows, axis=0).astype(np.float32)
    # Grain of grey, as a sensor's is after its colours were filtered.
    whole += random.normal(0.0, GRAIN, (HEIGHT, WIDTH, 1)).astype(np.float32)
    return Image.fromarray(whole.clip(0, 255).astype(np.uint8))


def generated_tile(seed: int) -> NDArray[np.uint8]:
    """A texture whose spectrum falls as that of photos does."""
    random = np.random.default_rng(seed)
    frequency = np.hypot(np.fft.fftfreq(TILE)[:, None], np.fft.fftfreq(TILE)[None])
    spectrum = np.fft.fft2(random.normal(size=(TILE, TILE))) / (frequency + 2 / TILE)
    grey = np.real(np.fft.ifft2(spectrum))
    grey = 128 + 55 * grey / grey.std()
    tint = random.uniform(0.7, 1.0, 3)
    return (grey[..., None] * tint).clip(0, 255).astype(np.uint8)


def _tiles_of(file: Path) -> list[NDArray[np.uint8]]:
    with Image.open(file) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    height, width = pixels.shape[:2]
    return [
        pixels[top : top + TILE, left : left + TILE]
        for top in range(0, height - TILE + 1, TILE)
        for left in range(0, width - TILE + 1, TILE)
    ]


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "LQ Album", "Benchmark"
    exif.get_ifd(0x8769)[0x9003] = "2026:05:04 12:00:00"
    return exif


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    paths = make_photos(options.folder, options.count, options.pictures)
    sizes = [path.stat().st_size / 1e6 for path in paths]
    print(f"{len(paths)} photos of {min(sizes):.1f} to {max(sizes):.1f} MB in {options.folder}")


if __name__ == "__main__":
    main()
