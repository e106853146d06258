"""“Normal” means my album: calibrate or fine-tune on kept photos, compare, use, go back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lqalbum.errors import LQAlbumError
from lqalbum.gui.album import Album
from lqalbum.gui.background import BackgroundDialog
from lqalbum.gui.findings import Findings
from lqalbum.gui.plots import PlotLine
from lqalbum.gui.rows import button_row
from lqalbum.gui.screens import open_with_size
from lqalbum.gui.texts import text
from lqalbum.jobs import adapting
from lqalbum.jobs.apart import Result, run_apart
from lqalbum.jobs.calibration import Machine, Measured
from lqalbum.jobs.evaluation_pictures import EvaluationProgress
from lqalbum.jobs.models import describe_model, network_threads
from lqalbum.jobs.pictures import Gathered
from lqalbum.jobs.training import Trained, checkpoint_path
from lqalbum.review.goodphotos import kept_photos, other_photos
from lqalbum.review.keys import key
from lqalbum.review.language import number, plural, tr
from lqalbum.review.measured_words import (
    TimeLeft,
    area,
    corruption_words,
    flagged_share,
    left_words,
)
from lqalbum.review.sentences import told
from lqalbum.review.wording import expected_words, photos, printable, share

# Fewer photos cannot be calibrated on; to train, as many more and some for the self-test.
FEWEST_CALIBRATING = 20
FEWEST_TRAINING = 52
MINUTES = (10, 30, 60, 180)


class AdaptDialog(BackgroundDialog):
    """Makes a model of the kept photos and sets it beside the one in use.

    Attributes:
        model_chosen: the name or path of the model to use from now on.
    """

    is_beside = True
    model_chosen = Signal(str)

    def __init__(self, album: Album, parent: QWidget | None = None) -> None:
        """Offer to adapt the model in use to an album."""
        super().__init__(tr("“Normal” means my album"), parent)
        open_with_size(self, QSize(900, 700))
        self._album = album
        rows = album.session.photos.rows()
        self._kept = tuple(row.path for row in kept_photos(rows))
        self._others = tuple(row.path for row in other_photos(rows))
        self._made: Path | None = None
        # Being written; a job that had to be ended may have left it.
        self._output: Path | None = None
        self._left = TimeLeft()
        self._lay_out()
        self._enable()
        if album.scorer_id is None:
            self.say(told(album.model_trouble), is_problem=True)

    def done(self, result: int) -> None:
        """Stop what runs, and drop a model that nobody wanted."""
        super().done(result)
        self._drop_made()

    # Laying out.

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(
            text(
                tr(
                    "The photos you keep can say what a good photo is. Calibrating leaves the "
                    "network as it is and takes the percentiles from your kept photos: minutes. "
                    "Fine-tuning trains the network on them, too: the longer, the more it knows "
                    "your album. Both make a new model; the one in use stays."
                )
            )
        )
        layout.addWidget(text(self._counts(), "muted"))
        layout.addLayout(self._controls())
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("How far it is"))
        self.status = text("", "muted")
        self.found = Findings(tr("The model in use and the new one"))
        layout.addWidget(self.progress)
        layout.addWidget(self.status)
        layout.addWidget(self.found, 1)
        layout.addStretch(0)
        layout.addWidget(self.told)
        layout.addLayout(self._buttons())

    def _counts(self) -> str:
        """What the kept photos are enough for, and how sure a calibration on them would be."""
        count = len(self._kept)
        kept = tr("You have kept {count}.", count=photos(count))
        if count < FEWEST_CALIBRATING:
            enough = tr(
                "At least {some} are needed to calibrate and {more} to fine-tune: press {keep} on "
                "good photos.",
                some=number(FEWEST_CALIBRATING),
                more=number(FEWEST_TRAINING),
                keep=key("keep"),
            )
            return f"{kept} {enough}"
        if count < FEWEST_TRAINING:
            enough = tr(
                "These are enough to calibrate; {more} are needed to fine-tune: press {keep} on "
                "good photos.",
                more=number(FEWEST_TRAINING),
                keep=key("keep"),
            )
        else:
            enough = tr("These are enough to calibrate and to fine-tune.")
        return f"{kept} {enough} {expected_words(count, self._album.session.view.strictness)}"

    def _controls(self) -> QHBoxLayout:
        self.calibrate = QPushButton(tr("Calibrate"))
        self.calibrate.clicked.connect(self.begin_calibrating)
        self.fine_tune = QPushButton(tr("Fine-tune"))
        self.fine_tune.clicked.connect(self.begin_fine_tuning)
        self.minutes = QComboBox()
        for minutes in MINUTES:
            words = plural("for 1 minute", "for {count} minutes", minutes)
            self.minutes.addItem(words, float(minutes))
        self.minutes.setAccessibleName(tr("How long to train"))
        self.cancel = QPushButton(tr("Stop"))
        self.cancel.clicked.connect(self.worker.stop)
        return button_row((self.calibrate, self.fine_tune, self.minutes), (self.cancel,))

    def _buttons(self) -> QHBoxLayout:
        self.use = QPushButton(tr("Use the new model"))
        self.use.setProperty("role", "primary")
        self.use.setToolTip(tr("Judge all photos by it from now on; decisions stay as they are"))
        self.use.clicked.connect(self._use)
        self.revert = QPushButton()
        self._origin = self._made_from()
        self.revert.setText(
            tr("Back to the model ‘{name}’", name=printable(self._origin).replace("&", "&&"))
        )
        self.revert.setVisible(bool(self._origin))
        self.revert.clicked.connect(self._revert)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        return button_row((self.use, self.revert), (close,))

    def _made_from(self) -> str:
        """The model that the one in use was made from, empty if it was not made here."""
        try:
            return str(describe_model(self._album.settings.model).recipe.get("made_from", ""))
        except LQAlbumError:
            return ""

    def _enable(self) -> None:
        is_free = not self.worker.is_running and self._album.scorer_id is not None
        self.calibrate.setEnabled(is_free and len(self._kept) >= FEWEST_CALIBRATING)
        self.fine_tune.setEnabled(is_free and len(self._kept) >= FEWEST_TRAINING)
        self.minutes.setEnabled(self.fine_tune.isEnabled())
        self.cancel.setEnabled(self.worker.is_running)
        self.use.setEnabled(is_free and self._made is not None)

    # Working.

    @Slot()
    def begin_calibrating(self) -> None:
        """Take the percentiles from the kept photos."""
        self._begin(adapting.calibrate_album, None)

    @Slot()
    def begin_fine_tuning(self) -> None:
        """Train on the kept photos."""
        self._begin(adapting.fine_tune_album, float(self.minutes.currentData()))

    def _begin(self, work: Callable[..., object], minutes: float | None) -> None:
        self._drop_made()
        settings = self._album.settings
        folder = Path(settings.library).expanduser() / "models"
        now = datetime.now().strftime("%Y-%m-%d-%H%M%S")
        self._output = folder / f"my-album-{now}.safetensors"
        request = adapting.AdaptRequest(
            kept=self._kept,
            others=self._others,
            model=settings.model,
            output=self._output,
            strictness=self._album.session.view.strictness,
            machine=Machine(self._album.jobs, settings.device),
            threads=network_threads(settings.jobs),
            minutes=minutes,
        )
        self.say("")
        self.status.setText(tr("Starting…"))
        self.progress.setRange(0, 0)

        def job(stop: Callable[[], bool]) -> Iterator[object]:
            return run_apart(work, request, stop)

        self.worker.start(job)
        self._enable()

    @Slot(object)
    def _take(self, event: object) -> None:
        if isinstance(event, Result):
            self._show(event.value)
        elif isinstance(event, Trained):
            words = tr("Training: {bits} bits per dimension", bits=number(event.bits_per_dim, 3))
            self._progress(event.elapsed_s, event.elapsed_s + event.eta_s, words, event.eta_s)
        elif isinstance(event, Gathered):
            self._progress(event.done, event.total, tr("Reading photos…"))
        elif isinstance(event, Measured):
            self._progress(event.done, event.total, tr("Measuring kept photos…"))
        elif isinstance(event, adapting.Comparing):
            self._progress(event.done, event.total, tr("Comparing the two models…"))
        elif isinstance(event, EvaluationProgress):
            self._progress(event.done, event.total, tr("Self-test…"))

    def _progress(self, done: float, total: float, words: str, left_s: float | None = None) -> None:
        if not self.status.text().startswith(words):  # another part of the work has begun
            self._left = TimeLeft()
        left = self._left.words(done, total) if left_s is None else left_words(left_s)
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * done / max(total, 1e-9)))
        self.status.setText(f"{words}  {left}")

    @Slot()
    def _settle(self) -> None:
        self.progress.setRange(0, 1)
        self.progress.setValue(0)
        self.status.setText("")
        self._enable()
        super()._settle()
        if self._made is None or not self.isVisible():  # nobody is going to use it
            self._drop_made()

    # What came of it.

    def _show(self, value: object) -> None:
        if isinstance(value, adapting.Calibrated):
            self._made = value.output
            self._show_shares(value)
        elif isinstance(value, adapting.FineTuned):
            self._made = value.output
            self._show_tests(value)

    def _show_shares(self, made: adapting.Calibrated) -> None:
        strictness = self._album.session.view.strictness
        lines = [
            (name, flagged_share(one.before, one.photos), flagged_share(one.after, one.photos))
            for name, one in (
                (tr("Kept photos flagged"), made.kept),
                (tr("Other photos flagged"), made.others),
            )
        ]
        self._fill(lines)
        words = tr(
            "Calibrated on {count}. At the strictness in use {share} are flagged by design, so "
            "what changes is which of the others are.",
            count=photos(made.photos),
            share=share(strictness),
        )
        if strictness * made.photos < 1:
            coarse = tr(
                "Of so few one alone is {share} of 100: what the table says of kept photos is "
                "coarse.",
                share=number(100 / made.photos, 1),
            )
            words = f"{words} {coarse}"
        self.say(words)

    def _show_tests(self, made: adapting.FineTuned) -> None:
        before, after = made.before, made.after
        mean = tr("All, mean")
        values = [(mean, before.summary.mean_auroc, after.summary.mean_auroc)]
        values += [
            (corruption_words(one.corruption), one.auroc, other.auroc)
            for one, other in zip(before.rows, after.rows, strict=True)
        ]
        self._fill(
            [(name, area(one), area(other)) for name, one, other in values],
            [PlotLine(name, other, one) for name, one, other in values],
        )
        self.say(
            tr(
                "Trained on {trained}, calibrated on {held} others, tested on {tested} that the "
                "new model has never seen. Areas (AUROC): 1 is never wrong, 0.5 is guessing; the "
                "ring is the model in use.",
                trained=photos(made.photos),
                held=number(made.held_out),
                tested=number(after.photos),
            )
        )

    def _fill(self, lines: Sequence[Sequence[str]], plotted: Sequence[PlotLine] = ()) -> None:
        self.found.show_figures((tr("Measured"), tr("In use"), tr("New")), lines, plotted)

    @Slot()
    def _use(self) -> None:
        made, self._made, self._output = self._made, None, None
        if made is not None:
            self.accept()
            self.model_chosen.emit(str(made))

    @Slot()
    def _revert(self) -> None:
        self.accept()
        self.model_chosen.emit(self._origin)

    def _drop_made(self) -> None:
        """Remove a model that was made here and is not used, or only half made."""
        if self._output is not None and not self.worker.is_running:
            self._output.unlink(missing_ok=True)
            checkpoint_path(self._output).unlink(missing_ok=True)
            self._made = self._output = None
