"""Figures of merit of a score: how well it parts degraded pictures from good ones.

Degraded is the positive class, a higher score is worse. Where class sizes would matter (precision),
the two classes weigh the same, so that figures for 19 corrupted copies of each picture compare with
figures for one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scores = NDArray[np.float64]  # (n,) one score a picture

TRUE_POSITIVE_RATE = 0.8


@dataclass(frozen=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True)
class OperatingCurve:
    """Rates at every distinct threshold, from the strictest (nothing flagged) to the laxest.

    Attributes:
        false_positive_rate, true_positive_rate: (t,) shares 0-1 of good and of degraded pictures
            whose score is at or above the threshold, both rising from 0 to 1.
    """

    false_positive_rate: Scores
    true_positive_rate: Scores


def operating_curve(good: ArrayLike, degraded: ArrayLike) -> OperatingCurve:
    """Returns the ROC curve of (n,) good and (m,) degraded scores; equal scores are one step."""
    good, degraded = _checked(good), _checked(degraded)
    thresholds = np.unique(np.concatenate([good, degraded]))[::-1]
    return OperatingCurve(
        _shares_reaching(good, thresholds), _shares_reaching(degraded, thresholds)
    )


def auroc(good: ArrayLike, degraded: ArrayLike) -> float:
    """Returns the chance, 0-1, that a degraded picture scores above a good one; ties count half."""
    good, degraded = np.sort(_checked(good)), _checked(degraded)
    below = np.searchsorted(good, degraded, side="left")
    not_above = np.searchsorted(good, degraded, side="right")
    return float((below + not_above).mean() / (2 * good.size))


def auprc(good: ArrayLike, degraded: ArrayLike) -> float:
    """Returns the average precision, 0-1, the two classes weighing the same.

    Precision at each threshold, weighted by the recall that threshold adds (no interpolation, which
    would be too kind). A score that tells nothing gets 0.5.
    """
    curve = operating_curve(good, degraded)
    hits, false_alarms = curve.true_positive_rate[1:], curve.false_positive_rate[1:]
    precision = hits / (hits + false_alarms)
    return float(np.sum(np.diff(curve.true_positive_rate) * precision))


def fpr80(good: ArrayLike, degraded: ArrayLike) -> float:
    """Returns the share, 0-1, of good pictures flagged when 80 % of the degraded ones are."""
    good, degraded = _checked(good), np.sort(_checked(degraded))
    # The small number keeps 0.8 * 5 from becoming 5 pictures by rounding.
    needed = int(np.ceil(TRUE_POSITIVE_RATE * degraded.size - 1e-9))
    threshold = degraded[degraded.size - needed]
    return float((good >= threshold).mean())


def mean_auroc_interval(
    good: ArrayLike, degraded: ArrayLike, seed: int, resamples: int = 1000
) -> Interval:
    """Returns the 95 % bootstrap interval of the mean AUROC over corruptions.

    Pictures are drawn with replacement, each with all its corrupted copies: the copies of one
    picture are no independent witnesses. AUROC is a mean over pairs, so a resample is a weighting
    of the matrix of all pairs, and that matrix is averaged over the corruptions once.

    Args:
        good: (n,) scores of the clean pictures.
        degraded: (c, n) scores of their corrupted copies, in the same order.
        seed: of the resampling.
        resamples: how many; memory is 8 * n * n bytes and time grows with resamples * n * n.
    """
    good = _checked(good)
    copies = np.asarray(degraded, dtype=np.float64)
    if copies.ndim != 2 or copies.shape[1] != good.size:
        raise ValueError("every corruption needs one score for each clean picture")
    pairs = np.zeros((good.size, good.size))
    for scores in copies:
        above = _checked(scores)[None, :]
        pairs += 0.5 * (above > good[:, None]) + 0.5 * (above >= good[:, None])
    pairs /= len(copies)
    random = np.random.default_rng(seed)
    shares = random.multinomial(good.size, np.full(good.size, 1 / good.size), resamples) / good.size
    means = np.einsum("bi,bi->b", shares @ pairs, shares)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(low), float(high))


def spearman(first: ArrayLike, second: ArrayLike) -> float:
    """Returns the rank correlation, -1 to 1, of two (n,) arrays; 0 where one is constant."""
    # Those who only read tables need not wait for SciPy, which takes a second to load.
    from scipy import stats

    ranks = [stats.rankdata(_checked(values)) for values in (first, second)]
    deviations = [values - values.mean() for values in ranks]
    spread = float(np.sqrt((deviations[0] ** 2).sum() * (deviations[1] ** 2).sum()))
    return float((deviations[0] * deviations[1]).sum()) / spread if spread > 0 else 0.0


def quartile_auc(scores: ArrayLike, ratings: ArrayLike) -> float:
    """Returns the AUROC of the worst-rated quarter against the best-rated quarter.

    Args:
        scores: (n,), higher is worse.
        ratings: (n,) mean opinion scores, higher is better. Pictures that share a quarter's limit
            belong to it.
    """
    scores, ratings = _checked(scores), _checked(ratings)
    lower, upper = np.quantile(ratings, [0.25, 0.75])
    return auroc(scores[ratings >= upper], scores[ratings <= lower])


def _shares_reaching(scores: Scores, thresholds: Scores) -> Scores:
    """Returns 0 and then the share of scores at or above each of the falling thresholds."""
    reaching = scores.size - np.searchsorted(np.sort(scores), thresholds, side="left")
    return np.concatenate([[0.0], reaching / scores.size])


def _checked(values: ArrayLike) -> Scores:
    """Returns (n,) float64, or raises ValueError: nothing can be said of no score or of NaN."""
    scores = np.asarray(values, dtype=np.float64)
    if scores.ndim != 1 or scores.size == 0 or not np.isfinite(scores).all():
        raise ValueError("scores must be a row of finite numbers, at least one")
    return scores
