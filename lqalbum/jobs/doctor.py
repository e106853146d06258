"""Looks over an installation: what is installed, where data lie, and whether scoring works.

Each look answers with one line; one that fails says why and the others go on.
"""

from __future__ import annotations

import functools
import importlib.metadata
import math
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import lqalbum
from lqalbum.display import window_obstacle
from lqalbum.errors import LQAlbumError, ModelError
from lqalbum.jobs.models import load_detector, network_threads, verify_model
from lqalbum.library.library import Library
from lqalbum.library.photofile import printable
from lqalbum.library.repair import examine, newest_day
from lqalbum.library.trash import identify, system_trash
from lqalbum.paths import (
    default_library_dir,
    default_settings_file,
    log_dir,
    model_path,
    resource,
)

if TYPE_CHECKING:
    from lqalbum.detect import Detector

_PACKAGES = (
    "torch", "numpy", "scipy", "pillow", "pi-heif", "piexif", "safetensors", "PySide6-Essentials",
)  # fmt: skip
# Formats that Pillow reads only if it was built with a library; the rest are always there.
_CODECS = {"JPEG": "jpg", "PNG": "zlib", "WEBP": "webp", "TIFF": "libtiff", "AVIF": "avif"}


@dataclass(frozen=True)
class DoctorLine:
    """What one look found.

    Attributes:
        name: what was looked at.
        value: what was found, in words.
        ok: whether it is as it should be.
    """

    name: str
    value: str
    ok: bool


def run_doctor(
    library: Path | None = None, model: str = "photo", device: str = "auto"
) -> Iterator[DoctorLine]:
    """Look at everything in turn; the last looks import torch and take seconds.

    Args:
        library: folder of the library's databases; the default one if not given.
        model: name or path of the model to check.
        device: `auto`, `cuda` or `cpu`.
    """
    folder = library or default_library_dir()
    yield DoctorLine("program", f"LQ Album {lqalbum.__version__}", ok=True)
    system = f"Python {platform.python_version()}, {platform.platform()}"
    yield DoctorLine("system", system, ok=True)

    @functools.cache
    def detector() -> Detector:
        return load_detector(model_path(model), device=device, threads=network_threads(0))

    looks: dict[str, Callable[[], str]] = {
        "packages": _packages,
        "formats": _formats,
        "window": _window,
        "trash": _trash,
        "library": lambda: _place_for(folder),
        "databases": lambda: _databases(folder),
        "moves": lambda: _moves(folder),
        "settings": lambda: _place_for(default_settings_file()),
        "log": lambda: _place_for(log_dir()),
        "model": lambda: _model(model),
        "device": lambda: _device(detector()),
        "self check": lambda: _self_check(detector()),
    }
    for name, look in looks.items():
        try:
            yield DoctorLine(name, look(), ok=True)
        except (LQAlbumError, OSError, ImportError) as exc:
            yield DoctorLine(name, str(exc), ok=False)


def _packages() -> str:
    found, missing = [], []
    for package in _PACKAGES:
        try:
            found.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(package)
    if missing:
        raise LQAlbumError(f"Not installed: {', '.join(missing)}; install LQ Album again.")
    return ", ".join(found)


def _formats() -> str:
    from PIL import features

    from lqalbum.library.formats import FORMATS, register_readers
    from lqalbum.library.raw import has_raw_reader

    register_readers()
    missing = [name for name in FORMATS if not features.check(_CODECS.get(name, "pil"))]
    if missing:
        raise LQAlbumError(f"Pillow cannot read {', '.join(missing)}; install Pillow from PyPI.")
    raw = "raw pictures" if has_raw_reader() else "no raw pictures (pip install 'lqalbum[raw]')"
    return ", ".join((*FORMATS, raw))


def _window() -> str:
    obstacle = window_obstacle()
    # A machine without a display is as it should be: commands need none.
    return "can be opened" if obstacle is None else obstacle


def _trash() -> str:
    """Send a file made for it to the trash and back, as photos on the home folder's drive go."""
    trash = system_trash()
    with tempfile.TemporaryDirectory(prefix=".lqalbum-", dir=Path.home()) as folder:
        original = os.path.join(folder, "lqalbum-trial.txt")
        Path(original).write_text("LQ Album tries the trash.\n", "utf-8")
        trial = trash.plan(original, identify(original))
        trash.put(trial)
        trash.confirm(trial)
        trash.restore(trial, original)
    return f"a trial file went to {os.path.dirname(trial.target)} and came back"


def _place_for(path: Path) -> str:
    """Say whether a file or folder of ours is there or can be made, without making it."""
    if path.exists():
        if not os.access(path, os.W_OK):
            raise LQAlbumError(f"{path} cannot be written; change its permissions.")
        return str(path)
    parent = next(folder for folder in path.absolute().parents if folder.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise LQAlbumError(f"{path} cannot be made in {parent}; change its permissions.")
    return f"{path} (not made yet)"


def _databases(folder: Path) -> str:
    troubles = examine(folder)
    if troubles:
        raise LQAlbumError(" ".join(trouble.why for trouble in troubles))
    day = newest_day(folder)
    return "sound, newest backup of the decisions: " + (day or "none yet")


def _moves(folder: Path) -> str:
    """Whether each photo is known to be in the trash, or not to be."""
    if not (folder / "index.db").is_file():
        return "none yet"
    with Library.open(folder, read_only=True) as library:
        waiting = [printable(path) for path in library.unsettled()]
    if waiting:
        raise LQAlbumError(
            f"A crash left it open whether these are in the trash: {', '.join(waiting)}; plug "
            "their drives in, writable, and start any command or the window."
        )
    return "all settled"


def _model(name: str) -> str:
    summary = verify_model(name)
    return (
        f"{summary.name}, id {summary.model_id[:12]}, calibrated on "
        f"{summary.calibration_size} good photos, verified: {summary.path}"
    )


def _device(detector: Detector) -> str:
    return f"{detector.device}, {os.cpu_count()} CPU cores, {detector.autocast or 'float32'}"


def _self_check(detector: Detector) -> str:
    """Score one sample photo twice, alone: the numbers are finite and the same."""
    from lqalbum.library.decode import decode

    sample = _sample_photo()
    photo = decode(str(sample))
    first, second = (
        detector.assess([photo.frame], [photo.sha256], [photo.camera])[0] for _ in range(2)
    )
    pairs = [(first.score, second.score), (first.s_kl, second.s_kl)]
    if not all(math.isfinite(a) and math.isclose(a, b, rel_tol=1e-4) for a, b in pairs):
        raise ModelError(f"Scores of {sample} are not as they should be: {pairs}.")
    return f"{sample.name} was scored twice with one result: percentile {first.percentile:.1f}"


def _sample_photo() -> Path:
    album = resource("sample_album")
    photos = sorted(album.glob("*.jpg"))
    if not photos:
        raise LQAlbumError(f"No sample photo is in {album}; install LQ Album again.")
    return photos[0]
