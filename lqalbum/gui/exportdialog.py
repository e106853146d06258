"""Export: choose a format, see what will be written, write it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.album import Album
from lqalbum.gui.background import BackgroundDialog
from lqalbum.gui.rows import button_row
from lqalbum.gui.screens import open_with_size
from lqalbum.gui.texts import text
from lqalbum.jobs.exporting import (
    ExportRequest,
    FilePlanned,
    FileWritten,
    SidecarsPlanned,
    SidecarsWritten,
    preview_export,
    run_export,
)
from lqalbum.jobs.sidecar_export import Sidecar, SidecarCounts, count_sidecars
from lqalbum.review.language import isolated, mark, number, tr
from lqalbum.review.sentences import told
from lqalbum.review.wording import photos, printable

_KINDS: Mapping[str, str] = {
    "html": mark("HTML: a page with pictures, to look at or to send"),
    "csv": mark("CSV: a table for a spreadsheet"),
    "json": mark("JSON: everything, for programs"),
    "jsonl": mark("JSON lines: a photo a line, for programs"),
    "parquet": mark("Parquet: a table for data frames"),
    "xmp": mark("XMP sidecars beside the photos, for darktable, digiKam, Lightroom"),
}
_XMP_MEANING = mark(
    "Flagged photos that nobody decided on become “rejected” (rating -1), kept ones “accepted” "
    "(digiKam's label; stars stay yours to give). The photos are not touched, and a photo that "
    "has a sidecar is left alone."
)
_LABELS = {"rejected": mark("rejected"), "accepted": mark("accepted")}
# Lists of more are cut; the counts above them are of all.
_LINES = 2000
# Typing a name is over after this.
_PAUSE_MS = 400


class ExportDialog(BackgroundDialog):
    """Writes what the library knows."""

    def __init__(self, album: Album, parent: QWidget | None = None) -> None:
        """Export an album as it is judged now."""
        super().__init__(tr("Export"), parent)
        open_with_size(self, QSize(760, 560))
        self._album = album
        self._library = album.session.library
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._lay_out()
        self._change_kind()

    def request(self) -> ExportRequest:
        """Return what is chosen now."""
        kind = str(self.kind.currentData())
        named = self.output.text().strip()
        output = Path(named).expanduser() if named and kind != "xmp" else None
        album = self._album
        strictness = album.session.view.strictness
        return ExportRequest(kind, output, strictness, album.scorer_id, album.settings.model)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        form = QFormLayout()
        self.kind = QComboBox()
        for name, words in _KINDS.items():
            self.kind.addItem(tr(words), name)
        self.kind.setAccessibleName(tr("Format"))
        form.addRow(tr("Format"), self.kind)
        self.output = QLineEdit()
        self.output.setAccessibleName(tr("File to write"))
        self.choose = QPushButton(tr("Choose…"))
        self.choose.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.output, 1)
        row.addWidget(self.choose)
        form.addRow(tr("File"), row)
        layout.addLayout(form)
        self.meaning = text("", "muted")
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.list.setAccessibleName(tr("What will be written"))
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("At work"))
        for widget in (self.meaning, self.told, self.list, self.progress):
            layout.addWidget(widget, 1 if widget is self.list else 0)
        layout.addStretch(0)
        layout.addLayout(self._buttons())
        self.kind.currentIndexChanged.connect(self._change_kind)
        self.output.textEdited.connect(self._pause.start)
        self.choose.clicked.connect(self._choose)

    def _buttons(self) -> QHBoxLayout:
        self.write = QPushButton(tr("Write"))
        self.write.setProperty("role", "primary")
        self.write.clicked.connect(self.start)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        return button_row((), (self.write, close))

    @Slot()
    def _change_kind(self) -> None:
        kind = str(self.kind.currentData())
        is_xmp = kind == "xmp"
        for widget in (self.output, self.choose):
            widget.setEnabled(not is_xmp)
        if is_xmp:
            self.output.clear()
        else:
            folder = os.path.dirname(self.output.text()) or os.path.expanduser("~")
            self.output.setText(os.path.join(folder, f"lqalbum.{kind}"))
        self.meaning.setText(tr(_XMP_MEANING) if is_xmp else "")
        self.meaning.setVisible(is_xmp)
        self.list.setVisible(is_xmp)
        self.look()

    @Slot()
    def _choose(self) -> None:
        kind = str(self.kind.currentData())
        options = QFileDialog.Option.DontConfirmOverwrite  # what is not ours is never replaced
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Write to"), self.output.text(), f"{kind.upper()} (*.{kind})", options=options
        )
        if name:
            self.output.setText(name)
            self.look()

    @Slot()
    def look(self) -> None:
        """Find out what would be written."""
        request, library = self.request(), self._library
        self._begin(tr("Looking…"))
        self.worker.start(lambda stop: iter((preview_export(library, request),)))

    @Slot()
    def start(self) -> None:
        """Write it."""
        self._pause.stop()
        request, library = self.request(), self._library
        self._begin(tr("Writing…"))

        def job(stop: object) -> Iterator[object]:
            assert callable(stop)
            return run_export(library, request, stop)

        self.worker.start(job)

    def _begin(self, words: str) -> None:
        self.write.setEnabled(False)
        self.list.clear()
        self.say(words)
        self.progress.show()

    @Slot(object)
    def _take(self, event: object) -> None:
        if isinstance(event, FilePlanned):
            is_ready = event.photos > 0 and self.request().output is not None
            self.write.setEnabled(is_ready)
            self.say(tr("The file will hold {count}.", count=photos(event.photos)))
        elif isinstance(event, FileWritten):
            name = printable(str(event.output))
            self.say(tr("Written: {name}, {count}.", name=name, count=photos(event.photos)))
        elif isinstance(event, SidecarsPlanned):
            counts = count_sidecars(event.sidecars)
            self.write.setEnabled(counts.rejected + counts.accepted > 0)
            self.say(tr("To be written:") + " " + _counted(counts))
            self._list(event.sidecars)
        elif isinstance(event, SidecarsWritten):
            counts = count_sidecars(event.sidecars)
            self.say(tr("Written:") + " " + _counted(counts), is_problem=counts.failed > 0)
            self._list(event.sidecars)

    @Slot()
    def _settle(self) -> None:
        self.progress.hide()
        super()._settle()

    def _list(self, sidecars: Iterable[Sidecar]) -> None:
        """List them, those that failed first."""
        ordered = sorted(sidecars, key=lambda one: one.status != "failed")
        lines = [_line(one) for one in ordered[:_LINES]]
        if len(ordered) > _LINES:
            lines.append(tr("… and {count} more", count=number(len(ordered) - _LINES)))
        self.list.setPlainText("\n".join(lines))


def _line(one: Sidecar) -> str:
    if one.error is not None:
        return printable(told(one.error))
    if one.status == "skipped":
        return tr("skipped: {name} is there already", name=printable(one.sidecar))
    return f"{tr(_LABELS[one.label])}: {isolated(printable(one.sidecar))}"


def _counted(counts: SidecarCounts) -> str:
    words = [
        tr("{count} rejected", count=number(counts.rejected)),
        tr("{count} accepted", count=number(counts.accepted)),
    ]
    if counts.skipped:
        words.append(
            tr("{count} skipped, since a sidecar is there already", count=number(counts.skipped))
        )
    if counts.failed:
        words.append(tr("{count} could not be written", count=number(counts.failed)))
    return ", ".join(words) + "."
