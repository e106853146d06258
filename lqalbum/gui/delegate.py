"""Paints one tile of the grid: photo or pair, frame, badge, name and words. No disk, no waiting."""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lqalbum.gui.badges import paint_badge, paint_frame
from lqalbum.gui.model import PhotoModel
from lqalbum.gui.theme import Theme
from lqalbum.gui.thumbnails import Thumbnails, TilePicture
from lqalbum.gui.tiles import DEFAULT_PX, TileLayout, cell_size, fitted, tile_layout
from lqalbum.review import PhotoRow
from lqalbum.review.language import mark, tr
from lqalbum.review.pictures import Part
from lqalbum.review.wording import Verdict, is_pair, printable, trouble, verdict, why

# As many pixels as these many tiles of the default size have are kept painted, 36 MB; more only
# where more are in sight at once.
TILES_KEPT = 100
_LABELS: dict[Part, str] = {"photo": mark("photo"), "reconstruction": mark("reconstruction")}
_LABEL_GROUND = QColor(0, 0, 0, 165)
_LABEL_TEXT = QColor(255, 255, 255)


@dataclass(frozen=True)
class Lettering:
    """A font with its measures, made once."""

    font: QFont
    metrics: QFontMetrics

    @classmethod
    def of(cls, size_px: int, *, bold: bool = False) -> Lettering:
        """Return the application's font in a size."""
        font = QFont(QApplication.font())
        font.setPixelSize(size_px)
        font.setBold(bold)
        return cls(font, QFontMetrics(font))


class Painting(Enum):
    """How a tile came onto the screen."""

    COPIED = "copied"
    BUILT = "built"
    LATER = "later"


class TileLook(NamedTuple):
    """How one tile looks now; a tuple, since dozens are made in each paint."""

    is_selected: bool
    is_current: bool
    is_under_pointer: bool


@dataclass(frozen=True)
class PaintedTile:
    """A tile as it was painted, and what it was painted from.

    Attributes:
        row: the photo.
        strictness: what it was judged by, 0-1.
        ground: colour behind it.
        size: device pixels.
        picture: the tile.
        awaited: pictures that were still on their way.
    """

    row: PhotoRow
    strictness: float
    ground: str
    size: QSize
    picture: QPixmap
    awaited: tuple[TilePicture, ...]

    def is_of(self, row: PhotoRow, strictness: float, ground: str, size: QSize) -> bool:
        """Tell whether painting anew would give the same."""
        is_like = self.strictness == strictness and self.ground == ground and self.size == size
        return is_like and self.row is row


