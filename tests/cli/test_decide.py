"""Decisions from the command line: what they answer, refuse, and take back."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from lqalbum.app import run as run_program
from lqalbum.library.rename import rename_without_replacing
from lqalbum.library.trash import moving
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


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("answer_given", ["yes", ""])
def test_the_question_before_several_names_what_goes_along(
    photos: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer_given: str,
):
    folder = photos[0].parent
    (folder / "0.jpeg").write_bytes(photos[0].read_bytes())
    for name in ("0.MOV", "1.xmp", *(f"2.jpg.{number}.xmp" for number in range(2))):
        (folder / name).write_bytes(b"beside a photo")
    (folder / "thesis.odt").write_bytes(b"mine")
    before = sorted(folder.iterdir())
    monkeypatch.setattr(sys, "stdin", _Terminal(f"{answer_given}\n"))
    asked = [*photos[:2], folder / "0.jpeg", folder / "thesis.odt"]
    code = run_program(["decide", "delete", *map(str, asked), "--library", str(tmp_path / "lib")])
    question = capsys.readouterr().err.splitlines()[0]
    assert question.startswith("Move 3 photos and what belongs to them, 2 files (1.xmp, 0.MOV), ")
    left = [path.name for path in before if path.exists()]
    if answer_given:
        assert (code, left) == (1, ["2.jpg", "2.jpg.0.xmp", "2.jpg.1.xmp", "thesis.odt"])
    else:
        assert (code, left) == (0, [path.name for path in before])


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
        "trash_path", "sha256", "model_id", "reason", "companions",
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


def test_a_photo_gone_from_the_trash_is_said_once_and_undo_goes_on(
    program: Run, photos: list[Path], tmp_path: Path
):
    program("decide", "keep", photos[1])
    _, (deleted,) = answer(program, "decide", "delete", photos[0], "--yes")
    Path(str(deleted["trash_path"])).rename(tmp_path / "taken.jpg")
    code, (gone,) = answer(program, "undo")
    assert (code, gone["status"]) == (1, "refused")
    assert "no longer in the trash" in str(gone["error"])
    assert "undo goes on with the step before" in str(gone["error"])
    document = json.loads(program("decisions", "--format", "json").stdout)
    assert [one["state"] for one in document["decisions"]] == ["active", "gone"]
    code, (kept,) = answer(program, "undo")
    assert (code, kept["path"], kept["decision"]) == (0, str(photos[1]), "undecided")
    # What is gone cannot be done again, and does not stand in the way of what can.
    code, (again,) = answer(program, "redo")
    assert (code, again["path"], again["decision"]) == (0, str(photos[1]), "keep")


def test_a_photo_that_a_file_manager_put_back_is_undone(program: Run, photos: list[Path]):
    _, (deleted,) = answer(program, "decide", "delete", photos[0], "--yes")
    Path(str(deleted["trash_path"])).rename(photos[0])
    code, (undone,) = answer(program, "undo")
    assert (code, undone["status"], undone["path"]) == (0, "done", str(photos[0]))
    assert photos[0].exists()


@pytest.mark.parametrize("command", [("undo",), ("redo",), ("decisions",), ("export",)])
def test_a_library_that_does_not_exist_is_not_made(
    program: Run, tmp_path: Path, command: tuple[str, ...]
):
    missing, other = tmp_path / "typo", tmp_path / "pictures"
    other.mkdir()
    for folder in (missing, other):
        done = program(*command, "--library", folder, with_model=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"lqalbum: There is no library in {folder}; ")
    assert not missing.exists()
    assert list(other.iterdir()) == []


@pytest.mark.parametrize("after", [1, 2])
def test_an_interrupted_bulk_ends_after_the_current_photo(
    photos: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    after: int,
):
    before = [photo.read_bytes() for photo in photos]
    moved = 0

    def interrupted(source: str, destination: str) -> None:
        nonlocal moved
        rename_without_replacing(source, destination)
        moved += 1
        if moved == after:
            os.kill(os.getpid(), signal.SIGINT)

    arguments = ["--format", "json"]
    with monkeypatch.context() as patch:
        patch.setattr(moving, "rename_without_replacing", interrupted)
        code = run_program(["decide", "delete", *map(str, photos), "--yes", *arguments])
    told = capsys.readouterr()
    results = json.loads(told.out)["results"]
    assert code == 130
    assert [result["status"] for result in results] == ["done"] * after + ["refused"] * (3 - after)
    assert told.err.startswith(f"lqalbum: Interrupted; {after} of 3 photos were done")
    assert [photo.exists() for photo in photos] == [False] * after + [True] * (3 - after)
    moved = 0
    with monkeypatch.context() as patch:
        patch.setattr(moving, "rename_without_replacing", interrupted)
        code = run_program(["undo", *arguments])
    capsys.readouterr()
    assert code == 130
    # One interrupt came in the middle of the last photo: all of the step is back.
    run_program(["undo", *arguments])
    assert [photo.read_bytes() for photo in photos] == before


def test_what_goes_along_is_named(program: Run, photos: list[Path]):
    raw = photos[0].with_suffix(".CR2")
    raw.write_bytes(b"raw")
    done = program("decide", "delete", photos[0], "--yes")
    assert done.stderr == "With 0.jpg: 0.CR2.\n"
    assert not raw.exists()
    document = json.loads(program("decisions", "--format", "json").stdout)
    assert document["decisions"][0]["companions"] == [str(raw)]
    cell = program("decisions", "--format", "csv").stdout.splitlines()[1]
    assert str(raw) in cell
    program("undo")
    assert raw.read_bytes() == b"raw"


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
