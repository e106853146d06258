"""Which of several photos of one scene is best: the same content cancels out, the damage does not.

A score says how unusual a photo is among all good ones, and most of that is its scene. Within a
burst three measurements tell more: blur lowers sharpness at once, noise and compression take a
photo away from its own reconstruction, and light that burns out leaves white areas. Measured on
made-up bursts: `docs/experiments.md`, 14.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from lqalbum.library.records import Evidence, PhotoRow

EvidenceOf = Callable[[PhotoRow], Mapping[str, Evidence]]
Lack = Literal["soft", "noisy", "burnt"]

# What a tenth of burnt-out area weighs, against a factor of e**2 in sharpness.
_BURNT_WEIGHT: Final = 20.0
# Frames of one burst differ by about this much where nothing is wrong with either.
_TELLING: Final = 0.3


@dataclass(frozen=True)
class Burden:
    """What speaks against a photo, comparable within one scene only; lower is better.

    Attributes:
        soft: minus the logarithm of the Laplacian's variance: more where it is less sharp.
        noisy: logarithm of the distance to its own reconstruction: more with noise and artefacts.
        burnt: share of burnt-out area, weighted.
    """

    soft: float
    noisy: float
    burnt: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.soft + self.noisy + self.burnt

    def lack(self, best: Burden) -> Lack | None:
        """Return in what a photo is worse than the best one, None where that is hardly to see."""
        differences: dict[Lack, float] = {
            "soft": self.soft - best.soft,
            "noisy": self.noisy - best.noisy,
            "burnt": self.burnt - best.burnt,
        }
        if self.total - best.total < _TELLING:
            return None
        return max(differences, key=lambda name: differences[name])


def burdens(rows: Iterable[PhotoRow], evidence_of: EvidenceOf) -> dict[int, Burden]:
    """Weigh photos of one scene against each other.

    Args:
        rows: the photos.
        evidence_of: the measurements behind a photo's score by name.

    Returns:
        By photo id; empty where they cannot all be compared, since one has no score, or another
        model gave it.
    """
    found: dict[int, Burden] = {}
    models = set()
    for row in rows:
        burden = None if row.score is None else _burden(evidence_of(row))
        if burden is None:
            return {}
        found[row.photo_id] = burden
        models.add(row.model_id)
    return found if len(models) == 1 else {}


def _burden(evidence: Mapping[str, Evidence]) -> Burden | None:
    try:
        distance = evidence["reconstruction"].value
        return Burden(
            soft=-evidence["sharpness"].value,
            noisy=math.log(max(distance, 1e-6)),
            burnt=_BURNT_WEIGHT * evidence["clipped_white"].value,
        )
    except KeyError:  # a calibration that measures other things
        return None
