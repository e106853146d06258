"""The parts this program is made of, with their versions and licences, as they are installed."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

import lqalbum

# The distributions the program needs, by the name they are installed under.
_PARTS = (
    "PySide6-Essentials",
    "torch",
    "numpy",
    "scipy",
    "pillow",
    "pi-heif",
    "piexif",
    "safetensors",
    "jinja2",
    "filelock",
    "platformdirs",
    "rich",
    "pyarrow",
)
# Longer entries are the licence's whole text.
_LONGEST_LICENCE = 60


@dataclass(frozen=True)
class Component:
    """One part: its name, version, and licence as its maker states it, empty without."""

    name: str
    version: str
    licence: str


def components() -> list[Component]:
    """Return this program, Python, and every part that is installed."""
    return [
        Component("LQ Album", lqalbum.__version__, "Apache-2.0"),
        Component("Python", platform.python_version(), "PSF-2.0"),
        *_installed(),
    ]


def _installed() -> Iterator[Component]:
    for name in _PARTS:
        try:
            found = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        yield Component(str(found["Name"]), str(found["Version"]), _licence(found))


def _licence(found: metadata.PackageMetadata) -> str:
    for key in ("License-Expression", "License"):
        stated = found.get_all(key) or []
        if stated and "\n" not in stated[0] and len(stated[0]) <= _LONGEST_LICENCE:
            return str(stated[0])
    classifiers = found.get_all("Classifier") or []
    names = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License")]
    return ", ".join(names) or ""
