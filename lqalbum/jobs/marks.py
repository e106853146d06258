"""By what a result of this program is known again, so that a new one may take its place.

Pages carry the program's name in their head, text its first line, Parquet a key at its end. JSON,
JSON lines and CSV are read by scripts and have no room for a mark: they are known by all the keys
or columns of their first record, in their order. What a person changed or only began like ours is
none of ours, and where in doubt nothing is.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from lqalbum.jobs.parquet_report import METADATA_KEY
from lqalbum.jobs.reports import PHOTO_KEYS, flat_columns

TEXT_MARK: Final = b"# Written by LQ Album, whose next result of this name takes its place.\n"
# The lists that commands write, by their name in JSON, with the keys of their records.
LIST_KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "results": ("path", "path_bytes", "decision", "status", "trash_path", "error"),
    "decisions": (
        "id", "step", "time", "path", "path_bytes", "decision", "previous", "state", "trash_path",
        "sha256", "model_id", "reason", "companions",
    ),
    "sidecars": ("path", "path_bytes", "sidecar", "label", "status", "error"),
    "models": ("name", "preset", "calibration_n", "size_bytes", "id", "path"),
    "checks": ("name", "value", "ok"),
})  # fmt: skip
EVALUATION_COLUMNS: Final = (
    "method", "corruption", "severity", "auroc", "auprc", "fpr80", "low", "high", "srocc",
    "quartile_auc", "n", "data", "source",
)  # fmt: skip

# What a first record, with a path of 4 KB in escapes, or a page's head takes, and more.
_LOOKED_AT_BYTES = 65536
_PARQUET_BEGINNING = b"PAR1"
_PAGE = re.compile(
    r'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    r'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    r'<meta name="generator" content="LQ Album">\n'
)
_TEXT_OR_NULL = r'(null|"[^"\n]*")'
_PHOTOS = re.compile(
    rf'{{"schema_version": \d+,\n"model": {{"name": {_TEXT_OR_NULL}, "id": {_TEXT_OR_NULL}, '
    rf'"preset": {_TEXT_OR_NULL}, "calibration": {{"n": (null|\d+)}}}},\n'
    r'"strictness": [\d.e-]+,\n"photos": \['
)
_LIST = re.compile(r'\{\n "schema_version": \d+,\n "(\w+)": \[')
_MODEL = re.compile(
    r'\{\n "schema_version": \d+,\n "model": \{\n  "name": ".*",\n  "preset": ".*",\n'
    r'  "calibration_n": \d+,\n  "size_bytes": \d+,\n  "id": "[0-9a-f]{64}",\n'
)
_EVALUATION = re.compile(
    r'\{\n "schema_version": \d+,\n "n": \d+,\n "skipped": \d+,\n "rows": \[(\],\n|\n  \{\n)'
)
_PROGRAM = "LQ Album "


def is_report(path: Path) -> bool:
    """Whether a file is a result of this program, which a new one may replace.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        beginning = stream.read(_LOOKED_AT_BYTES)
    if beginning.startswith(_PARQUET_BEGINNING):
        return _is_parquet(path)
    # A character that the end of what was read cuts in two is no trouble of the file.
    text = beginning.decode("utf-8", "replace")
    return (
        beginning.startswith(TEXT_MARK)
        or any(known.match(text) for known in (_PAGE, _PHOTOS, _MODEL, _EVALUATION))
        or _is_list(text)
        or _is_lines(text)
        or _is_table(text)
    )


def _is_list(text: str) -> bool:
    """Whether a text is a JSON document of ours with a list in it."""
    found = _LIST.match(text)
    if found is None or found[1] not in LIST_KEYS:
        return False
    rest = text[found.end() :]
    return rest == "]\n}\n" or _is_record(_first_record(rest.lstrip()), [LIST_KEYS[found[1]]])


def _is_lines(text: str) -> bool:
    """Whether a text is JSON lines of ours."""
    return _is_record(_first_record(text), [PHOTO_KEYS, *LIST_KEYS.values()])


def _first_record(text: str) -> object:
    if not text.startswith("{"):
        return None
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _is_record(record: object, kinds: Sequence[Sequence[str]]) -> bool:
    if not isinstance(record, dict) or list(record) not in [list(kind) for kind in kinds]:
        return False
    # So few keys could be anybody's; the first thing that is looked at is this program.
    few = tuple(record) == LIST_KEYS["checks"]
    return not few or _is_program(str(record["name"]), str(record["value"]))


def _is_program(name: str, value: str) -> bool:
    return name == "program" and value.startswith(_PROGRAM)


def _is_table(text: str) -> bool:
    """Whether a text is CSV of ours: its columns, all of them, in their order."""
    heading, _, rest = text.partition("\n")
    columns = heading.split(",")
    if tuple(columns) == LIST_KEYS["checks"]:
        name, _, value = rest.partition(",")
        return _is_program(name, value)
    known = [list(EVALUATION_COLUMNS), *map(list, LIST_KEYS.values())]
    return columns in known or _are_photo_columns(columns)


def _are_photo_columns(columns: Sequence[str]) -> bool:
    start, end = "evidence.", ".percentile"
    evidence = [
        name.removeprefix(start)
        for name in columns
        if name.startswith(start) and not name.endswith(end)
    ]
    return list(columns) == flat_columns(evidence)


def _is_parquet(path: Path) -> bool:
    """Whether a Parquet file says that it is of ours and has our columns; no without `pyarrow`."""
    if importlib.util.find_spec("pyarrow") is None:
        return False
    import pyarrow
    import pyarrow.parquet

    try:
        schema = pyarrow.parquet.read_schema(path)
    except pyarrow.ArrowException:
        return False
    return METADATA_KEY in (schema.metadata or {}) and _are_photo_columns(schema.names)
