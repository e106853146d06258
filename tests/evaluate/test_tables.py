"""Tables from scores: what stands where, and that the sums are right."""

import json

import numpy as np
import pytest

from lqalbum.errors import LQAlbumError
from lqalbum.evaluate import metrics
from lqalbum.evaluate.published import PUBLISHED
from lqalbum.evaluate.tables import CorruptedScores, MethodScores, rating_figures, tabulate


def method(name: str, shifts: dict[str, float], n: int = 30) -> MethodScores:
    random = np.random.default_rng(4)
    clean = random.normal(size=n)
    copies = tuple(
        CorruptedScores(corruption, 1, clean + random.normal(shift, 0.5, n))
        for corruption, shift in shifts.items()
    )
    return MethodScores(name, clean, copies)


def test_rows_and_summary_come_from_the_metrics() -> None:
    scores = method("combined", {"fog": 0.5, "snow": 2.0})
    table = tabulate([scores], skipped=3, seed=0)
    assert [(row.corruption, row.severity) for row in table.rows] == [("fog", 1), ("snow", 1)]
    areas = [metrics.auroc(scores.clean, entry.scores) for entry in scores.corrupted]
    assert [row.auroc for row in table.rows] == areas
    summary = table.methods["combined"]
    assert summary.mean_auroc == pytest.approx(np.mean(areas))
    assert summary.mean_fpr80 == pytest.approx(np.mean([row.fpr80 for row in table.rows]))
    pooled = np.concatenate([entry.scores for entry in scores.corrupted])
    assert summary.pooled_auprc == metrics.auprc(scores.clean, pooled)
    assert summary.pooled_fpr80 == metrics.fpr80(scores.clean, pooled)
    # All copies together against the same clean pictures: AUROC is a mean over pairs.
    assert summary.pooled_auroc == pytest.approx(summary.mean_auroc)
    assert summary.low < summary.mean_auroc < summary.high
    assert (table.n, table.skipped, table.ratings) == (30, 3, None)


def test_json_has_the_promised_keys() -> None:
    table = tabulate(
        [method("combined", {"fog": 1.0}), method("s_kl", {"fog": 0.1})],
        skipped=0,
        seed=0,
        ratings=np.arange(30.0),
    )
    document = json.loads(json.dumps(table.to_json(), allow_nan=False))
    assert set(document) == {
        "schema_version", "n", "skipped", "rows", "methods", "ratings", "published",
    }  # fmt: skip
    assert document["schema_version"] == 1
    row_keys = {"method", "corruption", "severity", "auroc", "auprc", "fpr80"}
    assert all(set(row) == row_keys for row in document["rows"])
    assert set(document["methods"]) == set(document["ratings"]) == {"combined", "s_kl"}
    assert set(document["methods"]["combined"]) == {
        "mean_auroc", "mean_fpr80", "pooled_auroc", "pooled_auprc", "pooled_fpr80", "low", "high",
    }  # fmt: skip
    assert set(document["ratings"]["s_kl"]) == {"srocc", "quartile_auc", "n"}
    assert tabulate([method("s_kl", {"fog": 0.1})], 0, 0).to_json()["ratings"] is None


def test_ratings_alone_make_no_rows() -> None:
    table = tabulate([method("combined", {})], skipped=0, seed=0, ratings=np.arange(30.0))
    assert table.rows == ()
    assert table.methods == {}
    assert table.ratings is not None
    assert table.ratings["combined"].n == 30


def test_a_good_score_falls_as_the_rating_rises() -> None:
    ratings = np.linspace(0, 1, 12)
    figures = rating_figures(-ratings, ratings)
    assert (figures.srocc, figures.quartile_auc) == (pytest.approx(1.0), 1.0)
    figures = rating_figures(ratings, ratings)
    assert (figures.srocc, figures.quartile_auc) == (pytest.approx(-1.0), 0.0)


def test_seven_ratings_are_too_few() -> None:
    with pytest.raises(LQAlbumError, match="Only 7"):
        rating_figures(np.arange(7.0), np.arange(7.0))


def test_published_figures_are_fractions_with_a_source() -> None:
    for figures in PUBLISHED:
        values = [
            figures.mean_auroc,
            figures.mean_fpr80,
            figures.pooled_auroc,
            figures.pooled_auprc,
            figures.pooled_fpr80,
        ]
        known = [value for value in values if value is not None]
        assert known
        assert all(0.0 < value < 1.0 for value in known)
        assert "arXiv" in figures.source
    assert {figures.method for figures in PUBLISHED} >= {
        "s_kl",
        "likelihood",
        "llr",
        "csi",
        "panda",
    }
