"""A few of the measured pictures as they are and corrupted, each with its reconstruction.

The sheet of figure 3 of T. Nanaumi et al., arXiv 2408.10885: whether the reconstruction of a
degraded picture breaks down is for a person to see.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from lqalbum.jobs.evaluation import EvaluationOptions, corrupted, frame_key
from lqalbum.jobs.evaluation_pictures import EvaluationPicture
from lqalbum.jobs.views import Frame
from lqalbum.library.photofile import printable

MOST_PICTURES = 4
MOST_CORRUPTIONS = 6
# What shows most of the ways to be bad in little space; others follow where these are not measured.
_SHOWN_FIRST = (
    "gaussian_noise",
    "gaussian_blur",
    "jpeg_compression",
    "fog",
    "pixelate",
    "elastic_transform",
)
_CELL_PX = 192
_QUALITY = 85

# A frame and what seeds its noise -> its partial reconstruction.
Draw = Callable[[Frame, str], Frame]


@dataclass(frozen=True)
class SheetCell:
    """One picture beside its partial reconstruction, JPEG both."""

    picture: bytes
    reconstruction: bytes


@dataclass(frozen=True)
class Sheet:
    """Clean and corrupted pictures.

    Attributes:
        corruptions: of the columns after the first, which is of the pictures as they are.
        severity: of the corruptions.
        rows: (name of the photo, its cells).
    """

    corruptions: tuple[str, ...]
    severity: int
    rows: tuple[tuple[str, tuple[SheetCell, ...]], ...]


def make_sheet(
    pictures: Sequence[EvaluationPicture], options: EvaluationOptions, draw: Draw
) -> Sheet:
    """Draw the sheet of a few pictures, spread evenly over the folder.

    Args:
        pictures: those that were measured.
        options: what was measured; the strongest severity is shown.
        draw: makes reconstructions.
    """
    names = _shown(options.corruptions)
    severity = max(options.severities)
    places = np.linspace(0, len(pictures) - 1, min(MOST_PICTURES, len(pictures))).round()
    rows = []
    for picture in (pictures[int(place)] for place in places):
        frames = [picture.pixels]
        frames += [corrupted(picture, name, severity, options.seed) for name in names]
        cells = tuple(
            SheetCell(_jpeg(frame), _jpeg(draw(frame, frame_key(frame)))) for frame in frames
        )
        rows.append((printable(os.path.basename(picture.path)), cells))
    return Sheet(names, severity, tuple(rows))


def _shown(measured: Sequence[str]) -> tuple[str, ...]:
    telling = [name for name in _SHOWN_FIRST if name in measured]
    others = [name for name in measured if name not in _SHOWN_FIRST]
    return tuple((telling + others)[:MOST_CORRUPTIONS])


def _jpeg(frame: Frame) -> bytes:
    picture = Image.fromarray(frame)
    picture.thumbnail((_CELL_PX, _CELL_PX), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY, subsampling=0)
    return stream.getvalue()
