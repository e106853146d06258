"""The sheet shows a few pictures as they are and corrupted, each with its reconstruction."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from lqalbum.jobs.evaluation import EvaluationOptions, corrupted, frame_key
from lqalbum.jobs.evaluation_pictures import EvaluationPicture
from lqalbum.jobs.evaluation_sheet import make_sheet
from tests.evaluate.pictures import natural_picture


def test_pictures_and_corruptions_are_spread_and_limited() -> None:
    pictures = [
        EvaluationPicture(f"/p/{n}.jpg", f"{n:064x}", natural_picture(64, 64, n)) for n in range(9)
    ]
    drawn = []

    def negative(frame: np.ndarray, key: str) -> np.ndarray:
        drawn.append((frame, key))
        return 255 - frame

    options = EvaluationOptions(severities=(1, 3), seed=5)
    sheet = make_sheet(pictures, options, negative)
    assert [name for name, _ in sheet.rows] == ["0.jpg", "3.jpg", "5.jpg", "8.jpg"]
    assert (len(sheet.corruptions), sheet.severity) == (6, 3)
    frame, key = drawn[1]
    assert (frame == corrupted(pictures[0], sheet.corruptions[0], 3, 5)).all()
    assert key == frame_key(frame)
    cell = sheet.rows[0][1][0]
    shown, beside = (
        np.asarray(Image.open(io.BytesIO(jpeg)), float)
        for jpeg in (cell.picture, cell.reconstruction)
    )
    assert np.abs(shown - pictures[0].pixels).mean() < 6
    assert np.abs(shown + beside - 255).mean() < 12


def test_without_corruptions_only_the_clean_column_is_left() -> None:
    picture = EvaluationPicture("/p/a.jpg", "0" * 64, natural_picture(64, 64, 1))
    sheet = make_sheet([picture], EvaluationOptions(corruptions=()), lambda frame, _key: frame)
    assert sheet.corruptions == ()
    assert [len(cells) for _, cells in sheet.rows] == [1]
