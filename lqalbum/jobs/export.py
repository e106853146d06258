"""Reports in every format, and files that are whole or not there at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lqalbum.errors import LQAlbumError, UsageError
from lqalbum.jobs.html_report import html_report
from lqalbum.jobs.marks import is_report
from lqalbum.jobs.parquet_report import parquet_report
from lqalbum.jobs.reports import Report, ReportModel, csv_report, json_report, jsonl_report
from lqalbum.jobs.sentences import said
from lqalbum.jobs.summary import ScanSummary
from lqalbum.jobs.table_report import table_report
from lqalbum.library.library import Library
from lqalbum.library.records import PhotoRow
from lqalbum.sentences import system_words
from lqalbum.wholefile import whole_file

REPORT_FORMATS = ("table", "csv", "json", "jsonl", "html", "parquet")
_ENDINGS = {
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".parquet": "parquet",
}


def library_report(
    library: Library,
    rows: Iterable[PhotoRow],
    model: ReportModel,
    strictness: float,
    summary: ScanSummary,
    scorer_id: str | None,
) -> Report:
    """Gather what a report is written from, photos in order of their paths.

    Args:
        library: knows the evidence.
        rows: the photos.
        model: what the report says of the network.
        strictness: share of good photos that will be flagged, 0-1.
        summary: the counts.
        scorer_id: whose scores the rows hold; None: the newest of each photo.
    """
    photos = sorted(rows, key=lambda row: row.path)
    return Report(
        model, strictness, photos, lambda photo_id: library.details(photo_id, scorer_id), summary
    )


def report_pieces(
    report: Report, library: Library, kind: str, columns: int | None = None
) -> Iterator[bytes]:
    """Yield a report in UTF-8, piece by piece.

    Args:
        report: what to write.
        library: where thumbnails and reconstructions come from.
        kind: one of `REPORT_FORMATS`.
        columns: of the table only, see `table_report`.
    """
    if kind == "table":
        pieces = table_report(report, columns)
    elif kind == "csv":
        pieces = csv_report(report)
    elif kind == "json":
        pieces = json_report(report)
    elif kind == "jsonl":
        pieces = jsonl_report(report)
    elif kind == "parquet":
        yield from parquet_report(report)
        return
    else:
        pieces = _page(report, library)
    for piece in pieces:
        # A name that is not UTF-8 carries lone surrogates, which cannot be encoded as they are.
        yield piece.encode("utf-8", "backslashreplace")


def _page(report: Report, library: Library) -> Iterator[str]:
    scorer_id = report.model.scorer_id

    def thumbnail(row: PhotoRow) -> bytes | None:
        return library.thumbnail(row.sha256) if row.sha256 else None

    def reconstruction(row: PhotoRow) -> bytes | None:
        if row.sha256 is None or scorer_id is None:
            return None
        jpeg: bytes | None = library.reconstruction(row.sha256, scorer_id)
        return jpeg

    return html_report(report, thumbnail, reconstruction)


def format_from_name(output: Path) -> str | None:
    """The report format that a file's ending names, None if it names none."""
    return _ENDINGS.get(output.suffix.lower())


def check_destination(output: Path, is_ours: Callable[[Path], bool] = is_report) -> None:
    """Refuse a place where a result cannot or must not be written, before any work is done.

    Args:
        output: the file a person named.
        is_ours: says of a file of that name whether it may be replaced; an empty one always may.

    Raises:
        UsageError: it is a folder, or its folder does not exist.
        LQAlbumError: a file that is not ours has that name, or the folder is not writable.
    """
    if output.is_dir():
        raise UsageError(said("output-is-folder", output=str(output)))
    folder = output.absolute().parent
    if not folder.is_dir():
        raise UsageError(said("output-without-folder", folder=str(folder), name=output.name))
    if _is_special(output):
        return
    if not os.access(folder, os.W_OK):
        raise LQAlbumError(said("output-not-writable", output=str(output), folder=str(folder)))
    if output.is_file():
        try:
            known = _may_go(output, is_ours)
        except OSError as exc:
            raise LQAlbumError(
                said("output-unreadable", output=str(output), why=system_words(exc))
            ) from exc
        if not known:
            raise LQAlbumError(said("output-of-others", output=str(output)))


def _may_go(output: Path, is_ours: Callable[[Path], bool]) -> bool:
    return output.stat().st_size == 0 or is_ours(output)


def write_file(
    output: Path, pieces: Iterable[bytes], is_ours: Callable[[Path], bool] = is_report
) -> None:
    """Write a file that appears whole, in place of an earlier one of ours.

    A device or pipe, such as /dev/null, is written to as it is.

    Args:
        output: the file a person named.
        pieces: its content.
        is_ours: see `check_destination`; asked again when all is written, for the file that has
            the name then.

    Raises:
        LQAlbumError: it cannot be written, or a file that is not ours has the name; it is left as
            it was.
    """
    try:
        if _is_special(output):
            with output.open("wb") as stream:
                stream.writelines(pieces)
        else:
            with whole_file(output, may_replace=lambda path: _may_go(path, is_ours)) as stream:
                stream.writelines(pieces)
    except FileExistsError as exc:
        raise LQAlbumError(said("output-of-others", output=str(output))) from exc
    except OSError as exc:
        raise LQAlbumError(
            said("output-not-written", output=str(output), why=system_words(exc))
        ) from exc


def _is_special(output: Path) -> bool:
    try:
        return not stat.S_ISREG(output.stat().st_mode)
    except OSError:
        return False