class TileDelegate(QStyledItemDelegate):
    """Paints tiles from rows in memory and pictures in the cache.

    A tile is painted once and then copied: with its texts it costs a millisecond, a copy without
    transparency a twentieth of that.
    """

    def __init__(
        self, model: PhotoModel, thumbnails: Thumbnails, theme: Theme, parent: QObject | None = None
    ) -> None:
        """Paint the model's photos with pictures from `thumbnails`."""
        super().__init__(parent)
        self.side_px = DEFAULT_PX
        self._model = model
        self._thumbnails = thumbnails
        self._theme = theme
        self._name = Lettering.of(13)
        self._small = Lettering.of(12)
        self._bold = Lettering.of(11, bold=True)
        self._painted: OrderedDict[int, PaintedTile] = OrderedDict()
        self._awaited: list[TilePicture] = []
        self._in_sight = 0
        self._sized = (0, 0.0)
        self._size_px = QSize()

    def expect(self, in_sight: int) -> None:
        """Keep at least so many tiles, which are in sight at once."""
        self._in_sight = in_sight

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the one size that all cells have."""
        return cell_size(self.side_px)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the tile of one photo."""
        flag, state = QStyle.StateFlag, option.state
        look = TileLook(
            is_selected=bool(state & flag.State_Selected),
            is_current=bool(state & flag.State_HasFocus),
            is_under_pointer=bool(state & flag.State_MouseOver),
        )
        row = self._model.photo_at(index.row())
        painter.fillRect(option.rect, QColor(self._theme.ground))
        self.paint_tile(painter, option.rect, look, row, in_haste=False)

    def paint_tile(
        self, painter: QPainter, cell: QRect, look: TileLook, row: PhotoRow, *, in_haste: bool
    ) -> Painting:
        """Paint the tile of a photo on its ground, and a line around the current one.

        Args:
            painter: of the viewport.
            cell: where.
            look: selected, current, under the pointer.
            row: the photo.
            in_haste: only copy what has been painted before, however old; else leave the ground.

        Returns:
            Whether the tile was there, was built, or is not yet as it should be.
        """
        theme = self._theme
        ground = theme.ground
        if look.is_selected:
            ground = theme.selected
        elif look.is_under_pointer:
            ground = theme.raised
        ratio = painter.device().devicePixelRatio()
        picture, painting = self._tile(row, ground, ratio, in_haste=in_haste)
        if picture is not None:
            painter.drawPixmap(cell.topLeft(), picture)
        if look.is_current:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell.adjusted(2, 2, -3, -3))
        return painting

    def _tile(
        self, row: PhotoRow, ground: str, ratio: float, *, in_haste: bool
    ) -> tuple[QPixmap | None, Painting]:
        """Return the picture of a tile, if there is one, and how it came to be."""
        strictness = self._model.session.view.strictness
        size = self._size(ratio)
        known = self._painted.get(row.photo_id)
        is_like = known is not None and known.is_of(row, strictness, ground, size)
        if known is not None and is_like and not self._is_stale(known):
            self._painted.move_to_end(row.photo_id)
            return known.picture, Painting.COPIED
        if in_haste:
            is_usable = known is not None and known.size == size
            return (known.picture if known is not None and is_usable else None), Painting.LATER
        picture = self._build(row, ground, size, ratio)
        awaited = tuple(self._awaited)
        self._painted[row.photo_id] = PaintedTile(row, strictness, ground, size, picture, awaited)
        self._painted.move_to_end(row.photo_id)
        self._drop_oldest(size)
        return picture, Painting.BUILT

    def _build(self, row: PhotoRow, ground: str, size: QSize, ratio: float) -> QPixmap:
        """Paint a tile; notes what it still waits for."""
        cell = cell_size(self.side_px)
        picture = QPixmap(size)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(self._theme.ground))
        painter = QPainter(picture)
        painter.fillRect(2, 2, cell.width() - 5, cell.height() - 5, QColor(ground))
        self._awaited = []
        self._paint_whole(painter, QRect(0, 0, cell.width(), cell.height()), row)
        painter.end()
        return picture

    def _size(self, ratio: float) -> QSize:
        """Return the size of all tiles in device pixels; made once, it is asked for so often."""
        if self._sized != (self.side_px, ratio):
            self._sized = (self.side_px, ratio)
            self._size_px = cell_size(self.side_px) * ratio
        return self._size_px

    def _is_stale(self, tile: PaintedTile) -> bool:
        """Tell whether an awaited picture is there, or will never be; asks for it once more."""
        for wanted in tile.awaited:
            self._thumbnails.get(wanted)  # what is not asked for is dropped from a long queue
            if self._thumbnails.is_final(wanted):
                return True
        return False

    def _drop_oldest(self, size: QSize) -> None:
        usual = cell_size(DEFAULT_PX)
        kept = TILES_KEPT * usual.width() * usual.height() // (size.width() * size.height())
        while len(self._painted) > max(self._in_sight, kept):
            self._painted.popitem(last=False)

    def _paint_whole(self, painter: QPainter, cell: QRect, row: PhotoRow) -> None:
        strictness = self._model.session.view.strictness
        badge = verdict(row, strictness)
        is_wide = (row.width or 1) > (row.height or 1)
        layout = tile_layout(cell, is_pair=is_pair(row, strictness), is_wide=is_wide)
        self._paint_pictures(painter, layout, row)
        if badge.name == "deleted":
            ground = QColor(self._theme.ground)
            ground.setAlpha(140)
            painter.fillRect(layout.pictures, ground)
        paint_frame(painter, layout.pictures, badge.name, self._theme)
        self._paint_caption(painter, layout, row, badge)

    def _paint_pictures(self, painter: QPainter, layout: TileLayout, row: PhotoRow) -> None:
        if row.sha256 is None:
            self._paint_words(painter, layout.pictures, trouble(row))
            return
        shown = self._paint_picture(painter, layout.photo, row.sha256, "photo")
        if layout.reconstruction is None:
            return
        box = layout.reconstruction
        if not shown.isEmpty():  # the network sees whole blocks: its picture's shape is near
            box = shown.translated(box.topLeft() - layout.photo.topLeft())
        pair = self._paint_picture(painter, box, row.sha256, "reconstruction")
        self._paint_label(painter, shown, "photo")
        self._paint_label(painter, pair, "reconstruction")

    def _paint_picture(self, painter: QPainter, box: QRect, sha256: str, part: Part) -> QRect:
        """Paint one picture; returns where it is, and notes it if a better one is to come."""
        ratio = painter.device().devicePixelRatio()
        wanted = TilePicture(sha256, part, round(box.width() * ratio), round(box.height() * ratio))
        pixmap = self._thumbnails.get(wanted)
        is_final = self._thumbnails.is_final(wanted)
        if not is_final:
            self._awaited.append(wanted)
        if pixmap is None:
            words = tr("not made yet") if is_final and part == "reconstruction" else ""
            self._paint_words(painter, box, words)
            return QRect()
        place = box if part == "reconstruction" else fitted(pixmap.size() / ratio, box)
        is_exact = pixmap.size() == place.size() * ratio
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_exact)
        painter.drawPixmap(place, pixmap)
        return place

    def _paint_label(self, painter: QPainter, picture: QRect, words: Part) -> None:
        metrics, shown = self._small.metrics, tr(_LABELS[words])
        width, height = metrics.horizontalAdvance(shown) + 10, metrics.height() + 1
        if width > picture.width():
            return
        box = QRect(picture.left(), picture.bottom() + 1 - height, width, height)
        painter.fillRect(box, _LABEL_GROUND)
        painter.setPen(_LABEL_TEXT)
        painter.setFont(self._small.font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_words(self, painter: QPainter, box: QRect, words: str) -> None:
        painter.fillRect(box, QColor(self._theme.panel))
        if not words:
            return
        painter.setPen(QColor(self._theme.muted))
        painter.setFont(self._small.font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(10, 4, -10, -4), flags, words)

    def _paint_caption(
        self, painter: QPainter, layout: TileLayout, row: PhotoRow, badge: Verdict
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QColor(self._theme.text))
        name = printable(os.path.basename(row.path))
        _draw_elided(painter, layout.name, name, self._name, Qt.TextElideMode.ElideMiddle)
        bold = self._bold
        taken = paint_badge(painter, layout.verdict, badge, self._theme, bold.font, bold.metrics)
        words = why(row, self._model.session.view.strictness)
        if words:
            painter.setPen(QColor(self._theme.muted))
            rest = layout.verdict.adjusted(taken, 0, 0, 0)
            _draw_elided(painter, rest, words, self._small, Qt.TextElideMode.ElideRight)


def _draw_elided(
    painter: QPainter, box: QRect, words: str, lettering: Lettering, mode: Qt.TextElideMode
) -> None:
    painter.setFont(lettering.font)
    shown = lettering.metrics.elidedText(words, mode, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
