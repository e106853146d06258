"""Published weight files: both layouts come in, and what does not fit is refused and never run.

That the numbers of the imported networks are right is shown by `test_reference`.
"""

import os
import pickle
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from lqalbum.errors import ModelError
from lqalbum.hvae import HVAE, PRESETS
from lqalbum.hvae.published import PUBLISHED_PRESETS, read_published
from tests.hvae.published import reduced, weights_file

State = dict[str, Tensor]


@pytest.fixture
def state() -> State:
    """The weights of the reduced `ffhq256`, without the prefix."""
    return torch.load(weights_file("ffhq256"), weights_only=True)


def refusal(path: Path, name: str = "ffhq256") -> str:
    """The one sentence that names the file."""
    with pytest.raises(ModelError) as caught:
        read_published(path, reduced(name))
    sentence = str(caught.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert ". " not in sentence
    return sentence


@pytest.mark.parametrize("name", PUBLISHED_PRESETS)
def test_a_published_file_comes_in_whole(name: str):
    network = read_published(weights_file(name), reduced(name))
    published = torch.load(weights_file(name), weights_only=True)
    ours = network.state_dict()
    assert len(ours) == len(published)
    for key, value in published.items():
        assert torch.equal(ours[key.removeprefix("module.")], value)
    assert not network.training
    assert not any(parameter.requires_grad for parameter in network.parameters())


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "stream"])
@pytest.mark.parametrize("prefix", ["module.", ""])
def test_prefix_and_layout_make_no_difference(
    state: State, tmp_path: Path, prefix: str, zipped: bool
):
    path = tmp_path / "ffhq256-iter-1700000-model.th"
    named = {prefix + key: value for key, value in state.items()}
    torch.save(named, path, _use_new_zipfile_serialization=zipped)
    network = read_published(path, reduced("ffhq256"))
    assert all(torch.equal(value, state[key]) for key, value in network.state_dict().items())


def test_what_was_read_stays_when_the_file_is_overwritten(state: State, tmp_path: Path):
    path = tmp_path / "model.th"
    torch.save(state, path)
    network = read_published(path, reduced("ffhq256"))
    with path.open("r+b") as file:
        file.write(b"\xff" * path.stat().st_size)
    assert all(torch.equal(value, state[key]) for key, value in network.state_dict().items())


def test_weights_of_the_other_preset_name_its_option(tmp_path: Path):
    with torch.device("meta"):
        keys = list(HVAE(PRESETS["imagenet64"]).state_dict())
    path = tmp_path / "model.th"
    torch.save({"module." + key: torch.zeros(1) for key in keys}, path)
    sentence = refusal(path)
    assert "is of 'imagenet64', not of 'ffhq256'; import it with --preset imagenet64" in sentence


def test_another_width_names_the_tensor():
    wider = replace(reduced("ffhq256"), width=16)
    with pytest.raises(
        ModelError, match=r"encoder\.in_conv\.weight is 8x3x3x3 there, not 16x3x3x3"
    ):
        read_published(weights_file("ffhq256"), wider)


def test_other_layers_are_another_network():
    with pytest.raises(ModelError, match="holds the weights of another network than 'ffhq256'"):
        read_published(weights_file("ffhq256"), PRESETS["ffhq256"])


def drop_one(state: State) -> Any:
    del state["decoder.gain"]
    return state


def spoil_one(state: State) -> Any:
    state["decoder.gain"][0, 0] = float("nan")
    return state


def halve_one(state: State) -> Any:
    state["decoder.gain"] = state["decoder.gain"].half()
    return state


@pytest.mark.parametrize(
    ("change", "saying"),
    [
        (drop_one, "lacks 1 of the"),
        (spoil_one, "not finite numbers: decoder.gain"),
        (halve_one, "another kind than float32: decoder.gain"),
        (lambda state: {"state": 1.0, "param_groups": []}, "no network's weights"),
        (lambda state: list(state.values()), "no network's weights"),
        (lambda state: {**state, "decoder.other": torch.zeros(2)}, "which has no decoder.other"),
        (lambda state: {"something": torch.zeros(2)}, "another network"),
        (lambda state: {}, "another network"),
    ],
)
def test_what_does_not_fit_is_refused(
    state: State, tmp_path: Path, change: Callable[[State], Any], saying: str
):
    path = tmp_path / "model.th"
    torch.save(change(state), path)
    assert saying in refusal(path)


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "stream"])
@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
def test_a_file_cut_short_is_refused(state: State, tmp_path: Path, share: float, zipped: bool):
    path = tmp_path / "model.th"
    torch.save(state, path, _use_new_zipfile_serialization=zipped)
    os.truncate(path, int(share * path.stat().st_size))
    assert "cut short" in refusal(path)


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[Any, ...]:
        return (os.mkdir, (str(self.canary),))


def plain_pickle(path: Path, payload: object) -> None:
    path.write_bytes(pickle.dumps(payload))


def torch_pickle(path: Path, payload: object) -> None:
    torch.save({"module.encoder.in_conv.weight": payload}, path)


def torch_stream(path: Path, payload: object) -> None:
    torch.save({"weight": payload}, path, _use_new_zipfile_serialization=False)


@pytest.mark.parametrize("write", [plain_pickle, torch_pickle, torch_stream])
@pytest.mark.parametrize("forced", [False, True])
def test_code_in_a_file_is_never_run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Path, object], None],
    forced: bool,
):
    if forced:
        monkeypatch.setenv("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "1")
    path, canary = tmp_path / "model.th", tmp_path / "canary"
    write(path, Payload(canary))
    assert "nothing was run" in refusal(path)
    assert not canary.exists()


def test_a_file_that_unpacks_without_end_is_refused_unread(tmp_path: Path):
    path = tmp_path / "model.th"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", b"\x00" * 2**26)
    assert path.stat().st_size < 2**17
    assert "more than the weights" in refusal(path)


def test_other_files_are_refused(tmp_path: Path):
    assert "There is no file" in refusal(tmp_path / "missing.th")
    assert "There is no file" in refusal(tmp_path)
    (tmp_path / "text.th").write_text("x" * 1000)
    assert "cut short" in refusal(tmp_path / "text.th")
