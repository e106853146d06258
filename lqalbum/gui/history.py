"""The history: every decision with its record, what can come back, and what is to be forgotten."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.dialogs import BulkPrompt
from lqalbum.gui.screens import open_with_size
from lqalbum.gui.texts import column, text
from lqalbum.gui.worker import Fetcher
from lqalbum.review import trash_address
from lqalbum.review.history import HistoryLine, forget_prompt, possible_words, record_lines
from lqalbum.review.language import mark, number, plural, tr
from lqalbum.review.pictures import Part
from lqalbum.review.wording import printable, reason_words

Index = QModelIndex | QPersistentModelIndex
_COLUMNS = (mark("When"), mark("Photo"), mark("Decision"), mark("Now"), mark("Reason"))
_PICTURES: dict[Part, str] = {"photo": mark("Photo"), "reconstruction": mark("Reconstruction")}
_PICTURE_PX = 170
_NAME_PX = 150
# Beside the words of a cell, and of a heading, which is bold.
_CELL_PX = 22
# Where there is less room for the reasons than this, the table scrolls.
_COLUMN_PX = 120
_VALUE_PX = 250


class HistoryModel(QAbstractTableModel):
    """The decisions as lines of a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without lines."""
        super().__init__(parent)
        self._all: tuple[HistoryLine, ...] = ()
        self.lines: tuple[HistoryLine, ...] = ()
        self._deletes_only = True

    def take(self, lines: Sequence[HistoryLine]) -> None:
        """Show these decisions instead of all there were."""
        self._all = tuple(lines)
        self.show_deletes(self._deletes_only)

    def show_deletes(self, only: bool) -> None:
        """Leave out what is no delete, or show all."""
        self._deletes_only = only
        self.beginResetModel()
        self.lines = tuple(
            line for line in self._all if not only or line.record.decision == "delete"
        )
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """Return the number of decisions shown."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(_COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.lines[index.row()]
        reason = reason_words(line.record.reason)
        return (line.time, line.name, line.decision, line.state, reason)[index.column()]


