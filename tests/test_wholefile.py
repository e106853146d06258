"""A file is there whole or not at all, and nothing else is left in its folder."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lqalbum import wholefile
from lqalbum.wholefile import LEFT_AFTER_S, whole_file

_KILLED = """
import os, signal, sys
from pathlib import Path
from lqalbum import wholefile
if sys.argv[2] == "hidden":
    wholefile.open_nameless = lambda *_: None
with wholefile.whole_file(Path(sys.argv[1])) as stream:
    stream.write(b"half")
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(params=["nameless", "hidden"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With files that have no name until they are whole, and as where there are none."""
    if request.param == "hidden":
        monkeypatch.setattr(wholefile, "open_nameless", lambda *_: None)
    return request.param


def _write(path: Path, content: bytes, mode: int = 0o666) -> None:
    with whole_file(path, mode) as stream:
        stream.write(content)


def test_a_new_file_and_one_that_takes_anothers_place(tmp_path: Path, way: str) -> None:
    path = tmp_path / "report.html"
    for content in (b"first", b"second"):
        _write(path, content)
        assert {found.name: found.read_bytes() for found in tmp_path.iterdir()} == {
            "report.html": content
        }


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_its_rights_are_those_of_any_new_file(tmp_path: Path, way: str) -> None:
    umask = os.umask(0o027)
    try:
        _write(tmp_path / "report.html", b"")
        _write(tmp_path / "settings.json", b"", 0o600)
    finally:
        os.umask(umask)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"report.html": 0o640, "settings.json": 0o600}


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path, way: str) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.html").write_bytes(b"before")
    (tmp_path / "link.html").symlink_to(tmp_path / "reports" / "one.html")
    _write(tmp_path / "link.html", b"after")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "reports" / "one.html").read_bytes() == b"after"


def test_trouble_leaves_the_earlier_file_and_nothing_else(tmp_path: Path, way: str) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(b"before")

    def fail() -> None:
        with whole_file(path) as stream:
            stream.write(b"half")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert [found.name for found in tmp_path.iterdir()] == ["report.html"]
    assert path.read_bytes() == b"before"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_what_a_kill_leaves_goes_with_the_next_writing(tmp_path: Path, way: str) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(b"before")
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path), way], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"before"
    left = [found for found in tmp_path.iterdir() if found != path]
    assert len(left) == (0 if way == "nameless" else 1)
    _write(path, b"after")
    # It could be another process's that is about to be named.
    assert len(list(tmp_path.iterdir())) == 1 + len(left)
    for found in left:
        os.utime(found, (0, time.time() - LEFT_AFTER_S - 1))
    others = [tmp_path / ".report.html.tmp", tmp_path / ".other.lqalbum-0123456789abcdef.tmp"]
    for other in others:
        other.write_bytes(b"somebody else's")
        os.utime(other, (0, 0))
    _write(path, b"last")
    assert sorted(tmp_path.iterdir()) == sorted([*others, path])


def test_only_a_file_that_may_go_is_replaced(tmp_path: Path, way: str) -> None:
    path = tmp_path / "report.html"

    def write(may_replace: Callable[[Path], bool]) -> None:
        with whole_file(path, may_replace=may_replace) as stream:
            stream.write(b"ours")

    def never(_: Path) -> bool:
        return False

    write(never)
    assert path.read_bytes() == b"ours"
    path.write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        write(never)
    assert path.read_bytes() == b"theirs"
    write(lambda found: found == path and found.read_bytes() == b"theirs")
    assert path.read_bytes() == b"ours"
    assert [found.name for found in tmp_path.iterdir()] == ["report.html"]


def test_where_a_file_has_one_name_only_nothing_is_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(wholefile, "open_nameless", lambda *_: None)
    monkeypatch.setattr(os, "link", no_links)
    _write(tmp_path / "new.html", b"ours")
    (tmp_path / "there.html").write_bytes(b"theirs")
    with (
        pytest.raises(FileExistsError),
        whole_file(tmp_path / "there.html", may_replace=lambda _: False) as stream,
    ):
        stream.write(b"ours")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", no_links)
        with pytest.raises(PermissionError):
            _write(tmp_path / "other.html", b"ours")
    contents = {found.name: found.read_bytes() for found in tmp_path.iterdir()}
    assert contents == {"new.html": b"ours", "there.html": b"theirs"}


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path, way: str) -> None:
    with pytest.raises(FileNotFoundError):
        _write(tmp_path / "none" / "report.html", b"")
