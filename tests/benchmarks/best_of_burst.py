"""How often the best of a burst is a clean frame: by the rule of the window, and by the score.

    python -m tests.benchmarks.best_of_burst [--measured FILE.json]

Each undamaged photo of the sample album becomes three clean frames and four strengths each of
noise, defocus, motion, over- and underexposure, and compression, all with the crop, light and
grain of a hand-held shot. Bursts of one or two clean and one to four damaged frames are drawn
from them, 400 a photo. Measuring the frames takes minutes; FILE keeps the measurements for
another run. Prints one JSON object a line.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from lqalbum.detect import Detector
from lqalbum.jobs.models import describe_model
from lqalbum.library.decode import decode
from lqalbum.library.records import Evidence, PhotoRow
from lqalbum.paths import resource
from lqalbum.review.bestframe import burdens
from tests.benchmarks.measurement import Measurement
from tests.review.rows import photo

ALBUM = resource("sample_album")
CAMERA = ("noise", "defocus", "motion", "over", "dark")
STRENGTHS = 4
CLEAN_FRAMES = 3
PER_PHOTO = 400

Pixels = NDArray[np.float64]  # (height, width, 3), sRGB 0-1
Record = dict[str, Any]


def linear(x: Pixels) -> Pixels:
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)


def srgb(x: Pixels) -> Pixels:
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.clip(x, 0, None) ** (1 / 2.4) - 0.055)


def disc(radius_px: float) -> Pixels:
    reach = int(np.ceil(radius_px))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius_px + 0.5 - np.hypot(x, y), 0, 1)
    return kernel / kernel.sum()


def streak(length_px: float, angle: float) -> Pixels:
    reach = int(np.ceil(length_px / 2)) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
    for t in np.linspace(-length_px / 2, length_px / 2, 200):
        x, y = reach + t * np.cos(angle), reach + t * np.sin(angle)
        i, j = int(y), int(x)
        for row, weight_y in ((i, 1 - (y - i)), (i + 1, y - i)):
            for column, weight_x in ((j, 1 - (x - j)), (j + 1, x - j)):
                kernel[row, column] += weight_y * weight_x
    return kernel / kernel.sum()


def blurred(picture: Pixels, kernel: Pixels) -> Pixels:
    light = linear(picture)
    planes = [ndimage.convolve(light[..., c], kernel, mode="reflect") for c in range(3)]
    return srgb(np.stack(planes, -1))


def damaged(picture: Pixels, kind: str, strength: int, random: np.random.Generator) -> Pixels:
    """A picture with one kind of damage, from hardly to see (0) to gross (3)."""
    short_px = min(picture.shape[:2])
    if kind == "noise":
        grain = random.normal(0, (4, 8, 16, 32)[strength] / 255, picture.shape)
        return picture + grain * (0.5 + 0.5 * np.sqrt(np.clip(picture, 0, 1)))
    if kind == "defocus":
        return blurred(picture, disc((0.003, 0.006, 0.01, 0.02)[strength] * short_px))
    if kind == "motion":
        length_px = (0.01, 0.02, 0.04, 0.06)[strength] * short_px
        return blurred(picture, streak(length_px, random.uniform(0, np.pi)))
    if kind == "jpeg":
        stream = io.BytesIO(encoded(levels(picture), (40, 25, 15, 8)[strength], 2))
        return np.asarray(Image.open(stream).convert("RGB"), np.float64) / 255
    if kind == "over":
        return srgb(np.clip(linear(picture) * (1.3, 1.7, 2.3, 3.2)[strength], 0, 1))
    if kind == "dark":
        dim = srgb(linear(picture) * (0.6, 0.4, 0.25, 0.12)[strength])
        return dim + random.normal(0, (1.5, 2, 3, 4)[strength] / 255, picture.shape)
    return picture


def levels(picture: Pixels) -> NDArray[np.uint8]:
    return (np.clip(picture, 0, 1) * 255).round().astype(np.uint8)


def encoded(pixels: NDArray[np.uint8], quality: int, subsampling: int = 0) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=quality, subsampling=subsampling)
    return stream.getvalue()


def shot(
    base: NDArray[np.uint8], kind: str, strength: int, random: np.random.Generator
) -> NDArray[np.uint8]:
    """One frame of a burst: held in the hand, in light that changes a little, with grain."""
    height, width = (int(side * 0.97) for side in base.shape[:2])
    top = random.integers(0, base.shape[0] - height + 1)
    left = random.integers(0, base.shape[1] - width + 1)
    picture = base[top : top + height, left : left + width] / 255
    picture = srgb(np.clip(linear(picture) * random.uniform(0.97, 1.03), 0, 1))
    picture = damaged(picture, kind, strength, random)
    return levels(picture + random.normal(0, 1.0 / 255, picture.shape))


def measured() -> list[Record]:
    """Measure all frames of all photos with the shipped model."""
    with (ALBUM / "MANIFEST.csv").open() as file:
        names = [row["file"] for row in csv.DictReader(file) if row["degraded"] == "0"]
    detector = Detector.load(describe_model("photo").path, device="cpu")
    frames = [("clean", number) for number in range(CLEAN_FRAMES)]
    frames += [
        (kind, strength)
        for kind in ("noise", "defocus", "motion", "jpeg", "over", "dark")
        for strength in range(STRENGTHS)
    ]
    found: list[Record] = []
    for number, name in enumerate(names):
        base = np.asarray(Image.open(ALBUM / name).convert("RGB"))
        found += one_photo(detector, name, base, number, frames)
        print(f"\r{number + 1} of {len(names)} photos", end="", file=sys.stderr)
    print(file=sys.stderr)
    return found


def one_photo(
    detector: Detector,
    name: str,
    base: NDArray[np.uint8],
    number: int,
    frames: Sequence[tuple[str, int]],
) -> Iterator[Record]:
    decoded = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "shot.jpg"
        for place, (kind, strength) in enumerate(frames):
            random = np.random.default_rng((1, number, place))
            file.write_bytes(encoded(shot(base, kind, strength, random), 93))
            decoded.append(decode(str(file)))
    judged = detector.assess([one.frame for one in decoded], [one.sha256 for one in decoded])
    for (kind, strength), one in zip(frames, judged, strict=True):
        evidence = {key: (found.value, found.percentile) for key, found in one.evidence.items()}
        yield {
            "photo": name, "kind": kind, "strength": strength, "score": one.score,
            "percentile": one.percentile, "evidence": evidence,
        }  # fmt: skip


def bursts(frames: Sequence[Record], kinds: Iterable[str]) -> Iterator[list[Record]]:
    """Draw bursts from the frames of each photo."""
    for number, name in enumerate(sorted({one["photo"] for one in frames})):
        random = np.random.default_rng((0, number))
        own = [one for one in frames if one["photo"] == name]
        clean = [one for one in own if one["kind"] == "clean"]
        bad = [one for one in own if one["kind"] in kinds]
        for _ in range(PER_PHOTO):
            chosen = random.choice(len(clean), random.integers(1, len(clean)), replace=False)
            others = random.choice(len(bad), random.integers(1, 5), replace=False)
            yield [*(clean[place] for place in chosen), *(bad[place] for place in others)]


def best_by_score(burst: Sequence[Record]) -> Record:
    return min(burst, key=lambda one: float(one["score"]))


def best_by_rule(burst: Sequence[Record]) -> Record:
    """What the window would mark."""
    by_id = dict(enumerate(burst))
    evidence = {
        number: {name: Evidence(*values) for name, values in one["evidence"].items()}
        for number, one in by_id.items()
    }

    def evidence_of(row: PhotoRow) -> dict[str, Evidence]:
        return evidence[row.photo_id]

    found = burdens([photo(number) for number in by_id], evidence_of)
    return by_id[min(found, key=lambda number: found[number].total)]


def share_clean(
    frames: Sequence[Record], kinds: Sequence[str], best: Callable[[Sequence[Record]], Record]
) -> float:
    """Share of bursts of which a clean frame is the best."""
    return float(np.mean([best(one)["kind"] == "clean" for one in bursts(frames, kinds)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measured", type=Path, help="measurements, kept for another run")
    options = parser.parse_args()
    if options.measured is not None and options.measured.exists():
        frames = json.loads(options.measured.read_text())
    else:
        frames = measured()
        if options.measured is not None:
            options.measured.write_text(json.dumps(frames))
    photos = len({one["photo"] for one in frames})
    print(Measurement("best_of_burst.n", photos * PER_PHOTO, "bursts", None).line())
    for group, kinds in (("camera", CAMERA), ("with_jpeg", (*CAMERA, "jpeg"))):
        for rule, best in (("score", best_by_score), ("rule", best_by_rule)):
            share = share_clean(frames, kinds, best)
            print(Measurement(f"best_of_burst.{group}.{rule}", share, "share", None).line())


if __name__ == "__main__":
    main()
