"""Pictures for a closer look: what is asked for, and decoded outside the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QImage, QImageReader

LookPart = Literal["depth", "photo", "full", "reconstruction", "heat_map"]
# A photo of 200 megapixels takes 800 MB as Qt holds it, more than Qt allows by itself.
_LARGEST_PICTURE_MB = 1024


@dataclass(frozen=True)
class Look:
    """A request for one picture; `split_level` None is the tiles' level."""

    part: LookPart
    path: str
    sha256: str
    split_level: int | None = None


class Developed:
    """Turns the JPEG files that come for a look into pictures, in the thread that fetches them."""

    def __init__(self, answer: Callable[[Look], object]) -> None:
        """Take files, and whatever else a look brings, from `answer`."""
        self._answer = answer
        QImageReader.setAllocationLimit(_LARGEST_PICTURE_MB)

    def __call__(self, look: Look) -> object:
        """Return the picture of a look, or what came in its place."""
        found = self._answer(look)
        if not isinstance(found, bytes):
            return found
        return QImage.fromData(found).convertToFormat(QImage.Format.Format_RGB32)
