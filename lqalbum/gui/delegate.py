"""Paints one tile of the grid: photo or pair, frame, badge, name and words. No disk, no waiting."""

from __future__ import annotations

import os

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lqalbum.gui.badges import paint_badge, paint_frame
from lqalbum.gui.model import PhotoModel
from lqalbum.gui.theme import Theme
from lqalbum.gui.thumbnails import Thumbnails, TilePicture
from lqalbum.gui.tiles import DEFAULT_PX, TileLayout, cell_size, fitted, tile_layout
from lqalbum.review import PhotoRow
from lqalbum.review.pictures import Part
from lqalbum.review.wording import Verdict, is_pair, printable, trouble, verdict, why

_LABEL_GROUND = QColor(0, 0, 0, 165)
_LABEL_TEXT = QColor(255, 255, 255)
_LABELS: dict[Part, str] = {"photo": "photo", "reconstruction": "reconstruction"}


class TileDelegate(QStyledItemDelegate):
    """Paints tiles from rows in memory and pictures in the cache."""

    def __init__(
        self, model: PhotoModel, thumbnails: Thumbnails, theme: Theme, parent: QObject | None = None
    ) -> None:
        """Paint the model's photos with pictures from `thumbnails`."""
        super().__init__(parent)
        self.side_px = DEFAULT_PX
        self._model = model
        self._thumbnails = thumbnails
        self._theme = theme
        self._fonts: tuple[QFont, QFont, QFont] | None = None

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
        row = self._model.photo_at(index.row())
        strictness = self._model.session.view.strictness
        badge = verdict(row, strictness)
        wide = (row.width or 1) > (row.height or 1)
        cell: QRect = option.rect
        layout = tile_layout(cell, is_pair=is_pair(row, strictness), is_wide=wide)
        state: QStyle.StateFlag = option.state
        self._paint_ground(painter, cell, state)
        self._paint_pictures(painter, layout, row, badge)
        self._paint_caption(painter, layout, row, badge)

    def _paint_ground(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag) -> None:
        theme = self._theme
        box = cell.adjusted(2, 2, -3, -3)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(theme.selected if selected else theme.raised))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)

    def _paint_pictures(
        self, painter: QPainter, layout: TileLayout, row: PhotoRow, badge: Verdict
    ) -> None:
        if row.sha256 is None:
            self._paint_words(painter, layout.pictures, trouble(row))
        else:
            shown = self._paint_picture(painter, layout.photo, row.sha256, "photo")
            if layout.reconstruction is not None:
                box = layout.reconstruction
                if not shown.isEmpty():  # the network sees whole blocks, so its shape is near
                    box = shown.translated(box.topLeft() - layout.photo.topLeft())
                pair = self._paint_picture(painter, box, row.sha256, "reconstruction")
                self._paint_label(painter, shown, "photo")
                self._paint_label(painter, pair, "reconstruction")
        if badge.name == "deleted":
            ground = QColor(self._theme.ground)
            ground.setAlpha(140)
            painter.fillRect(layout.pictures, ground)
        paint_frame(painter, layout.pictures, badge.name, self._theme)

    def _paint_picture(self, painter: QPainter, box: QRect, sha256: str, part: Part) -> QRect:
        ratio = painter.device().devicePixelRatio()
        wanted = TilePicture(sha256, part, round(box.width() * ratio), round(box.height() * ratio))
        pixmap = self._thumbnails.get(wanted)
        if pixmap is None:
            absent = self._thumbnails.is_absent(sha256, part)
            if part == "reconstruction":
                self._paint_words(painter, box, "not made yet" if absent else "")
            else:
                painter.fillRect(box, QColor(self._theme.panel))
            return QRect()
        place = box if part == "reconstruction" else fitted(pixmap.size() / ratio, box)
        self._draw(painter, place, pixmap, exact=pixmap.size() == place.size() * ratio)
        return place

    def _draw(self, painter: QPainter, place: QRect, pixmap: QPixmap, *, exact: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
        painter.drawPixmap(place, pixmap)

    def _paint_label(self, painter: QPainter, picture: QRect, part: Part) -> None:
        if picture.isEmpty():
            return
        _, small, _ = self._fonts_for(painter)
        metrics = QFontMetrics(small)
        words = _LABELS[part]
        width, height = metrics.horizontalAdvance(words) + 10, metrics.height() + 1
        if width > picture.width():
            return
        box = QRect(picture.left(), picture.bottom() + 1 - height, width, height)
        painter.fillRect(box, _LABEL_GROUND)
        painter.setPen(_LABEL_TEXT)
        painter.setFont(small)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_words(self, painter: QPainter, box: QRect, words: str) -> None:
        painter.fillRect(box, QColor(self._theme.panel))
        painter.setPen(QColor(self._theme.muted))
        painter.setFont(self._fonts_for(painter)[1])
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(10, 4, -10, -4), flags, words)

    def _paint_caption(
        self, painter: QPainter, layout: TileLayout, row: PhotoRow, badge: Verdict
    ) -> None:
        name_font, small, bold = self._fonts_for(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setFont(name_font)
        painter.setPen(QColor(self._theme.text))
        name = printable(os.path.basename(row.path))
        _draw_elided(painter, layout.name, name, name_font, Qt.TextElideMode.ElideMiddle)
        taken = paint_badge(painter, layout.verdict, badge, self._theme, bold)
        words = why(row, self._model.session.view.strictness)
        if words:
            painter.setFont(small)
            painter.setPen(QColor(self._theme.muted))
            rest = layout.verdict.adjusted(taken, 0, 0, 0)
            _draw_elided(painter, rest, words, small, Qt.TextElideMode.ElideRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _fonts_for(self, painter: QPainter) -> tuple[QFont, QFont, QFont]:
        """Return the fonts of name, words and badge, made once."""
        if self._fonts is None:
            name = QFont(painter.font())
            name.setPixelSize(13)
            small, bold = QFont(name), QFont(name)
            small.setPixelSize(12)
            bold.setPixelSize(11)
            bold.setBold(True)
            self._fonts = (name, small, bold)
        return self._fonts


def _draw_elided(
    painter: QPainter, box: QRect, words: str, font: QFont, mode: Qt.TextElideMode
) -> None:
    shown = QFontMetrics(font).elidedText(words, mode, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
