"""The pictures an evaluation measures, all cut in one way: centre squares, or what a model asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lqalbum.errors import PhotoError
from lqalbum.jobs.models import ModelSummary
from lqalbum.jobs.pictures import SIDE_PX, Gathered, decoded

Frame = NDArray[np.uint8]
# What of a decoded photo (H, W, 3) is measured; None where it holds nothing to measure.
Crop = Callable[[Frame], Frame | None]

PORTRAIT = "portrait"


@dataclass(frozen=True)
class EvaluationPicture:
    """One good photo, ready to be measured.

    Attributes:
        path: of its file.
        sha256: of its file, hex.
        pixels: (S, S, 3) uint8 sRGB, the part of it that is measured.
    """

    path: str
    sha256: str
    pixels: Frame


@dataclass(frozen=True)
class GatheredPictures:
    """What could be read and cut.

    Attributes:
        pictures: in the order of their paths.
        unreadable: number of files that could not be read.
        without_crop: number of photos that hold nothing to measure, such as no face.
    """

    pictures: tuple[EvaluationPicture, ...]
    unreadable: int
    without_crop: int

    @property
    def skipped(self) -> int:
        """Number of files that are not measured."""
        return self.unreadable + self.without_crop

    @property
    def small(self) -> int:
        """Number of pictures below the usual side."""
        return sum(len(picture.pixels) < SIDE_PX for picture in self.pictures)


def evaluation_pictures(
    paths: Sequence[str],
    jobs: int,
    stop: Callable[[], bool],
    report: Callable[[Gathered], None],
    crop: Crop | None = None,
) -> GatheredPictures:
    """Decode photos, short side 256 px where the photo has that much, and cut out what is measured.

    Args:
        paths: the files.
        jobs: number of decoding processes.
        stop: asked all the time.
        report: told how far reading is.
        crop: what of each photo is measured; None: its centre square.

    Raises:
        Interrupted: `stop` said so.
    """
    crop = crop or centre_square
    found: dict[str, EvaluationPicture] = {}
    unreadable = 0
    for path, outcome in decoded(paths, jobs, stop, report):
        if isinstance(outcome, PhotoError):
            unreadable += 1
            continue
        cut = crop(outcome.frame)
        if cut is not None:
            found[path] = EvaluationPicture(path, outcome.sha256, cut)
    ordered = tuple(found[path] for path in paths if path in found)
    return GatheredPictures(ordered, unreadable, len(paths) - unreadable - len(ordered))


def centre_square(frame: Frame) -> Frame:
    """The largest square in the middle of a frame (H, W, 3)."""
    height, width = frame.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return frame[top : top + side, left : left + side]


def crop_for(model: ModelSummary) -> Crop:
    """What of a photo a model looks at.

    A network for pictures of any size gets the centre square, one for portraits the face, and any
    other of a fixed size the centre square shrunk to that size.

    Raises:
        LQAlbumError: faces cannot be found in this installation.
    """
    side_px = model.config.get("image_size")
    if side_px is None:
        return centre_square
    if model.preset == PORTRAIT:
        from lqalbum.roster.face import FaceCropper

        return FaceCropper(side_px).crop
    return lambda frame: _shrunk_square(frame, side_px)


def _shrunk_square(frame: Frame, side_px: int) -> Frame | None:
    """The centre square at a fixed size; None where it would have to be enlarged."""
    square = centre_square(frame)
    if len(square) < side_px:
        return None
    if len(square) == side_px:
        return square
    shrunk = Image.fromarray(square).resize((side_px, side_px), Image.Resampling.LANCZOS)
    return np.asarray(shrunk)
