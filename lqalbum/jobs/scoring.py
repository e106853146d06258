"""From decoded photos to the scores the library stores: batches, records, pictures."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lqalbum.errors import LQAlbumError
from lqalbum.jobs.sentences import said
from lqalbum.library.library import Library
from lqalbum.library.photofile import printable
from lqalbum.library.records import Evidence, Scoring

if TYPE_CHECKING:
    from lqalbum.detect import Assessment

# Measured on a CPU at 256x352 px: 0.39 s a photo and 0.5 GB at two, 0.42 s and 1.4 GB at eight.
BATCH = 2
# Frames that wait for others of their shape; it bounds what an interruption makes read again.
WAITING_LIMIT = 8
_JPEG_QUALITY = 88

Frame = NDArray[np.uint8]

_log = logging.getLogger(__name__)


class Scorer(Protocol):
    """What the index asks of a detector."""

    @property
    def scorer_id(self) -> str:
        """Identity of network and calibration together, hex."""

    @property
    def model_id(self) -> str:
        """SHA-256 of the network's tensor bytes, hex."""

    def assess(
        self, frames: Sequence[Frame], keys: Sequence[str], camera: Sequence[bool]
    ) -> Sequence[Assessment]:
        """Judge frames (H, W, 3) of one shape; `keys` seed the noise."""

    def use_cpu(self) -> bool:
        """Go on on the CPU; False where that is where it runs already."""


@dataclass(frozen=True)
class WaitingPhoto:
    """A decoded photo whose score is still to come; `frame` is (H, W, 3) uint8."""

    path: str
    sha256: str
    camera: bool
    frame: Frame


class ShapeBatches:
    """Photos gathered by the shape of their frames, since a batch has one shape."""

    def __init__(self) -> None:
        """Start empty."""
        self._by_shape: dict[tuple[int, ...], list[WaitingPhoto]] = {}

    def __len__(self) -> int:
        """Number of photos that wait."""
        return sum(len(waiting) for waiting in self._by_shape.values())

    def add(self, photo: WaitingPhoto) -> None:
        """Put a photo to those of its shape."""
        self._by_shape.setdefault(photo.frame.shape, []).append(photo)

    def pop(self, *, everything: bool = False) -> Iterator[list[WaitingPhoto]]:
        """Hand out full batches; also incomplete ones when too many wait, or `everything`."""
        while self._by_shape:
            shape = max(self._by_shape, key=lambda key: len(self._by_shape[key]))
            waits = len(self._by_shape[shape]) < BATCH and len(self) <= WAITING_LIMIT
            if waits and not everything:
                return
            waiting = self._by_shape.pop(shape)
            if waiting[BATCH:]:
                self._by_shape[shape] = waiting[BATCH:]
            yield waiting[:BATCH]


@dataclass(frozen=True)
class ScoredPhoto:
    """A score ready to be stored, with its pictures where the detector made them."""

    path: str
    sha256: str
    scoring: Scoring
    reconstruction: bytes | None
    heat_map: NDArray[np.float32] | None


def score_batch(scorer: Scorer, batch: Sequence[WaitingPhoto]) -> list[ScoredPhoto]:
    """Let the detector judge photos of one shape; one entry per photo, in order.

    A card that runs out of memory gets half of them at a time; if one is too many, the detector
    goes on on the CPU, for the rest of its life.

    Raises:
        LQAlbumError: the computer's own memory does not suffice either.
    """
    try:
        assessments = scorer.assess(
            [photo.frame for photo in batch],
            [photo.sha256 for photo in batch],
            [photo.camera for photo in batch],
        )
    except (RuntimeError, MemoryError) as exc:
        if not is_out_of_memory(exc):
            raise
        half = len(batch) // 2
        if half:
            return score_batch(scorer, batch[:half]) + score_batch(scorer, batch[half:])
        if not scorer.use_cpu():
            raise LQAlbumError(said("no-memory", path=printable(batch[0].path))) from exc
        _log.warning("The graphics card has too little memory; scoring goes on on the CPU.")
        return score_batch(scorer, batch)
    return [
        _scored(scorer, photo, assessment)
        for photo, assessment in zip(batch, assessments, strict=True)
    ]


def is_out_of_memory(exc: Exception) -> bool:
    """Whether torch or Python ran out of memory; by name, as torch is not imported here."""
    if isinstance(exc, MemoryError) or type(exc).__name__ == "OutOfMemoryError":
        return True
    return "out of memory" in str(exc).lower()


def _scored(scorer: Scorer, photo: WaitingPhoto, assessment: Assessment) -> ScoredPhoto:
    shown = assessment.reconstruction
    return ScoredPhoto(
        photo.path,
        photo.sha256,
        _scoring(scorer, assessment),
        reconstruction=None if shown is None else encode_jpeg(shown),
        heat_map=None if shown is None else assessment.heat_map,
    )


def _scoring(scorer: Scorer, assessment: Assessment) -> Scoring:
    return Scoring(
        scorer_id=scorer.scorer_id,
        model_id=scorer.model_id,
        score=assessment.score,
        percentile=assessment.percentile,
        percentile_low=assessment.percentile_low,
        percentile_high=assessment.percentile_high,
        s_kl=assessment.s_kl,
        s_kl_percentile=assessment.s_kl_percentile,
        split_level=assessment.split_level,
        high_frequency=assessment.high_frequency,
        kind=assessment.kind,
        reason=assessment.reason,
        evidence={
            name: Evidence(value=one.value, percentile=one.percentile)
            for name, one in assessment.evidence.items()
        },
    )


def encode_jpeg(picture: Frame, quality: int = _JPEG_QUALITY) -> bytes:
    """Encode a picture (H, W, 3) uint8 sRGB as a JPEG file."""
    stream = io.BytesIO()
    # No chroma subsampling: coloured damage is what a reconstruction is looked at for.
    Image.fromarray(picture).save(stream, "JPEG", quality=quality, subsampling=0)
    return stream.getvalue()


def store_scores(library: Library, scored: Sequence[ScoredPhoto]) -> None:
    """Write scores and their pictures; the score comes last, so that it never lacks its picture."""
    for photo in scored:
        scorer_id = photo.scoring.scorer_id
        if photo.reconstruction is not None:
            library.put_reconstruction(photo.sha256, scorer_id, None, photo.reconstruction)
        if photo.heat_map is not None:
            library.put_heat_map(photo.sha256, scorer_id, photo.heat_map)
    library.add_scores([(photo.path, photo.scoring) for photo in scored])
