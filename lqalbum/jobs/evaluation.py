"""Measure a detector: corrupt good photos in 19 ways, score all, and make the tables.

A plain generator. Every picture is corrupted with noise seeded by its own file and the run's seed,
so figures depend neither on the order of the pictures nor on which others are in the folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lqalbum.errors import Interrupted, LQAlbumError, UsageError
from lqalbum.evaluate.baselines import BASELINES
from lqalbum.evaluate.corruptions import CORRUPTIONS, SEVERITIES, corrupt
from lqalbum.evaluate.metrics import Scores
from lqalbum.evaluate.ratings import check_enough_rated
from lqalbum.evaluate.tables import CorruptedScores, EvaluationTable, MethodScores, tabulate
from lqalbum.jobs.evaluation_pictures import EvaluationPicture, EvaluationProgress
from lqalbum.jobs.sentences import said
from lqalbum.jobs.views import Frame

BATCH = 8
# How the tables call the two figures that every detector gives.
COMBINED, PAPER = "combined", "s_kl"
# One picture parts nothing from anything.
FEWEST_PICTURES = 2

# Frames (H, W, 3) of one shape and the keys that seed their noise -> (n,) scores by method, higher
# is worse; `COMBINED` and `PAPER` are among them.
Judge = Callable[[Sequence[Frame], Sequence[str]], Mapping[str, Scores]]


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
class Evaluation:
    """What was found.

    Attributes:
        table: the figures.
        scores: what they were computed from, by method.
    """

    table: EvaluationTable
    scores: tuple[MethodScores, ...]


@dataclass(frozen=True)
class _Variant:
    """The pictures as they are (no corruption), or one corruption of them."""

    corruption: str | None
    severity: int


def evaluate(
    judge: Judge,
    pictures: Sequence[EvaluationPicture],
    options: EvaluationOptions,
    stop: Callable[[], bool],
    skipped: int = 0,
) -> Iterator[EvaluationProgress | Evaluation]:
    """Score pictures and their corrupted copies; the last thing that comes is the evaluation.

    Args:
        judge: the detector, perhaps with baselines.
        pictures: good photos, or rated ones.
        options: what to measure.
        stop: asked before every batch.
        skipped: number of files that are not measured, for the table.

    Raises:
        Interrupted: `stop` said so.
        LQAlbumError: there are too few pictures, or too few of them are rated.
    """
    pictures = _measured(pictures, options)
    variants = [_Variant(None, 0)]
    variants += [
        _Variant(name, level) for name in options.corruptions for level in options.severities
    ]
    scores: dict[str, NDArray[np.float64]] = {}
    done = 0
    for places in _same_shaped(pictures):
        for row, variant in enumerate(variants):
            if stop():
                raise Interrupted(said("interrupted-evaluating"))
            batch = [pictures[place] for place in places]
            for method, values in _judged(judge, batch, variant, options).items():
                table = scores.setdefault(method, np.full((len(variants), len(pictures)), np.nan))
                table[row, places] = values
            done += len(places)
            yield EvaluationProgress(done, len(variants) * len(pictures))
    yield _evaluation(pictures, variants, scores, options, skipped)


def corrupted(picture: EvaluationPicture, corruption: str, severity: int, seed: int) -> Frame:
    """Returns the picture's corrupted copy, which the run's seed and its own file decide."""
    own_seed = picture_seed(seed, picture.sha256)
    return corrupt(picture.pixels, corruption, severity, own_seed)


def named_corruptions(names: str) -> tuple[str, ...]:
    """Returns the corruptions that `all`, `none` or a list such as `fog,snow` names.

    Raises:
        UsageError: one of them does not exist.
    """
    if names in ("all", "none"):
        return CORRUPTIONS if names == "all" else ()
    chosen = dict.fromkeys(name.strip() for name in names.split(","))
    for name in chosen:
        if name not in CORRUPTIONS:
            raise UsageError(said("no-corruption", name=name, names=", ".join(CORRUPTIONS)))
    return tuple(chosen)


def named_severities(text: str) -> tuple[int, ...]:
    """Returns the severities that one number or a range such as `1-5` names.

    Raises:
        UsageError: it is neither, or leads beyond 1-5.
    """
    first, dash, last = text.partition("-")
    last = last if dash else first
    known = {str(severity): severity for severity in SEVERITIES}
    if first not in known or last not in known or known[first] > known[last]:
        raise UsageError(said("no-severity", text=text))
    return tuple(range(known[first], known[last] + 1))


def picture_seed(seed: int, sha256: str) -> int:
    """Returns the seed of one picture's corruptions: of its file's bytes and the run's seed."""
    digest = hashlib.sha256(f"{seed}:{sha256}".encode()).digest()
    return int.from_bytes(digest[:8])


def frame_key(frame: Frame) -> str:
    """Returns what seeds a frame's noise: a corrupted photo would be another file."""
    return hashlib.sha256(frame.tobytes()).hexdigest()


def _measured(
    pictures: Sequence[EvaluationPicture], options: EvaluationOptions
) -> Sequence[EvaluationPicture]:
    """The pictures that count, if they are enough."""
    if options.ratings is not None:
        pictures = [picture for picture in pictures if picture.path in options.ratings]
        check_enough_rated(len(pictures))
    if not pictures:
        raise LQAlbumError(said("nothing-to-measure"))
    if len(pictures) < FEWEST_PICTURES:
        raise LQAlbumError(said("one-to-measure"))
    return pictures


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
    scores = dict(judge(frames, [frame_key(frame) for frame in frames]))
    if options.baselines:
        scores |= {name: baseline(frames) for name, baseline in BASELINES.items()}
    return scores


def _variant_of(picture: EvaluationPicture, variant: _Variant, seed: int) -> Frame:
    if variant.corruption is None:
        return picture.pixels
    return corrupted(picture, variant.corruption, variant.severity, seed)


def _evaluation(
    pictures: Sequence[EvaluationPicture],
    variants: Sequence[_Variant],
    scores: Mapping[str, NDArray[np.float64]],
    options: EvaluationOptions,
    skipped: int,
) -> Evaluation:
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
    return Evaluation(tabulate(methods, skipped, options.seed, rated), tuple(methods))
