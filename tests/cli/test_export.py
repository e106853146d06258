"""`lqalbum export`: sidecars and Parquet as their users ask for them."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from lqalbum.library.library import Library
from tests.cli.conftest import Run
from tests.library.conftest import scoring
from tests.library.pictures import index_album, save_scene


@pytest.fixture
def folder(home: Path) -> Path:
    """Two flagged photos, one kept one and one that is neither, in the usual library."""
    folder = home / "Pictures"
    paths = [save_scene(folder / f"{number}.jpg", seed=number) for number in range(4)]
    with Library.open(home / ".local/share/lqalbum/library") as library:
        index_album(library, str(folder), paths)
        library.add_scores((path, scoring()) for path in paths[:3])
        library.decide("keep", paths[2:3])
    return folder


def test_sidecars_are_listed_then_written_then_left_alone(program: Run, folder: Path):
    (folder / "1.xmp").write_text("mine")
    before = sorted(os.listdir(folder))
    dry = program("export", "--format", "xmp", "--dry-run", with_model=False)
    assert dry.returncode == 0, dry.stderr
    assert "Nothing was written" in dry.stderr
    assert sorted(os.listdir(folder)) == before
    output = folder.parent / "list.json"
    done = program("export", "--format", "xmp", "-o", output, with_model=False)
    assert done.returncode == 0, done.stderr
    listed = json.loads(output.read_text())["sidecars"]
    told = [(os.path.basename(one["sidecar"]), one["label"], one["status"]) for one in listed]
    assert told == [
        ("0.jpg.xmp", "rejected", "written"),
        ("1.xmp", "rejected", "skipped"),
        ("2.jpg.xmp", "accepted", "written"),
    ]
    assert sorted(os.listdir(folder)) == sorted([*before, "0.jpg.xmp", "2.jpg.xmp"])
    again = program("export", "--format", "xmp", "-o", output, with_model=False)
    assert again.returncode == 0, again.stderr
    assert {one["status"] for one in json.loads(output.read_text())["sidecars"]} == {"skipped"}


def test_a_photo_that_is_gone_by_now_gives_code_1(program: Run, folder: Path):
    (folder / "0.jpg").rename(folder.parent / "elsewhere.jpg")
    done = program("export", "--format", "xmp", with_model=False)
    assert done.returncode == 1
    assert "1 could not be written" in done.stderr
    assert "is not there any more" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "csv", "--dry-run"), "--dry-run is for"),
        (("--format", "xmp", "-o", "here.xmp"), "Sidecars go beside their photos"),
        (("--format", "xmp", "-o", "list.html"), "cannot write html"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(program: Run, folder: Path, arguments, words):
    done = program("export", *arguments, with_model=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert not list(folder.glob("*.xmp"))


def test_parquet_by_the_name_of_the_file(program: Run, folder: Path):
    parquet = pytest.importorskip("pyarrow.parquet")
    output = folder.parent / "photos.parquet"
    done = program("export", "-o", output, with_model=False)
    assert done.returncode == 0, done.stderr
    lines = program("export", "--format", "csv", with_model=False).stdout.splitlines()
    paths = [line["path"] for line in csv.DictReader(lines)]
    assert parquet.read_table(output)["path"].to_pylist() == paths
