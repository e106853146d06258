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
MARGIN_PX = 6
MOST_GAP_PX = 40


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


@dataclass(frozen=True)
class Lattice:
    """The places of all cells of a grid, as long as neither its width nor the tiles change.

    Attributes:
        cell: size of a cell.
        columns: number of cells beside each other.
        column_px: from the left edge of a cell to that of the next.
        left_px: from the left edge of the view to that of the first cell.
    """

    cell: QSize
    columns: int
    column_px: int
    left_px: int

    @classmethod
    def of(cls, width_px: int, side_px: int) -> Lattice:
        """Return as many columns as fit a width, the rest of it shared out between them."""
        cell = cell_size(side_px)
        columns = max(1, (width_px - 2 * MARGIN_PX) // cell.width())
        spare = max(0, width_px - columns * cell.width())
        gap = min(MOST_GAP_PX, spare // (columns + 1))
        column_px = cell.width() + gap
        left_px = max(0, (width_px - columns * column_px + gap) // 2)
        return cls(cell, columns, column_px, left_px)

    def box(self, position: int, scrolled_px: int) -> QRect:
        """Return the cell at a position, in a view that is scrolled down."""
        line, column = divmod(position, self.columns)
        left = self.left_px + column * self.column_px
        top = MARGIN_PX + line * self.cell.height() - scrolled_px
        return QRect(left, top, self.cell.width(), self.cell.height())

    def position_at(self, x_px: int, y_px: int) -> int | None:
        """Return the position of the cell at a point of the whole grid, None between cells."""
        line = (y_px - MARGIN_PX) // self.cell.height()
        column, inside = divmod(x_px - self.left_px, self.column_px)
        if line < 0 or not 0 <= column < self.columns or inside >= self.cell.width():
            return None
        return line * self.columns + column

    def touched(self, rect: QRect, count: int) -> list[tuple[int, int]]:
        """Return the positions that a rectangle of the whole grid touches, as ranges.

        Args:
            rect: upper left corner first.
            count: number of cells there are.
        """
        first = max(0, (rect.left() - self.left_px + self.column_px - self.cell.width()))
        first //= self.column_px
        last = min(self.columns - 1, (rect.right() - self.left_px) // self.column_px)
        first_line = max(0, (rect.top() - MARGIN_PX) // self.cell.height())
        last_line = min(
            (rect.bottom() - MARGIN_PX) // self.cell.height(), (count - 1) // self.columns
        )
        if first > last:
            return []
        starts = (line * self.columns for line in range(first_line, last_line + 1))
        return [
            (start + first, min(start + last, count - 1))
            for start in starts
            if start + first < count
        ]

    def height_px(self, count: int) -> int:
        """Return the height of the whole grid."""
        return -(-count // self.columns) * self.cell.height() + 2 * MARGIN_PX
