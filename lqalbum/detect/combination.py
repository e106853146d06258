"""One score from many findings: how surprising each is, by itself and given all the others.

A photo of a meadow has more fine detail than one of a face, and nothing is wrong with either. What
the other findings and the coarse structure of the picture let expect is no surprise; what exceeds
that is, however ordinary it would be in another picture (`docs/experiments.md`, 14).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lqalbum.detect.surprise import Array, Cloud, Law, normal_scores

# Each finding's weight in the score (`docs/experiments.md`, 9, 11 and 14).
WEIGHTS: Mapping[str, float] = {"blur": 2.0}


@dataclass(frozen=True)
class Components:
    """What the score of N pictures is made of.

    Attributes:
        values: Name of each finding to its values, (N,), higher is worse.
        coarse: (N, c) coarse structure, which no finding accuses and others are judged by.
    """

    values: Mapping[str, Array]
    coarse: Array

    def rows(self, rows: NDArray[np.intp]) -> Components:
        """Some of the pictures."""
        return Components({name: v[rows] for name, v in self.values.items()}, self.coarse[rows])

    def with_value(self, name: str, column: Array) -> Components:
        """The same with other values (N,) of one finding."""
        return replace(self, values={**self.values, name: column})


@dataclass(frozen=True)
class Deviations:
    """How far N pictures are from what is expected of them, a column a finding.

    Attributes:
        surprises: (N, findings) nats, each finding by itself.
        excess: (N, findings + c) what exceeds the company's expectation, in standard deviations;
            the last columns are those of the coarse structure, which accuses nothing.
    """

    surprises: Array
    excess: Array


@dataclass(frozen=True)
class Combination:
    """How the findings of good photos are distributed, alone and together.

    Attributes:
        laws: Law of each finding's values.
        company: Normal scores of the findings together with the coarse structure.
        excesses: Law of what each finding exceeds its company's expectation by.
    """

    laws: Mapping[str, Law]
    company: Cloud
    excesses: Mapping[str, Law]

    @classmethod
    def fit(cls, components: Components) -> tuple[Combination, Array]:
        """Fit on the findings of good photos.

        Returns:
            The combination, and these photos' own scores, (N,), each in the company of others.
        """
        laws = {name: Law.fit(column) for name, column in components.values.items()}
        surprises = _surprises(laws, components)
        together = _together(surprises, components)
        excess = Cloud.held_out(together, Cloud.excess)
        excesses = {name: Law.fit(excess[:, i]) for i, name in enumerate(laws)}
        combination = cls(laws, Cloud.fit(together), excesses)
        return combination, combination.scores(Deviations(surprises, excess))

    def deviations(self, components: Components) -> Deviations:
        """How far pictures are from what is expected of them."""
        surprises = _surprises(self.laws, components)
        return Deviations(surprises, self.company.excess(_together(surprises, components)))

    def scores(self, deviations: Deviations) -> Array:
        """Euclidean length of all surprises in nats, (N,)."""
        squares = [
            WEIGHTS.get(name, 1.0)
            * (deviations.surprises[:, i] ** 2 + law.surprise(deviations.excess[:, i]) ** 2)
            for i, (name, law) in enumerate(self.excesses.items())
        ]
        # Between the sum and the largest: one glaring fault counts more than several oddities.
        total: Array = np.sqrt(np.sum(squares, axis=0))
        return total

    def excess_percentiles(self, deviations: Deviations) -> dict[str, Array]:
        """Share (0-100) of good photos with a lower excess, (N,) for each finding."""
        return {
            name: law.percentile(deviations.excess[:, i])
            for i, (name, law) in enumerate(self.excesses.items())
        }

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary; the order of the findings matters."""
        return {
            "laws": {name: law.to_json() for name, law in self.laws.items()},
            "company": self.company.to_json(),
            "excesses": {name: law.to_json() for name, law in self.excesses.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], names: Sequence[str]) -> Combination:
        """Read what `to_json` wrote, the findings in the order of `names`.

        Raises:
            KeyError, TypeError, ValueError: It does not fit.
        """
        laws, excesses = (
            {name: Law.from_json(data[part][name]) for name in names}
            for part in ("laws", "excesses")
        )
        if set(data["laws"]) != set(names):
            raise ValueError("other findings")
        return cls(laws, Cloud.from_json(data["company"]), excesses)


def _surprises(laws: Mapping[str, Law], components: Components) -> Array:
    """Surprise of each finding in nats, (N, findings)."""
    return np.column_stack([law.surprise(components.values[n]) for n, law in laws.items()])


def _together(surprises: Array, components: Components) -> Array:
    """Normal scores of the findings, then the coarse structure, (N, findings + c)."""
    return np.column_stack((normal_scores(surprises), components.coarse))
