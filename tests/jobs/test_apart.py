"""A job in another process: what it says arrives, stopping works, and no end of it hangs."""

import os

import pytest

from lqalbum.errors import Interrupted, LQAlbumError
from lqalbum.jobs import apart
from lqalbum.jobs.apart import Result, run_apart
from tests.jobs.apart_jobs import be_deaf, break_down, count, die, obey, refuse


def never() -> bool:
    return False


def test_reports_and_the_result_come_from_another_process():
    *reports, last = run_apart(count, 3, never)
    assert reports == [0, 1, 2]
    assert isinstance(last, Result)
    assert last.value != os.getpid()


def test_a_job_that_listens_ends_by_itself():
    heard: list[object] = []
    for event in run_apart(obey, None, lambda: bool(heard)):
        heard.append(event)
    assert heard == ["waiting", Result("stopped")]


def test_a_job_that_does_not_listen_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(apart, "_STOPPING_S", 0.3)
    heard: list[object] = []
    with pytest.raises(Interrupted):
        heard.extend(run_apart(be_deaf, None, lambda: True))


def test_trouble_arrives_as_it_was():
    with pytest.raises(LQAlbumError, match="one sentence"):
        list(run_apart(refuse, "one sentence", never))
    with pytest.raises(RuntimeError, match="ZeroDivisionError: as planned"):
        list(run_apart(break_down, None, never))
    with pytest.raises(LQAlbumError, match="ended unexpectedly"):
        list(run_apart(die, None, never))
