"""Reports for programs: JSON, JSON lines and CSV with the same keys for every photo.

All keys are always there, null where unknown; a number that is not finite is written as null.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lqalbum.jobs.summary import ScanSummary
from lqalbum.library.flags import Flag, flag
from lqalbum.library.records import Evidence, PhotoRow

SCHEMA_VERSION = 1
PHOTO_KEYS = (
    "path",
    "path_bytes",
    "status",
    "kind",
    "score",
    "percentile",
    "s_kl",
    "s_kl_percentile",
    "flagged",
    "unsure",
    "reason",
    "evidence",
    "split_level",
    "high_frequency",
    "width",
    "height",
    "taken",
    "decision",
    "model_id",
    "error",
)


@dataclass(frozen=True)
class ReportModel:
    """The network and calibration behind a report's scores; None where that is not known.

    Attributes:
        name: short name, such as `photo`.
        model_id: SHA-256 of the tensor bytes, hex.
        preset: preset of the network.
        calibration_size: number of good photos behind the percentiles.
        scorer_id: identity of network and calibration together, hex.
    """

    name: str | None = None
    model_id: str | None = None
    preset: str | None = None
    calibration_size: int | None = None
    scorer_id: str | None = None


@dataclass(frozen=True)
class Report:
    """Everything a report is written from.

    Attributes:
        model: the network and calibration behind the scores.
        strictness: share of good photos that will be flagged, 0-1.
        photos: the rows, in the order to be written.
        details: evidence of a photo by its photo_id; asked once or twice per photo.
        summary: the counts.
    """

    model: ReportModel
    strictness: float
    photos: Sequence[PhotoRow]
    details: Callable[[int], Mapping[str, Evidence]]
    summary: ScanSummary

    def flag_of(self, row: PhotoRow) -> Flag:
        """Judge a row at this report's strictness."""
        return flag(row, self.strictness)

    def evidence_of(self, row: PhotoRow) -> Mapping[str, Evidence]:
        """The evidence of a row; empty without a score."""
        return {} if row.score is None else self.details(row.photo_id)


def path_bytes(path: str) -> str | None:
    """Return a path that is not UTF-8 exactly, as base64; None for one that is."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return base64.b64encode(os.fsencode(path)).decode("ascii")
    return None


def photo_record(report: Report, row: PhotoRow) -> dict[str, Any]:
    """Return one photo as JSON shows it."""
    verdict = report.flag_of(row)
    error = None
    if row.error_code is not None and row.status == "error":
        error = {"code": row.error_code, "message": row.error_message}
    return {
        "path": row.path,
        "path_bytes": path_bytes(row.path),
        "status": row.status,
        "kind": row.kind,
        "score": _number(row.score),
        "percentile": _number(row.percentile),
        "s_kl": _number(row.s_kl),
        "s_kl_percentile": _number(row.s_kl_percentile),
        "flagged": verdict == "flagged",
        "unsure": verdict == "unsure",
        "reason": row.reason,
        "evidence": {
            name: {"value": _number(one.value), "percentile": _number(one.percentile)}
            for name, one in sorted(report.evidence_of(row).items())
        },
        "split_level": row.split_level,
        "high_frequency": _number(row.high_frequency),
        "width": row.width,
        "height": row.height,
        "taken": row.taken,
        "decision": row.decision,
        "model_id": row.model_id,
        "error": error,
    }


def json_report(report: Report) -> Iterator[str]:
    """Yield the JSON document in pieces, a photo a line, so that 100,000 need no memory."""
    model = to_json(model_record(report.model))
    yield f'{{"schema_version": {SCHEMA_VERSION},\n"model": {model},\n'
    yield f'"strictness": {to_json(report.strictness)},\n"photos": ['
    for number, row in enumerate(report.photos):
        yield ("," if number else "") + "\n" + to_json(photo_record(report, row))
    yield f'],\n"summary": {to_json(asdict(report.summary))}}}\n'


def jsonl_report(report: Report) -> Iterator[str]:
    """Yield one photo a line; there is no summary."""
    for row in report.photos:
        yield to_json(photo_record(report, row)) + "\n"


def csv_report(report: Report) -> Iterator[str]:
    """Yield CSV: the keys of JSON, a column for each piece of evidence and its percentile.

    As the value of a piece of evidence has the plain name and its percentile the longer one,
    `error` holds the code and `error.message` the sentence.
    """
    columns = flat_columns(evidence_names(report))
    yield csv_line(columns)
    for row in report.photos:
        flat = flat_record(photo_record(report, row))
        yield csv_line([flat.get(column) for column in columns])


def csv_line(values: Sequence[object]) -> str:
    """Return one line of CSV: null is empty, truth is `true` or `false`."""
    stream = io.StringIO()
    cells = [str(v).lower() if isinstance(v, bool) else "" if v is None else v for v in values]
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return stream.getvalue()


def to_json(value: object) -> str:
    """Return JSON in ASCII, where a path's surrogate escapes survive; NaN is a bug and raises."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False)


def model_record(model: ReportModel) -> dict[str, Any]:
    """Return what a report says of its model."""
    return {
        "name": model.name,
        "id": model.model_id,
        "preset": model.preset,
        "calibration": {"n": model.calibration_size},
    }


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value


def evidence_names(report: Report) -> list[str]:
    """Return the names of all evidence that a report holds, in order."""
    return sorted({name for row in report.photos for name in report.evidence_of(row)})


def flat_columns(evidence: Sequence[str]) -> list[str]:
    """Return the columns of a table: the keys of JSON, those of evidence and error spread out."""
    columns: list[str] = []
    for key in PHOTO_KEYS:
        if key == "evidence":
            for name in evidence:
                columns += [f"evidence.{name}", f"evidence.{name}.percentile"]
        elif key == "error":
            columns += ["error", "error.message"]
        else:
            columns.append(key)
    return columns


def flat_record(record: Mapping[str, Any]) -> dict[str, object]:
    """Return one photo as a line of a table: its record by the names of `flat_columns`."""
    flat = dict(record)
    for name, one in flat.pop("evidence").items():
        flat[f"evidence.{name}"] = one["value"]
        flat[f"evidence.{name}.percentile"] = one["percentile"]
    error = flat.pop("error") or {"code": None, "message": None}
    return flat | {"error": error["code"], "error.message": error["message"]}
