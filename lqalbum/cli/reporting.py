"""Which format a result has, and where it goes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from lqalbum.cli.options import CommonOptions
from lqalbum.cli.streams import terminal_columns, write_data, write_text
from lqalbum.errors import UsageError
from lqalbum.jobs.export import format_from_name, report_pieces
from lqalbum.jobs.marks import LIST_KEYS
from lqalbum.jobs.reports import SCHEMA_VERSION, Report, csv_line, to_json
from lqalbum.jobs.table_report import plain_table
from lqalbum.library.library import Library

# What lists of results can be written as; a page of pictures is made of photos only.
LIST_FORMATS = ("table", "json", "jsonl", "csv")


def chosen_format(options: CommonOptions, formats: Sequence[str]) -> str:
    """The format asked for by name, else by the ending of the file, else the first.

    Raises:
        UsageError: the file's ending names a format that this command cannot write.
    """
    if options.kind is not None:
        return options.kind
    named = format_from_name(options.output) if options.output is not None else None
    if named is not None and named not in formats:
        raise UsageError(f"This command cannot write {named}; name a format with --format.")
    return named or formats[0]


def write_report(report: Report, library: Library, kind: str, options: CommonOptions) -> None:
    """Write a report of photos to the file or stdout."""
    columns = terminal_columns(options.output)
    pieces = report_pieces(report, library, kind, columns)
    write_data(pieces, options.output, is_marked=kind == "table")


def write_list(
    name: str,
    records: Sequence[Mapping[str, object]],
    kind: str,
    options: CommonOptions,
    shown: Sequence[str] | None = None,
) -> None:
    """Write records of one shape to the file or stdout.

    Args:
        name: key of the list in JSON, one of `LIST_KEYS`.
        records: what to write; the keys of each are those of the list, in their order.
        kind: one of `LIST_FORMATS`.
        options: say where to.
        shown: the keys that a table shows; all if not given.
    """
    keys = LIST_KEYS[name]
    if kind == "json":
        document = {"schema_version": SCHEMA_VERSION, name: list(records)}
        text = json.dumps(document, ensure_ascii=True, allow_nan=False, indent=1) + "\n"
    elif kind == "jsonl":
        text = "".join(to_json(record) + "\n" for record in records)
    elif kind == "csv":
        lines = [csv_line(keys), *(csv_line([one[key] for key in keys]) for one in records)]
        text = "".join(lines)
    else:
        text = _table(shown or keys, records, options)
    write_text(text, options.output, is_marked=kind == "table")


def _table(
    keys: Sequence[str], records: Sequence[Mapping[str, object]], options: CommonOptions
) -> str:
    """Columns that are empty throughout are left out: 80 columns are few."""
    shown = [key for key in keys if any(record[key] is not None for record in records)]
    if not records:
        return ""
    cells = [["" if one[key] is None else str(one[key]) for key in shown] for one in records]
    return plain_table(shown, cells, terminal_columns(options.output))
