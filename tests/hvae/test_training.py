"""Training learns, can be interrupted anywhere, and never lets a bad step into the weights."""

import errno
import io
import itertools
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from lqalbum.detect.partial import partial_reconstruction, s_kl, seeded_noise
from lqalbum.errors import ModelError
from lqalbum.hvae import HVAE, NetworkConfig, training
from lqalbum.hvae.training import (
    Trainer,
    TrainingOptions,
    TrainingProgress,
    crops,
    inconsistency,
    objective_terms,
    train,
)

OPTIONS = TrainingOptions(
    steps=12, batch_size=2, crop_px=16, warm_up_steps=3, report_steps=4, seed=11
)
CONFIG = NetworkConfig(
    "test",
    encoder="2d2,4d2,8x1",
    decoder="8x1,4m8,2u4",
    width=8,
    latent_channels=2,
    bottleneck=0.5,
    patch=2,
    mixtures=1,
    log_scale_floor=-3.5,
    log_std_bound=5.0,
    activation="relu",
)


@pytest.fixture(scope="module")
def pictures() -> NDArray[np.uint8]:
    """Six soft colour gradients with stripes, (6, 40, 48, 3)."""
    random = np.random.default_rng(4)
    y, x = np.mgrid[:40, :48] / 40
    phase = random.uniform(0, 6, (6, 1, 1, 3))
    tilt = random.uniform(-3, 3, (2, 6, 1, 1, 3))
    waves = np.sin(phase + tilt[0] * x[None, ..., None] + tilt[1] * y[None, ..., None])
    return (127.5 + 90 * waves).round().astype(np.uint8)


def never() -> bool:
    return False


def after(count: int) -> Callable[[], bool]:
    """A stop that says yes when asked for the (count + 1)-th time."""
    asked = itertools.count()
    return lambda: next(asked) >= count


def run(trainer: Trainer, pictures: NDArray[np.uint8]) -> list[TrainingProgress]:
    return list(train(trainer, pictures, None, never))


def assert_same_weights(one: Trainer, other: Trainer) -> None:
    for kept in ("average", "network"):
        a, b = (t.average if kept == "average" else t.network.state_dict() for t in (one, other))
        assert a.keys() == b.keys()
        assert all(torch.equal(a[name], b[name]) for name in a)


def test_the_loss_falls(pictures: NDArray[np.uint8]):
    options = replace(OPTIONS, steps=60, report_steps=10, learning_rate=1e-2)
    reports = run(Trainer(CONFIG, options, "cpu"), pictures)
    # From near the 8 bits and more of a network that knows nothing.
    assert reports[-1].bits_per_dim < reports[0].bits_per_dim - 0.5
    assert reports[-1].skipped == 0


def test_reports_are_sane(pictures: NDArray[np.uint8]):
    trainer = Trainer(CONFIG, replace(OPTIONS, steps=10), "cpu")
    reports = run(trainer, pictures)
    assert [report.step for report in reports] == [4, 8, 10]
    assert all(report.steps == 10 for report in reports)
    assert all(a.elapsed_s < b.elapsed_s for a, b in itertools.pairwise(reports))
    assert reports[0].eta_s == pytest.approx(reports[0].elapsed_s * 1.5)
    assert reports[-1].eta_s == 0
    for report in reports:
        assert [stride for stride, _ in report.rate_by_stride] == [8, 4]
        assert report.rate == pytest.approx(sum(rate for _, rate in report.rate_by_stride))
        assert report.rate > 0
        assert report.bits_per_dim == pytest.approx((report.distortion + report.rate) / math.log(2))


def test_the_learning_rate_warms_up_and_falls_to_a_hundredth():
    trainer = Trainer(CONFIG, replace(OPTIONS, steps=100, warm_up_steps=10), "cpu")
    rates = []
    for step in range(101):
        trainer.step = step
        rates.append(trainer.rate_now() / OPTIONS.learning_rate)
    assert rates[0] == pytest.approx(0.1)
    assert max(rates) == rates[9] > 0.95
    assert rates[50] == pytest.approx(0.505, abs=1e-9)
    assert all(a > b for a, b in itertools.pairwise(rates[9:]))
    assert rates[100] == pytest.approx(0.01)


def test_a_time_limit_ends_the_run(pictures: NDArray[np.uint8]):
    trainer = Trainer(CONFIG, replace(OPTIONS, minutes=1.0), "cpu")
    trainer.elapsed_s = 45.0
    assert trainer.progress_share() == pytest.approx(0.75)
    trainer.elapsed_s = 61.0
    assert run(trainer, pictures) == []
    assert trainer.step == 0


