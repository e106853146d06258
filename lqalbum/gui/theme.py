"""Colours of the window, dark and light, and the style sheet made of them.

Every colour that carries a meaning (flagged, kept, ...) is always shown together with a shape and
a word. Text colours keep a contrast of at least 4.5 to 1 on the surfaces they are used on.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True)
class Theme:
    """Colours as #rrggbb.

    Attributes:
        ground: behind the photos.
        panel: side bar, tool bars, dialogs.
        raised: buttons, tiles, fields.
        hover: a button or tile under the pointer.
        line: borders.
        text: words.
        muted: words of less weight.
        accent: selection and keyboard focus.
        selected: ground of a selected tile.
        flagged: frame and badge of a flagged photo.
        unsure: of one that is perhaps to be flagged.
        kept: of one that is kept.
        deleted: of one in the trash, and of errors.
        quiet: of screens, scans and photos that are not there.
        on_badge: words on a badge.
    """

    ground: str
    panel: str
    raised: str
    hover: str
    line: str
    text: str
    muted: str
    accent: str
    selected: str
    flagged: str
    unsure: str
    kept: str
    deleted: str
    quiet: str
    on_badge: str


DARK = Theme(
    ground="#17181b",
    panel="#1f2125",
    raised="#2a2d33",
    hover="#353941",
    line="#3a3f47",
    text="#eceef1",
    muted="#a9b0ba",
    accent="#5aa9ff",
    selected="#24405f",
    flagged="#ffa94d",
    unsure="#d0a8ff",
    kept="#5fd38d",
    deleted="#ff8080",
    quiet="#86c5d8",
    on_badge="#17181b",
)
LIGHT = Theme(
    ground="#eef0f3",
    panel="#fafbfc",
    raised="#ffffff",
    hover="#e4e8ee",
    line="#c3cad3",
    text="#1b1e23",
    muted="#565e69",
    accent="#0b62c4",
    selected="#cfe3fb",
    flagged="#a34b00",
    unsure="#6f3fb5",
    kept="#13703f",
    deleted="#b3261e",
    quiet="#22657a",
    on_badge="#ffffff",
)


def chosen_theme(name: str) -> Theme:
    """Return the theme for a setting of ``dark``, ``light`` or ``system``."""
    if name == "system":
        scheme = QApplication.styleHints().colorScheme()
        return LIGHT if scheme == Qt.ColorScheme.Light else DARK
    return LIGHT if name == "light" else DARK


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole application a theme; the same look on every desktop."""
    app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, theme.panel),
        (role.WindowText, theme.text),
        (role.Base, theme.ground),
        (role.AlternateBase, theme.raised),
        (role.Text, theme.text),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.deleted),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_badge),
        (role.Link, theme.accent),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.muted))
    return palette


def _style_sheet(theme: Theme) -> str:
    sheet = _SHEET
    for name in theme.__dataclass_fields__:
        sheet = sheet.replace(f"@{name};", f"{getattr(theme, name)};")
    return sheet


