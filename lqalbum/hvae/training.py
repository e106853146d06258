"""Training: crops, one step, and a loop that survives being interrupted at any moment."""

from __future__ import annotations

import io
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from lqalbum.errors import ModelError
from lqalbum.hvae.config import NetworkConfig
from lqalbum.hvae.network import HVAE, Descent, Noise
from lqalbum.hvae.sentences import said
from lqalbum.sentences import system_words
from lqalbum.wholefile import whole_file

Pictures = NDArray[np.uint8]


@dataclass(frozen=True)
class TrainingOptions:
    """How to train.

    Attributes:
        steps: Optimiser steps in all; the learning rate falls to nothing over them.
        minutes: Time limit that replaces `steps` as the horizon where it ends earlier.
        batch_size: Crops per step.
        crop_px: Side of the square crops.
        scales: Smallest and largest share by which a picture is shrunk before the crop.
        native_share: Share of crops taken at the largest scale.
        learning_rate: Peak of the cosine schedule.
        warm_up_steps: Steps over which the rate rises linearly.
        weight_decay: Decoupled weight decay.
        clip_norm: Gradient norm above which gradients are scaled down.
        skip_norm: Gradient norm above which the step is skipped.
        ema_decay: Decay of the averaged weights that are shipped.
        checkpoint_s: Seconds between checkpoints.
        report_steps: Steps between progress reports.
        seed: Seed of crops, noise and initial weights.
    """

    steps: int = 50_000
    minutes: float | None = None
    batch_size: int = 8
    crop_px: int = 128
    scales: tuple[float, float] = (0.5, 1.0)
    native_share: float = 0.5
    learning_rate: float = 1.5e-3
    warm_up_steps: int = 200
    weight_decay: float = 0.01
    clip_norm: float = 1.0
    skip_norm: float = 200.0
    ema_decay: float = 0.999
    checkpoint_s: float = 180.0
    report_steps: int = 50
    seed: int = 0


@dataclass(frozen=True)
class TrainingProgress:
    """Means over the steps since the last report; rates and distortion in nats per dimension.

    `rate_by_stride` pairs each latent grid's stride with its unweighted KL.
    """

    step: int
    steps: int
    elapsed_s: float
    eta_s: float
    distortion: float
    rate: float
    rate_by_stride: tuple[tuple[int, float], ...]
    skipped: int
    learning_rate: float

    @property
    def bits_per_dim(self) -> float:
        """The bound on the code length, in bits per pixel and colour."""
        return (self.distortion + self.rate) / math.log(2)


