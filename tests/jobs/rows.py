"""Rows for the reports' tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lqalbum.jobs.reports import Report, ReportModel
from lqalbum.jobs.summary import summarise
from lqalbum.library.records import Evidence, PhotoRow

GOOD = PhotoRow(
    photo_id=1, path="/album/good.jpg", root="/album", size_bytes=1000, mtime_ns=1,
    sha256="1" * 64, width=4000, height=3000, taken="2026-05-04T12:00:00", status="scored",
    kind="photo", score=3.5, percentile=40.0, percentile_low=40.0, percentile_high=40.0,
    s_kl=0.012, s_kl_percentile=35.0, split_level=4, high_frequency=0.02, reason="",
    model_id="a" * 64, decision="undecided", error_code=None, error_message=None,
)  # fmt: skip
FLAGGED = replace(
    GOOD, photo_id=2, path="/album/trip/blurred.jpg", score=30.0, percentile=99.9,
    percentile_low=99.9, percentile_high=99.9, reason="blurred", sha256="2" * 64,
)  # fmt: skip
UNSURE = replace(
    GOOD, photo_id=3, path="/album/edge.jpg", score=9.0, percentile=97.2, percentile_low=96.0,
    percentile_high=98.0, reason="strong noise", sha256="3" * 64,
)  # fmt: skip
BROKEN = PhotoRow(
    photo_id=4, path="/album/broken.jpg", root="/album", size_bytes=10, mtime_ns=1, sha256=None,
    width=None, height=None, taken=None, status="error", kind=None, score=None, percentile=None,
    percentile_low=None, percentile_high=None, s_kl=None, s_kl_percentile=None, split_level=None,
    high_frequency=None, reason=None, model_id=None, decision="undecided",
    error_code="truncated", error_message="/album/broken.jpg ends early; fetch it again.",
)  # fmt: skip
SCREEN = replace(FLAGGED, photo_id=5, path="/album/screen.png", kind="screen", sha256="5" * 64)
EVIDENCE = {2: {"sharpness": Evidence(0.5, 1.0)}, 3: {"noise": Evidence(3.0, 98.0)}}
MODEL = ReportModel("photo", "a" * 64, "photo", 300, "b" * 64)


def report(rows: Sequence[PhotoRow], strictness: float = 0.03) -> Report:
    """A report of rows with the evidence above."""
    summary = summarise(rows, strictness, seconds=2.5)
    return Report(MODEL, strictness, rows, lambda photo_id: EVIDENCE.get(photo_id, {}), summary)
