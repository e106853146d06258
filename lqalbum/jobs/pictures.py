"""Good photos as training and calibration want them: decoded, in memory, split by a seed."""

from __future__ import annotations

import csv
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lqalbum.errors import Interrupted, LQAlbumError, PhotoError, UsageError
from lqalbum.jobs.rescan import target_path
from lqalbum.jobs.sentences import said
from lqalbum.jobs.views import WHOLE_FRAME, View
from lqalbum.library.records import FRAME_SHORT_PX, DecodedPhoto
from lqalbum.library.walk import walk
from lqalbum.library.workers import DecodePool

# Short side of a decoded frame, and side of a training picture.
SIDE_PX = 256
# 0.2 MB each: what fits into the memory of an ordinary machine beside the network.
MOST_PICTURES = 8000


@dataclass(frozen=True)
class Gathered:
    """How far reading the photos is."""

    done: int
    total: int


@dataclass(frozen=True)
class Frames:
    """Decoded photos with the hashes that seed their noise.

    Attributes:
        frames: (H, W, 3) uint8 sRGB each, sides multiples of 32, short side at most 256.
        keys: SHA-256 of each file, hex.
        unreadable: number of files that could not be read.
        without_view: number of photos that hold nothing to look at, such as no face.
    """

    frames: tuple[NDArray[np.uint8], ...]
    keys: tuple[str, ...]
    unreadable: int
    without_view: int = 0


@dataclass(frozen=True)
class Squares:
    """What a network is trained on.

    Attributes:
        pictures: (N, S, S, 3) uint8 sRGB, in the order of the paths.
        without_view: number of photos that hold nothing to look at; unreadable files are not
            counted.
    """

    pictures: NDArray[np.uint8]
    without_view: int


def picture_files(folder: str, exclude: Sequence[str], stop: Callable[[], bool]) -> list[str]:
    """List the picture files of a folder tree, in order.

    Raises:
        LQAlbumError: there are none.
    """
    paths = [found.path for found in walk(target_path(folder), exclude, stop)]
    if not paths and not stop():
        raise LQAlbumError(said("no-picture", folder=folder))
    return paths


def chosen_evenly(paths: Sequence[str], most: int) -> list[str]:
    """At most `most` of the paths, spread evenly over the folder."""
    if len(paths) <= most:
        return list(paths)
    places = np.linspace(0, len(paths) - 1, most).round().astype(int)
    return [paths[place] for place in places]


def split(
    folder: str, paths: Sequence[str], held_out: int, seed: int
) -> tuple[list[str], list[str]]:
    """Split into files to train on and files held out; a function of names and seed alone.

    Crops of one source picture stay together, where a manifest (`sources`) tells of them, so that
    at least `held_out` files are held out.
    """
    origin = sources(folder, paths)
    names = sorted(set(origin), key=lambda name: _draw(name, seed))
    sizes = Counter(origin)
    apart: set[str] = set()
    count = 0
    for name in names:
        if count >= held_out:
            break
        apart.add(name)
        count += sizes[name]
    pairs = list(zip(paths, origin, strict=True))
    kept = [path for path, name in pairs if name not in apart]
    return kept, [path for path, name in pairs if name in apart]


def sources(folder: str, paths: Sequence[str]) -> list[str]:
    """The source picture of each file: from a `MANIFEST.tsv`, else the file itself.

    The manifest lies in the folder or beside it and has the columns `file` (relative to its own
    place), `source repository` and `source file`.
    """
    for place in (Path(folder), Path(folder).parent):
        manifest = place / "MANIFEST.tsv"
        if manifest.is_file():
            with manifest.open(encoding="utf-8", newline="") as stream:
                known = {
                    row["file"]: f"{row.get('source repository')}/{row.get('source file')}"
                    for row in csv.DictReader(stream, delimiter="\t")
                    if row.get("file")
                }
            names = [os.path.relpath(path, place) for path in paths]
            return [known.get(name, name) for name in names]
    return [os.path.relpath(path, folder) for path in paths]


def _draw(name: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}/{name}".encode(errors="surrogateescape")).digest()


def decoded(
    paths: Sequence[str],
    jobs: int,
    stop: Callable[[], bool],
    report: Callable[[Gathered], None],
    frame_short_px: int = FRAME_SHORT_PX,
) -> Iterator[tuple[str, DecodedPhoto | PhotoError]]:
    """Decode in worker processes, telling how far it is.

    Raises:
        Interrupted: `stop` said so.
    """
    done = 0
    with DecodePool(jobs, frame_short_px=frame_short_px) as pool:
        for outcome in pool.decode_all(paths, stop):
            yield outcome
            done += 1
            report(Gathered(done, len(paths)))
    if done < len(paths):
        raise Interrupted(said("interrupted-reading"))


def gather_frames(
    paths: Sequence[str],
    jobs: int,
    stop: Callable[[], bool],
    report: Callable[[Gathered], None],
    view: View = WHOLE_FRAME,
) -> Frames:
    """Decode photos and cut out what a network looks at, in the order of the paths."""
    found: dict[str, tuple[NDArray[np.uint8], str]] = {}
    unreadable = 0
    for path, outcome in decoded(paths, jobs, stop, report, view.frame_short_px):
        if isinstance(outcome, PhotoError):
            unreadable += 1
            continue
        cut = view.cut(outcome.frame)
        if cut is not None:
            found[path] = (cut, outcome.sha256)
    ordered = [found[path] for path in paths if path in found]
    return Frames(
        tuple(frame for frame, _ in ordered),
        tuple(sha256 for _, sha256 in ordered),
        unreadable,
        len(paths) - unreadable - len(ordered),
    )


def gather_squares(
    paths: Sequence[str],
    jobs: int,
    stop: Callable[[], bool],
    report: Callable[[Gathered], None],
    view: View,
    side_px: int,
) -> Squares:
    """Decode photos and cut squares out of them.

    Args:
        paths: the files; those that cannot be read or hold nothing to look at are left out.
        jobs: number of decoding processes.
        stop: asked all the time.
        report: told how far it is.
        view: cuts squares of this side.
        side_px: their side.
    """
    squares = np.empty((len(paths), side_px, side_px, 3), np.uint8)
    place = {path: number for number, path in enumerate(paths)}
    filled = np.zeros(len(paths), bool)
    without_view = 0
    for path, outcome in decoded(paths, jobs, stop, report, view.frame_short_px):
        if isinstance(outcome, PhotoError):
            continue
        cut = view.cut(outcome.frame)
        if cut is None:
            without_view += 1
            continue
        squares[place[path]] = cut
        filled[place[path]] = True
    return Squares(squares if filled.all() else squares[filled], without_view)


def check_folder(folder: str) -> None:
    """Refuse what is not a folder.

    Raises:
        UsageError: it does not exist or is a file.
    """
    if not os.path.isdir(folder):
        raise UsageError(said("no-folder-of-photos", folder=folder))
