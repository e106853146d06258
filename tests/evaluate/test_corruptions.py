"""The corruption laws by themselves: shapes, seeds, known statistics, growing damage."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lqalbum.errors import UsageError
from lqalbum.evaluate.corruptions import (
    CORRUPTIONS,
    LAWS,
    SEVERITIES,
    Picture,
    corrupt,
    drops,
    finish,
    frost_source,
    ice,
    weather,
)
from tests.evaluate.pictures import natural_picture

RANDOM_LAWS = (
    "gaussian_noise",
    "shot_noise",
    "impulse_noise",
    "speckle_noise",
    "glass_blur",
    "motion_blur",
    "snow",
    "frost",
    "fog",
    "elastic_transform",
    "spatter",
)


def flat(level: int, side_px: int = 128) -> Picture:
    return np.full((side_px, side_px, 3), level, dtype=np.uint8)


def test_there_are_the_nineteen() -> None:
    assert len(CORRUPTIONS) == len(set(CORRUPTIONS)) == 19


@pytest.mark.parametrize("name", CORRUPTIONS)
@pytest.mark.parametrize("size", [(64, 64), (65, 97), (224, 150)])
def test_every_law_keeps_shape_and_changes_the_picture(name: str, size: tuple[int, int]) -> None:
    picture = natural_picture(*size, seed=3)
    untouched = picture.copy()
    for severity in SEVERITIES:
        corrupted = corrupt(picture, name, severity, seed=1)
        assert corrupted.shape == picture.shape
        assert corrupted.dtype == np.uint8
        # A small picture may stay dry under water drops.
        if not (name == "spatter" and severity < 4 and min(size) < 100):
            assert (corrupted != picture).mean() > 0.01
    assert np.array_equal(picture, untouched)


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_the_seed_alone_decides(name: str) -> None:
    picture = natural_picture(128, 128)
    first = corrupt(picture, name, 2, seed=7)
    np.random.seed(0)  # no law may hang on the global generator
    assert np.array_equal(first, corrupt(picture, name, 2, seed=7))
    differs = not np.array_equal(first, corrupt(picture, name, 2, seed=8))
    assert differs == (name in RANDOM_LAWS)


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_damage_grows_with_severity(name: str) -> None:
    # Spatter changes from water to mud, saturation from less to more: compared within each kind.
    groups = {"spatter": [(1, 3), (4, 5)], "saturate": [(1, 2), (3, 4), (4, 5)]}
    for mild, strong in groups.get(name, [(1, 3), (3, 5)]):
        assert mean_damage(name, mild) < mean_damage(name, strong)


def mean_damage(name: str, severity: int) -> float:
    """Return the damage over three pictures, the same noise for every severity.

    Fog and frost are scaled back in brightness, so what they cost is likeness, not grey levels.
    """
    damages = []
    for seed in range(3):
        picture = natural_picture(160, 192, seed)
        corrupted = finish(LAWS[name](picture, severity, np.random.default_rng(seed)))
        if name in ("fog", "frost"):
            damages.append(1.0 - np.corrcoef(corrupted.ravel(), picture.ravel())[0, 1])
        else:
            damages.append(np.abs(corrupted.astype(float) - picture).mean())
    return float(np.mean(damages))


@pytest.mark.parametrize(("severity", "sigma"), [(1, 0.08), (2, 0.12)])
def test_gaussian_noise_has_the_published_sigma(severity: int, sigma: float) -> None:
    noisy = corrupt(flat(128, 256), "gaussian_noise", severity, seed=0) / 255.0
    assert noisy.std() == pytest.approx(sigma, rel=0.02)
    across = np.corrcoef(noisy[:, :, 0].ravel(), noisy[:, :, 1].ravel())[0, 1]
    assert abs(across) < 0.02  # 4 standard errors at 65,536 pixels: the channels are independent


def test_shot_noise_has_the_variance_of_a_count() -> None:
    level = 102
    noisy = corrupt(flat(level, 256), "shot_noise", 1, seed=0) / 255.0
    assert noisy.var() == pytest.approx(level / 255.0 / 60, rel=0.03)


def test_speckle_noise_scales_with_the_level() -> None:
    dark = corrupt(flat(40, 256), "speckle_noise", 1, seed=0) / 255.0
    light = corrupt(flat(120, 256), "speckle_noise", 1, seed=0) / 255.0
    assert light.std() == pytest.approx(0.15 * 120 / 255, rel=0.02)
    assert light.std() / dark.std() == pytest.approx(3.0, rel=0.02)


def test_impulse_noise_hits_the_published_share_evenly() -> None:
    noisy = corrupt(flat(128, 256), "impulse_noise", 3, seed=0)
    assert (noisy == 255).mean() == pytest.approx(0.045, rel=0.05)
    assert (noisy == 0).mean() == pytest.approx(0.045, rel=0.05)


@pytest.mark.parametrize("name", ["gaussian_blur", "defocus_blur", "motion_blur", "zoom_blur"])
def test_blurs_leave_flat_areas_alone(name: str) -> None:
    # One level may be lost: results are cut to integers, not rounded.
    blurred = corrupt(flat(200), name, 3, seed=0).astype(int)
    assert np.abs(blurred - 200).max() <= 1


def test_defocus_spreads_a_point_into_a_disc() -> None:
    picture = flat(0)
    picture[64, 64] = 255
    spot = corrupt(picture, "defocus_blur", 1, seed=0)[:, :, 0] > 0
    rows, columns = np.nonzero(spot)
    assert rows.max() - rows.min() == columns.max() - columns.min() == 6  # radius 3
    assert spot.sum() == 29  # grid points within 3 of the centre


def test_gaussian_blur_of_a_step_has_the_published_sigma() -> None:
    picture = flat(0)
    picture[:, 64:] = 255
    profile = corrupt(picture, "gaussian_blur", 3, seed=0)[64, :, 0].astype(float)
    slope = np.diff(profile)
    centre = np.average(np.arange(slope.size), weights=slope)
    spread = np.sqrt(np.average((np.arange(slope.size) - centre) ** 2, weights=slope))
    assert spread == pytest.approx(3.0, rel=0.03)


def test_glass_blur_swaps_and_so_keeps_every_value() -> None:
    order = list(range(32 * 48))
    from lqalbum.evaluate.corruptions.blur import _swap_neighbours

    _swap_neighbours(order, 32, 48, 2, np.random.default_rng(0))
    assert sorted(order) == list(range(32 * 48))
    moved = np.array(order) != np.arange(32 * 48)
    assert moved.mean() > 0.5


def test_jpeg_has_the_published_quality() -> None:
    picture = natural_picture()
    buffer = BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=25)
    expected = np.asarray(Image.open(buffer))
    assert np.array_equal(corrupt(picture, "jpeg_compression", 1, seed=0), expected)


def test_pixelate_leaves_few_different_columns() -> None:
    blocky = corrupt(natural_picture(100, 200), "pixelate", 2, seed=0)
    different = (np.diff(blocky.astype(int), axis=1) != 0).any(axis=(0, 2)).sum()
    assert different == 99  # 200 columns at scale 0.5: 100 blocks


def test_contrast_scales_the_deviation_and_keeps_the_mean() -> None:
    picture = natural_picture()
    weak = corrupt(picture, "contrast", 1, seed=0).astype(float)
    assert weak.mean() == pytest.approx(picture.mean(), abs=0.6)  # cut to integers: -0.5
    assert weak.std() == pytest.approx(0.4 * picture.std(), rel=0.01)


def test_brightness_raises_the_peak_and_keeps_the_ratios() -> None:
    picture = flat(0)
    picture[:, :] = (100, 50, 20)
    bright = corrupt(picture, "brightness", 2, seed=0)[0, 0].astype(float)
    assert bright == pytest.approx(np.array([100, 50, 20]) * (151 / 100), abs=1.0)
    assert np.array_equal(corrupt(flat(0), "brightness", 1, seed=0), flat(25))


def test_saturation_moves_away_from_grey() -> None:
    picture = flat(0)
    picture[:, :] = (200, 150, 100)
    dull = corrupt(picture, "saturate", 1, seed=0)[0, 0].astype(float)
    vivid = corrupt(picture, "saturate", 4, seed=0)[0, 0].astype(float)
    assert dull == pytest.approx([200, 185, 170], abs=1.0)  # saturation 0.5 * 0.3
    assert vivid == pytest.approx([200, 100, 0], abs=1.0)  # full


def test_cloud_field_is_rough_at_all_scales() -> None:
    field = weather.cloud_field(100, 2.0, np.random.default_rng(0))
    assert field.shape == (128, 128)
    assert (field.min(), field.max()) == (0.0, 1.0)
    near = np.abs(np.diff(field, axis=0)).mean()
    far = np.abs(field - np.roll(field, 32, axis=0)).mean()
    assert 0.0 < near < 0.5 * far


def test_chamfer_distance_is_close_to_euclid() -> None:
    marks = np.zeros((40, 40), dtype=np.bool_)
    marks[5, 5] = True
    rows, columns = np.indices(marks.shape)
    euclid = np.hypot(rows - 5, columns - 5)
    gap = np.abs(drops.chamfer_distance(marks) - euclid)
    assert gap.max() <= 0.025 * euclid.max()  # the known error of the 5x5 chamfer
    assert np.isinf(drops.chamfer_distance(np.zeros((4, 4), dtype=np.bool_))).all()


def test_canny_finds_the_rim_of_a_square() -> None:
    plane = np.zeros((40, 40))
    plane[10:30, 10:30] = 180.0
    edges = drops.canny_edges(plane)
    rows, columns = np.nonzero(edges)
    assert {rows.min(), columns.min()} <= {9, 10}
    assert {rows.max(), columns.max()} <= {29, 30}
    assert not edges[13:27, 13:27].any()
    assert not drops.canny_edges(np.full((40, 40), 180.0)).any()


def test_equalise_straightens_the_histogram() -> None:
    random = np.random.default_rng(0)
    levels = drops.equalise(random.integers(90, 120, (64, 64)).astype(np.uint8))
    assert (levels.min(), levels.max()) == (0, 255)
    assert levels.mean() == pytest.approx(127.5, abs=8.0)
    assert np.array_equal(drops.equalise(flat(7)[:, :, 0]), flat(7)[:, :, 0])


def test_frost_is_generated_where_the_pictures_are_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ice, "find_spec", lambda name: None)
    assert frost_source() == "generated"
    frosted = corrupt(natural_picture(), "frost", 3, seed=0)
    assert frosted.mean() > natural_picture().mean()


def test_frost_blends_the_installed_pictures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "imagecorruptions"
    (package / "frost").mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('does not run on this numpy')\n")
    for name in ice.ICE_FILES:
        Image.fromarray(flat(100, 90)).save(package / "frost" / name, quality=100)
    monkeypatch.syspath_prepend(tmp_path)
    assert frost_source() == "imagecorruptions"
    # Smaller than the photo, so it is enlarged; flat stays flat: 0.8 * 50 + 0.6 * 100.
    frosted = corrupt(flat(50), "frost", 2, seed=0)
    assert np.abs(frosted.astype(int) - 100).max() <= 1


def test_generated_ice_has_its_tint() -> None:
    texture = ice.generated_ice(128, 192, 4, np.random.default_rng(0))
    assert texture.shape == (128, 192, 3)
    assert texture.mean(axis=(0, 1)) == pytest.approx([112, 123, 135], abs=4.0)
    assert texture.std(axis=(0, 1)) == pytest.approx([44, 43, 42], abs=6.0)


def test_wrong_requests_are_named() -> None:
    with pytest.raises(UsageError, match=r"'rain'.*gaussian_noise"):
        corrupt(flat(0), "rain", 1, seed=0)
    with pytest.raises(UsageError, match="Severity 6"):
        corrupt(flat(0), "fog", 6, seed=0)
    with pytest.raises(UsageError, match="64 px"):
        corrupt(flat(0, 63), "fog", 1, seed=0)
    with pytest.raises(UsageError, match="8-bit"):
        corrupt(np.zeros((64, 64), dtype=np.uint8), "fog", 1, seed=0)
