"""The only place that knows threads.

`Worker` runs one plain generator at a time, `Fetcher` answers many small requests, newest or
oldest first. Both live in the GUI thread and speak by signals; connect them to bound methods of
GUI-thread objects only, since PySide6 runs lambdas and plain functions in the sending thread.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

Job = Callable[[Callable[[], bool]], Iterator[object]]


class _JobThread(QThread):
    """Runs one generator to its end and reports each thing it yields."""

    yielded = Signal(int, object)
    broke = Signal(int, object)
    ended = Signal(int)

    def __init__(self, token: int, job: Job, parent: QObject) -> None:
        super().__init__(parent)
        self._token = token
        self._job = job
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        try:
            for event in self._job(self._stopped.is_set):
                self.yielded.emit(self._token, event)
        except Exception as exc:  # noqa: BLE001  # the thread boundary
            self.broke.emit(self._token, exc)  # whatever it was, the window shows it
        finally:
            self.ended.emit(self._token)


class Worker(QObject):
    """Runs a generator job in a thread of its own.

    A new job stops the one before, and what an old one still says is not passed on.

    Attributes:
        yielded: a thing the job yielded.
        failed: the exception that ended the job; comes before `finished`.
        finished: the job is over, however it ended; always comes, and last.
    """

    yielded = Signal(object)
    failed = Signal(Exception)
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a job."""
        super().__init__(parent)
        self._token = 0
        self._current: _JobThread | None = None
        self._threads: list[_JobThread] = []

    @property
    def is_running(self) -> bool:
        """Whether a job is under way."""
        return self._current is not None

    def start(self, job: Job) -> None:
        """Run a job; it is given a callable that says whether to stop."""
        self.stop()
        self._token += 1
        thread = _JobThread(self._token, job, self)
        thread.yielded.connect(self._pass_event)
        thread.broke.connect(self._pass_failure)
        thread.ended.connect(self._pass_end)
        self._threads.append(thread)
        self._current = thread
        thread.start()

    def stop(self) -> None:
        """Ask the job to stop; `finished` follows when it has."""
        if self._current is not None:
            self._current.stop()

    def close(self) -> None:
        """Stop and wait: what the job has done is saved before the program ends."""
        self._token += 1
        for thread in self._threads:
            thread.stop()
        for thread in self._threads:
            thread.wait()
        self._threads, self._current = [], None

    @Slot(int, object)
    def _pass_event(self, token: int, event: object) -> None:
        if token == self._token:
            self.yielded.emit(event)

    @Slot(int, object)
    def _pass_failure(self, token: int, error: Exception) -> None:
        if token == self._token:
            self.failed.emit(error)

    @Slot(int)
    def _pass_end(self, token: int) -> None:
        thread = self.sender()
        if isinstance(thread, _JobThread) and thread in self._threads:
            thread.wait()
            self._threads.remove(thread)
            thread.deleteLater()
        if token == self._token:
            self._current = None
            self.finished.emit()


class _FetchThread(QThread):
    """Answers requests one after the other until it is told to stop."""

    answered = Signal(object, object)
    broke = Signal(object, object)

    def __init__(
        self, answer: Callable[[Any], object], newest_first: bool, capacity: int, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._answer = answer
        self._newest_first = newest_first
        self._capacity = capacity
        self._waiting: OrderedDict[tuple[int, object], None] = OrderedDict()
        self._asked = 0
        self._changed = threading.Condition()
        self._stopped = False

    def ask_all(self, requests: Iterable[object]) -> None:
        with self._changed:
            for request in requests:
                # A picture asked for twice is fetched once; two equal steps are two steps.
                self._asked += 0 if self._newest_first else 1
                key = (self._asked, request)
                self._waiting[key] = None
                self._waiting.move_to_end(key)
            while self._newest_first and len(self._waiting) > self._capacity:
                self._waiting.popitem(last=False)
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def run(self) -> None:
        while (request := self._next()) is not None:
            try:
                self.answered.emit(request, self._answer(request))
            except Exception as exc:  # noqa: BLE001  # the thread boundary
                self.broke.emit(request, exc)

    def _next(self) -> object | None:
        with self._changed:
            while not self._waiting and not self._stopped:
                self._changed.wait()
            # Decisions that still wait are carried out; pictures nobody will see are not fetched.
            if not self._waiting or (self._stopped and self._newest_first):
                return None
            return self._waiting.popitem(last=self._newest_first)[0][1]


class Fetcher(QObject):
    """Answers requests in a thread of its own, for as long as the window lives.

    Attributes:
        answered: a request and its answer.
        failed: a request and the exception it ended with.
    """

    answered = Signal(object, object)
    failed = Signal(object, Exception)

    def __init__(
        self,
        answer: Callable[[Any], object],
        *,
        newest_first: bool = True,
        capacity: int = 512,
        parent: QObject | None = None,
    ) -> None:
        """Start the thread.

        Args:
            answer: runs in the thread; takes a hashable request, never None.
            newest_first: what was asked last is answered first, and may push out what waited
                longest; else requests are answered in turn, and all of them.
            capacity: how many requests may wait where the newest come first.
            parent: the owner.
        """
        super().__init__(parent)
        self._thread = _FetchThread(answer, newest_first, capacity, self)
        self._thread.answered.connect(self._pass_answer)
        self._thread.broke.connect(self._pass_failure)
        self._is_closed = False
        self._thread.start()

    def ask(self, request: object) -> None:
        """Ask for something; asking for the same again while it waits moves it to the front."""
        self._thread.ask_all((request,))

    def ask_all(self, requests: Iterable[object]) -> None:
        """Ask for several things at once."""
        self._thread.ask_all(requests)

    def close(self) -> None:
        """Stop the thread and wait for it; nothing is said afterwards."""
        self._is_closed = True
        self._thread.stop()
        self._thread.wait()

    @Slot(object, object)
    def _pass_answer(self, request: object, answer: object) -> None:
        if not self._is_closed:
            self.answered.emit(request, answer)

    @Slot(object, object)
    def _pass_failure(self, request: object, error: Exception) -> None:
        if not self._is_closed:
            self.failed.emit(request, error)
