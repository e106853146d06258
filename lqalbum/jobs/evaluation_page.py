"""An evaluation as one self-contained page: tables, curves, histograms, sheet of pictures."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import jinja2

from lqalbum.evaluate.tables import EvaluationTable
from lqalbum.jobs.evaluation import COMBINED, PAPER
from lqalbum.jobs.evaluation_plots import curves_by_corruption, histograms, pooled_curves
from lqalbum.jobs.evaluation_run import EvaluationResult
from lqalbum.jobs.evaluation_table import (
    SUMMARY_HEADINGS,
    corruption_cells,
    fraction,
    published_cells,
    sources,
    summary_cells,
)
from lqalbum.jobs.models import ModelSummary
from lqalbum.library.photofile import printable

_TEMPLATES = Path(__file__).parent / "templates"


def evaluation_page(result: EvaluationResult, model: ModelSummary, folder: str) -> Iterator[str]:
    """Yield the page in pieces.

    Args:
        result: what to show.
        model: that was measured.
        folder: of the pictures.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["jpeg_address"] = _jpeg_address
    table = result.evaluation.table
    scores = result.evaluation.scores if table.methods else ()
    ours = [one for one in scores if one.method in (COMBINED, PAPER)]
    yield from environment.get_template("evaluation.html").generate(
        folder=printable(folder),
        model=model,
        calibration_size=result.calibration_size,
        notes=[printable(note) for note in result.notes],
        table=table,
        summary_headings=SUMMARY_HEADINGS,
        summaries=[summary_cells(name, one) for name, one in table.methods.items()],
        corruption_headings=("corruption", *table.methods),
        corruptions=corruption_cells(table, list(table.methods)),
        ratings=_rating_cells(table),
        published=published_cells(table.published),
        sources=sources(table.published),
        pooled=pooled_curves(scores) if scores else None,
        curves=curves_by_corruption(ours) if ours else [],
        histograms=histograms(scores),
        sheet=result.sheet,
    )


def _rating_cells(table: EvaluationTable) -> list[tuple[str, ...]]:
    return [
        (name, fraction(one.srocc), fraction(one.quartile_auc), str(one.n))
        for name, one in (table.ratings or {}).items()
    ]


def _jpeg_address(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")
