"""The whole network: encoder, top-down decoder, and the walks down it that the score needs.

Source: R. Child, "Very Deep VAEs Generalize Autoregressive Models and Can Outperform Them on
Images" (ICLR 2021). Parameter names and shapes are those of the published code, so that its
weights load unchanged. Grids are known by their stride (pixels per position), not their size:
without an `image_size` any picture whose sides are multiples of the coarsest stride will do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lqalbum.hvae.config import DecoderLayer, NetworkConfig
from lqalbum.hvae.gaussian import Gaussian, bounded
from lqalbum.hvae.likelihood import PARAMETERS_PER_COMPONENT, Likelihood

# Standard normal noise for one stochastic layer: (layer index, shape) -> tensor, None: the mean.
Noise = Callable[[int, torch.Size], Tensor | None]
Grids = Mapping[int, Tensor]


def no_noise(_index: int, _shape: torch.Size) -> None:
    """The walk along the means."""
    return


def _conv(inputs: int, outputs: int, kernel: int) -> nn.Conv2d:
    layer = nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2)
    nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
    return layer


class Block(nn.Module):
    """Bottleneck block: 1x1, two 3x3, 1x1, each after the activation."""

    def __init__(
        self,
        config: NetworkConfig,
        inputs: int,
        outputs: int,
        *,
        middle: int,
        use_3x3: bool,
        residual: bool = False,
        down: int | None = None,
    ) -> None:
        super().__init__()
        kernel = 3 if use_3x3 else 1
        self.c1 = _conv(inputs, middle, 1)
        self.c2 = _conv(middle, middle, kernel)
        self.c3 = _conv(middle, middle, kernel)
        self.c4 = _conv(middle, outputs, 1)
        self.residual = residual
        self.down = down
        self.activation = F.gelu if config.activation == "gelu" else F.relu

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, h, w) to (N, outputs, h / down, w / down)."""
        y = self.c1(self.activation(x))
        y = self.c2(self.activation(y))
        y = self.c3(self.activation(y))
        y = self.c4(self.activation(y))
        if self.residual:
            y = x + y
        return y if self.down is None else F.avg_pool2d(y, self.down)


class Encoder(nn.Module):
    """Bottom-up path: a picture to one activation per grid."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.patch = config.patch
        self.in_conv = _conv(3 * config.patch**2, config.width_at(config.patch), 3)
        layers = config.encoder_layers()
        self.enc_blocks = nn.ModuleList()
        for layer in layers:
            width = config.width_at(layer.stride)
            middle = int(width * config.bottleneck)
            block = Block(
                config,
                width,
                width,
                middle=middle,
                use_3x3=layer.use_3x3,
                residual=True,
                down=layer.down,
            )
            block.c4.weight.data *= math.sqrt(1 / len(layers))
            self.enc_blocks.append(block)

    def forward(self, x: Tensor) -> dict[int, Tensor]:
        """Normalised pixels (N, 3, H, W) to activations (N, width, H / stride, W / stride)."""
        if self.patch > 1:
            x = F.pixel_unshuffle(x, self.patch)
        stride = self.patch
        x = self.in_conv(x)
        activations = {stride: x}
        for block in cast(list[Block], list(self.enc_blocks)):
            x = block(x)
            stride *= block.down or 1
            missing = self.config.width_at(stride) - x.shape[1]
            if missing > 0:
                x = F.pad(x, (0, 0, 0, 0, 0, missing))
            activations[stride] = x
        return activations


class DecBlock(nn.Module):
    """One layer of the top-down path, with its latent unless the layer has none."""

    def __init__(self, config: NetworkConfig, layer: DecoderLayer, total: int) -> None:
        super().__init__()
        self.layer = layer
        self.bound = config.log_std_bound
        width = config.width_at(layer.stride)
        middle = int(width * config.bottleneck)
        z = config.latent_channels
        self.latent_channels = z
        if layer.latent:
            self.enc = Block(config, 2 * width, 2 * z, middle=middle, use_3x3=layer.use_3x3)
            self.prior = Block(config, width, 2 * z + width, middle=middle, use_3x3=layer.use_3x3)
            nn.init.zeros_(self.prior.c4.weight)
            self.z_proj = _conv(z, width, 1)
            self.z_proj.weight.data *= math.sqrt(1 / total)
        self.resnet = Block(
            config, width, width, middle=middle, use_3x3=layer.use_3x3, residual=True
        )
        self.resnet.c4.weight.data *= math.sqrt(1 / total)

    def mixed(self, x: Tensor, grids: Grids) -> Tensor:
        """The grid's state plus the up-sampled coarser one, if the layer mixes one in."""
        if self.layer.mixin is None:
            return x
        coarse = grids[self.layer.mixin][:, : x.shape[1]]
        factor = self.layer.mixin // self.layer.stride
        return x + F.interpolate(coarse, scale_factor=factor, mode="nearest")

    def posterior_at(self, x: Tensor, activation: Tensor) -> Gaussian:
        """q(z | state above, picture)."""
        mean, raw = self.enc(torch.cat((x, activation), dim=1)).chunk(2, dim=1)
        return Gaussian(mean, bounded(raw, self.bound))

    def prior_at(self, x: Tensor) -> tuple[Gaussian, Tensor]:
        """p(z | state above) and the features the prior adds to the state."""
        z = self.latent_channels
        mean, raw, features = self.prior(x).split((z, z, x.shape[1]), dim=1)
        return Gaussian(mean, bounded(raw, self.bound)), features

    def merged(self, x: Tensor, features: Tensor, latent: Tensor) -> Tensor:
        """The state after this layer's latent is known."""
        merged: Tensor = self.resnet(x + features + self.z_proj(latent))
        return merged


