"""Which of several photos of one scene is best: the same content cancels out, the damage does not.

A score says how unusual a photo is among all good ones, and most of that is its scene. Within a
burst three measurements tell more: blur lowers sharpness at once, noise and compression take a
photo away from its own reconstruction, and light that burns out leaves white areas. Measured on
made-up bursts: `docs/experiments.md`, 18.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from lqalbum.library.records import Evidence, PhotoRow

EvidenceOf = Callable[[PhotoRow], Mapping[str, Evidence]]
Lack = Literal["soft", "noisy", "burnt"]

_MEASURED: Final = frozenset({"sharpness", "reconstruction", "clipped_white", "noise"})
# What a tenth of burnt-out area weighs, against a factor of e**2 in sharpness.
_BURNT_WEIGHT: Final = 20.0
# Strong noise makes even a dull photo look sharp: what is beyond this factor counts squared.
_LOUD_LOG: Final = 1.5
_QUIET_SIGMA: Final = 0.1
# Frames of one burst differ by about this much where nothing is wrong with either.
_TELLING: Final = 0.3


@dataclass(frozen=True)
class Burden:
    """What speaks against a photo, comparable within one scene only; lower is better.

    Attributes:
        soft: minus the logarithm of the Laplacian's variance: more where it is less sharp.
        noisy: logarithm of the distance to its own reconstruction, more with noise and artefacts,
            and more for much more noise than the quietest photo has.
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
    scored = {row.photo_id: row for row in rows}
    if any(row.score is None for row in scored.values()):
        return {}
    found = {photo_id: evidence_of(row) for photo_id, row in scored.items()}
    is_measured = all(found[photo_id].keys() >= _MEASURED for photo_id in found)
    if not is_measured or len({row.model_id for row in scored.values()}) != 1:
        return {}
    quietest = min(map(_loudness, found.values()))
    return {photo_id: _burden(one, quietest) for photo_id, one in found.items()}


def _loudness(evidence: Mapping[str, Evidence]) -> float:
    return math.log(evidence["noise"].value + _QUIET_SIGMA)


def _burden(evidence: Mapping[str, Evidence], quietest: float) -> Burden:
    distance = max(evidence["reconstruction"].value, 1e-6)
    loud = max(0.0, _loudness(evidence) - quietest - _LOUD_LOG)
    return Burden(
        soft=-evidence["sharpness"].value,
        noisy=math.log(distance) + loud**2,
        burnt=_BURNT_WEIGHT * evidence["clipped_white"].value,
    )
