"""P5: what looking for changes costs when nothing has changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np

from lqalbum.jobs.indexing import IndexOptions, PhotosChanged, index
from lqalbum.library.library import Library
from lqalbum.library.records import DecodedPhoto, Scoring
from tests.benchmarks.measurement import Measurement

FILES = 100_000
_PER_FOLDER = 1000
_RUNS = 7
_SCORER = "0" * 64


def rescan_measurements(files: int = FILES) -> Iterator[Measurement]:
    """Yield the rescan of a library of small files against bare scandir and stat."""
    with tempfile.TemporaryDirectory(prefix="lqalbum-bench-") as place:
        root = Path(place, "album")
        paths = _make_files(root, files)
        with Library.open(Path(place, "library")) as library:
            _fill(library, str(root), paths)
            first_s, _ = _rescan_s(library, str(root))
            bare_s, rescan_s, changed = [], [], 0
            for _ in range(_RUNS):  # by turns, so that a busy machine slows both
                bare_s.append(_bare_walk_s(str(root)))
                seconds, decoded = _rescan_s(library, str(root))
                rescan_s.append(seconds)
                changed += decoded
        bare, rescan = median(bare_s), median(rescan_s)
        yield Measurement("P5", rescan / bare, "x scandir and stat", "<= 2")
        yield Measurement("P5.rescan", rescan, f"s CPU, {files} files", None)
        # After a scan of which no folder is settled yet; the end of each scan settles them.
        yield Measurement("P5.each_photo_compared", first_s / bare, "x scandir and stat", None)
        yield Measurement("P5.decodes", changed, "photos", "0")


def _make_files(root: Path, files: int) -> list[str]:
    paths = []
    for number in range(files):
        folder = root / f"{number // _PER_FOLDER:03d}"
        if number % _PER_FOLDER == 0:
            folder.mkdir(parents=True)
        path = folder / f"{number:06d}.jpg"
        path.touch()
        paths.append(str(path))
    return paths


def _fill(library: Library, root: str, paths: list[str]) -> None:
    for start in range(0, len(paths), _PER_FOLDER):
        part = paths[start : start + _PER_FOLDER]
        library.add_decoded([(root, path, _photo(path)) for path in part])
        library.add_scores([(path, _scoring()) for path in part])


def _photo(path: str) -> DecodedPhoto:
    found = os.stat(path)
    return DecodedPhoto(
        frame=np.zeros((64, 64, 3), np.uint8), thumbnail=b"", width=4000, height=3000,
        format="JPEG", taken=None, camera=True, sha256=hashlib.sha256(path.encode()).hexdigest(),
        size_bytes=found.st_size, mtime_ns=found.st_mtime_ns, device=found.st_dev,
        inode=found.st_ino,
    )  # fmt: skip


def _scoring() -> Scoring:
    return Scoring(
        scorer_id=_SCORER, model_id=_SCORER, score=1.0, percentile=50.0, percentile_low=50.0,
        percentile_high=50.0, s_kl=0.01, s_kl_percentile=50.0, split_level=4, high_frequency=0.01,
        kind="photo", reason="", evidence={},
    )  # fmt: skip


def _bare_walk_s(root: str) -> float:
    started = time.process_time()
    waiting = [root]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
    return time.process_time() - started


def _rescan_s(library: Library, root: str) -> tuple[float, int]:
    def load() -> object:
        raise AssertionError("nothing is left to score")

    options = IndexOptions(scorer_id=_SCORER)
    changed = 0
    started = time.process_time()
    for event in index(library, [root], load, options, lambda: False):
        changed += len(event.paths) if isinstance(event, PhotosChanged) else 0
    return time.process_time() - started, changed