class OutNet(nn.Module):
    """The likelihood head: one 1x1 convolution."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        outputs = PARAMETERS_PER_COMPONENT * config.mixtures * config.patch**2
        self.out_conv = _conv(config.width_at(config.patch), outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, width, h, w) to (N, outputs, h, w)."""
        y: Tensor = self.out_conv(x)
        return y


class Decoder(nn.Module):
    """Parameters of the top-down path; `HVAE` walks down it."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        layers = config.decoder_layers()
        self.dec_blocks = nn.ModuleList(DecBlock(config, layer, len(layers)) for layer in layers)
        self.bias_strides = _bias_strides(config)
        self.bias_xs = nn.ParameterList(
            nn.Parameter(torch.zeros(1, config.width_at(stride), side, side))
            for stride, side in self.bias_strides
        )
        width = config.width_at(config.patch)
        self.gain = nn.Parameter(torch.ones(1, width, 1, 1))
        self.bias = nn.Parameter(torch.zeros(1, width, 1, 1))
        self.out_net = OutNet(config)

    def blocks(self) -> list[DecBlock]:
        """The layers, coarsest first."""
        return cast(list[DecBlock], list(self.dec_blocks))


def _bias_strides(config: NetworkConfig) -> list[tuple[int, int]]:
    """(stride, side) of each learnt start state, coarsest first."""
    strides = sorted({layer.stride for layer in config.decoder_layers()}, reverse=True)
    if config.image_size is None:
        return [(stride, 1) for stride in strides]
    sides = ((stride, config.image_size // stride) for stride in strides)
    return [(stride, side) for stride, side in sides if side <= config.position_bias_up_to]


@dataclass(frozen=True)
class LayerPass:
    """What happened at one stochastic layer on the way down.

    Attributes:
        index: Layer number from the top (0 = most abstract).
        stride: Pixels per position.
        state: Input of the posterior and prior heads, (N, width, h, w).
        prior: p(z | above).
        posterior: q(z | above, picture), None where the latent came from the prior.
    """

    index: int
    stride: int
    state: Tensor
    prior: Gaussian
    posterior: Gaussian | None

    def rows(self, rows: Tensor) -> LayerPass:
        """The same of some pictures of the batch only."""
        posterior = None if self.posterior is None else self.posterior.rows(rows)
        state = self.state.index_select(0, rows)
        return replace(self, state=state, prior=self.prior.rows(rows), posterior=posterior)


@dataclass(frozen=True)
class Descent:
    """One walk down the decoder.

    Attributes:
        activations: What the walk was given, by stride.
        layers: One entry per stochastic layer walked, top first.
        snapshots: Grid states before each stochastic layer, so that another walk can branch off.
        parameters: The likelihood's parameters, (N, 10 * mixtures, H, W).
    """

    activations: Grids
    layers: tuple[LayerPass, ...]
    snapshots: tuple[Grids, ...]
    parameters: Tensor

    def rows(self, rows: Tensor) -> Descent:
        """The walk of some pictures of the batch only.

        Args:
            rows: (n,) int64 indices into the batch.
        """

        def chosen(grids: Grids) -> Grids:
            return {stride: grid.index_select(0, rows) for stride, grid in grids.items()}

        return Descent(
            chosen(self.activations),
            tuple(layer.rows(rows) for layer in self.layers),
            tuple(chosen(grids) for grids in self.snapshots),
            self.parameters.index_select(0, rows),
        )


class HVAE(nn.Module):
    """A very deep VAE."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self.likelihood = Likelihood(
            config.mixtures,
            config.levels,
            config.log_scale_floor,
            smooth_floor=config.log_std_bound is not None,
        )

    @property
    def layer_count(self) -> int:
        """Number of stochastic layers."""
        return len(self.config.latent_strides())

    def normalised(self, pixels: Tensor) -> Tensor:
        """Pixels (N, 3, H, W) in 0-255 as the network's input."""
        return (pixels + self.config.shift) * self.config.scale

    def encode(self, pixels: Tensor) -> dict[int, Tensor]:
        """Activations per stride of pixels (N, 3, H, W) in 0-255, sides multiples of the stride."""
        activations: dict[int, Tensor] = self.encoder(self.normalised(pixels))
        return activations

    def descend(
        self,
        activations: Grids,
        *,
        kept: int | None = None,
        noise: Noise = no_noise,
        temperature: float = 1.0,
        branch: Descent | None = None,
    ) -> Descent:
        """Walk down: the top `kept` latents from the posterior, the others from the prior.

        Args:
            activations: From `encode`; beyond `kept` layers only their shapes matter.
            kept: Layers from the posterior; None: all (the full reconstruction).
            noise: Noise per layer.
            temperature: Factor of the prior's standard deviation where it is sampled.
            branch: A walk of the same picture and noise whose top `kept` layers are reused.
        """
        kept = self.layer_count if kept is None else kept
        reuse = 0 if branch is None else min(kept, len(branch.layers) - 1)
        grids = dict(branch.snapshots[reuse]) if branch and reuse else self._start(activations)
        layers = list(branch.layers[:reuse]) if branch else []
        snapshots = list(branch.snapshots[:reuse]) if branch else []
        index = 0
        for block in self.decoder.blocks():
            if block.layer.latent:
                index += 1
                if index <= reuse:
                    continue
                snapshots.append(dict(grids))
                source = activations if index <= kept else None
                layers.append(self._step(block, index - 1, grids, source, noise, temperature))
            elif index > reuse or not reuse:
                state = block.mixed(grids[block.layer.stride], grids)
                grids[block.layer.stride] = block.resnet(state)
        return Descent(activations, tuple(layers), tuple(snapshots), self._head(grids))

    def _start(self, activations: Grids) -> dict[int, Tensor]:
        """The decoder's start state on every grid, before any latent."""
        biases = dict(
            zip((s for s, _ in self.decoder.bias_strides), self.decoder.bias_xs, strict=True)
        )
        start = {}
        for stride, activation in activations.items():
            if stride in biases:
                n, _, height, width = activation.shape
                start[stride] = biases[stride].expand(
                    n,
                    -1,
                    height if biases[stride].shape[2] == 1 else -1,
                    width if biases[stride].shape[3] == 1 else -1,
                )
            else:
                start[stride] = torch.zeros_like(activation)
        return start

    def _step(
        self,
        block: DecBlock,
        index: int,
        grids: dict[int, Tensor],
        activations: Grids | None,
        noise: Noise,
        temperature: float,
    ) -> LayerPass:
        """Walk through one stochastic layer and update `grids` in place."""
        stride = block.layer.stride
        state = block.mixed(grids[stride], grids)
        prior, features = block.prior_at(state)
        draw = noise(index, prior.mean.shape)
        if activations is None:
            posterior = None
            latent = prior.sample(draw, temperature)
        else:
            posterior = block.posterior_at(state, activations[stride])
            latent = posterior.sample(draw)
        grids[stride] = block.merged(state, features, latent)
        return LayerPass(index, stride, state, prior, posterior)

    def _head(self, grids: Grids) -> Tensor:
        finest = grids[self.config.patch]
        parameters: Tensor = self.decoder.out_net(finest * self.decoder.gain + self.decoder.bias)
        if self.config.patch > 1:
            parameters = F.pixel_shuffle(parameters, self.config.patch)
        return parameters.float() if parameters.dtype == torch.bfloat16 else parameters

    def posteriors_along(self, descent: Descent, activations: Grids, kept: int) -> list[Gaussian]:
        """q(z_i | z_above of `descent`, another picture) of the top `kept` layers.

        Args:
            descent: The walk of the first picture, whose states are kept.
            activations: `encode` of the other picture, of the same size.
            kept: Number of layers.
        """
        blocks = [block for block in self.decoder.blocks() if block.layer.latent]
        return [
            block.posterior_at(layer.state, activations[layer.stride])
            for block, layer in zip(blocks[:kept], descent.layers[:kept], strict=True)
        ]
