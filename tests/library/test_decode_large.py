"""A photo looked at closely: the same decoder, with a larger thumbnail."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lqalbum.library.decode import decode


@pytest.mark.parametrize(("size", "expected"), [((3000, 2000), (2048, 1365)), ((900, 1200), None)])
def test_the_larger_thumbnail_shows_detail_and_the_frame_stays(tmp_path: Path, size, expected):
    stripes = np.zeros((size[1], size[0], 3), np.uint8)
    stripes[:, ::2] = 255  # the finest detail there is
    path = tmp_path / "stripes.jpg"
    Image.fromarray(stripes).save(path, quality=95, subsampling=0)
    small, large = decode(str(path)), decode(str(path), thumbnail_px=2048)
    assert np.abs(small.frame.astype(int) - large.frame.astype(int)).mean() < 2
    assert (small.width, small.height, small.sha256) == (large.width, large.height, large.sha256)
    with Image.open(io.BytesIO(large.thumbnail)) as picture:
        assert picture.size == (expected or size)
    with Image.open(io.BytesIO(small.thumbnail)) as picture:
        assert max(picture.size) == 256
    if expected is None:  # not shrunk at all: every stripe is there
        pixels = np.asarray(Image.open(io.BytesIO(large.thumbnail)).convert("L")).astype(int)
        assert np.abs(np.diff(pixels, axis=1)).mean() > 200
