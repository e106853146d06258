"""What is wrong with a file of weights; see `lqalbum.sentences`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from lqalbum.sentences import compose

SENTENCES: Final[Mapping[str, str]] = MappingProxyType({
    "weights-missing": "There is no model file at {path}.",
    "weights-unwritable": "The model file {path} cannot be written: {why}.",
    "weights-of-others": "{path} is now another file, which LQ Album did not write; move it away "
    "and run this again.",
    "weights-garbled": "{path} is not a readable model file; it may be truncated or of another "
    "kind.",
    "weights-of-other-version": "{path} is not an LQ Album model of a version known here.",
    "weights-without-network": "{path} is not an LQ Album model: its header does not describe a "
    "network.",
    "weights-damaged": "The model file {path} is damaged: its checksum does not match.",
    "weights-incomplete": "{path} does not hold the tensors that its own header promises.",
    "weights-misshapen": "{path} holds a tensor of the wrong shape or type: {key}.",
    "weights-not-finite": "{path} holds values that are not finite numbers: {key}.",
    # Training.
    "other-shape": "The model to start from has another shape than the one to train.",
    "checkpoint-of-other-network": "The checkpoint {path} is of another network; remove it.",
    "checkpoint-unwritable": "The checkpoint {path} cannot be written: {why}.",
    "checkpoint-unreadable": "The checkpoint {path} cannot be read; remove it.",
})  # fmt: skip

said = partial(compose, SENTENCES)
