"""Files are written whole or not at all, and never over something of another kind."""

import os
import stat
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from lqalbum.errors import LQAlbumError, UsageError
from lqalbum.jobs.explaining import is_our_sheet
from lqalbum.jobs.export import (
    REPORT_FORMATS,
    check_destination,
    format_from_name,
    report_pieces,
    write_file,
)
from lqalbum.jobs.html_report import html_report
from lqalbum.jobs.marks import TEXT_MARK
from lqalbum.jobs.scoring import encode_jpeg
from lqalbum.library.library import Library
from lqalbum.library.records import PhotoRow
from tests.jobs.rows import FLAGGED, GOOD, report


def test_a_file_is_replaced_in_one_step(tmp_path: Path):
    output = tmp_path / "report.json"
    write_file(output, [TEXT_MARK, b"old"])
    write_file(output, [TEXT_MARK, b"new ", b"one"])
    assert output.read_bytes() == TEXT_MARK + b"new one"
    assert os.listdir(tmp_path) == ["report.json"]


def test_trouble_on_the_way_leaves_the_earlier_file(tmp_path: Path):
    output = tmp_path / "report.json"
    output.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(LQAlbumError, match=r"report\.json could not be written: No space left"):
        write_file(output, pieces())
    assert output.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["report.json"]


def test_a_device_is_written_to_and_stays_a_device():
    write_file(Path(os.devnull), [b"data"])
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_the_target_of_a_link_is_replaced(tmp_path: Path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_file(tmp_path / "link.csv", [b"path\n"])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"path\n"


def test_a_new_file_has_the_usual_rights(tmp_path: Path):
    write_file(tmp_path / "a.csv", [b""])
    (tmp_path / "plain").touch()
    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_photo_is_never_taken_for_a_report(tmp_path: Path):
    import numpy as np

    photo = tmp_path / "photo.jpg"
    photo.write_bytes(encode_jpeg(np.zeros((64, 64, 3), np.uint8)))
    with pytest.raises(LQAlbumError, match="not written by this command"):
        check_destination(photo)
    with pytest.raises(LQAlbumError, match="not written by this command"):
        check_destination(photo, is_our_sheet)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", b"path of my own\n"),
        ("photo.xmp", b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>"),
        ("settings.json", b'{"mine": 1}'),
        ("people.csv", b"name,mail\n"),
        ("page.html", b"<!doctype html><title>Mine</title>"),
        ("lines.jsonl", b'{"path": "a"}\n'),
        ("lines.jsonl", b'{"name": "program", "value": "mine", "ok": true}\n'),
        ("lines.jsonl", b'{"path": [' + b"[" * 9000),
        ("notes.txt", b"Folder: my important notes\nabc\n"),
        ("notes.txt", b"3 pictures measured by me\n"),
        ("notes.txt", b"12 photos, 3 flagged at strictness of my own\n"),
        ("notes.txt", b"status  label  sidecar\n"),
        ("notes.txt", b"ok  program: my notes\n"),
        ("model.yaml", b"name: mine\npreset: x\n"),
        ("settings.json", b'{"schema_version": 1, "mine": true}\n'),
        ("settings.json", b'{\n "schema_version": 1,\n "results": [\n  {"mine": 1}\n ]\n}\n'),
        ("settings.json", b'{\n "schema_version": 1,\n "model": {\n  "name": "mine"\n }\n}\n'),
        ("page.html", b"<!doctype html><title>LQ Album, a review</title>"),
        ("measured.csv", b"method,corruption,mine\n"),
        ("measured.csv", b"path,path_bytes,mine\n"),
        ("checks.csv", b"name,value,ok\nbrakes,new,yes\n"),
        ("frame.parquet", b"PAR1 mine lqalbum.schema_version"),
    ],
)
def test_what_the_program_did_not_write_is_never_replaced(
    tmp_path: Path, name: str, content: bytes
):
    output = tmp_path / name
    output.write_bytes(content)
    with pytest.raises(LQAlbumError, match=f"{name} exists and was not written by this command"):
        check_destination(output)
    output.write_bytes(b"")
    check_destination(output)


@pytest.mark.parametrize("kind", REPORT_FORMATS)
@pytest.mark.parametrize("photos", [[], [GOOD, FLAGGED]])
def test_a_report_of_ours_is_replaced(tmp_path: Path, kind: str, photos: list[PhotoRow]):
    output = tmp_path / "report"
    pages = {"html": lambda: _page_pieces(photos)}
    with Library.temporary() as library:
        pieces = pages.get(kind, lambda: report_pieces(report(photos), library, kind))()
        write_file(output, chain([TEXT_MARK] if kind == "table" else [], pieces))
    check_destination(output)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_of_ours_with_a_column_of_the_persons_is_theirs(tmp_path: Path, kind: str):
    output = tmp_path / f"photos.{kind}"
    with Library.temporary() as library:
        write_file(output, report_pieces(report([GOOD]), library, kind))
    check_destination(output)
    if kind == "csv":
        lines = output.read_text().splitlines()
        output.write_text("".join(f"{line},note\n" for line in lines))
    else:
        pyarrow = pytest.importorskip("pyarrow")
        table = pytest.importorskip("pyarrow.parquet").read_table(output)
        noted = table.append_column("note", pyarrow.array(["mine"]))
        pytest.importorskip("pyarrow.parquet").write_table(noted, output)
    with pytest.raises(LQAlbumError, match="not written by this command"):
        check_destination(output)


@pytest.mark.parametrize("earlier", [None, TEXT_MARK + b"an older result\n"])
def test_a_file_saved_under_the_name_meanwhile_is_left(tmp_path: Path, earlier: bytes | None):
    output = tmp_path / "report.csv"
    if earlier is not None:
        output.write_bytes(earlier)
    check_destination(output)

    def pieces() -> Iterator[bytes]:
        yield b"half"
        (tmp_path / "thesis").write_bytes(b"saved by another program")
        (tmp_path / "thesis").replace(output)
        yield b"all"

    with pytest.raises(LQAlbumError, match="another file, or delete that one first"):
        write_file(output, pieces())
    assert output.read_bytes() == b"saved by another program"
    assert os.listdir(tmp_path) == ["report.csv"]


def _page_pieces(photos: list[PhotoRow]) -> Iterator[bytes]:
    for piece in html_report(report(photos), lambda _: None, lambda _: None):
        yield piece.encode()


def test_folders_are_usage_errors(tmp_path: Path):
    with pytest.raises(UsageError, match="is a folder"):
        check_destination(tmp_path)
    with pytest.raises(UsageError, match="There is no folder"):
        check_destination(tmp_path / "missing" / "report.csv")


def test_the_ending_names_the_format():
    names = ["a.csv", "a.JSON", "a.jsonl", "a.htm", "a.txt", "a"]
    assert [format_from_name(Path(name)) for name in names] == [
        "csv", "json", "jsonl", "html", None, None,
    ]  # fmt: skip
