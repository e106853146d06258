"""What of a photo a network looks at: the whole frame, its centre square, or the main face."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lqalbum.errors import PhotoError
from lqalbum.jobs.sentences import said
from lqalbum.library.photofile import printable
from lqalbum.library.records import FRAME_SHORT_PX, DecodedPhoto

Frame = NDArray[np.uint8]

PORTRAIT: Final = "portrait"
# Twice the usual frame: a face of a fifth of its short side is still cut without being enlarged.
# Decoding costs no more, since so much is decoded for the usual frame, too.
PORTRAIT_FRAME_SHORT_PX: Final = 512


@dataclass(frozen=True)
class View:
    """A way of looking at photos.

    Attributes:
        cut: what of a frame (H, W, 3) uint8 the network gets; None where the photo has no such.
        frame_short_px: short side of the frame to be cut from.
        code: of the error of a photo without it.
        lack: what such a photo is like, with the next step, to follow its name.
    """

    cut: Callable[[Frame], Frame | None]
    frame_short_px: int = FRAME_SHORT_PX
    code: str = ""
    lack: str = ""

    def of(self, path: str, photo: DecodedPhoto) -> DecodedPhoto:
        """The photo with what the network looks at as its frame.

        Raises:
            PhotoError: it holds nothing of the kind.
        """
        frame = self.cut(photo.frame)
        if frame is None:
            raise PhotoError(self.code, f"{printable(path)} {self.lack}.", path)
        return replace(photo, frame=frame)


def _whole(frame: Frame) -> Frame:
    return frame


WHOLE_FRAME: Final = View(_whole)


def view_for(preset: str, config: Mapping[str, Any]) -> View:
    """How a network looks at photos.

    A network for pictures of any size gets the whole frame, one for portraits the main face, and
    any other of a fixed size the centre square shrunk to that size.

    Args:
        preset: of the network.
        config: its configuration, as its file's header has it.

    Raises:
        LQAlbumError: faces cannot be found in this installation.
    """
    side_px = config.get("image_size")
    if side_px is None:
        return WHOLE_FRAME
    if preset == PORTRAIT:
        return _face_view(side_px)
    return View(
        lambda frame: square_of(frame, side_px),
        code="below-model",
        lack=said("smaller-than-model", side=side_px),
    )


def training_view(preset: str, side_px: int) -> View:
    """What of photos a network is trained on: faces, or centre squares.

    Args:
        preset: of the network.
        side_px: of what is cut out.

    Raises:
        LQAlbumError: faces cannot be found in this installation.
    """
    if preset == PORTRAIT:
        return _face_view(side_px)
    return View(lambda frame: square_of(frame, side_px))


def _face_view(side_px: int) -> View:
    from lqalbum.roster.face import FaceCropper

    return View(
        FaceCropper(side_px).crop,
        PORTRAIT_FRAME_SHORT_PX,
        "no-face",
        said("shows-no-face"),
    )


def centre_square(frame: Frame) -> Frame:
    """The largest square in the middle of a frame (H, W, 3)."""
    height, width = frame.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return frame[top : top + side, left : left + side]


def square_of(frame: Frame, side_px: int) -> Frame | None:
    """The centre square at a fixed size; None where it would have to be enlarged."""
    square = centre_square(frame)
    if len(square) < side_px:
        return None
    if len(square) == side_px:
        return square
    shrunk = Image.fromarray(square).resize((side_px, side_px), Image.Resampling.LANCZOS)
    return np.array(shrunk)