def test_the_same_seed_gives_the_same_weights(pictures: NDArray[np.uint8]):
    one, same, other = (Trainer(CONFIG, replace(OPTIONS, seed=seed), "cpu") for seed in (1, 1, 2))
    for trainer in (one, same, other):
        run(trainer, pictures)
    assert_same_weights(one, same)
    name = "decoder.out_net.out_conv.weight"
    assert not torch.equal(one.average[name], other.average[name])


@pytest.mark.parametrize("stops", [(1,), (5,), (3, 4)])
def test_resuming_gives_the_weights_of_an_uninterrupted_run(
    pictures: NDArray[np.uint8], tmp_path: Path, stops: tuple[int, ...]
):
    whole = Trainer(CONFIG, OPTIONS, "cpu")
    run(whole, pictures)
    checkpoint = tmp_path / "run.checkpoint"
    done = 0
    for steps in stops:
        trainer = Trainer(CONFIG, OPTIONS, "cpu")
        if done:
            trainer.restore(checkpoint)
        list(train(trainer, pictures, checkpoint, after(steps)))
        done += steps
        assert trainer.step == done
    resumed = Trainer(CONFIG, OPTIONS, "cpu")
    resumed.restore(checkpoint)
    assert resumed.step == done
    assert resumed.elapsed_s > 0
    reports = run(resumed, pictures)
    assert reports[-1].step == OPTIONS.steps
    assert_same_weights(resumed, whole)
    assert os.listdir(tmp_path) == [checkpoint.name]


def test_checkpoints_are_written_on_the_way(pictures: NDArray[np.uint8], tmp_path: Path):
    checkpoint = tmp_path / "run.checkpoint"
    trainer = Trainer(CONFIG, replace(OPTIONS, checkpoint_s=0.0), "cpu")
    steps = train(trainer, pictures, checkpoint, never)
    next(steps)
    steps.close()  # as if the process were killed at the first report
    resumed = Trainer(CONFIG, OPTIONS, "cpu")
    resumed.restore(checkpoint)
    assert resumed.step == OPTIONS.report_steps - 1


def test_stop_is_asked_before_every_step(pictures: NDArray[np.uint8]):
    trainer = Trainer(CONFIG, OPTIONS, "cpu")
    assert list(train(trainer, pictures, None, after(0))) == []
    assert trainer.step == 0
    (report,) = train(trainer, pictures, None, after(3))
    assert trainer.step == report.step == 3


def test_a_checkpoint_that_cannot_be_written_is_trouble_of_the_disk(tmp_path: Path):
    with pytest.raises(ModelError, match=r"run\.checkpoint cannot be written: No such file"):
        Trainer(CONFIG, OPTIONS, "cpu").save(tmp_path / "nowhere" / "run.checkpoint")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for less than a checkpoint."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, check=False).returncode:
        pytest.skip("only root may mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_one_sentence_and_nothing_is_left_there(small_disk: Path):
    with pytest.raises(ModelError, match=r"run\.checkpoint cannot be written: No space left"):
        Trainer(CONFIG, OPTIONS, "cpu").save(small_disk / "run.checkpoint")
    assert os.listdir(small_disk) == []


def test_trouble_in_the_middle_of_a_checkpoint_is_of_the_disk_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(training, "whole_file", lambda *_, **__: Full())
    with pytest.raises(ModelError, match=r"run\.checkpoint cannot be written: No space left"):
        Trainer(CONFIG, OPTIONS, "cpu").save(tmp_path / "run.checkpoint")


def test_a_checkpoint_replaces_only_what_its_own_run_wrote(tmp_path: Path):
    checkpoint = tmp_path / "run.checkpoint"
    first = Trainer(CONFIG, OPTIONS, "cpu")
    first.save(checkpoint)
    first.save(checkpoint)
    again = Trainer(CONFIG, OPTIONS, "cpu")
    with pytest.raises(ModelError, match="cannot be written: File exists"):
        again.save(checkpoint)
    again.restore(checkpoint)
    again.save(checkpoint)
    assert not first.owns(checkpoint)
    checkpoint.write_bytes(b"somebody else's")
    with pytest.raises(ModelError, match="cannot be written: File exists"):
        again.save(checkpoint)
    assert checkpoint.read_bytes() == b"somebody else's"


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path):
    checkpoint = tmp_path / "run.checkpoint"
    Trainer(CONFIG, OPTIONS, "cpu").save(checkpoint)
    wider = Trainer(replace(CONFIG, width=12), OPTIONS, "cpu")
    with pytest.raises(ModelError, match="another network"):
        wider.restore(checkpoint)
    # The same shapes, but another objective: not a continuation either.
    weighted = Trainer(replace(CONFIG, kl_weights=((8, 0.1),)), OPTIONS, "cpu")
    with pytest.raises(ModelError, match="another network"):
        weighted.restore(checkpoint)


