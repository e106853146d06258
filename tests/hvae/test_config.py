"""Layer strings mean what the published code means by them, and nonsense is refused."""

import json
from dataclasses import replace

import pytest

from lqalbum.hvae import PRESETS, NetworkConfig
from lqalbum.hvae.config import DecoderLayer, EncoderLayer


def test_strides_in_a_network_of_any_size():
    config = NetworkConfig("test", encoder="2x2,2d4,8x1", decoder="8x2,2m8,1u2", width=8)
    assert config.encoder_layers() == [
        EncoderLayer(2, None, True),
        EncoderLayer(2, None, True),
        EncoderLayer(2, 4, True),
        EncoderLayer(8, None, True),
    ]
    assert config.decoder_layers() == [
        DecoderLayer(8, None, True, True),
        DecoderLayer(8, None, True, True),
        DecoderLayer(2, 8, True, True),
        DecoderLayer(1, 2, False, True),
    ]
    assert config.latent_strides() == (8, 8, 2)
    assert config.coarsest_stride == 8


def test_resolutions_in_a_network_of_one_size():
    config = NetworkConfig(
        "test", encoder="16x1,16d4,4d2,2x1", decoder="2x1,4m2", width=8, image_size=16
    )
    assert config.encoder_layers() == [
        EncoderLayer(1, None, True),
        EncoderLayer(1, 4, True),
        EncoderLayer(4, 2, True),
        EncoderLayer(8, None, False),  # a 3x3 kernel on a 2x2 grid sees mostly padding
    ]
    assert config.decoder_layers() == [
        DecoderLayer(8, None, True, False),
        DecoderLayer(4, 8, True, True),
    ]


@pytest.mark.parametrize(
    "nonsense",
    ["", "64", "x3", "64x", "64y2", "64x2,", "64xx2", "6 4x2", "-4x1", "4x-1", "4x1.5", "0x1"],
)
def test_nonsense_is_refused_in_both_strings(nonsense: str):
    config = NetworkConfig("test", encoder=nonsense, decoder=nonsense, width=8, image_size=64)
    with pytest.raises(ValueError, match="layer '"):
        config.encoder_layers()
    with pytest.raises(ValueError, match="layer '"):
        config.decoder_layers()


@pytest.mark.parametrize("encoder", ["8m4", "8u4", "4d0", "4x0"])
def test_what_an_encoder_cannot_have_is_refused(encoder: str):
    with pytest.raises(ValueError, match=f"layer '{encoder}'"):
        replace(PRESETS["photo"], encoder=encoder).encoder_layers()


@pytest.mark.parametrize("decoder", ["8d2", "8m0", "8m8", "16m8", "8u12"])
def test_what_a_decoder_cannot_have_is_refused(decoder: str):
    with pytest.raises(ValueError, match=f"layer '{decoder}'"):
        replace(PRESETS["photo"], decoder=decoder).decoder_layers()


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_survives_json(name: str):
    config = PRESETS[name]
    assert config.preset == name
    assert NetworkConfig.from_json(json.loads(json.dumps(config.to_json()))) == config


@pytest.mark.parametrize(
    "change",
    [{"encoder": "nonsense"}, {"surprise": 1}, {"widths": 3}, {"kl_weights": [[1, "much"]]}],
)
def test_json_that_does_not_fit_is_refused(change: dict[str, object]):
    with pytest.raises((TypeError, ValueError)):
        NetworkConfig.from_json({**PRESETS["photo"].to_json(), **change})


def test_widths_and_weights_by_stride():
    config = PRESETS["photo"]
    assert [config.width_at(stride) for stride in (2, 4, 8, 16, 32)] == [32, 64, 96, 128, 128]
    assert [config.kl_weight_at(stride) for stride in (4, 8, 16, 32)] == [1.0, 0.25, 0.1, 0.05]
    assert PRESETS["ffhq256"].kl_weight_at(256) == 1.0


def test_layers_kept_in_a_partial_reconstruction():
    # What one position of 16 px or more tells is kept always, that of 8 px where there is detail.
    assert PRESETS["photo"].kept_layers() == (5, 8)
    assert replace(PRESETS["photo"], kept=(2, 3)).kept_layers() == (2, 3)
    few, many = PRESETS["portrait"].kept_layers()
    assert 0 < few <= many < len(PRESETS["portrait"].latent_strides())
