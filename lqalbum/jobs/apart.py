"""A long job in a process of its own: the window stays light, and stopping always works."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from lqalbum.errors import Interrupted, LQAlbumError
from lqalbum.jobs.sentences import said
from lqalbum.library.worker_process import end_with_the_program

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

# Work in the background gives way to whatever a person does meanwhile.
_NICE: Final = 10
_LOOK_S: Final = 0.1
# How long a job may take to stop by itself.
_STOPPING_S: Final = 2.0

# Takes a request, whether to stop, and whom to tell how far it is; returns its result.
ApartJob = Callable[[Any, Callable[[], bool], Callable[[object], None]], object]


@dataclass(frozen=True)
class Result:
    """What a job returned."""

    value: object


@dataclass(frozen=True)
class _Failure:
    """How a job ended; ``trace`` is set where the program itself was at fault."""

    error: LQAlbumError | None
    trace: str = ""


def run_apart(job: ApartJob, request: object, stop: Callable[[], bool]) -> Iterator[object]:
    """Yield what a job reports, and its `Result` at last.

    Args:
        job: a function of a module, which the other process imports.
        request: what it gets; like everything it reports, made of plain records.
        stop: asked ten times a second; a job that does not stop soon then is ended.

    Raises:
        Interrupted: `stop` said so.
        LQAlbumError: as the job raised it, or its process ended by itself.
        RuntimeError: the job broke, with its traceback.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, job, request), name="lqalbum-job")
    process.start()
    theirs.close()
    try:
        yield from _heard(ours, stop)
    except (EOFError, OSError) as exc:
        process.join(_STOPPING_S)
        raise LQAlbumError(said("work-ended", code=str(process.exitcode))) from exc
    finally:
        ours.close()
        process.kill()
        process.join()


def _heard(ours: Connection[Any, Any], stop: Callable[[], bool]) -> Iterator[object]:
    latest = float("inf")
    while time.monotonic() < latest:
        if stop() and latest == float("inf"):
            latest = time.monotonic() + _STOPPING_S
            ours.send("stop")
        if not ours.poll(_LOOK_S):
            continue
        event = ours.recv()
        if isinstance(event, _Failure):
            raise event.error or RuntimeError(event.trace)
        yield event
        if isinstance(event, Result):
            return
    raise Interrupted(said("stopped"))


def _work(connection: Connection[Any, Any], job: ApartJob, request: object) -> None:
    """What runs in the other process."""
    end_with_the_program()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    stopped = False

    def stop() -> bool:
        nonlocal stopped
        stopped = stopped or connection.poll()
        return stopped

    outcome: Result | _Failure
    try:
        outcome = Result(job(request, stop, connection.send))
    except LQAlbumError as exc:
        outcome = _Failure(exc)
    except Exception:  # noqa: BLE001  # the boundary of the process
        outcome = _Failure(None, traceback.format_exc())
    with contextlib.suppress(OSError):  # nobody listens any more
        connection.send(outcome)
