"""Runs a command and tells what its whole process tree cost: CPU seconds and peak memory."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_POLL_S = 0.2
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Cost:
    """What a command took; memory is the largest sum over the tree of proportional set sizes."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    output: str


def run_tree(command: Sequence[str], *, watch_memory: bool = False) -> Cost:
    """Run a command to its end, with all its descendants (Linux).

    A decoding process belongs to a fork server that nobody waits for; as a subreaper this
    process inherits it, so that its CPU time is counted once it is gone.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    before = _children_cpu_s()
    started = time.monotonic()
    # A session of its own: by its number every descendant is found.
    child = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    peak = _Peak(child.pid) if watch_memory else None
    output, _ = child.communicate()
    wall_s = time.monotonic() - started
    _reap_inherited()
    if child.returncode not in (0, 10, 11):
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    return Cost(_children_cpu_s() - before, wall_s, peak.stop() if peak else 0.0, output)


def python(*arguments: str) -> list[str]:
    """A command line for this interpreter."""
    return [sys.executable, *arguments]


def _children_cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _reap_inherited() -> None:
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


class _Peak:
    """Watches the memory of a session from a thread."""

    def __init__(self, session: int) -> None:
        self._session = session
        self._peak_mb = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._ended.set()
        self._thread.join()
        return self._peak_mb

    def _watch(self) -> None:
        while not self._ended.wait(_POLL_S):
            total = sum(_pss_mb(process) for process in _session(self._session))
            self._peak_mb = max(self._peak_mb, total)


def _session(number: int) -> list[int]:
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name in parentheses may hold blanks; the session is the fourth after it.
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == number:
                members.append(int(entry.name))
    return members


def _pss_mb(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
