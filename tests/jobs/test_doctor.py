import importlib.metadata
import sys
from pathlib import Path

import pytest

from lqalbum.jobs.doctor import DoctorLine, run_doctor


def looks(**options) -> dict[str, DoctorLine]:
    return {line.name: line for line in run_doctor(**options)}


def test_a_missing_model_is_said_and_the_other_looks_go_on(tmp_path: Path):
    model = tmp_path / "none.safetensors"
    lines = looks(library=tmp_path / "library", model=str(model), device="cpu")
    bad = {name for name, line in lines.items() if not line.ok}
    assert {"model", "device", "self check"} <= bad
    assert str(model) in lines["model"].value
    assert lines["program"].ok
    assert "HEIF" in lines["formats"].value
    assert "raw pictures" in lines["formats"].value


@pytest.mark.skipif(sys.platform != "linux", reason="names Linux's trash")
def test_looking_leaves_no_file_behind(home: Path, tmp_path: Path):
    lines = looks(library=tmp_path / "library", model="/none.safetensors")
    assert lines["trash"].ok
    assert str(home / ".local/share/Trash/files") in lines["trash"].value
    assert [path for path in home.rglob("*") if not path.is_dir()] == []
    assert [path.name for path in home.iterdir()] == [".local"]
    assert not (tmp_path / "library").exists()


def test_a_place_that_cannot_be_made_is_said(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    line = looks(library=tmp_path / "file" / "library", model="/none.safetensors")["library"]
    assert not line.ok
    assert str(tmp_path / "file") in line.value


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch):
    known = importlib.metadata.version

    def version(name: str) -> str:
        if name == "piexif":
            raise importlib.metadata.PackageNotFoundError(name)
        return known(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    line = looks(model="/none.safetensors")["packages"]
    assert not line.ok
    assert "piexif" in line.value
