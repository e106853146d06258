"""Choosing other keys: a preset of another program, or one key after the other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.keypress import pressed
from lqalbum.gui.sidebar import section
from lqalbum.review.keys import (
    BINDINGS,
    PRESETS,
    Binding,
    bindings,
    collisions,
    readable,
    reserved_words,
)
from lqalbum.review.language import mark, tr

_OWN = mark("My own keys")
_USUAL = {binding.name: binding for binding in BINDINGS}


class KeyField(QLineEdit):
    """The keys of one action; pressing another one takes their place.

    QKeySequenceEdit is of no use for that: it tells of an empty sequence at each press, takes
    Escape, and shows one key of several.

    Attributes:
        chosen: the name of the action and the key, empty for the usual ones.
        refused: why a key cannot be chosen.
    """

    chosen = Signal(str, str)
    refused = Signal(str)

    def __init__(self, binding: Binding, parent: QWidget | None = None) -> None:
        """Show the keys of an action."""
        super().__init__(parent)
        self._usual = _USUAL[binding.name]
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFixedWidth(190)
        self.setAccessibleName(tr("Key for: {action}", action=binding.words))
        cross = self.style().standardIcon(QStyle.StandardPixmap.SP_LineEditClearButton)
        self.clear_button = self.addAction(cross, QLineEdit.ActionPosition.TrailingPosition)
        self.clear_button.setToolTip(tr("The usual keys again"))
        self.clear_button.triggered.connect(self._take_usual)
        self.show_binding(binding)

    def show_binding(self, binding: Binding) -> None:
        """Show the keys of an action without telling anybody."""
        self.setText(binding.shown)
        self.setCursorPosition(0)
        self.setToolTip(tr("Press the new key; {keys} is the usual one", keys=self._usual.shown))
        self.clear_button.setVisible(binding.keys != self._usual.keys)

    def event(self, event: QEvent) -> bool:
        """Keep keys from doing what they usually do, but for Escape, which closes the dialog."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() != Qt.Key.Key_Escape)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key that is pressed."""
        key = pressed(event).toString(QKeySequence.SequenceFormat.PortableText)
        if key == "Esc":
            event.ignore()
        elif key in self._usual.keys:
            self._take_usual()
        elif words := reserved_words(key):
            self.refused.emit(words)
        elif key:
            self.chosen.emit(self._usual.name, key)

    @Slot()
    def _take_usual(self) -> None:
        self.chosen.emit(self._usual.name, "")


class KeyEditor(QWidget):
    """All actions with their keys.

    Attributes:
        changed: the keys are others now.
    """

    changed = Signal()

    def __init__(self, chosen: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Show the keys a person has chosen, the usual ones for the rest."""
        super().__init__(parent)
        self.chosen: dict[str, str] = dict(chosen)
        self.fields: dict[str, KeyField] = {}
        layout = QVBoxLayout(self)
        top = QHBoxLayout()
        self.preset = QComboBox()
        self.preset.setAccessibleName(tr("Preset of keys"))
        self.preset.addItems([*PRESETS, tr(_OWN)])
        self.preset.activated.connect(self._take_preset)
        top.addWidget(QLabel(tr("Keys as in")))
        top.addWidget(self.preset)
        top.addStretch(1)
        layout.addLayout(top)
        self.trouble = QLabel()
        self.trouble.setProperty("role", "problem")
        self.trouble.setWordWrap(True)
        layout.addWidget(self._table(), 1)
        layout.addWidget(self.trouble)
        self._say()

    @property
    def is_usable(self) -> bool:
        """Whether no key would do two things."""
        return not collisions(bindings(self.chosen))

    def _table(self) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setVerticalSpacing(5)
        group, line = "", 0
        for binding in bindings(self.chosen).values():
            if binding.group != group:
                group = binding.group
                grid.addWidget(section(group.upper()), line, 0, 1, 2)
                line += 1
            field = KeyField(binding)
            field.chosen.connect(self._take_key)
            field.refused.connect(self._refuse)
            self.fields[binding.name] = field
            grid.addWidget(QLabel(binding.words), line, 0)
            grid.addWidget(field, line, 1, Qt.AlignmentFlag.AlignRight)
            line += 1
        grid.setColumnStretch(0, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return area

    @Slot(str, str)
    def _take_key(self, name: str, key: str) -> None:
        if key:
            self.chosen[name] = key
        else:
            self.chosen.pop(name, None)
        self.fields[name].show_binding(bindings(self.chosen)[name])
        self._say()
        self.changed.emit()

    @Slot(str)
    def _refuse(self, words: str) -> None:
        self._say(words)

    @Slot(int)
    def _take_preset(self, place: int) -> None:
        name = self.preset.itemText(place)
        if name in PRESETS:
            self.chosen = dict(PRESETS[name])
            for binding in bindings(self.chosen).values():
                self.fields[binding.name].show_binding(binding)
        self._say()
        self.changed.emit()

    def _say(self, refusal: str = "") -> None:
        same = [name for name, keys in PRESETS.items() if dict(keys) == self.chosen]
        with QSignalBlocker(self.preset):
            self.preset.setCurrentText(same[0] if same else tr(_OWN))
        used = bindings(self.chosen)
        lines = [refusal] if refusal else []
        for key, names in collisions(used).items():
            words = "; ".join(used[name].words for name in names)
            lines.append(
                tr("{key} would do two things: {actions}.", key=readable(key), actions=words)
            )
        self.trouble.setText("\n".join(lines))
        self.trouble.setVisible(bool(lines))