_SHEET = """
QWidget { color: @text; }
QMainWindow, QDialog { background: @panel; }
QDialog { border: 1px solid @line; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px; }
#sideBar, #topBar, #bottomBar, #infoPanel, #loupeBar, #unreadBar { background: @panel; }
#sideBar { border-right: 1px solid @line; }
#infoPanel { border-left: 1px solid @line; }
#topBar { border-bottom: 1px solid @line; }
#bottomBar { border-top: 1px solid @line; }
#grid, #setList, #loupe, #emptyState { background: @ground; border: none; }
QLabel[role="heading"] { font-size: 20px; font-weight: 600; }
QLabel[role="section"] { color: @muted; font-size: 11px; font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="note"] { color: @muted; font-size: 11px; }
QLabel[role="problem"] { color: @deleted; }
QLabel[role="verdict"] { font-size: 15px; font-weight: 600; }
QPushButton {
    background: @raised; border: 1px solid @line; border-radius: 6px; padding: 6px 12px;
}
QPushButton:hover { background: @hover; }
QPushButton:focus { border: 1px solid @accent; }
QPushButton:disabled { color: @muted; background: @panel; }
QPushButton[role="primary"] {
    background: @accent; color: @on_badge; border: 1px solid @accent; font-weight: 600;
}
QPushButton[role="primary"]:focus { border: 4px double @on_badge; padding: 3px 9px; }
QPushButton[role="primary"]:disabled {
    background: @panel; color: @muted; border: 1px solid @line;
}
QPushButton[role="link"] {
    background: transparent; border: 1px solid transparent; color: @accent;
    padding: 3px 6px; text-align: left;
}
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid @accent; }
QPushButton[role="group"] {
    background: transparent; border: 1px solid transparent; padding: 5px 8px; text-align: left;
}
QPushButton[role="group"]:hover { background: @hover; }
QPushButton[role="group"]:focus { border: 1px solid @accent; }
QPushButton[role="group"]:checked { background: @selected; border: 1px solid @accent; }
QLineEdit {
    background: @raised; border: 1px solid @line; border-radius: 6px; padding: 5px 8px;
    min-height: 18px; selection-background-color: @accent; selection-color: @on_badge;
}
QLineEdit:focus { border: 1px solid @accent; }
QComboBox {
    background: @raised; border: 1px solid @line; border-radius: 6px; padding: 5px 10px;
    min-height: 18px;
}
QComboBox:hover { border: 1px solid @muted; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow {
    image: none; width: 0; height: 0; border-top: 5px solid @muted;
    border-left: 4px solid @raised; border-right: 4px solid @raised;
}
QComboBox:focus { border: 1px solid @accent; }
QComboBox QAbstractItemView {
    background: @raised; border: 1px solid @line; padding: 4px;
    selection-background-color: @accent; selection-color: @on_badge;
}
QSlider { min-height: 22px; background: transparent; }
QSlider::groove:horizontal { height: 4px; background: @line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: @text; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
}
QSlider::handle:horizontal:focus { background: @accent; }
QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled { background: @line; }
QProgressBar { background: @raised; border: none; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QScrollBar:vertical { background: @ground; width: 14px; margin: 0; }
QScrollBar:horizontal { background: @ground; height: 14px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 5px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 40px; }
QScrollBar::handle:horizontal { min-width: 40px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { border: none; background: transparent; }
QTabWidget::pane { border: 1px solid @line; border-radius: 6px; top: -1px; }
QTabBar::tab {
    background: transparent; color: @muted; padding: 7px 14px; border: none;
    border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @text; border: 1px solid @accent; }
QTableView {
    background: @ground; alternate-background-color: @panel; border: 1px solid @line;
    border-radius: 6px; selection-background-color: @selected; selection-color: @text;
}
QHeaderView::section {
    background: @panel; color: @muted; border: none; border-bottom: 1px solid @line;
    padding: 6px 8px; font-weight: 600;
}
QTableView::item { padding: 0 6px; border: none; }
QSpinBox, QPlainTextEdit {
    background: @raised; border: 1px solid @line; border-radius: 6px; padding: 4px 6px;
}
QSpinBox:focus, QPlainTextEdit:focus { border: 1px solid @accent; }
QSpinBox { padding: 5px 26px 5px 10px; min-height: 18px; }
QSpinBox::up-button { subcontrol-position: top right; border: none; width: 22px; }
QSpinBox::down-button { subcontrol-position: bottom right; border: none; width: 22px; }
QSpinBox::up-arrow, QSpinBox::down-arrow {
    image: none; width: 0; height: 0;
    border-left: 4px solid @raised; border-right: 4px solid @raised;
}
QSpinBox::up-arrow { border-bottom: 5px solid @muted; }
QSpinBox::down-arrow { border-top: 5px solid @muted; }
#setList { selection-background-color: @selected; selection-color: @text; }
#folderTree {
    background: transparent; border: 1px solid transparent; outline: none;
    selection-background-color: @selected; selection-color: @text; show-decoration-selected: 1;
}
#folderTree:focus { border: 1px solid @accent; border-radius: 6px; }
#folderTree::item { padding: 4px 2px; border: none; }
#folderTree::item:hover { background: @hover; }
#folderTree::item:selected { background: @selected; color: @text; }
QMenu { background: @raised; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 20px; border-radius: 4px; }
QMenu::item:selected { background: @accent; color: @on_badge; }
#comparedSide { border: 2px solid transparent; border-radius: 4px; }
#comparedSide[active="true"] { border: 2px solid @accent; }
#toast { background: @raised; border: 1px solid @line; border-radius: 8px; }
#toast[problem="true"] { border: 2px solid @deleted; }
"""
