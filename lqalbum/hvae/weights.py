"""Model files: safetensors whose header says what the network is and where it comes from.

A file is read as data only; nothing in it is ever executed. What does not fit exactly (names,
shapes, the recorded SHA-256, finite values) is refused with one sentence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from lqalbum.errors import ModelError
from lqalbum.hvae.config import NetworkConfig
from lqalbum.hvae.network import HVAE
from lqalbum.hvae.sentences import said
from lqalbum.sentences import system_words
from lqalbum.wholefile import any_file, whole_file

FORMAT_VERSION = 1


@dataclass(frozen=True)
class ModelFile:
    """A network with everything its file says about it.

    Attributes:
        name: Short name for people, such as ``photo``.
        network: The network, float32, in evaluation mode, on the CPU.
        model_id: SHA-256 of the tensor bytes, hex.
        recipe: How it was trained (data, steps, seeds, figures).
        calibration: Statistics of good photos, as the detector wrote them; empty if none.
    """

    name: str
    network: HVAE
    model_id: str
    recipe: Mapping[str, Any] = field(default_factory=dict)
    calibration: Mapping[str, Any] = field(default_factory=dict)


def model_id(tensors: Mapping[str, Tensor]) -> str:
    """SHA-256 (hex) over names and little-endian bytes of all tensors, in order of names."""
    digest = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name].detach().cpu().contiguous()
        digest.update(name.encode() + b"\0" + str(tuple(tensor.shape)).encode())
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


def save_model(
    path: Path,
    network: HVAE,
    *,
    name: str,
    recipe: Mapping[str, Any],
    calibration: Mapping[str, Any],
    may_replace: Callable[[Path], bool] = any_file,
) -> str:
    """Write a model file, in place of an earlier one; returns the model id.

    Args:
        path: The file.
        network: What to write.
        name: See `ModelFile`.
        recipe: See `ModelFile`.
        calibration: See `ModelFile`.
        may_replace: Says, when all is written, whether a file of that name may go.

    Raises:
        ModelError: The file cannot be written, or another that may not go has its name.
    """
    tensors = {key: value.detach().cpu().contiguous() for key, value in _tensors(network).items()}
    identity = model_id(tensors)
    header = {
        "format": str(FORMAT_VERSION),
        "name": name,
        "config": json.dumps(network.config.to_json()),
        "recipe": json.dumps(dict(recipe)),
        "calibration": json.dumps(dict(calibration)),
        "sha256": identity,
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, save(tensors, metadata=header), may_replace)
    except (OSError, SafetensorError) as error:
        raise ModelError(said("weights-unwritable", path=str(path), why=_why(error))) from error
    return identity


def _write(path: Path, content: bytes, may_replace: Callable[[Path], bool]) -> None:
    try:
        with whole_file(path, may_replace=may_replace) as stream:
            stream.write(content)
    except FileExistsError as error:
        raise ModelError(said("weights-of-others", path=str(path))) from error


def _why(error: OSError | SafetensorError) -> str:
    return system_words(error) if isinstance(error, OSError) else str(error)


def load_model(path: Path) -> ModelFile:
    """Read and check a model file.

    Raises:
        ModelError: The file is missing, not one of ours, damaged, or holds NaN.
    """
    header, tensors = _read(path)
    try:
        config = NetworkConfig.from_json(json.loads(header["config"]))
        recipe = json.loads(header.get("recipe", "{}"))
        calibration = json.loads(header.get("calibration", "{}"))
        # On the meta device nothing is allocated, whatever size the header promises.
        with torch.device("meta"):
            network = HVAE(config)
    except (KeyError, TypeError, ValueError, ArithmeticError, RuntimeError) as error:
        raise ModelError(said("weights-without-network", path=str(path))) from error
    _check_tensors(path, network, tensors)
    identity = model_id(tensors)
    if identity != header.get("sha256"):
        raise ModelError(said("weights-damaged", path=str(path)))
    network.load_state_dict(tensors, assign=True)
    network.eval().requires_grad_(requires_grad=False)
    return ModelFile(header.get("name", config.preset), network, identity, recipe, calibration)


def _read(path: Path) -> tuple[dict[str, str], dict[str, Tensor]]:
    """Header and tensors of a safetensors file."""
    try:
        if not path.is_file():
            raise ModelError(said("weights-missing", path=str(path)))
        with safe_open(path, framework="pt") as file:
            header = dict(file.metadata() or {})
            if header.get("format") != str(FORMAT_VERSION):
                raise ModelError(said("weights-of-other-version", path=str(path)))
            # Copies: a tensor maps the file, and one overwritten in place would become noise.
            return header, {key: file.get_tensor(key).clone() for key in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise ModelError(said("weights-garbled", path=str(path))) from error


def _check_tensors(path: Path, network: HVAE, tensors: Mapping[str, Tensor]) -> None:
    expected = _tensors(network)
    if set(expected) != set(tensors):
        raise ModelError(said("weights-incomplete", path=str(path)))
    for key, tensor in tensors.items():
        if tensor.shape != expected[key].shape or tensor.dtype != torch.float32:
            raise ModelError(said("weights-misshapen", path=str(path), key=key))
        if not torch.isfinite(tensor).all():
            raise ModelError(said("weights-not-finite", path=str(path), key=key))


def _tensors(network: HVAE) -> dict[str, Tensor]:
    return dict(network.state_dict())
