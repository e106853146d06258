"""Duplicates and bursts: sets of photos of which one is enough; one key keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import (
    QSize,
    QStringListModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.background import BackgroundDialog
from lqalbum.gui.dialogs import BulkPrompt
from lqalbum.gui.rows import button_row
from lqalbum.gui.screens import open_with_size
from lqalbum.gui.shots import PICTURE_PX, SetModel, ShotDelegate
from lqalbum.gui.texts import text
from lqalbum.gui.thumbnails import ReadPicture, Thumbnails
from lqalbum.gui.worker import Fetcher
from lqalbum.jobs.likeness import Hashes, Hashing, hash_photos
from lqalbum.review import DeletePreview, Evidence, PhotoRow
from lqalbum.review.deciding import Step
from lqalbum.review.keys import key, sequences
from lqalbum.review.language import tr
from lqalbum.review.lookalike_words import (
    keep_words,
    overview,
    set_meaning,
    set_title,
)
from lqalbum.review.lookalikes import Lookalikes, find_lookalikes, rest_of
from lqalbum.review.session import ReviewSession
from lqalbum.review.wording import Toast


def looked_for(
    session: ReviewSession, scorer_id: str | None, stop: Callable[[], bool]
) -> Iterator[object]:
    """Hash what is not hashed yet, then find the sets; yields progress, and a list at last.

    Args:
        session: the photos.
        scorer_id: whose measurements tell which frame is best.
        stop: asked for each photo.
    """
    rows, library = session.photos.rows(), session.library

    def evidence_of(row: PhotoRow) -> Mapping[str, Evidence]:
        return library.details(row.photo_id, scorer_id)

    wanted = [row.sha256 for row in rows if row.sha256 is not None and row.status != "deleted"]
    for event in hash_photos(library, wanted, stop):
        if isinstance(event, Hashes):
            yield find_lookalikes(rows, event.by_sha256, evidence_of)
        else:
            yield event


class BurstsDialog(BackgroundDialog):
    """Lists sets of photos; keeps the one that is chosen in each and deletes the others.

    Attributes:
        step_chosen: a `Step` that keeps one photo and deletes others.
        undo_asked: a person wants the last step back.
    """

    step_chosen = Signal(object)
    undo_asked = Signal()

    def __init__(
        self,
        session: ReviewSession,
        read_picture: ReadPicture,
        scorer_id: str | None,
        parent: QWidget | None = None,
    ) -> None:
        """Look through a session's photos.

        Args:
            session: the photos, and where decisions are planned.
            read_picture: runs in another thread.
            scorer_id: identity of network and calibration, None where there is no model to use.
            parent: the window.
        """
        super().__init__(tr("Duplicates and bursts"), parent)
        open_with_size(self, QSize(1120, 680))
        self._session = session
        self._scorer_id = scorer_id
        self.sets: list[Lookalikes] = []
        self.thumbnails = Thumbnails(read_picture, self)
        # The set whose question is being prepared or asked.
        self._asked: Lookalikes | None = None
        self._previews = Fetcher(session.preview, parent=self)
        self._previews.answered.connect(self._ask_first)
        self._previews.failed.connect(self._give_up)
        self._is_stale = False
        self._lay_out()
        self._add_keys()
        self.refresh()

    def refresh(self) -> None:
        """Look through the photos anew."""
        self._is_stale = False
        session, scorer_id = self._session, self._scorer_id
        self.note.setText(tr("Comparing photos…"))
        self.progress.setRange(0, 0)
        self.progress.show()
        self.worker.start(lambda stop: looked_for(session, scorer_id, stop))

    @Slot(object)
    def follow(self, toast: Toast) -> None:
        """Say what became of a step; look anew where it was not what the list had expected."""
        self.say(toast.text, is_problem=toast.is_problem)
        if toast.is_problem or self._is_stale:
            self.refresh()

    def done(self, result: int) -> None:
        """Stop, without waiting for what compares."""
        self.thumbnails.close()
        self._previews.close()
        super().done(result)

    # Laying out.

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        top = QHBoxLayout()
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(220)
        self.progress.setAccessibleName(tr("How many photos have been compared"))
        top.addWidget(self.note)
        top.addStretch(1)
        top.addWidget(self.progress)
        layout.addLayout(top)
        across = QHBoxLayout()
        across.setSpacing(14)
        across.addWidget(self._make_list())
        across.addWidget(self._make_photos(), 1)
        layout.addLayout(across, 1)
        self.meaning = text("", "muted")
        layout.addWidget(self.meaning)
        layout.addWidget(self.told)
        layout.addLayout(self._make_buttons())

    def _make_list(self) -> QListView:
        self._titles = QStringListModel(self)
        self.list = QListView()
        self.list.setObjectName("setList")
        self.list.setModel(self._titles)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(3)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFixedWidth(330)
        self.list.setAccessibleName(tr("Sets of photos"))
        self.list.selectionModel().currentChanged.connect(self._show_set)
        return self.list

    def _make_photos(self) -> QListView:
        self.model = SetModel(self.thumbnails, self)
        self.photos = view = QListView()
        view.setObjectName("grid")
        view.setModel(self.model)
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setMovement(QListView.Movement.Static)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setUniformItemSizes(True)
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        view.setItemDelegate(ShotDelegate(view))
        view.setSpacing(6)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setAccessibleName(tr("Photos of the set; the chosen one is kept"))
        view.selectionModel().currentChanged.connect(self._show_choice)
        return view

    def _make_buttons(self) -> QHBoxLayout:
        self.keep = QPushButton()
        self.keep.setProperty("role", "primary")
        self.keep.setToolTip(
            tr(
                "{key}: keep the chosen photo and move the others to the trash, in one step",
                key=key("keep_best"),
            )
        )
        self.keep.clicked.connect(self.keep_chosen)
        self.undo = QPushButton(tr("Undo"))
        self.undo.setToolTip(tr("{key}: take the last step back", key=key("undo")))
        self.undo.clicked.connect(self._ask_undo)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        return button_row((self.keep, self.undo), (close,))

    def _add_keys(self) -> None:
        for keys, run in (
            (sequences("keep_best"), self.keep_chosen),
            (sequences("undo"), self._ask_undo),
            (("Left",), self._choose_left),
            (("Right",), self._choose_right),
            (("Up",), self._go_up),
            (("Down",), self._go_down),
        ):
            for sequence in keys:
                QShortcut(QKeySequence(sequence), self).activated.connect(run)

    # What is shown.

    @Slot(object)
    def _take(self, event: object) -> None:
        if isinstance(event, Hashing):
            self.progress.setRange(0, max(1, event.total))
            self.progress.setValue(event.done)
        elif isinstance(event, list):
            self.progress.hide()
            place = max(0, self.list.currentIndex().row())
            self._list(event, place)

    @Slot(Exception)
    def _take_failure(self, error: Exception) -> None:
        self.progress.hide()
        self.note.setText("")
        super()._take_failure(error)

    def _list(self, sets: Sequence[Lookalikes], place: int) -> None:
        self.sets = list(sets)
        self.note.setText(overview(self.sets))
        self._titles.setStringList([set_title(one) for one in self.sets])
        if self.sets:
            place = min(place, len(self.sets) - 1)
            self.list.setCurrentIndex(self._titles.index(place))
        self._show_set()

    @Slot()
    def _show_set(self) -> None:
        one = self._current()
        self.model.show_set(one)
        self.meaning.setText("" if one is None else set_meaning(one))
        if one is not None:
            self.photos.setCurrentIndex(self.model.index(0))
        self._show_choice()

    @Slot()
    def _show_choice(self) -> None:
        one, best = self._current(), self._chosen()
        rest = () if one is None or best is None else rest_of(one, best)
        self.keep.setEnabled(bool(rest))
        self.keep.setText(keep_words(best, rest).replace("&", "&&"))

    def _current(self) -> Lookalikes | None:
        place = self.list.currentIndex().row()
        return self.sets[place] if 0 <= place < len(self.sets) else None

    def _chosen(self) -> PhotoRow | None:
        one, place = self._current(), self.photos.currentIndex().row()
        return one.rows[place] if one is not None and 0 <= place < len(one.rows) else None

    # What a person does.

    @Slot()
    def keep_chosen(self) -> None:
        """Keep the chosen photo of the set and move the others to the trash."""
        one, best = self._current(), self._chosen()
        if one is None or best is None or self._asked is not None:  # one question at a time
            return
        step = self._session.plan_best(one, best)
        if step is None:
            return
        if self._session.prompt(step) is None:
            self._begin(step, one)
        else:  # what else would go, and where to, is on the disk
            self._asked = one
            self._previews.ask(step)

    @Slot(object, object)
    def _ask_first(self, step: Step, preview: DeletePreview) -> None:
        prompt, one = self._session.prompt(step, preview), self._asked
        if one is not None and (prompt is None or BulkPrompt.ask(prompt, self)):
            self._begin(step, one)
        self._asked = None

    @Slot(object, Exception)
    def _give_up(self, step: Step, error: Exception) -> None:
        self._asked = None
        self._take_failure(error)

    def _begin(self, step: Step, one: Lookalikes) -> None:
        above = self.sets[: max(0, self.list.currentIndex().row())]
        place = sum(other is not one for other in above)
        gone = {*step.photo_ids}
        left = [other for other in self.sets if other is not one]
        # A photo may be in a set of copies and in a burst, too.
        whole = [other for other in left if gone.isdisjoint(row.photo_id for row in other.rows)]
        self._is_stale = len(whole) < len(left)
        self._list(whole, place)
        self.step_chosen.emit(step)

    @Slot()
    def _ask_undo(self) -> None:
        self._is_stale = True
        self.undo_asked.emit()

    @Slot()
    def _choose_left(self) -> None:
        self._move(self.photos, -1)

    @Slot()
    def _choose_right(self) -> None:
        self._move(self.photos, 1)

    @Slot()
    def _go_up(self) -> None:
        self._move(self.list, -1)

    @Slot()
    def _go_down(self) -> None:
        self._move(self.list, 1)

    @staticmethod
    def _move(view: QListView, steps: int) -> None:
        place = view.currentIndex().row() + steps
        if 0 <= place < view.model().rowCount():
            view.setCurrentIndex(view.model().index(place, 0))
