"""Self-test on my album: 19 corruptions of one's own photos, as a table and a plot."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.album import Album
from lqalbum.gui.background import BackgroundDialog
from lqalbum.gui.findings import Findings
from lqalbum.gui.plots import PlotLine
from lqalbum.gui.rows import button_row
from lqalbum.gui.screens import open_with_size
from lqalbum.gui.texts import text
from lqalbum.jobs import selftest
from lqalbum.jobs.apart import Result, run_apart
from lqalbum.jobs.calibration import Machine
from lqalbum.jobs.evaluation_pictures import EvaluationProgress
from lqalbum.jobs.models import network_threads
from lqalbum.jobs.pictures import Gathered, chosen_evenly
from lqalbum.review.goodphotos import GoodPhotos, good_photos
from lqalbum.review.language import number, tr
from lqalbum.review.measured_words import TimeLeft, area, corruption_words
from lqalbum.review.wording import photos

SAMPLES = (24, 60, 150)


class SelfTestDialog(BackgroundDialog):
    """Runs the self-test and shows what it finds."""

    is_beside = True

    def __init__(self, album: Album, parent: QWidget | None = None) -> None:
        """Offer to test the model in use on an album."""
        super().__init__(tr("Self-test on my album"), parent)
        open_with_size(self, QSize(980, 720))
        self._album = album
        session = album.session
        self.good: GoodPhotos = good_photos(
            session.photos.rows(), session.view.strictness, SAMPLES[0]
        )
        self._left = TimeLeft()
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(
            text(
                tr(
                    "Copies of your own photos are corrupted in 19 ways, in memory only, and the "
                    "score has to tell them from the originals. An area (AUROC) of 1 is never "
                    "wrong, 0.5 is guessing; FPR80 is the share of good photos flagged where 80 of "
                    "100 bad ones are."
                )
            )
        )
        layout.addWidget(text(self.good.words, "muted"))
        layout.addLayout(self._controls())
        self.found = Findings(tr("Figures by corruption"))
        layout.addWidget(self.found, 1)
        layout.addStretch(0)
        layout.addWidget(self.told)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        layout.addLayout(button_row((), (close,)))

    def _controls(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.sample = QComboBox()
        for size in SAMPLES:
            self.sample.addItem(tr("Take {count}", count=photos(size)), size)
        self.sample.setAccessibleName(tr("How many photos"))
        self.start = QPushButton(tr("Start"))
        self.start.setProperty("role", "primary")
        self.start.setEnabled(len(self.good.paths) > 1)
        self.start.clicked.connect(self.begin)
        self.cancel = QPushButton(tr("Stop"))
        self.cancel.setEnabled(False)
        self.cancel.clicked.connect(self.worker.stop)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("How far the self-test is"))
        self.status = QLabel()
        self.status.setProperty("role", "muted")
        for button in (self.start, self.cancel):
            button.setAutoDefault(False)
        for widget in (self.sample, self.start, self.cancel, self.progress, self.status):
            row.addWidget(widget, 1 if widget is self.progress else 0)
        return row

    @Slot()
    def begin(self) -> None:
        """Test."""
        settings = self._album.settings
        request = selftest.SelfTestRequest(
            paths=tuple(chosen_evenly(self.good.paths, int(self.sample.currentData()))),
            model=settings.model,
            machine=Machine(self._album.jobs, settings.device),
            threads=network_threads(settings.jobs),
        )
        self.start.setEnabled(False)
        self.cancel.setEnabled(True)
        self.say("")
        self.status.setText(tr("Starting…"))
        self.progress.setRange(0, 0)
        self._left = TimeLeft()

        def job(stop: Callable[[], bool]) -> Iterator[object]:
            return run_apart(selftest.self_test, request, stop)

        self.worker.start(job)

    @Slot(object)
    def _take(self, event: object) -> None:
        if isinstance(event, Result) and isinstance(event.value, selftest.SelfTest):
            self._show(event.value)
        elif isinstance(event, Gathered):
            self.status.setText(tr("Reading photos…"))
            self._left = TimeLeft()
        elif isinstance(event, EvaluationProgress):
            self.progress.setRange(0, event.total)
            self.progress.setValue(event.done)
            self.status.setText(self._left.words(event.done, event.total))

    @Slot()
    def _settle(self) -> None:
        self.progress.setRange(0, 1)
        self.progress.setValue(0)
        self.status.setText("")
        self.start.setEnabled(True)
        self.cancel.setEnabled(False)
        super()._settle()

    def _show(self, found: selftest.SelfTest) -> None:
        summary = found.summary
        mean = tr("All, mean")
        lines = [(mean, area(summary.mean_auroc), area(summary.mean_fpr80))]
        lines += [
            (corruption_words(row.corruption), area(row.auroc), area(row.fpr80))
            for row in found.rows
        ]
        plotted = [PlotLine(mean, summary.mean_auroc)]
        plotted += [PlotLine(corruption_words(row.corruption), row.auroc) for row in found.rows]
        self.found.show_figures((tr("Corruption"), "AUROC", "FPR80"), lines, plotted)
        words = tr(
            "{measured} measured. Mean area {mean}, between {low} and {high} with 95 % certainty.",
            measured=photos(found.photos),
            mean=area(summary.mean_auroc),
            low=area(summary.low),
            high=area(summary.high),
        )
        if found.skipped:
            words += " " + tr("{count} could not be measured.", count=number(found.skipped))
        self.say(words)
