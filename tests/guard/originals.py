"""R19: what photos are, byte by byte, before and after the program looked at them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lqalbum.library.formats import EXTENSIONS
from tests.guard import hook

State = tuple[str, int, int]
_ENDINGS = EXTENSIONS | {"mov", "xmp", "aae"}


def states(folders: Iterable[Path]) -> dict[str, State]:
    """SHA-256, mode and mtime in ns of every photo and what goes with one, by path."""
    found: dict[str, State] = {}
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(parent, name)
                if name.rpartition(".")[2].lower() in _ENDINGS:
                    status = os.lstat(path)
                    found[path] = (_sha256(path, status), status.st_mode, status.st_mtime_ns)
    return found


@contextmanager
def untouched(*folders: Path, may_move: bool = False) -> Iterator[None]:
    """Require that every photo is as it was, at its place, or anywhere if it may move.

    What a test itself changed meanwhile is left out, and what the program made before.
    """
    own = hook.changed_by_tests()
    own.clear()
    before = states(folders)
    yield
    after = states(folders)
    left_out = own.union(hook.made_by_the_program())
    before = {path: state for path, state in before.items() if path not in left_out}
    if may_move:
        lost = Counter(before.values()) - Counter(after.values())
        assert not lost, f"changed or gone: {[p for p, s in before.items() if s in lost]}"
    else:
        changed = [path for path, state in before.items() if after.get(path) != state]
        assert not changed, f"changed or gone: {changed}"


def _sha256(path: str, status: os.stat_result) -> str:
    if not stat.S_ISREG(status.st_mode):
        return "no regular file"
    if status.st_blocks * 512 < status.st_size // 2:
        return f"sparse, {status.st_size} bytes"  # a tebibyte of nothing is not read
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except PermissionError:
        return "unreadable"
