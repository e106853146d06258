"""The records the library hands out and takes in: plain frozen data, no behaviour.

Paths are ``str`` as ``os.fsdecode`` gives them (a name that is not UTF-8 carries surrogate
escapes), always absolute. Nothing here imports more than the standard library, so that every
room can use these types at no cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Decision = Literal["keep", "delete", "undecided"]
Status = Literal["scored", "error", "offline", "missing", "deleted"]
ResultStatus = Literal["done", "refused", "failed"]
DecisionState = Literal["active", "undone", "gone"]

# Longest side of the thumbnails in the cache, and short side of the frames the detector sees.
THUMBNAIL_LONG_PX = 256
FRAME_SHORT_PX = 256

# Codes of errors that are no fault of the file: it holds nothing that the model looks at.
NOT_JUDGED_CODES = frozenset({"no-face", "below-model"})

DECISIONS: tuple[Decision, ...] = ("keep", "delete", "undecided")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One measurement of a photo and where it stands among good photos.

    Attributes:
        value: the measurement in its own unit.
        percentile: share of good calibration photos with a lower value, 0-100.
    """

    value: float
    percentile: float


@dataclass(frozen=True, slots=True)
class Scoring:
    """What the detector said about one photo; the library stores it whole.

    Attributes:
        scorer_id: identity of network and calibration together, hex.
        model_id: SHA-256 of the network's tensor bytes, hex.
        score: what flags; higher is worse.
        percentile: share of good calibration photos with a lower score, 0-100.
        percentile_low: lowest percentile over the samples drawn (``percentile`` with one sample).
        percentile_high: highest percentile over the samples drawn.
        s_kl: the paper's score, nats per dimension; higher is worse.
        s_kl_percentile: the percentile of ``s_kl``, 0-100.
        split_level: how many of the finest layers come from the prior (the paper's k).
        high_frequency: share of the picture's energy in the high frequencies.
        kind: ``photo``, ``screen`` or ``scan``; only a photo can be flagged.
        reason: words for a person, empty when nothing is unusual.
        evidence: the measurements behind the score by name.
    """

    scorer_id: str
    model_id: str
    score: float
    percentile: float
    percentile_low: float
    percentile_high: float
    s_kl: float
    s_kl_percentile: float
    split_level: int
    high_frequency: float
    kind: str
    reason: str
    evidence: Mapping[str, Evidence]


@dataclass(frozen=True, slots=True)
class PictureSizes:
    """How large the pictures are that are made of each photo, px."""

    thumbnail_px: int = THUMBNAIL_LONG_PX
    frame_short_px: int = FRAME_SHORT_PX


@dataclass(frozen=True)
class DecodedPhoto:
    """All that is taken from a photo's file in one reading.

    Attributes:
        frame: (height, width, 3) uint8, sRGB, upright, both sides multiples of 32: what the
            detector sees. The short side is 256 px, or the photo's own rounded down if that is
            less; the long side is at most 1024 px. Where a larger short side was asked for, the
            photo exactly shrunk to that, never enlarged.
        thumbnail: JPEG, long side at most 256 px, upright.
        width: of the upright original, px.
        height: of the upright original, px.
        format: the container, such as ``JPEG``.
        taken: when it was taken, ISO 8601, with the zone's offset where the file has it.
        camera: the file names a camera's make or model.
        sha256: of the file's bytes, hex.
        size_bytes: of the file, as are the next three, from the descriptor that was read.
        mtime_ns: last change, ns since 1970.
        device: number of the file system.
        inode: number of the file in it.
    """

    frame: NDArray[np.uint8]
    thumbnail: bytes
    width: int
    height: int
    format: str
    taken: str | None
    camera: bool
    sha256: str
    size_bytes: int
    mtime_ns: int
    device: int
    inode: int


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo as lists show it: light, since 100,000 of them are held in memory.

    ``status`` is None for a photo that is indexed and not scored yet. The numbers mean what
    they mean in `Scoring`, and are None for a photo without a score.
    """

    photo_id: int
    path: str
    root: str
    size_bytes: int
    mtime_ns: int
    sha256: str | None
    width: int | None
    height: int | None
    taken: str | None
    status: Status | None
    kind: str | None
    score: float | None
    percentile: float | None
    percentile_low: float | None
    percentile_high: float | None
    s_kl: float | None
    s_kl_percentile: float | None
    split_level: int | None
    high_frequency: float | None
    reason: str | None
    model_id: str | None
    decision: Decision
    error_code: str | None
    error_message: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The photos that changed, and the number that stands for what is known with them."""

    rows: tuple[PhotoRow, ...]
    change_id: int


class Stamp(NamedTuple):
    """What the index knows of a file, to tell an unchanged one without opening it.

    A tuple, since 100,000 of them are made in each rescan, four times as fast as a dataclass.
    ``scored_by`` is the scorer_id of the newest score of these very bytes, None without one.
    """

    size_bytes: int
    mtime_ns: int
    scored_by: str | None
    status: Status | None
    error_code: str | None


@dataclass(frozen=True, slots=True)
class PhotoCounts:
    """Photos of some folders: with a score, above the threshold, astride it, not readable."""

    scored: int
    flagged: int
    unsure: int
    errors: int


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """One folder of the library.

    Attributes:
        path: absolute.
        is_online: whether it was there when it was last looked for.
        photos: number of photos known in it, those in the trash left out.
    """

    path: str
    is_online: bool
    photos: int


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What became of one photo of a decision, an undo or a redo.

    Attributes:
        path: where the photo is, or was before it went to the trash.
        decision: the decision that was asked for.
        status: ``done``; ``refused`` (nothing was tried, for the reason in ``error``);
            ``failed`` (it was tried, the photo is where it was).
        trash_path: where the photo lies in the trash, None if it does not.
        error: one sentence; None when done, unless a file that ought to have come along is gone.
        companions: the files that were moved with the photo (raw picture, film of a Live Photo,
            sidecars): where they were before they went to the trash, or are since they came back.
    """

    path: str
    decision: Decision
    status: ResultStatus
    trash_path: str | None
    error: str | None
    companions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """One entry of the history; decisions of one call share a ``step``.

    Attributes:
        id: number of the entry, rising.
        step: number of the step, rising; undo and redo take whole steps.
        time: when, ISO 8601 in UTC.
        path: the photo.
        decision: what was decided.
        previous: the decision before it.
        state: ``active``; ``undone``; ``gone`` when a deleted photo is no longer in the trash,
            by a look taken when the history was read.
        trash_path: where the photo was moved to, None if it was not.
        sha256: of the photo's bytes, None if they were never read.
        model_id: of the network whose score stood when it was decided, None without a score.
        reason: the words of that score, None without a score.
        companions: where the files were that lie in the trash with the photo; empty when it is
            not in the trash.
    """

    id: int
    step: int
    time: str
    path: str
    decision: Decision
    previous: Decision
    state: DecisionState
    trash_path: str | None
    sha256: str | None
    model_id: str | None
    reason: str | None
    companions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeletePreview:
    """What a delete would move, for the question before it.

    Attributes:
        photos: number of photos.
        companions: the files that would go with them, in order.
        bytes: of all those files together.
        trash_folders: where they would go, one folder for each volume; empty where this system
            has no trash that can be checked, so that a delete would be refused.
    """

    photos: int
    companions: tuple[str, ...]
    bytes: int
    trash_folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrashSummary:
    """What this library put into the trash and is still there; companions count as bytes only."""

    photos: int
    bytes: int
