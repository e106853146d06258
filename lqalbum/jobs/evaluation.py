"""Measure a detector: corrupt good photos in 19 ways, score all, and make the tables.

A plain generator. Every picture is corrupted with noise seeded by its own file and the run's seed,
so figures depend neither on the order of the pictures nor on which others are in the folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lqalbum.errors import Interrupted, LQAlbumError, PhotoError
from lqalbum.evaluate.baselines import BASELINES
from lqalbum.evaluate.corruptions import CORRUPTIONS, corrupt
from lqalbum.evaluate.metrics import Scores
from lqalbum.evaluate.tables import CorruptedScores, EvaluationTable, MethodScores, tabulate
from lqalbum.jobs.pictures import Gathered, decoded
from lqalbum.library.records import DecodedPhoto

BATCH = 8
# How the tables call the two figures that every assessment holds.
COMBINED, PAPER = "combined", "s_kl"

Frame = NDArray[np.uint8]


class Judgement(Protocol):
    """What is asked of an assessment; higher is worse."""

    @property
    def score(self) -> float:
        """What flags."""

    @property
    def s_kl(self) -> float:
        """The paper's score, nats per dimension."""


class Judge(Protocol):
    """What is asked of a detector."""

    def assess(
        self, frames: Sequence[Frame], keys: Sequence[str], camera: Sequence[bool]
    ) -> Sequence[Judgement]:
        """Judge frames (H, W, 3) of one shape; `keys` seed the noise."""


@dataclass(frozen=True)
class EvaluationPicture:
    """One good photo, ready to be measured.

    Attributes:
        path: of its file.
        sha256: of its file, hex.
        camera: whether a camera's name is in its EXIF.
        pixels: (S, S, 3) uint8 sRGB, its centre square.
    """

    path: str
    sha256: str
    camera: bool
    pixels: Frame


@dataclass(frozen=True)
class EvaluationOptions:
    """What to measure.

    Attributes:
        corruptions: names; none of them leaves the ratings alone.
        severities: 1-5 each.
        seed: of corruptions and bootstrap, not negative.
        baselines: measure the scores that need no network, too.
        ratings: mean opinion score by path, higher is better; then only these pictures count.
    """

    corruptions: tuple[str, ...] = CORRUPTIONS
    severities: tuple[int, ...] = (1,)
    seed: int = 0
    baselines: bool = False
    ratings: Mapping[str, float] | None = None


@dataclass(frozen=True)
class EvaluationProgress:
    """How many pictures and copies of pictures have been scored."""

    done: int
    total: int


@dataclass(frozen=True)
class _Variant:
    """The pictures as they are (no corruption), or one corruption of them."""

    corruption: str | None
    severity: int


def evaluation_pictures(
    paths: Sequence[str], jobs: int, stop: Callable[[], bool], report: Callable[[Gathered], None]
) -> tuple[list[EvaluationPicture], int]:
    """Decode the centre squares of photos, short side 256 px where the photo has that much.

    Returns:
        The pictures in the order of the paths, and how many files could not be read.

    Raises:
        Interrupted: `stop` said so.
        LQAlbumError: none could be read.
    """
    found: dict[str, EvaluationPicture] = {}
    for path, outcome in decoded(paths, jobs, stop, report):
        if not isinstance(outcome, PhotoError):
            found[path] = _picture(path, outcome)
    if not found:
        raise LQAlbumError("None of the files could be read as a picture; name another folder.")
    return [found[path] for path in paths if path in found], len(paths) - len(found)


