"""A hostile photo costs its worker at most, never the run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image

from lqalbum.errors import PhotoError
from lqalbum.library.decode import DecodedPhoto
from lqalbum.library.workers import DecodePool
from tests.library.pictures import png_header, save_scene


def _children() -> set[int]:
    """Processes that name this one among their ancestors and decode photos."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if state[0] != "Z":
                parents[int(folder.name)] = int(state[1])
    found = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


def test_good_and_bad_photos_each_come_back_once(tmp_path: Path) -> None:
    good = [save_scene(tmp_path / f"{i}.jpg", seed=i) for i in range(8)]
    (tmp_path / "text.jpg").write_text("text")
    (tmp_path / "bomb.png").write_bytes(png_header(60_000, 60_000))
    bad = [str(tmp_path / name) for name in ("text.jpg", "bomb.png", "gone.jpg")]
    with DecodePool(2) as pool:
        results = list(pool.decode_all([*good, *bad]))
    assert sorted(path for path, _ in results) == sorted(good + bad)
    by_path = dict(results)
    assert all(isinstance(by_path[path], DecodedPhoto) for path in good)
    codes = [error.code for path in bad if isinstance(error := by_path[path], PhotoError)]
    assert codes == ["not-an-image", "too-large", "vanished"]


def test_a_killed_worker_is_replaced_and_its_photo_tried_again(tmp_path: Path) -> None:
    paths = [save_scene(tmp_path / f"{i}.jpg", seed=i) for i in range(30)]
    before = _children()
    with DecodePool(1) as pool:
        results = []
        for result in pool.decode_all(paths):
            results.append(result)
            if len(results) == 3:
                workers = _children() - before
                newest = max(workers)  # the fork server and the tracker are older
                os.kill(newest, signal.SIGKILL)
    assert sorted(path for path, _ in results) == sorted(paths)
    assert all(isinstance(photo, DecodedPhoto) for _, photo in results)


def test_a_photo_that_takes_too_long_is_an_error_and_the_next_is_read(tmp_path: Path) -> None:
    slow = tmp_path / "slow.png"
    Image.new("RGB", (8000, 8000)).save(slow, compress_level=1)
    quick = save_scene(tmp_path / "quick.jpg")
    with DecodePool(1, timeout_s=0.05) as pool:
        results = dict(pool.decode_all([str(slow)]))
        error = results[str(slow)]
        assert isinstance(error, PhotoError)
        assert error.code == "timeout"
    with DecodePool(1) as pool:
        assert isinstance(dict(pool.decode_all([quick]))[quick], DecodedPhoto)


def test_a_photo_that_needs_too_much_memory_is_an_error(tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    Image.new("RGB", (8000, 8000)).save(large, compress_level=1)  # 256 MB decoded
    small = save_scene(tmp_path / "small.jpg")
    with DecodePool(1, memory_bytes=400 * 2**20) as pool:
        results = dict(pool.decode_all([str(large), small]))
    error = results[str(large)]
    assert isinstance(error, PhotoError)
    assert error.code == "too-large"
    assert isinstance(results[small], DecodedPhoto)


def test_stops_soon_and_leaves_no_worker(tmp_path: Path) -> None:
    path = save_scene(tmp_path / "a.jpg")
    taken: list[str] = []
    with DecodePool(2) as pool:
        for decoded, _ in pool.decode_all([path] * 10_000, stop=lambda: len(taken) >= 5):
            taken.append(decoded)
    assert len(taken) == 5
    with DecodePool(2) as pool:
        before = _children()
        assert len(list(pool.decode_all([path]))) == 1
    assert not (_children() - before)


_ENDLESS = """
import itertools, sys
from lqalbum.library.workers import DecodePool
if __name__ == "__main__":
    with DecodePool(2) as pool:
        for _ in pool.decode_all(itertools.repeat(sys.argv[1])):
            print("decoded", flush=True)
"""


def test_workers_end_when_the_program_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(_ENDLESS)
    path = save_scene(tmp_path / "a.jpg")
    before = _all_with(str(script))
    program = subprocess.Popen(
        [sys.executable, str(script), path],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"decoded\n"
        session = _session(program.pid)
        assert len(session) >= 4  # the program, the fork server, two workers
        program.kill()
    deadline = time.monotonic() + 10
    while _session(program.pid) and time.monotonic() < deadline:
        os.sched_yield()
    assert not _session(program.pid)
    assert _all_with(str(script)) == before


def _session(leader: int) -> set[int]:
    """Living processes of a session."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(state[3]) == leader and state[0] != "Z":
                found.add(int(folder.name))
    return found


def _all_with(argument: str) -> set[int]:
    found = set()
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and argument in (folder / "cmdline").read_text():
                found.add(int(folder.name))
        except OSError:
            continue
    return found
