"""A program to run as its users do, with a network small enough for a test."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.guard.originals import untouched

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]
# Buffered as for its users, whatever the tests themselves run with.
SETTINGS = {"OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": ""}


# Small, for speed: scoring costs as much as there are pixels.
SIDE_PX = 128


def texture(seed: int, side_px: int = SIDE_PX) -> np.ndarray:
    """A picture (side, side, 3) uint8 whose spectrum falls as that of photos does."""
    random = np.random.default_rng(seed)
    along = np.fft.fftfreq(side_px)
    frequency = np.hypot(along[:, None], along[None])
    spectrum = np.fft.fft2(random.normal(size=(side_px, side_px)))
    spectrum /= (frequency + 2 / side_px) ** 1.2
    grey = np.real(np.fft.ifft2(spectrum))
    whole = 128 + 45 * grey[..., None] / grey.std() * random.uniform(0.8, 1.0, 3)
    return whole.clip(0, 255).astype(np.uint8)


def save_good(path: Path, seed: int, side_px: int = SIDE_PX) -> str:
    """Write a photo like those the tests' network is calibrated on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_jpeg(texture(seed, side_px)))
    return str(path)


def _jpeg(picture: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=95, subsampling=0)
    return buffer.getvalue()


def save_bad(path: Path, seed: int) -> str:
    """Write a photo drowned in noise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).normal(0, 90, (SIDE_PX, SIDE_PX, 3))
    noisy = (texture(seed) + noise).clip(0, 255).astype(np.uint8)
    Image.fromarray(noisy).save(path, quality=95, subsampling=0)
    return str(path)


def start(*arguments: str | Path, **options: object) -> subprocess.Popen[str]:
    """Start the program, to be talked to while it runs."""
    return subprocess.Popen(
        [sys.executable, "-m", "lqalbum", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **SETTINGS},
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny network with random weights, calibrated on generated textures."""
    import torch

    from lqalbum.detect import SplitRule, calibrate
    from lqalbum.hvae import HVAE, PRESETS, save_model

    torch.set_num_threads(1)
    torch.manual_seed(5)
    config = replace(
        PRESETS["photo"],
        width=8,
        widths=((2, 8), (4, 8), (8, 8)),
        latent_channels=2,
        decoder="32x1,16m32,16x1,8m16,4m8,4x1,2u4",
    )
    network = HVAE(config).eval().requires_grad_(requires_grad=False)
    # As files, too: compression leaves its marks on good photos.
    files = [io.BytesIO(_jpeg(texture(seed))) for seed in range(1000, 1120)]
    frames = [np.asarray(Image.open(file)) for file in files]
    rule = SplitRule(kept_high=4, kept_low=3, threshold=0.0, temperature=1.0)
    calibration = calibrate(network, frames, [f"{n:064x}" for n in range(len(frames))], rule)
    path = tmp_path_factory.mktemp("model") / "tiny.safetensors"
    save_model(path, network, name="tiny", recipe={}, calibration=calibration.to_json())
    return path


@pytest.fixture
def program(home: Path, model: Path, tmp_path: Path) -> Run:
    """Run the program in a process of its own; scoring commands use the tests' network.

    R19: each run must leave every photo as it was.
    """

    def run(*arguments: str | Path, with_model: bool = True, **options: object):
        command = [sys.executable, "-m", "lqalbum", *map(str, arguments)]
        if with_model and arguments[0] in ("scan", "explain", "export", "calibrate"):
            command += ["--model", str(model)]
        may_move = arguments[0] in ("decide", "undo", "redo")
        with untouched(tmp_path, home, may_move=may_move):
            return subprocess.run(
                command,
                cwd=ROOT,
                env={**os.environ, **SETTINGS},
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
                stdin=subprocess.DEVNULL,
                **options,
            )

    return run
