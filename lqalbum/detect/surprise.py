"""One-class statistics: how unlike good photos a measurement is, as nats of surprise.

Everything here is fitted on good photos alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

Array = NDArray[np.float64]

_QUANTILES = 401
_TAIL_START = 0.9
_FOLDS = 5
# A deviate of -3 for what nearly all good photos exceed, 7 for what none comes near.
_SURPRISES = (0.001, 30.0)


@dataclass(frozen=True)
class Law:
    """The distribution of one number among good photos.

    Attributes:
        quantiles: Evenly spaced quantiles from the smallest to the largest value.
        count: Number of photos they come from.
        tail_scale: Mean excess over the 90th percentile, for the exponential beyond it.
    """

    quantiles: Array
    count: int
    tail_scale: float

    @classmethod
    def fit(cls, values: Array) -> Law:
        """The law of values (n,), n >= 2."""
        grid = np.linspace(0, 1, min(_QUANTILES, len(values)))
        start = np.quantile(values, _TAIL_START)
        excess = values[values > start] - start
        spread = float(np.std(values)) + 1e-12
        scale = float(excess.mean()) if len(excess) else spread
        return cls(np.quantile(values, grid), len(values), max(scale, 1e-6 * spread))

    def percentile(self, values: Array) -> Array:
        """Share of good photos with a lower value, 0-100, the shape of `values`."""
        grid = np.linspace(0, 100, len(self.quantiles))
        share = np.interp(values, self.quantiles, grid)
        # Of tied quantiles np.interp takes the last, but equal photos are not lower ones.
        first = np.searchsorted(self.quantiles, values).clip(max=len(grid) - 1)
        return np.where(self.quantiles[first] == values, grid[first], share)

    def surprise(self, values: Array) -> Array:
        """-log P(a good photo has at least this value), nats.

        Empirical up to the 90th percentile, an exponential beyond it.
        """
        start = np.interp(_TAIL_START, np.linspace(0, 1, len(self.quantiles)), self.quantiles)
        share = np.clip(1 - self.percentile(values) / 100, 1 - _TAIL_START, 1)
        beyond = np.maximum(values - start, 0) / self.tail_scale
        return np.where(values > start, -np.log(1 - _TAIL_START) + beyond, -np.log(share))

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary."""
        return {
            "quantiles": [float(f"{value:.6g}") for value in self.quantiles],
            "count": self.count,
            "tail_scale": float(f"{self.tail_scale:.6g}"),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Law:
        """Read what `to_json` wrote."""
        quantiles = np.asarray(data["quantiles"], dtype=np.float64)
        return cls(quantiles, int(data["count"]), float(data["tail_scale"]))


@dataclass(frozen=True)
class Cloud:
    """Where good photos lie in a space of several measurements.

    Attributes:
        centre: (d,) mean.
        scale: (d,) standard deviation.
        precision: (d, d) inverse of the shrunk correlation matrix.
    """

    centre: Array
    scale: Array
    precision: Array

    @classmethod
    def fit(cls, rows: Array) -> Cloud:
        """The cloud of rows (n, d), the correlation shrunk towards the identity.

        Source: Y. Chen et al., "Shrinkage Algorithms for MMSE Covariance Estimation" (IEEE TSP
        2010), the oracle-approximating shrinkage, on standardised columns.
        """
        n, d = rows.shape
        centre, scale = rows.mean(0), rows.std(0) + 1e-9
        standard = (rows - centre) / scale
        correlation = standard.T @ standard / n
        mean_square = float((correlation**2).mean())
        mu = float(np.trace(correlation) / d)
        denominator = (n + 1) * (mean_square - mu**2 / d)
        shrinkage = 1.0 if denominator <= 0 else min((mean_square + mu**2) / denominator, 1.0)
        shrunk = (1 - shrinkage) * correlation + shrinkage * mu * np.eye(d)
        return cls(centre, scale, np.linalg.inv(shrunk))

    def distance(self, rows: Array) -> Array:
        """Squared Mahalanobis distance of rows (n, d), (n,)."""
        standard = (rows - self.centre) / self.scale
        distance: Array = np.einsum("nd,de,ne->n", standard, self.precision, standard)
        return distance

    def excess(self, rows: Array) -> Array:
        """How far each column lies beyond what the others let expect, (n, d).

        The residual of its linear regression on the others, over the residual's deviation.

        Source: S. Lauritzen, "Graphical Models" (1996), conditionals of a Gaussian from its
        precision.
        """
        standard = (rows - self.centre) / self.scale
        excess: Array = standard @ self.precision / np.sqrt(np.diag(self.precision))
        return excess

    @staticmethod
    def held_out(rows: Array, judge: Callable[[Cloud, Array], Array]) -> Array:
        """What `judge` (`distance` or `excess`) says of rows, each by a cloud of other rows.

        Judged by a cloud that it helped to fit, a row is too ordinary, the more so the fewer rows.
        """
        folds = np.arange(len(rows)) % _FOLDS
        found = judge(Cloud.fit(rows), rows)
        for fold in range(_FOLDS):
            inside = folds == fold
            found[inside] = judge(Cloud.fit(rows[~inside]), rows[inside])
        return found

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary."""
        return {
            "centre": _rounded(self.centre),
            "scale": _rounded(self.scale),
            "precision": [_rounded(row) for row in self.precision],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Cloud:
        """Read what `to_json` wrote."""
        return cls(*(np.asarray(data[key], np.float64) for key in ("centre", "scale", "precision")))


def normal_scores(surprises: Array) -> Array:
    """The standard normal deviates that are as rare as these surprises in nats, same shape."""
    rarity = torch.exp(-torch.from_numpy(surprises).clamp(*_SURPRISES))
    deviates: Array = -torch.special.ndtri(rarity).numpy()
    return deviates


def _rounded(values: Array) -> list[float]:
    return [float(f"{value:.6g}") for value in values]