class Trainer:
    """A network with its optimiser, averaged weights and position in the run."""

    def __init__(self, config: NetworkConfig, options: TrainingOptions, device: str) -> None:
        torch.manual_seed(options.seed)
        self.options = options
        self.device = torch.device(device)
        self.network = HVAE(config)
        self.network.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(),
            lr=options.learning_rate,
            betas=(0.9, 0.95),
            weight_decay=options.weight_decay,
        )
        self.step = 0
        self.skipped = 0
        self.elapsed_s = 0.0
        self._checkpoint: os.stat_result | None = None
        self.autocast = autocast_dtype(self.device)

    def initialise(self, network: HVAE) -> None:
        """Start from the weights of another network of the same shape.

        Raises:
            ModelError: The shapes differ.
        """
        try:
            self.network.load_state_dict(network.state_dict())
        except RuntimeError as error:
            raise ModelError(said("other-shape")) from error
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}

    def progress_share(self) -> float:
        """How much of the run is done, 0 to 1, by steps or by time, whichever is further."""
        share = self.step / self.options.steps
        if self.options.minutes is not None:
            share = max(share, self.elapsed_s / (60 * self.options.minutes))
        return min(share, 1.0)

    def rate_now(self) -> float:
        """Learning rate of the next step: linear warm-up, then a cosine to one hundredth."""
        warm = min(1.0, (self.step + 1) / max(1, self.options.warm_up_steps))
        cosine = 0.5 * (1 + math.cos(math.pi * self.progress_share()))
        return self.options.learning_rate * warm * (0.01 + 0.99 * cosine)

    def take_step(self, crops: Tensor) -> tuple[float, dict[int, float]]:
        """One optimiser step on crops (N, 3, s, s) uint8.

        Returns:
            Distortion and KL by stride, nats per dimension.
        """
        generator = torch.Generator().manual_seed(self.options.seed * 1_000_003 + self.step)

        def noise(_index: int, shape: torch.Size) -> Tensor:
            return torch.randn(shape, generator=generator).to(self.device)

        pixels = crops.to(self.device, dtype=torch.float32)
        pixels = pixels.contiguous(memory_format=torch.channels_last)
        with torch.autocast(
            self.device.type, dtype=self.autocast or torch.bfloat16, enabled=bool(self.autocast)
        ):
            descent = self.network.descend(self.network.encode(pixels), noise=noise)
            inconsistency = self._inconsistency(descent, pixels, noise)
        config = self.network.config
        distortion, rates = objective_terms(self.network, descent, pixels)
        weighted = [config.kl_weight_at(stride) * rate for stride, rate in rates.items()]
        loss = distortion + torch.stack(weighted).sum() + config.consistency * inconsistency
        self._update(loss)
        return distortion.item(), {stride: rate.item() for stride, rate in rates.items()}

    def _inconsistency(self, descent: Descent, pixels: Tensor, noise: Noise) -> Tensor | float:
        """S_KL of this step's pictures at one of the levels that the configuration names."""
        config = self.network.config
        if not config.consistency:
            return 0.0
        few, many = config.kept_layers()
        kept = few + self.step % (many - few + 1)
        return inconsistency(self.network, descent, pixels, kept, noise)

    def _update(self, loss: Tensor) -> None:
        rate = self.rate_now()
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.options.clip_norm)
        self.step += 1
        if not torch.isfinite(norm) or norm > self.options.skip_norm:
            self.skipped += 1
            return
        self.optimiser.step()
        # Early averages forget the initial weights quickly.
        decay = min(self.options.ema_decay, (1 + self.step) / (10 + self.step))
        for name, value in self.network.state_dict().items():
            self.average[name].lerp_(value.detach(), 1 - decay)

    def averaged_network(self) -> HVAE:
        """A copy on the CPU with the averaged weights, for evaluation."""
        network = HVAE(self.network.config)
        network.load_state_dict({name: value.cpu() for name, value in self.average.items()})
        return network.eval().requires_grad_(requires_grad=False)

    def save(self, path: Path) -> None:
        """Write a checkpoint, in place of the one that this run wrote or goes on from.

        Raises:
            ModelError: It cannot be written, or the name is another file's; that one is left.
        """
        state = {
            "config": self.network.config.to_json(),
            "options": asdict(self.options),
            "network": self.network.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "skipped": self.skipped,
            "elapsed_s": self.elapsed_s,
        }
        # What torch.save makes of a full disk while it writes there is no error of the system.
        content = io.BytesIO()
        torch.save(state, content)
        try:
            with whole_file(path, may_replace=self.owns) as stream:
                stream.write(content.getbuffer())
            self._checkpoint = path.stat()
        except OSError as error:
            words = said("checkpoint-unwritable", path=str(path), why=system_words(error))
            raise ModelError(words) from error

    def owns(self, path: Path) -> bool:
        """Whether a file is the very checkpoint that this run wrote last or goes on from."""
        known = self._checkpoint
        if known is None or not path.exists():
            return False
        found = path.stat()
        return os.path.samestat(found, known) and (found.st_size, found.st_mtime_ns) == (
            known.st_size,
            known.st_mtime_ns,
        )

    def restore(self, path: Path) -> None:
        """Continue from a checkpoint of the same configuration.

        Raises:
            ModelError: The file is no checkpoint of this network.
        """
        try:
            found = path.stat()
            state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
            if NetworkConfig.from_json(state["config"]) != self.network.config:
                raise ModelError(said("checkpoint-of-other-network", path=str(path)))
            self.network.load_state_dict(state["network"])
            self.average = {k: v.to(self.device) for k, v in state["average"].items()}
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.skipped = int(state["step"]), int(state["skipped"])
            self.elapsed_s = float(state["elapsed_s"])
            self._checkpoint = found
        except ModelError:
            raise
        except Exception as error:  # torch.load raises nearly anything on a damaged file
            raise ModelError(said("checkpoint-unreadable", path=str(path))) from error


