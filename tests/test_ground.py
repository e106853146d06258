"""The parts that everything else stands on: errors, paths, malloc and the way in."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from lqalbum import app, errors, malloc, paths
from lqalbum.display import window_obstacle

ROOT = Path(__file__).resolve().parent.parent


def test_a_photo_error_survives_the_way_back_from_a_worker():
    error = errors.PhotoError("truncated", "The file ends too early.", "/a/b.jpg")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # made in the line itself
    assert (copy.code, copy.message, copy.path) == (error.code, error.message, error.path)
    assert str(copy) == "The file ends too early."


def test_resources_are_found_beside_the_checkout_and_inside_a_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    package = tmp_path / "lqalbum"
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.resource("models") == tmp_path / "resources" / "models"
    (package / "resources").mkdir(parents=True)
    assert paths.model_path("photo") == package / "resources" / "models" / "photo.safetensors"


def test_a_model_may_be_named_by_its_path(home: Path):
    assert paths.model_path("~/mine.safetensors") == home / "mine.safetensors"


@pytest.mark.skipif(sys.platform != "linux", reason="mallopt is glibc's")
def test_large_buffers_stay_on_the_heap():
    script = (
        "import ctypes, lqalbum.malloc as m\n"
        "print(m.keep_large_buffers())\n"
        "malloc = ctypes.CDLL(None).malloc\n"
        "malloc.restype, malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]\n"
        "block = malloc(64 << 20)\n"
        "spans = (line.split() for line in open('/proc/self/maps'))\n"
        "edges = ([int(edge, 16) for edge in span[0].split('-')] for span in spans\n"
        "         if span[-1] == '[heap]')\n"
        "print(any(low <= block < high for low, high in edges))\n"
    )
    assert _python(script).split() == ["True", "True"]


def test_malloc_is_left_alone_where_it_is_not_glibc(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(malloc.platform, "libc_ver", lambda: ("", ""))
    assert malloc.keep_large_buffers() is False


def test_the_program_starts_without_torch_qt_and_scipy():
    script = (
        "import sys, lqalbum.app, lqalbum.cli.main\n"
        "print([name for name in ('torch', 'PySide6', 'scipy') if name in sys.modules])"
    )
    assert _python(script).strip() == "[]"


@pytest.mark.parametrize("argv", [[], ["gui"], ["gui", "."], ["."]])
def test_no_display_is_one_sentence(
    argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert app.run(argv) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "No display" in err


def test_a_display_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":4077")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    obstacle = window_obstacle()
    assert obstacle is not None
    assert "does not answer" in obstacle or "is missing" in obstacle


def test_a_folder_that_is_missing_is_a_usage_error(capsys: pytest.CaptureFixture[str]):
    assert app.run(["gui", "/nowhere/album"]) == 2
    assert "/nowhere/album" in capsys.readouterr().err


def _python(script: str) -> str:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
