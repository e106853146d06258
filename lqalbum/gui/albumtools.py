"""What can be done with the whole album: duplicates and bursts, export, self-test, adapting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lqalbum.gui.adapt import AdaptDialog
from lqalbum.gui.album import Album
from lqalbum.gui.background import BackgroundDialog
from lqalbum.gui.bursts import BurstsDialog
from lqalbum.gui.exportdialog import ExportDialog
from lqalbum.gui.selftest import SelfTestDialog
from lqalbum.review.language import tr
from lqalbum.review.wording import Toast


class AlbumTools(QObject):
    """Opens the album's tools, each once, and passes on what is done in them.

    Attributes:
        step_chosen: a `Step` to carry out.
        undo_asked: a person wants the last step back.
        model_chosen: the name or path of a model to use from now on.
        broke: an unexpected exception.
    """

    step_chosen = Signal(object)
    undo_asked = Signal()
    model_chosen = Signal(str)
    broke = Signal(Exception)

    def __init__(self, album: Album, window: QWidget) -> None:
        """Open tools over a window."""
        super().__init__(window)
        self._album = album
        self._window = window
        self.bursts: BurstsDialog | None = None
        self.self_test: SelfTestDialog | None = None
        self.adapt: AdaptDialog | None = None
        self.export: ExportDialog | None = None
        # Closed by the person, while a thread still comes to its end.
        self._leaving: list[BackgroundDialog] = []

    def entries(self) -> dict[str, Callable[[], None]]:
        """Return the entries of the menu: words, and what they do."""
        return {
            tr("Duplicates and bursts…"): self.show_bursts,
            tr("Self-test on my album…"): self.show_self_test,
            tr("“Normal” means my album…"): self.show_adapt,
            tr("Export…"): self.show_export,
        }

    @Slot()
    def show_bursts(self) -> None:
        """Show photos of which one is enough."""
        if self.bursts is None:
            album = self._album
            self.bursts = BurstsDialog(
                album.session, album.pictures.tile, album.scorer_id, self._window
            )
            self.bursts.step_chosen.connect(self.step_chosen)
            self.bursts.undo_asked.connect(self.undo_asked)
            self.bursts.finished.connect(self._leave_bursts)
            self._open(self.bursts)

    @Slot()
    def show_self_test(self) -> None:
        """Show how well the score tells one's own photos from corrupted ones."""
        if self.self_test is None:
            self.self_test = SelfTestDialog(self._album, self._window)
            self.self_test.finished.connect(self._leave_self_test)
            self._open(self.self_test)
        self.self_test.raise_()

    @Slot()
    def show_adapt(self) -> None:
        """Make a model of the kept photos."""
        if self.adapt is None:
            self.adapt = AdaptDialog(self._album, self._window)
            self.adapt.model_chosen.connect(self.model_chosen)
            self.adapt.finished.connect(self._leave_adapt)
            self._open(self.adapt)
        self.adapt.raise_()

    @Slot()
    def show_export(self) -> None:
        """Show what can be written."""
        if self.export is None:
            self.export = ExportDialog(self._album, self._window)
            self.export.finished.connect(self._leave_export)
            self._open(self.export)

    def _open(self, dialog: BackgroundDialog) -> None:
        dialog.broke.connect(self.broke)
        if dialog.is_beside:
            dialog.show()
        else:
            dialog.open()

    @Slot(object)
    def follow(self, toast: Toast) -> None:
        """Say what became of a step."""
        if self.bursts is not None:
            self.bursts.follow(toast)

    def close(self) -> None:
        """End what still runs."""
        for dialog in (self.bursts, self.self_test, self.adapt, self.export):
            if dialog is not None:
                dialog.close()
        for left in self._leaving:
            left.close_threads()
        self._leaving = []

    @Slot()
    def _leave_bursts(self) -> None:
        dialog, self.bursts = self.bursts, None
        self._leave(dialog)

    @Slot()
    def _leave_self_test(self) -> None:
        dialog, self.self_test = self.self_test, None
        self._leave(dialog)

    @Slot()
    def _leave_adapt(self) -> None:
        dialog, self.adapt = self.adapt, None
        self._leave(dialog)

    @Slot()
    def _leave_export(self) -> None:
        dialog, self.export = self.export, None
        self._leave(dialog)

    def _leave(self, dialog: BackgroundDialog | None) -> None:
        """Destroy a dialog once nothing of it runs any more."""
        if dialog is None:
            return
        if dialog.is_busy:
            self._leaving.append(dialog)
            dialog.settled.connect(self._destroy_left)
        else:
            dialog.deleteLater()

    @Slot()
    def _destroy_left(self) -> None:
        done = [dialog for dialog in self._leaving if not dialog.is_busy]
        self._leaving = [dialog for dialog in self._leaving if dialog.is_busy]
        for dialog in done:
            dialog.deleteLater()
