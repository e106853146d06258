"""Lines of the page's plots, measured again from their points."""

from __future__ import annotations

import numpy as np
import pytest

from lqalbum.evaluate.metrics import auroc
from lqalbum.evaluate.tables import CorruptedScores, MethodScores
from lqalbum.jobs.evaluation_plots import SIDE, curves_by_corruption, histograms, pooled_curves


def points(text: str) -> np.ndarray:
    return np.array([pair.split(",") for pair in text.split()], float)


@pytest.fixture(scope="module")
def method() -> MethodScores:
    random = np.random.default_rng(1)
    copies = [CorruptedScores(name, 1, random.normal(1, 1, 300)) for name in ("fog", "snow")]
    return MethodScores("combined", random.normal(size=300), tuple(copies))


def test_the_area_below_a_curve_is_the_auroc(method: MethodScores) -> None:
    pooled = np.concatenate([copies.scores for copies in method.corrupted])
    plots = [pooled_curves([method]), *curves_by_corruption([method])]
    expected = [pooled, method.corrupted[0].scores, method.corrupted[1].scores]
    assert [plot.title for plot in plots] == ["All corruptions pooled", "fog", "snow"]
    for plot, scores in zip(plots, expected, strict=True):
        line = points(plot.lines[0].points) / SIDE
        assert len(line) <= 240
        area = np.trapezoid(1 - line[:, 1], line[:, 0])
        # Points are thinned and rounded to a tenth of a two-hundredth.
        assert area == pytest.approx(auroc(method.clean, scores), abs=0.005)


def test_severities_are_named_where_there_are_several() -> None:
    copies = tuple(CorruptedScores("fog", level, np.ones(3)) for level in (1, 4))
    plots = curves_by_corruption([MethodScores("s_kl", np.zeros(3), copies)])
    assert [plot.title for plot in plots] == ["fog 1", "fog 4"]


def test_bars_hold_all_pictures(method: MethodScores) -> None:
    (plot,) = histograms([method])
    assert [line.label for line in plot.lines] == ["good", "corrupted"]
    heights = [1 - points(line.points)[::2, 1] / SIDE for line in plot.lines]
    # Both are shares of their own group, drawn to one scale.
    assert heights[0].sum() == pytest.approx(heights[1].sum(), rel=0.02)
    assert max(height.max() for height in heights) == pytest.approx(1.0)
    assert float(plot.left) < -1.5
    assert float(plot.right) > 2.5
    centre = [np.average(np.arange(40), weights=height) for height in heights]
    assert centre[1] > centre[0] + 4


def test_one_value_for_all_is_still_drawn() -> None:
    same = MethodScores("s_kl", np.ones(4), (CorruptedScores("fog", 1, np.ones(4)),))
    (plot,) = histograms([same])
    assert all(np.isfinite(points(line.points)).all() for line in plot.lines)
