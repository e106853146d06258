"""The detector as the rest of the program sees it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from lqalbum.detect import Assessment, Calibration, Detector, choose_device
from lqalbum.errors import ModelError
from lqalbum.hvae import HVAE, load_model, save_model
from lqalbum.identity import scorer_id

Frame = NDArray[np.uint8]
Photo = Callable[[int, int, int], Frame]


@pytest.fixture(scope="module")
def frames(photo: Photo) -> list[Frame]:
    """Good and noisy pictures of three shapes, mixed."""
    random = np.random.default_rng(0)
    made = []
    for seed in range(12):
        frame = photo(64, (64, 96, 128)[seed % 3], 200 + seed)
        if seed % 2:
            noise = random.normal(0, 6 * seed, frame.shape)
            frame = (frame + noise).clip(0, 255).astype(np.uint8)
        made.append(frame)
    return made


@pytest.fixture(scope="module")
def keys(frames: list[Frame]) -> list[str]:
    return [f"{i:064x}" for i in range(len(frames))]


@pytest.fixture(scope="module")
def assessed(detector: Detector, frames: list[Frame], keys: list[str]) -> list[Assessment]:
    return detector.assess(frames, keys)


def assert_near(one: Assessment, other: Assessment) -> None:
    """The same but for float32 sums in another order (see test_measure)."""
    for name in ("score", "s_kl", "high_frequency"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=5e-3, abs=1e-3)
    for name in ("percentile", "percentile_low", "percentile_high", "s_kl_percentile"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=0.5)
    for name in ("split_level", "kind", "reason"):
        assert getattr(one, name) == getattr(other, name)
    np.testing.assert_allclose(one.heat_map, other.heat_map, rtol=1e-2, atol=1e-7)


def test_load_says_what_the_file_says(detector: Detector, model: Path, calibration: Calibration):
    assert detector.name == "tiny"
    assert detector.preset == "photo"
    assert detector.model_id == load_model(model).model_id
    assert detector.calibration_size == calibration.count == 40
    assert detector.split_levels == (0, 1, 2, 3, 4, 5)


def test_a_loaded_detector_scores_as_the_one_it_was_written_from(
    network: HVAE,
    calibration: Calibration,
    frames: list[Frame],
    keys: list[str],
    assessed: list[Assessment],
):
    original = Detector("tiny", network, "none", calibration, "cpu")
    for one, other in zip(original.assess(frames, keys), assessed, strict=True):
        assert_near(one, other)


def test_identities(detector: Detector, model: Path, tmp_path: Path, calibration: Calibration):
    again = Detector.load(model, device="cpu")
    assert again.scorer_id == detector.scorer_id
    # Calibrated anew: the same network, but other scores.
    other = tmp_path / "other.safetensors"
    changed = replace(calibration, score=replace(calibration.score, tail_scale=9.0))
    loaded = load_model(model)
    save_model(other, loaded.network, name="x", recipe={}, calibration=changed.to_json())
    recalibrated = Detector.load(other, device="cpu")
    assert recalibrated.model_id == detector.model_id
    assert recalibrated.scorer_id != detector.scorer_id


def test_an_older_header_is_known_by_what_it_says(
    detector: Detector, model: Path, tmp_path: Path, calibration: Calibration
):
    """The scan compares with the header as it stands; a default filled in here must not show."""
    older = calibration.to_json()
    older["rule"] = {name: v for name, v in older["rule"].items() if name != "quantile"}
    path = tmp_path / "older.safetensors"
    save_model(path, load_model(model).network, name="x", recipe={}, calibration=older)
    found = load_model(path)
    assert Detector.load(path, device="cpu").scorer_id == scorer_id(
        found.model_id, found.calibration
    )
    assert detector.scorer_id != scorer_id(found.model_id, found.calibration)


def test_load_can_set_the_threads(model: Path):
    Detector.load(model, device="cpu", threads=2)
    assert torch.get_num_threads() == 2


def test_a_model_without_a_calibration_is_refused(network: HVAE, tmp_path: Path):
    path = tmp_path / "bare.safetensors"
    save_model(path, network, name="bare", recipe={}, calibration={})
    with pytest.raises(ModelError, match="lqalbum calibrate"):
        Detector.load(path, device="cpu")


def test_a_missing_model_is_refused(tmp_path: Path):
    with pytest.raises(ModelError, match="no model file"):
        Detector.load(tmp_path / "nowhere.safetensors", device="cpu")


def test_devices(monkeypatch: pytest.MonkeyPatch, model: Path):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device("auto") == choose_device("cpu") == "cpu"
    with pytest.raises(ModelError, match="No CUDA device"):
        choose_device("cuda")
    with pytest.raises(ModelError, match="No CUDA device"):
        Detector.load(model, device="cuda")
    with pytest.raises(ModelError, match="'toaster'"):
        choose_device("toaster")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert choose_device("auto") == choose_device("cuda") == "cuda"
    assert choose_device("cpu") == "cpu"


def test_assessments_are_complete(
    detector: Detector, frames: list[Frame], assessed: list[Assessment]
):
    assert len(assessed) == len(frames)
    for frame, result in zip(frames, assessed, strict=True):
        height, width, _ = frame.shape
        assert 0 <= result.percentile_low <= result.percentile <= result.percentile_high <= 100
        assert 0 <= result.s_kl_percentile <= 100
        assert result.score >= 0
        assert result.split_level in (1, 3)
        assert result.kind == "photo"
        assert result.heat_map.shape == (height // 4, width // 4)
        assert result.heat_map.dtype == np.float32
        assert result.heat_map.sum(dtype=np.float64) == pytest.approx(result.s_kl, rel=1e-5)
        assert set(result.evidence) == set(detector.calibration.evidence)
        for evidence in result.evidence.values():
            assert np.isfinite(evidence.value)
            assert 0 <= evidence.percentile <= 100


def test_unusual_pictures_come_with_words_and_a_reconstruction(
    frames: list[Frame], assessed: list[Assessment]
):
    for seed, (frame, result) in enumerate(zip(frames, assessed, strict=True)):
        assert bool(result.reason) == (result.percentile >= 90)
        assert (result.reconstruction is not None) == (result.percentile_high >= 90)
        if result.reconstruction is not None:
            assert result.reconstruction.shape == frame.shape
            assert result.reconstruction.dtype == np.uint8
        if seed >= 5 and seed % 2:  # noise of 30 and more
            assert result.percentile > 98
            assert "strong noise" in result.reason
    assert any(result.reconstruction is None for result in assessed)


def test_order_and_company_do_not_matter(
    detector: Detector, frames: list[Frame], keys: list[str], assessed: list[Assessment]
):
    order = np.random.default_rng(3).permutation(len(frames))
    shuffled = detector.assess([frames[i] for i in order], [keys[i] for i in order])
    for place, i in enumerate(order):
        assert_near(shuffled[place], assessed[i])
    for i in range(len(frames)):
        (alone,) = detector.assess([frames[i]], [keys[i]])
        assert_near(alone, assessed[i])


def test_the_same_key_gives_the_same_and_another_key_other_noise(
    detector: Detector, frames: list[Frame]
):
    one, same, other = (detector.assess(frames[:1], [key])[0] for key in ("k", "k", "other"))
    assert (one.score, one.s_kl) == (same.score, same.s_kl)
    np.testing.assert_array_equal(one.heat_map, same.heat_map)
    assert one.s_kl != other.s_kl
    assert one.score == pytest.approx(other.score, rel=0.2)  # noise, not another verdict


def test_a_spread_near_a_threshold_and_none_elsewhere(
    network: HVAE,
    calibration: Calibration,
    frames: list[Frame],
    keys: list[str],
    assessed: list[Assessment],
):
    # Laws of the score that put every picture in the middle, then near a threshold.
    scores = np.array([result.score for result in assessed])
    for middle, spread_expected in ((50.0, False), (97.0, True)):
        wide = np.interp(
            np.linspace(0, 100, 401),
            [0, middle - 0.5, middle + 0.5, 100],
            [-1e3, scores.min() - 1, scores.max() + 1, 1e4],
        )
        law = replace(calibration.score, quantiles=wide)
        detector = Detector("x", network, "x", replace(calibration, score=law), "cpu")
        for result in detector.assess(frames, keys):
            assert abs(result.percentile - middle) < 1
            assert (result.percentile_low < result.percentile_high) == spread_expected


def test_a_camera_makes_a_photo_of_anything(detector: Detector):
    page = np.full((64, 64, 3), 250, np.uint8)
    page[8:56:4, 8:56] = np.where(np.arange(48) % 3 == 0, 0, 250)[None, :, None]
    keys = ["page", "page"]
    drawn, taken = detector.assess([page, page], keys, [False, True])
    assert drawn.kind != "photo"
    assert taken.kind == "photo"
    assert drawn.score == pytest.approx(taken.score)
    assert detector.assess([page], ["page"])[0].kind == drawn.kind


def test_nothing_to_assess(detector: Detector):
    assert detector.assess([], []) == []


def test_reconstruct(detector: Detector, frames: list[Frame]):
    frame = frames[1]
    pictures = [detector.reconstruct(frame, "k", level) for level in detector.split_levels]
    for picture in pictures:
        assert picture.shape == frame.shape
        assert picture.dtype == np.uint8
        assert picture.flags.c_contiguous
    np.testing.assert_array_equal(pictures[2], detector.reconstruct(frame, "k", 2))
    assert not np.array_equal(pictures[2], detector.reconstruct(frame, "other", 2))
    # Level 0 samples nothing.
    np.testing.assert_array_equal(pictures[0], detector.reconstruct(frame, "other", 0))
    cold = [detector.reconstruct(frame, key, 3, temperature=0.0) for key in ("k", "other")]
    np.testing.assert_array_equal(cold[0], cold[1])


@pytest.mark.parametrize("level", [-1, 6])
def test_a_level_that_does_not_exist_is_refused(
    detector: Detector, frames: list[Frame], level: int
):
    with pytest.raises(ValueError, match="split level"):
        detector.reconstruct(frames[0], "k", level)
    with pytest.raises(ValueError, match="split level"):
        detector.heat_map(frames[0], "k", level)


def test_the_displayed_reconstruction_is_that_of_the_display_level(
    detector: Detector, frames: list[Frame], keys: list[str], assessed: list[Assessment]
):
    i = next(i for i, result in enumerate(assessed) if result.reconstruction is not None)
    picture = detector.reconstruct(frames[i], keys[i], detector.display_split_level)
    shown = assessed[i].reconstruction
    assert shown is not None
    # One grey level where a batch of another size rounded the other way.
    assert np.abs(picture.astype(int) - shown).max() <= 1


def test_explain(
    detector: Detector, frames: list[Frame], keys: list[str], assessed: list[Assessment]
):
    for i in (0, 11):
        explanation = detector.explain(frames[i], keys[i])
        assert explanation.split_levels == detector.split_levels
        assert len(explanation.reconstructions) == len(detector.split_levels)
        for level, picture in zip(
            explanation.split_levels, explanation.reconstructions, strict=True
        ):
            expected = detector.reconstruct(frames[i], keys[i], level)
            np.testing.assert_array_equal(picture, expected)
        assert explanation.split_level == assessed[i].split_level
        assert explanation.s_kl == pytest.approx(assessed[i].s_kl, rel=5e-3)
        assert explanation.heat_map.sum(dtype=np.float64) == pytest.approx(
            explanation.s_kl, rel=1e-5
        )


def test_heat_map(
    detector: Detector, frames: list[Frame], keys: list[str], assessed: list[Assessment]
):
    adaptive = detector.heat_map(frames[1], keys[1])
    np.testing.assert_allclose(adaptive, assessed[1].heat_map, rtol=1e-2, atol=1e-7)
    maps = [detector.heat_map(frames[1], keys[1], level) for level in detector.split_levels]
    assert all(heat.shape == (16, 24) and heat.dtype == np.float32 for heat in maps)
    assert all((heat >= 0).all() for heat in maps)
    np.testing.assert_array_equal(maps[assessed[1].split_level], adaptive)
