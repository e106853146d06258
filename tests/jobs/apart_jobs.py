"""Jobs that another process imports."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from lqalbum.errors import LQAlbumError

Report = Callable[[object], None]
Stop = Callable[[], bool]


def count(request: int, stop: Stop, report: Report) -> int:
    for number in range(request):
        report(number)
    return os.getpid()


def obey(request: object, stop: Stop, report: Report) -> str:
    report("waiting")
    while not stop():
        time.sleep(0.01)
    return "stopped"


def be_deaf(request: object, stop: Stop, report: Report) -> None:
    report("deaf")
    time.sleep(600)


def refuse(request: str, stop: Stop, report: Report) -> None:
    raise LQAlbumError(request)


def break_down(request: object, stop: Stop, report: Report) -> None:
    raise ZeroDivisionError("as planned")


def die(request: object, stop: Stop, report: Report) -> None:
    os._exit(9)
