"""The reduced networks of the reference, whose weights are in the published layout."""

import json
from dataclasses import replace
from pathlib import Path

from lqalbum.hvae import PRESETS, NetworkConfig

FOLDER = Path(__file__).parent / "reference"


def reduced(name: str) -> NetworkConfig:
    """The configuration of one preset's reduced network."""
    shape = json.loads((FOLDER / f"{name}-mini.json").read_text("utf-8"))
    return replace(
        PRESETS[name],
        encoder=shape["enc_blocks"],
        decoder=shape["dec_blocks"],
        width=shape["width"],
        latent_channels=shape["zdim"],
    )


def weights_file(name: str) -> Path:
    """Its weights, as `torch.save` wrote them."""
    return FOLDER / f"{name}-mini.th"
