"""Why a detector cannot be made or used; see `lqalbum.sentences`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from lqalbum.sentences import compose

SENTENCES: Final[Mapping[str, str]] = MappingProxyType({
    "no-calibration": "The model holds no calibration for this version; run 'lqalbum calibrate'.",
    "other-calibration": "The model was calibrated by another version; run 'lqalbum calibrate'.",
    "too-few-to-calibrate": "At least {least} good photos are needed to calibrate; {count} found.",
    "no-device": "There is no device '{device}'; use 'auto', 'cuda' or 'cpu'.",
    "no-cuda": "No CUDA device is available here; use '--device cpu'.",
})  # fmt: skip

said = partial(compose, SENTENCES)
