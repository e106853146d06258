"""Missing crispness against a plain regression, and on pictures blurred on purpose."""

import json
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from lqalbum.detect import Calibration
from lqalbum.detect.blur import Expectation
from lqalbum.detect.measure import measure
from lqalbum.hvae import HVAE

Frame = NDArray[np.uint8]
Photo = Callable[[int, int, int], Frame]


def test_blur_against_a_plain_regression():
    random = np.random.default_rng(0)
    coarse = random.normal(size=(200, 2))
    fine = coarse @ random.normal(size=(2, 4)) + random.normal(size=(200, 4))
    rows = np.concatenate((3 + 2 * fine, coarse - 1), axis=1)
    found = Expectation.fit(rows).blur(rows)
    standard = (rows - rows.mean(0)) / rows.std(0)
    crispness = standard[:, :4].mean(1)
    inputs = np.column_stack((standard[:, 4:], np.ones(200)))
    expected = inputs @ np.linalg.solve(inputs.T @ inputs, inputs.T @ crispness)
    np.testing.assert_allclose(found, 0.6 * expected - crispness, atol=1e-6)


def test_json_round_trip():
    expectation = Expectation.fit(np.random.default_rng(1).normal(size=(50, 8)))
    again = Expectation.from_json(json.loads(json.dumps(expectation.to_json())))
    row = np.ones((1, 8))
    np.testing.assert_allclose(again.blur(row), expectation.blur(row), rtol=1e-4)


def test_blur_counts_more_than_content(network: HVAE, calibration: Calibration, photo: Photo):
    sharp = [photo(64, 64, seed) for seed in range(200, 210)]
    blurred = [gaussian_filter(frame, (1.5, 1.5, 0)) for frame in sharp]
    measured, _ = measure(
        network, [*sharp, *blurred], [str(i) for i in range(20)], calibration.rule
    )
    values = calibration.component_values(measured).values["blur"]
    assert values[10:].min() > values[:10].max()
