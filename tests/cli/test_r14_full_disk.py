"""R14: a scan onto a full disk ends with one sentence, and goes on when there is room."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run, save_good
from tests.faults.kills import databases_are_sound

_PHOTOS = 24


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that has room for empty databases and not for thumbnails."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("only root may mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_r14_a_scan_on_a_full_disk_is_one_sentence_and_goes_on(
    program: Run,
    tmp_path: Path,
    small_disk: Path,
) -> None:
    album, library = tmp_path / "album", small_disk / "library"
    for number in range(_PHOTOS):
        save_good(album / f"{number}.jpg", number)
    full = program("scan", album, "--library", library, "--format", "json")
    assert (full.returncode, full.stdout) == (1, "")
    (line,) = full.stderr.splitlines()
    assert line.startswith("lqalbum: The disk of ")
    assert line.endswith("is full; make room and try again.")
    subprocess.run(["mount", "-o", "remount,size=40m", str(small_disk)], check=True)
    assert databases_are_sound(library)
    done = program("scan", album, "--library", library, "--format", "json", "--exit-zero")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["summary"]["scored"] == _PHOTOS
    with closing(sqlite3.connect(library / "cache.db")) as connection:
        thumbnails = [jpeg for (jpeg,) in connection.execute("SELECT jpeg FROM thumbnail")]
    assert len(thumbnails) == _PHOTOS
    assert all(jpeg.startswith(b"\xff\xd8") and jpeg.endswith(b"\xff\xd9") for jpeg in thumbnails)
