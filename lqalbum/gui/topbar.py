"""The upper edge: order, strictness, size of the tiles, search."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.tiles import DEFAULT_PX, LARGEST_PX, SMALLEST_PX
from lqalbum.review.collection import View
from lqalbum.review.keys import key
from lqalbum.review.language import mark, tr
from lqalbum.review.sorting import SORTS, SortName
from lqalbum.review.wording import calibration_note, calibration_words, share

# Stops of the slider; the detector keeps reconstructions for photos flagged at up to 10 %.
STRICTNESS_STOPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1)
_SEARCH_AFTER_MS = 150
COMPACT_BELOW_PX = 900
_SORT_WORDS: dict[SortName, tuple[str, str, str]] = {
    "score": (mark("Score"), mark("Worst first"), mark("Best first")),
    "date": (mark("Date"), mark("Newest first"), mark("Oldest first")),
    "name": (mark("Name"), mark("Z first"), mark("A first")),
    "size": (mark("File size"), mark("Largest first"), mark("Smallest first")),
    "folder": (mark("Folder"), mark("Z first"), mark("A first")),
}


class SearchField(QLineEdit):
    """Where one types what to look for; Enter and the arrow down lead to what was found.

    Attributes:
        left: a person goes on to the photos.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave for the photos, or type."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QWidget):
    """Controls of the view.

    Attributes:
        sort_chosen: the order and whether it descends.
        strictness_chosen: share of good photos flagged, 0-1.
        tile_side_chosen: side of the tiles' pictures, px.
        search_changed: text to look for.
        search_left: a person goes on from the search to the photos.
        menu: the button at the left edge that opens the menu.
    """

    sort_chosen = Signal(str, object)
    strictness_chosen = Signal(float)
    tile_side_chosen = Signal(int)
    search_changed = Signal(str)
    search_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay out the controls."""
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._labelled: list[tuple[QBoxLayout, QLabel]] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 7, 12, 7)
        layout.setSpacing(8)
        self.menu = QPushButton(tr("Menu"))
        layout.addWidget(self.menu)
        self._add_sort(layout)
        layout.addSpacing(10)
        self._add_strictness(layout)
        layout.addStretch(1)
        self._add_size(layout)
        layout.addSpacing(6)
        self._add_search(layout)
        self._is_compact = False
        self._full_px = COMPACT_BELOW_PX
        self.say_keys()
        self._view = View()
        self._calibration_size = 0

    def say_keys(self) -> None:
        """Name the keys in use."""
        self.menu.setToolTip(tr("History, settings, keys and more ({key})", key=key("menu")))
        self.search.setPlaceholderText(tr("Search ({key})", key=key("search")))

    def show_view(self, view: View, calibration_size: int) -> None:
        """Show the view as it is; nothing is signalled.

        Args:
            view: the session's.
            calibration_size: number of good photos that the strictness rests on, 0 if not known.
        """
        self._view, self._calibration_size = view, calibration_size
        with QSignalBlocker(self.sort), QSignalBlocker(self.strictness):
            self.sort.setCurrentIndex(SORTS.index(view.sort))
            self.strictness.setValue(nearest_stop(view.strictness))
        self._say()
        self._fit()
        self.strictness.setToolTip(
            tr(
                "How strict to be, in false alarms: to the right more photos are flagged, "
                "and more\ngood ones among them. Nothing is scored again. {calibration}",
                calibration=calibration_words(calibration_size, view.strictness),
            ).rstrip()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say less where all words, in the language in use, have no room."""
        if not self._is_compact:
            self._full_px = max(COMPACT_BELOW_PX, self.minimumSizeHint().width())
        is_compact = self.width() < self._full_px
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            for both, label in self._labelled:
                self._stack(both, label, is_compact)
            self.strictness.setFixedWidth(80 if is_compact else 130)
            self.tile_side.setFixedWidth(60 if is_compact else 90)
            self.direction.setMaximumWidth(40 if is_compact else 200)
            self.search.setMinimumWidth(90 if is_compact else 120)
            self._say()

    def _say(self) -> None:
        """Put the view into words, as many as there is room for."""
        view = self._view
        words = tr(_SORT_WORDS[view.sort][1 if view.descending else 2])
        arrow = "\N{DOWNWARDS ARROW}" if view.descending else "\N{UPWARDS ARROW}"
        self.direction.setText(arrow if self._is_compact else words)
        self.direction.setAccessibleName(tr("Order: {words}", words=words))
        self.direction.setToolTip(tr("{words}; press to turn the order round", words=words))
        short = self._is_compact
        count = self._calibration_size
        self._strictness_words.setText(_flags(view.strictness, short))
        self._strictness_note.setText(calibration_note(count, view.strictness, short))
        self._strictness_note.setVisible(count > 0)
        # As wide for every stop, so that nothing beside it moves while the slider does.
        for label, longest in (
            (self._strictness_words, _flags(STRICTNESS_STOPS[2], short)),
            (self._strictness_note, calibration_note(count, STRICTNESS_STOPS[-1], short)),
        ):
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(longest) + 6)

    def _add_sort(self, layout: QHBoxLayout) -> None:
        self.sort = QComboBox()
        self.sort.setAccessibleName(tr("Sort by"))
        self.sort.setToolTip(tr("Sort by"))
        for name in SORTS:
            self.sort.addItem(tr("Sort: {by}", by=tr(_SORT_WORDS[name][0])))
        self.sort.currentIndexChanged.connect(self._tell_sort)
        self.direction = QPushButton()
        self.direction.clicked.connect(self._tell_direction)
        layout.addWidget(self.sort)
        layout.addWidget(self.direction)

    def _add_strictness(self, layout: QHBoxLayout) -> None:
        self.strictness = QSlider(Qt.Orientation.Horizontal)
        self.strictness.setRange(0, len(STRICTNESS_STOPS) - 1)
        self.strictness.setPageStep(1)
        self.strictness.setFixedWidth(130)
        self.strictness.setAccessibleName(tr("Strictness"))
        self.strictness.valueChanged.connect(self._tell_strictness)
        self._strictness_words, self._strictness_note = QLabel(), QLabel()
        self._strictness_note.setProperty("role", "note")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._strictness_words)
        words.addWidget(self._strictness_note)
        words.addStretch(1)
        layout.addLayout(self._labelled_slider(tr("Strictness"), self.strictness))
        layout.addLayout(words)

    def _add_size(self, layout: QHBoxLayout) -> None:
        self.tile_side = QSlider(Qt.Orientation.Horizontal)
        self.tile_side.setRange(SMALLEST_PX, LARGEST_PX)
        self.tile_side.setValue(DEFAULT_PX)
        self.tile_side.setPageStep(40)
        self.tile_side.setFixedWidth(90)
        self.tile_side.setAccessibleName(tr("Size of the photos"))
        self.tile_side.setToolTip(tr("Size of the photos"))
        self.tile_side.valueChanged.connect(self.tile_side_chosen)
        layout.addLayout(self._labelled_slider(tr("Size"), self.tile_side))

    def _add_search(self, layout: QHBoxLayout) -> None:
        self.search = SearchField()
        self.search.setAccessibleName(tr("Search by name or folder"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(240)
        self._search_timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._search_timer.timeout.connect(self._tell_search)
        self.search.textChanged.connect(self._wait_for_more)
        self.search.left.connect(self._leave_search)
        layout.addWidget(self.search, 1)

    def _labelled_slider(self, words: str, slider: QSlider) -> QBoxLayout:
        """Return a slider with its name beside it; `_stack` puts it above."""
        both, label = QHBoxLayout(), QLabel(words)
        both.setSpacing(8)
        both.addWidget(label)
        both.addWidget(slider)
        self._labelled.append((both, label))
        return both

    def _stack(self, both: QBoxLayout, label: QLabel, is_stacked: bool) -> None:
        """Put a name above its slider, in small letters, or beside it."""
        direction = QBoxLayout.Direction
        both.setDirection(direction.TopToBottom if is_stacked else direction.LeftToRight)
        both.setSpacing(0 if is_stacked else 8)
        label.setProperty("role", "note" if is_stacked else "")
        label.style().unpolish(label)
        label.style().polish(label)

    @Slot(int)
    def _tell_sort(self, place: int) -> None:
        self.sort_chosen.emit(SORTS[place], None)

    @Slot()
    def _tell_direction(self) -> None:
        self.sort_chosen.emit(self._view.sort, not self._view.descending)

    @Slot(int)
    def _tell_strictness(self, place: int) -> None:
        self.strictness_chosen.emit(STRICTNESS_STOPS[place])

    @Slot()
    def _wait_for_more(self) -> None:
        self._search_timer.start()

    @Slot()
    def _leave_search(self) -> None:
        if self._search_timer.isActive():  # what was typed last is looked for first
            self._search_timer.stop()
            self._tell_search()
        self.search_left.emit()

    @Slot()
    def _tell_search(self) -> None:
        self.search_changed.emit(self.search.text())


def nearest_stop(strictness: float) -> int:
    """Return the place of the stop nearest to a strictness, 0-1."""
    places = range(len(STRICTNESS_STOPS))
    return min(places, key=lambda place: abs(STRICTNESS_STOPS[place] - strictness))


def _flags(strictness: float, is_short: bool) -> str:
    words = share(strictness, is_short)
    return words if is_short else tr("Flags {share}", share=words)
