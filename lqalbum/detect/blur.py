"""Blur as missing crispness: less fine detail than good photos of such coarse structure have.

A picture of a meadow has more fine detail than one of a face, both sharp. Part of that is content,
and the coarse bands, which a blur hardly touches, tell how much to expect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lqalbum.detect.detail import CRISPNESS_COUNT
from lqalbum.detect.surprise import Array

# Share of the expectation that is taken away: with all of it a picture whose coarse bands are
# weak for another reason (haze, plain walls) would pass as crisp (`docs/experiments.md`, 9).
_EXPECTED_SHARE = 0.6


@dataclass(frozen=True)
class Expectation:
    """How crisp good photos are, given their coarse structure.

    Attributes:
        centre: (d,) means of the `crispness` measurements: fine detail first, then coarse bands.
        scale: (d,) their standard deviations.
        slope: (d - CRISPNESS_COUNT,) expected crispness per standardised coarse band.
    """

    centre: Array
    scale: Array
    slope: Array

    @classmethod
    def fit(cls, rows: Array) -> Expectation:
        """Least squares on the `crispness` measurements (n, d) of good photos."""
        centre, scale = rows.mean(0), rows.std(0) + 1e-9
        standard = (rows - centre) / scale
        fine, coarse = standard[:, :CRISPNESS_COUNT].mean(1), standard[:, CRISPNESS_COUNT:]
        return cls(centre, scale, np.linalg.lstsq(coarse, fine, rcond=None)[0])

    def blur(self, rows: Array) -> Array:
        """Missing crispness in standard deviations of good photos, of rows (n, d), (n,)."""
        standard = (rows - self.centre) / self.scale
        fine, coarse = standard[:, :CRISPNESS_COUNT].mean(1), standard[:, CRISPNESS_COUNT:]
        missing: Array = _EXPECTED_SHARE * (coarse @ self.slope) - fine
        return missing

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary."""
        return {name: [float(f"{v:.6g}") for v in column] for name, column in vars(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Expectation:
        """Read what `to_json` wrote."""
        return cls(*(np.asarray(data[key], np.float64) for key in ("centre", "scale", "slope")))
