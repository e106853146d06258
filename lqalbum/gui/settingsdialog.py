"""The settings: how it looks, where things lie, how photos are judged, and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.keyeditor import KeyEditor
from lqalbum.gui.places import Places
from lqalbum.gui.screens import open_with_size
from lqalbum.gui.texts import column, text
from lqalbum.gui.topbar import STRICTNESS_STOPS, nearest_stop
from lqalbum.review import WatchedFolder
from lqalbum.review.language import mark, tr
from lqalbum.review.watching import FolderChanges
from lqalbum.review.wording import calibration_words, share
from lqalbum.settings import DEVICES, LANGUAGES, THEMES, Settings

_THEMES = {"dark": mark("Dark"), "light": mark("Light"), "system": mark("As the system")}
# Each language by its own name, for whoever does not read the others.
_LANGUAGES = {"system": mark("As the system"), "en": "English", "de": "Deutsch"}
_DEVICES = {
    "auto": mark("Graphics card if there is one"),
    "cuda": mark("Graphics card (CUDA)"),
    "cpu": mark("CPU"),
}
_NOTE_PX = 440
_MODELS = ("photo", "portrait")
PRIVACY = mark(
    "LQ Album opens no network connection: photos, scores and decisions stay on this computer. "
    "Originals are opened for reading only; the one thing that moves them is your decision, and "
    "it moves them to the system's trash.\n\n"
    "The library folder holds thumbnails, reconstructions and the record of your decisions. "
    "“Forget” in the history erases chosen records. Removing the library folder removes all of it."
)


class SettingsDialog(QDialog):
    """Shows settings and gives back changed ones."""

    def __init__(
        self,
        settings: Settings,
        model_words: str,
        calibration_size: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Show settings.

        Args:
            settings: as they are.
            model_words: what is known of the model in use.
            calibration_size: number of good photos behind its percentiles.
            parent: the window.
        """
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        open_with_size(self, QSize(640, 600))
        self._before = settings
        self._calibration_size = calibration_size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._general(), tr("General"))
        self.places = Places(settings.library)
        self.tabs.addTab(self.places, tr("Folders"))
        self.tabs.addTab(self._judging(model_words), tr("Judging"))
        self.keys = KeyEditor(settings.key_bindings)
        self.keys.changed.connect(self._check)
        self.tabs.addTab(self.keys, tr("Keys"))
        privacy = text(tr(PRIVACY))
        privacy.setAlignment(Qt.AlignmentFlag.AlignTop)
        privacy.setContentsMargins(12, 12, 12, 12)
        self.tabs.addTab(privacy, tr("Privacy"))
        layout.addWidget(self.tabs, 1)
        buttons = QDialogButtonBox()
        self.save = QPushButton(tr("Save"))
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self.accept)
        cancel = QPushButton(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        layout.addWidget(buttons)

    def settings(self) -> Settings:
        """Return the settings as they are chosen now."""
        return replace(
            self._before,
            library=self.places.chosen_library(),
            theme=THEMES[self.theme.currentIndex()],
            language=LANGUAGES[self.language.currentIndex()],
            model=self.model.currentText().strip() or self._before.model,
            device=DEVICES[self.device.currentIndex()],
            jobs=self.jobs.value(),
            strictness=self._strictness(),
            key_bindings=dict(self.keys.chosen),
        )

    @Slot(object, object)
    def take_folders(self, _wanted: object, watched: Sequence[WatchedFolder]) -> None:
        """Show the folders that the library watches."""
        self.places.show_folders(watched)

    def folder_changes(self) -> FolderChanges:
        """Return what is to become of the watched folders; nothing where the library changes."""
        is_same = self.places.chosen_library() == self._before.library
        return self.places.changes if is_same else FolderChanges()

    def _strictness(self) -> float:
        place = self.strictness.currentIndex()
        # A value between the stops, from the command line, stays unless another one is chosen.
        is_same = place == nearest_stop(self._before.strictness)
        return self._before.strictness if is_same else STRICTNESS_STOPS[place]

    def _general(self) -> QWidget:
        page, form = _page()
        self.theme = _choice(tr("Theme"), [tr(_THEMES[name]) for name in THEMES])
        self.theme.setCurrentIndex(THEMES.index(self._before.theme))
        form.addRow(tr("Theme"), self.theme)
        self.language = _choice(tr("Language"), [tr(_LANGUAGES[name]) for name in LANGUAGES])
        self.language.setCurrentIndex(LANGUAGES.index(self._before.language))
        form.addRow(tr("Language"), self.language)
        return page

    def _judging(self, model_words: str) -> QWidget:
        page, form = _page()
        self.model = QComboBox()
        self.model.setEditable(True)
        self.model.setAccessibleName(tr("Model"))
        self.model.addItems(list(dict.fromkeys((*_MODELS, self._before.model))))
        self.model.setCurrentText(self._before.model)
        browse = QPushButton(tr("File…"))
        browse.clicked.connect(self._choose_model)
        row = QHBoxLayout()
        row.addWidget(self.model, 1)
        row.addWidget(browse)
        form.addRow(tr("Model"), row)
        form.addRow("", column(model_words, _NOTE_PX, "muted"))
        stops = [tr("Flags {share}", share=share(stop)) for stop in STRICTNESS_STOPS]
        self.strictness = _choice(tr("Strictness"), stops)
        self.strictness.setCurrentIndex(nearest_stop(self._before.strictness))
        form.addRow(tr("Strictness"), self.strictness)
        self.interval = text("", "muted")
        self.interval.setFixedWidth(_NOTE_PX)
        self.interval.setVisible(self._calibration_size > 0)
        form.addRow("", self.interval)
        self.strictness.currentIndexChanged.connect(self._say_interval)
        self._say_interval()
        self.device = _choice(tr("Device"), [tr(_DEVICES[name]) for name in DEVICES])
        self.device.setCurrentIndex(DEVICES.index(self._before.device))
        form.addRow(tr("Device"), self.device)
        self.jobs = QSpinBox()
        self.jobs.setRange(0, 64)
        # The style sheet has no say over where the words begin.
        self.jobs.lineEdit().setTextMargins(8, 0, 0, 0)
        self.jobs.setValue(self._before.jobs)
        self.jobs.setSpecialValueText(tr("As suits this computer"))
        self.jobs.setAccessibleName(tr("Decoding processes"))
        form.addRow(tr("Processes"), self.jobs)
        note = tr("Fewer keep the computer cool and quiet; more read faster.")
        form.addRow("", column(note, _NOTE_PX, "muted"))
        return page

    @Slot()
    def _say_interval(self) -> None:
        self.interval.setText(calibration_words(self._calibration_size, self._strictness()))

    @Slot()
    def _choose_model(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Model"), "", tr("Models (*.safetensors)"))
        if chosen:
            self.model.setCurrentText(chosen)

    @Slot()
    def _check(self) -> None:
        self.save.setEnabled(self.keys.is_usable)


def _page() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(14, 16, 14, 14)
    form.setVerticalSpacing(10)
    form.setHorizontalSpacing(16)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return page, form


def _choice(name: str, words: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems(list(words))
    return box
