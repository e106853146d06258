"""The loupe: photo, reconstruction and heat map side by side, the depth dial, the filmstrip."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from lqalbum.errors import LQAlbumError
from lqalbum.gui.filmstrip import Filmstrip
from lqalbum.gui.imagepane import ImagePane, Zoom
from lqalbum.gui.keypress import pressed
from lqalbum.gui.looks import Developed, Look, LookPart
from lqalbum.gui.rows import CloseBar, back_button
from lqalbum.gui.texts import Line
from lqalbum.gui.theme import Theme
from lqalbum.gui.worker import Fetcher
from lqalbum.jobs.looking import Depth
from lqalbum.review import PhotoRow
from lqalbum.review.keys import key
from lqalbum.review.language import number, plural, tr
from lqalbum.review.sentences import error_words
from lqalbum.review.wording import is_pair, printable, trouble, verdict, why, worse_than

# The dial is turned faster than pictures are made: only where it stops counts.
_TURN_MS = 60
# The wheel turns on; the original is read where it stops.
_FULL_AFTER_MS = 150


class Loupe(QWidget):
    """A closer look at the current photo.

    Attributes:
        left: a person goes back to the grid.
        photo_chosen: a photo of the filmstrip, by its id.
        stepped: a number of photos to go on, or back.
    """

    left = Signal()
    stepped = Signal(int)
    photo_chosen = Signal(int)

    def __init__(
        self,
        answer: Callable[[Look], object],
        strip: Filmstrip,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """Take pictures from `answer`, which runs in another thread."""
        super().__init__(parent)
        self.setObjectName("loupe")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row: PhotoRow | None = None
        self._photo = QImage()
        self._reconstruction = QImage()
        self._depth: Depth | None = None
        self._level: int | None = None
        self.zoom = Zoom(self)
        self.photo = ImagePane(tr("Photo"), self.zoom, theme)
        self.reconstruction = ImagePane(tr("Reconstruction"), self.zoom, theme)
        self.heat_map = ImagePane(tr("Heat map"), self.zoom, theme)
        self.photo.leads = True
        self._is_wide, self._has_map = False, True
        self._has_looks, self._is_in_grid = False, False
        self._fetcher = Fetcher(Developed(answer), capacity=8, parent=self)
        self._fetcher.answered.connect(self._take)
        self._fetcher.failed.connect(self._take_failure)
        self._turned = QTimer(self, singleShot=True, interval=_TURN_MS)
        self._turned.timeout.connect(self._ask_reconstruction)
        self._zoomed = QTimer(self, singleShot=True, interval=_FULL_AFTER_MS)
        self._zoomed.timeout.connect(self._ask_full)
        self.zoom.changed.connect(self._follow_zoom)
        self._has_full = False
        self.flick_keys = [QKeySequence("R")]
        self._held: int | None = None
        self.strip = strip
        strip.photo_chosen.connect(self.photo_chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.say_keys()

    def show_photo(self, row: PhotoRow, thumbnail: QImage, strictness: float) -> None:
        """Look at a photo: its thumbnail at once, the larger pictures as they come.

        Args:
            row: the photo.
            thumbnail: null if there is none yet.
            strictness: share of good photos flagged, 0-1, for the words.
        """
        self._say(row, strictness)
        # Only a pair has its reconstruction in the grid.
        self._is_in_grid = is_pair(row, strictness)
        self._has_looks = row.sha256 is not None and row.status in (None, "scored")
        self._say_depth(self._depth if self._has_looks else None)
        if self._row is not None and (row.path, row.sha256) == (self._row.path, self._row.sha256):
            self._row = row
            return
        self._row = row
        self._photo, self._reconstruction = thumbnail, QImage()
        self._has_full = False
        self._is_wide = (row.width or 1) > (row.height or 1)
        self._arrange()
        self.zoom.reset()
        self.photo.original = QSize(row.width or 0, row.height or 0)
        self.photo.title, self.heat_map.title = tr("Photo"), tr("Heat map")
        self.heat_map.brief_title = ""
        unreadable = trouble(row) or tr("No picture yet")
        self.photo.show_picture(thumbnail, unreadable)
        waiting = tr("Only for photos that can be read")
        if self._has_looks:
            waiting = tr("Working on it…")
        self.reconstruction.show_picture(QImage(), waiting)
        self.heat_map.show_picture(QImage(), waiting)
        self.dial.setEnabled(self._has_looks and self._depth is not None)
        if self._has_looks:
            self._ask_all()

    def say_keys(self) -> None:
        """Name the keys in use."""
        self._back.setToolTip(
            tr("Back to the grid ({keys})", keys=_keys("grid", "loupe", "escape"))
        )
        self._hint.setText(
            tr(
                "Wheel zooms all three  ·  {full} 100 %  ·  hold {flick} to flick  ·  "
                "{heat} heat map",
                full=key("full_size"),
                flick=key("flick"),
                heat=key("heat_map"),
            )
        )
        self.dial.setToolTip(
            tr(
                "How much of the photo the reconstruction may use: to the left all of it, to the\n"
                "right only its coarse structure. Where it breaks tells the scale of the damage. "
                "{finer} {coarser}",
                finer=key("finer"),
                coarser=key("coarser"),
            )
        )

    def refresh_photo(self, thumbnail: QImage) -> None:
        """Show a thumbnail that has just come, where nothing larger is there yet."""
        if self._photo.isNull():
            self._photo = thumbnail
            self.photo.show_picture(thumbnail)

    def flick(self, on: bool) -> None:
        """Show the reconstruction in the photo's place while a key is held."""
        shown = self._reconstruction if on else self._photo
        if not shown.isNull():
            self.photo.show_picture(shown)
            self._say_zoom()
            if on:
                self.photo.title = tr("Reconstruction")

    def zoom_full(self) -> None:
        """Show the original pixel by pixel around the pointer, or the whole photo again."""
        if not self.zoom.is_whole:
            self.zoom.reset()
            return
        layout = self.layout()
        if layout is not None:
            layout.activate()  # just opened, the panes do not have their size yet
        panes = (self.photo, self.reconstruction, self.heat_map)
        shares = [pane.share_at_pointer() for pane in panes if pane.isVisibleTo(self)]
        point = next((share for share in shares if share is not None), QPointF(0.5, 0.5))
        factor = self._full_factor()
        self.zoom.allow(factor)
        self.zoom.zoom_at(point, factor)

    def _full_factor(self) -> float:
        row = self._row
        if row is None or not row.width or not row.height:
            return 4.0
        return self.photo.full_factor(QSize(row.width, row.height))

    @Slot()
    def _follow_zoom(self) -> None:
        """Say how large the photo is shown, and fetch the original where more can be seen of it."""
        if self._wants_full():
            self._zoomed.start()
        self._say_zoom()

    def _wants_full(self) -> bool:
        row = self._row
        # Not zoomed, the screen-sized photo is enough; it may still be on its way, even its
        # thumbnail, while a person zooms.
        if row is None or not row.width or self._has_full or self.zoom.factor <= 1:
            return False
        share_shown = self._photo.width() / row.width
        return share_shown < 1 and self.zoom.factor > self._full_factor() * share_shown

    def _say_zoom(self) -> None:
        words = tr("Photo")
        if not self.zoom.is_whole:
            words += f"  ·  {100 * self.zoom.factor / self._full_factor():.0f} %"
            if not self._has_full and self._zoomed.isActive():
                words += "  ·  " + tr("reading the original…")
        self.photo.title = words
        self.photo.update()

    @Slot()
    def _ask_full(self) -> None:
        if self._row is not None and self._row.status in (None, "scored"):
            self._ask("full")

    def toggle_heat_map(self) -> None:
        """Show or hide the heat map."""
        self._has_map = not self._has_map
        self.heat_map.setVisible(self._has_map)
        self._arrange()

    def turn(self, steps: int) -> None:
        """Turn the depth dial."""
        if self.dial.isEnabled():
            self.dial.setValue(self.dial.value() + steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from photo to photo with the arrows; show the reconstruction while R is held."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if pressed(event) in self.flick_keys:
            if not event.isAutoRepeat():
                self._held = event.key()
                self.flick(True)
        elif step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the photo again when R is let go, whatever is let go first of Shift+R."""
        if event.key() == self._held and not event.isAutoRepeat():
            self._held = None
            self.flick(False)
        super().keyReleaseEvent(event)

    def close_threads(self) -> None:
        """End the thread that makes pictures."""
        self._fetcher.close()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header())
        self._panes = QGridLayout()
        self._panes.setContentsMargins(8, 4, 8, 4)
        self._arrange()
        layout.addLayout(self._panes, 1)
        layout.addWidget(self._dial_bar())
        layout.addWidget(self.strip)

    def _arrange(self) -> None:
        """Put upright photos in a row; give a wide one the height of the two others.

        Without the heat map photo and reconstruction share the room.
        """
        panes, has_map = self._panes, self._has_map
        is_wide = self._is_wide and has_map
        for pane in (self.photo, self.reconstruction, self.heat_map):
            panes.removeWidget(pane)
        panes.addWidget(self.photo, 0, 0, 2 if is_wide else 1, 1)
        panes.addWidget(self.reconstruction, 0, 1)
        panes.addWidget(self.heat_map, 1 if is_wide else 0, 1 if is_wide else 2)
        panes.setColumnStretch(0, 2 if is_wide else 1)
        panes.setColumnStretch(1, 1)
        panes.setColumnStretch(2, 1 if has_map and not is_wide else 0)
        panes.setRowStretch(0, 1)
        panes.setRowStretch(1, 1 if is_wide else 0)

    def _header(self) -> QWidget:
        self._back = back_button()
        self._back.clicked.connect(self.left)
        self._name = Line("verdict", fills=False)
        self._words = Line("muted", fills=True)
        return CloseBar(self._back, self._name, self._words, spacing_px=16)

    def _dial_bar(self) -> QWidget:
        self.dial = QSlider(Qt.Orientation.Horizontal)
        self.dial.setPageStep(1)
        self.dial.setEnabled(False)
        self.dial.setMinimumWidth(120)
        self.dial.setMaximumWidth(260)
        self.dial.setAccessibleName(tr("Depth of the reconstruction"))
        self.dial.valueChanged.connect(self._turn_dial)
        self._depth_words = Line("", fills=False)
        self._depth_words.setText(tr("Depth"))
        self._hint = Line("muted", fills=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        ends = QLabel(tr("Fine")), QLabel(tr("Coarse"))
        bar = CloseBar(ends[0], self.dial, ends[1], self._depth_words, self._hint)
        bar.across.setStretchFactor(self.dial, 1)
        return bar

    def _say(self, row: PhotoRow, strictness: float) -> None:
        name = printable(os.path.basename(row.path))
        metrics = self._name.fontMetrics()
        self._name.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, 380))
        self._name.setToolTip(printable(row.path))
        words = [verdict(row, strictness).words, why(row, strictness)]
        if row.percentile is not None:
            words.append(worse_than(row.percentile))
        self._words.setText("  ·  ".join(word for word in words if word))

    def _ask_all(self) -> None:
        # What was asked last is answered first: what is nearest at hand, then what takes long.
        for part in ("depth", "heat_map", "reconstruction", "photo"):
            self._ask(part)

    def _ask(self, part: LookPart) -> None:
        if self._row is not None and self._row.sha256 is not None:
            level = self._level if part == "reconstruction" else None
            self._fetcher.ask(Look(part, self._row.path, self._row.sha256, level))

    @Slot()
    def _ask_reconstruction(self) -> None:
        self._ask("reconstruction")

    @Slot(int)
    def _turn_dial(self, place: int) -> None:
        if self._depth is not None:
            self._level = self._depth.levels[place]
            self._say_depth(self._depth)
            self._turned.start()

    def _say_depth(self, depth: Depth | None) -> None:
        if depth is None:  # nothing is imagined
            self._depth_words.setText(tr("Depth"))
            return
        level = depth.shown if self._level is None else self._level
        last = len(depth.levels) - 1
        imagined = plural(
            "the finest layer is imagined", "the {count} finest layers are imagined", level
        )
        words = tr("Depth {level} of {last}", level=level, last=last)
        if level == depth.shown and self._is_in_grid:
            words = tr("Depth {level} of {last}, as in the grid", level=level, last=last)
        self._depth_words.setText(f"{words}: {imagined}")

    @Slot(object, object)
    def _take(self, look: Look, answer: object) -> None:
        if isinstance(answer, Depth):
            self._set_depth(answer)
        if self._row is None or look.sha256 != self._row.sha256 or not isinstance(answer, QImage):
            return
        image = answer
        if look.part == "full" or (look.part == "photo" and not self._has_full):
            self._photo, self._has_full = image, look.part == "full"
            self._say_zoom()
            self.photo.show_picture(image)
        elif look.part == "reconstruction" and look.split_level == self._level:
            self._reconstruction = image
            self.reconstruction.show_picture(image)
        elif look.part == "heat_map":
            if self._row.s_kl is not None:
                s_kl = number(self._row.s_kl, 4)
                self.heat_map.title = tr("Heat map  ·  adds up to S_KL {s_kl}", s_kl=s_kl)
                self.heat_map.brief_title = tr("Heat map  ·  S_KL {s_kl}", s_kl=s_kl)
            self.heat_map.show_picture(image)

    @Slot(object, Exception)
    def _take_failure(self, look: Look, error: Exception) -> None:
        if self._row is None or look.sha256 != self._row.sha256:
            return
        words = printable(error_words(error)) if isinstance(error, LQAlbumError) else repr(error)
        if look.part == "reconstruction":
            self.reconstruction.show_picture(QImage(), words)
        elif look.part == "heat_map":
            self.heat_map.show_picture(QImage(), words)
        elif look.part == "full":
            self._has_full = True  # it will not come: what is there is the best there is
            self.photo.title = words
            self.photo.update()
        elif look.part == "photo" and self._photo.isNull():
            self.photo.show_picture(QImage(), words)

    def _set_depth(self, depth: Depth) -> None:
        if depth != self._depth:
            self._depth = depth
            with QSignalBlocker(self.dial):
                self.dial.setRange(0, len(depth.levels) - 1)
                self.dial.setValue(depth.levels.index(depth.shown))
        self._say_depth(depth if self._has_looks else None)
        self.dial.setEnabled(self._has_looks)


def _keys(*names: str) -> str:
    return ", ".join(key(name) for name in names)
