"""Models are listed, described, verified, calibrated and trained from the command line."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from lqalbum.cli.main import main
from lqalbum.detect import Detector
from lqalbum.hvae import PRESETS
from lqalbum.jobs.models import describe_model, shipped_models
from tests.cli.conftest import Run, save_bad, save_good, start
from tests.hvae.published import reduced, weights_file


def test_a_header_tells_what_the_loaded_detector_is(model: Path):
    """Otherwise every scan would score everything again."""
    summary = describe_model(str(model))
    detector = Detector.load(model, device="cpu", threads=1)
    assert summary.scorer_id == detector.scorer_id
    assert summary.model_id == detector.model_id
    assert (summary.name, summary.preset) == (detector.name, detector.preset)
    assert summary.calibration_size == detector.calibration_size


@pytest.mark.parametrize("summary", shipped_models(), ids=lambda summary: summary.name)
def test_a_shipped_header_tells_what_the_loaded_detector_is(summary):
    detector = Detector.load(summary.path, device="cpu", threads=1)
    assert summary.scorer_id == detector.scorer_id
    assert summary.model_id == detector.model_id


def test_info_and_verify(program: Run, model: Path, tmp_path: Path):
    info = program("model", "info", model, "--format", "json")
    assert info.returncode == 0, info.stderr
    described = json.loads(info.stdout)["model"]
    assert (described["name"], described["calibration_n"]) == ("tiny", 120)
    verified = program("model", "verify", model, "--format", "json")
    assert json.loads(verified.stdout)["model"]["verified"] is True
    damaged = bytearray(model.read_bytes())
    damaged[-5] ^= 0x10
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(damaged)
    refused = program("model", "verify", bad)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert len(refused.stderr.splitlines()) == 1
    assert program("model", "verify", tmp_path / "missing").returncode == 1
    assert program("model").returncode == 2


def test_import_makes_a_model_that_asks_for_its_calibration(
    program: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
):
    # In this process, where the preset can be a small one.
    monkeypatch.setitem(PRESETS, "imagenet64", reduced("imagenet64"))
    made = tmp_path / "published.safetensors"
    source = str(weights_file("imagenet64"))
    assert main(["model", "import", source, "--preset", "imagenet64", "-o", str(made)]) == 0
    described = json.loads(program("model", "verify", made, "--format", "json").stdout)["model"]
    assert (described["preset"], described["calibration_n"]) == ("imagenet64", 0)
    assert described["recipe"]["file"] == "imagenet64-mini.th"
    save_good(tmp_path / "album" / "one.jpg", 1)
    scanned = program("scan", tmp_path / "album", "--no-library", "--model", made, with_model=False)
    assert scanned.returncode == 1
    assert "lqalbum calibrate" in scanned.stderr
    assert "Traceback" not in scanned.stderr


def test_import_refuses_in_one_sentence(program: Run, tmp_path: Path):
    made = tmp_path / "made.safetensors"
    wrong = program("model", "import", weights_file("ffhq256"), "--preset", "ffhq256", "-o", made)
    assert wrong.returncode == 1
    assert "another network than 'ffhq256'" in wrong.stderr
    missing = program("model", "import", "no.th", "--preset", "ffhq256", "-o", made)
    assert (missing.returncode, len(missing.stderr.splitlines())) == (1, 1)
    assert not made.exists()
    for usage in (
        ("x.th",),
        ("x.th", "--preset", "ffhq256"),
        ("x.th", "--preset", "photo", "-o", made),
        ("x.th", "--preset", "ffhq256", "-o", tmp_path / "made.th"),
    ):
        assert program("model", "import", *usage).returncode == 2


def test_list_names_the_shipped_ones(program: Run):
    done = program("model", "list", "--format", "json")
    assert done.returncode == 0, done.stderr
    names = [one["name"] for one in json.loads(done.stdout)["models"]]
    assert names == [summary.name for summary in shipped_models()]


def test_calibrate_keeps_the_network_and_takes_new_percentiles(
    program: Run, model: Path, tmp_path: Path
):
    for number in range(24):
        save_good(tmp_path / "good" / f"{number}.jpg", number)
    output = tmp_path / "mine.safetensors"
    done = program("calibrate", tmp_path / "good", "-o", output)
    assert done.returncode == 0, done.stderr
    before, after = describe_model(str(model)), describe_model(str(output))
    assert after.model_id == before.model_id
    assert after.scorer_id != before.scorer_id
    assert (after.name, after.calibration_size) == ("mine", 24)
    save_bad(tmp_path / "noisy.jpg", 5)
    scan = program("scan", tmp_path / "noisy.jpg", "--model", output, with_model=False)
    assert scan.returncode == 10, scan.stderr


def test_calibrate_needs_photos_and_a_name(program: Run, tmp_path: Path):
    save_good(tmp_path / "good" / "only.jpg", 1)
    output = tmp_path / "mine.safetensors"
    for code, *arguments in (
        (1, tmp_path / "good", "-o", output),
        (2, tmp_path / "missing", "-o", output),
        (2, tmp_path / "good"),
        (2, tmp_path / "good", "-o", tmp_path / "mine.pt"),
    ):
        done = program("calibrate", *arguments)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
    assert not output.exists()


def test_train_interrupt_resume(program: Run, tmp_path: Path):
    for number in range(44):
        save_good(tmp_path / "good" / f"{number}.jpg", number, side_px=256)
    output = tmp_path / "own.safetensors"
    command = ("train", tmp_path / "good", "-o", output, "--progress", "json", "--steps", "3")
    checkpoint = tmp_path / "own.safetensors.checkpoint"
    without = program(*command, "--resume")
    assert (without.returncode, "There is no checkpoint" in without.stderr) == (1, True)
    running = start(*command[:-1], "100000")
    for line in running.stderr:
        # 24 are read to train on, then the 20 that are held out.
        if json.loads(line)["total"] == json.loads(line)["done"] == 20:
            break
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=300)
    assert running.returncode == 130, stderr
    assert checkpoint.exists()
    assert not output.exists()
    again = program(*command)
    assert (again.returncode, "--resume" in again.stderr) == (1, True)
    done = program(*command, "--resume")
    assert done.returncode == 0, done.stderr
    summary = describe_model(str(output))
    assert (summary.preset, summary.recipe["steps"], summary.calibration_size) == ("photo", 3, 20)
    assert not checkpoint.exists()
    assert program("model", "verify", output).returncode == 0
