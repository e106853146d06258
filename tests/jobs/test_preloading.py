"""Torch works as ever after its libraries were opened beforehand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from lqalbum.jobs.preloading import preload_torch
preload_torch()
assert "torch" not in sys.modules
if sys.platform.startswith("linux"):
    assert "libtorch_cpu.so" in open("/proc/self/maps").read()
import torch
torch.manual_seed(0)
picture = torch.randn(1, 3, 64, 64)
layer = torch.nn.Conv2d(3, 8, 3).to(memory_format=torch.channels_last)
found = float(layer(picture).square().mean().detach())
print(found > 0, torch.linalg.inv(2 * torch.eye(3))[1, 1].item())
preload_torch()
"""


def test_torch_computes_after_it_was_preloaded():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        timeout=120,
    )
    assert done.stdout.split() == ["True", "0.5"], done.stderr
