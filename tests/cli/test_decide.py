"""Decisions from the command line: what they answer, refuse, and take back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run, save_good


@pytest.fixture
def photos(tmp_path: Path, home: Path) -> list[Path]:
    folder = home / "Pictures"
    for number in range(3):
        save_good(folder / f"{number}.jpg", number)
    return sorted(folder.iterdir())


def answer(program: Run, *arguments: str | Path) -> tuple[int, list[dict[str, object]]]:
    done = program(*arguments, "--format", "json")
    assert "Traceback" not in done.stderr
    assert done.stdout, done.stderr
    document = json.loads(done.stdout)
    assert document["schema_version"] == 1
    return done.returncode, document["results"]


def test_delete_undo_and_redo(program: Run, photos: list[Path]):
    content = photos[0].read_bytes()
    code, results = answer(program, "decide", "delete", *photos[:2], "--yes")
    assert code == 0
    assert [result["path"] for result in results] == [str(photo) for photo in photos[:2]]
    assert all(result["status"] == "done" for result in results)
    assert not photos[0].exists()
    assert Path(str(results[0]["trash_path"])).read_bytes() == content
    code, results = answer(program, "undo")
    assert (code, len(results)) == (0, 2)
    assert photos[0].read_bytes() == content
    assert answer(program, "redo")[0] == 0
    assert not photos[0].exists()
    code, results = answer(program, "decide", "keep", photos[0])
    assert (code, results[0]["decision"], results[0]["status"]) == (0, "keep", "done")
    assert photos[0].read_bytes() == content


def test_the_keys_are_those_scripts_rely_on(program: Run, photos: list[Path]):
    _, results = answer(program, "decide", "keep", photos[0])
    assert set(results[0]) == {
        "path", "path_bytes", "decision", "status", "trash_path", "error",
    }  # fmt: skip
    lines = program("decide", "undecided", photos[0], "--format", "jsonl").stdout
    assert json.loads(lines)["decision"] == "undecided"
    document = json.loads(program("decisions", "--format", "json").stdout)
    assert set(document) == {"schema_version", "decisions"}
    assert [one["decision"] for one in document["decisions"]] == ["keep", "undecided"]
    assert set(document["decisions"][0]) == {
        "id", "step", "time", "path", "path_bytes", "decision", "previous", "state",
        "trash_path", "sha256", "model_id", "reason",
    }  # fmt: skip


def test_delete_without_a_terminal_needs_yes(program: Run, photos: list[Path]):
    done = program("decide", "delete", photos[0])
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs --yes; nothing was deleted." in done.stderr
    assert photos[0].exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("decide", "burn", "PHOTO"),
        ("decide", "keep", "PHOTO", "/no/such/photo.jpg"),
        ("decide", "keep", "FOLDER"),
        ("decide", "keep", "PHOTO", "--no-library"),
        ("undo", "--no-library"),
        ("redo", "--no-library"),
        ("decisions", "--no-library"),
        ("undo", "0"),
        ("undo", "many"),
        ("decisions", "--format", "html"),
    ],
)
def test_usage_errors_decide_nothing(program: Run, photos: list[Path], arguments: tuple[str, ...]):
    places = {"PHOTO": str(photos[0]), "FOLDER": str(photos[0].parent)}
    done = program(*(places.get(argument, argument) for argument in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_refused_decision_is_an_error(program: Run, photos: list[Path]):
    program("scan", photos[0].parent)
    photos[0].write_bytes(photos[1].read_bytes())
    code, results = answer(program, "decide", "delete", photos[0], "--yes")
    assert (code, results[0]["status"]) == (1, "refused")
    assert results[0]["error"]
    assert photos[0].exists()


def test_nothing_to_undo_is_said(program: Run, photos: list[Path]):
    program("decide", "keep", photos[0])
    program("undo")
    done = program("undo")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "There is nothing to undo.\n"


def test_an_export_tells_the_decisions(program: Run, photos: list[Path], tmp_path: Path):
    program("scan", photos[0].parent)
    program("decide", "keep", photos[0])
    program("decide", "delete", photos[1], "--yes")
    done = program("export", "--format", "json")
    assert done.returncode == 0, done.stderr
    shown = {
        os.path.basename(str(photo["path"])): (photo["status"], photo["decision"])
        for photo in json.loads(done.stdout)["photos"]
    }
    assert shown == {
        "0.jpg": ("scored", "keep"),
        "1.jpg": ("deleted", "delete"),
        "2.jpg": ("scored", "undecided"),
    }
    plain = program("export", with_model=False)
    assert plain.returncode == 0, plain.stderr
    assert plain.stdout.startswith("path,path_bytes,status,")
