"""Starting, watching and replacing the decoding processes, in one thread of its own."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import pickle
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from typing import Final, TypeAlias

from lqalbum.errors import LQAlbumError, PhotoError
from lqalbum.library.photofile import printable
from lqalbum.library.records import DecodedPhoto, PictureSizes
from lqalbum.library.sentences import said
from lqalbum.library.worker_process import Answer, crashed, work
from lqalbum.sentences import system_words

Outcome: TypeAlias = DecodedPhoto | PhotoError | LQAlbumError

TRIES: Final = 2
# A worker is replaced now and then, so that what a decoder leaks cannot add up.
_PHOTOS_PER_WORKER: Final = 2000
_FAILED_STARTS: Final = 4
_START_TIMEOUT_S: Final = 60.0

_log = logging.getLogger(__name__)


@dataclass
class _Task:
    path: str
    deliver: Callable[[str, Outcome], None]
    tries: int = 0


class _Worker:
    """One process, its pipe, and the photo it has in hand."""

    def __init__(self, context: BaseContext, memory_bytes: int, sizes: PictureSizes) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(  # type: ignore[attr-defined]
            target=work,
            args=(theirs, memory_bytes, sizes),
            name="lqalbum-decoder",
            daemon=True,
        )
        try:
            self.process.start()
        finally:
            theirs.close()
        self.task: _Task | None = None
        self.ready = False
        self.done = 0
        self.deadline = time.monotonic() + _START_TIMEOUT_S

    def give(self, task: _Task, timeout_s: float) -> None:
        self.task = task
        task.tries += 1
        self.deadline = time.monotonic() + timeout_s
        with contextlib.suppress(OSError):  # a dead worker is noticed by its pipe's end
            self.connection.send(task.path)

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


class Supervisor:
    """Keeps up to ``jobs`` workers busy with the photos submitted."""

    def __init__(self, jobs: int, timeout_s: float, memory_bytes: int, sizes: PictureSizes) -> None:
        """Prepare; the thread and the processes start with the first photo.

        Args:
            jobs: number of processes.
            timeout_s: seconds for one try at one photo.
            memory_bytes: address space of one process.
            sizes: of what is made of each photo.
        """
        self._jobs = jobs
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._sizes = sizes
        self._context = _context()
        self._waiting: deque[_Task] = deque()
        self._lock = threading.Lock()
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._closing = False
        self._thread: threading.Thread | None = None
        self._wake_reader, self._wake_writer = multiprocessing.Pipe(duplex=False)

    def submit(self, path: str, deliver: Callable[[str, Outcome], None]) -> None:
        """Queue a photo; ``deliver`` is called once with its outcome, in the other thread."""
        with self._lock:
            self._waiting.append(_Task(path, deliver))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="decoders", daemon=True)
            self._thread.start()
        self._wake_writer.send_bytes(b"w")

    def is_running(self) -> bool:
        """Whether the thread that hands out photos and collects them is alive."""
        return self._thread is not None and self._thread.is_alive()

    def forget_waiting(self) -> None:
        """Drop the photos that no worker has begun."""
        with self._lock:
            self._waiting.clear()

    def close(self) -> None:
        """Kill all workers and end the thread."""
        self._closing = True
        self._wake_writer.send_bytes(b"w")
        if self._thread is not None:
            self._thread.join()
        self._wake_reader.close()
        self._wake_writer.close()

    def _run(self) -> None:
        try:
            while not self._closing:
                self._hand_out()
                self._listen()
                self._end_the_overdue()
        finally:
            for worker in self._workers:
                worker.end()

    def _hand_out(self) -> None:
        idle = [w for w in self._workers if w.ready and w.task is None]
        with self._lock:
            tasks = [self._waiting.popleft() for _ in range(min(len(idle), len(self._waiting)))]
            more = len(self._waiting)
        for worker, task in zip(idle, tasks, strict=False):
            worker.give(task, self._timeout_s)
        starting = sum(not w.ready for w in self._workers)
        for _ in range(min(self._jobs - len(self._workers), more - starting)):
            self._start_worker()

    def _start_worker(self) -> None:
        try:
            self._workers.append(_Worker(self._context, self._memory_bytes, self._sizes))
        except OSError as exc:
            self._count_failed_start(system_words(exc))

    def _listen(self) -> None:
        now = time.monotonic()
        due = [w.deadline - now for w in self._workers if w.task is not None or not w.ready]
        by_pipe = {worker.connection: worker for worker in self._workers}
        heard = wait([*by_pipe, self._wake_reader], max(0.0, min(due)) if due else None)
        if self._wake_reader in heard:
            self._wake_reader.recv_bytes()
        for worker in [by_pipe[pipe] for pipe in by_pipe if pipe in heard]:
            try:
                answer = worker.connection.recv()
            except (EOFError, OSError, pickle.UnpicklingError):
                self._lose(worker, "crashed")
            else:
                self._take(worker, answer)

    def _take(self, worker: _Worker, answer: Answer | None) -> None:
        self._failed_starts = 0
        task, worker.task, worker.ready = worker.task, None, True
        if answer is None or task is None:
            return
        if answer.trace is not None:
            _log.error("Decoding %s failed:\n%s", printable(task.path), answer.trace)
        task.deliver(task.path, answer.outcome)
        worker.done += 1
        if worker.done >= _PHOTOS_PER_WORKER:
            self._workers.remove(worker)
            worker.end()

    def _end_the_overdue(self) -> None:
        now = time.monotonic()
        for worker in list(self._workers):
            if (worker.task is not None or not worker.ready) and now >= worker.deadline:
                self._lose(worker, "timeout")

    def _lose(self, worker: _Worker, how: str) -> None:
        """Replace a worker that died or hung; try its photo again or call it an error."""
        self._workers.remove(worker)
        worker.end()
        task = worker.task
        if not worker.ready:
            self._count_failed_start(said("timeout" if how == "timeout" else "crashed"))
        elif task is not None and task.tries < TRIES:
            with self._lock:
                self._waiting.appendleft(task)
        elif task is not None:
            task.deliver(task.path, _timeout(task.path) if how == "timeout" else crashed(task.path))

    def _count_failed_start(self, why: str) -> None:
        self._failed_starts += 1
        if self._failed_starts < _FAILED_STARTS:
            return
        with self._lock:
            tasks, self._waiting = list(self._waiting), deque()
        for task in tasks:
            path = printable(task.path)
            task.deliver(task.path, LQAlbumError(said("no-process", path=path, why=why)))
        self._failed_starts = 0


def _timeout(path: str) -> PhotoError:
    return PhotoError(
        "timeout",
        f"{printable(path)} takes too long to decode; save it anew with a "
        "photo program to have it judged.",
        path,
    )


def _context() -> BaseContext:
    """How workers start: never by forking this process, which has threads."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Imported once in the server, so that a replaced worker is there within milliseconds.
    context.set_forkserver_preload(["lqalbum.library.decode", "pi_heif"])
    return context
