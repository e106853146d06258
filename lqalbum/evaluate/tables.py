"""The tables of an evaluation, computed from scores: pure, no picture and no network in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from lqalbum.evaluate.metrics import (
    Scores,
    auprc,
    auroc,
    fpr80,
    mean_auroc_interval,
    quartile_auc,
    spearman,
)
from lqalbum.evaluate.published import PUBLISHED, PublishedFigures
from lqalbum.evaluate.ratings import check_enough_rated

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class CorruptedScores:
    """What one method says of all pictures under one corruption.

    Attributes:
        corruption: its name.
        severity: 1-5.
        scores: (n,) higher is worse, in the order of the clean pictures.
    """

    corruption: str
    severity: int
    scores: Scores


@dataclass(frozen=True)
class MethodScores:
    """What one method says of all pictures.

    Attributes:
        method: its name.
        clean: (n,) scores of the pictures as they are, higher is worse.
        corrupted: of their copies, one entry for each corruption and severity.
    """

    method: str
    clean: Scores
    corrupted: tuple[CorruptedScores, ...]


@dataclass(frozen=True)
class Row:
    """One method on one corruption; areas and rates are fractions 0-1."""

    method: str
    corruption: str
    severity: int
    auroc: float
    auprc: float
    fpr80: float


@dataclass(frozen=True)
class MethodSummary:
    """One method on all corruptions; fractions 0-1.

    Attributes:
        mean_auroc, mean_fpr80: means of the rows.
        pooled_auroc, pooled_auprc, pooled_fpr80: of all corrupted copies together.
        low, high: 95 % bootstrap interval of ``mean_auroc`` over pictures.
    """

    mean_auroc: float
    mean_fpr80: float
    pooled_auroc: float
    pooled_auprc: float
    pooled_fpr80: float
    low: float
    high: float


@dataclass(frozen=True)
class RatingFigures:
    """One method against human ratings.

    Attributes:
        srocc: rank correlation between minus the score and the rating, -1 to 1.
        quartile_auc: AUROC of the worst-rated against the best-rated quarter, 0-1.
        n: number of rated pictures.
    """

    srocc: float
    quartile_auc: float
    n: int


@dataclass(frozen=True)
class EvaluationTable:
    """Everything an evaluation found.

    Attributes:
        n: number of pictures measured.
        skipped: number of pictures that could not be.
        rows: one for each method, corruption and severity.
        methods: by name; empty without corruptions.
        ratings: by method, None when no ratings were given.
        published: figures from the literature, for comparison.
    """

    n: int
    skipped: int
    rows: tuple[Row, ...]
    methods: Mapping[str, MethodSummary]
    ratings: Mapping[str, RatingFigures] | None
    published: tuple[PublishedFigures, ...] = PUBLISHED

    def to_json(self) -> dict[str, object]:
        """Returns the table as ``evaluate --format json`` prints it."""
        ratings = self.ratings
        return {
            "schema_version": SCHEMA_VERSION,
            "n": self.n,
            "skipped": self.skipped,
            "rows": [asdict(row) for row in self.rows],
            "methods": {name: asdict(summary) for name, summary in self.methods.items()},
            "ratings": ratings and {name: asdict(figures) for name, figures in ratings.items()},
            "published": [asdict(figures) for figures in self.published],
        }


def tabulate(
    methods: Sequence[MethodScores],
    skipped: int,
    seed: int,
    ratings: Scores | None = None,
) -> EvaluationTable:
    """Returns the tables of one evaluation.

    Args:
        methods: scores of the same pictures, at least one method.
        skipped: number of pictures that could not be measured.
        seed: of the bootstrap.
        ratings: (n,) mean opinion scores of the pictures, higher is better.

    Raises:
        LQAlbumError: for fewer than eight rated pictures.
    """
    return EvaluationTable(
        n=len(methods[0].clean),
        skipped=skipped,
        rows=tuple(row for scores in methods for row in _rows(scores)),
        methods={scores.method: _summary(scores, seed) for scores in methods if scores.corrupted},
        ratings=None
        if ratings is None
        else {scores.method: rating_figures(scores.clean, ratings) for scores in methods},
    )


def rating_figures(scores: Scores, ratings: Scores) -> RatingFigures:
    """Returns how well (n,) scores follow (n,) ratings.

    Raises:
        LQAlbumError: for fewer than eight pictures.
    """
    check_enough_rated(len(ratings))
    return RatingFigures(spearman(-scores, ratings), quartile_auc(scores, ratings), len(ratings))


def _rows(method: MethodScores) -> list[Row]:
    return [
        Row(
            method.method,
            copies.corruption,
            copies.severity,
            auroc(method.clean, copies.scores),
            auprc(method.clean, copies.scores),
            fpr80(method.clean, copies.scores),
        )
        for copies in method.corrupted
    ]


def _summary(method: MethodScores, seed: int) -> MethodSummary:
    rows = _rows(method)
    copies = np.stack([entry.scores for entry in method.corrupted])
    pooled = copies.ravel()
    interval = mean_auroc_interval(method.clean, copies, seed)
    return MethodSummary(
        mean_auroc=float(np.mean([row.auroc for row in rows])),
        mean_fpr80=float(np.mean([row.fpr80 for row in rows])),
        pooled_auroc=auroc(method.clean, pooled),
        pooled_auprc=auprc(method.clean, pooled),
        pooled_fpr80=fpr80(method.clean, pooled),
        low=interval.low,
        high=interval.high,
    )
