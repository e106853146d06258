"""Agreement with numbers that the published network definition gave on seeded random weights.

The networks are imported from weight files of the published layout, as people import theirs.
`reference/README.md` says how they were made. Errors are relative to the largest expected value.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from lqalbum.hvae import HVAE, PRESETS, Descent, load_model, save_model
from lqalbum.hvae.network import Noise
from lqalbum.hvae.published import read_published
from tests.hvae.published import FOLDER, reduced, weights_file

NAMES = ("imagenet64", "ffhq256")
PARAMETER_COUNTS = {"imagenet64": 125_005_860, "ffhq256": 114_874_852}
# The tolerances of the reference's README.
PRECISIONS = ((torch.float64, 1e-5), (torch.float32, 1e-3))
PARTIALS = (("imagenet64", 8), ("imagenet64", 14), ("ffhq256", 7), ("ffhq256", 13))
each_precision = pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS, ids=str)


@dataclass(frozen=True)
class Walk:
    """A network with the published weights and its full posterior walk."""

    network: HVAE
    descent: Descent
    pixels: NDArray[np.uint8]
    expected: dict[str, NDArray[np.float64]]


@cache
def walk(name: str, dtype: torch.dtype) -> Walk:
    """The reduced network of one preset; kept, because several tests look at it."""
    imported = read_published(weights_file(name), reduced(name))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.safetensors"
        save_model(path, imported, name=name, recipe={}, calibration={})
        network = load_model(path).network.to(dtype)
    with np.load(FOLDER / f"{name}-mini.npz") as archive:
        expected = dict(archive)
    pixels = expected.pop("pixels")
    descent = network.descend(
        network.encode(to_tensor(pixels, dtype)), noise=noise_from(dtype, 1000)
    )
    return Walk(network, descent, pixels, expected)


def to_tensor(pixels: NDArray[np.uint8], dtype: torch.dtype) -> Tensor:
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).to(dtype)


def noise_from(dtype: torch.dtype, base: int, kept: int | None = None, below: int = 0) -> Noise:
    """The reference's noise: from `base`, after `kept` layers from `below`."""

    def noise(index: int, shape: torch.Size) -> Tensor:
        start = base if kept is None or index < kept else below
        draw = np.random.RandomState(start + index).standard_normal(tuple(shape))
        return torch.from_numpy(draw).to(dtype)

    return noise


def assert_near(actual: Tensor, expected: NDArray[np.float64], tolerance: float) -> None:
    assert actual.shape == expected.shape
    error = np.abs(actual.double().numpy() - expected).max()
    assert error <= tolerance * np.abs(expected).max()


def thinned(values: Tensor) -> Tensor:
    """As the reference stores grids over 16: every so many positions."""
    step = max(1, values.shape[-1] // 16)
    return values[..., ::step, ::step]


def nats(values: Tensor) -> Tensor:
    return values.flatten(1).sum(1)


@each_precision
@pytest.mark.parametrize("name", NAMES)
def test_every_layer(name: str, dtype: torch.dtype, tolerance: float):
    reference = walk(name, dtype)
    assert len(reference.descent.layers) == sum(".kl_nats" in key for key in reference.expected)
    for layer in reference.descent.layers:
        start = f"layer{layer.index:02d}"
        assert layer.posterior is not None
        for kind, gaussian in (("posterior", layer.posterior), ("prior", layer.prior)):
            for what in ("mean", "log_std"):
                value = thinned(getattr(gaussian, what))
                assert_near(value, reference.expected[f"{start}.{kind}_{what}"], tolerance)
        kl = nats(layer.posterior.kl(layer.prior))
        assert_near(kl, reference.expected[f"{start}.kl_nats"], tolerance)


@each_precision
@pytest.mark.parametrize("name", NAMES)
def test_full_reconstruction_rate_and_distortion(name: str, dtype: torch.dtype, tolerance: float):
    reference = walk(name, dtype)
    descent, network = reference.descent, reference.network
    pixels = to_tensor(reference.pixels, dtype)
    assert_near(thinned(descent.parameters), reference.expected["logits"], tolerance)
    dimensions = pixels[0].numel()
    distortion = nats(network.likelihood.nats(descent.parameters, pixels)) / dimensions
    assert_near(distortion, reference.expected["distortion_nats_per_dim"], tolerance)
    rates = [nats(p.posterior.kl(p.prior)) for p in descent.layers if p.posterior is not None]
    rate = torch.stack(rates).sum(0) / dimensions
    assert_near(rate, reference.expected["rate_nats_per_dim"], tolerance)


@each_precision
@pytest.mark.parametrize(("name", "kept"), PARTIALS)
def test_partial_reconstruction(name: str, kept: int, dtype: torch.dtype, tolerance: float):
    reference = walk(name, dtype)
    partial = reference.network.descend(
        reference.descent.activations,
        kept=kept,
        noise=noise_from(dtype, 1000, kept, below=2000),
        temperature=float(reference.expected[f"partial{kept}.temperature"]),
        branch=reference.descent,
    )
    assert_near(thinned(partial.parameters), reference.expected[f"partial{kept}.logits"], tolerance)


@each_precision
@pytest.mark.parametrize(("name", "kept"), PARTIALS)
def test_s_kl_by_layer(name: str, kept: int, dtype: torch.dtype, tolerance: float):
    reference = walk(name, dtype)
    change = np.random.RandomState(kept).randint(-25, 26, reference.pixels.shape)
    other = np.clip(reference.pixels.astype(int) + change, 0, 255)
    activations = reference.network.encode(to_tensor(other, dtype))
    along = reference.network.posteriors_along(reference.descent, activations, kept)
    by_layer = [
        nats(layer.posterior.kl(gaussian))
        for layer, gaussian in zip(reference.descent.layers, along, strict=False)
        if layer.posterior is not None
    ]
    expected = reference.expected[f"partial{kept}.s_kl_nats_per_layer"]
    assert_near(torch.stack(by_layer, dim=1), expected, tolerance)


@pytest.mark.parametrize("name", NAMES)
def test_the_full_presets_have_the_published_keys_and_shapes(name: str):
    with (FOLDER / f"{name}-keys.tsv").open(encoding="utf-8", newline="") as file:
        published = {
            row["key"]: tuple(map(int, row["shape"].split("x")))
            for row in csv.DictReader(file, delimiter="\t")
        }
    with torch.device("meta"):
        network = HVAE(PRESETS[name])
    ours = {key: tuple(value.shape) for key, value in network.state_dict().items()}
    assert ours == published
    assert sum(value.numel() for value in network.parameters()) == PARAMETER_COUNTS[name]
