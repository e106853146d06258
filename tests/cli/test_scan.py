"""`scan` as scripts meet it: data on stdout, one sentence on stderr, the documented exit code."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from lqalbum.app import run as run_program
from tests.cli.conftest import Run, save_bad, save_good
from tests.library.pictures import png_header


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    for number in range(3):
        save_good(folder / f"good-{number}.jpg", number)
    return folder


def test_nothing_to_complain_about(program: Run, album: Path):
    done = program("scan", album, "--format", "json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert [Path(photo["path"]).name for photo in document["photos"]] == [
        "good-0.jpg", "good-1.jpg", "good-2.jpg",
    ]  # fmt: skip
    assert document["model"]["name"] == "tiny"
    assert document["model"]["calibration"]["n"] == 120
    assert document["summary"]["scored"] == 3
    assert all(photo["model_id"] == document["model"]["id"] for photo in document["photos"])


def test_flagged_photos_and_unreadable_files_have_their_exit_codes(program: Run, album: Path):
    (album / "text.jpg").write_text("no picture")
    unreadable = program("scan", album, "--format", "csv")
    assert unreadable.returncode == 11, unreadable.stderr
    by_name = {
        Path(row["path"]).name: row for row in csv.DictReader(io.StringIO(unreadable.stdout))
    }
    assert by_name["text.jpg"]["error"] == "not-an-image"
    assert by_name["text.jpg"]["status"] == "error"
    save_bad(album / "noisy.jpg", 7)
    flagged = program("scan", album, "--format", "jsonl")
    assert flagged.returncode == 10, flagged.stderr
    lines = [json.loads(line) for line in flagged.stdout.splitlines()]
    assert [Path(one["path"]).name for one in lines if one["flagged"]] == ["noisy.jpg"]
    assert program("scan", album, "--exit-zero", "-o", os.devnull).returncode == 0


def test_the_table_and_the_page(program: Run, album: Path, tmp_path: Path):
    save_bad(album / "noisy.jpg", 7)
    table = program("scan", album)
    assert table.returncode == 10
    assert table.stdout.splitlines()[1].startswith("flagged")
    assert "4 photos, 1 flagged at strictness 3 %" in table.stdout
    assert table.stderr == ""
    page = program("scan", album, "-o", tmp_path / "report.html")
    assert page.stdout == ""
    text = (tmp_path / "report.html").read_text("utf-8")
    assert text.count("<article") == 4
    assert text.count('alt="partial reconstruction"') == 1
    assert "4 photos, 1 flagged" in page.stderr


def test_hostile_files_end_as_error_rows(program: Run, album: Path):
    whole = (album / "good-0.jpg").read_bytes()
    (album / "empty.jpg").touch()
    (album / "truncated.jpg").write_bytes(whole[: len(whole) // 2])
    (album / "bomb.png").write_bytes(png_header(60_000, 60_000))
    (album / "text.jpeg").write_text("%!PS-Adobe-3.0 EPSF-3.0")
    os.mkfifo(album / "fifo.jpg")
    (album / "loop").symlink_to(album)
    (album / "dangling.jpg").symlink_to(album / "nowhere.jpg")
    (album / os.fsdecode(b"caf\xe9\n.jpg")).write_bytes(whole)
    done = program("scan", album, "--format", "json")
    assert done.returncode == 11, done.stderr
    assert "Traceback" not in done.stderr
    document = json.loads(done.stdout)
    codes = {
        Path(photo["path"]).name: photo["error"] and photo["error"]["code"]
        for photo in document["photos"]
    }
    assert codes["empty.jpg"] == "empty"
    assert codes["truncated.jpg"] == "truncated"
    assert codes["bomb.png"] == "too-large"
    assert codes["text.jpeg"] == "not-an-image"
    assert codes[os.fsdecode(b"caf\xe9\n.jpg")] is None
    assert document["summary"]["found"] == len(codes) == 8
    assert document["summary"]["errors"] == 4
    assert all(photo["error"]["message"] for photo in document["photos"] if photo["error"])


def test_wrong_folders(program: Run, tmp_path: Path):
    missing = program("scan", tmp_path / "missing")
    assert missing.returncode == 2
    assert (
        missing.stderr
        == f"lqalbum: There is no file or folder {tmp_path}/missing; check the name.\n"
    )
    (tmp_path / "empty").mkdir()
    empty = program("scan", tmp_path / "empty")
    assert (empty.returncode, empty.stdout) == (1, "")
    assert empty.stderr == f"lqalbum: There is no picture in {tmp_path}/empty.\n"
    (tmp_path / "empty" / "a.jpg").write_text("no picture")
    none = program("scan", tmp_path / "empty")
    assert none.returncode == 1
    assert "None of the 1 files could be read." in none.stderr
    assert "unreadable" in none.stdout


def test_a_known_root_that_is_gone_is_offline(program: Run, album: Path):
    program("scan", album)
    album.rename(album.with_name("unplugged"))
    done = program("scan", album, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert {photo["status"] for photo in json.loads(done.stdout)["photos"]} == {"offline"}
    assert "is empty or gone: its photos are kept as offline." in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--strictness", "3"),
        ("--strictness", "300%"),
        ("--format", "xml"),
        ("--format", "xmp"),
        ("--jobs", "0"),
        ("--device", "tpu"),
        ("--progress", "loud"),
        ("--no-such-option",),
        ("--strict", "3%"),
        ("--library", "a", "--no-library"),
        ("-o", "/nowhere/at/all.csv"),
    ],
)
def test_usage_errors(album: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]):
    assert run_program(["scan", str(album), *arguments]) == 2
    assert capsys.readouterr().out == ""


def test_models_that_cannot_be_used(program: Run, album: Path, tmp_path: Path, model: Path):
    foreign = tmp_path / "foreign.safetensors"
    foreign.write_bytes(b"PK\x03\x04 something else entirely")
    for path, words in (
        (tmp_path / "missing.safetensors", "There is no model file at"),
        (foreign, "not a readable model file"),
    ):
        done = program("scan", album, "--model", path, with_model=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
    # What only loading finds is said once, after all photos were listed.
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(model.read_bytes()[:-100])
    done = program("scan", album, "--model", cut, "--format", "json", with_model=False)
    assert done.returncode == 1
    assert "not a readable model file" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    photos = json.loads(done.stdout)["photos"]
    assert [(photo["status"], photo["score"]) for photo in photos] == [(None, None)] * 3


def test_progress_for_scripts(program: Run, album: Path):
    done = program("scan", album, "--progress", "json", "--no-library")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert events[0] == {"event": "walked", "found": 3}
    assert {event["event"] for event in events} == {"walked", "progress"}
    assert (events[-1]["done"], events[-1]["total"]) == (3, 3)


def test_no_library_leaves_nothing(program: Run, album: Path, home: Path):
    assert program("scan", album, "--no-library").returncode == 0
    assert not list(home.rglob("*.db"))


def test_a_library_of_a_newer_version_is_left_alone(program: Run, album: Path, tmp_path: Path):
    import sqlite3

    library = tmp_path / "library"
    program("scan", album, "--library", library)
    for name in ("index.db", "decisions.db"):
        with sqlite3.connect(library / name) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
    before = (library / "index.db").read_bytes()
    done = program("scan", album, "--library", library)
    assert (done.returncode, done.stdout) == (1, "")
    assert "newer" in done.stderr
    assert (library / "index.db").read_bytes() == before


def test_originals_are_untouched(program: Run, album: Path):
    def state() -> dict[str, tuple[bytes, int, int]]:
        return {
            path.name: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
            for path in album.iterdir()
        }

    before = state()
    program("scan", album)
    program("export", "--format", "html", "-o", album.parent / "page.html")
    assert state() == before
