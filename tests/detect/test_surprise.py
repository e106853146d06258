"""Laws and clouds against scipy and plain numpy."""

import json

import numpy as np
import pytest
from scipy.stats import expon, percentileofscore

from lqalbum.detect.surprise import Cloud, Law


@pytest.fixture
def values() -> np.ndarray:
    return np.random.default_rng(1).gamma(2.0, 1.5, 300)


def test_percentiles_against_scipy(values: np.ndarray):
    law = Law.fit(values)
    probes = np.concatenate((values, np.linspace(-1, 15, 50)))
    expected = [percentileofscore(values, probe, kind="mean") for probe in probes]
    # Between neighbours of 300 values an interpolated share differs by up to one in 300.
    np.testing.assert_allclose(law.percentile(probes), expected, atol=100 / 300)
    assert law.count == 300


def test_percentile_is_the_share_of_lower_ones_where_many_are_equal():
    # Most photos have no clipped white at all: to have none is not unusual.
    law = Law.fit(np.array([0.0] * 99 + [0.3]))
    assert law.percentile(np.array([0.0]))[0] == 0
    assert law.percentile(np.array([0.001]))[0] >= 97
    assert law.percentile(np.array([0.3, 1.0])).tolist() == [100, 100]
    assert law.surprise(np.array([0.0]))[0] == 0


def test_ends_of_the_percentiles(values: np.ndarray):
    law = Law.fit(values)
    ends = law.percentile(np.array([values.min() - 1, values.min(), values.max(), 1e9]))
    assert ends.tolist() == [0, 0, 100, 100]


def test_surprise_is_the_empirical_share_below_the_tail(values: np.ndarray):
    law = Law.fit(values)
    probes = np.quantile(values, [0.1, 0.4, 0.6, 0.85])
    expected = [-np.log((values >= probe).mean()) for probe in probes]
    # The share is known to one in 300: 2 % of the smallest share here, 0.15.
    np.testing.assert_allclose(law.surprise(probes), expected, atol=0.03)


def test_surprise_is_an_exponential_in_the_tail(values: np.ndarray):
    law = Law.fit(values)
    start = np.quantile(values, 0.9)
    _, scale = expon.fit(values[values > start] - start, floc=0)
    probes = start + np.array([0.5, 2.0, 10.0, 100.0])
    expected = -np.log(0.1) - expon.logsf(probes - start, scale=scale)
    np.testing.assert_allclose(law.surprise(probes), expected, rtol=1e-6)


def test_surprise_rises_and_does_not_jump(values: np.ndarray):
    law = Law.fit(values)
    probes = np.linspace(values.min() - 1, 3 * values.max(), 20_000)
    surprise = law.surprise(probes)
    steps = np.diff(surprise)
    assert (steps >= 0).all()
    assert surprise[0] == 0
    # Also where the tail begins; the largest gap is one of few values among 300.
    assert steps.max() < 0.05


@pytest.mark.parametrize("equal", [0.0, -7.5])
def test_a_law_of_equal_values_stays_finite(equal: float):
    law = Law.fit(np.full(30, equal))
    probes = np.array([equal - 1, equal, equal + 1])
    assert np.isfinite(law.surprise(probes)).all()
    assert law.percentile(probes).tolist() == [0, 0, 100]


def test_a_law_survives_json(values: np.ndarray):
    law = Law.fit(values)
    again = Law.from_json(json.loads(json.dumps(law.to_json())))
    probes = np.linspace(-1, 30, 500)
    assert again.count == law.count
    # Six digits are written.
    np.testing.assert_allclose(again.surprise(probes), law.surprise(probes), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(again.percentile(probes), law.percentile(probes), atol=0.01)


def correlated(count: int, seed: int, dimensions: int = 6) -> np.ndarray:
    """Gaussian rows with one fixed correlation and very different scales."""
    mixing = np.random.default_rng(99).normal(size=(dimensions, dimensions))
    scales = 10.0 ** np.arange(-3, dimensions - 3)
    rows = np.random.default_rng(seed).normal(size=(count, dimensions))
    return (rows @ mixing) * scales + 5 * scales


def test_distance_against_plain_numpy():
    rows, probes = correlated(60, 1), correlated(7, 2)
    cloud = Cloud.fit(rows)
    n, d = rows.shape
    mean, deviation = rows.mean(0), rows.std(0)
    correlation = np.corrcoef(rows, rowvar=False)
    # Oracle-approximating shrinkage, as in the paper but for terms of order 1/d left out there.
    trace_of_square, trace = np.trace(correlation @ correlation), np.trace(correlation)
    alpha, mu = trace_of_square / d**2, trace / d
    share = min(1.0, (alpha + mu**2) / ((n + 1) * (alpha - mu**2 / d)))
    assert 0 < share < 1
    matrix = (1 - share) * correlation + share * mu * np.eye(d)
    for probe, measured in zip(probes, cloud.distance(probes), strict=True):
        z = (probe - mean) / deviation
        assert measured == pytest.approx(z @ np.linalg.solve(matrix, z), rel=1e-5)


def test_distance_does_not_hang_on_units():
    rows = correlated(60, 1)
    factors = np.array([1e3, 1e-2, 1.0, 5.0, 1e4, 1e-3])
    one = Cloud.fit(rows).distance(rows)
    other = Cloud.fit(rows * factors + 3).distance(rows * factors + 3)
    np.testing.assert_allclose(one, other, rtol=1e-3)


def test_far_rows_are_farther_and_few_rows_still_make_a_cloud():
    rows = correlated(20, 3, dimensions=36)  # fewer rows than numbers
    cloud = Cloud.fit(rows)
    probe = rows.mean(0) + 10 * rows.std(0)
    assert np.isfinite(cloud.precision).all()
    assert cloud.distance(probe[None])[0] > cloud.distance(rows).max()


def test_a_constant_column_does_not_break_the_cloud():
    rows = correlated(40, 4)
    rows[:, 2] = 1.0
    assert np.isfinite(Cloud.fit(rows).distance(rows)).all()


def test_held_out_distances_are_those_of_new_rows():
    rows, fresh = correlated(100, 5), correlated(4000, 6)
    held_out = Cloud.held_out(rows, Cloud.distance).mean()
    own = Cloud.fit(rows).distance(rows).mean()
    new = Cloud.fit(rows).distance(fresh).mean()
    # Six dimensions: a distance has mean 6 and deviation 3.5, so 100 of them know it to 6 %.
    assert held_out == pytest.approx(new, rel=0.15)
    many = [
        (
            Cloud.held_out(r, Cloud.distance).mean(),
            Cloud.fit(r).distance(fresh).mean(),
            Cloud.fit(r).distance(r).mean(),
        )
        for r in (correlated(60, seed) for seed in range(100, 140))
    ]
    held, truth, seen = np.mean(many, axis=0)
    # Over 40 sets the noise is 1.5 %; a fold is fitted on four fifths, hence a little more.
    assert held == pytest.approx(truth, rel=0.08)
    # What the row's own part in the fit would have hidden.
    assert seen < 0.9 * truth
    assert own < new


def test_a_cloud_survives_json():
    rows = correlated(60, 1)
    cloud = Cloud.fit(rows)
    again = Cloud.from_json(json.loads(json.dumps(cloud.to_json())))
    # Six digits are written; the precision matrix of correlated numbers multiplies their error.
    np.testing.assert_allclose(again.distance(rows), cloud.distance(rows), rtol=1e-3)
