"""A model of one's own album: compared with the old one, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lqalbum.errors import Interrupted, LQAlbumError
from lqalbum.jobs.adapting import (
    AdaptRequest,
    Calibrated,
    Comparing,
    calibrate_album,
    fine_tune_album,
    set_apart,
)
from lqalbum.jobs.calibration import Machine, Measured
from lqalbum.jobs.evaluation_pictures import EvaluationProgress
from lqalbum.jobs.models import describe_model
from lqalbum.jobs.selftest import SelfTestRequest, self_test
from lqalbum.jobs.training import Trained
from tests.cli.conftest import model as tiny_model
from tests.cli.conftest import save_bad, save_good

model = tiny_model
MACHINE = Machine(jobs=1, device="cpu")


def never() -> bool:
    return False


def request(model: Path, folder: Path, kept: int, side_px: int = 128) -> AdaptRequest:
    """To adapt to so many good photos, beside which there are bad ones."""
    models = folder.parent / "models"
    models.mkdir()
    return AdaptRequest(
        kept=tuple(save_good(folder / f"good{n}.jpg", n, side_px) for n in range(kept)),
        others=tuple(save_bad(folder / f"bad{n}.jpg", n) for n in range(3)),
        model=str(model),
        output=models / "mine.safetensors",
        strictness=0.05,
        machine=MACHINE,
        threads=1,
        corruptions=("gaussian_noise",),
    )


def test_calibrating_compares_the_two_models(model: Path, tmp_path: Path):
    wanted = request(model, tmp_path / "photos", 20)
    steps: list[object] = []
    made = calibrate_album(wanted, never, steps.append)
    assert isinstance(made, Calibrated)
    assert made.photos == 20
    assert (made.kept.photos, made.others.photos) == (20, 3)
    assert (made.others.before, made.others.after) == (3, 3)
    # Of the photos that the percentiles are of, about the strictness is flagged: 1 of 20.
    assert made.kept.after <= 3
    summary = describe_model(str(made.output))
    assert summary.calibration_size == 20
    assert summary.model_id == describe_model(str(model)).model_id
    assert summary.recipe["made_from"] == str(model)
    assert any(isinstance(step, Measured) for step in steps)
    assert steps[-1] == Comparing(46, 46)


def test_too_few_photos_leave_nothing(model: Path, tmp_path: Path):
    wanted = request(model, tmp_path / "photos", 5)
    with pytest.raises(LQAlbumError, match="good photos are needed"):
        calibrate_album(wanted, never, lambda step: None)
    assert not wanted.output.exists()


@pytest.mark.parametrize("work", [calibrate_album, fine_tune_album])
def test_a_place_that_cannot_be_written_is_refused_before_any_work(
    model: Path, tmp_path: Path, work: Callable[..., object]
):
    (tmp_path / "file").write_text("no folder")
    wanted = replace(
        request(model, tmp_path / "photos", 3), output=tmp_path / "file/models/mine.safetensors"
    )
    steps: list[object] = []
    with pytest.raises(LQAlbumError, match=r"mine\.safetensors could not be written: "):
        work(wanted, never, steps.append)
    assert steps == []


def test_stopping_while_comparing_leaves_nothing(model: Path, tmp_path: Path):
    wanted = request(model, tmp_path / "photos", 20)
    steps: list[object] = []
    with pytest.raises(Interrupted):
        calibrate_album(
            wanted, lambda: any(isinstance(step, Comparing) for step in steps), steps.append
        )
    assert not wanted.output.exists()


def test_fine_tuning_tests_both_models_on_photos_set_apart(model: Path, tmp_path: Path):
    wanted = replace(request(model, tmp_path / "photos", 52, 256), minutes=0.02)
    steps: list[object] = []
    made = fine_tune_album(wanted, never, steps.append)
    assert (made.photos, made.held_out) == (22, 20)
    assert made.before.photos == made.after.photos == set_apart(52) == 10
    assert [row.corruption for row in made.after.rows] == ["gaussian_noise"]
    assert describe_model(str(made.output)).recipe["made_from"] == str(model)
    assert describe_model(str(made.output)).model_id != describe_model(str(model)).model_id
    assert any(isinstance(step, Trained) for step in steps)
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == ["mine.safetensors"]


def test_photos_too_small_to_train_on_are_refused_before_anything_is_tested(
    model: Path, tmp_path: Path
):
    wanted = request(model, tmp_path / "photos", 52, 96)
    steps: list[object] = []
    words = r"has 0 photos of at least 256 px to train on and 20 more to .* least 20 of each"
    with pytest.raises(LQAlbumError, match=words):
        fine_tune_album(wanted, never, steps.append)
    assert not any(isinstance(step, EvaluationProgress) for step in steps)
    assert list((tmp_path / "models").iterdir()) == []


def test_stopping_the_training_leaves_nothing(model: Path, tmp_path: Path):
    wanted = replace(request(model, tmp_path / "photos", 52, 256), minutes=5)
    steps: list[object] = []
    with pytest.raises(Interrupted, match=r"^Stopped; nothing was written"):
        fine_tune_album(
            wanted, lambda: any(isinstance(step, Trained) for step in steps), steps.append
        )
    assert list((tmp_path / "models").iterdir()) == []


def test_the_self_test_is_of_the_score_that_flags(model: Path, tmp_path: Path):
    paths = tuple(save_good(tmp_path / f"{n}.jpg", n) for n in range(6))
    steps: list[object] = []
    wanted = SelfTestRequest(
        (*paths, str(tmp_path / "gone.jpg")), str(model), MACHINE, 1, ("gaussian_noise",)
    )
    found = self_test(wanted, never, steps.append)
    assert (found.photos, found.skipped) == (6, 1)
    (row,) = found.rows
    assert (row.method, row.corruption) == ("combined", "gaussian_noise")
    assert found.summary.mean_auroc == pytest.approx(row.auroc)
    assert steps[-1] == EvaluationProgress(12, 12)


def test_a_self_test_of_nothing_says_so(model: Path, tmp_path: Path):
    wanted = SelfTestRequest((str(tmp_path / "gone.jpg"),), str(model), MACHINE, 1)
    with pytest.raises(LQAlbumError, match="None of the photos"):
        self_test(wanted, never, lambda step: None)
