"""`lqalbum train` and `calibrate`: a model of one's own good photos."""

from __future__ import annotations

import argparse

from lqalbum.cli import exits
from lqalbum.cli.interrupts import stop_on_interrupt
from lqalbum.cli.options import (
    CommonOptions,
    Subcommands,
    common_options,
    common_parser,
    model_output,
    parse_count,
    parse_minutes,
    parse_seed,
)
from lqalbum.cli.progress import ProgressView, progress_view
from lqalbum.cli.streams import log
from lqalbum.jobs.calibration import CalibrationStep, Machine, Measured, calibrate_model
from lqalbum.jobs.models import decoding_processes, describe_model
from lqalbum.jobs.pictures import Gathered, check_folder
from lqalbum.jobs.training import (
    DEFAULT_STEPS,
    TRAINABLE_PRESETS,
    Trained,
    TrainingStep,
    TrainOptions,
    check_checkpoint,
    train_model,
)


def add_commands(commands: Subcommands) -> None:
    """Describe both commands to argparse."""
    common = common_parser(("safetensors",))
    train = commands.add_parser(
        "train",
        parents=[common],
        help="train a network on good photos",
        description="Train a network on a folder of good photos; some are held out to calibrate "
        "it. Ctrl+C keeps a checkpoint beside the model, --resume goes on from it.",
        allow_abbrev=False,
    )
    train.add_argument("folder", metavar="DIR")
    train.add_argument("--preset", choices=TRAINABLE_PRESETS, help="default: photo")
    train.add_argument("--init", metavar="MODEL", help="start from the weights of this model")
    length = train.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=parse_minutes, metavar="M")
    length.add_argument("--steps", type=parse_count, metavar="N", default=DEFAULT_STEPS)
    train.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    train.add_argument("--seed", type=parse_seed, metavar="N", default=0)
    train.set_defaults(run=run_train)
    calibrate = commands.add_parser(
        "calibrate",
        parents=[common],
        help="the same network, percentiles of these good photos",
        allow_abbrev=False,
    )
    calibrate.add_argument("folder", metavar="DIR")
    calibrate.set_defaults(run=run_calibrate)


def run_train(arguments: argparse.Namespace) -> int:
    """Train, calibrate and write a model."""
    options = common_options(arguments)
    output = model_output(options, "train")
    check_folder(arguments.folder)
    check_checkpoint(output, resume=arguments.resume)
    initial = None if arguments.init is None else describe_model(arguments.init).path
    train_options = TrainOptions(
        preset=arguments.preset,
        initial=initial,
        minutes=arguments.minutes,
        steps=arguments.steps,
        seed=arguments.seed,
        resume=arguments.resume,
        exclude=options.exclude,
    )
    with stop_on_interrupt() as stop, progress_view(options.progress, "Training") as view:

        def report(step: TrainingStep) -> None:
            if isinstance(step, Gathered | Measured):
                _show_reading(view, step)
            else:
                _show_training(view, step, arguments.minutes)

        made = train_model(arguments.folder, output, train_options, _machine(options), stop, report)
    bits = "" if made.bits_per_dim is None else f" ({made.bits_per_dim:.3f} bits per dimension)"
    log(
        f"{output}: trained on {made.pictures} photos{bits}, calibrated on {made.held_out} others"
        f"{_left_out(made.without_view)}."
    )
    return exits.DONE


def run_calibrate(arguments: argparse.Namespace) -> int:
    """Write a copy of a model with the percentiles of other photos."""
    options = common_options(arguments)
    output = model_output(options, "calibrate")
    check_folder(arguments.folder)
    model = describe_model(options.model)
    with stop_on_interrupt() as stop, progress_view(options.progress, "Calibrating") as view:

        def report(step: CalibrationStep) -> None:
            _show_reading(view, step)

        made = calibrate_model(
            arguments.folder,
            options.exclude,
            model.path,
            output,
            _machine(options),
            stop,
            report,
        )
    unreadable = f"; {made.unreadable} files could not be read" if made.unreadable else ""
    left_out = _left_out(made.without_view)
    log(f"{output}: calibrated on {made.photos} photos{unreadable}{left_out}.")
    return exits.DONE


def _left_out(photos: int) -> str:
    """What is said of photos that hold nothing the network looks at: no face, or too few pixels."""
    return f"; {photos} show nothing this model looks at and were left out" if photos else ""


def _machine(options: CommonOptions) -> Machine:
    return Machine(decoding_processes(options.jobs), options.device)


def _show_reading(view: ProgressView, step: CalibrationStep) -> None:
    note = "measured" if isinstance(step, Measured) else "read"
    view.update(step.done, step.total, note)


def _show_training(view: ProgressView, step: Trained, minutes: float | None) -> None:
    """With a time limit the seconds are counted, else the steps."""
    note = f"{step.bits_per_dim:.3f} bits/dim"
    timed = minutes is not None
    done, total = (step.elapsed_s, 60 * (minutes or 0)) if timed else (step.step, step.steps)
    view.update(
        done,
        total,
        note,
        step=step.step,
        eta_s=step.eta_s,
        distortion=step.distortion,
        rate=step.rate,
        bits_per_dim=step.bits_per_dim,
        skipped=step.skipped,
    )
