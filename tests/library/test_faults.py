"""Whatever fails, and whenever the program dies: each photo is whole and in exactly one place."""

import errno
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from lqalbum.errors import LibraryError
from lqalbum.library import rename, trash
from lqalbum.library.database import Database
from lqalbum.library.library import Library
from tests.library.conftest import Album
from tests.library.pictures import save_scene

_KILLS = 10


def _everywhere(album_folder: Path, home: Path) -> Counter[str]:
    """The hashes of all photos, in their folder and in the trash, with their number."""
    found: Counter[str] = Counter()
    for folder in (album_folder, home / ".local/share/Trash/files"):
        for path in folder.rglob("*") if folder.exists() else ():
            if path.is_file():
                found[hashlib.sha256(path.read_bytes()).hexdigest()] += 1
    return found


def _records_match_files(home: Path) -> bool:
    base = home / ".local/share/Trash"
    files = {path.name for path in (base / "files").glob("*")}
    return {path.name.removesuffix(".trashinfo") for path in (base / "info").glob("*")} == files


def _agrees(library: Library, paths: list[str]) -> bool:
    """Whether rows, journal and disk tell the same of each photo."""
    return all(
        (row := library.row(path)) is not None
        and (row.decision == "delete") == (not os.path.lexists(path))
        for path in paths
    )


_DECIDER = """
import random, sys
from pathlib import Path
from lqalbum.library.library import Library
seed, folder, *paths = sys.argv[1:]
choice = random.Random(int(seed))
with Library.open(Path(folder)) as library:
    print("open", flush=True)
    while True:
        action = choice.choice(["delete", "delete", "keep", "undo", "redo"])
        if action in ("undo", "redo"):
            print("begin any", flush=True)
            results = getattr(library, action)()
        else:
            chosen = choice.sample(paths, choice.randint(1, 4))
            print("begin", *chosen, flush=True)
            results = library.decide(action, chosen)
        for result in results:
            print(result.status, result.decision, result.path, flush=True)
        print("end", flush=True)
"""


def test_killed_at_any_moment_nothing_is_lost(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "photos"
    paths = [save_scene(folder / f"{i}.jpg", seed=i) for i in range(8)]
    before = _everywhere(folder, home)
    choice = random.Random(11)
    acknowledged = 0
    for kill in range(_KILLS):
        told = _decide_until_killed(kill, tmp_path / "library", paths, choice.uniform(0.0, 0.3))
        assert _everywhere(folder, home) == before
        with Library.open(tmp_path / "library") as library:
            assert _everywhere(folder, home) == before
            assert _records_match_files(home)
            decided = {record.path: record for record in library.history()}
            for path, decision in told.items():
                acknowledged += 1
                if decision == "delete":
                    assert not os.path.lexists(path)
                    assert decided[path].sha256 is not None
                else:
                    assert os.path.lexists(path)
        for name in ("decisions.db", "index.db"):
            connection = sqlite3.connect(tmp_path / "library" / name)
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.close()
    assert acknowledged > 0
    with Library.open(tmp_path / "library") as library:
        while library.undo():
            pass
    assert sorted(str(path) for path in folder.iterdir()) == sorted(paths)


def _decide_until_killed(
    seed: int, library: Path, paths: list[str], after_s: float
) -> dict[str, str]:
    """Run a program that decides at random and kill it.

    Returns:
        What it had said to be done, by path; photos it was busy with at the end are left out.
    """
    with subprocess.Popen(
        [sys.executable, "-c", _DECIDER, str(seed), str(library), *paths],
        stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as program:  # fmt: skip
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        deadline = time.monotonic() + after_s
        while time.monotonic() < deadline:
            os.sched_yield()
        program.send_signal(signal.SIGKILL)
        text = program.stdout.read()
    done, _, begun = text.rpartition("end\n")
    if begun.startswith("begin any"):
        return {}  # it may have been at any photo
    told: dict[str, str] = {}
    for line in done.splitlines():
        status, _, rest = line.partition(" ")
        if status == "done":
            decision, _, path = rest.partition(" ")
            told[path] = decision
    return {path: decision for path, decision in told.items() if path not in begun}


class _Failing:
    """A function that fails once, at its N-th call."""

    def __init__(self, function: Callable[..., object], number: int, error: Exception) -> None:
        self.function, self.number, self.error, self.calls = function, number, error, 0

    def __call__(self, *args: object, **named: object) -> object:
        self.calls += 1
        if self.calls == self.number:
            raise self.error
        return self.function(*args, **named)


@pytest.mark.parametrize("code", ["ENOSPC", "EIO", "EACCES", "EXDEV", "EROFS"])
@pytest.mark.parametrize("call", ["fsync", "rename", "open", "mkdir"])
def test_any_call_may_fail_once(
    album: Album, home: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: str
) -> None:
    error = OSError(getattr(errno, code), os.strerror(getattr(errno, code)), "somewhere")
    before = _everywhere(album.folder, home)
    path = album.paths[0]
    for number in range(1, 100):
        with monkeypatch.context() as patch:
            failing = _patched(patch, call, number, error)
            with album.open() as library:
                results = library.decide("delete", [path]) + library.undo()
            done = failing.calls < number
        assert _everywhere(album.folder, home) == before
        for result in results:
            assert result.status == "done" or os.path.basename(path) in (result.error or "")
        with album.open() as library:
            assert _everywhere(album.folder, home) == before
            assert _agrees(library, album.paths)
            library.undo(10)
            assert _records_match_files(home)
        assert os.path.exists(path)
        if done:
            return
    pytest.fail("the calls never ended")


def _patched(patch: pytest.MonkeyPatch, call: str, number: int, error: Exception) -> _Failing:
    if call == "rename":
        failing = _Failing(rename._renameat2, number, error)
        patch.setattr(rename, "_renameat2", failing)
        return failing
    failing = _Failing(getattr(os, call), number, error)

    class Shim:
        """The os module with one call that fails."""

        def __getattr__(self, name: str) -> object:
            return failing if name == call else getattr(os, name)

    for module in (trash, rename):
        patch.setattr(module, "os", Shim())
    return failing


def test_any_transaction_may_fail_once(
    album: Album, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _everywhere(album.folder, home)
    path = album.paths[0]
    real = Database.write
    for number in range(1, 100):
        failing = _Failing(real, number, LibraryError("The disk is full; make room."))
        with album.open() as library, monkeypatch.context() as patch:
            patch.setattr(Database, "write", lambda self, run=failing: run(self))
            try:
                library.decide("delete", [path])
                library.undo()
            except LibraryError:
                pass
            done = failing.calls < number
        assert _everywhere(album.folder, home) == before
        with album.open() as library:
            assert _agrees(library, album.paths)
            library.undo(10)
            assert _records_match_files(home)
        assert _everywhere(album.folder, home) == before
        assert os.path.exists(path)
        if done:
            return
    pytest.fail("the transactions never ended")
