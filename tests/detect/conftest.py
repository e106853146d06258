"""Small generated pictures, a tiny network and a detector calibrated on them."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from lqalbum.detect import Calibration, Detector, SplitRule, calibrate
from lqalbum.hvae import HVAE, PRESETS, save_model

# One thread: sums keep one order, and tests do not compete for the machine.
torch.set_num_threads(1)

Frame = NDArray[np.uint8]


@pytest.fixture(autouse=True)
def threads() -> Iterator[None]:
    """`Detector.load(threads=...)` changes the whole process."""
    yield
    torch.set_num_threads(1)


def _photo(height: int, width: int, seed: int) -> Frame:
    random = np.random.default_rng(seed)
    down, right = np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None]
    falling = 1 / (np.hypot(down, right) + 1 / 64) ** random.uniform(1.1, 1.5)
    planes = []
    for _ in range(3):
        plane = np.fft.ifft2(np.fft.fft2(random.normal(size=(height, width))) * falling).real
        planes.append((plane - plane.mean()) / plane.std())
    common = planes[0]
    contrast, level = random.uniform(30, 60), random.uniform(90, 160)
    colours = np.stack([0.8 * common + 0.4 * plane for plane in planes], -1)
    return (
        (level + contrast * colours + random.normal(0, 1.5, colours.shape))
        .clip(0, 255)
        .astype(np.uint8)
    )


@pytest.fixture(scope="session")
def photo() -> Callable[[int, int, int], Frame]:
    """Make a picture (height, width, seed) whose spectrum falls as a photo's does."""
    return _photo


@pytest.fixture(scope="session")
def network() -> HVAE:
    """The photo preset with few channels and random weights; tests leave it as it is."""
    torch.manual_seed(8)
    config = replace(
        PRESETS["photo"],
        width=16,
        widths=((2, 8), (4, 8), (8, 12)),
        latent_channels=4,
        decoder="32x1,16m32,16x1,8m16,4m8,4x1,2u4",
    )
    made = HVAE(config).eval().requires_grad_(requires_grad=False)
    # A fresh network has priors that are zero and says nearly the same of every picture.
    for name, layer in made.named_modules():
        if isinstance(layer, torch.nn.Conv2d):
            gain = 0.25 if "out_conv" in name else 0.9 if name.endswith("resnet.c4") else 1.3
            torch.nn.init.normal_(layer.weight, std=gain / math.sqrt(layer.weight[0].numel()))
            torch.nn.init.normal_(layer.bias, std=0.1)
    return made


@pytest.fixture(scope="session")
def rule() -> SplitRule:
    return SplitRule(kept_high=5, kept_low=3, threshold=0.0, temperature=0.7)


@pytest.fixture(scope="session")
def good() -> list[Frame]:
    """Forty good pictures of two shapes."""
    return [_photo(64, 64 if seed % 2 else 96, seed) for seed in range(40)]


@pytest.fixture(scope="session")
def calibration(network: HVAE, good: list[Frame], rule: SplitRule) -> Calibration:
    return calibrate(network, good, [f"good{i}" for i in range(len(good))], rule)


@pytest.fixture(scope="session")
def model(
    network: HVAE, calibration: Calibration, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A tiny model file with its calibration."""
    path = tmp_path_factory.mktemp("model") / "tiny.safetensors"
    save_model(path, network, name="tiny", recipe={}, calibration=calibration.to_json())
    return path


@pytest.fixture(scope="session")
def detector(model: Path) -> Detector:
    return Detector.load(model, device="cpu")
