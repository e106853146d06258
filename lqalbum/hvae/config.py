"""What a hierarchical VAE looks like: one frozen record, its layer strings, the presets.

The layer strings are those of R. Child, "Very Deep VAEs" (ICLR 2021) and its published code:
``64x11`` eleven blocks on the 64 grid, ``64d2`` a block that then halves the grid, ``8m4`` a
stochastic layer on the 8 grid fed by the up-sampled 4 grid. Two additions: in a network without
an ``image_size`` the numbers are strides instead of resolutions (``4x2``: two blocks where one
position covers 4x4 pixels), and ``2u4`` is a block without a latent on the up-sampled grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class EncoderLayer:
    """One encoder block: the stride it works on and how much it shrinks the grid afterwards."""

    stride: int
    down: int | None
    use_3x3: bool


@dataclass(frozen=True)
class DecoderLayer:
    """One decoder block: its stride, the coarser stride mixed in first, and whether it has z."""

    stride: int
    mixin: int | None
    latent: bool
    use_3x3: bool


@dataclass(frozen=True)
class NetworkConfig:
    """Everything that fixes the network's shape and likelihood.

    Attributes:
        preset: Name of the preset this configuration came from.
        encoder: Encoder layer string.
        decoder: Decoder layer string, coarsest grid first.
        width: Channels on every grid that `widths` does not name.
        widths: Pairs (stride, channels).
        latent_channels: Channels of each latent (zdim).
        bottleneck: Channels inside a block as a share of its width.
        patch: Side in pixels of the square the stem folds into channels.
        image_size: Side of the square pictures, or None for a fully convolutional network.
        position_bias_up_to: Largest resolution whose learnt start state is bound to positions;
            0: one value per channel on every grid, so that nothing is bound to a position.
        mixtures: Components of the discretised logistic mixture.
        levels: Grey levels of the likelihood's target, 256 or 32 (5 bit).
        log_scale_floor: Lower bound of the likelihood's log-scale, in [-1, 1] units.
        log_std_bound: Bound of the latents' log standard deviations, smooth; None: unbounded.
        activation: Non-linearity in the blocks.
        shift: Added to the 0-255 pixels before `scale`.
        scale: Factor that brings shifted pixels to unit variance.
        kl_weights: Pairs (stride, weight) of the KL terms in the training objective; 1 elsewhere.
        kept: Fewest and most top layers from the posterior when a picture is compared with its
            partial reconstruction; None: those of strides from 16 and from 8.
        high_frequency_quantile: Share of good pictures, 0-1, with so little high frequency that the
            fewest are kept.
        prior_temperature: Factor of the prior's standard deviation in that reconstruction.
        consistency: Weight of S_KL in the training objective, over all numbers of `kept` in turn:
            how far the posteriors of a good picture are from those of its own reconstruction.
    """

    preset: str
    encoder: str
    decoder: str
    width: int
    widths: tuple[tuple[int, int], ...] = ()
    latent_channels: int = 16
    bottleneck: float = 0.25
    patch: int = 1
    image_size: int | None = None
    position_bias_up_to: int = 0
    mixtures: int = 10
    levels: int = 256
    log_scale_floor: float = -7.0
    log_std_bound: float | None = None
    activation: Literal["gelu", "relu"] = "gelu"
    shift: float = -127.5
    scale: float = 1 / 127.5
    kl_weights: tuple[tuple[int, float], ...] = ()
    kept: tuple[int, int] | None = None
    high_frequency_quantile: float = 0.95
    prior_temperature: float = 1.0
    consistency: float = 0.0

    def stride_of(self, number: int) -> int:
        """The stride a number of the layer strings means.

        Raises:
            ValueError: A resolution that the picture's side is no multiple of.
        """
        if self.image_size is None:
            return number
        if self.image_size % number:
            raise ValueError(f"layer '{number}' does not divide the side {self.image_size}")
        return self.image_size // number

    def use_3x3(self, stride: int) -> bool:
        """False on 1x1 and 2x2 grids, where a 3x3 kernel would see mostly padding."""
        return self.image_size is None or self.image_size // stride > 2

    def width_at(self, stride: int) -> int:
        """Channels on the grid of this stride."""
        return dict(self.widths).get(stride, self.width)

    def kl_weight_at(self, stride: int) -> float:
        """Weight of a latent's KL in the training objective."""
        return dict(self.kl_weights).get(stride, 1.0)

    def encoder_layers(self) -> list[EncoderLayer]:
        """The encoder's blocks, finest grid first."""
        layers = []
        for number, kind, argument in _tokens(self.encoder):
            stride = self.stride_of(number)
            use_3x3 = self.use_3x3(stride)
            if kind == "x":
                layers += [EncoderLayer(stride, None, use_3x3)] * argument
            elif kind == "d":
                layers.append(EncoderLayer(stride, argument, use_3x3))
            else:
                raise ValueError(f"unknown encoder layer '{number}{kind}{argument}'")
        return layers

    def decoder_layers(self) -> list[DecoderLayer]:
        """The decoder's blocks, coarsest grid first."""
        layers = []
        for number, kind, argument in _tokens(self.decoder):
            stride = self.stride_of(number)
            use_3x3 = self.use_3x3(stride)
            if kind == "x":
                layers += [DecoderLayer(stride, None, True, use_3x3)] * argument
            elif kind in "mu":
                mixin = self.stride_of(argument)
                if mixin <= stride or mixin % stride:
                    raise ValueError(f"layer '{number}{kind}{argument}' mixes in no coarser grid")
                layers.append(DecoderLayer(stride, mixin, kind == "m", use_3x3))
            else:
                raise ValueError(f"unknown decoder layer '{number}{kind}{argument}'")
        return layers

    def latent_strides(self) -> tuple[int, ...]:
        """The stride of each stochastic layer, top (most abstract) first."""
        return tuple(layer.stride for layer in self.decoder_layers() if layer.latent)

    @property
    def coarsest_stride(self) -> int:
        """Picture sides must be multiples of this."""
        return max(layer.stride for layer in self.decoder_layers())

    def kept_layers(self) -> tuple[int, int]:
        """Fewest and most top layers kept from the posterior in a partial reconstruction."""
        if self.kept is not None:
            return self.kept
        strides = self.latent_strides()
        few, many = (sum(stride >= least for stride in strides) for least in (16, 8))
        return few, many

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> NetworkConfig:
        """Read what `to_json` wrote.

        Raises:
            TypeError, ValueError: Keys or values do not fit.
        """
        if not isinstance(data, dict):
            raise TypeError("a configuration is a dictionary")
        pairs = {
            key: tuple((int(stride), kind(value)) for stride, value in data.get(key, ()))
            for key, kind in (("widths", int), ("kl_weights", float))
        }
        kept = data.get("kept")
        if kept is not None:
            few, many = kept
            kept = int(few), int(many)
        config = cls(**{**data, **pairs, "kept": kept})
        config.encoder_layers(), config.decoder_layers()
        return config


