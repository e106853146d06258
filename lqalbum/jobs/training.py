"""Train a network on a folder of good photos and write it with its calibration."""

from __future__ import annotations

from collections.abc import Callable
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
from lqalbum.jobs.pictures import (
    MOST_PICTURES,
    chosen_evenly,
    gather_frames,
    gather_squares,
    picture_files,
    split,
)

if TYPE_CHECKING:
    from lqalbum.hvae import HVAE
    from lqalbum.hvae.training import Trainer

TRAINABLE_PRESETS = ("photo",)
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
        preset: the network's preset, where `initial` does not say it.
        initial: model file to start from, None for random weights.
        minutes: time to train; None: count steps.
        steps: optimiser steps in all.
        seed: of the split, the crops, the noise and the initial weights.
        resume: whether to go on from the checkpoint of an interrupted run.
        exclude: glob patterns of files and folders to leave out.
    """

    preset: str
    initial: Path | None
    minutes: float | None
    steps: int
    seed: int
    resume: bool
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrainedModel:
    """What was written: photos trained on, photos behind the percentiles, the model's id."""

    pictures: int
    held_out: int
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
        raise LQAlbumError(f"There is no checkpoint {checkpoint}; leave out --resume.")
    if not resume and checkpoint.exists():
        raise LQAlbumError(
            f"{checkpoint} is of an earlier run; go on from it with --resume, or move it away."
        )


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
    from lqalbum.hvae import save_model

    check_checkpoint(output, resume=options.resume)
    trainer = _trainer(options, machine.device)
    paths = chosen_evenly(picture_files(folder, options.exclude, stop), MOST_PICTURES)
    train_paths, calibration_paths = split(folder, paths, _held_out(len(paths)), options.seed)
    pictures = gather_squares(train_paths, machine.jobs, stop, report)
    frames = gather_frames(calibration_paths, machine.jobs, stop, report)
    _check_enough(folder, len(pictures), len(frames.frames))
    checkpoint = checkpoint_path(output)
    if options.resume:
        trainer.restore(checkpoint)
    last = _run(trainer, pictures, checkpoint, stop, report)
    network = trainer.averaged_network()
    calibration = fit_calibration(network, frames, default_rule(), machine, stop, report)
    recipe = _recipe(trainer, last, len(pictures), options)
    model_id = save_model(
        output,
        network.cpu(),
        name=output.stem,
        recipe=recipe,
        calibration=calibration.to_json(),
    )
    checkpoint.unlink(missing_ok=True)
    return TrainedModel(len(pictures), len(frames.frames), recipe["bits_per_dim"], model_id)


def _trainer(options: TrainOptions, device: str) -> Trainer:
    from lqalbum.detect import choose_device
    from lqalbum.hvae import PRESETS, load_model
    from lqalbum.hvae.training import Trainer, TrainingOptions

    steps = options.steps if options.minutes is None else _ANY_NUMBER_OF_STEPS
    training = TrainingOptions(steps=steps, minutes=options.minutes, seed=options.seed)
    initial: HVAE | None = None
    config = PRESETS[options.preset]
    if options.initial is not None:
        initial = load_model(options.initial).network
        config = initial.config
    trainer = Trainer(config, training, choose_device(device))
    if initial is not None:
        trainer.initialise(initial)
    return trainer


def _held_out(count: int) -> int:
    wanted = max(_LEAST_HELD_OUT, round(_HELD_OUT_SHARE * count))
    return min(wanted, _MOST_HELD_OUT, count)


def _check_enough(folder: str, pictures: int, held_out: int) -> None:
    if pictures < _LEAST_HELD_OUT or held_out < _LEAST_HELD_OUT:
        raise LQAlbumError(
            f"{folder} holds {pictures + held_out} photos of at least 256 px that can be read; "
            f"training needs at least {2 * _LEAST_HELD_OUT} good ones."
        )


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
            f"Interrupted after {trainer.step} steps, kept in {checkpoint}; the same command with "
            "--resume goes on."
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
        "initial": None if options.initial is None else options.initial.name,
        "bits_per_dim": None if last is None else round(last.bits_per_dim, 4),
    }
