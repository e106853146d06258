"""A folder in, an evaluation out: pictures read, the model calibrated if asked, all measured."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lqalbum.errors import LQAlbumError
from lqalbum.evaluate.corruptions import frost_source
from lqalbum.evaluate.metrics import Scores
from lqalbum.evaluate.ratings import check_enough_rated, match_ratings, read_ratings
from lqalbum.jobs.calibration import Machine, Measured, fit_calibration, former_calibration
from lqalbum.jobs.evaluation import (
    COMBINED,
    PAPER,
    Evaluation,
    EvaluationOptions,
    Judge,
    evaluate,
)
from lqalbum.jobs.evaluation_pictures import (
    EvaluationPicture,
    EvaluationProgress,
    GatheredPictures,
    evaluation_pictures,
    measured_view,
)
from lqalbum.jobs.evaluation_sheet import Sheet, make_sheet
from lqalbum.jobs.models import ModelSummary
from lqalbum.jobs.pictures import (
    SIDE_PX,
    Frames,
    Gathered,
    check_folder,
    chosen_evenly,
    picture_files,
    split,
)
from lqalbum.jobs.views import PORTRAIT, Frame

if TYPE_CHECKING:
    from lqalbum.detect import Detector
    from lqalbum.detect.baselines import GoodNeighbours

# 0.2 MB and, on one core, several seconds each; an interval of +- 0.01 needs no more.
MOST_MEASURED = 2000
MOST_CALIBRATING = 3000
_NAMED_UNMATCHED = 3


@dataclass(frozen=True)
class EvaluationRequest:
    """What a person asked for.

    Attributes:
        folder: the good photos, or the rated ones.
        exclude: glob patterns of files and folders to leave out.
        options: what to measure; its ratings are read from `ratings_file`.
        calibrate: folder of good photos that replace the model's calibration, may be `folder`.
        ratings_file: CSV of mean opinion scores.
        sheet: draw clean | corrupted | reconstruction of a few pictures.
    """

    folder: str
    exclude: tuple[str, ...]
    options: EvaluationOptions
    calibrate: str | None = None
    ratings_file: Path | None = None
    sheet: bool = False


@dataclass(frozen=True)
class Note:
    """A sentence that the person should read beside the figures."""

    text: str


@dataclass(frozen=True)
class EvaluationResult:
    """What an evaluation of a folder gives.

    Attributes:
        evaluation: figures and scores.
        sheet: of a few pictures, None where none was asked for.
        notes: what was said on the way.
        calibration_size: number of good photos behind the score that flags.
    """

    evaluation: Evaluation
    sheet: Sheet | None
    notes: tuple[str, ...]
    calibration_size: int


EvaluationStep = Gathered | Measured | EvaluationProgress | Note
Report = Callable[[EvaluationStep], None]


@dataclass(frozen=True)
class _Chosen:
    """Files to measure and files to calibrate on, and the rating of each file."""

    measured: Sequence[str]
    calibrating: Sequence[str]
    ratings: Mapping[str, float] | None


def evaluate_folder(
    request: EvaluationRequest,
    model: ModelSummary,
    machine: Machine,
    stop: Callable[[], bool],
    report: Report,
) -> EvaluationResult:
    """Measure a model on a folder of photos.

    Args:
        request: what to measure.
        model: the model file.
        machine: what may be used.
        stop: asked all the time.
        report: told how far it is, and what is worth a sentence.

    Raises:
        Interrupted: `stop` said so.
        UsageError: a folder or the ratings file does not exist.
        LQAlbumError: there are too few pictures, or a file cannot be used.
    """
    notes: list[str] = []

    def tell(step: EvaluationStep) -> None:
        if isinstance(step, Note):
            notes.append(step.text)
        report(step)

    chosen = _chosen(request, stop, tell)
    view = measured_view(model)
    gathered = evaluation_pictures(chosen.measured, machine.jobs, stop, tell, view)
    _check_gathered(gathered, model, request.folder)
    good = evaluation_pictures(chosen.calibrating, machine.jobs, stop, tell, view).pictures
    good = _not_measured(good, gathered.pictures, tell)
    _tell_of_pictures(request, model, gathered, tell)
    detector = _detector(model, good if request.calibrate else None, machine, stop, tell)
    if request.calibrate is not None:
        tell(Note(_calibrated_on(request, request.calibrate, len(good), len(gathered.pictures))))
    judge = _judge(detector, request.options, _neighbours(detector, request, good))
    options = replace(request.options, ratings=chosen.ratings)
    evaluation: Evaluation | None = None
    for event in evaluate(judge, gathered.pictures, options, stop, gathered.skipped):
        if isinstance(event, Evaluation):
            evaluation = event
        else:
            tell(event)
    assert evaluation is not None
    sheet = make_sheet(gathered.pictures, options, _drawing(detector)) if request.sheet else None
    return EvaluationResult(evaluation, sheet, tuple(notes), detector.calibration_size)


def _chosen(request: EvaluationRequest, stop: Callable[[], bool], tell: Report) -> _Chosen:
    """Choose files by their names alone, before any of them is read."""
    check_folder(request.folder)
    if request.calibrate is not None:
        check_folder(request.calibrate)
    listed = None if request.ratings_file is None else read_ratings(request.ratings_file)
    paths: Sequence[str] = picture_files(request.folder, request.exclude, stop)
    ratings = None
    if listed is not None:
        ratings = _matched(listed, paths, tell)
        paths = [path for path in paths if path in ratings]
    calibrating: Sequence[str] = []
    if request.calibrate is not None and os.path.samefile(request.calibrate, request.folder):
        calibrating, paths = split(request.folder, paths, len(paths) // 2, request.options.seed)
    elif request.calibrate is not None:
        calibrating = picture_files(request.calibrate, request.exclude, stop)
    measured = chosen_evenly(paths, MOST_MEASURED)
    if len(measured) < len(paths):
        tell(Note(f"{len(measured)} of the {len(paths)} pictures are measured, evenly chosen."))
    return _Chosen(measured, chosen_evenly(calibrating, MOST_CALIBRATING), ratings)


def _matched(listed: Mapping[str, float], paths: Sequence[str], tell: Report) -> dict[str, float]:
    """The ratings of the pictures at hand; one note tells of names that do not match."""
    matched = match_ratings(listed, paths)
    parts = []
    if matched.unmatched:
        named = ", ".join(matched.unmatched[:_NAMED_UNMATCHED])
        more = ", ..." if len(matched.unmatched) > _NAMED_UNMATCHED else ""
        counted = _counted(len(matched.unmatched), "rated name matches", "rated names match")
        parts.append(f"{counted} no picture ({named}{more})")
    unrated = len(paths) - len(matched.by_path)
    if unrated:
        one, many = "picture has no rating and is", "pictures have no rating and are"
        parts.append(f"{_counted(unrated, one, many)} left out")
    if parts:
        tell(Note("; ".join(parts) + "."))
    check_enough_rated(len(matched.by_path))
    return dict(matched.by_path)


def _check_gathered(gathered: GatheredPictures, model: ModelSummary, folder: str) -> None:
    """Refuse to measure nothing, and say why there is nothing."""
    if gathered.pictures:
        return
    if not gathered.without_crop:
        why = "none of its files can be read as a photo of at least 64 px"
    elif model.preset == PORTRAIT:
        why = "no face was found in any of its photos"
    else:
        why = f"all its photos are smaller than the model's {model.config['image_size']} px"
    raise LQAlbumError(f"There is nothing to measure in {folder}: {why}; name another folder.")


def _not_measured(
    good: Sequence[EvaluationPicture], measured: Sequence[EvaluationPicture], tell: Report
) -> tuple[EvaluationPicture, ...]:
    """The good pictures without those that are measured: nothing may judge itself."""
    files = {picture.sha256 for picture in measured}
    others = tuple(picture for picture in good if picture.sha256 not in files)
    if len(others) < len(good):
        left_out = _counted(len(good) - len(others), "picture is", "pictures are")
        tell(Note(f"{left_out} measured and so left out of the calibration."))
    return others


def _tell_of_pictures(
    request: EvaluationRequest, model: ModelSummary, gathered: GatheredPictures, tell: Report
) -> None:
    if gathered.unreadable:
        one, many = "file could not be read and is", "files could not be read and are"
        tell(Note(f"{_counted(gathered.unreadable, one, many)} skipped."))
    if gathered.without_crop:
        count = _counted(gathered.without_crop, "photo", "photos")
        lack = "no face" if model.preset == PORTRAIT else "fewer pixels than the model needs"
        tell(Note(f"Skipped for showing {lack}: {count}."))
    if gathered.small and model.config.get("image_size") is None:
        one, many = f"photo is below {SIDE_PX} px and", f"photos are below {SIDE_PX} px and"
        tell(Note(f"{_counted(gathered.small, one, many)} measured without being enlarged."))
    if request.options.baselines and request.calibrate is None:
        tell(Note("'panda' is left out: it needs good photos to compare with, see --calibrate."))
    if "frost" in request.options.corruptions:
        tell(Note(_FROST[frost_source()]))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _calibrated_on(request: EvaluationRequest, folder: str, good: int, measured: int) -> str:
    if not os.path.samefile(folder, request.folder):
        return f"Calibrated for this run on {good} pictures of {folder}."
    return (
        f"Calibrated for this run on a random half of the folder (seed {request.options.seed}, "
        f"{good} pictures); the other half is measured (n = {measured})."
    )


_FROST = {
    "generated": "Frost is a generated texture: the published photographs of ice come with the "
    "package 'imagecorruptions', which is not installed.",
    "imagecorruptions": "Frost is that of the installed package 'imagecorruptions'.",
}


def _detector(
    model: ModelSummary,
    good: Sequence[EvaluationPicture] | None,
    machine: Machine,
    stop: Callable[[], bool],
    tell: Report,
) -> Detector:
    """The detector, calibrated on good pictures where there are any."""
    from lqalbum.detect import Detector, choose_device
    from lqalbum.hvae import load_model

    if good is None:
        # Nothing is decoded meanwhile, so that torch may have every core.
        return Detector.load(model.path, device=machine.device)
    source = load_model(model.path)
    frames = Frames(tuple(p.pixels for p in good), tuple(p.sha256 for p in good), 0)
    start = former_calibration(source)
    calibration = fit_calibration(source.network, frames, start, machine, stop, tell)
    device = choose_device(machine.device)
    return Detector(source.name, source.network, source.model_id, calibration, device)


def _neighbours(
    detector: Detector, request: EvaluationRequest, good: Sequence[EvaluationPicture]
) -> GoodNeighbours | None:
    from lqalbum.detect.baselines import good_neighbours

    if not request.options.baselines or request.calibrate is None:
        return None
    return good_neighbours(detector, [picture.pixels for picture in good])


def _judge(
    detector: Detector, options: EvaluationOptions, neighbours: GoodNeighbours | None
) -> Judge:
    from lqalbum.detect.baselines import baseline_scores

    def judge(frames: Sequence[Frame], keys: Sequence[str]) -> dict[str, Scores]:
        judged = detector.judge(frames, keys)
        scores = {COMBINED: judged.score, PAPER: judged.s_kl}
        if options.baselines:
            scores |= baseline_scores(detector, judged, neighbours)
        return scores

    return judge


def _drawing(detector: Detector) -> Callable[[Frame, str], Frame]:
    """Draws the reconstruction that stands beside a flagged photo."""
    return lambda frame, key: detector.reconstruct(frame, key, detector.display_split_level)
