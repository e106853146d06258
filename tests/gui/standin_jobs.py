"""Jobs of the album's tools without a network, for another process to import."""

from __future__ import annotations

import time
from collections.abc import Callable

from lqalbum.errors import LQAlbumError
from lqalbum.evaluate.corruptions import CORRUPTIONS
from lqalbum.evaluate.tables import MethodSummary, Row
from lqalbum.jobs.adapting import AdaptRequest, Calibrated, FineTuned, Share
from lqalbum.jobs.calibration import Measured
from lqalbum.jobs.evaluation_pictures import EvaluationProgress
from lqalbum.jobs.selftest import SelfTest, SelfTestRequest
from lqalbum.jobs.training import Trained

Report = Callable[[object], None]
Stop = Callable[[], bool]


def found(photos: int, areas: float) -> SelfTest:
    """A self-test with the same area throughout."""
    rows = tuple(Row("combined", name, 1, areas, areas, 1 - areas) for name in CORRUPTIONS)
    return SelfTest(photos, 0, rows, MethodSummary(areas, 1 - areas, 0, 0, 0, 0.7, 0.9))


def test_itself(request: SelfTestRequest, stop: Stop, report: Report) -> SelfTest:
    report(EvaluationProgress(1, 20))
    return found(len(request.paths), 0.8)


def never_end(request: object, stop: Stop, report: Report) -> object:
    report(EvaluationProgress(1, 20))
    while not stop():
        time.sleep(0.01)
    raise LQAlbumError("Stopped as asked.")


def calibrate(request: AdaptRequest, stop: Stop, report: Report) -> Calibrated:
    report(Measured(1, len(request.kept)))
    request.output.parent.mkdir(parents=True, exist_ok=True)
    request.output.write_bytes(b"a model")
    return Calibrated(request.output, len(request.kept), Share(20, 5, 1), Share(10, 4, 3))


def fine_tune(request: AdaptRequest, stop: Stop, report: Report) -> FineTuned:
    report(Trained(1, 9, 60.0, 540.0, 1.0, 1.0, 4.5, 0))
    request.output.parent.mkdir(parents=True, exist_ok=True)
    request.output.write_bytes(b"a model")
    return FineTuned(request.output, 30, 20, found(10, 0.8), found(10, 0.9))
