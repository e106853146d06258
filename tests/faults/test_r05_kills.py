"""R5: killed at any moment of a scan, a delete or an undo, nothing is lost or done twice.

``pytest tests/faults/test_r05_kills.py --long -s`` kills 200 times each and prints the figures;
``--seed`` chooses other moments.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from lqalbum.jobs.scoring import BATCH
from lqalbum.library.library import Library
from tests.bins import Bin
from tests.faults import kills
from tests.library.pictures import save_scene

_PHOTOS = 48
_MANY = 100
# What may lie between two commits: the first eight photos, a batch that waits for its scores, and
# one that was just scored.
_DECODED_AGAIN = 8 + 2 * BATCH
# In which a kill comes, of deletes and undos: a few of them on an idle machine.
_SPAN_S = 0.3


@pytest.fixture
def number(request: pytest.FixtureRequest) -> int:
    """How many kills."""
    return 200 if request.config.getoption("--long") else 10


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Of the moments."""
    return int(request.config.getoption("--seed"))


def test_r05_what_was_told_is_read_whole(tmp_path: Path) -> None:
    told = "begin\nstored a\nstored b\nstored "
    code = f"import os, signal; os.write(1, {told.encode()!r}); signal.pause()"
    assert kills.killed_after(code, [], 0.0) == "stored a\nstored b\n"


def test_r05_a_killed_scan_goes_on_where_it_was(tmp_path: Path, number: int, seed: int) -> None:
    album = tmp_path / "album"
    for photo in range(_PHOTOS):
        save_scene(album / f"{photo % 4}" / f"{photo:02d}.jpg", seed=photo)
    (album / "text.jpg").write_text("no picture")
    before = kills.everywhere(album)
    started = time.monotonic()
    assert kills.scan_to_the_end(tmp_path / "whole", album).count("decoded") == _PHOTOS + 1
    whole_s = time.monotonic() - started
    told = kills.scan_with_kills(tmp_path, album, number, 5 + seed, whole_s)
    assert told.kills == number
    assert kills.everywhere(album) == before
    assert max(told.decoded_again) <= _DECODED_AGAIN
    last = tmp_path / f"library-{told.finished}"
    kills.scan_to_the_end(last, album)
    assert len(kills.settled_paths(last)) == _PHOTOS + 1
    assert "decoded" not in kills.scan_to_the_end(last, album)
    # Some of many kills come between two commits; of ten, on a busy machine, perhaps none.
    assert any(told.decoded_again) or number < _MANY
    print(
        f"\n{told.kills} kills in scans of {_PHOTOS + 1} files; {told.finished} scans came to "
        f"their end; decoded again: {max(told.decoded_again)} at most, "
        f"{sum(told.decoded_again) / number:.1f} on average; {told.stored} stored rows, 0 lost"
    )


def test_r05_a_killed_delete_or_undo_loses_nothing(
    tmp_path: Path, trash_bin: Bin, number: int, seed: int
) -> None:
    folder, library = tmp_path / "photos", tmp_path / "library"
    paths = [save_scene(folder / f"{photo}.jpg", seed=photo) for photo in range(8)]
    for photo in range(0, 8, 2):  # every second photo has what goes with it
        for ending in ("cr2", "jpg.xmp"):
            (folder / f"{photo}.{ending}").write_bytes(f"{photo}.{ending}".encode() * 99)
    names = sorted(os.listdir(folder))
    before = kills.everywhere(folder, trash_bin.files())
    choice = random.Random(11 + seed)
    acknowledged, span_s = 0, _SPAN_S
    for kill in range(number):
        moment_s = choice.uniform(0.0, span_s)
        told = kills.decide_until_killed(
            1000 * seed + kill, trash_bin.system, library, paths, moment_s
        )
        # On a busy machine the first decision takes seconds.
        span_s = max(_SPAN_S, span_s / 1.5) if told else span_s * 1.5
        assert kills.everywhere(folder, trash_bin.files()) == before
        with Library.open(library) as opened:
            assert kills.everywhere(folder, trash_bin.files()) == before
            assert trash_bin.is_tidy()
            decided = {record.path: record for record in opened.history()}
            for path, decision in told.items():
                acknowledged += 1
                assert os.path.lexists(path) == (decision != "delete")
                assert decision != "delete" or decided[path].sha256 is not None
            _assert_groups_are_whole(paths)
        assert kills.databases_are_sound(library)
    assert acknowledged > 0
    with Library.open(library) as opened:
        while opened.undo():
            pass
    assert sorted(os.listdir(folder)) == names
    assert kills.everywhere(folder, trash_bin.files()) == before
    print(
        f"\n{trash_bin.system}: {number} kills in delete and undo; "
        f"{acknowledged} acknowledged decisions, 0 lost"
    )


def _assert_groups_are_whole(paths: list[str]) -> None:
    for path in paths[::2]:
        stem = path.removesuffix(".jpg")
        assert len({os.path.lexists(stem + ending) for ending in (".jpg", ".cr2", ".jpg.xmp")}) == 1
