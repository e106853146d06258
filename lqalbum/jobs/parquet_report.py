"""A Parquet file for data frames: the columns of CSV, typed, written in groups of rows.

`pyarrow` comes with the extra `parquet`: with 170 MB it weighs a fifth of all the rest, and only
those who work with data frames need it.
"""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from lqalbum.errors import LQAlbumError
from lqalbum.jobs.reports import (
    SCHEMA_VERSION,
    Report,
    evidence_names,
    flat_columns,
    flat_record,
    model_record,
    photo_record,
    to_json,
)
from lqalbum.jobs.sentences import said

# Found in the metadata at the file's end, by which a file of ours is known.
METADATA_KEY = b"lqalbum.schema_version"
# A group of rows is held in memory: some 20 MB.
_GROUP_ROWS = 10_000
_NUMBERS = {"score", "percentile", "s_kl", "s_kl_percentile", "high_frequency"}
_WHOLE_NUMBERS = {"split_level", "width", "height"}
_TRUTHS = {"flagged", "unsure"}


def require_parquet() -> None:
    """Refuse to go on without the package that writes Parquet.

    Raises:
        LQAlbumError: it is not installed.
    """
    if importlib.util.find_spec("pyarrow") is None:
        raise LQAlbumError(said("no-parquet"))


def parquet_report(report: Report) -> Iterator[bytes]:
    """Yield a Parquet file in pieces.

    The columns are those of CSV. `path` is text as it can be shown; for a name that is not UTF-8
    `path_bytes` holds it exactly, in base64. Model, strictness and summary are in the metadata.

    Raises:
        LQAlbumError: the package that writes it is not installed.
    """
    require_parquet()
    import pyarrow
    import pyarrow.parquet

    schema = _schema(report)
    sink = _Pieces()
    with pyarrow.parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for start in range(0, len(report.photos), _GROUP_ROWS):
            some = report.photos[start : start + _GROUP_ROWS]
            records = [_encodable(flat_record(photo_record(report, row))) for row in some]
            writer.write_table(pyarrow.Table.from_pylist(records, schema))
            yield sink.taken()
    yield sink.taken()


class _Pieces(io.RawIOBase):
    """A file for pyarrow to write to, whose content is taken away as it grows."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()
        self._taken = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._taken + len(self._held)

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        piece = bytes(self._held)
        self._held.clear()
        self._taken += len(piece)
        return piece


def _schema(report: Report) -> Any:
    import pyarrow

    def kind(column: str) -> Any:
        if column in _NUMBERS or column.startswith("evidence."):
            return pyarrow.float64()
        if column in _WHOLE_NUMBERS:
            return pyarrow.int32()
        return pyarrow.bool_() if column in _TRUTHS else pyarrow.string()

    columns = flat_columns(evidence_names(report))
    metadata = {
        METADATA_KEY: str(SCHEMA_VERSION),
        b"lqalbum.model": json.dumps(model_record(report.model)),
        b"lqalbum.strictness": to_json(report.strictness),
        b"lqalbum.summary": to_json(asdict(report.summary)),
    }
    return pyarrow.schema([(column, kind(column)) for column in columns], metadata=metadata)


def _encodable(record: Mapping[str, object]) -> dict[str, object]:
    """Text columns are UTF-8: what a file name holds beside it is shown by backslashes."""
    return {
        name: value.encode("utf-8", "backslashreplace").decode()
        if isinstance(value, str)
        else value
        for name, value in record.items()
    }
