"""Metrics against brute force: pair by pair, threshold by threshold."""

from collections.abc import Sequence

import numpy as np
import pytest

from lqalbum.evaluate import metrics


def brute_auroc(good: Sequence[float], degraded: Sequence[float]) -> float:
    wins = [1.0 if b > g else 0.5 if b == g else 0.0 for g in good for b in degraded]
    return sum(wins) / len(wins)


def rates(
    good: Sequence[float], degraded: Sequence[float], threshold: float
) -> tuple[float, float]:
    false = sum(score >= threshold for score in good) / len(good)
    true = sum(score >= threshold for score in degraded) / len(degraded)
    return false, true


def brute_auprc(good: Sequence[float], degraded: Sequence[float]) -> float:
    # Equal weight by brute force: each class repeated as often as the other is large.
    total, recall_before = 0.0, 0.0
    labelled = [(s, False) for s in good for _ in degraded]
    labelled += [(s, True) for s in degraded for _ in good]
    for threshold in sorted({s for s, _ in labelled}, reverse=True):
        flagged = [bad for s, bad in labelled if s >= threshold]
        recall = sum(flagged) / (len(good) * len(degraded))
        total += (recall - recall_before) * sum(flagged) / len(flagged)
        recall_before = recall
    return total


def brute_fpr80(good: Sequence[float], degraded: Sequence[float]) -> float:
    reaching = [rates(good, degraded, t) for t in {*good, *degraded}]
    return min(false for false, true in reaching if true >= 0.8 - 1e-12)


@pytest.fixture(params=range(6))
def scores(request: pytest.FixtureRequest) -> tuple[list[float], list[float]]:
    random = np.random.default_rng(request.param)
    good = random.normal(0.0, 1.0, random.integers(3, 30))
    degraded = random.normal(0.7, 1.3, random.integers(3, 30))
    if request.param % 2:  # coarse steps make ties
        good, degraded = np.round(good), np.round(degraded)
    return good.tolist(), degraded.tolist()


def test_areas_and_rates_agree_with_brute_force(scores: tuple[list[float], list[float]]) -> None:
    assert metrics.auroc(*scores) == pytest.approx(brute_auroc(*scores), abs=1e-12)
    assert metrics.auprc(*scores) == pytest.approx(brute_auprc(*scores), abs=1e-12)
    assert metrics.fpr80(*scores) == pytest.approx(brute_fpr80(*scores), abs=1e-12)


def test_curve_agrees_with_brute_force(scores: tuple[list[float], list[float]]) -> None:
    curve = metrics.operating_curve(*scores)
    thresholds = sorted({*scores[0], *scores[1]}, reverse=True)
    expected = [(0.0, 0.0), *(rates(*scores, threshold) for threshold in thresholds)]
    assert curve.false_positive_rate == pytest.approx([false for false, _ in expected])
    assert curve.true_positive_rate == pytest.approx([true for _, true in expected])
    area = np.trapezoid(curve.true_positive_rate, curve.false_positive_rate)
    assert area == pytest.approx(metrics.auroc(*scores))


def test_extremes() -> None:
    assert metrics.auroc([1, 2], [3, 4]) == 1.0
    assert metrics.auprc([1, 2], [3, 4]) == 1.0
    assert metrics.fpr80([1, 2], [3, 4]) == 0.0
    assert metrics.auroc([3, 4], [1, 2]) == 0.0
    assert metrics.fpr80([3, 4], [1, 2]) == 1.0
    assert metrics.auroc([1, 1], [1, 1, 1]) == 0.5
    assert metrics.auprc([1] * 2, [1] * 9) == 0.5


def test_fpr80_needs_four_of_five() -> None:
    assert metrics.fpr80([10, 25, 35, 45], [20, 30, 40, 50, 60]) == 0.5


def test_class_sizes_do_not_matter() -> None:
    good, degraded = [0.1, 0.5, 0.7], [0.4, 0.6, 0.9]
    for metric in (metrics.auroc, metrics.auprc, metrics.fpr80):
        assert metric(good, degraded * 19) == pytest.approx(metric(good, degraded))


def test_interval_agrees_with_a_plain_bootstrap() -> None:
    random = np.random.default_rng(1)
    good = random.normal(size=40)
    degraded = good + random.normal(0.8, 1.0, (3, 40))
    interval = metrics.mean_auroc_interval(good, degraded, seed=0, resamples=2000)
    draws = []
    for _ in range(2000):
        drawn = random.integers(0, 40, 40)
        draws.append(np.mean([metrics.auroc(good[drawn], row[drawn]) for row in degraded]))
    low, high = np.quantile(draws, [0.025, 0.975])
    # The ends of 2,000 draws scatter by about 0.004 each.
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=0.015)
    centre = np.mean([metrics.auroc(good, row) for row in degraded])
    assert interval.low < centre < interval.high
    again = metrics.mean_auroc_interval(good, degraded, seed=0, resamples=2000)
    assert again == interval


def test_interval_wants_a_copy_of_every_picture() -> None:
    with pytest.raises(ValueError, match="each clean picture"):
        metrics.mean_auroc_interval([1.0, 2.0], [[1.0, 2.0, 3.0]], seed=0)


def test_spearman_agrees_with_its_classic_formula() -> None:
    first, second = [1.0, 5.0, 2.0, 9.0, 7.0], [3.0, 40.0, 1.0, 20.0, 90.0]
    places = [sorted(values).index(v) for values in (first, second) for v in values]
    squares = sum((a - b) ** 2 for a, b in zip(places[:5], places[5:], strict=True))
    assert metrics.spearman(first, second) == pytest.approx(1 - 6 * squares / (5 * 24))
    assert metrics.spearman(first, [-value for value in first]) == pytest.approx(-1.0)
    assert metrics.spearman(first, [4.0] * 5) == 0.0


def test_spearman_shares_the_rank_of_ties() -> None:
    # Ranks 1.5, 1.5, 3, 4 against 1, 2, 3, 4: Pearson of the ranks by hand.
    assert metrics.spearman([1, 1, 2, 3], [1, 2, 3, 4]) == pytest.approx(4.5 / np.sqrt(4.5 * 5))


def test_quartile_auc_compares_worst_with_best() -> None:
    ratings = [1, 2, 3, 4, 5, 6, 7, 8]
    assert metrics.quartile_auc([9, 8, 0, 0, 0, 0, 2, 1], ratings) == 1.0
    assert metrics.quartile_auc([9, 1, 0, 0, 0, 0, 2, 3], ratings) == 0.5
    # The two in the middle of each half do not count.
    assert metrics.quartile_auc([9, 8, 50, 50, -9, -9, 2, 1], ratings) == 1.0


@pytest.mark.parametrize("bad", [[], [1.0, float("nan")], [[1.0], [2.0]]])
def test_unusable_scores_are_refused(bad: list[float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        metrics.auroc([0.0], bad)
    with pytest.raises(ValueError, match="finite"):
        metrics.fpr80(bad, [0.0])
