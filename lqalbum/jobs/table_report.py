"""The table a person reads: fits 80 columns on a terminal, complete when piped or saved."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lqalbum.jobs.reports import Report
from lqalbum.jobs.summary import ScanSummary
from lqalbum.jobs.words import common_folder, percent, verdict, words, worst_first
from lqalbum.library.photofile import printable
from lqalbum.library.records import PhotoRow

# On a terminal a larger album lists what wants a look and counts the rest.
_LISTED_WHOLE = 60
_UNBOUNDED_COLUMNS = 100_000
_STYLES = {"flagged": "bold red", "unsure": "yellow", "unreadable": "magenta"}
_MARKS = {"keep": "kept", "delete": "deleted"}


def table_report(report: Report, columns: int | None) -> Iterator[str]:
    """Yield the table and one line of counts.

    Args:
        report: what to show.
        columns: width of the terminal, where colour codes are written, too; None when the text
            goes to a pipe or file, where nothing is folded, coloured or left out.
    """
    rows = worst_first(report)
    folder = common_folder(rows)
    listed = rows
    if columns is not None and len(rows) > _LISTED_WHOLE:
        listed = [row for row in rows if _wants_a_look(report, row)]
    if listed:
        yield render(_table(report, listed, folder), columns)
    if len(listed) < len(rows):
        yield f"{len(rows) - len(listed)} good ones not listed; --format csv lists every photo.\n"
    if folder:
        yield f"Folder: {printable(folder)}\n"
    yield counts(report.summary, report.strictness) + "\n"


def plain_table(headings: Sequence[str], rows: Sequence[Sequence[str]], columns: int | None) -> str:
    """Return a table of plain texts, folded to a terminal's width where there is one."""
    table = _empty_table(columns)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return render(table, columns)


def render(table: Table, columns: int | None) -> str:
    """Return a table as text, without the blanks that pad its lines."""
    stream = io.StringIO()
    terminal = columns is not None
    console = Console(
        file=stream,
        width=columns or _UNBOUNDED_COLUMNS,
        force_terminal=terminal,
        no_color=not terminal,
        highlight=False,
        legacy_windows=False,
    )
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


def counts(summary: ScanSummary, strictness: float) -> str:
    """One line that sums up; numbers of zero are left out, save how many were flagged."""
    parts = [
        f"{summary.found} photos",
        f"{summary.flagged} flagged at strictness {percent(strictness)}",
    ]
    if summary.unsure:
        parts.append(f"{summary.unsure} unsure")
    if summary.errors:
        parts.append(f"{summary.errors} could not be read")
    if summary.seconds is not None:
        parts.append(f"{summary.seconds:.1f} s")
    return ", ".join(parts) + "."


def _wants_a_look(report: Report, row: PhotoRow) -> bool:
    return report.flag_of(row) in ("flagged", "unsure") or row.status != "scored"


def _empty_table(columns: int | None) -> Table:
    return Table(box=None, pad_edge=False, expand=columns is not None, header_style="bold")


def _table(report: Report, rows: Sequence[PhotoRow], folder: str) -> Table:
    table = _empty_table(columns=None)
    for heading, on_the_right in (("verdict", False), ("percentile", True), ("S_KL", True)):
        table.add_column(heading, no_wrap=True, justify="right" if on_the_right else "left")
    table.add_column("photo", overflow="fold")
    table.add_column("why", overflow="fold")
    for row in rows:
        judged = verdict(row, report.flag_of(row))
        mark = _MARKS.get(row.decision)
        table.add_row(
            Text(judged, style=_STYLES.get(judged, "")),
            "" if row.percentile is None else f"{row.percentile:.1f}",
            "" if row.s_kl is None else f"{row.s_kl:.4f}",
            Text(printable(os.path.relpath(row.path, folder) if folder else row.path)),
            Text(printable(f"({mark}) {words(row)}" if mark else words(row))),
        )
    return table
