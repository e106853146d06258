"""`explain` draws one sheet, and never over a person's own picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from lqalbum.jobs.explaining import heat_map_over
from tests.cli.conftest import Run, save_bad, save_good


def test_the_sheet_shows_photo_depths_and_heat_map(program: Run, tmp_path: Path):
    photo = save_bad(tmp_path / "noisy.jpg", 3)
    sheet = tmp_path / "why.png"
    done = program("explain", photo, "-o", sheet)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    with Image.open(sheet) as drawn:
        assert drawn.text["Software"] == "LQ Album"
        # Six latents: the photo, six depths and the heat map, five in a line.
        assert drawn.width >= 5 * 300
        assert drawn.height >= 2 * 300
        assert len(drawn.convert("RGB").getcolors(2**24) or []) > 1000
    assert program("explain", photo, "-o", sheet).returncode == 0


def test_it_refuses_what_it_cannot_draw_or_must_not_replace(program: Run, tmp_path: Path):
    photo = save_good(tmp_path / "photo.jpg", 1)
    mine = tmp_path / "mine.png"
    Image.fromarray(np.zeros((64, 64, 3), np.uint8)).save(mine)
    before = mine.read_bytes()
    (tmp_path / "text.jpg").write_text("no picture")
    for code, *arguments in (
        (1, photo, "-o", mine),
        (2, photo),
        (2, photo, "-o", tmp_path / "why.jpg"),
        (2, tmp_path / "missing.jpg", "-o", tmp_path / "why.png"),
        (2, tmp_path, "-o", tmp_path / "why.png"),
        (1, tmp_path / "text.jpg", "-o", tmp_path / "why.png"),
    ):
        done = program("explain", *arguments)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
    assert mine.read_bytes() == before
    assert not (tmp_path / "why.png").exists()


def test_the_heat_map_is_brightest_where_it_is_largest():
    frame = np.full((64, 64, 3), 100, np.uint8)
    heat = np.zeros((8, 8), np.float32)
    heat[0, 0] = 2.0
    laid = heat_map_over(frame, heat).astype(int).sum(axis=-1)
    assert laid.shape == (64, 64)
    assert np.unravel_index(laid.argmax(), laid.shape)[0] < 8
    assert laid[-1, -1] < laid[0, 0] / 4
    assert heat_map_over(frame, np.zeros((8, 8), np.float32)).shape == frame.shape
