"""A model of one's own album: calibrated or fine-tuned on kept photos, and set beside the old one.

The new model is written to a file of its own; which one is used is for the person to say.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lqalbum.errors import Interrupted, LQAlbumError
from lqalbum.jobs.calibration import Machine, calibrate_on
from lqalbum.jobs.evaluation_pictures import EvaluationProgress
from lqalbum.jobs.models import ModelSummary, describe_model, load_detector
from lqalbum.jobs.pictures import Frames, chosen_evenly, gather_frames
from lqalbum.jobs.selftest import SelfTest, SelfTestRequest, self_test
from lqalbum.jobs.sentences import said
from lqalbum.jobs.training import TrainingStep, TrainOptions, checkpoint_path, train_on
from lqalbum.jobs.views import view_for
from lqalbum.library.flags import flag_threshold
from lqalbum.sentences import system_words

if TYPE_CHECKING:
    from lqalbum.detect import Detector

# As few as can be told apart from chance, and as many as take no longer than a minute or two.
MOST_COMPARED = 60
_BATCH = 8
_ALBUM = said("kept-photos")


@dataclass(frozen=True)
class AdaptRequest:
    """What to make a model of.

    Attributes:
        kept: paths of the photos that were kept.
        others: paths of the album's other photos, to compare models on.
        model: name or path of the model to start from.
        output: the model file to write.
        strictness: share of good photos that is flagged, 0-1.
        machine: what may be used.
        threads: of torch on the CPU.
        minutes: how long to train; None: calibrate only.
        corruptions: names, for the self-test; None: all.
    """

    kept: tuple[str, ...]
    others: tuple[str, ...]
    model: str
    output: Path
    strictness: float
    machine: Machine
    threads: int
    minutes: float | None = None
    corruptions: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Share:
    """How many of some photos are flagged by the model as it was and by the new one.

    Attributes:
        photos: number of photos.
        before: flagged by the model as it was.
        after: flagged by the new one.
    """

    photos: int
    before: int
    after: int


@dataclass(frozen=True)
class Calibrated:
    """A calibrated model beside the one it was made from.

    Attributes:
        output: the model file.
        photos: number of photos behind its percentiles.
        kept: an even selection of the kept photos.
        others: an even selection of the album's other photos.
    """

    output: Path
    photos: int
    kept: Share
    others: Share


@dataclass(frozen=True)
class FineTuned:
    """A fine-tuned model beside the one it was made from.

    Attributes:
        output: the model file.
        photos: number of photos it was trained on.
        held_out: number of other photos behind its percentiles.
        before: self-test of the model as it was, on kept photos that the new one never saw.
        after: the same of the new one.
    """

    output: Path
    photos: int
    held_out: int
    before: SelfTest
    after: SelfTest


@dataclass(frozen=True)
class Comparing:
    """How many photos the two models have judged."""

    done: int
    total: int


AdaptStep = TrainingStep | EvaluationProgress | Comparing
Report = Callable[[AdaptStep], None]


def calibrate_album(request: AdaptRequest, stop: Callable[[], bool], report: Report) -> Calibrated:
    """Write a copy of a model with the percentiles of the kept photos, and compare the two.

    Raises:
        Interrupted: `stop` said so; nothing is left of the new model.
        LQAlbumError: there are too few photos, or a model cannot be used or written.
    """
    model = describe_model(request.model)
    _make_folder(request.output)
    made = calibrate_on(
        request.kept, _ALBUM, model.path, request.output, request.machine, stop, report,
        made_from=request.model,
    )  # fmt: skip
    try:
        kept, others = _shares(model, request, stop, report)
    except BaseException:
        request.output.unlink(missing_ok=True)
        raise
    return Calibrated(request.output, made.photos, kept, others)


def fine_tune_album(request: AdaptRequest, stop: Callable[[], bool], report: Report) -> FineTuned:
    """Train a model on the kept photos, and compare the two by a self-test.

    The photos of the self-test are set apart before: neither the training nor the percentiles
    know them.

    Raises:
        Interrupted: `stop` said so; nothing is left of the new model.
        LQAlbumError: there are too few photos, or a model cannot be used or written.
    """
    model = describe_model(request.model)
    _make_folder(request.output)
    tested = tuple(chosen_evenly(request.kept, set_apart(len(request.kept))))
    trained = [path for path in request.kept if path not in set(tested)]
    options = TrainOptions(
        preset=None, initial=model.path, minutes=request.minutes, steps=0, seed=0, resume=False,
        made_from=request.model,
    )  # fmt: skip
    test = SelfTestRequest(
        tested, request.model, request.machine, request.threads, request.corruptions
    )
    try:
        # First, for what cannot be trained on is refused at once and not after a long test.
        made = train_on(
            trained, _common_folder(trained), request.output, options, request.machine, stop, report
        )
        before = self_test(test, stop, report)
        after = self_test(replace(test, model=str(request.output)), stop, report)
    except BaseException as exc:
        request.output.unlink(missing_ok=True)
        checkpoint_path(request.output).unlink(missing_ok=True)
        if isinstance(exc, Interrupted):  # the training's own words promise a checkpoint
            raise Interrupted(said("stopped")) from exc
        raise
    return FineTuned(request.output, made.pictures, made.held_out, before, after)


def _make_folder(output: Path) -> None:
    """Make the folder of the model at once: an hour later would be late to find that one cannot."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        words = said("output-not-written", output=str(output), why=system_words(exc))
        raise LQAlbumError(words) from exc


def set_apart(kept: int) -> int:
    """How many of so many kept photos are set apart for the self-test."""
    return min(MOST_COMPARED // 2, max(2, kept // 5))


def _common_folder(paths: Sequence[str]) -> str:
    return os.path.commonpath([os.path.dirname(path) for path in paths]) if paths else os.sep


def _shares(
    model: ModelSummary, request: AdaptRequest, stop: Callable[[], bool], report: Report
) -> tuple[Share, Share]:
    """Judge some of the kept and some of the other photos with both models."""
    view = view_for(model.preset, model.config)
    sets = [
        gather_frames(chosen_evenly(paths, MOST_COMPARED), request.machine.jobs, stop, report, view)
        for paths in (request.kept, request.others)
    ]
    total = 2 * sum(len(frames.frames) for frames in sets)
    done = 0

    def progress(judged: int) -> None:
        nonlocal done
        done += judged
        report(Comparing(done, total))

    counts = []
    for path in (model.path, request.output):
        detector = load_detector(path, device=request.machine.device, threads=request.threads)
        counts.append([_flagged(detector, one, request.strictness, stop, progress) for one in sets])
    kept, others = (
        Share(len(frames.frames), before, after)
        for frames, before, after in zip(sets, *counts, strict=True)
    )
    return kept, others


def _flagged(
    detector: Detector,
    frames: Frames,
    strictness: float,
    stop: Callable[[], bool],
    progress: Callable[[int], None],
) -> int:
    """How many pictures a detector flags."""
    threshold = flag_threshold(strictness)
    flagged = 0
    for start in range(0, len(frames.frames), _BATCH):
        if stop():
            raise Interrupted(said("stopped"))
        some = slice(start, start + _BATCH)
        assessed = detector.assess(frames.frames[some], frames.keys[some])
        flagged += sum(one.percentile_low > threshold for one in assessed)
        progress(len(assessed))
    return flagged
