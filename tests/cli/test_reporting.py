"""Whatever a command writes with -o is known again, and takes the place of its like only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lqalbum.cli.options import CommonOptions
from lqalbum.cli.reporting import LIST_FORMATS, write_list
from lqalbum.errors import LQAlbumError
from lqalbum.evaluate.tables import EvaluationTable
from lqalbum.jobs.doctor import run_doctor
from lqalbum.jobs.evaluation_table import evaluation_csv, evaluation_json
from lqalbum.jobs.export import check_destination, write_file
from lqalbum.jobs.marks import LIST_KEYS, TEXT_MARK
from lqalbum.jobs.models import describe_model, is_model, may_replace
from tests.cli.conftest import Run


def _options(output: Path) -> CommonOptions:
    return CommonOptions(
        library=None, model="photo", model_named=False, device="cpu", strictness=0.03, jobs=1,
        exclude=(), kind=None, output=output, progress="none", exit_zero=False,
    )  # fmt: skip


def _records(name: str) -> list[dict[str, object]]:
    if name == "checks":
        first = next(iter(run_doctor()))
        return [{"name": first.name, "value": first.value, "ok": first.ok}]
    return [dict.fromkeys(LIST_KEYS[name], "a,b\n")] * 2


@pytest.mark.parametrize("kind", LIST_FORMATS)
@pytest.mark.parametrize("name", LIST_KEYS)
def test_every_list_is_known_again(tmp_path: Path, name: str, kind: str):
    output = tmp_path / "list"
    for records in (_records(name), [] if name != "checks" else _records(name)):
        write_list(name, records, kind, _options(output))
        check_destination(output)
        write_list(name, records, kind, _options(output))


@pytest.mark.parametrize("write", [evaluation_csv, evaluation_json])
def test_every_table_of_an_evaluation_is_known_again(
    tmp_path: Path, write: Callable[[EvaluationTable], object]
):
    table = EvaluationTable(n=3, skipped=0, rows=(), methods={}, ratings=None, published=())
    output = tmp_path / "table"
    write_file(output, [piece.encode() for piece in write(table)])
    check_destination(output)


def test_text_is_known_by_its_first_line_which_a_terminal_never_sees(
    program: Run, model: Path, tmp_path: Path
):
    shown = program("model", "info", model)
    assert TEXT_MARK.decode() not in shown.stdout
    for kind in ("table", "json"):
        output = tmp_path / kind
        for _ in range(2):
            done = program("model", "info", model, "--format", kind, "-o", output)
            assert done.returncode == 0, done.stderr
        content = output.read_text()
        assert content.startswith(TEXT_MARK.decode()) == (kind == "table")
        edited = content.replace("LQ Album", "me").replace("schema_version", "version")
        output.write_text(edited)
        done = program("model", "info", model, "--format", kind, "-o", output)
        assert done.returncode == 1
        assert "name another file, or delete that one first." in done.stderr
        assert output.read_text() == edited


def test_a_model_is_known_by_the_whole_of_its_header(model: Path, tmp_path: Path):
    assert is_model(model)
    data = model.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header["__metadata__"]["mine"] = "a word of my own"
    _write_header(tmp_path / "mine.safetensors", header)
    _write_header(
        tmp_path / "other.safetensors",
        {"__metadata__": {"format": "pt", "config": json.dumps({"preset": "x"})}},
    )
    (tmp_path / "notes.safetensors").write_bytes(b"preset")
    for path in tmp_path.glob("*.safetensors"):
        assert not is_model(path)
        assert not may_replace(path)
        with pytest.raises(LQAlbumError, match="not written by this command"):
            check_destination(path, is_model)
    (tmp_path / "empty").write_bytes(b"")
    assert may_replace(tmp_path / "empty")
    assert describe_model(str(model)).name == "tiny"


def _write_header(path: Path, header: dict[str, object]) -> None:
    text = json.dumps(header, separators=(",", ":")).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text)
