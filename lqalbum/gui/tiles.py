"""Where the parts of a tile lie: plain geometry, the same for painting, clicking and tests."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

SMALLEST_PX = 140
# Half of it, less the gap, is 128: so the halves of a square photo's pair are 128 px, too.
DEFAULT_PX = 260
LARGEST_PX = 520
PAD_PX = 9
GAP_PX = 4
CAPTION_PX = 44


@dataclass(frozen=True)
class TileLayout:
    """The parts of one tile.

    Attributes:
        pictures: the square that photo and reconstruction share.
        photo: the photo's part of it.
        reconstruction: the reconstruction's part, None on a tile with a photo alone.
        name: the line with the file's name.
        verdict: the line with badge and words.
    """

    pictures: QRect
    photo: QRect
    reconstruction: QRect | None
    name: QRect
    verdict: QRect


def cell_size(side_px: int) -> QSize:
    """Return the size of every cell for pictures in a square of `side_px`."""
    return QSize(side_px + 2 * PAD_PX, side_px + 2 * PAD_PX + CAPTION_PX)


def tile_layout(cell: QRect, *, is_pair: bool, is_wide: bool) -> TileLayout:
    """Divide a cell.

    Args:
        cell: the whole cell.
        is_pair: whether the photo shares it with its reconstruction.
        is_wide: whether the photo is wider than high; its pair is stacked, so that both stay
            as large as the cell allows.
    """
    inner = cell.adjusted(PAD_PX, PAD_PX, -PAD_PX, -PAD_PX)
    side = inner.width()
    pictures = QRect(inner.left(), inner.top(), side, side)
    half = (side - GAP_PX) // 2
    photo, reconstruction = pictures, None
    if is_pair and is_wide:
        photo = QRect(pictures.left(), pictures.top(), side, half)
        reconstruction = photo.translated(0, half + GAP_PX)
    elif is_pair:
        photo = QRect(pictures.left(), pictures.top(), half, side)
        reconstruction = photo.translated(half + GAP_PX, 0)
    line = (CAPTION_PX - 4) // 2
    name = QRect(inner.left(), pictures.bottom() + 5, side, line)
    return TileLayout(pictures, photo, reconstruction, name, name.translated(0, line))


def fitted(picture: QSize, box: QRect) -> QRect:
    """Return the largest place of a picture in the middle of a box; never larger than twice."""
    if picture.isEmpty():
        return QRect(box.center(), QSize(0, 0))
    factor = min(box.width() / picture.width(), box.height() / picture.height(), 2.0)
    width = max(1, round(picture.width() * factor))
    height = max(1, round(picture.height() * factor))
    left = box.left() + (box.width() - width) // 2
    top = box.top() + (box.height() - height) // 2
    return QRect(left, top, width, height)
