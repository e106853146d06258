"""R5: a program that scans, or decides, and is killed with all its processes at random moments."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from lqalbum.library.library import Library

# Each line is one write, which a kill cannot divide: with PYTHONUNBUFFERED `print` writes a line
# word by word, and what was left of one looked like a stored photo without a name.
_TELL = """
import os
def tell(*words):
    os.write(1, os.fsencode(" ".join(words) + "\\n"))
"""

_SCANNER = f"""{_TELL}
import sys
from pathlib import Path
from lqalbum.jobs.indexing import IndexOptions, PhotosChanged, PhotoFailed, index
from lqalbum.library.library import Library
from lqalbum.library.workers import DecodePool
from tests.jobs.stand_in import StandInDetector

decode_all = DecodePool.decode_all

def told(pool, paths, stop):
    for path, outcome in decode_all(pool, paths, stop):
        tell("decoded", path)
        yield path, outcome

if __name__ == "__main__":
    DecodePool.decode_all = told
    detector = StandInDetector()
    options = IndexOptions(jobs=2, scorer_id=detector.scorer_id)
    tell("begin")
    with Library.open(Path(sys.argv[1])) as library:
        for event in index(library, [sys.argv[2]], lambda: detector, options, lambda: False):
            if isinstance(event, PhotosChanged):
                for path in event.paths:
                    tell("stored", path)
            elif isinstance(event, PhotoFailed):
                tell("stored", event.path)
    tell("finished")
"""

_DECIDER = f"""{_TELL}
import random, sys
from pathlib import Path
from lqalbum.library.library import Library
from tests import bins
seed, system, folder, *paths = sys.argv[1:]
bins.use(system, Path.home())
choice = random.Random(int(seed))
with Library.open(Path(folder)) as library:
    tell("begin")
    while True:
        action = choice.choice(["delete", "delete", "keep", "undo", "redo"])
        if action in ("undo", "redo"):
            tell("begin any")
            results = getattr(library, action)()
        else:
            chosen = choice.sample(paths, choice.randint(1, 4))
            tell("begin", *chosen)
            results = library.decide(action, chosen)
        for result in results:
            tell(result.status, result.decision, result.path)
        tell("end")
"""

State = tuple[str, int, int]


@dataclass
class ScanKills:
    """What became of the kills in scans."""

    kills: int = 0
    finished: int = 0
    stored: int = 0
    decoded_again: list[int] = field(default_factory=list)


def killed_after(code: str, arguments: Iterable[str | Path], seconds: float | None) -> str:
    """Run Python code in a session of its own and kill the whole session after a while.

    Args:
        code: prints ``begin`` when it starts what is to be interrupted.
        arguments: of the code.
        seconds: from then on; None to let it end by itself.

    Returns:
        The lines that it printed after that; one that was cut off tells nothing.
    """
    program = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        bufsize=0,  # else the first line would be read with others, which `communicate` leaves out
        start_new_session=True,
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"begin\n"
        try:
            rest, _ = program.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            rest, _ = program.communicate()
        else:
            assert program.returncode == 0
    return os.fsdecode(rest[: rest.rfind(b"\n") + 1])


def everywhere(album: Path, trashed: Iterable[Path] = ()) -> Counter[State]:
    """SHA-256, mode and mtime in ns of all files of an album and of some more, counted."""
    found: Counter[State] = Counter()
    for path in (*album.rglob("*"), *trashed):
        if path.is_file():
            status = path.stat()
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            found[sha256, status.st_mode, status.st_mtime_ns] += 1
    return found


def databases_are_sound(folder: Path) -> bool:
    """SQLite's own full check of all databases of a library."""
    for path in folder.glob("*.db"):
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return False
    return True


def settled_paths(folder: Path) -> set[str]:
    """The photos that a library needs not look at again: scored, or known not to be readable."""
    with Library.open(folder) as library:
        rows = library.rows()
        assert len(rows) == len({row.path for row in rows})
        return {row.path for row in rows if row.status is not None}


def scan_with_kills(place: Path, album: Path, kills: int, seed: int, whole_s: float) -> ScanKills:
    """Scan an album again and again, killed at random moments; each new start goes on.

    Args:
        place: for the libraries; a new one is begun whenever a scan came to its end.
        album: folder of photos.
        kills: how many.
        seed: of the moments.
        whole_s: seconds that a whole scan takes here; kills come in the middle of that.
    """
    choice = random.Random(seed)
    told = ScanKills()
    library = place / "library-0"
    while told.kills < kills:
        text = killed_after(_SCANNER, [library, album], choice.uniform(0.0, whole_s))
        if text.endswith("finished\n"):
            told.finished += 1
            library = place / f"library-{told.finished}"
            continue
        told.kills += 1
        decoded = {line[8:] for line in text.splitlines() if line.startswith("decoded ")}
        stored = {line[7:] for line in text.splitlines() if line.startswith("stored ")}
        told.stored += len(stored)
        settled = settled_paths(library)
        with Library.open(library) as opened:
            lost = stored - {row.path for row in opened.rows()}
        assert not lost, f"{sorted(lost)} after {told.kills} kills; the last words: {text[-300:]!r}"
        told.decoded_again.append(len(decoded - settled))
        assert databases_are_sound(library)
    return told


def scan_to_the_end(library: Path, album: Path) -> str:
    """Scan without a kill; returns what was printed."""
    return killed_after(_SCANNER, [library, album], None)


def decide_until_killed(
    seed: int, system: str, library: Path, paths: list[str], seconds: float
) -> dict[str, str]:
    """Run a program that decides at random, with the trash of a system, and kill it.

    Returns:
        What it had said to be done, by path; photos it was busy with at the end are left out.
    """
    text = killed_after(_DECIDER, [str(seed), system, library, *paths], seconds)
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
