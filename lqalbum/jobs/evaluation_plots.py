"""ROC curves and score histograms as points of SVG lines; the page's template draws them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from lqalbum.evaluate.metrics import Scores, operating_curve
from lqalbum.evaluate.tables import CorruptedScores, MethodScores

# Side of a plot in its own units; the template's view box has the same.
SIDE = 200
_BINS = 40
_MOST_POINTS = 240
# One outlier would press all others into one bar.
_SHOWN_QUANTILES = (0.005, 0.995)


@dataclass(frozen=True)
class Line:
    """One line of a plot.

    Attributes:
        label: what it stands for.
        points: as in SVG, "x,y x,y ..." with y downwards.
        style: number of its colour and dashes.
    """

    label: str
    points: str
    style: int


@dataclass(frozen=True)
class Plot:
    """Lines on one pair of axes.

    Attributes:
        title: what is shown.
        lines: drawn in this order.
        left, right: what the ends of the horizontal axis stand for.
    """

    title: str
    lines: tuple[Line, ...]
    left: str = "0"
    right: str = "1"


def pooled_curves(methods: Sequence[MethodScores]) -> Plot:
    """ROC curves of all methods, the corruptions pooled."""
    lines = [
        _curve(one.method, one.clean, _pooled(one.corrupted), style)
        for style, one in enumerate(methods)
    ]
    return Plot("All corruptions pooled", tuple(lines))


def curves_by_corruption(methods: Sequence[MethodScores]) -> list[Plot]:
    """ROC curves of each corruption and severity for some methods."""
    several = len({copies.severity for copies in methods[0].corrupted}) > 1
    plots = []
    for place, copies in enumerate(methods[0].corrupted):
        title = f"{copies.corruption} {copies.severity}" if several else copies.corruption
        lines = [
            _curve(one.method, one.clean, one.corrupted[place].scores, style)
            for style, one in enumerate(methods)
        ]
        plots.append(Plot(title, tuple(lines)))
    return plots


def histograms(methods: Sequence[MethodScores]) -> list[Plot]:
    """For each method how often good and corrupted pictures have which score."""
    return [_histogram(one) for one in methods]


def _curve(label: str, good: Scores, degraded: Scores, style: int) -> Line:
    curve = operating_curve(good, degraded)
    x, y = curve.false_positive_rate, curve.true_positive_rate
    if len(x) > _MOST_POINTS:
        chosen = np.linspace(0, len(x) - 1, _MOST_POINTS).round().astype(int)
        x, y = x[chosen], y[chosen]
    return Line(label, _points(zip(SIDE * x, SIDE * (1 - y), strict=True)), style)


def _histogram(method: MethodScores) -> Plot:
    groups = {"good": method.clean, "corrupted": _pooled(method.corrupted)}
    everything = np.concatenate(list(groups.values()))
    low, high = np.quantile(everything, _SHOWN_QUANTILES)
    edges = np.linspace(low, max(high, low + 1e-9), _BINS + 1)
    shares = [
        np.histogram(values.clip(edges[0], edges[-1]), edges)[0] / len(values)
        for values in groups.values()
    ]
    top = max(float(share.max()) for share in shares)
    lines = [
        Line(label, _steps(share / top), style)
        for style, (label, share) in enumerate(zip(groups, shares, strict=True))
    ]
    return Plot(method.method, tuple(lines), f"{low:.3g}", f"{high:.3g}")


def _steps(heights: Scores) -> str:
    """The outline of bars of heights 0-1."""
    x = np.repeat(np.linspace(0, SIDE, len(heights) + 1), 2)[1:-1]
    return _points(zip(x, SIDE * (1 - np.repeat(heights, 2)), strict=True))


def _points(pairs: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)


def _pooled(copies: Sequence[CorruptedScores]) -> Scores:
    return np.concatenate([one.scores for one in copies])
