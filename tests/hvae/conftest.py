"""Networks small enough for a test: the photo preset's shape with a few channels."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch

from lqalbum.hvae import HVAE, PRESETS, NetworkConfig

# One thread: sums keep one order, so "the same bits" can be asked for, and tests do not compete.
torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny() -> NetworkConfig:
    """The photo preset with the same grids, few channels and one latent layer less per grid."""
    return replace(
        PRESETS["photo"],
        width=16,
        widths=((2, 8), (4, 8), (8, 12)),
        latent_channels=4,
        decoder="32x1,16m32,16x1,8m16,4m8,4x1,2u4",
    )


@pytest.fixture(scope="session")
def shaken() -> Callable[[NetworkConfig, int], HVAE]:
    """Make a network whose every weight is random: fresh ones have priors that are zero."""

    def make(config: NetworkConfig, seed: int) -> HVAE:
        generator = torch.Generator().manual_seed(seed)
        torch.manual_seed(seed)
        network = HVAE(config).eval().requires_grad_(requires_grad=False)
        for parameter in network.parameters():
            parameter += 0.1 * torch.randn(parameter.shape, generator=generator)
        return network

    return make


@pytest.fixture(scope="session")
def network(tiny: NetworkConfig, shaken: Callable[[NetworkConfig, int], HVAE]) -> HVAE:
    """The tiny photo network in float64; tests leave it as it is."""
    return shaken(tiny, 3).double()
