import itertools

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from lqalbum.gui.theme import DARK, LIGHT, apply_theme

SURFACES = ("ground", "panel", "raised", "selected")
BADGES = ("flagged", "unsure", "kept", "deleted", "quiet", "muted")


def luminance(colour):
    """Relative luminance of #rrggbb. Source: WCAG 2.2, definition of relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_words_can_be_read_on_every_surface(theme):
    for text, surface in itertools.product(("text", "muted"), SURFACES):
        assert contrast(getattr(theme, text), getattr(theme, surface)) >= 4.5, (text, surface)
    for badge in BADGES:
        assert contrast(theme.on_badge, getattr(theme, badge)) >= 4.5, badge
        assert contrast(getattr(theme, badge), theme.panel) >= 3.0, badge


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def colours(widget):
    picture = widget.grab().toImage()
    return [
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    ]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("role", ["primary", "", "link", "group"])
def test_the_keyboard_is_seen_on_every_button(qapp, qtbot, theme, role):
    window, other, button = QWidget(), QLineEdit(), QPushButton("Keep")
    button.setProperty("role", role)
    layout = QVBoxLayout(window)
    layout.addWidget(other)
    layout.addWidget(button)
    qtbot.addWidget(window)
    apply_theme(qapp, theme)
    try:
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        other.setFocus()
        without = colours(button)
        button.setFocus()
        seen = colours(button)
        # As many pixels as a line around it has tell themselves from what was there.
        told = sum(
            contrast(*pair) >= 3.0 for pair in zip(without, seen, strict=True) if pair[0] != pair[1]
        )
        assert told >= 2 * (button.width() + button.height()) * 0.8
    finally:
        apply_theme(qapp, DARK)
