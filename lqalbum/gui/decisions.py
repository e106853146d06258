"""Decisions from keys to toasts: planned at once, carried out in turn in the background."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from lqalbum.errors import LQAlbumError
from lqalbum.gui.worker import Fetcher
from lqalbum.review import Decision, DeletePreview
from lqalbum.review.deciding import Outcome, Step
from lqalbum.review.sentences import error_words
from lqalbum.review.session import ReviewSession
from lqalbum.review.wording import Prompt, Toast, nothing_to_decide


class Decisions(QObject):
    """Takes decisions on the session's photos.

    Attributes:
        moved: the session went on to another photo, or rows changed.
        told: something to say; a `Toast`.
        trash_changed: what lies in the trash now; a `TrashSummary`.
        broke: an unexpected exception.
    """

    moved = Signal()
    told = Signal(object)
    trash_changed = Signal(object)
    broke = Signal(Exception)

    def __init__(
        self,
        session: ReviewSession,
        confirm: Callable[[Prompt], bool],
        parent: QObject | None = None,
    ) -> None:
        """Decide in a session; `confirm` asks a person before a bulk delete."""
        super().__init__(parent)
        self._session = session
        self._confirm = confirm
        self._waiting = 0
        self._fetcher = Fetcher(session.perform, newest_first=False, parent=self)
        self._fetcher.answered.connect(self._settle)
        self._fetcher.failed.connect(self._abandon)
        self._asked: Step | None = None
        self._previews = Fetcher(session.preview, newest_first=False, parent=self)
        self._previews.answered.connect(self._ask_first)
        self._previews.failed.connect(self._give_up)

    @property
    def is_busy(self) -> bool:
        """Whether decisions are still being carried out, or looked at before the question."""
        return self._waiting > 0 or self._asked is not None

    def decide(self, decision: Decision) -> None:
        """Decide on the selected photos, or the current one."""
        step = self._session.plan(decision)
        if step is None:
            toast = nothing_to_decide(decision, self._session.targets())
            self._session.pass_over(decision)
            self.moved.emit()
            self.told.emit(toast)
            return
        if self._session.prompt(step) is None:
            self._begin(step)
        elif self._asked is None:  # one question at a time
            self._asked = step
            self._previews.ask(step)

    def carry_out(self, step: Step) -> None:
        """Carry out a step that was planned elsewhere, such as bringing photos back."""
        self._begin(step)

    def undo(self) -> None:
        """Revert the last step."""
        self._begin(Step("undo"))

    def redo(self) -> None:
        """Repeat the last step that was undone."""
        self._begin(Step("redo"))

    def close(self) -> None:
        """Carry out what still waits, then end the thread."""
        self._previews.close()
        self._fetcher.close()

    def _begin(self, step: Step) -> None:
        self._session.begin(step)
        self._waiting += 1
        self._fetcher.ask(step)
        self.moved.emit()

    @Slot(object, object)
    def _ask_first(self, step: Step, preview: DeletePreview) -> None:
        prompt = self._session.prompt(step, preview)
        self._asked = None
        if prompt is None or self._confirm(prompt):
            self._begin(step)

    @Slot(object, Exception)
    def _give_up(self, step: Step, error: Exception) -> None:
        self._asked = None
        self._say(error)

    @Slot(object, object)
    def _settle(self, step: Step, outcome: Outcome) -> None:
        self._waiting -= 1
        toast = self._session.settle(outcome)
        self.moved.emit()
        self.trash_changed.emit(outcome.trash)
        self.told.emit(toast)

    @Slot(object, Exception)
    def _abandon(self, step: Step, error: Exception) -> None:
        self._waiting -= 1
        self._session.abandon(step)
        self.moved.emit()
        self._say(error)

    def _say(self, error: Exception) -> None:
        if isinstance(error, LQAlbumError):
            self.told.emit(Toast(error_words(error), is_problem=True))
        else:
            self.broke.emit(error)
