"""Diagonal Gaussians against torch.distributions."""

import pytest
import torch
from torch.distributions import Normal, kl_divergence

from lqalbum.hvae import Gaussian
from lqalbum.hvae.gaussian import bounded


def random_gaussian(seed: int) -> Gaussian:
    generator = torch.Generator().manual_seed(seed)
    mean, log_std = torch.randn((2, 3, 4, 5, 6), generator=generator, dtype=torch.float64)
    return Gaussian(2 * mean, log_std)


def to_float32(gaussian: Gaussian) -> Gaussian:
    return Gaussian(gaussian.mean.float(), gaussian.log_std.float())


def test_kl_agrees_with_torch_distributions():
    one, other = random_gaussian(1), random_gaussian(2)
    expected = kl_divergence(
        Normal(one.mean, one.log_std.exp()), Normal(other.mean, other.log_std.exp())
    )
    torch.testing.assert_close(one.kl(other), expected, rtol=1e-12, atol=1e-12)


def test_kl_to_itself_is_zero():
    gaussian = random_gaussian(1)
    assert gaussian.kl(gaussian).abs().max() == 0


def test_kl_stays_finite_between_extremes():
    wide = Gaussian(torch.zeros(1), torch.full((1,), 5.0))
    narrow = Gaussian(torch.ones(1), torch.full((1,), -5.0))
    assert torch.isfinite(wide.kl(narrow)).all()
    assert torch.isfinite(narrow.kl(wide)).all()


def test_samples_have_the_mean_and_the_scaled_deviation():
    gaussian = Gaussian(torch.full((200_000,), 3.0), torch.full((200_000,), 0.5))
    noise = torch.randn(200_000, generator=torch.Generator().manual_seed(0))
    sample = gaussian.sample(noise, temperature=0.7)
    # Standard errors: 0.0026 of the mean, 0.0018 of the deviation; five of them.
    assert sample.mean().item() == pytest.approx(3.0, abs=0.013)
    assert sample.std().item() == pytest.approx(0.7 * torch.tensor(0.5).exp().item(), abs=0.01)


def test_without_noise_or_at_temperature_zero_a_sample_is_the_mean():
    gaussian = random_gaussian(1)
    assert torch.equal(gaussian.sample(None), gaussian.mean)
    assert torch.equal(gaussian.sample(torch.ones_like(gaussian.mean), 0.0), gaussian.mean)


def test_float_raises_reduced_precision_and_leaves_double():
    half = Gaussian(torch.ones(2, dtype=torch.bfloat16), torch.zeros(2, dtype=torch.bfloat16))
    assert half.float().mean.dtype == half.float().log_std.dtype == torch.float32
    double = random_gaussian(1)
    assert double.float().mean.dtype == torch.float64


def test_the_bound_is_smooth_and_odd():
    raw = torch.linspace(-40, 40, 801, dtype=torch.float64, requires_grad=True)
    squashed = bounded(raw, 5.0)
    assert squashed.abs().max() <= 5
    assert (squashed.diff() >= 0).all()
    small = raw.abs() < 0.5
    # tanh x = x - x^3/3 + ...: within 0.5 of zero the bound of 5 takes off at most 0.0017.
    assert (squashed - raw)[small].abs().max() < 0.002
    inner = raw.abs() < 10
    (gradient,) = torch.autograd.grad(squashed.sum(), raw)
    assert (gradient[inner] > 0.05).all()
    assert bounded(raw, None) is raw


def test_small_kl_keeps_its_digits_in_float32():
    one = random_gaussian(1)
    near = Gaussian(one.mean + 1e-4 * one.log_std, one.log_std + 1e-4 * one.mean)
    expected = one.kl(near)
    actual = to_float32(one).kl(to_float32(near))
    # What is left is the rounding of the inputs, 6e-8 of values near 1 beside steps of 1e-4.
    assert (actual.sum() / expected.sum()).item() == pytest.approx(1, abs=5e-3)
    assert actual.min() > -1e-10
