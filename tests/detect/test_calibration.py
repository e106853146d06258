"""Calibration: fitted on good photos, written into the model file, read back the same."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from lqalbum.detect import Calibration, SplitRule, bands, calibrate
from lqalbum.detect import calibration as calibration_room
from lqalbum.detect.calibration import batches_by_shape, fit_rule
from lqalbum.detect.measure import Measurements, measure, to_pixels
from lqalbum.errors import ModelError
from lqalbum.hvae import HVAE

Frame = NDArray[np.uint8]
Photo = Callable[[int, int, int], Frame]


@pytest.fixture(scope="module")
def fresh(network: HVAE, calibration: Calibration, photo: Photo) -> Measurements:
    """Good pictures that calibration has not seen, and their damaged copies."""
    good = [photo(64, 64, seed) for seed in range(100, 120)]
    random = np.random.default_rng(0)
    noisy = [(f + random.normal(0, 40, f.shape)).clip(0, 255).astype(np.uint8) for f in good]
    blurred = [gaussian_filter(f, (3, 3, 0)) for f in good]
    frames = [*good, *noisy, *blurred]
    return measure(network, frames, [f"k{i}" for i in range(60)], calibration.rule)[0]


def scores(calibration: Calibration, measured: Measurements) -> NDArray[np.float64]:
    return calibration.scores(calibration.component_values(measured))


def test_it_counts_its_photos_and_fits_the_threshold(calibration: Calibration, rule: SplitRule):
    assert calibration.count == calibration.score.count == calibration.s_kl.count == 40
    assert calibration.rule.threshold > 0
    assert (calibration.rule.kept_high, calibration.rule.kept_low) == (
        rule.kept_high,
        rule.kept_low,
    )


def test_the_threshold_is_the_95th_percentile_of_high_frequency(
    network: HVAE, calibration: Calibration, good: list[Frame]
):
    values = [
        measure(network, [frame], ["k"], calibration.rule)[0].high_frequency[0] for frame in good
    ]
    assert sum(value > calibration.rule.threshold for value in values) == 2  # of 40


def test_damaged_copies_score_above_their_originals(calibration: Calibration, fresh: Measurements):
    values = scores(calibration, fresh)
    good, noisy, blurred = values[:20], values[20:40], values[40:]
    assert (noisy > good).all()
    assert (blurred > good).all()


def test_the_score_combines_groups_and_one_sided_numbers(
    calibration: Calibration, fresh: Measurements
):
    components = calibration.component_values(fresh)
    values = components.values
    assert set(values) == {*calibration_room.CLOUDS, *calibration_room.ONE_SIDED}
    np.testing.assert_array_equal(
        values["blur"], calibration.expectation.blur(fresh.groups["crispness"])
    )
    np.testing.assert_array_equal(values["blocks"], fresh.scalars["blockiness"])
    for name in ("haze", "pixel_grid", "disorder"):
        np.testing.assert_array_equal(values[name], fresh.scalars[name])
    np.testing.assert_array_equal(components.coarse, fresh.groups["crispness"][:, 4:])
    deviations = calibration.combination.deviations(components)
    np.testing.assert_array_equal(
        scores(calibration, fresh), calibration.combination.scores(deviations)
    )


def test_black_and_white_is_no_fault_and_faded_colour_is(
    network: HVAE, calibration: Calibration, photo: Photo
):
    vivid = photo(64, 64, 300).astype(float)
    grey = vivid.mean(2, keepdims=True).repeat(3, 2)
    frames = [f.round().astype(np.uint8) for f in (vivid, 0.85 * grey + 0.15 * vivid, grey)]
    measured, _ = measure(network, frames, list("abc"), calibration.rule)
    values = calibration.component_values(measured).values["dullness"]
    surprises = calibration.combination.laws["dullness"].surprise(values)
    assert surprises[1] > surprises[0] + 1
    assert surprises[2] == 0


def test_new_good_photos_are_not_unusual(calibration: Calibration, fresh: Measurements):
    percentiles = calibration.score.percentile(scores(calibration, fresh)[:20])
    # Evenly spread from 0 to 100 but for the noise of 20 and of 40: 6.5 and 4.6.
    assert 25 < percentiles.mean() < 75


def test_json_round_trip_gives_the_same_scores(calibration: Calibration, fresh: Measurements):
    again = Calibration.from_json(json.loads(json.dumps(calibration.to_json())))
    assert again.count == calibration.count
    assert again.rule == calibration.rule
    # Six digits are written of each number.
    np.testing.assert_allclose(scores(again, fresh), scores(calibration, fresh), rtol=1e-3)
    # Written again it is the same text: the scorer's identity does not drift.
    assert again.to_json() == Calibration.from_json(again.to_json()).to_json()


def test_batches_and_their_order_do_not_matter(
    network: HVAE, calibration: Calibration, good: list[Frame], fresh: Measurements, rule: SplitRule
):
    seen: list[int] = []
    order = np.random.default_rng(0).permutation(len(good))
    other = calibrate(
        network,
        [good[i] for i in order],
        [f"good{i}" for i in order],
        rule,
        batch_size=3,
        progress=seen.append,
    )
    assert seen[-1] == len(good)
    assert seen == sorted(set(seen))
    # Held-out folds go by order, so the laws differ a little; the clouds do not.
    for name, cloud in calibration.clouds.items():
        np.testing.assert_allclose(other.clouds[name].centre, cloud.centre, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(other.s_kl.quantiles, calibration.s_kl.quantiles, rtol=1e-3)


def test_fewer_than_twenty_photos_are_refused(network: HVAE, good: list[Frame], rule: SplitRule):
    with pytest.raises(ModelError, match=r"At least 20 good photos are needed .* 19 found"):
        calibrate(network, good[:19], ["k"] * 19, rule)


def broken(data: dict[str, Any], how: str) -> Any:
    if how == "another rule":
        return {**data, "rule": {"kept": 3}}
    if how == "a cloud less":
        return {**data, "clouds": {k: v for k, v in data["clouds"].items() if k != "detail"}}
    if how == "an unknown component":
        combination = data["combination"]
        laws = {**combination["laws"], "mood": data["score"]}
        return {**data, "combination": {**combination, "laws": laws}}
    if how == "a component less":
        combination = data["combination"]
        laws = {name: law for name, law in combination["laws"].items() if name != "blur"}
        return {**data, "combination": {**combination, "laws": laws}}
    if how == "unknown evidence":
        return {**data, "evidence": {"mood": data["score"]}}
    if how == "clouds in a list":
        return {**data, "clouds": [1, 2]}
    if how == "words for numbers":
        return {**data, "score": {**data["score"], "quantiles": ["low", "high"]}}
    return {"empty": {}, "a list": [], "another version": {"version": 9}}[how]


@pytest.mark.parametrize(
    "how",
    [
        "empty",
        "a list",
        "another version",
        "another rule",
        "a cloud less",
        "an unknown component",
        "a component less",
        "unknown evidence",
        "clouds in a list",
        "words for numbers",
    ],
)
def test_an_unknown_calibration_is_refused(calibration: Calibration, how: str):
    with pytest.raises(ModelError, match=r"run 'lqalbum calibrate'\.$"):
        Calibration.from_json(broken(calibration.to_json(), how))


def test_batches_hold_one_shape_each_and_every_frame_once():
    frames = [np.zeros((64, 64 if i % 3 else 96, 3), np.uint8) for i in range(10)]
    batches = batches_by_shape(frames, 4)
    assert sorted(i for batch in batches for i in batch) == list(range(10))
    for batch in batches:
        assert len(batch) <= 4
        assert len({frames[i].shape for i in batch}) == 1


def test_the_threshold_of_the_split_is_a_quantile_of_good_photos(photo: Photo):
    frames = [photo(64, 64, seed) for seed in range(20)]
    values = [bands.high_frequency(to_pixels([f], torch.device("cpu"))).item() for f in frames]
    for quantile in (0.5, 0.95):
        rule = SplitRule(5, 3, threshold=0.0, temperature=0.7, quantile=quantile)
        fitted = fit_rule(frames, rule)
        assert fitted.threshold == pytest.approx(np.quantile(values, quantile), rel=1e-5)
        assert fitted.quantile == quantile


def test_few_photos_change_the_score_of_a_former_calibration_alone(
    network: HVAE, calibration: Calibration, photo: Photo
):
    soft = [gaussian_filter(photo(64, 64, seed), (1, 1, 0)) for seed in range(400, 424)]
    keys = [str(number) for number in range(24)]
    again = calibrate(network, soft, keys, calibration)
    assert again.count == 24
    kept = ("rule", "clouds", "expectation", "combination", "evidence")
    before, after = calibration.to_json(), again.to_json()
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    measured, _ = measure(network, soft, keys, again.rule)
    values = scores(again, measured)
    assert calibration.score.percentile(values).min() > 90  # soft pictures were unusual
    assert 40 < np.median(again.score.percentile(values)) < 60
    np.testing.assert_allclose(again.score.quantiles[[0, -1]], [values.min(), values.max()])


def test_many_photos_replace_a_former_calibration(
    network: HVAE, calibration: Calibration, photo: Photo, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(calibration_room, "FEW_PHOTOS", 24)
    frames = [photo(64, 64, seed) for seed in range(500, 524)]
    keys = [str(number) for number in range(24)]
    again = calibrate(network, frames, keys, calibration)
    assert again.to_json() == calibrate(network, frames, keys, calibration.rule).to_json()
    assert again.to_json()["clouds"] != calibration.to_json()["clouds"]
