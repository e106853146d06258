"""Parquet holds what CSV holds, with types; without its package there is one sentence."""

import csv
import importlib.util
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from lqalbum.errors import LQAlbumError
from lqalbum.jobs import parquet_report as room
from lqalbum.jobs.export import check_destination, report_pieces, write_file
from lqalbum.jobs.reports import csv_report
from tests.jobs.rows import BROKEN, FLAGGED, GOOD, SCREEN, UNSURE, report

ALL = [BROKEN, FLAGGED, GOOD, SCREEN, UNSURE]


def table(rows, folder: Path):
    parquet = pytest.importorskip("pyarrow.parquet")
    path = folder / "photos.parquet"
    write_file(path, report_pieces(report(rows), None, "parquet"))
    return parquet.read_table(path)


def test_the_columns_and_values_are_those_of_csv(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(room, "_GROUP_ROWS", 2)
    found = table(ALL, tmp_path)
    lines = list(csv.DictReader(io.StringIO("".join(csv_report(report(ALL))))))
    assert found.column_names == list(lines[0])
    shown = [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in found.to_pylist()
    ]
    for row in shown:
        row.update(flagged=row["flagged"].lower(), unsure=row["unsure"].lower())
    assert shown == lines
    assert str(found.schema.field("percentile").type) == "double"
    assert str(found.schema.field("flagged").type) == "bool"
    assert str(found.schema.field("width").type) == "int32"


def test_the_metadata_tell_of_the_run(tmp_path: Path):
    metadata = table(ALL, tmp_path).schema.metadata
    assert metadata[b"lqalbum.schema_version"] == b"1"
    assert json.loads(metadata[b"lqalbum.model"])["calibration"] == {"n": 300}
    assert json.loads(metadata[b"lqalbum.summary"])["errors"] == 1
    assert metadata[b"lqalbum.strictness"] == b"0.03"


def test_no_photo_and_a_name_that_is_no_text(tmp_path: Path):
    assert table([], tmp_path).num_rows == 0
    odd = replace(GOOD, path=os.fsdecode(b"/album/caf\xe9.jpg"))
    (row,) = table([odd], tmp_path).to_pylist()
    assert row["path"] == "/album/caf\\udce9.jpg"
    assert row["path_bytes"] == "L2FsYnVtL2NhZukuanBn"


def test_ours_is_replaced_and_another_ones_is_not(tmp_path: Path):
    found = table([GOOD], tmp_path)
    check_destination(tmp_path / "photos.parquet")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(found.replace_schema_metadata({}), tmp_path / "mine.parquet")
    with pytest.raises(LQAlbumError, match="not written by this command"):
        check_destination(tmp_path / "mine.parquet")


def test_without_the_package_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(LQAlbumError, match=r"pip install 'lqalbum\[parquet\]'"):
        list(report_pieces(report([GOOD]), None, "parquet"))
