"""An evaluation as a person reads it in a terminal, and as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields

from lqalbum.evaluate.published import PublishedFigures
from lqalbum.evaluate.tables import EvaluationTable, MethodSummary
from lqalbum.jobs.marks import EVALUATION_COLUMNS
from lqalbum.jobs.reports import csv_line
from lqalbum.jobs.table_report import plain_table

# Columns of a terminal that the names of corruptions and one method take up.
_NAME_COLUMNS = 24
_METHOD_COLUMNS = 16

Record = dict[str, object]


def evaluation_text(table: EvaluationTable, columns: int | None) -> Iterator[str]:
    """Yield the tables for a person.

    Args:
        table: the figures.
        columns: of the terminal; None when the text goes to a pipe or file.
    """
    skipped = f", {table.skipped} skipped" if table.skipped else ""
    yield f"{table.n} pictures measured{skipped}. Degraded is the positive class.\n"
    if table.methods:
        yield "\nAll corruptions: mean AUROC [95 % interval] and FPR80; pooled\n"
        yield plain_table(*_summaries(table), columns)
        yield "\nAUROC / FPR80 of each corruption\n"
        yield from _by_corruption(table, columns)
    if table.ratings is not None:
        rows = [
            (name, fraction(one.srocc), fraction(one.quartile_auc), str(one.n))
            for name, one in table.ratings.items()
        ]
        yield "\nAgainst the ratings\n"
        yield plain_table(("method", "rank correlation", "quartile AUC", "n"), rows, columns)
    if table.methods:
        yield "\nPublished, on other pictures: the order of size, not who wins\n"
        yield plain_table(*published_cells(table.published), columns)
        yield from (f"Source: {source}\n" for source in sources(table.published))


def evaluation_json(table: EvaluationTable) -> Iterator[str]:
    """Yield the table as scripts read it; the keys are a contract."""
    yield json.dumps(table.to_json(), ensure_ascii=True, allow_nan=False, indent=1) + "\n"


def evaluation_csv(table: EvaluationTable) -> Iterator[str]:
    """Yield one line for each figure: by corruption, then `mean` and `pooled`, ratings, published.

    A published line names its pictures in `data` and where it was published in `source`; ours
    leave both empty.
    """
    yield csv_line(EVALUATION_COLUMNS)
    for record in _records(table):
        yield csv_line([record.get(key) for key in EVALUATION_COLUMNS])


def fraction(value: float | None) -> str:
    """A fraction as people read it, empty where there is none."""
    return "" if value is None else f"{value:.3f}"


def published_cells(
    published: Sequence[PublishedFigures],
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings and rows of the published figures."""
    headings = ("method", "pictures", "mean AUROC", "mean FPR80", "pooled AUROC", "AUPRC", "FPR80")
    rows: list[tuple[str, ...]] = [
        (
            one.method,
            one.data,
            fraction(one.mean_auroc),
            fraction(one.mean_fpr80),
            fraction(one.pooled_auroc),
            fraction(one.pooled_auprc),
            fraction(one.pooled_fpr80),
        )
        for one in published
    ]
    return headings, rows


def sources(published: Sequence[PublishedFigures]) -> list[str]:
    """Where published figures come from, each source once."""
    return list(dict.fromkeys(one.source for one in published))


def summary_cells(name: str, one: MethodSummary) -> tuple[str, ...]:
    """One method's row: mean with its interval, pooled."""
    mean = f"{fraction(one.mean_auroc)} [{fraction(one.low)} {fraction(one.high)}]"
    pooled = (fraction(one.pooled_auroc), fraction(one.pooled_auprc), fraction(one.pooled_fpr80))
    return (name, mean, fraction(one.mean_fpr80), *pooled)


SUMMARY_HEADINGS = ("method", "AUROC", "FPR80", "pooled AUROC", "AUPRC", "FPR80")


def corruption_cells(table: EvaluationTable, methods: Sequence[str]) -> list[tuple[str, ...]]:
    """Rows of corruption, severity where there are several, and a cell for each method."""
    figures = {(row.method, row.corruption, row.severity): row for row in table.rows}
    places = list(dict.fromkeys((row.corruption, row.severity) for row in table.rows))
    several = len({severity for _, severity in places}) > 1
    cells = []
    for corruption, severity in places:
        name = f"{corruption} {severity}" if several else corruption
        found = [figures[method, corruption, severity] for method in methods]
        cells.append((name, *(f"{fraction(row.auroc)} / {fraction(row.fpr80)}" for row in found)))
    return cells


def _summaries(table: EvaluationTable) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    return SUMMARY_HEADINGS, [summary_cells(name, one) for name, one in table.methods.items()]


def _by_corruption(table: EvaluationTable, columns: int | None) -> Iterator[str]:
    """As many methods beside each other as a terminal has room for."""
    methods = list(table.methods)
    room = len(methods)
    if columns is not None:
        room = max(1, (columns - _NAME_COLUMNS) // _METHOD_COLUMNS)
    for start in range(0, len(methods), room):
        some = methods[start : start + room]
        yield plain_table(("corruption", *some), corruption_cells(table, some), columns)


def _records(table: EvaluationTable) -> Iterator[Record]:
    for row in table.rows:
        yield {field.name: getattr(row, field.name) for field in fields(row)} | {"n": table.n}
    for name, one in table.methods.items():
        mean: Record = {"auroc": one.mean_auroc, "fpr80": one.mean_fpr80}
        limits: Record = {"low": one.low, "high": one.high}
        yield {"method": name, "corruption": "mean", "n": table.n} | mean | limits
        pooled = _pooled(one)
        yield {"method": name, "corruption": "pooled", "n": table.n} | pooled
    for name, rated in (table.ratings or {}).items():
        yield {"method": name, "srocc": rated.srocc, "quartile_auc": rated.quartile_auc} | {
            "n": rated.n
        }
    for published in table.published:
        origin: Record = {"method": published.method, "data": published.data}
        origin["source"] = published.source
        mean = {"auroc": published.mean_auroc, "fpr80": published.mean_fpr80}
        yield from (
            origin | {"corruption": kind} | figures
            for kind, figures in (("mean", mean), ("pooled", _pooled(published)))
            if any(value is not None for value in figures.values())
        )


def _pooled(one: MethodSummary | PublishedFigures) -> Record:
    return {"auroc": one.pooled_auroc, "auprc": one.pooled_auprc, "fpr80": one.pooled_fpr80}
