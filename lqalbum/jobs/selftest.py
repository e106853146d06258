"""The self-test: how well the score tells one's own photos from corrupted copies of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lqalbum.errors import LQAlbumError
from lqalbum.evaluate.metrics import Scores
from lqalbum.evaluate.tables import EvaluationTable, MethodSummary, Row
from lqalbum.jobs.calibration import Machine
from lqalbum.jobs.evaluation_pictures import (
    EvaluationProgress,
    evaluation_pictures,
    measured_view,
)
from lqalbum.jobs.models import describe_model, load_detector
from lqalbum.jobs.pictures import Gathered
from lqalbum.jobs.sentences import said
from lqalbum.jobs.views import Frame


@dataclass(frozen=True)
class SelfTestRequest:
    """What to test.

    Attributes:
        paths: the photos taken as good.
        model: name or path of the model.
        machine: what may be used.
        threads: of torch on the CPU.
        corruptions: names; None: all.
    """

    paths: tuple[str, ...]
    model: str
    machine: Machine
    threads: int
    corruptions: tuple[str, ...] | None = None


@dataclass(frozen=True)
class SelfTest:
    """What was found; of the score that flags.

    Attributes:
        photos: number of photos measured.
        skipped: number of photos that could not be.
        rows: one for each corruption.
        summary: of all corruptions together.
    """

    photos: int
    skipped: int
    rows: tuple[Row, ...]
    summary: MethodSummary


def self_test(
    request: SelfTestRequest,
    stop: Callable[[], bool],
    report: Callable[[Gathered | EvaluationProgress], None],
) -> SelfTest:
    """Corrupt photos in 19 ways and measure how well the score parts copies from originals.

    Args:
        request: what to test.
        stop: asked all the time.
        report: told how far it is.

    Raises:
        Interrupted: `stop` said so.
        LQAlbumError: there are too few photos, or the model cannot be used.
    """
    # The corruptions need SciPy, whose loading would hold up the window that only asks for this.
    from lqalbum.evaluate.corruptions import CORRUPTIONS
    from lqalbum.jobs.evaluation import COMBINED, PAPER, Evaluation, EvaluationOptions, evaluate

    model = describe_model(request.model)
    view = measured_view(model)
    gathered = evaluation_pictures(request.paths, request.machine.jobs, stop, report, view)
    if not gathered.pictures:
        raise LQAlbumError(said("none-measurable"))
    detector = load_detector(model.path, device=request.machine.device, threads=request.threads)

    def judge(frames: Sequence[Frame], keys: Sequence[str]) -> dict[str, Scores]:
        judged = detector.judge(frames, keys)
        return {COMBINED: judged.score, PAPER: judged.s_kl}

    options = EvaluationOptions(CORRUPTIONS if request.corruptions is None else request.corruptions)
    for event in evaluate(judge, gathered.pictures, options, stop, gathered.skipped):
        if isinstance(event, Evaluation):
            return _of_method(event.table, COMBINED)
        report(event)
    raise AssertionError("an evaluation ends with its table")


def _of_method(table: EvaluationTable, method: str) -> SelfTest:
    rows = tuple(row for row in table.rows if row.method == method)
    return SelfTest(table.n, table.skipped, rows, table.methods[method])
