"""Two photos side by side, zoomed together; keys act on the one with the frame."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lqalbum.errors import LQAlbumError
from lqalbum.gui.imagepane import ImagePane, Zoom
from lqalbum.gui.looks import Developed, Look, LookPart
from lqalbum.gui.rows import CloseBar, back_button
from lqalbum.gui.texts import Line
from lqalbum.gui.theme import Theme
from lqalbum.gui.worker import Fetcher
from lqalbum.review import PhotoRow
from lqalbum.review.keys import key
from lqalbum.review.language import tr
from lqalbum.review.sentences import error_words
from lqalbum.review.wording import printable, trouble, verdict, why, worse_than


class Side(QFrame):
    """One of the two photos.

    Attributes:
        pressed: the mouse was pressed on it.
    """

    pressed = Signal()

    def __init__(self, zoom: Zoom, theme: Theme, parent: QWidget | None = None) -> None:
        """Show no photo yet."""
        super().__init__(parent)
        self.setObjectName("comparedSide")
        self.row: PhotoRow | None = None
        self.is_full = False
        self.pane = ImagePane("", zoom, theme)
        self.pane.pressed.connect(self.pressed)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.words.setMinimumSize(60, 2 * self.words.fontMetrics().height())
        self.words.setContentsMargins(8, 0, 8, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        layout.addWidget(self.pane, 1)
        layout.addWidget(self.words)

    def show_photo(self, row: PhotoRow, thumbnail: QImage, strictness: float) -> None:
        """Show a photo's thumbnail and words; the photo comes with `take`."""
        self.row, self.is_full = row, False
        self.pane.original = QSize(row.width or 0, row.height or 0)
        self.pane.show_picture(thumbnail, trouble(row) or tr("No picture yet"))
        told = [verdict(row, strictness).words, why(row, strictness)]
        if row.percentile is not None:
            told.append(worse_than(row.percentile))
        self.words.setText("  ·  ".join(words for words in told if words) or " ")
        self.words.setToolTip(self.words.text())

    def mark(self, *, is_active: bool) -> None:
        """Say whether keys act on this photo."""
        name = "" if self.row is None else printable(os.path.basename(self.row.path))
        self.pane.title = f"\N{BLACK RIGHT-POINTING TRIANGLE} {name}" if is_active else name
        self.setAccessibleName(tr("{name}, keys act on it", name=name) if is_active else name)
        self.setProperty("active", is_active)
        self.style().unpolish(self)
        self.style().polish(self)
        self.pane.update()

    def take(self, look: Look, image: QImage) -> None:
        """Show a picture, if it is of this photo and no better one is there."""
        if self.row is None or look.path != self.row.path or (self.is_full and look.part != "full"):
            return
        self.is_full = look.part == "full"
        self.pane.show_picture(image)


