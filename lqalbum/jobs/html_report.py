"""The self-contained page: photo | reconstruction | words, every picture inside the file.

Nothing is loaded from anywhere and no script runs; the filter is made of radio buttons and CSS.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from PIL import Image

from lqalbum.jobs.reports import Report
from lqalbum.jobs.words import common_folder, percent, verdict, words, worst_first
from lqalbum.library.photofile import printable
from lqalbum.library.records import PhotoRow

_TEMPLATES = Path(__file__).parent / "templates"
# What nobody is asked to look at is shown smaller: a page of 5,000 photos stays under 30 MB.
_QUIET_PX = 128
_QUIET_QUALITY = 70

Picture = Callable[[PhotoRow], bytes | None]


@dataclass(frozen=True)
class PageRow:
    """One row of the page; pictures are `data:` addresses, empty where there is none."""

    css_class: str
    verdict: str
    name: str
    words: str
    photo: str
    reconstruction: str
    facts: Sequence[tuple[str, str]]
    evidence: Sequence[tuple[str, str, str]]


def html_report(report: Report, thumbnail: Picture, reconstruction: Picture) -> Iterator[str]:
    """Yield the page in pieces.

    Args:
        report: what to show.
        thumbnail: JPEG of a photo, None where there is none.
        reconstruction: JPEG of its partial reconstruction, None where there is none.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    rows = worst_first(report)
    folder = common_folder(rows)
    yield from environment.get_template("report.html").generate(
        folder=printable(folder),
        model=report.model,
        strictness=percent(report.strictness),
        summary=report.summary,
        rows=(_page_row(report, row, folder, thumbnail, reconstruction) for row in rows),
    )


def _page_row(
    report: Report, row: PhotoRow, folder: str, thumbnail: Picture, reconstruction: Picture
) -> PageRow:
    judged = report.flag_of(row)
    loud = judged in ("flagged", "unsure")
    photo = thumbnail(row)
    beside = reconstruction(row) if loud else None
    return PageRow(
        css_class=judged if judged != "none" else (row.status or "waiting"),
        verdict=verdict(row, judged),
        name=printable(os.path.relpath(row.path, folder) if folder else row.path),
        words=printable(words(row)),
        photo=_data_address(photo if loud or photo is None else _smaller(photo)),
        reconstruction=_data_address(beside),
        facts=_facts(row),
        evidence=[
            (name, f"{one.value:.4g}", f"{one.percentile:.1f}")
            for name, one in sorted(
                report.evidence_of(row).items(), key=lambda item: -item[1].percentile
            )
        ],
    )


def _facts(row: PhotoRow) -> list[tuple[str, str]]:
    facts: list[tuple[str, str]] = []
    if row.percentile is not None:
        facts.append(("percentile", f"{row.percentile:.1f}"))
    low, high = f"{row.percentile_low or 0:.1f}", f"{row.percentile_high or 0:.1f}"
    if low != high:
        facts.append(("over samples", f"{low} to {high}"))
    if row.s_kl is not None:
        facts.append(("S_KL", f"{row.s_kl:.4f} nats per dimension"))
    if row.s_kl_percentile is not None:
        facts.append(("S_KL percentile", f"{row.s_kl_percentile:.1f}"))
    if row.width is not None:
        facts.append(("size", f"{row.width} x {row.height}"))
    if row.taken is not None:
        facts.append(("taken", row.taken))
    if row.decision != "undecided":
        facts.append(("decision", row.decision))
    return facts


def _data_address(jpeg: bytes | None) -> str:
    if jpeg is None:
        return ""
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")


def _smaller(jpeg: bytes) -> bytes:
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
        picture.thumbnail((_QUIET_PX, _QUIET_PX), reducing_gap=2.0)
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=_QUIET_QUALITY)
    return stream.getvalue()
