"""The walks down the network: shapes of any kind, branching, partial reconstruction."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from lqalbum.hvae import HVAE, PRESETS, Descent, NetworkConfig


def picture(height: int, width: int, count: int = 1, seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(0, 256, (count, 3, height, width), generator=generator).double()


def drawn(seed: int) -> Callable[[int, torch.Size], Tensor]:
    def noise(index: int, shape: torch.Size) -> Tensor:
        generator = torch.Generator().manual_seed(1000 * seed + index)
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    return noise


def assert_same_walk(one: Descent, other: Descent) -> None:
    # Bit for bit: the same operations on the same numbers, one thread.
    assert torch.equal(one.parameters, other.parameters)
    assert len(one.layers) == len(other.layers)
    for a, b in zip(one.layers, other.layers, strict=True):
        assert (a.index, a.stride) == (b.index, b.stride)
        assert torch.equal(a.state, b.state)
        assert torch.equal(a.prior.mean, b.prior.mean)
        assert (a.posterior is None) == (b.posterior is None)


@pytest.mark.parametrize(("height", "width"), [(32, 32), (64, 96), (96, 64), (32, 160)])
def test_the_photo_preset_takes_any_aspect_ratio(network: HVAE, height: int, width: int):
    descent = network.descend(network.encode(picture(height, width, count=2)))
    assert descent.parameters.shape == (2, 10, height, width)
    assert [layer.stride for layer in descent.layers] == [32, 16, 16, 8, 4, 4]
    for layer in descent.layers:
        assert layer.posterior is not None
        assert layer.posterior.mean.shape == (2, 4, height // layer.stride, width // layer.stride)
    assert torch.isfinite(descent.parameters).all()


def test_the_full_size_photo_preset_takes_a_photo():
    network = HVAE(PRESETS["photo"]).eval()
    with torch.inference_mode():
        descent = network.descend(network.encode(picture(64, 96).float()))
    assert descent.parameters.shape == (1, 10, 64, 96)
    assert [layer.index for layer in descent.layers] == list(range(network.layer_count))


def test_a_position_knows_no_absolute_place(network: HVAE):
    # Shifting a picture by the coarsest stride shifts everything that is far from any border.
    wide = picture(32, 32 * 31)
    middle = []
    for start in (0, 32):
        window = wide[..., start : start + 32 * 30]
        walk = network.descend(network.encode(window))
        middle.append(walk.parameters[..., 32 * 15 - start : 32 * 16 - start])
    torch.testing.assert_close(middle[0], middle[1], rtol=1e-9, atol=1e-9)


def test_the_portrait_preset_is_of_one_size(shaken: Callable[[NetworkConfig, int], HVAE]):
    config = replace(PRESETS["portrait"], width=8, widths=(), latent_channels=2)
    network = shaken(config, 1)
    descent = network.descend(network.encode(picture(128, 128).float()))
    assert descent.parameters.shape == (1, 10, 128, 128)
    with pytest.raises(RuntimeError):
        network.descend(network.encode(picture(128, 160).float()))
    assert [layer.stride for layer in descent.layers] == [128] * 2 + [32] * 3 + [16] * 4 + [8] * 3


def test_the_portraits_start_state_is_bound_to_positions():
    # Learnt start states on every grid that is walked, one value per position.
    network = HVAE(replace(PRESETS["portrait"], width=8, widths=(), latent_channels=2))
    assert [tuple(b.shape[2:]) for b in network.decoder.bias_xs] == [
        (1, 1),
        (4, 4),
        (8, 8),
        (16, 16),
        (32, 32),
    ]
    photo = HVAE(replace(PRESETS["photo"], width=8, widths=(), latent_channels=2))
    assert {tuple(b.shape[2:]) for b in photo.decoder.bias_xs} == {(1, 1)}


@pytest.mark.parametrize("branched", [False, True])
def test_keeping_all_layers_is_the_full_reconstruction(network: HVAE, branched: bool):
    activations = network.encode(picture(64, 32))
    full = network.descend(activations, noise=drawn(1))
    kept = network.descend(
        activations,
        kept=network.layer_count,
        noise=drawn(1),
        temperature=0.3,
        branch=full if branched else None,
    )
    assert_same_walk(kept, full)


@pytest.mark.parametrize("kept", range(7))
def test_branching_off_a_walk_equals_walking_anew(network: HVAE, kept: int):
    activations = network.encode(picture(32, 64, count=2))
    full = network.descend(activations, noise=drawn(1))

    def noise(index: int, shape: torch.Size) -> Tensor:
        return drawn(1 if index < kept else 2)(index, shape)

    anew = network.descend(activations, kept=kept, noise=noise, temperature=0.5)
    branch = network.descend(activations, kept=kept, noise=noise, temperature=0.5, branch=full)
    assert_same_walk(branch, anew)
    assert [layer.posterior is not None for layer in anew.layers] == [
        index < kept for index in range(network.layer_count)
    ]


def test_branching_passes_a_block_without_a_latent_in_the_middle(
    tiny: NetworkConfig, shaken: Callable[[NetworkConfig, int], HVAE]
):
    config = replace(tiny, decoder="32x1,16u32,16x1,8u16,8x1,4u8,4x1,2u4")
    network = shaken(config, 2).double()
    activations = network.encode(picture(32, 32))
    full = network.descend(activations)
    for kept in range(network.layer_count + 1):
        anew = network.descend(activations, kept=kept)
        assert_same_walk(network.descend(activations, kept=kept, branch=full), anew)


def test_a_branch_leaves_the_walk_it_came_from_alone(network: HVAE):
    activations = network.encode(picture(32, 32))
    full = network.descend(activations)
    before = [{k: v.clone() for k, v in grids.items()} for grids in full.snapshots]
    network.descend(activations, kept=3, noise=drawn(4), branch=full)
    for grids, copies in zip(full.snapshots, before, strict=True):
        assert all(torch.equal(grids[stride], copies[stride]) for stride in copies)


def test_below_the_kept_layers_the_picture_is_not_looked_at(network: HVAE):
    one, other = (network.encode(picture(32, 32, seed=seed)) for seed in (1, 2))
    walks = [network.descend(activations, kept=0, noise=drawn(1)) for activations in (one, other)]
    assert_same_walk(*walks)
    kept = [network.descend(activations, kept=1, noise=drawn(1)) for activations in (one, other)]
    assert not torch.equal(kept[0].parameters, kept[1].parameters)


def test_temperature_zero_is_the_mean_of_the_prior(network: HVAE):
    activations = network.encode(picture(32, 32))
    cold = network.descend(activations, kept=2, temperature=0.0, noise=drawn(3))
    means = network.descend(activations, kept=2)
    # The kept layers still sample, so only the walk that keeps none is the same throughout.
    assert not torch.equal(cold.parameters, means.parameters)
    cold = network.descend(activations, kept=0, temperature=0.0, noise=drawn(3))
    assert_same_walk(cold, network.descend(activations, kept=0))


def test_posteriors_along_the_own_path_are_the_own_posteriors(network: HVAE):
    activations = network.encode(picture(32, 64))
    descent = network.descend(activations, noise=drawn(1))
    for kept in (0, 3, network.layer_count):
        along = network.posteriors_along(descent, activations, kept)
        assert len(along) == kept
        for layer, gaussian in zip(descent.layers[:kept], along, strict=True):
            assert layer.posterior is not None
            assert torch.equal(gaussian.mean, layer.posterior.mean)
            assert torch.equal(gaussian.log_std, layer.posterior.log_std)


def test_log_deviations_of_our_presets_are_bounded(
    tiny: NetworkConfig, shaken: Callable[[NetworkConfig, int], HVAE]
):
    network = shaken(tiny, 1)
    for block in network.decoder.blocks():
        if block.layer.latent:
            block.prior.c4.bias *= 1000
            block.enc.c4.bias *= 1000
    descent = network.descend(network.encode(picture(32, 32).float()))
    for layer in descent.layers:
        assert layer.posterior is not None
        for gaussian in (layer.posterior, layer.prior):
            # Far beyond the bound before it is applied, so at it after.
            assert 4.99 < gaussian.log_std.abs().max() <= 5.0


def test_a_batch_is_its_pictures_one_by_one(network: HVAE):
    pictures = picture(32, 64, count=3)
    together = network.descend(network.encode(pictures)).parameters
    alone = [network.descend(network.encode(one[None])).parameters for one in pictures]
    # Another batch size may add in another order: float64 rounding only.
    torch.testing.assert_close(together, torch.cat(alone), rtol=1e-10, atol=1e-10)
