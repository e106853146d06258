"""The figures as a person and as a script read them."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
import pytest

from lqalbum.evaluate.tables import CorruptedScores, EvaluationTable, MethodScores, tabulate
from lqalbum.jobs.evaluation_table import evaluation_csv, evaluation_text

METHODS = ("combined", "s_kl", "s_kl_fixed_3", "s_kl_fixed_6", "likelihood", "llr", "laplacian")


def table(severities: tuple[int, ...] = (1,), *, rated: bool = False) -> EvaluationTable:
    random = np.random.default_rng(2)
    methods = [
        MethodScores(
            name,
            random.normal(size=20),
            tuple(
                CorruptedScores(corruption, severity, random.normal(1, 1, 20))
                for corruption in ("fog", "elastic_transform")
                for severity in severities
            ),
        )
        for name in METHODS
    ]
    return tabulate(methods, 2, 0, np.arange(20.0) if rated else None)


def test_a_terminal_gets_methods_in_blocks_and_a_pipe_all_at_once() -> None:
    found = table()
    coloured, piped = ("".join(evaluation_text(found, columns)) for columns in (100, None))
    narrow = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert len(narrow) < len(coloured)
    assert "\x1b" not in piped
    assert max(len(line) for line in narrow.splitlines() if "Source" not in line) <= 100
    assert narrow.count("elastic_transform") == 2
    assert piped.count("elastic_transform") == 1
    row = next(row for row in found.rows if (row.method, row.corruption) == ("llr", "fog"))
    for text in (narrow, piped):
        assert f"{row.auroc:.3f} / {row.fpr80:.3f}" in text
        assert text.startswith("20 pictures measured, 2 skipped.")
        assert "arXiv 2408.10885" in text


def test_severities_are_named_where_there_are_several() -> None:
    assert "fog 3" in "".join(evaluation_text(table((1, 3)), None))
    assert "fog 1" not in "".join(evaluation_text(table(), None))


def test_csv_holds_every_figure() -> None:
    found = table((1, 2), rated=True)
    lines = list(csv.DictReader(io.StringIO("".join(evaluation_csv(found)))))
    ours = [line for line in lines if not line["source"]]
    assert len(ours) == len(found.rows) + 3 * len(METHODS)
    for line, row in zip(ours, found.rows, strict=False):
        assert (line["method"], line["corruption"]) == (row.method, row.corruption)
        assert float(line["auprc"]) == row.auprc
        assert int(line["n"]) == 20
    mean = next(line for line in ours if (line["method"], line["corruption"]) == ("llr", "mean"))
    assert float(mean["low"]) == found.methods["llr"].low
    assert float(mean["auroc"]) == found.methods["llr"].mean_auroc
    assert found.ratings is not None
    rated = next(line for line in ours if line["srocc"])
    assert float(rated["srocc"]) == found.ratings["combined"].srocc
    theirs = [line for line in lines if line["source"]]
    csi = [line for line in theirs if line["method"] == "csi" and line["data"] == "FFHQ-256"]
    assert [float(line["auroc"]) for line in csi] == [pytest.approx(0.788)]
