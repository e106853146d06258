import numpy as np
import pytest

from lqalbum.review.scoreplot import BARS, score_plot

SCORES = np.random.default_rng(3).gamma(4.0, 1.0, 4000)
QUANTILES = np.quantile(SCORES, np.linspace(0, 1, 401)).tolist()


def test_bars_are_the_histogram_of_good_photos():
    plot = score_plot(QUANTILES, 3.0, 0.03)
    width = (np.quantile(SCORES, 0.98) - SCORES.min()) / 0.75
    counted, _ = np.histogram(SCORES, BARS, (SCORES.min(), SCORES.min() + width))
    # The quantiles hold one photo in ten: bars may differ by what lies between two of them.
    assert np.allclose(plot.bars, counted / counted.max(), atol=0.06)
    assert max(plot.bars) == 1.0


def test_the_limit_is_where_the_share_of_good_photos_lies_beyond():
    plot = score_plot(QUANTILES, np.quantile(SCORES, 0.97), 0.03)
    assert plot.mark == pytest.approx(plot.limit, abs=0.002)
    assert score_plot(QUANTILES, 3.0, 0.1).limit < plot.limit


def test_a_photo_worse_than_every_good_one_stays_at_the_edge():
    plot = score_plot(QUANTILES, 100.0, 0.03)
    assert (plot.mark, plot.is_beyond) == (1.0, True)
    assert score_plot(QUANTILES, -5.0, 0.03).mark == 0.0


@pytest.mark.parametrize("quantiles", [(), (1.0,), (1.0, 1.0, 1.0)])
def test_without_good_photos_there_is_no_plot(quantiles):
    assert score_plot(quantiles, 1.0, 0.03) is None
