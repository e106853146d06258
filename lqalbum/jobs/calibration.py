"""Calibrate: the same network, judged by other good photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lqalbum.errors import Interrupted, LQAlbumError, ModelError
from lqalbum.jobs.models import may_replace
from lqalbum.jobs.pictures import (
    Frames,
    Gathered,
    chosen_evenly,
    gather_frames,
    picture_files,
)
from lqalbum.jobs.sentences import said
from lqalbum.jobs.views import View, view_for

if TYPE_CHECKING:
    from lqalbum.detect import Calibration, SplitRule
    from lqalbum.hvae import HVAE, ModelFile, NetworkConfig

# 0.3 MB each; quantiles to a tenth of a percent need no more.
MOST_FRAMES = 3000
# The published network for 256 px keeps 0.7 GB of states for each picture it walks.
_WIDE_NETWORK = 256


@dataclass(frozen=True)
class Measured:
    """How many photos have been measured."""

    done: int
    total: int


CalibrationStep = Gathered | Measured


@dataclass(frozen=True)
class Machine:
    """What a long job may use.

    Attributes:
        jobs: number of decoding processes.
        device: `auto`, `cuda` or `cpu`.
    """

    jobs: int
    device: str


@dataclass(frozen=True)
class CalibratedModel:
    """What was written.

    Attributes:
        photos: number of good photos behind the percentiles.
        unreadable: number of files that could not be read.
        without_view: number of photos that hold nothing the network looks at, such as no face.
        model_id: of the network, the same as before.
    """

    photos: int
    unreadable: int
    without_view: int
    model_id: str


def calibrate_model(
    folder: str,
    exclude: tuple[str, ...],
    model: Path,
    output: Path,
    machine: Machine,
    stop: Callable[[], bool],
    report: Callable[[CalibrationStep], None],
) -> CalibratedModel:
    """Write a copy of a model whose percentiles are those of a folder of good photos.

    Args:
        folder: the good photos.
        exclude: glob patterns of files and folders to leave out.
        model: the model file whose network and split levels are taken over.
        output: the model file to write, under a temporary name first.
        machine: what may be used.
        stop: asked all the time.
        report: told how far it is.

    Raises:
        Interrupted: `stop` said so; nothing is written.
        LQAlbumError: there are too few photos, or a file cannot be used.
    """
    paths = picture_files(folder, exclude, stop)
    return calibrate_on(paths, folder, model, output, machine, stop, report)


def calibrate_on(
    paths: Sequence[str],
    place: str,
    model: Path,
    output: Path,
    machine: Machine,
    stop: Callable[[], bool],
    report: Callable[[CalibrationStep], None],
    made_from: str | None = None,
) -> CalibratedModel:
    """Write a copy of a model whose percentiles are those of good photos; see `calibrate_model`.

    Args:
        paths: the good photos; of very many an even selection is measured.
        place: what to call them in a sentence.
        model: the model file.
        output: the model file to write.
        machine: what may be used.
        stop: asked all the time.
        report: told how far it is.
        made_from: what the recipe says that the model was made from, None to leave it as it is.
    """
    from lqalbum.hvae import load_model, save_model

    source = load_model(model)
    start = former_calibration(source)
    config = source.network.config
    view = view_for(config.preset, config.to_json())
    frames = gather_frames(chosen_evenly(paths, MOST_FRAMES), machine.jobs, stop, report, view)
    _check_seen(place, frames, view)
    calibration = fit_calibration(source.network, frames, start, machine, stop, report)
    origin = {} if made_from is None else {"made_from": made_from}
    model_id = save_model(
        output,
        source.network.cpu(),
        name=output.stem,
        recipe={**source.recipe, **origin},
        calibration=calibration.to_json(),
        may_replace=may_replace,
    )
    return CalibratedModel(len(frames.frames), frames.unreadable, frames.without_view, model_id)


def _check_seen(place: str, frames: Frames, view: View) -> None:
    """Say why there is nothing to calibrate on where that is not for want of photos."""
    if not frames.frames and frames.without_view:
        raise LQAlbumError(said("every-photo-lacks", place=place, lack=view.lack))


def default_rule(config: NetworkConfig) -> SplitRule:
    """The split levels of a network that was never calibrated; their threshold is fitted later."""
    from lqalbum.detect import SplitRule

    few, many = config.kept_layers()
    return SplitRule(
        kept_high=many,
        kept_low=few,
        threshold=0.0,
        temperature=config.prior_temperature,
        quantile=config.high_frequency_quantile,
    )


def fit_calibration(
    network: HVAE,
    frames: Frames,
    start: Calibration | SplitRule,
    machine: Machine,
    stop: Callable[[], bool],
    report: Callable[[CalibrationStep], None],
) -> Calibration:
    """Measure good photos and fit what the detector needs.

    Raises:
        Interrupted: `stop` said so.
        ModelError: there are too few photos.
    """
    from lqalbum.detect import calibrate, choose_device
    from lqalbum.hvae.training import autocast_dtype

    def after_batch(done: int) -> None:
        report(Measured(done, len(frames.frames)))
        if stop():
            raise Interrupted(said("interrupted-calibrating"))

    network.to(choose_device(machine.device))
    autocast = autocast_dtype(next(network.parameters()).device)
    return calibrate(
        network,
        frames.frames,
        frames.keys,
        start,
        batch_size=1 if network.config.width > _WIDE_NETWORK else 8,
        autocast=autocast,
        progress=after_batch,
    )


def former_calibration(source: ModelFile) -> Calibration | SplitRule:
    """What a model was calibrated with before, else the split levels of its kind."""
    from lqalbum.detect import Calibration

    try:
        return Calibration.from_json(source.calibration)
    except ModelError:
        return default_rule(source.network.config)
