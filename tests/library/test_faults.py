"""Whatever fails, and whenever the program dies: each photo is whole and in exactly one place."""

import errno
import hashlib
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from lqalbum.errors import LibraryError
from lqalbum.library import rename
from lqalbum.library.database import Database
from lqalbum.library.library import Library
from lqalbum.library.trash import files as trash_files
from lqalbum.library.trash import freedesktop, moving
from tests.bins import Bin
from tests.library.conftest import Album


def _everywhere(album_folder: Path, trash_bin: Bin) -> Counter[str]:
    """The hashes of all photos, in their folder and in the trash, with their number."""
    paths = [*album_folder.iterdir(), *trash_bin.files()]
    return Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)


def _agrees(library: Library, paths: list[str]) -> bool:
    """Whether rows, journal and disk tell the same of each photo."""
    return all(
        (row := library.row(path)) is not None
        and (row.decision == "delete") == (not os.path.lexists(path))
        for path in paths
    )


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
@pytest.mark.parametrize("call", ["fsync", "rename", "open", "fdopen", "mkdir", "read"])
def test_r06_any_call_may_fail_once(
    album: Album, trash_bin: Bin, monkeypatch: pytest.MonkeyPatch, call: str, code: str
) -> None:
    error = OSError(getattr(errno, code), os.strerror(getattr(errno, code)), "somewhere")
    before = _everywhere(album.folder, trash_bin)
    path = album.paths[0]
    for number in range(1, 100):
        with monkeypatch.context() as patch:
            failing = _patched(patch, call, number, error)
            with album.open() as library:
                results = library.decide("delete", [path]) + library.undo()
            done = failing.calls < number
        assert _everywhere(album.folder, trash_bin) == before
        for result in results:
            assert result.status == "done" or os.path.basename(path) in (result.error or "")
        with album.open() as library:
            assert _everywhere(album.folder, trash_bin) == before
            assert _agrees(library, album.paths)
            library.undo(10)
            assert trash_bin.is_tidy()
        assert os.path.exists(path)
        if done:
            return
    pytest.fail("the calls never ended")


def _patched(patch: pytest.MonkeyPatch, call: str, number: int, error: Exception) -> _Failing:
    if call == "rename":
        failing = _Failing(rename._rename_exclusively, number, error)
        patch.setattr(rename, "_rename_exclusively", failing)
        return failing
    if call == "read":
        failing = _Failing(trash_files.sha256_of, number, error)
        patch.setattr(trash_files, "sha256_of", failing)
        return failing
    failing = _Failing(getattr(os, call), number, error)

    class Shim:
        """The os module with one call that fails."""

        def __getattr__(self, name: str) -> object:
            return failing if name == call else getattr(os, name)

    for module in (moving, freedesktop, rename):
        patch.setattr(module, "os", Shim())
    return failing


def test_r06_any_transaction_may_fail_once(
    album: Album, trash_bin: Bin, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _everywhere(album.folder, trash_bin)
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
        assert _everywhere(album.folder, trash_bin) == before
        with album.open() as library:
            assert _agrees(library, album.paths)
            library.undo(10)
            assert trash_bin.is_tidy()
        assert _everywhere(album.folder, trash_bin) == before
        assert os.path.exists(path)
        if done:
            return
    pytest.fail("the transactions never ended")
