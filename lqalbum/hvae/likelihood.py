"""The likelihood of pixels: a discretised logistic mixture with channel coupling.

Source: T. Salimans et al., "PixelCNN++" (ICLR 2017), section 2.1-2.2, as used in R. Child,
"Very Deep VAEs". With one component it is a plain discretised logistic whose green and blue
means depend linearly on the channels before.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

PARAMETERS_PER_COMPONENT = 10


@dataclass(frozen=True)
class Likelihood:
    """Turns the decoder's output into nats and into pictures.

    Attributes:
        mixtures: Number of logistic components.
        levels: Grey levels of the target.
        log_scale_floor: Lower bound of the log-scale in [-1, 1] units.
        smooth_floor: Approach the floor smoothly, so that gradients never vanish at it.
    """

    mixtures: int
    levels: int
    log_scale_floor: float
    smooth_floor: bool

    def target(self, pixels: Tensor) -> Tensor:
        """Pixels (N, 3, H, W) in 0-255 as the target in [-1, 1], coarsened to `levels`."""
        if self.levels != 256:
            step = 256 // self.levels
            pixels = torch.floor(pixels / step) * step
        return (pixels - 127.5) / 127.5

    def nats(self, parameters: Tensor, pixels: Tensor) -> Tensor:
        """Negative log-likelihood in nats per position, summed over colours.

        Args:
            parameters: (N, 10 * mixtures, H, W), the published order of channels.
            pixels: (N, 3, H, W) in 0-255.

        Returns:
            (N, H, W).
        """
        target = self.target(pixels)
        log_weights, means, log_scales, coefficients = self._split(parameters)
        means = _couple(means, coefficients, target.unsqueeze(2))
        log_probability = self._log_probability(target.unsqueeze(2) - means, log_scales, target)
        total = log_probability.sum(dim=1) + log_weights
        if self.mixtures == 1:
            return -total[:, 0]
        return -torch.logsumexp(total, dim=1)

    def picture(self, parameters: Tensor) -> Tensor:
        """The most likely component's mean as pixels (N, 3, H, W) float in 0-255."""
        log_weights, means, _, coefficients = self._split(parameters)
        best = log_weights.argmax(dim=1, keepdim=True).unsqueeze(1)
        means = torch.gather(means, 2, best.expand(-1, 3, -1, -1, -1))[:, :, 0]
        coefficients = torch.gather(coefficients, 2, best.expand(-1, 3, -1, -1, -1))[:, :, 0]
        red = means[:, 0].clamp(-1, 1)
        green = (means[:, 1] + coefficients[:, 0] * red).clamp(-1, 1)
        blue = means[:, 2] + coefficients[:, 1] * red + coefficients[:, 2] * green
        coupled = torch.stack((red, green, blue.clamp(-1, 1)), dim=1)
        return coupled * 127.5 + 127.5

    def _split(self, parameters: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Log-weights (N, M, H, W); means, log-scales, coefficients (N, 3, M, H, W)."""
        n, _, height, width = parameters.shape
        m = self.mixtures
        log_weights = F.log_softmax(parameters[:, :m], dim=1)
        rest = parameters[:, m:].reshape(n, 3, 3 * m, height, width)
        means, log_scales, coefficients = torch.split(rest, m, dim=2)
        if self.smooth_floor:
            log_scales = self.log_scale_floor + F.softplus(log_scales - self.log_scale_floor)
        else:
            log_scales = log_scales.clamp(min=self.log_scale_floor)
        return log_weights, means, log_scales, torch.tanh(coefficients)

    def _log_probability(self, centred: Tensor, log_scales: Tensor, target: Tensor) -> Tensor:
        """Log of the probability mass of each target level, (N, 3, M, H, W)."""
        half_bin = 1 / (self.levels - 1)
        inverse = torch.exp(-log_scales)
        plus, minus = inverse * (centred + half_bin), inverse * (centred - half_bin)
        mass = torch.sigmoid(plus) - torch.sigmoid(minus)
        middle = inverse * centred
        # The density at the centre times the bin, where the mass underflows.
        density = middle - log_scales - 2 * F.softplus(middle)
        tiny = density - torch.log(torch.tensor((self.levels - 1) / 2))
        inner = torch.where(mass > 1e-5, torch.log(mass.clamp(min=1e-12)), tiny)
        target = target.unsqueeze(2)
        lowest = plus - F.softplus(plus)
        highest = -F.softplus(minus)
        return torch.where(target < -0.999, lowest, torch.where(target > 0.999, highest, inner))


def _couple(means: Tensor, coefficients: Tensor, target: Tensor) -> Tensor:
    """Let green depend on red, and blue on both (target: (N, 3, 1, H, W))."""
    red, green = target[:, 0], target[:, 1]
    coupled_green = means[:, 1] + coefficients[:, 0] * red
    coupled_blue = means[:, 2] + coefficients[:, 1] * red + coefficients[:, 2] * green
    return torch.stack((means[:, 0], coupled_green, coupled_blue), dim=1)
