"""The lower edge: how far the index is, pause, and the note on photos that are not shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from lqalbum.gui.texts import Line
from lqalbum.jobs.indexing import Progress
from lqalbum.review.keys import all_keys, key
from lqalbum.review.language import mark, number, plural, tr
from lqalbum.review.wording import chosen_words, hidden

HINT_FROM_PX = 1000
_GRID_HINT = mark("{loupe} looks closer  ·  {help} all keys")
_LOUPE_HINT = mark("Left and right go on  ·  {loupe} goes back  ·  {help} all keys")


class BottomBar(QWidget):
    """Progress and notes.

    Attributes:
        pause_asked: a person wants the index to pause or to go on.
        show_all_asked: a person wants to see what the view leaves out.
        decided: a decision on the photos chosen.
    """

    pause_asked = Signal()
    show_all_asked = Signal()
    decided = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay out the parts; all but the status words are hidden until needed."""
        super().__init__(parent)
        self.setObjectName("bottomBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 12, 5)
        layout.setSpacing(10)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(220)
        self.bar.setAccessibleName(tr("Progress of the index"))
        self.pause = QPushButton(tr("Pause"))
        self.pause.clicked.connect(self.pause_asked)
        self.status = Line("", fills=False)
        self.hidden = QPushButton()
        self.hidden.setProperty("role", "link")
        self.hidden.setToolTip(tr("Let go of group, folder and search"))
        self.hidden.clicked.connect(self.show_all_asked)
        for widget in (self.bar, self.pause, self.status):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.hidden)
        self._add_decisions(layout)
        self.say_keys()
        self.setFixedHeight(self.pause.sizeHint().height() + 10)
        self.rest("")

    def _add_decisions(self, layout: QHBoxLayout) -> None:
        self.hint = QLabel()
        self._has_hint = False
        self.hint.setProperty("role", "muted")
        self.chosen = QLabel()
        self.keep, self.delete, self.undecide = QPushButton(), QPushButton(), QPushButton()
        self.keep.clicked.connect(self._keep)
        self.delete.clicked.connect(self._delete)
        self.undecide.clicked.connect(self._undecide)
        for widget in (self.hint, self.chosen, self.keep, self.delete, self.undecide):
            layout.addWidget(widget)

    def say_keys(self) -> None:
        """Name the keys in use."""
        self.keep.setText(tr("Keep  {key}", key=key("keep")))
        self.keep.setToolTip(tr("Keep the photos chosen ({keys})", keys=all_keys("keep")))
        self.delete.setText(tr("Delete  {key}", key=key("delete")))
        self.delete.setToolTip(
            tr("Move the photos chosen to the trash ({keys})", keys=all_keys("delete"))
        )
        self.undecide.setText(tr("Undecided  {key}", key=key("undecided")))
        self.undecide.setToolTip(
            tr(
                "Take back what was decided on the photos chosen; those in the trash return "
                "({keys})",
                keys=all_keys("undecided"),
            )
        )

    @Slot()
    def _keep(self) -> None:
        self.decided.emit("keep")

    @Slot()
    def _delete(self) -> None:
        self.decided.emit("delete")

    @Slot()
    def _undecide(self) -> None:
        self.decided.emit("undecided")

    def set_deciding(self, chosen: int, *, in_loupe: bool) -> None:
        """Offer decisions where there are photos to decide on.

        Args:
            chosen: on how many photos a key acts.
            in_loupe: whether one photo, or two, fill the window.
        """
        hint = _LOUPE_HINT if in_loupe else _GRID_HINT
        self.hint.setText(tr(hint, loupe=key("loupe"), help=key("help")))
        self._has_hint = chosen == 1
        self.hint.setVisible(self._has_hint and self.width() >= HINT_FROM_PX)
        self.chosen.setText(chosen_words(chosen))
        self.chosen.setVisible(chosen > 1)
        for widget in (self.keep, self.delete, self.undecide):
            widget.setVisible(chosen > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the hint out where it would crowd the rest."""
        super().resizeEvent(event)
        self.hint.setVisible(self._has_hint and event.size().width() >= HINT_FROM_PX)

    def show_progress(self, progress: Progress, *, paused: bool) -> None:
        """Show how far the index is."""
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        self.bar.show()
        self.pause.setText(tr("Go on") if paused else tr("Pause"))
        self.pause.show()
        self.status.setText(progress_words(progress, paused=paused))

    def show_busy(self, words: str) -> None:
        """Show that something goes on whose length is not known."""
        self.bar.setRange(0, 0)
        self.bar.show()
        self.status.setText(words)

    def rest(self, words: str) -> None:
        """Show that nothing goes on, with words on what did."""
        self.bar.hide()
        self.pause.hide()
        self.status.setText(words)

    def set_hidden(self, number: int) -> None:
        """Say how many photos the view leaves out."""
        self.hidden.setText(hidden(number))
        self.hidden.setVisible(number > 0)


def progress_words(progress: Progress, *, paused: bool) -> str:
    """Return the words beside the bar: done, pace and the time left."""
    done, total = number(progress.done), progress.total
    if paused:
        return plural(
            "Paused at {done} of {count} photo",
            "Paused at {done} of {count} photos",
            total,
            done=done,
        )
    parts = [plural("{done} of {count} photo", "{done} of {count} photos", total, done=done)]
    if progress.photos_per_second:
        parts.append(tr("{pace} a second", pace=number(progress.photos_per_second, 1)))
    if progress.eta_s is not None:
        parts.append(tr("{time} left", time=duration(progress.eta_s)))
    return "  ·  ".join(parts)


def duration(seconds: float) -> str:
    """Return a time a person can read: '40 s', '3 min', '2 h 10 min'."""
    if seconds < 90:
        return tr("{seconds} s", seconds=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
