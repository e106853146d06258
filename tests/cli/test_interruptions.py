"""Ctrl+C and a closed pipe end the program at once, and what was done is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lqalbum.library.library import Library
from tests.cli.conftest import ROOT, Run, save_good, start

COUNT = 30


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    save_good(folder / "000.jpg", 0)
    whole = (folder / "000.jpg").read_bytes()
    for number in range(1, COUNT):
        # Other bytes, the same picture: bytes after its end are not looked at.
        (folder / f"{number:03d}.jpg").write_bytes(whole + bytes([number]))
    return folder


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_scan_keeps_what_it_did(
    program: Run, album: Path, model: Path, tmp_path: Path, number: signal.Signals
):
    library = tmp_path / "library"
    report = tmp_path / "report.json"
    command = ("scan", album, "--model", model, "--library", library, "--progress", "json")
    running = start(*command, "-o", report)
    for line in running.stderr:
        if json.loads(line).get("done"):
            break
    running.send_signal(number)
    _, stderr = running.communicate(timeout=300)
    assert running.returncode == 130
    assert "Traceback" not in stderr
    assert stderr.splitlines()[-1].startswith("lqalbum: Interrupted; ")
    assert not report.exists()
    with Library.open(library) as opened:
        scored = [row for row in opened.rows() if row.status == "scored"]
    assert 0 < len(scored) < COUNT
    done = program("scan", album, "--library", library, "--progress", "json", "-o", report)
    assert done.returncode == 0, done.stderr
    first = next(event for event in map(json.loads, done.stderr.splitlines()) if "done" in event)
    assert first["done"] == len(scored)
    assert json.loads(report.read_text())["summary"]["scored"] == COUNT


@pytest.mark.parametrize("kind", ["table", "json"])
def test_a_closed_pipe_is_no_error_and_the_index_is_saved(
    album: Path, model: Path, tmp_path: Path, kind: str
):
    reader, writer = os.pipe()
    os.close(reader)
    library = tmp_path / "library"
    running = start(
        "scan", album, "--model", model, "--library", library, "--format", kind, stdout=writer
    )
    os.close(writer)
    _, stderr = running.communicate(timeout=300)
    assert (running.returncode, stderr) == (141, "")
    with Library.open(library) as opened:
        assert [row.status for row in opened.rows()] == ["scored"] * COUNT


def test_a_closed_pipe_is_noticed_at_the_very_end(program: Run):
    reader, writer = os.pipe()
    os.close(reader)
    running = start("--help", stdout=writer)
    os.close(writer)
    _, stderr = running.communicate(timeout=300)
    assert (running.returncode, stderr) == (141, "")


def test_closed_descriptors_do_not_become_databases(album: Path, model: Path, tmp_path: Path):
    library = tmp_path / "library"
    command = [sys.executable, "-m", "lqalbum", "scan", str(album), "--model", str(model)]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command, "--library", str(library)],
        cwd=ROOT,
        check=False,
        timeout=300,
    )
    assert done.returncode == 141
    with Library.open(library) as opened:
        assert len(opened.rows()) == COUNT


def test_a_full_disk_is_one_sentence(program: Run, album: Path):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        running = start("model", "list", "--format", "json", stdout=full)
        _, stderr = running.communicate(timeout=300)
    assert running.returncode == 1
    assert stderr == "lqalbum: The output could not be written: No space left on device.\n"
