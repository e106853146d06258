"""A closer look at one photo, on demand: its reconstruction at any depth and its heat map."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lqalbum.errors import Interrupted, ModelError, PhotoError
from lqalbum.jobs.explaining import heat_map_over
from lqalbum.jobs.models import ModelSummary, load_detector
from lqalbum.jobs.preloading import preload_torch
from lqalbum.jobs.scoring import Frame, Scorer, encode_jpeg
from lqalbum.jobs.sentences import said
from lqalbum.jobs.views import WHOLE_FRAME, View
from lqalbum.library.library import Library
from lqalbum.library.photofile import printable
from lqalbum.library.records import DecodedPhoto
from lqalbum.library.workers import DecodePool

if TYPE_CHECKING:
    from lqalbum.detect import Assessment, Detector


# What a large screen shows of a photo; more is needed only where one zooms in far.
PHOTO_PX = 2048
# The whole of any photo that is decoded at all.
FULL_PX = 32_768


@dataclass(frozen=True)
class Depth:
    """The depth dial.

    Attributes:
        levels: its stops, the number of finest layers that are imagined, from fine to coarse.
        shown: the stop that the tiles of the grid show.
    """

    levels: tuple[int, ...]
    shown: int


class LoadableDetector(Protocol):
    """What the window asks of a detector: loaded when first needed, safe in several threads."""

    @property
    def scorer_id(self) -> str:
        """Identity of network and calibration together, hex."""

    def loaded(self) -> Scorer:
        """Load the model if it is not there yet."""

    def depth(self) -> Depth:
        """Return the stops of the depth dial."""

    def reconstruct(self, frame: Frame, key: str, split_level: int | None) -> Frame:
        """Return a reconstruction (H, W, 3) uint8; None is the level that tiles show."""

    def heat_map(self, frame: Frame, key: str) -> NDArray[np.float32]:
        """Return the map (h, w) that adds up to S_KL, nats per dimension."""


class SharedDetector:
    """One detector for several threads: loaded when first needed, used by one at a time."""

    def __init__(self, model: ModelSummary, *, device: str, threads: int | None) -> None:
        """Name the model; torch is imported by whatever asks for the first result."""
        self.scorer_id = model.scorer_id
        self.model_id = model.model_id
        self._model = model
        self._device = device
        self._threads = threads
        self._detector: Detector | None = None
        self._turn = threading.Lock()

    def loaded(self) -> SharedDetector:
        """Load the model if it is not there yet.

        Raises:
            ModelError: it cannot be used.
        """
        with self._turn:
            self._ready()
        return self

    def assess(
        self, frames: Sequence[Frame], keys: Sequence[str], camera: Sequence[bool]
    ) -> Sequence[Assessment]:
        """Judge frames (H, W, 3) of one shape; `keys` seed the noise."""
        with self._turn:
            return self._ready().assess(frames, keys, camera)

    def use_cpu(self) -> bool:
        """Move the network to the CPU; False if it is there already."""
        with self._turn:
            return self._ready().use_cpu()

    def depth(self) -> Depth:
        """Return the stops of the depth dial."""
        with self._turn:
            detector = self._ready()
            return Depth(detector.split_levels, detector.display_split_level)

    def reconstruct(self, frame: Frame, key: str, split_level: int | None) -> Frame:
        """Return a reconstruction (H, W, 3) uint8; None is the level that tiles show."""
        with self._turn:
            detector = self._ready()
            level = detector.display_split_level if split_level is None else split_level
            return detector.reconstruct(frame, key, level)

    def heat_map(self, frame: Frame, key: str) -> NDArray[np.float32]:
        """Return the map (h, w) that adds up to S_KL, nats per dimension."""
        with self._turn:
            return self._ready().heat_map(frame, key)

    def _ready(self) -> Detector:
        if self._detector is None:
            preload_torch()
            self._detector = load_detector(
                self._model.path, device=self._device, threads=self._threads
            )
        return self._detector


class CloserLook:
    """Makes the pictures of the loupe, from the cache where it has them."""

    def __init__(
        self, library: Library, detector: LoadableDetector | None, view: View = WHOLE_FRAME
    ) -> None:
        """Keep what is made in `library`; the loupe and the comparison ask from a thread each.

        Without a detector there are the photos themselves. `view` is what of a photo it looks at.
        """
        self._library = library
        self._detector = detector
        self._view = view
        self._turn = threading.Lock()
        self._pools: dict[int, DecodePool] = {}
        self._last: tuple[str, DecodedPhoto] | None = None
        self._last_seen: tuple[str, DecodedPhoto] | None = None

    def photo(self, path: str) -> bytes:
        """Return the photo as a JPEG file, its longest side at most `PHOTO_PX`.

        Raises:
            PhotoError: the file is no photo that can be read.
        """
        return self._decoded(path).thumbnail

    def full(self, path: str) -> bytes:
        """Return the photo as a JPEG file with every pixel of the original.

        Raises:
            PhotoError: the file is no photo that can be read, or too large for it.
        """
        return self._decode(path, FULL_PX).thumbnail

    def reconstruction(self, path: str, sha256: str, split_level: int | None) -> bytes:
        """Return a reconstruction as a JPEG file; None is the level that tiles show.

        Raises:
            LQAlbumError: the photo cannot be read or the model not be used.
        """
        detector = self._needed()
        scorer_id = detector.scorer_id
        cached = self._library.reconstruction(sha256, scorer_id, split_level)
        if cached is not None:
            return cached
        photo = self._seen(path)
        made = detector.reconstruct(photo.frame, photo.sha256, split_level)
        picture = encode_jpeg(made)
        self._library.put_reconstruction(photo.sha256, scorer_id, split_level, picture)
        return picture

    def heat_map(self, path: str, sha256: str) -> bytes:
        """Return the heat map over the grey photo as a JPEG file.

        Raises:
            LQAlbumError: the photo cannot be read or the model not be used.
        """
        detector = self._needed()
        scorer_id = detector.scorer_id
        heat_map = self._library.heat_map(sha256, scorer_id)
        if heat_map is None:
            photo = self._seen(path)
            heat_map = detector.heat_map(photo.frame, photo.sha256)
            self._library.put_heat_map(photo.sha256, scorer_id, heat_map)
        return encode_jpeg(heat_map_over(self._ground(path, sha256), heat_map))

    def close(self) -> None:
        """End the decoding processes."""
        for pool in self._pools.values():
            pool.__exit__(None, None, None)
        self._pools.clear()

    def _needed(self) -> LoadableDetector:
        if self._detector is None:
            raise ModelError(said("no-model"))
        return self._detector

    def _ground(self, path: str, sha256: str) -> Frame:
        """Return what is under the heat map: the frame if it is at hand, else the thumbnail."""
        at_hand = self._last is not None and self._last[0] == path
        if not at_hand and self._view is WHOLE_FRAME:
            thumbnail = self._library.thumbnail(sha256)
            if thumbnail is not None:
                with Image.open(io.BytesIO(thumbnail)) as image:
                    return np.asarray(image.convert("RGB"))
        return self._seen(path).frame

    def _seen(self, path: str) -> DecodedPhoto:
        """Return a photo with what the detector looks at as its frame; the last one is kept."""
        last = self._last_seen
        if last is None or last[0] != path:
            last = self._last_seen = (path, self._view.of(path, self._decoded(path)))
        return last[1]

    def _decoded(self, path: str) -> DecodedPhoto:
        """Return a photo as large as a screen; the last one is kept."""
        last = self._last
        if last is None or last[0] != path:
            last = self._last = (path, self._decode(path, PHOTO_PX))
        return last[1]

    def _decode(self, path: str, longest_px: int) -> DecodedPhoto:
        """Decode a photo in a process of its own."""
        with self._turn:
            if longest_px not in self._pools:
                self._pools[longest_px] = DecodePool(
                    1, thumbnail_px=longest_px, frame_short_px=self._view.frame_short_px
                )
            outcomes = [outcome for _, outcome in self._pools[longest_px].decode_all([path])]
        for outcome in outcomes:
            if isinstance(outcome, PhotoError):
                raise outcome
            return outcome
        raise Interrupted(said("not-read", path=printable(path)))
