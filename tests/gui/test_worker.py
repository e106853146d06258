import threading

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from lqalbum.gui.worker import Fetcher, Worker


class Listener(QObject):
    """Writes down what it hears and in which thread."""

    def __init__(self):
        super().__init__()
        self.heard = []
        self.threads = set()

    def _hear(self, *words):
        self.heard.append(words)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def take(self, event):
        self._hear("event", event)

    @Slot(Exception)
    def take_failure(self, error):
        self._hear("failed", str(error))

    @Slot()
    def take_end(self):
        self._hear("finished")

    @Slot(object, object)
    def take_answer(self, request, answer):
        self._hear(request, answer)

    @Slot(object, Exception)
    def take_broken(self, request, error):
        self._hear(request, str(error))


@pytest.fixture
def worker(qapp):
    worker = Worker()
    listener = Listener()
    worker.yielded.connect(listener.take)
    worker.failed.connect(listener.take_failure)
    worker.finished.connect(listener.take_end)
    yield worker, listener
    worker.close()


def test_events_arrive_in_order_in_the_gui_thread_and_the_end_last(worker, qtbot):
    worker, listener = worker

    def job(stop):
        yield from range(5)

    with qtbot.waitSignal(worker.finished):
        worker.start(job)
    assert listener.heard == [*(("event", n) for n in range(5)), ("finished",)]
    assert listener.threads == {worker.thread()}
    assert not worker.is_running


def test_failure_is_told_before_the_end(worker, qtbot):
    worker, listener = worker

    def job(stop):
        yield 1
        raise ValueError("broken")

    with qtbot.waitSignal(worker.finished):
        worker.start(job)
    assert listener.heard == [("event", 1), ("failed", "broken"), ("finished",)]


def test_a_stopped_job_ends_and_says_so(worker, qtbot):
    worker, listener = worker

    def job(stop):
        while not stop():
            threading.Event().wait(0.001)
        yield "saved"

    worker.start(job)
    with qtbot.waitSignal(worker.finished):
        worker.stop()
    assert listener.heard == [("event", "saved"), ("finished",)]


def test_what_an_older_job_says_is_not_passed_on(worker, qtbot):
    worker, listener = worker
    go = threading.Event()

    def old(stop):
        go.wait()
        yield "stale"

    def new(stop):
        yield "fresh"

    worker.start(old)
    with qtbot.waitSignal(worker.finished):
        worker.start(new)
    go.set()
    worker.close()
    qtbot.wait(20)
    assert listener.heard == [("event", "fresh"), ("finished",)]


def test_pictures_are_fetched_newest_first_and_old_wishes_dropped(qapp, qtbot):
    go = threading.Event()
    answered = []

    def answer(request):
        if request == 0:
            go.wait()
        answered.append(request)
        return request

    fetcher = Fetcher(answer, capacity=3)
    fetcher.ask(0)
    qtbot.waitUntil(lambda: not fetcher._thread._waiting)
    for request in (1, 2, 3, 4, 3):
        fetcher.ask(request)
    go.set()
    qtbot.waitUntil(lambda: len(answered) == 4)
    fetcher.close()
    assert answered == [0, 3, 4, 2]


def test_steps_are_carried_out_in_turn_all_of_them_even_at_the_end(qapp, qtbot):
    go = threading.Event()
    answered = []

    def answer(request):
        go.wait()
        answered.append(request)

    fetcher = Fetcher(answer, newest_first=False, capacity=2)
    for request in ("undo", "undo", "keep", "undo"):
        fetcher.ask(request)
    go.set()
    fetcher.close()
    assert answered == ["undo", "undo", "keep", "undo"]


def test_a_failing_request_is_told_and_the_next_one_answered(qapp, qtbot):
    def answer(request):
        if request == "bad":
            raise ValueError("no such picture")
        return "picture"

    fetcher, listener = Fetcher(answer), Listener()
    fetcher.answered.connect(listener.take_answer)
    fetcher.failed.connect(listener.take_broken)
    with qtbot.waitSignal(fetcher.failed):
        fetcher.ask("bad")
    with qtbot.waitSignal(fetcher.answered):
        fetcher.ask("good")
    fetcher.close()
    assert listener.heard == [("bad", "no such picture"), ("good", "picture")]
    assert listener.threads == {fetcher.thread()}
