"""What the jobs say when they cannot go on; see `lqalbum.sentences`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from lqalbum.sentences import compose

SENTENCES: Final[Mapping[str, str]] = MappingProxyType({
    # Scanning.
    "no-target": "There is no file or folder {path}; check the name.",
    "no-photo": "{path} is neither a folder nor a regular file; name a photo.",
    "unlisted": "The folder {path} cannot be listed; check its permissions.",
    "no-memory": "There is not enough memory to score {path}; close other programs and scan again.",
    # Models.
    "model-not-installed": "The model '{name}' is not part of this installation; name another or "
    "a model file.",
    "model-missing": "There is no model file at {path}; check the name.",
    "model-unreadable": "The model file {path} cannot be read: {why}.",
    "model-garbled": "{path} is not a readable model file; it may be truncated or of another kind.",
    "model-of-others": "{path} is not an LQ Album model; name a file that 'lqalbum train' wrote.",
    "model-without-network": "{path} is not an LQ Album model; it says nothing about its network.",
    "no-model": "There is no model to make this picture; choose one in the settings.",
    # Good photos to train and calibrate on.
    "no-folder-of-photos": "{folder} is not a folder; name a folder of good photos.",
    "no-picture": "There is no picture in {folder}; name a folder of good photos.",
    "kept-photos": "your kept photos",
    "every-photo-lacks": "Every photo of {place} that can be read {lack}, or name another folder.",
    "shows-no-face": "shows no face from the front; judge it with '--model photo'",
    "smaller-than-model": "is smaller than the {side} px this model looks at; judge it with "
    "another model",
    "too-few-to-train": "{folder} has {count} photos of at least {side} px to train on and "
    "{held_out} more to calibrate on; training needs at least {least} of each.",
    "too-few-faces-to-train": "{folder} holds {count} photos with a face from the front that can "
    "be read; training needs at least {least} good ones.",
    "not-trainable": "A network '{preset}' cannot be trained on; start from photo or portrait.",
    "no-checkpoint": "There is no checkpoint {path}; leave out --resume.",
    "checkpoint-there": "{path} is of an earlier run; go on from it with --resume, or move it "
    "away.",
    # Measuring.
    "nothing-to-measure": "There is no picture to measure; name a folder of photos.",
    "one-to-measure": "There is only one picture to measure; name a folder with more good photos.",
    "none-measurable": "None of the photos chosen can be measured; scan their folders again.",
    "no-corruption": "No corruption is called '{name}'; choose all, none or from {names}.",
    "no-severity": "There is no severity '{text}'; choose 1 to 5, or a range such as 1-5.",
    # Writing.
    "output-is-folder": "{output} is a folder; name a file to write to.",
    "output-without-folder": "There is no folder {folder} to write {name} to; make it first.",
    "output-not-writable": "{output} cannot be written: the folder {folder} is not writable.",
    "output-unreadable": "{output} exists and cannot be read: {why}.",
    "output-of-others": "{output} exists and was not written by this command; name another file, "
    "or delete that one first.",
    "output-not-written": "{output} could not be written: {why}.",
    "no-parquet": "Parquet is written by the package pyarrow, which is not installed; install it "
    "with pip install 'lqalbum[parquet]'.",
    "sidecar-without-photo": "{path} is not there any more; scan its folder again.",
    # Stopping.
    "stopped": "Stopped; nothing was written.",
    "interrupted-before-writing": "Interrupted; nothing was written.",
    "interrupted-reading": "Interrupted while the photos were read; nothing was written.",
    "interrupted-calibrating": "Interrupted while calibrating; nothing was written.",
    "interrupted-evaluating": "Interrupted while evaluating; no table was made.",
    "interrupted-training": "Interrupted after {steps} steps, kept in {checkpoint}; the same "
    "command with --resume goes on.",
    "not-read": "{path} was not read; try again.",
    "work-ended": "The work ended unexpectedly (code {code}), perhaps for want of memory; close "
    "other programs and try again.",
})  # fmt: skip

said = partial(compose, SENTENCES)
