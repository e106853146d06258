"""Exports as the window asks for them: a file with everything, or sidecars beside the photos."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lqalbum.errors import Interrupted
from lqalbum.jobs.export import check_destination, library_report, report_pieces, write_file
from lqalbum.jobs.models import describe_model, main_model
from lqalbum.jobs.parquet_report import require_parquet
from lqalbum.jobs.sentences import said
from lqalbum.jobs.sidecar_export import Sidecar, plan_sidecars, write_sidecars
from lqalbum.jobs.summary import summarise
from lqalbum.library.library import Library

FILE_FORMATS = ("csv", "json", "jsonl", "html", "parquet")


@dataclass(frozen=True)
class ExportRequest:
    """What to write.

    Attributes:
        kind: one of `FILE_FORMATS`, or `xmp`.
        output: the file; of no meaning for `xmp`.
        strictness: share of good photos that will be flagged, 0-1.
        scorer_id: whose scores count, None for the newest of each photo.
        model: name or path of that model.
    """

    kind: str
    output: Path | None
    strictness: float
    scorer_id: str | None
    model: str


@dataclass(frozen=True)
class FilePlanned:
    """How many photos a file would hold."""

    photos: int


@dataclass(frozen=True)
class FileWritten:
    """A file was written, of so many photos."""

    output: Path
    photos: int


@dataclass(frozen=True)
class SidecarsPlanned:
    """The sidecars that would be written, and those that are there already."""

    sidecars: tuple[Sidecar, ...]


@dataclass(frozen=True)
class SidecarsWritten:
    """What became of each sidecar, as far as it went."""

    sidecars: tuple[Sidecar, ...]


def preview_export(library: Library, request: ExportRequest) -> FilePlanned | SidecarsPlanned:
    """Say what would be written; nothing is.

    Raises:
        LQAlbumError: it cannot be written, for the reason in its text.
    """
    if request.kind == "parquet":
        require_parquet()
    rows = library.rows(request.scorer_id)
    if request.kind == "xmp":
        return SidecarsPlanned(tuple(plan_sidecars(rows, request.strictness)))
    if request.output is not None:
        check_destination(request.output)
    return FilePlanned(len(rows))


def run_export(
    library: Library, request: ExportRequest, stop: Callable[[], bool]
) -> Iterator[FileWritten | SidecarsWritten]:
    """Write; yields what was written.

    Raises:
        Interrupted: `stop` said so; no file was written.
        LQAlbumError: it cannot be written, for the reason in its text.
    """
    rows = library.rows(request.scorer_id)
    if request.kind == "xmp" or request.output is None:
        plan = plan_sidecars(rows, request.strictness)
        yield SidecarsWritten(tuple(write_sidecars(plan, stop)))
        return
    check_destination(request.output)
    no_model = request.scorer_id is None
    model = main_model(library) if no_model else describe_model(request.model).for_report()
    report = library_report(
        library,
        rows,
        model,
        request.strictness,
        summarise(rows, request.strictness),
        request.scorer_id,
    )
    write_file(request.output, _until(report_pieces(report, library, request.kind), stop))
    yield FileWritten(request.output, len(rows))


def _until(pieces: Iterable[bytes], stop: Callable[[], bool]) -> Iterator[bytes]:
    for piece in pieces:
        if stop():
            raise Interrupted(said("interrupted-before-writing"))
        yield piece
