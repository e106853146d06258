"""Make a model of weights that others published."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lqalbum.jobs.models import may_replace

# As `hvae.published` has them; named here, so that the command line needs no torch.
IMPORTABLE_PRESETS: Final = ("ffhq256", "imagenet64")


@dataclass(frozen=True)
class ImportedModel:
    """What was written: how many numbers the network has, and its id."""

    parameters: int
    model_id: str


def import_model(source: Path, preset: str, output: Path) -> ImportedModel:
    """Write a model file of a weights file of openai/vdvae; it has no calibration yet.

    Args:
        source: the `.th` file; read as numbers only.
        preset: one of `IMPORTABLE_PRESETS`.
        output: the model file to write, under a temporary name first.

    Raises:
        ModelError: the source is damaged or of another network, or the output cannot be written.
    """
    from lqalbum.hvae import PRESETS, save_model
    from lqalbum.hvae.published import read_published

    network = read_published(source, PRESETS[preset])
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    recipe = {"published_by": "openai/vdvae", "file": source.name, "file_sha256": digest}
    model_id = save_model(
        output,
        network,
        name=output.stem,
        recipe=recipe,
        calibration={},
        may_replace=may_replace,
    )
    return ImportedModel(sum(one.numel() for one in network.parameters()), model_id)