def autocast_dtype(device: torch.device) -> torch.dtype | None:
    """bfloat16 where the device computes in it fast, None (float32) elsewhere."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else None
    fast = torch.backends.cpu.get_cpu_capability() == "AVX512" and (
        torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    )
    return torch.bfloat16 if fast else None


def objective_terms(
    network: HVAE, descent: Descent, pixels: Tensor
) -> tuple[Tensor, dict[int, Tensor]]:
    """Distortion and KL by stride, nats per dimension, means over the batch.

    Args:
        network: The network that walked.
        descent: Its full posterior walk of `pixels`.
        pixels: (N, 3, H, W) in 0-255.
    """
    dimensions = pixels.numel()
    distortion = network.likelihood.nats(descent.parameters.float(), pixels).sum() / dimensions
    rates: dict[int, Tensor] = {}
    for layer in descent.layers:
        assert layer.posterior is not None
        rate = layer.posterior.float().kl(layer.prior.float()).sum() / dimensions
        previous = rates.get(layer.stride)
        rates[layer.stride] = rate if previous is None else previous + rate
    return distortion, rates


def inconsistency(
    network: HVAE, descent: Descent, pixels: Tensor, kept: int, noise: Noise
) -> Tensor:
    """S_KL along a sampled path, nats per dimension, mean over the batch.

    Lowered on good pictures, it makes the kept layers blind to whatever fine detail the prior
    fills in, but to nothing else: what no good picture has still moves them.

    Args:
        network: The network that walked.
        descent: Its full posterior walk of `pixels`.
        pixels: (N, 3, H, W) in 0-255.
        kept: Layers from the posterior; the others come from the prior at the temperature of the
            configuration.
        noise: Noise of the layers from the prior.
    """
    with torch.no_grad():
        # What the reconstruction looks like is the other terms' business: no gradient into it.
        walk = network.descend(
            descent.activations,
            kept=kept,
            noise=noise,
            temperature=network.config.prior_temperature,
            branch=descent,
        )
        picture = network.likelihood.picture(walk.parameters).round().clamp(0, 255)
    others = network.posteriors_along(descent, network.encode(picture), kept)
    nats = [
        layer.posterior.float().kl(other.float()).sum()
        for layer, other in zip(descent.layers[:kept], others, strict=True)
        if layer.posterior is not None
    ]
    return torch.stack(nats).sum() / pixels.numel()


def crops(pictures: Pictures, options: TrainingOptions, step: int) -> Tensor:
    """The crops of one step, a function of seed and step alone.

    Args:
        pictures: (N, H, W, 3), sides at least the crop's.
        options: Crop size, scales and seed.
        step: Step number.

    Returns:
        (batch, 3, crop_px, crop_px) uint8.
    """
    random = np.random.default_rng((options.seed, step))
    batch = [_crop(pictures, options, random) for _ in range(options.batch_size)]
    return torch.stack(batch)


def _crop(pictures: Pictures, options: TrainingOptions, random: np.random.Generator) -> Tensor:
    picture = pictures[random.integers(len(pictures))]
    low, high = options.scales
    scale = high if random.random() < options.native_share else random.uniform(low, high)
    side = min(round(options.crop_px / scale), *picture.shape[:2])
    top = random.integers(picture.shape[0] - side + 1)
    left = random.integers(picture.shape[1] - side + 1)
    window = picture[top : top + side, left : left + side]
    if random.random() < 0.5:
        window = window[:, ::-1]
    crop = torch.from_numpy(window.transpose(2, 0, 1).copy())
    if side == options.crop_px:
        return crop
    size = (options.crop_px, options.crop_px)
    resized = F.interpolate(crop[None].float(), size, mode="bicubic", antialias=True)[0]
    return resized.round().clamp(0, 255).to(torch.uint8)


def train(
    trainer: Trainer,
    pictures: Pictures,
    checkpoint: Path | None,
    stop: Callable[[], bool],
) -> Iterator[TrainingProgress]:
    """Run to the end of the schedule or until `stop` says so, saving checkpoints on the way.

    Args:
        trainer: Fresh, initialised or restored.
        pictures: Good photos, (N, H, W, 3) uint8.
        checkpoint: Where to save; None keeps nothing.
        stop: Asked before every step.

    Yields:
        A report every `report_steps` steps and at the end.
    """
    options = trainer.options
    started = time.monotonic() - trainer.elapsed_s
    saved = time.monotonic()
    distortions: list[float] = []
    rates: list[dict[int, float]] = []
    while trainer.progress_share() < 1 and not stop():
        distortion, by_stride = trainer.take_step(crops(pictures, options, trainer.step))
        trainer.elapsed_s = time.monotonic() - started
        distortions.append(distortion)
        rates.append(by_stride)
        if trainer.step % options.report_steps == 0:
            yield _report(trainer, distortions, rates)
            distortions, rates = [], []
        if checkpoint and time.monotonic() - saved > options.checkpoint_s:
            trainer.save(checkpoint)
            saved = time.monotonic()
    if checkpoint:
        trainer.save(checkpoint)
    if distortions:
        yield _report(trainer, distortions, rates)


def _report(
    trainer: Trainer, distortions: list[float], rates: list[dict[int, float]]
) -> TrainingProgress:
    by_stride = tuple(
        (stride, float(np.mean([rate[stride] for rate in rates]))) for stride in rates[0]
    )
    share = trainer.progress_share()
    return TrainingProgress(
        step=trainer.step,
        steps=trainer.options.steps,
        elapsed_s=trainer.elapsed_s,
        eta_s=trainer.elapsed_s * (1 - share) / share if share else math.inf,
        distortion=float(np.mean(distortions)),
        rate=sum(rate for _, rate in by_stride),
        rate_by_stride=by_stride,
        skipped=trainer.skipped,
        learning_rate=trainer.rate_now(),
    )
