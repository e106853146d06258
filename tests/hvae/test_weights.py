"""Model files: what is written comes back, and what is not ours is refused in one sentence."""

import json
import os
import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from lqalbum.errors import ModelError
from lqalbum.hvae import HVAE, NetworkConfig, load_model, model_id, save_model

CALIBRATION = {"count": 3, "law": [0.1, 1e-9, 2.5]}


@pytest.fixture
def single(tiny: NetworkConfig, shaken: Callable[[NetworkConfig, int], HVAE]) -> HVAE:
    """The tiny network in float32, as files hold it."""
    return shaken(tiny, 5)


@pytest.fixture
def path(single: HVAE, tmp_path: Path) -> Path:
    """A good model file."""
    path = tmp_path / "model.safetensors"
    save_model(path, single, name="tiny", recipe={"steps": 7}, calibration=CALIBRATION)
    return path


def header_of(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + length])


def rewrite(path: Path, tensors: dict[str, torch.Tensor], **metadata: str) -> None:
    """Write tensors under the header of the file that is there, with changes and a right sum."""
    header = {**header_of(path)["__metadata__"], "sha256": model_id(tensors), **metadata}
    save_file(tensors, path, metadata=header)


def assert_refused(path: Path, *, saying: str | None = None) -> None:
    """One sentence that names the file."""
    with pytest.raises(ModelError, match=saying) as caught:
        load_model(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert ". " not in sentence


def test_round_trip(path: Path, single: HVAE, tiny: NetworkConfig):
    model = load_model(path)
    assert model.name == "tiny"
    assert model.recipe == {"steps": 7}
    assert model.calibration == CALIBRATION
    assert model.network.config == tiny
    assert not model.network.training
    assert not any(p.requires_grad for p in model.network.parameters())
    pixels = torch.full((1, 3, 32, 32), 90.0)
    expected = single.descend(single.encode(pixels)).parameters
    assert torch.equal(model.network.descend(model.network.encode(pixels)).parameters, expected)


def test_the_id_is_that_of_the_tensors(path: Path, single: HVAE, tmp_path: Path):
    identity = load_model(path).model_id
    assert identity == model_id(single.state_dict())
    again = tmp_path / "folder" / "again.safetensors"
    assert save_model(again, single, name="other", recipe={}, calibration={}) == identity
    with torch.no_grad():
        next(single.parameters()).view(-1)[0] += 1e-3
    assert model_id(single.state_dict()) != identity


def test_the_id_sees_names_and_shapes_and_no_memory_layout():
    values = torch.arange(24.0).view(1, 2, 3, 4)
    one = model_id({"a": values, "b": torch.ones(1)})
    assert one == model_id({"b": torch.ones(1), "a": values})
    assert one == model_id({"a": values.to(memory_format=torch.channels_last), "b": torch.ones(1)})
    assert one != model_id({"c": values, "b": torch.ones(1)})
    assert one != model_id({"a": values.view(2, 1, 3, 4), "b": torch.ones(1)})


def test_the_id_of_known_bytes_never_changes():
    # Libraries remember it; computed with hashlib from name, shape and little-endian floats.
    tensors = {"bias": torch.tensor([1.0, -2.5]), "weight": torch.zeros((1, 2))}
    expected = "b19f916c8f5eebb370b45a51d1ad4601accc2c1258ac1d7879e874ae719a1812"
    assert model_id(tensors) == expected


def test_writing_leaves_no_temporary_file(path: Path):
    assert os.listdir(path.parent) == [path.name]


def test_a_model_is_as_readable_as_any_other_file(path: Path):
    other = path.with_name("other")
    other.write_bytes(b"")
    assert path.stat().st_mode == other.stat().st_mode


def test_a_file_that_cannot_be_written_is_said_so(single: HVAE, tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(ModelError, match="cannot be written"):
        save_model(blocked / "m.safetensors", single, name="x", recipe={}, calibration={})


def test_a_file_put_there_meanwhile_is_left_as_it_is(single: HVAE, tmp_path: Path):
    path = tmp_path / "m.safetensors"
    path.write_bytes(b"somebody else's")
    with pytest.raises(ModelError, match=r"is now another file, .* move it away"):
        save_model(path, single, name="x", recipe={}, calibration={}, may_replace=lambda _: False)
    assert [found.read_bytes() for found in tmp_path.iterdir()] == [b"somebody else's"]


@pytest.mark.parametrize("length", [0, 5, 8, 300, 5000, -1])
def test_truncated(path: Path, length: int):
    path.write_bytes(path.read_bytes()[:length])
    assert_refused(path, saying="truncated")


def test_longer_than_its_header_says(path: Path):
    path.write_bytes(path.read_bytes() + b"more")
    assert_refused(path)


def test_missing(tmp_path: Path):
    assert_refused(tmp_path / "nowhere.safetensors", saying="no model file")
    assert_refused(tmp_path, saying="no model file")


def test_text(path: Path):
    path.write_text("These are not the weights you are looking for.\n" * 50)
    assert_refused(path)


class Canary:
    """Makes a folder when somebody unpickles it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.folder),)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_pickle_is_refused_and_not_run(tmp_path: Path, zipped: bool):
    path, trap = tmp_path / "model.safetensors", tmp_path / "trap"
    if zipped:
        torch.save({"weights": Canary(trap)}, path)
    else:
        path.write_bytes(pickle.dumps(Canary(trap)))
    assert_refused(path)
    assert not trap.exists()
    with path.open("rb") as file:  # the canary does sing where pickles are read
        if zipped:
            torch.load(file, weights_only=False)
        else:
            pickle.load(file)  # noqa: S301
    assert trap.exists()


def test_a_foreign_safetensors_file(tmp_path: Path):
    path = tmp_path / "foreign.safetensors"
    save_file({"weight": torch.zeros(3)}, path)
    assert_refused(path, saying="not an LQ Album model")


def test_a_later_format(path: Path):
    rewrite(path, dict(load_model(path).network.state_dict()), format="2")
    assert_refused(path, saying="version known here")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_values_that_are_no_numbers(path: Path, value: float):
    tensors = dict(load_model(path).network.state_dict())
    tensors["decoder.gain"][0, 0] = value
    rewrite(path, tensors)
    assert_refused(path, saying="decoder.gain")


def test_wrong_shape(path: Path):
    tensors = dict(load_model(path).network.state_dict())
    tensors["decoder.gain"] = torch.ones(1, 9, 1, 1)
    rewrite(path, tensors)
    assert_refused(path, saying="decoder.gain")


def test_wrong_type(path: Path):
    tensors = dict(load_model(path).network.state_dict())
    tensors["decoder.gain"] = tensors["decoder.gain"].half()
    rewrite(path, tensors)
    assert_refused(path, saying="decoder.gain")


@pytest.mark.parametrize("change", ["missing", "surplus"])
def test_wrong_names(path: Path, change: str):
    tensors = dict(load_model(path).network.state_dict())
    if change == "missing":
        del tensors["decoder.gain"]
    else:
        tensors["decoder.surplus"] = torch.zeros(1)
    rewrite(path, tensors)
    assert_refused(path, saying="tensors")


@pytest.mark.parametrize("place", [0.001, 0.5, 0.999])
def test_a_changed_byte(path: Path, place: float):
    data = bytearray(path.read_bytes())
    (length,) = struct.unpack("<Q", data[:8])
    start = 8 + length
    # The lowest bit of a number: it stays finite and hardly differs.
    at = start + int(place * (len(data) - start)) // 4 * 4
    data[at] ^= 1
    path.write_bytes(data)
    assert_refused(path, saying="checksum")


def test_no_checksum(path: Path):
    tensors = dict(load_model(path).network.state_dict())
    header = header_of(path)["__metadata__"]
    del header["sha256"]
    save_file(tensors, path, metadata=header)
    assert_refused(path, saying="checksum")


@pytest.mark.parametrize(
    "config",
    ["", "[]", "3", "{}", '{"preset": "photo"}', "not json", '{"encoder": 5}', "[" * 3000],
)
def test_a_header_that_describes_no_network(path: Path, config: str):
    rewrite(path, dict(load_model(path).network.state_dict()), config=config)
    assert_refused(path, saying="header")


@pytest.mark.parametrize(
    "change",
    [
        {"encoder": "nonsense"},
        {"decoder": "32x1,16m0"},
        {"width": "many"},
        {"width": -4},
        {"width": 10**9},
        {"patch": 3},
        {"image_size": 0},
        {"mixtures": None},
    ],
)
def test_a_header_whose_network_cannot_be(path: Path, change: dict[str, object]):
    model = load_model(path)
    config = {**model.network.config.to_json(), **change}
    rewrite(path, dict(model.network.state_dict()), config=json.dumps(config))
    assert_refused(path)