def evaluate(
    judge: Judge,
    pictures: Sequence[EvaluationPicture],
    options: EvaluationOptions,
    stop: Callable[[], bool],
    skipped: int = 0,
) -> Iterator[EvaluationProgress | EvaluationTable]:
    """Score pictures and their corrupted copies; the last thing that comes is the table.

    Args:
        judge: the detector.
        pictures: good photos, or rated ones.
        options: what to measure.
        stop: asked before every batch.
        skipped: number of files that could not be read, for the table.

    Raises:
        Interrupted: `stop` said so.
        LQAlbumError: there is no picture to measure, or too few ratings.
    """
    if options.ratings is not None:
        pictures = [picture for picture in pictures if picture.path in options.ratings]
    if not pictures:
        raise LQAlbumError("There is no picture to measure; name a folder of photos.")
    variants = [_Variant(None, 0)]
    variants += [
        _Variant(name, level) for name in options.corruptions for level in options.severities
    ]
    scores = {method: np.zeros((len(variants), len(pictures))) for method in _methods(options)}
    done = 0
    for places in _same_shaped(pictures):
        for row, variant in enumerate(variants):
            if stop():
                raise Interrupted("Interrupted while evaluating; no table was made.")
            batch = [pictures[place] for place in places]
            for method, values in _judged(judge, batch, variant, options).items():
                scores[method][row, places] = values
            done += len(places)
            yield EvaluationProgress(done, len(variants) * len(pictures))
    yield _table(pictures, variants, scores, options, skipped)


def picture_seed(seed: int, sha256: str) -> int:
    """Returns the seed of one picture's corruptions: of its file's bytes and the run's seed."""
    digest = hashlib.sha256(f"{seed}:{sha256}".encode()).digest()
    return int.from_bytes(digest[:8])


def _picture(path: str, photo: DecodedPhoto) -> EvaluationPicture:
    height, width = photo.frame.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = photo.frame[top : top + side, left : left + side]
    return EvaluationPicture(path, photo.sha256, photo.camera, square)


def _methods(options: EvaluationOptions) -> tuple[str, ...]:
    return (COMBINED, PAPER, *(BASELINES if options.baselines else ()))


def _same_shaped(pictures: Sequence[EvaluationPicture]) -> Iterator[list[int]]:
    """Hand out places of pictures of one shape, a batch at a time."""
    by_shape: dict[tuple[int, ...], list[int]] = {}
    for place, picture in enumerate(pictures):
        by_shape.setdefault(picture.pixels.shape, []).append(place)
    for places in by_shape.values():
        for start in range(0, len(places), BATCH):
            yield places[start : start + BATCH]


def _judged(
    judge: Judge,
    batch: Sequence[EvaluationPicture],
    variant: _Variant,
    options: EvaluationOptions,
) -> dict[str, Scores]:
    """Corrupt and score one batch; (n,) scores by method."""
    frames = [_variant_of(picture, variant, options.seed) for picture in batch]
    # A corrupted photo would be another file: its noise is seeded by its own bytes.
    keys = [hashlib.sha256(frame.tobytes()).hexdigest() for frame in frames]
    judgements = judge.assess(frames, keys, [picture.camera for picture in batch])
    scores = {
        COMBINED: np.array([judgement.score for judgement in judgements]),
        PAPER: np.array([judgement.s_kl for judgement in judgements]),
    }
    if options.baselines:
        scores |= {name: baseline(frames) for name, baseline in BASELINES.items()}
    return scores


def _variant_of(picture: EvaluationPicture, variant: _Variant, seed: int) -> Frame:
    if variant.corruption is None:
        return picture.pixels
    own_seed = picture_seed(seed, picture.sha256)
    return corrupt(picture.pixels, variant.corruption, variant.severity, own_seed)


def _table(
    pictures: Sequence[EvaluationPicture],
    variants: Sequence[_Variant],
    scores: Mapping[str, NDArray[np.float64]],
    options: EvaluationOptions,
    skipped: int,
) -> EvaluationTable:
    methods = []
    for method, values in scores.items():
        copies = tuple(
            CorruptedScores(variant.corruption, variant.severity, row)
            for variant, row in zip(variants, values, strict=True)
            if variant.corruption is not None
        )
        methods.append(MethodScores(method, values[0], copies))
    ratings = options.ratings
    rated = None if ratings is None else np.array([ratings[item.path] for item in pictures])
    return tabulate(methods, skipped, options.seed, rated)