class Compare(QWidget):
    """Two photos with one zoom.

    Attributes:
        left: a person goes back to the grid.
        stepped: a number of photos to go on, or back.
        photo_chosen: the photo that keys are to act on, by its id.
    """

    left = Signal()
    stepped = Signal(int)
    photo_chosen = Signal(int)

    def __init__(
        self, answer: Callable[[Look], object], theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Take pictures from `answer`, which runs in another thread."""
        super().__init__(parent)
        self.setObjectName("loupe")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.zoom = Zoom(self)
        self.sides = (Side(self.zoom, theme), Side(self.zoom, theme))
        self.sides[0].pane.leads = True
        self.active = 1
        self.sides[0].pressed.connect(self._choose_first)
        self.sides[1].pressed.connect(self._choose_second)
        self._fetcher = Fetcher(Developed(answer), capacity=8, parent=self)
        self._fetcher.answered.connect(self._take)
        self._fetcher.failed.connect(self._take_failure)
        self._lay_out()
        self.say_keys()

    def say_keys(self) -> None:
        """Name the keys in use."""
        keys = ", ".join(key(name) for name in ("compare", "grid", "escape"))
        self._back.setToolTip(tr("Back to the grid ({keys})", keys=keys))
        self._hint.setText(
            tr(
                "Keys act on the framed photo  ·  Tab changes sides  ·  arrows go on  ·  "
                "{full} 100 %",
                full=key("full_size"),
            )
        )

    def photo_ids(self) -> tuple[int | None, int | None]:
        """Return the photos at the left and at the right."""
        first, second = (None if side.row is None else side.row.photo_id for side in self.sides)
        return first, second

    def begin(self) -> None:
        """Forget what was compared before."""
        self.active = 1
        for side in self.sides:
            side.row = None

    def show_photo(self, place: int, row: PhotoRow, thumbnail: QImage, strictness: float) -> None:
        """Show a photo at the left (0) or right (1)."""
        side = self.sides[place]
        is_same = side.row is not None and side.row.sha256 == row.sha256
        if not is_same or side.row is None or side.row.path != row.path:
            side.show_photo(row, thumbnail, strictness)
            self._ask("photo", side)
            if self.zoom.factor > 1:
                self._ask("full", side)
        elif side.row != row:
            image = side.pane.picture
            is_full = side.is_full
            side.show_photo(row, image, strictness)
            side.is_full = is_full
        self._mark()

    def zoom_full(self) -> None:
        """Show the originals pixel by pixel around the pointer, or the whole photos again."""
        if not self.zoom.is_whole:
            self.zoom.reset()
            return
        for side in (self.sides[self.active], *self.sides):
            point = side.pane.share_at_pointer()
            if point is not None:
                break
        row = self.sides[self.active].row
        if row is None or not row.width or not row.height:
            return
        factor = self.sides[0].pane.full_factor(QSize(row.width, row.height))
        self.zoom.allow(factor)
        if point is None:
            self.zoom.set(factor, self.zoom.centre)
        else:
            self.zoom.zoom_at(point, factor)
        for side in self.sides:
            self._ask("full", side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the arrows; the tab key changes the photo that keys act on."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  # Qt's own name
        """Take the tab key for a change of sides."""
        self._choose(1 - self.active)
        return True

    def close_threads(self) -> None:
        """End the thread that makes pictures."""
        self._fetcher.close()

    def _lay_out(self) -> None:
        self._back = back_button()
        self._back.clicked.connect(self.left)
        self._hint = Line("muted", fills=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(CloseBar(self._back, self._hint))
        panes = QHBoxLayout()
        panes.setContentsMargins(8, 4, 8, 8)
        panes.setSpacing(8)
        for side in self.sides:
            panes.addWidget(side, 1)
        layout.addLayout(panes, 1)

    def set_active(self, place: int) -> None:
        """Say on which of the photos keys act: the left (0) or the right one (1)."""
        self.active = place
        self._mark()

    def _mark(self) -> None:
        for place, side in enumerate(self.sides):
            side.mark(is_active=place == self.active)

    @Slot()
    def _choose_first(self) -> None:
        self._choose(0)

    @Slot()
    def _choose_second(self) -> None:
        self._choose(1)

    def _choose(self, place: int) -> None:
        row = self.sides[place].row
        if row is not None and place != self.active:
            self.active = place
            self._mark()
            self.photo_chosen.emit(row.photo_id)

    def _ask(self, part: LookPart, side: Side) -> None:
        row = side.row
        if row is not None and row.sha256 is not None and row.status in (None, "scored"):
            self._fetcher.ask(Look(part, row.path, row.sha256))

    @Slot(object, object)
    def _take(self, look: Look, image: object) -> None:
        for side in self.sides:
            if isinstance(image, QImage):
                side.take(look, image)

    @Slot(object, Exception)
    def _take_failure(self, look: Look, error: Exception) -> None:
        words = printable(error_words(error)) if isinstance(error, LQAlbumError) else repr(error)
        for side in self.sides:
            if side.row is not None and side.row.path == look.path:
                side.words.setText(words)
