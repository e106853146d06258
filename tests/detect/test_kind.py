"""Drawn screens and pages are told from photos, and bad photos stay photos."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter, uniform_filter1d

from lqalbum.detect.kind import picture_kind

Frame = NDArray[np.uint8]
Colour = tuple[int, int, int]
Photo = Callable[[int, int, int], Frame]

TEXT = "the quick brown fox jumps over the lazy dog while nobody looks"


def drawn_screenshot(background: Colour = (245, 246, 248), ink: Colour = (30, 30, 30)) -> Frame:
    """A window with a title bar, a side bar, buttons and lines of text."""
    image = Image.new("RGB", (448, 256), background)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 448, 22), fill=(40, 60, 110))
    draw.text((8, 6), "Settings - Display - Night light", fill="white")
    draw.rectangle((0, 22, 110, 256), fill=(222, 226, 232))
    for row, word in enumerate(("System", "Network", "Sound", "Power", "Users")):
        draw.text((10, 34 + 26 * row), word, fill=(20, 20, 20))
    draw.rectangle((0, 58, 110, 80), fill=(70, 120, 220))
    for row in range(12):
        draw.text((124, 34 + 16 * row), TEXT[: 40 + row], fill=ink)
    for column, colour in enumerate(((70, 120, 220), (200, 200, 205))):
        draw.rectangle((260 + 90 * column, 228, 340 + 90 * column, 248), fill=colour)
    return np.asarray(image)


def drawn_page() -> Frame:
    """A page of text, a little uneven in brightness as scanners make it."""
    image = Image.new("RGB", (256, 352), (246, 245, 243))
    draw = ImageDraw.Draw(image)
    for row in range(26):
        draw.text((16, 16 + 12 * row), TEXT[: 36 - row % 4], fill=(25, 25, 28))
    shade = np.random.default_rng(0).normal(0, 2, (352, 256, 1))
    return (np.asarray(image) + shade).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("background", "ink"),
    [
        ((245, 246, 248), (30, 30, 30)),
        ((255, 255, 255), (0, 0, 0)),
        ((24, 24, 28), (220, 220, 220)),
    ],
)
def test_a_drawn_screenshot_is_a_screen(background: Colour, ink: Colour):
    assert picture_kind(drawn_screenshot(background, ink), camera=False) == "screen"


def test_a_drawn_page_is_a_scan():
    assert picture_kind(drawn_page(), camera=False) == "scan"


def scanned(tint: Colour, shade: float, noise: float, turned: float) -> Frame:
    """The drawn page as cheap scanners and copiers make it."""
    page = Image.fromarray(drawn_page()).resize((1024, 1408), Image.Resampling.BICUBIC)
    page = page.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor=(246, 245, 243))
    values = np.asarray(page.resize((256, 352), Image.Resampling.BOX)) * np.array(tint) / 255.0
    values = values * np.linspace(1 - shade, 1, 256)[None, :, None]
    grain = np.random.default_rng(3).normal(0, noise, (352, 256, 1))
    return (values + grain).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("tint", "shade", "noise", "turned"),
    [
        ((255, 255, 255), 0.0, 6.0, 0.0),
        ((246, 236, 210), 0.0, 3.0, 1.0),
        ((225, 225, 222), 0.15, 4.0, -1.5),
        ((205, 203, 198), 0.1, 5.0, 0.5),
    ],
)
def test_tinted_shaded_noisy_and_turned_pages_are_scans(
    tint: Colour, shade: float, noise: float, turned: float
):
    assert picture_kind(scanned(tint, shade, noise, turned), camera=False) == "scan"


@pytest.mark.parametrize("background", [(245, 246, 248), (24, 24, 28)])
def test_a_window_that_shows_a_photo_is_a_screen(photo: Photo, background: Colour):
    frame = drawn_screenshot(background).copy()
    frame[40:220, 130:430] = photo(180, 300, 4)
    assert picture_kind(frame, camera=False) == "screen"


def test_a_photo_on_plain_paper_is_a_photo(photo: Photo):
    """One dark thing on white is no writing, however much paper lies around it."""
    frame = np.full((256, 352, 3), 243, np.uint8)
    frame[90:160, 120:230] = photo(70, 110, 5) // 2
    assert picture_kind(frame, camera=False) == "photo"


@pytest.mark.parametrize("drawn", [drawn_screenshot, drawn_page])
def test_what_a_camera_took_is_a_photo(drawn: Callable[[], Frame]):
    assert picture_kind(drawn(), camera=True) == "photo"


def damaged(frame: Frame, how: str) -> Frame:
    values = frame.astype(float)
    random = np.random.default_rng(1)
    changed = {
        "good": values,
        "noisy": values + random.normal(0, 40, values.shape),
        "blurred": gaussian_filter(values, (6, 6, 0)),
        "slightly blurred": gaussian_filter(values, (2, 2, 0)),
        "shaken": uniform_filter1d(values, 25, axis=1),
        "dark": values * 0.06,
        "black": values * 0.0,
        "overexposed": values * 1.3 + 130,
        "white": values + 255,
        "grey": np.repeat(values.mean(-1, keepdims=True), 3, -1),
    }[how]
    return changed.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    "how",
    [
        "good",
        "noisy",
        "blurred",
        "slightly blurred",
        "shaken",
        "dark",
        "black",
        "overexposed",
        "white",
        "grey",
    ],
)
def test_good_and_bad_photos_are_photos(photo: Photo, how: str):
    for seed in range(3):
        assert picture_kind(damaged(photo(256, 384, seed), how), camera=False) == "photo"


def test_pure_noise_is_a_photo():
    noise = np.random.default_rng(2).integers(0, 256, (256, 256, 3)).astype(np.uint8)
    assert picture_kind(noise, camera=False) == "photo"
