"""Model files as commands need them: found, described without torch, loaded, verified.

The header of a safetensors file is a length and a JSON object, so a command that only names the
model, or finds that every photo is scored already, need not import torch (1.5 s of CPU).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lqalbum.errors import ModelError
from lqalbum.identity import scorer_id
from lqalbum.jobs.reports import ReportModel
from lqalbum.jobs.sentences import said
from lqalbum.library.library import Library
from lqalbum.paths import SHIPPED_MODELS, model_path
from lqalbum.sentences import system_words

if TYPE_CHECKING:
    from lqalbum.detect import Detector

# The limit of the format itself; a larger length means the file is something else.
_LARGEST_HEADER_BYTES = 100_000_000
_HEADER_KEYS = {"format", "name", "config", "recipe", "calibration", "sha256"}
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class ModelSummary:
    """What a model file's header says.

    Attributes:
        name: short name, such as `photo`.
        model_id: SHA-256 of the tensor bytes as recorded, hex.
        scorer_id: identity of network and calibration together, hex.
        preset: preset of the network.
        calibration_size: number of good photos behind the percentiles, 0 without calibration.
        path: the file.
        size_bytes: its size.
        config: the network's configuration.
        recipe: how it was trained.
        good_scores: evenly spaced quantiles of the score among good photos, empty if unknown.
    """

    name: str
    model_id: str
    scorer_id: str
    preset: str
    calibration_size: int
    path: Path
    size_bytes: int
    config: Mapping[str, Any]
    recipe: Mapping[str, Any]
    good_scores: tuple[float, ...] = ()

    def for_report(self) -> ReportModel:
        """What a report says of this model."""
        return ReportModel(
            self.name, self.model_id, self.preset, self.calibration_size, self.scorer_id
        )


def describe_model(name: str) -> ModelSummary:
    """Read the header of a model file.

    Args:
        name: a shipped model's name, or a path.

    Raises:
        ModelError: the file is missing, cannot be read, or is not a model of ours.
    """
    path = model_path(name)
    if name in SHIPPED_MODELS and not path.is_file():
        raise ModelError(said("model-not-installed", name=name))
    header = _header(path)
    try:
        config = json.loads(header["config"])
        recipe = json.loads(header.get("recipe", "{}"))
        calibration = json.loads(header.get("calibration", "{}"))
        return ModelSummary(
            name=str(header.get("name", config["preset"])),
            model_id=str(header["sha256"]),
            scorer_id=scorer_id(str(header["sha256"]), calibration),
            preset=str(config["preset"]),
            calibration_size=int(calibration.get("count", 0)),
            path=path,
            size_bytes=path.stat().st_size,
            config=config,
            recipe=recipe,
            good_scores=tuple(map(float, calibration.get("score", {}).get("quantiles", ()))),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise ModelError(said("model-of-others", path=str(path))) from exc


def shipped_models() -> list[ModelSummary]:
    """Describe the models this installation carries."""
    return [describe_model(name) for name in SHIPPED_MODELS if model_path(name).is_file()]


def main_model(library: Library) -> ReportModel:
    """What is known of the model behind most of a library's newest scores.

    A library remembers identities, not files: of a model that is not shipped only these are known.
    """
    scorers = library.scorers()
    if not scorers:
        return ReportModel()
    scorer_id, model_id = scorers[0]
    for model in shipped_models():
        if model.scorer_id == scorer_id:
            return model.for_report()
        if model.model_id == model_id:
            # The shipped network, calibrated on other photos.
            return ReportModel(model.name, model_id, model.preset, None, scorer_id)
    return ReportModel(model_id=model_id, scorer_id=scorer_id)


def load_detector(path: Path, *, device: str, threads: int | None) -> Detector:
    """Load a model and its calibration; imports torch.

    Raises:
        ModelError: the file is damaged or not calibrated, or the device is not there.
    """
    from lqalbum.detect import Detector

    return Detector.load(path, device=device, threads=threads)


def detector_loader(model: ModelSummary, device: str, jobs: int) -> Callable[[], Detector]:
    """Return what loads a model when it is needed, for a command with `jobs` workers (0: any)."""

    def load() -> Detector:
        return load_detector(model.path, device=device, threads=network_threads(jobs))

    return load


def verify_model(name: str) -> ModelSummary:
    """Read a model whole: names, shapes, finite values, checksum and calibration.

    Raises:
        ModelError: says what does not fit.
    """
    summary = describe_model(name)
    if summary.calibration_size:
        load_detector(summary.path, device="cpu", threads=1)
    else:
        from lqalbum.hvae import load_model

        load_model(summary.path)
    return summary


def decoding_processes(jobs: int) -> int:
    """Processes that decode beside the network: those asked for, or what suits the machine."""
    return jobs or max(1, min(4, _cpu_count() // 2))


def network_threads(jobs: int) -> int:
    """Threads of torch on the CPU: more than what the decoders leave only waste time waiting."""
    return jobs or max(1, _cpu_count() // 2)


def _cpu_count() -> int:
    # What this process may use, which in a container is less than what the machine has.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _header(path: Path) -> Mapping[str, str]:
    try:
        if not path.is_file():
            raise ModelError(said("model-missing", path=str(path)))
        with path.open("rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            if length > min(_LARGEST_HEADER_BYTES, path.stat().st_size):
                raise ValueError("no safetensors header")
            header = json.loads(stream.read(length))["__metadata__"]
    except OSError as exc:
        raise ModelError(said("model-unreadable", path=str(path), why=system_words(exc))) from exc
    except (KeyError, TypeError, ValueError, RecursionError) as exc:
        raise ModelError(said("model-garbled", path=str(path))) from exc
    if not isinstance(header, dict):
        raise ModelError(said("model-without-network", path=str(path)))
    return header


def may_replace(path: Path) -> bool:
    """Whether a new model may take the place of a file: of a model of ours, or an empty file."""
    return path.stat().st_size == 0 or is_model(path)


def is_model(path: Path) -> bool:
    """Whether a file is a model of ours, which a new one may replace.

    Its header holds what `save_model` writes and nothing else, the id of the tensors included.
    """
    try:
        header = _header(path)
        config = json.loads(header.get("config", ""))
    except (ModelError, ValueError, TypeError, RecursionError):
        return False
    identity = str(header.get("sha256"))
    return (
        set(header) == _HEADER_KEYS
        and _SHA256.fullmatch(identity) is not None
        and isinstance(config, dict)
        and "preset" in config
    )
