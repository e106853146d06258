"""Diagonal Gaussians: how distribution parameters travel through the network."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Gaussian:
    """A diagonal Gaussian; `mean` and `log_std` have the same shape (N, channels, h, w)."""

    mean: Tensor
    log_std: Tensor

    def sample(self, noise: Tensor | None, temperature: float = 1.0) -> Tensor:
        """Mean plus scaled noise.

        Args:
            noise: Standard normal, the shape of `mean`; None gives the mean.
            temperature: Factor of the standard deviation.
        """
        if noise is None:
            return self.mean
        return self.mean + torch.exp(self.log_std) * (temperature * noise)

    def float(self) -> Gaussian:
        """The same in float32, where autocast left bfloat16 behind; float64 stays."""
        if self.mean.dtype == torch.float64:
            return self
        return Gaussian(self.mean.float(), self.log_std.float())

    def rows(self, rows: Tensor) -> Gaussian:
        """Some pictures of the batch, by (n,) int64 indices."""
        return Gaussian(self.mean.index_select(0, rows), self.log_std.index_select(0, rows))

    def kl(self, other: Gaussian) -> Tensor:
        """KL(self || other) in nats, element by element, the shape of `mean`."""
        log_ratio = other.log_std - self.log_std
        shift = (self.mean - other.mean) * torch.exp(-other.log_std)
        # expm1: in float32 exp(-2r) - 1 would bury small terms and could make them negative.
        return log_ratio + 0.5 * (torch.expm1(-2 * log_ratio) + shift.square())


def bounded(raw: Tensor, bound: float | None) -> Tensor:
    """Squash log standard deviations smoothly into (-bound, bound); None leaves them alone."""
    return raw if bound is None else bound * torch.tanh(raw / bound)
