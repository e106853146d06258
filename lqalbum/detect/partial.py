"""Partial reconstruction and S_KL: the paper's score, its map, its adaptive split level.

Source: T. Nanaumi, K. Kawamoto, H. Kera, "Low-Quality Image Detection by Hierarchical VAE",
arXiv 2408.10885. Layers are counted from the top here (0 = most abstract); the split level k is
the number of finest layers that come from the prior, so `kept = L - k` come from the posterior.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from lqalbum.hvae import HVAE, Descent
from lqalbum.hvae.network import Noise


@dataclass(frozen=True)
class SKL:
    """S_KL of a batch.

    Attributes:
        map: (N, h, w) nats per dimension on the finest latent grid; sums to the score.
    """

    map: Tensor

    @property
    def total(self) -> Tensor:
        """S_KL in nats per dimension, (N,)."""
        return self.map.flatten(1).sum(1)


def seeded_noise(keys: Sequence[str], sample: int) -> Noise:
    """Noise that depends on each photo's key and the sample's number alone.

    Args:
        keys: One per picture of the batch, such as the file's SHA-256.
        sample: 0 for the first sample.
    """
    seeds = [hashlib.sha256(f"{key}/{sample}".encode()).digest() for key in keys]

    def noise(index: int, shape: torch.Size) -> Tensor:
        rows = []
        for seed in seeds:
            # A generator per layer: a walk that skips layers still sees the same noise.
            number = int.from_bytes(seed[:7], "big") + index
            generator = torch.Generator().manual_seed(number)
            rows.append(torch.randn(shape[1:], generator=generator))
        return torch.stack(rows)

    return noise


def posterior_walk(network: HVAE, pixels: Tensor) -> Descent:
    """The whole posterior path along its means, deterministic.

    Args:
        network: The network.
        pixels: (N, 3, H, W) in 0-255.
    """
    return network.descend(network.encode(pixels))


def partial_walk(
    network: HVAE, descent: Descent, kept: int, noise: Noise, temperature: float
) -> Descent:
    """The walk whose top `kept` latents are those of `descent`, the others from the prior."""

    def prior_noise(index: int, shape: torch.Size) -> Tensor | None:
        # The kept layers follow the means, as the branch did.
        draw = noise(index, shape) if index >= kept else None
        return None if draw is None else draw.to(descent.parameters.device)

    return network.descend(
        descent.activations,
        kept=kept,
        noise=prior_noise,
        temperature=temperature,
        branch=descent,
    )


def partial_reconstruction(
    network: HVAE, descent: Descent, kept: int, noise: Noise, temperature: float
) -> Tensor:
    """Pictures whose top `kept` latents are those of `descent`, the others from the prior.

    Returns:
        (N, 3, H, W) float pixels in 0-255, rounded to whole levels.
    """
    return picture_of(network, partial_walk(network, descent, kept, noise, temperature))


def picture_of(network: HVAE, walk: Descent) -> Tensor:
    """The most likely pictures at the end of a walk, (N, 3, H, W) whole levels in 0-255."""
    return network.likelihood.picture(walk.parameters).round().clamp(0, 255)


def s_kl(network: HVAE, descent: Descent, reconstruction: Tensor, kept: int) -> SKL:
    """KL( q(z_kept | x) || q(z_kept | reconstruction) ) along the path of x (eq. 3).

    By the chain rule the sum over kept layers of the KL between the two posteriors given the
    same state above; each is a sum over positions, which is the map.

    Args:
        network: The network that made `descent`.
        descent: The posterior walk of x.
        reconstruction: (N, 3, H, W) in 0-255.
        kept: Number of top layers compared.
    """
    activations = network.encode(reconstruction)
    others = network.posteriors_along(descent, activations, kept)
    height, width = reconstruction.shape[-2:]
    dimensions = 3 * height * width
    finest = min(network.config.latent_strides())
    size = (height // finest, width // finest)
    total = reconstruction.new_zeros((len(reconstruction), *size))
    for layer, other in zip(descent.layers[:kept], others, strict=True):
        assert layer.posterior is not None
        nats = layer.posterior.float().kl(other.float()).sum(1)
        total = total + _spread(nats, size)
    return SKL(total / dimensions)


def log_rates(descent: Descent, dimensions: int) -> Tensor:
    """Log KL to the prior of each layer, (N, L), of nats per dimension."""
    columns = []
    for layer in descent.layers:
        assert layer.posterior is not None
        nats = layer.posterior.float().kl(layer.prior.float()).flatten(1).sum(1)
        columns.append(torch.log(nats / dimensions + 1e-9))
    return torch.stack(columns, dim=1)


def _spread(nats: Tensor, size: tuple[int, int]) -> Tensor:
    """Share each coarse position's nats evenly among the fine positions it covers."""
    factor = size[0] // nats.shape[1]
    fine = F.interpolate(nats.unsqueeze(1), size=size, mode="nearest").squeeze(1)
    return fine / factor**2
