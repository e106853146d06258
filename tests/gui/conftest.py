"""A window over a real library, with generated photos and a stand-in for the detector."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from lqalbum.gui.album import Album
from lqalbum.gui.theme import DARK, apply_theme
from lqalbum.gui.window import MainWindow
from lqalbum.jobs.looking import CloserLook
from lqalbum.library.library import Library
from lqalbum.review.pictures import Pictures
from lqalbum.review.session import ReviewSession
from lqalbum.sentences import Sentence
from lqalbum.settings import Settings
from tests.guard.originals import untouched
from tests.gui.standin import StandInDetector

GOOD, NOISY = 3, 3


def write_photo(path: Path, *, noisy: bool, seed: int, size: tuple[int, int] = (480, 360)) -> None:
    """Write a soft picture, or the same with strong noise."""
    generator = np.random.default_rng(seed)
    small = generator.integers(0, 256, (4, 5, 3), np.uint8)
    picture = Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)
    if noisy:
        grain = generator.normal(0, 60, (size[1], size[0], 3))
        picture = Image.fromarray((np.asarray(picture) + grain).clip(0, 255).astype(np.uint8))
    picture.save(path, quality=95)


@pytest.fixture
def photos(tmp_path: Path, home: Path) -> Iterator[Path]:
    """A folder with good and noisy photos and a text file named .jpg.

    R19: whatever the window does, each of them is as it was, there or in the trash.
    """
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(GOOD):
        write_photo(folder / f"good{number}.jpg", noisy=False, seed=number)
    for number in range(NOISY):
        size = (360, 480) if number else (480, 360)
        write_photo(folder / f"noisy{number}.jpg", noisy=True, seed=100 + number, size=size)
    (folder / "text.jpg").write_text("no picture")
    with untouched(tmp_path, home, may_move=True):
        yield folder


@pytest.fixture
def library_dir(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def open_window(qapp: QApplication, library_dir: Path) -> Iterator[Callable[..., MainWindow]]:
    """Open windows over the same library, one after the other, as restarts of the program do."""
    apply_theme(qapp, DARK)
    opened: list[tuple[MainWindow, Library, Album]] = []

    def close_all() -> None:
        while opened:
            window, library, album = opened.pop()
            window.close()
            album.close()
            library.close()
            window.deleteLater()

    def open_one(*, with_model: bool = True) -> MainWindow:
        close_all()
        library = Library.open(library_dir)
        detector = StandInDetector() if with_model else None
        scorer_id = detector.scorer_id if detector else None
        album = Album(
            session=ReviewSession(library, 0.03),
            settings=Settings(library=str(library_dir)),
            pictures=Pictures(library, scorer_id),
            scorer_id=scorer_id,
            calibration_size=500,
            model_trouble=Sentence("" if with_model else "There is no model; name one."),
            detector=detector,
            look=CloserLook(library, detector),
            jobs=1,
        )
        window = MainWindow(album, DARK)
        opened.append((window, library, album))
        window.show()
        return window

    yield open_one
    close_all()
    logging.getLogger("lqalbum").handlers.clear()