def test_a_damaged_or_foreign_checkpoint_is_refused(tmp_path: Path):
    checkpoint, trap = tmp_path / "run.checkpoint", tmp_path / "trap"
    trainer = Trainer(CONFIG, OPTIONS, "cpu")
    trainer.save(checkpoint)
    whole = checkpoint.read_bytes()
    checkpoint.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match=r"cannot be read; remove it\.$"):
        trainer.restore(checkpoint)
    torch.save({"config": Canary(trap)}, checkpoint)
    with pytest.raises(ModelError, match="cannot be read"):
        trainer.restore(checkpoint)
    assert not trap.exists()


class Canary:
    """Makes a folder when somebody unpickles it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_starting_from_another_networks_weights():
    source = Trainer(CONFIG, replace(OPTIONS, seed=5), "cpu")
    trainer = Trainer(CONFIG, OPTIONS, "cpu")
    trainer.initialise(source.averaged_network())
    assert_same_weights(trainer, source)
    with pytest.raises(ModelError, match="another shape"):
        trainer.initialise(HVAE(replace(CONFIG, width=12)))


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_gradient_that_is_no_number_is_skipped(pictures: NDArray[np.uint8], value: float):
    trainer = Trainer(CONFIG, OPTIONS, "cpu")
    trainer.take_step(crops(pictures, OPTIONS, 0))
    before = {name: v.clone() for name, v in trainer.network.state_dict().items()}
    average = {name: v.clone() for name, v in trainer.average.items()}
    hook = trainer.network.decoder.gain.register_hook(lambda gradient: gradient * value)
    trainer.take_step(crops(pictures, OPTIONS, 1))
    hook.remove()
    assert (trainer.step, trainer.skipped) == (2, 1)
    for name, v in trainer.network.state_dict().items():
        assert torch.equal(v, before[name])
        assert torch.equal(trainer.average[name], average[name])
    trainer.take_step(crops(pictures, OPTIONS, 2))
    assert (trainer.step, trainer.skipped) == (3, 1)
    assert all(torch.isfinite(v).all() for v in trainer.network.state_dict().values())
    assert not torch.equal(trainer.network.decoder.gain, before["decoder.gain"])


def test_a_huge_gradient_is_skipped_and_reported(pictures: NDArray[np.uint8]):
    trainer = Trainer(CONFIG, replace(OPTIONS, skip_norm=1e-9, steps=4), "cpu")
    before = {name: v.clone() for name, v in trainer.network.state_dict().items()}
    (report,) = run(trainer, pictures)
    assert report.skipped == 4
    assert all(torch.equal(v, before[name]) for name, v in trainer.network.state_dict().items())


def test_kl_weights_decide_which_grid_carries_the_rate(pictures: NDArray[np.uint8]):
    options = replace(OPTIONS, steps=24, report_steps=4, learning_rate=3e-2)
    coarse_rates = {}
    for weight in (0.0, 10.0):
        trainer = Trainer(replace(CONFIG, kl_weights=((8, weight),)), options, "cpu")
        with torch.no_grad():  # a start from which the coarse latents say much
            trainer.network.decoder.blocks()[0].enc.c4.bias += 1.0
        coarse_rates[weight] = [dict(r.rate_by_stride)[8] for r in run(trainer, pictures)]
    assert coarse_rates[10.0][-1] < 0.5 * coarse_rates[0.0][-1]
    assert coarse_rates[10.0][-1] < 0.5 * coarse_rates[10.0][0]


def test_inconsistency_is_the_s_kl_of_the_same_walk(pictures: NDArray[np.uint8]):
    network = Trainer(CONFIG, OPTIONS, "cpu").network.eval()
    pixels = crops(pictures, OPTIONS, 0).float()
    noise = seeded_noise(["a", "b"], 0)
    with torch.inference_mode():
        walk = network.descend(network.encode(pixels), noise=noise)
        found = inconsistency(network, walk, pixels, 1, noise)
        picture = partial_reconstruction(network, walk, 1, noise, temperature=1.0)
        expected = s_kl(network, walk, picture, 1).total.mean()
    assert found.item() == pytest.approx(expected.item(), rel=1e-5)
    assert found > 0


def test_training_for_consistency_lowers_it(pictures: NDArray[np.uint8]):
    options = replace(OPTIONS, steps=40, learning_rate=1e-3)
    found = {}
    for weight in (0.0, 10.0):
        config = replace(CONFIG, kl_weights=((8, 0.01),), kept=(1, 1), consistency=weight)
        trainer = Trainer(config, options, "cpu")
        with torch.no_grad():  # a start from which the coarse latents say much
            trainer.network.decoder.blocks()[0].enc.c4.weight *= 60
        run(trainer, pictures)
        pixels = crops(pictures, options, 99).float()
        noise = seeded_noise(["a", "b"], 0)
        with torch.inference_mode():
            walk = trainer.network.descend(trainer.network.encode(pixels), noise=noise)
            found[weight] = inconsistency(trainer.network, walk, pixels, 1, noise).item()
    assert 0 < found[10.0] < 0.5 * found[0.0]


def test_reported_rates_are_unweighted(pictures: NDArray[np.uint8]):
    plain, weighted = (
        Trainer(replace(CONFIG, kl_weights=weights), OPTIONS, "cpu")
        for weights in ((), ((8, 0.1), (4, 3.0)))
    )
    batch = crops(pictures, OPTIONS, 0)
    assert plain.take_step(batch) == weighted.take_step(batch)


def test_objective_terms_are_means_per_dimension(pictures: NDArray[np.uint8]):
    network = Trainer(CONFIG, OPTIONS, "cpu").network.eval()
    pixels = crops(pictures, OPTIONS, 0).float()
    with torch.inference_mode():
        descent = network.descend(network.encode(pixels))
        distortion, rates = objective_terms(network, descent, pixels)
        expected = network.likelihood.nats(descent.parameters, pixels).mean().item() / 3
        assert distortion.item() == pytest.approx(expected, rel=1e-5)
        for layer, stride in zip(descent.layers, (8, 4), strict=True):
            assert layer.posterior is not None
            nats = layer.posterior.kl(layer.prior).sum().item()
            assert rates[stride].item() == pytest.approx(nats / (2 * 3 * 16 * 16), rel=1e-5)


def test_the_averaged_network_lags_behind(pictures: NDArray[np.uint8]):
    trainer = Trainer(CONFIG, OPTIONS, "cpu")
    start = trainer.averaged_network()
    run(trainer, pictures)
    averaged = trainer.averaged_network()
    assert not averaged.training
    assert not any(p.requires_grad for p in averaged.parameters())
    name = "decoder.out_net.out_conv.weight"
    a, b, c = (network.state_dict()[name] for network in (start, averaged, trainer.network))
    assert 0 < (b - a).norm() < (c - a).norm()


def test_crops_are_a_function_of_seed_and_step(pictures: NDArray[np.uint8]):
    first = crops(pictures, OPTIONS, 7)
    assert first.shape == (2, 3, 16, 16)
    assert first.dtype == torch.uint8
    crops(pictures, OPTIONS, 8)
    torch.manual_seed(99)
    np.random.seed(99)
    assert torch.equal(crops(pictures, OPTIONS, 7), first)
    assert not torch.equal(crops(pictures, OPTIONS, 8), first)
    assert not torch.equal(crops(pictures, replace(OPTIONS, seed=12), 7), first)


def test_native_crops_are_windows_or_their_mirror_images(pictures: NDArray[np.uint8]):
    options = replace(OPTIONS, native_share=1.0, batch_size=12)
    windows = np.lib.stride_tricks.sliding_window_view(pictures, (16, 16), axis=(1, 2))
    known = {window.tobytes() for window in windows.reshape(-1, 3, 16, 16)}
    mirrored = 0
    for crop in crops(pictures, options, 0).numpy():
        flipped = np.ascontiguousarray(crop[..., ::-1])
        assert crop.tobytes() in known or flipped.tobytes() in known
        mirrored += crop.tobytes() not in known
    assert 0 < mirrored < 12


def test_shrunk_crops_show_more_of_the_picture():
    ramp = np.broadcast_to(np.arange(64, dtype=np.uint8)[None, None, :, None] * 4, (1, 64, 64, 3))
    for scale, reach in ((1.0, 60), (0.5, 120)):
        options = replace(OPTIONS, native_share=0.0, scales=(scale, scale), batch_size=6)
        batch = crops(ramp, options, 0).int()
        span = batch.amax((1, 2, 3)) - batch.amin((1, 2, 3))
        # 16 px at the picture's own scale span 15 steps of 4; shrunk by half they span 31, and
        # averaging the first and last pixels with their neighbours takes off about two.
        assert (span - reach).abs().max() <= 8


def test_a_picture_smaller_than_the_crop_is_enlarged():
    small = np.full((1, 10, 12, 3), 77, np.uint8)
    assert torch.equal(crops(small, OPTIONS, 0), torch.full((2, 3, 16, 16), 77, dtype=torch.uint8))
