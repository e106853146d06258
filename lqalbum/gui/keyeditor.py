"""Choosing other keys: a preset of another program, or one key after the other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lqalbum.gui.sidebar import section
from lqalbum.review.keys import BINDINGS, PRESETS, Binding, bindings, collisions
from lqalbum.review.language import mark, tr

_OWN = mark("My own keys")


class KeyField(QKeySequenceEdit):
    """The key of one action; pressing another one changes it.

    Attributes:
        chosen: the name of the action and the key.
    """

    chosen = Signal(str, str)

    def __init__(self, binding: Binding, parent: QWidget | None = None) -> None:
        """Show the first key of an action."""
        super().__init__(parent)
        self._name = binding.name
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        self.setFixedWidth(170)
        self.setAccessibleName(tr("Key for: {action}", action=binding.words))
        self.show_binding(binding)
        self.keySequenceChanged.connect(self._tell)

    def show_binding(self, binding: Binding) -> None:
        """Show the key of an action without telling anybody."""
        with QSignalBlocker(self):
            self.setKeySequence(QKeySequence(binding.keys[0]))
        others = ", ".join(binding.keys[1:])
        self.setToolTip(tr("Also {keys}", keys=others) if others else tr("Press the new key"))

    @Slot(QKeySequence)
    def _tell(self, sequence: QKeySequence) -> None:
        self.chosen.emit(self._name, sequence.toString())


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
        usual = next(binding for binding in BINDINGS if binding.name == name)
        if key and (key,) != usual.keys:
            self.chosen[name] = key
        else:
            self.chosen.pop(name, None)
            self.fields[name].show_binding(usual)
        self._say()
        self.changed.emit()

    @Slot(int)
    def _take_preset(self, place: int) -> None:
        name = self.preset.itemText(place)
        if name in PRESETS:
            self.chosen = dict(PRESETS[name])
            for binding in bindings(self.chosen).values():
                self.fields[binding.name].show_binding(binding)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        same = [name for name, keys in PRESETS.items() if dict(keys) == self.chosen]
        with QSignalBlocker(self.preset):
            self.preset.setCurrentText(same[0] if same else tr(_OWN))
        twice = collisions(bindings(self.chosen))
        words = {name: binding.words for name, binding in bindings({}).items()}
        self.trouble.setText(
            "\n".join(
                tr(
                    "{key} would do two things: {actions}.",
                    key=key.upper(),
                    actions="; ".join(words[n] for n in names),
                )
                for key, names in twice.items()
            )
        )
        self.trouble.setVisible(bool(twice))