def _tokens(layers: str) -> Iterator[tuple[int, str, int]]:
    for token in layers.split(","):
        kind = next((letter for letter in token if not letter.isdigit()), "")
        number, _, argument = token.partition(kind) if kind else (token, "", "")
        if not (number.isdecimal() and argument.isdecimal() and int(number) and int(argument)):
            raise ValueError(f"malformed layer '{token}'")
        yield int(number), kind, int(argument)


PRESETS: dict[str, NetworkConfig] = {
    # Fully convolutional, latents on strides 32 to 4, thin stem and head on stride 2.
    "photo": NetworkConfig(
        preset="photo",
        encoder="2x1,2d2,4x1,4d2,8x1,8d2,16x1,16d2,32x1",
        decoder="32x2,16m32,16x2,8m16,8x2,4m8,4x2,2u4",
        width=128,
        widths=((2, 32), (4, 64), (8, 96)),
        latent_channels=16,
        bottleneck=0.5,
        patch=2,
        mixtures=1,
        log_scale_floor=-3.5,
        log_std_bound=5.0,
        activation="relu",
        kl_weights=((32, 0.05), (16, 0.1), (8, 0.25), (4, 1.0)),
    ),
    # 128 px aligned face crops: the paper's score is at home here, and needs coarse layers that
    # carry information, down to one position for the whole face (`docs/experiments.md`, 12).
    "portrait": NetworkConfig(
        preset="portrait",
        encoder="32x1,32d2,16x1,16d2,8x2,8d2,4x2,4d4,1x1",
        decoder="1x2,4m1,4x2,8m4,8x3,16m8,16x2,32u16",
        width=96,
        widths=((4, 64), (8, 64)),
        latent_channels=16,
        bottleneck=0.5,
        patch=4,
        image_size=128,
        position_bias_up_to=64,
        mixtures=1,
        log_scale_floor=-2.5,
        log_std_bound=5.0,
        activation="relu",
        kl_weights=((128, 0.02), (32, 0.05), (16, 0.2), (8, 1.0)),
        kept=(9, 10),
        high_frequency_quantile=0.5,
        prior_temperature=1.9,
        consistency=0.3,
    ),
    # Source: the hyper-parameters published with openai/vdvae.
    "ffhq256": NetworkConfig(
        preset="ffhq256",
        encoder="256x3,256d2,128x8,128d2,64x12,64d2,32x17,32d2,16x7,16d2,8x5,8d2,4x5,4d4,1x4",
        decoder="1x2,4m1,4x3,8m4,8x4,16m8,16x9,32m16,32x21,64m32,64x13,128m64,128x7,256m128",
        width=512,
        image_size=256,
        position_bias_up_to=64,
        levels=32,
        shift=-112.8666757481,
        scale=1 / 69.84780273,
    ),
    "imagenet64": NetworkConfig(
        preset="imagenet64",
        encoder="64x11,64d2,32x20,32d2,16x9,16d2,8x8,8d2,4x7,4d4,1x5",
        decoder="1x2,4m1,4x3,8m4,8x7,16m8,16x15,32m16,32x31,64m32,64x12",
        width=512,
        image_size=64,
        position_bias_up_to=64,
        shift=-115.92961967,
        scale=1 / 69.37404,
    ),
}
