"""R8, R19, R21: the hook that watches all tests sees what it is to see, in children, too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guard import hook
from tests.guard.originals import states, untouched
from tests.library.pictures import save_scene

_WORKER = """
import os, sys
from multiprocessing import get_context
context = get_context("forkserver")
if __name__ == "__main__":
    worker = context.Process(target=os.unlink, args=(sys.argv[1],))
    worker.start()
    worker.join()
    sys.exit(worker.exitcode)
"""
_PLANTED = {
    "unlink": "os.unlink(path)",
    "unlink from its folder": "os.unlink('photo.jpg', dir_fd=os.open(folder, os.O_RDONLY))",
    "write": "open(path, 'r+b')",
    "append": "os.open(path, os.O_WRONLY | os.O_APPEND)",
    "truncate": "os.truncate(path, 0)",
    "replace": "open(new, 'wb').close(); os.replace(new, path)",
    "rename": "os.rename(path, new)",
    "permissions": "os.chmod(path, 0o600)",
    "time": "os.utime(path)",
    "remove a file beside photos": "os.unlink(folder + '/notes.txt')",
    "remove a folder": "os.rmdir(folder + '/empty')",
    "remove all": "shutil.rmtree(folder)",
    "caught": "\ntry: os.unlink(path)\nexcept BaseException: pass",
    "connect": "import socket; socket.socket().connect(('127.0.0.1', 9))",
    "wait for others": "import socket; socket.socket().bind(('127.0.0.1', 0))",
    "look up": "import socket; socket.getaddrinfo('localhost', 80)",
}


def _child(tmp_path: Path, code: str, *arguments: str) -> tuple[int, str]:
    """Run code in a process with a log of its own; returns its exit code and the log."""
    log = tmp_path / "own.log"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, hook.VARIABLE: str(log)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.returncode, log.read_text() if log.exists() else ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    save_scene(folder / "photo.jpg")
    (folder / "notes.txt").write_text("of the person")
    (folder / "empty").mkdir()
    return folder


@pytest.mark.parametrize("planted", _PLANTED)
def test_r08_r21_a_violation_in_a_child_is_kept_from_happening_and_told(
    tmp_path: Path, folder: Path, planted: str
) -> None:
    before = states([folder])
    path = str(folder / "photo.jpg")
    begin = f"import os, shutil; folder, path = {str(folder)!r}, {path!r}; new = path + '.part';"
    code, told = _child(tmp_path, begin + _PLANTED[planted])
    assert len(told.splitlines()) == 1
    assert (code == 0) == (planted == "caught")
    assert states([folder]) == before
    assert (folder / "notes.txt").exists()
    assert (folder / "empty").exists()


def test_r08_a_violation_in_a_worker_is_told(tmp_path: Path, folder: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(_WORKER)
    run = f"import runpy, sys; sys.argv[0] = {str(script)!r}; runpy.run_path({str(script)!r}, "
    code, told = _child(tmp_path, f"{run}run_name='__main__')", str(folder / "photo.jpg"))
    assert code != 0
    assert "os.remove" in told
    assert (folder / "photo.jpg").exists()


def test_r08_what_the_program_made_is_its_own(tmp_path: Path, folder: Path) -> None:
    code, told = _child(
        tmp_path,
        "import os, shutil, sys; folder = sys.argv[1]; part = folder + '/photo.xmp.part'\n"
        "open(part, 'wb').close(); os.replace(part, folder + '/photo.xmp')\n"
        "open(folder + '/photo.xmp', 'ab').close(); os.unlink(folder + '/photo.xmp')\n"
        "os.mkdir(folder + '/own'); open(folder + '/own/a.jpg', 'wb').close()\n"
        "shutil.rmtree(folder + '/own'); open(folder + '/photo.jpg', 'rb').close()",
        str(folder),
    )
    assert (code, told) == (0, "")


def test_r08_what_one_run_made_the_next_may_replace(tmp_path: Path, folder: Path) -> None:
    write = "import os, sys; part = sys.argv[1] + '.part'; open(part, 'wb').close()\n"
    for _ in range(2):
        code, told = _child(
            tmp_path, f"{write}os.replace(part, sys.argv[1])", str(folder / "why.png")
        )
        assert (code, told) == (0, "")


def test_r08_in_this_process_the_program_is_told_from_the_tests(folder: Path) -> None:
    program = compile("import os\ndef act(path): os.unlink(path)", f"{hook._PROGRAM}bad.py", "exec")
    names: dict[str, object] = {}
    exec(program, names)  # noqa: S102
    forbidden = pytest.raises(hook.ForbiddenError, match=r"os.remove of .*photo.jpg")
    with hook.unrecorded(), forbidden:
        names["act"](str(folder / "photo.jpg"))  # type: ignore[operator]
    (folder / "photo.jpg").unlink()
    assert str(folder / "photo.jpg") in hook.changed_by_tests()


@pytest.mark.parametrize("may_move", [False, True])
def test_r19_a_changed_original_is_seen(folder: Path, may_move: bool) -> None:
    path = str(folder / "photo.jpg")
    touch = f"import os; os.utime({path!r}, ns=(1, 2))"
    unwatched = {name: text for name, text in os.environ.items() if name != hook.VARIABLE}

    def change() -> None:
        with untouched(folder, may_move=may_move):
            subprocess.run([sys.executable, "-c", touch], env=unwatched, check=True)

    with pytest.raises(AssertionError, match=r"photo\.jpg"):
        change()
    with untouched(folder):
        os.utime(path, ns=(3, 4))  # by the test itself
