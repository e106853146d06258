"""The form in which every benchmark tells its figure: one JSON object a line."""

from __future__ import annotations

import functools
import json
import os
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path


@functools.cache
def machine() -> str:
    """The processor and how many of its cores this process may use."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.partition(":")[2].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {cores} cores"


@dataclass(frozen=True)
class Measurement:
    """One figure with its goal, as `{"name", "value", "unit", "goal", "machine"}`."""

    name: str
    value: float
    unit: str
    goal: str | None
    machine: str = field(default_factory=machine)

    def line(self) -> str:
        """The JSON line."""
        return json.dumps({**asdict(self), "value": round(self.value, 4)})