class HistoryDialog(QDialog):
    """Lists decisions; brings photos back and forgets records.

    Attributes:
        return_asked: paths of photos to bring back from the trash.
        forget_asked: numbers of entries to erase.
        trash_asked: a person wants to see the system's trash.
    """

    return_asked = Signal(object)
    forget_asked = Signal(object)
    trash_asked = Signal()

    def __init__(
        self,
        read: Callable[[], tuple[HistoryLine, ...]],
        read_picture: Callable[[str, Part], bytes | None],
        trash_words: str,
        parent: QWidget | None = None,
    ) -> None:
        """Show what `read` gives; it and `read_picture` run in another thread."""
        super().__init__(parent)
        self.setWindowTitle(tr("History"))
        open_with_size(self, QSize(1240, 660))
        self._read = read
        self._read_picture = read_picture
        self._fetcher = Fetcher(self._fetch, capacity=16, parent=self)
        self._fetcher.answered.connect(self._take)
        self._lay_out(trash_words)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look at the journal and the trash anew."""
        self._fetcher.ask("history")

    def chosen(self) -> list[HistoryLine]:
        """Return the lines selected."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.lines[place] for place in places]

    def say_trash(self, words: str) -> None:
        """Say what lies in the trash."""
        self.trash.setText(words or tr("Open the trash"))
        folder = QUrl(trash_address()).toLocalFile()
        place = tr("The trash is the folder {folder}.", folder=printable(folder)) if folder else ""
        words = tr("Open the system's trash. LQ Album never empties it.")
        self.trash.setToolTip(f"{words} {place}".strip())

    def done(self, result: int) -> None:
        """End the thread that reads."""
        self._fetcher.close()
        super().done(result)

    def _lay_out(self, trash_words: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(self._top())
        across = QHBoxLayout()
        across.setSpacing(14)
        across.addWidget(self._make_table(), 1)
        across.addWidget(self._make_record())
        layout.addLayout(across, 1)
        layout.addLayout(self._buttons(trash_words))

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        self.note = QLabel(tr("Reading…"))
        self.note.setProperty("role", "muted")
        self.deletes_only = QCheckBox(tr("Deletes only"))
        self.deletes_only.setChecked(True)
        self.deletes_only.toggled.connect(self._filter)
        top.addWidget(self.note)
        top.addStretch(1)
        top.addWidget(self.deletes_only)
        return top

    def _make_table(self) -> QTableView:
        self.model = HistoryModel(self)
        self.table = table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(tr("Decisions, newest first"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 12)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(_COLUMN_PX)
        table.setColumnWidth(1, _NAME_PX)
        measured = table.fontMetrics().horizontalAdvance
        times, decisions, states = possible_words()
        for place, possible in ((0, times), (2, decisions), (3, states)):
            words = (tr(_COLUMNS[place]), *possible)
            table.setColumnWidth(place, max(map(measured, words)) + _CELL_PX)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().selectionChanged.connect(self._show_record)
        return table

    def _make_record(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(2 * _PICTURE_PX + 12)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        pictures = QHBoxLayout()
        self.pictures: dict[Part, QLabel] = {"photo": QLabel(), "reconstruction": QLabel()}
        for part, label in self.pictures.items():
            label.setFixedSize(QSize(_PICTURE_PX, _PICTURE_PX))
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setAccessibleName(tr(_PICTURES[part]))
            captioned = QVBoxLayout()
            captioned.addWidget(text(tr(_PICTURES[part]), "muted"))
            captioned.addWidget(label)
            pictures.addLayout(captioned)
        layout.addLayout(pictures)
        self.record = QWidget()
        self.form = QFormLayout(self.record)
        self.form.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(self.record)
        layout.addStretch(1)
        return side

    def _buttons(self, trash_words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        self.trash = QPushButton()
        self.trash.clicked.connect(self.trash_asked)
        self.say_trash(trash_words)
        self.bring_back = QPushButton(tr("Bring back"))
        self.bring_back.setToolTip(tr("Move the photos chosen from the trash to where they were"))
        self.bring_back.clicked.connect(self._ask_return)
        self.forget = QPushButton(tr("Forget…"))
        self.forget.setToolTip(
            tr("Erase names and pictures of the deletes chosen from this library")
        )
        self.forget.clicked.connect(self._ask_forget)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        row.addWidget(self.trash)
        row.addStretch(1)
        for button in (self.bring_back, self.forget, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        self._enable(())
        return row

    def _enable(self, lines: Sequence[HistoryLine]) -> None:
        self.bring_back.setEnabled(any(line.can_return for line in lines))
        self.forget.setEnabled(any(line.record.decision == "delete" for line in lines))

    def _fetch(self, wanted: object) -> object:
        if wanted == "history":
            return self._read()
        assert isinstance(wanted, tuple)
        data = self._read_picture(*wanted)
        return QImage() if data is None else QImage.fromData(data)

    @Slot(object, object)
    def _take(self, wanted: object, answer: object) -> None:
        if isinstance(answer, QImage):
            self._show_picture(wanted, answer)
            return
        assert isinstance(answer, tuple)
        chosen = {line.record.id for line in self.chosen()}
        self.model.take(answer)
        held = sum(line.can_return for line in answer)
        self.note.setText(
            plural("{count} decision", "{count} decisions", len(answer))
            + "  ·  "
            + tr("{held} can be brought back from the trash", held=number(held))
            if answer
            else tr("Nothing has been decided yet.")
        )
        shown = [line.record.id for line in self.model.lines]
        self._choose(chosen.intersection(shown) or shown[:1])
        self._show_record()

    @Slot(bool)
    def _filter(self, only: bool) -> None:
        chosen = {line.record.id for line in self.chosen()}
        self.model.show_deletes(only)
        self._choose(chosen)
        self._show_record()

    def _choose(self, entry_ids: Collection[int]) -> None:
        """Select the lines of some entries, and go to the first of them."""
        places = [n for n, line in enumerate(self.model.lines) if line.record.id in entry_ids]
        selection = QItemSelection()
        for place in places:
            selection.select(self.model.index(place, 0), self.model.index(place, 4))
        model, flag = self.table.selectionModel(), QItemSelectionModel.SelectionFlag
        if places:
            model.setCurrentIndex(self.model.index(places[0], 0), flag.NoUpdate)
        model.select(selection, flag.ClearAndSelect)

    @Slot()
    def _show_record(self) -> None:
        lines = self.chosen()
        self._enable(lines)
        while self.form.rowCount():
            self.form.removeRow(0)
        for label in self.pictures.values():
            label.setPixmap(QPixmap())
            label.setText("")
        if len(lines) != 1:
            if lines:
                self.form.addRow(text(_chosen_words(len(lines)), "muted"))
            return
        for name, value in record_lines(lines[0]):
            self.form.addRow(text(name, "muted"), column(value, _VALUE_PX))
        sha256 = lines[0].record.sha256
        for part, label in self.pictures.items():
            label.setText(tr("no picture kept") if sha256 is None else "")
            if sha256 is not None:
                self._fetcher.ask((sha256, part))

    def _show_picture(self, wanted: object, image: QImage) -> None:
        lines = self.chosen()
        if not isinstance(wanted, tuple) or len(lines) != 1 or lines[0].record.sha256 != wanted[0]:
            return
        label = self.pictures[wanted[1]]
        if image.isNull():
            label.setText(
                tr("no picture kept") if wanted[1] == "photo" else tr("no reconstruction")
            )
            return
        mode = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        label.setPixmap(QPixmap.fromImage(image.scaled(label.size(), mode, smooth)))
        label.setToolTip(label.accessibleName())

    @Slot()
    def _ask_return(self) -> None:
        paths = tuple(line.record.path for line in self.chosen() if line.can_return)
        self.return_asked.emit(tuple(dict.fromkeys(paths)))

    @Slot()
    def _ask_forget(self) -> None:
        lines = [line for line in self.chosen() if line.record.decision == "delete"]
        if BulkPrompt.ask(forget_prompt(lines), self, tr("Forget")):
            self.forget_asked.emit(tuple(line.record.id for line in lines))


def _chosen_words(count: int) -> str:
    return plural("{count} decision chosen", "{count} decisions chosen", count)
