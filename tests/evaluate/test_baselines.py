"""Baselines: blurred pictures score above their originals."""

import numpy as np
import pytest

from lqalbum.evaluate.baselines import BASELINES, laplacian
from lqalbum.evaluate.corruptions import corrupt
from tests.evaluate.pictures import natural_picture


def test_laplacian_agrees_with_a_plain_sum() -> None:
    picture = natural_picture(64, 70)
    grey = picture @ np.array([0.299, 0.587, 0.114])
    responses = [
        grey[y - 1, x] + grey[y + 1, x] + grey[y, x - 1] + grey[y, x + 1] - 4 * grey[y, x]
        for y in range(1, 63)
        for x in range(1, 69)
    ]
    assert laplacian([picture])[0] == pytest.approx(-np.log(np.var(responses)))


def test_laplacian_rises_with_blur_and_falls_with_noise() -> None:
    picture = natural_picture()
    blurred = [corrupt(picture, "gaussian_blur", severity, seed=0) for severity in (1, 3, 5)]
    noisy = corrupt(picture, "gaussian_noise", 1, seed=0)
    scores = laplacian([noisy, picture, *blurred])
    assert (np.diff(scores) > 0).all()


def test_a_flat_picture_has_a_finite_score() -> None:
    flat = np.full((64, 64, 3), 90, dtype=np.uint8)
    for baseline in BASELINES.values():
        assert np.isfinite(baseline([flat])).all()
