"""Train a network on a folder of good photos and write it with its calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lqalbum.errors import Interrupted, LQAlbumError
from lqalbum.jobs.calibration import (
    CalibrationStep,
    Machine,
    default_rule,
    fit_calibration,
)
from lqalbum.jobs.models import may_replace
from lqalbum.jobs.pictures import (
    MOST_PICTURES,
    SIDE_PX,
    chosen_evenly,
    gather_frames,
    gather_squares,
    picture_files,
    split,
)
from lqalbum.jobs.sentences import said
from lqalbum.jobs.views import PORTRAIT, training_view, view_for

if TYPE_CHECKING:
    from lqalbum.hvae import HVAE
    from lqalbum.hvae.training import Trainer

TRAINABLE_PRESETS = ("photo", "portrait")
DEFAULT_STEPS = 20_000
# Held out of training, so that the percentiles are those of photos the network has not seen.
_HELD_OUT_SHARE = 0.3
_LEAST_HELD_OUT = 20
_MOST_HELD_OUT = 1000
# With a time limit the number of steps is no limit.
_ANY_NUMBER_OF_STEPS = 10**9


@dataclass(frozen=True)
class Trained:
    """How far the training is; means over the steps since the last report.

    Attributes:
        step: steps done.
        steps: steps in all, not meant where time is the limit.
        elapsed_s: seconds trained, earlier runs included.
        eta_s: seconds left.
        distortion: of the pictures, nats per dimension.
        rate: of the latents, nats per dimension.
        bits_per_dim: both together in bits.
        skipped: steps skipped so far, since their gradients were out of all proportion.
    """

    step: int
    steps: int
    elapsed_s: float
    eta_s: float
    distortion: float
    rate: float
    bits_per_dim: float
    skipped: int


TrainingStep = CalibrationStep | Trained


@dataclass(frozen=True)
class TrainOptions:
    """What to train and for how long.

    Attributes:
        preset: the network's preset; None: that of `initial`, else `photo`.
        initial: model file to start from, None for random weights.
        minutes: time to train; None: count steps.
        steps: optimiser steps in all.
        seed: of the split, the crops, the noise and the initial weights.
        resume: whether to go on from the checkpoint of an interrupted run.
        exclude: glob patterns of files and folders to leave out.
        made_from: what the recipe says that the model was made from; None: nothing.
    """

    preset: str | None
    initial: Path | None
    minutes: float | None
    steps: int
    seed: int
    resume: bool
    exclude: tuple[str, ...] = ()
    made_from: str | None = None


@dataclass(frozen=True)
class TrainedModel:
    """What was written.

    Attributes:
        pictures: number of photos trained on.
        held_out: number of photos behind the percentiles.
        without_view: number of photos that hold nothing the network looks at, such as no face.
        bits_per_dim: of the last steps; None where none was taken.
        model_id: SHA-256 of the tensor bytes, hex.
    """

    pictures: int
    held_out: int
    without_view: int
    bits_per_dim: float | None
    model_id: str


def checkpoint_path(output: Path) -> Path:
    """Where an interrupted run of this output is kept."""
    return output.with_name(output.name + ".checkpoint")


def check_checkpoint(output: Path, *, resume: bool) -> None:
    """Refuse to overwrite hours of work, and to resume what is not there.

    Raises:
        LQAlbumError: says what to do.
    """
    checkpoint = checkpoint_path(output)
    if resume and not checkpoint.is_file():
        raise LQAlbumError(said("no-checkpoint", path=str(checkpoint)))
    if not resume and checkpoint.exists():
        raise LQAlbumError(said("checkpoint-there", path=str(checkpoint)))


def train_model(
    folder: str,
    output: Path,
    options: TrainOptions,
    machine: Machine,
    stop: Callable[[], bool],
    report: Callable[[TrainingStep], None],
) -> TrainedModel:
    """Train, calibrate on photos held out, and write the model.

    Args:
        folder: the good photos.
        output: the model file to write, under a temporary name first.
        options: see `TrainOptions`.
        machine: what may be used.
        stop: asked all the time; the run is then kept as a checkpoint.
        report: told how far it is.

    Raises:
        Interrupted: `stop` said so.
        LQAlbumError: there are too few photos, or a file cannot be used.
    """
    check_checkpoint(output, resume=options.resume)
    paths = picture_files(folder, options.exclude, stop)
    return train_on(paths, folder, output, options, machine, stop, report)


def train_on(
    paths: Sequence[str],
    folder: str,
    output: Path,
    options: TrainOptions,
    machine: Machine,
    stop: Callable[[], bool],
    report: Callable[[TrainingStep], None],
) -> TrainedModel:
    """Train on photos and write the model; see `train_model`.

    Args:
        paths: the good photos; of very many an even selection is used.
        folder: that holds all of them.
        output: the model file to write.
        options: what to exclude is of no meaning here.
        machine: what may be used.
        stop: asked all the time.
        report: told how far it is.
    """
    from lqalbum.hvae import save_model

    trainer = _trainer(options, machine.device)
    paths = chosen_evenly(paths, MOST_PICTURES)
    train_paths, calibration_paths = split(folder, paths, _held_out(len(paths)), options.seed)
    config = trainer.network.config
    side_px = config.image_size or SIDE_PX
    seen = training_view(config.preset, side_px)
    squares = gather_squares(train_paths, machine.jobs, stop, report, seen, side_px)
    pictures = squares.pictures
    view = view_for(config.preset, config.to_json())
    frames = gather_frames(calibration_paths, machine.jobs, stop, report, view)
    _check_enough(folder, config.preset, len(pictures), len(frames.frames))
    checkpoint = checkpoint_path(output)
    if options.resume:
        trainer.restore(checkpoint)
    last = _run(trainer, pictures, checkpoint, stop, report)
    network = trainer.averaged_network()
    calibration = fit_calibration(network, frames, default_rule(config), machine, stop, report)
    recipe = _recipe(trainer, last, len(pictures), options)
    model_id = save_model(
        output,
        network.cpu(),
        name=output.stem,
        recipe=recipe,
        calibration=calibration.to_json(),
        may_replace=may_replace,
    )
    if trainer.owns(checkpoint):
        checkpoint.unlink()
    return TrainedModel(
        len(pictures),
        len(frames.frames),
        squares.without_view + frames.without_view,
        recipe["bits_per_dim"],
        model_id,
    )


def _trainer(options: TrainOptions, device: str) -> Trainer:
    from lqalbum.detect import choose_device
    from lqalbum.hvae import PRESETS, load_model
    from lqalbum.hvae.training import Trainer, TrainingOptions

    steps = options.steps if options.minutes is None else _ANY_NUMBER_OF_STEPS
    training = TrainingOptions(steps=steps, minutes=options.minutes, seed=options.seed)
    initial: HVAE | None = None
    config = PRESETS[options.preset or "photo"]
    if options.initial is not None:
        initial = load_model(options.initial).network
        if options.preset in (None, initial.config.preset):
            config = initial.config
    if config.preset not in TRAINABLE_PRESETS:
        raise LQAlbumError(said("not-trainable", preset=config.preset))
    trainer = Trainer(config, training, choose_device(device))
    if initial is not None:
        trainer.initialise(initial)
    return trainer


def _held_out(count: int) -> int:
    wanted = max(_LEAST_HELD_OUT, round(_HELD_OUT_SHARE * count))
    return min(wanted, _MOST_HELD_OUT, count)


def _check_enough(folder: str, preset: str, pictures: int, held_out: int) -> None:
    if pictures < _LEAST_HELD_OUT or held_out < _LEAST_HELD_OUT:
        if preset == PORTRAIT:
            count, least = pictures + held_out, 2 * _LEAST_HELD_OUT
            words = said("too-few-faces-to-train", folder=folder, count=count, least=least)
        else:
            # Those held out may be smaller: they are only measured.
            words = said(
                "too-few-to-train",
                folder=folder,
                count=pictures,
                side=SIDE_PX,
                held_out=held_out,
                least=_LEAST_HELD_OUT,
            )
        raise LQAlbumError(words)


def _run(
    trainer: Trainer,
    pictures: Any,
    checkpoint: Path,
    stop: Callable[[], bool],
    report: Callable[[TrainingStep], None],
) -> Trained | None:
    from lqalbum.hvae.training import train

    last = None
    for progress in train(trainer, pictures, checkpoint, stop):
        last = Trained(**{field.name: getattr(progress, field.name) for field in fields(Trained)})
        report(last)
    if trainer.progress_share() < 1:
        raise Interrupted(
            said("interrupted-training", steps=trainer.step, checkpoint=str(checkpoint))
        )
    return last


def _recipe(
    trainer: Trainer, last: Trained | None, pictures: int, options: TrainOptions
) -> dict[str, Any]:
    """How the network came to be, for the model's header."""
    training = trainer.options
    return {
        "pictures": pictures,
        "steps": trainer.step,
        "skipped_steps": trainer.skipped,
        "seconds": round(trainer.elapsed_s, 1),
        "batch_size": training.batch_size,
        "crop_px": training.crop_px,
        "scales": list(training.scales),
        "learning_rate": training.learning_rate,
        "ema_decay": training.ema_decay,
        "seed": training.seed,
        "device": trainer.device.type,
        **({} if options.made_from is None else {"made_from": options.made_from}),
        "initial": None if options.initial is None else options.initial.name,
        "bits_per_dim": None if last is None else round(last.bits_per_dim, 4),
    }
