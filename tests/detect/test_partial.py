"""Partial reconstruction and S_KL against a slow, plain re-derivation from the formulas."""

import copy
import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor

from lqalbum.detect.partial import (
    log_rates,
    partial_reconstruction,
    posterior_walk,
    s_kl,
    seeded_noise,
)
from lqalbum.hvae import HVAE

KEPT = 4


@pytest.fixture(scope="module")
def double(network: HVAE) -> HVAE:
    """The tiny network in float64: differences are then the formula's, not rounding."""
    return copy.deepcopy(network).double()


@pytest.fixture(scope="module")
def pixels(photo: Callable[[int, int, int], np.ndarray]) -> Tensor:
    """Two pictures 32x64."""
    frames = np.stack([photo(32, 64, seed) for seed in (1, 2)])
    return torch.from_numpy(frames).permute(0, 3, 1, 2).double()


def kl_of_two_gaussians(m: float, log_s: float, other_m: float, other_log_s: float) -> float:
    """KL( N(m, s) || N(m', s') ) with variances, as textbooks have it."""
    s, other_s = math.exp(log_s), math.exp(other_log_s)
    return math.log(other_s / s) + (s * s + (m - other_m) ** 2) / (2 * other_s * other_s) - 0.5


def plain_s_kl_map(network: HVAE, x: Tensor, other: Tensor, kept: int) -> np.ndarray:
    """Eq. 3 for one picture, number by number: its own walk down, its own KL, its own sharing."""
    height, width = x.shape[-2:]
    finest = 4
    total = np.zeros((height // finest, width // finest))
    seen, seen_other = network.encode(x), network.encode(other)
    starts = dict(zip((32, 16, 8, 4, 2), network.decoder.bias_xs, strict=True))
    grids = {s: b.expand(1, -1, height // s, width // s).clone() for s, b in starts.items()}
    for layer_number, block in enumerate(network.decoder.blocks()):
        stride = block.layer.stride
        state = grids[stride]
        if block.layer.mixin is not None:
            factor = block.layer.mixin // stride
            coarse = grids[block.layer.mixin][:, : state.shape[1]]
            state = state + coarse.repeat_interleave(factor, 2).repeat_interleave(factor, 3)
        if not block.layer.latent or layer_number == kept:
            break
        heads = [
            block.enc(torch.cat((state, activation[stride]), 1))
            for activation in (seen, seen_other)
        ]
        channels = heads[0].shape[1] // 2
        share = stride // finest
        for row in range(state.shape[2]):
            for column in range(state.shape[3]):
                nats = 0.0
                for channel in range(channels):
                    (m, log_s), (other_m, other_log_s) = (
                        (
                            head[0, channel, row, column].item(),
                            # The log deviations of this preset are bounded at 5.
                            5 * math.tanh(head[0, channels + channel, row, column].item() / 5),
                        )
                        for head in heads
                    )
                    nats += kl_of_two_gaussians(m, log_s, other_m, other_log_s)
                rows = slice(row * share, (row + 1) * share)
                columns = slice(column * share, (column + 1) * share)
                total[rows, columns] += nats / share**2
        prior = block.prior(state)
        latent = heads[0][:, :channels]  # along the means
        grids[stride] = block.resnet(state + prior[:, 2 * channels :] + block.z_proj(latent))
    return total / (3 * height * width)


@pytest.mark.parametrize("kept", [1, 3, 6])
def test_s_kl_agrees_with_a_plain_derivation(double: HVAE, pixels: Tensor, kept: int):
    other = (pixels + 40).clamp(0, 255).flip(3)
    descent = posterior_walk(double, pixels)
    result = s_kl(double, descent, other, kept)
    for row in range(len(pixels)):
        expected = plain_s_kl_map(double, pixels[row : row + 1], other[row : row + 1], kept)
        # float64 on both sides; sums in another order.
        np.testing.assert_allclose(result.map[row].numpy(), expected, rtol=1e-9, atol=1e-15)
        assert result.total[row].item() == pytest.approx(expected.sum(), rel=1e-10)
        assert expected.sum() > 0


def test_the_map_sums_to_the_number(double: HVAE, pixels: Tensor):
    result = s_kl(double, posterior_walk(double, pixels), pixels.flip(2), KEPT)
    assert result.map.shape == (2, 8, 16)
    torch.testing.assert_close(result.total, result.map.sum((1, 2)))
    assert (result.map >= 0).all()


def test_a_picture_does_not_differ_from_itself(double: HVAE, pixels: Tensor):
    result = s_kl(double, posterior_walk(double, pixels), pixels, KEPT)
    assert result.total.abs().max() == 0


def test_more_layers_can_only_add(double: HVAE, pixels: Tensor):
    descent = posterior_walk(double, pixels)
    totals = [s_kl(double, descent, pixels.flip(2), kept).total for kept in range(1, 7)]
    assert (torch.stack(totals).diff(dim=0) > 0).all()


def log_density(value: Tensor, mean: Tensor, log_std: Tensor) -> Tensor:
    """Log density of a diagonal Gaussian, one number per picture."""
    z = (value - mean) / log_std.exp()
    return (-0.5 * z * z - log_std - 0.5 * math.log(2 * math.pi)).flatten(1).sum(1)


def test_the_chain_rule(double: HVAE, pixels: Tensor):
    """The sum over layers is the KL between the joint posteriors.

    Over sampled paths of x: log q(z|x) - log q(z|y), a plain Monte-Carlo KL of the joints, has
    the same mean as the sum of the layers' closed forms along those paths.
    """
    paths = 400
    x = pixels[:1].expand(paths, -1, -1, -1)[..., :32]
    y = x.flip(3)
    draws: dict[int, Tensor] = {}

    def noise(index: int, shape: torch.Size) -> Tensor:
        generator = torch.Generator().manual_seed(index)
        draws[index] = torch.randn(shape, generator=generator, dtype=torch.float64)
        return draws[index]

    descent = double.descend(double.encode(x), noise=noise)
    others = double.posteriors_along(descent, double.encode(y), KEPT)
    ratios = torch.zeros(paths, dtype=torch.float64)
    closed = torch.zeros(paths, dtype=torch.float64)
    for layer, other in zip(descent.layers[:KEPT], others, strict=True):
        own = layer.posterior
        assert own is not None
        z = own.mean + own.log_std.exp() * draws[layer.index]
        ratios += log_density(z, own.mean, own.log_std)
        ratios -= log_density(z, other.mean, other.log_std)
        closed += own.kl(other).flatten(1).sum(1)
    difference = ratios - closed
    error = difference.std() / math.sqrt(paths)
    assert difference.mean().abs() < 4 * error
    # The test can tell: a tenth of the KL missing would be seen.
    assert 4 * error < 0.1 * closed.mean()


def test_all_layers_kept_is_the_full_reconstruction(double: HVAE, pixels: Tensor):
    descent = posterior_walk(double, pixels)
    noise = seeded_noise(["a", "b"], 0)
    whole = partial_reconstruction(double, descent, double.layer_count, noise, 0.7)
    expected = double.likelihood.picture(descent.parameters).round().clamp(0, 255)
    assert torch.equal(whole, expected)


@pytest.mark.parametrize("kept", range(6))
def test_a_partial_reconstruction_is_a_picture_that_hangs_on_the_key(
    double: HVAE, pixels: Tensor, kept: int
):
    descent = posterior_walk(double, pixels)

    def made(keys: list[str], sample: int, temperature: float = 0.7) -> Tensor:
        noise = seeded_noise(keys, sample)
        return partial_reconstruction(double, descent, kept, noise, temperature)

    picture = made(["a", "b"], 0)
    assert picture.shape == pixels.shape
    assert torch.equal(picture, picture.round().clamp(0, 255))
    assert torch.equal(picture, made(["a", "b"], 0))
    assert torch.equal(picture[0], made(["a", "c"], 0)[0])
    assert not torch.equal(picture[1], made(["a", "c"], 0)[1])
    assert not torch.equal(picture, made(["a", "b"], 1))
    cold = made(["a", "b"], 0, temperature=0.0)
    assert torch.equal(cold, made(["c", "d"], 5, temperature=0.0))


def test_seeded_noise_is_standard_normal_and_distinct():
    noise = seeded_noise(["one", "two"], 0)
    shape = torch.Size((2, 4, 64, 64))
    first, second = noise(0, shape), noise(1, shape)
    assert first.shape == shape
    # 32,768 numbers: standard errors 0.0055 of the mean, 0.0039 of the deviation; five of them.
    assert abs(first.mean().item()) < 0.028
    assert first.std().item() == pytest.approx(1, abs=0.02)
    for a, b in (
        (first[0], first[1]),
        (first, second),
        (first, seeded_noise(["one", "two"], 1)(0, shape)),
    ):
        correlation = torch.corrcoef(torch.stack((a.flatten(), b.flatten())))[0, 1]
        assert abs(correlation.item()) < 0.04


def test_log_rates_are_those_of_the_layers(double: HVAE, pixels: Tensor):
    descent = posterior_walk(double, pixels)
    rates = log_rates(descent, pixels[0].numel())
    assert rates.shape == (2, double.layer_count)
    for index, layer in enumerate(descent.layers):
        own, prior = layer.posterior, layer.prior
        assert own is not None
        expected = torch.distributions.kl_divergence(
            torch.distributions.Normal(own.mean, own.log_std.exp()),
            torch.distributions.Normal(prior.mean, prior.log_std.exp()),
        )
        per_dimension = expected.sum((1, 2, 3)) / (3 * 32 * 64)
        torch.testing.assert_close(rates[:, index].exp(), per_dimension + 1e-9)
