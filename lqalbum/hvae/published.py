"""Weights as openai/vdvae publishes them, read into a network of ours.

A published file is `torch.save` of a state dictionary: `*-model.th` with a `module.` prefix on
every key, `*-model-ema.th` (the averaged weights, which its authors sample from) without. Such a
file is a pickle; it is read as tensors only, so nothing in it is ever executed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from lqalbum.errors import ModelError
from lqalbum.hvae.config import PRESETS, NetworkConfig
from lqalbum.hvae.network import HVAE

PUBLISHED_PRESETS: Final = ("ffhq256", "imagenet64")

_PUBLISHED_FILES: Final = "a '-model.th' or '-model-ema.th' file of openai/vdvae"
_PREFIX: Final = "module."
# Room for another preset, which is told by its keys; an optimiser's state is twice the weights.
_LARGEST_SHARE: Final = 1.5
# Keys, shapes and padding of a file beside its numbers: 0.8 MB in the published ones.
_LARGEST_EXTRA_BYTES: Final = 16 * 2**20
_ZIP_BEGINNING: Final = b"PK\x03\x04"


def read_published(path: Path, config: NetworkConfig) -> HVAE:
    """Read a published file.

    Args:
        path: A `.th` file.
        config: The network it should hold, one of `PUBLISHED_PRESETS`.

    Returns:
        The network, float32, in evaluation mode, on the CPU.

    Raises:
        ModelError: The file is missing, damaged, no such file, or of another network.
    """
    # On the meta device nothing is allocated.
    with torch.device("meta"):
        network = HVAE(config)
    expected = {name: value.shape for name, value in network.state_dict().items()}
    _check_size(path, sum(shape.numel() for shape in expected.values()))
    tensors = _without_prefix(_state(path))
    _check_tensors(path, config, expected, tensors)
    # Copies: a tensor maps the file, and one overwritten in place would become noise.
    network.load_state_dict({name: tensors[name].clone() for name in expected}, assign=True)
    return network.eval().requires_grad_(requires_grad=False)


def _check_size(path: Path, numbers: int) -> None:
    """Refuse what cannot be such a file, before any of it is unpacked."""
    try:
        if not path.is_file():
            raise ModelError(f"There is no file {path}; check the name.")
        size = path.stat().st_size
        if _is_zip(path):
            with zipfile.ZipFile(path) as archive:
                size = max(size, sum(entry.file_size for entry in archive.infolist()))
    except zipfile.BadZipFile as error:
        raise _unreadable(path) from error
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.") from error
    if size > _LARGEST_SHARE * 4 * numbers + _LARGEST_EXTRA_BYTES:
        raise ModelError(
            f"{path} holds more than the weights of one network; name {_PUBLISHED_FILES}."
        )


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_ZIP_BEGINNING)) == _ZIP_BEGINNING


def _state(path: Path) -> Mapping[str, Any]:
    """The dictionary in the file, its tensors on the CPU."""
    try:
        # Mapped and not read: only what is copied out of it takes memory. The layout that torch
        # wrote before 1.6, one stream, cannot be mapped.
        state = torch.load(path, map_location="cpu", weights_only=True, mmap=_is_zip(path))
    except Exception as error:  # torch.load raises nearly anything on a damaged file
        raise _unreadable(path) from error
    if not isinstance(state, Mapping) or not all(
        isinstance(name, str) and isinstance(value, Tensor) for name, value in state.items()
    ):
        raise ModelError(f"{path} holds no network's weights; name {_PUBLISHED_FILES}.")
    return state


def _without_prefix(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(_PREFIX): value for name, value in state.items()}


def _check_tensors(
    path: Path,
    config: NetworkConfig,
    expected: Mapping[str, torch.Size],
    tensors: Mapping[str, Tensor],
) -> None:
    """Refuse another network's weights and numbers that are none."""
    shapes = {name: value.shape for name, value in tensors.items()}
    if shapes != dict(expected):
        raise ModelError(f"{path} {_difference(config.preset, expected, shapes)}")
    for name, value in tensors.items():
        if value.dtype != torch.float32:
            raise ModelError(f"{path} holds numbers of another kind than float32: {name}.")
        if not torch.isfinite(value).all():
            raise ModelError(f"{path} holds values that are not finite numbers: {name}.")


def _difference(
    preset: str, expected: Mapping[str, torch.Size], shapes: Mapping[str, torch.Size]
) -> str:
    """What does not fit, and the preset that would."""
    for other in PUBLISHED_PRESETS:
        if other != preset and _block_counts(shapes) == _block_counts_of(PRESETS[other]):
            return f"is of '{other}', not of '{preset}'; import it with --preset {other}."
    missing = sorted(set(expected) - set(shapes))
    if 2 * len(missing) > len(expected):
        return f"holds the weights of another network than '{preset}'."
    if missing:
        return f"lacks {len(missing)} of the {len(expected)} tensors of '{preset}': {missing[0]}."
    for name, shape in expected.items():
        if shapes[name] != shape:
            found = "x".join(map(str, shapes[name]))
            wanted = "x".join(map(str, shape))
            return f"is not of '{preset}': {name} is {found} there, not {wanted}."
    unknown = min(set(shapes) - set(expected))
    return f"is not of '{preset}', which has no {unknown}."


def _block_counts(shapes: Mapping[str, torch.Size]) -> tuple[int, int]:
    """Number of encoder and of decoder blocks that these keys speak of."""
    blocks = {tuple(name.split(".")[:3]) for name in shapes}
    return (
        sum(block[:2] == ("encoder", "enc_blocks") for block in blocks),
        sum(block[:2] == ("decoder", "dec_blocks") for block in blocks),
    )


def _block_counts_of(config: NetworkConfig) -> tuple[int, int]:
    return len(config.encoder_layers()), len(config.decoder_layers())


def _unreadable(path: Path) -> ModelError:
    return ModelError(
        f"{path} cannot be read as weights: it is cut short, or holds something else, of which "
        f"nothing was run; name {_PUBLISHED_FILES}."
    )
