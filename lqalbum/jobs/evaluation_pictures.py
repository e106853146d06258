"""The pictures an evaluation measures, all cut in one way: centre squares, or what a model asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lqalbum.errors import PhotoError
from lqalbum.jobs.models import ModelSummary
from lqalbum.jobs.pictures import SIDE_PX, Gathered, decoded
from lqalbum.jobs.views import WHOLE_FRAME, Frame, View, centre_square, view_for

CENTRE_SQUARE = View(centre_square)


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
class EvaluationProgress:
    """How many pictures and copies of pictures have been scored."""

    done: int
    total: int


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
    view: View = CENTRE_SQUARE,
) -> GatheredPictures:
    """Decode photos, short side 256 px where the photo has that much, and cut out what is measured.

    Args:
        paths: the files.
        jobs: number of decoding processes.
        stop: asked all the time.
        report: told how far reading is.
        view: what of each photo is measured.

    Raises:
        Interrupted: `stop` said so.
    """
    found: dict[str, EvaluationPicture] = {}
    unreadable = 0
    for path, outcome in decoded(paths, jobs, stop, report, view.frame_short_px):
        if isinstance(outcome, PhotoError):
            unreadable += 1
            continue
        cut = view.cut(outcome.frame)
        if cut is not None:
            found[path] = EvaluationPicture(path, outcome.sha256, cut)
    ordered = tuple(found[path] for path in paths if path in found)
    return GatheredPictures(ordered, unreadable, len(paths) - unreadable - len(ordered))


def measured_view(model: ModelSummary) -> View:
    """What of a photo is measured: what the model looks at, and of a whole frame its centre square.

    Raises:
        LQAlbumError: faces cannot be found in this installation.
    """
    view = view_for(model.preset, model.config)
    return CENTRE_SQUARE if view is WHOLE_FRAME else view
