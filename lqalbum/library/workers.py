"""Decoding in worker processes: what a hostile file does to one of them stays there.

A worker has a memory limit, each photo a time limit. A worker that dies or hangs is replaced,
its photo is tried once more and then becomes an error. Each worker has a pipe of its own: with
one pipe and its locks shared by all, as ready-made pools have it, one worker killed at the wrong
moment leaves the others waiting for minutes.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import Final, Self

from lqalbum.errors import LQAlbumError, PhotoError
from lqalbum.library.records import (
    FRAME_SHORT_PX,
    THUMBNAIL_LONG_PX,
    DecodedPhoto,
    PictureSizes,
)
from lqalbum.library.supervisor import Outcome, Supervisor

# Decoded photos that may wait for their taker: 0.3 MB each, two of the detector's batches.
_LOOK_AHEAD: Final = 16
_STOP_POLL_S: Final = 0.1


class DecodePool:
    """A pool of decoding processes, used as a context manager."""

    def __init__(
        self,
        jobs: int,
        timeout_s: float = 20.0,
        memory_bytes: int = 2**30,
        thumbnail_px: int = THUMBNAIL_LONG_PX,
        frame_short_px: int = FRAME_SHORT_PX,
    ) -> None:
        """Prepare the pool; processes start with the first photo.

        Args:
            jobs: number of worker processes, at least 1.
            timeout_s: seconds that one try at one photo may take.
            memory_bytes: address space of one worker, interpreter included (Linux only).
            thumbnail_px: longest side of the thumbnails.
            frame_short_px: short side of the frames.
        """
        self._jobs = max(1, jobs)
        sizes = PictureSizes(thumbnail_px, frame_short_px)
        self._supervisor = Supervisor(self._jobs, timeout_s, memory_bytes, sizes)

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all workers, also those in the middle of a photo."""
        self._supervisor.close()

    def decode_all(
        self, paths: Iterable[str], stop: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[str, DecodedPhoto | PhotoError]]:
        """Decode photos, in any order, a few ahead of what was taken.

        Args:
            paths: absolute; read in the caller's thread, as they are needed.
            stop: asked several times a second; the photos under way are then given up.

        Yields:
            Each path with what came of it.

        Raises:
            LQAlbumError: no worker can be started.
        """
        coming = iter(paths)
        results = _Results()
        waiting = 0
        try:
            while not stop():
                for path in islice(coming, self._jobs + _LOOK_AHEAD - waiting):
                    self._supervisor.submit(path, results.put)
                    waiting += 1
                if not waiting:
                    return
                result = results.take(_STOP_POLL_S)
                if result is not None:
                    waiting -= 1
                    yield result
                elif not self._supervisor.is_running():
                    raise RuntimeError("the decoders' supervisor ended before its photos")
        finally:
            self._supervisor.forget_waiting()


class _Results:
    """What came back and was not taken yet."""

    def __init__(self) -> None:
        self._arrived: deque[tuple[str, Outcome]] = deque()
        self._changed = threading.Condition()

    def put(self, path: str, outcome: Outcome) -> None:
        with self._changed:
            self._arrived.append((path, outcome))
            self._changed.notify()

    def take(self, timeout_s: float) -> tuple[str, DecodedPhoto | PhotoError] | None:
        with self._changed:
            if not self._arrived:
                self._changed.wait(timeout_s)
            if not self._arrived:
                return None
            path, outcome = self._arrived.popleft()
        if isinstance(outcome, LQAlbumError) and not isinstance(outcome, PhotoError):
            raise outcome
        return path, outcome
