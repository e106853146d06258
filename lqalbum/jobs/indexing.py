"""Index and score: from folders to rows, thumbnails, scores and partial reconstructions.

A plain generator. Photos get their row and thumbnail before the detector (and torch, 1.5 s of
CPU) is loaded; what is done is committed about once a second, so an interrupted run loses at
most that and the next run goes on where it ended.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lqalbum.errors import ModelError, PhotoError
from lqalbum.jobs.rescan import (
    Absence,
    RescanPlan,
    check_targets,
    plan_rescan,
    settle,
    target_path,
)
from lqalbum.jobs.scoring import (
    BATCH,
    ScoredPhoto,
    Scorer,
    ShapeBatches,
    WaitingPhoto,
    score_batch,
    store_scores,
)
from lqalbum.jobs.summary import ScanSummary
from lqalbum.jobs.views import WHOLE_FRAME, View
from lqalbum.library.decode import DecodedPhoto
from lqalbum.library.flags import flag_threshold
from lqalbum.library.library import Library
from lqalbum.library.workers import DecodePool

COMMIT_S = 1.0
# The first photos are shown sooner than a second after the start, and before torch is loaded.
_FIRST_COMMIT_PHOTOS = 8
_PAUSE_POLL_S = 0.05
_PACE_S = 10.0


def _never() -> bool:
    return False


@dataclass(frozen=True)
class IndexOptions:
    """How to index.

    Attributes:
        jobs: number of decoding processes, at least 1.
        exclude: glob patterns of files and folders to leave out.
        strictness: share of good photos that will be flagged, 0-1; for the summary only.
        scorer_id: identity of the detector where it is known without loading it; if None, the
            detector is loaded before the folders are walked.
        paused: asked between photos; nothing new is begun while it says yes.
        view: what of each photo the detector looks at.
        accept_missing: believe that photos are missing, however many; see `Walked.absences`.
    """

    jobs: int = 1
    exclude: tuple[str, ...] = ()
    strictness: float = 0.03
    scorer_id: str | None = None
    paused: Callable[[], bool] = _never
    accept_missing: bool = False
    view: View = WHOLE_FRAME


@dataclass(frozen=True)
class Walked:
    """The folders were walked.

    Attributes:
        found: number of picture files.
        offline: known roots that are empty or gone.
        unreadable: folders that cannot be listed.
        absences: roots that are there, and of whose photos more than a fifth are not. These are
            offline until they are back or, once a person was asked, a run with `accept_missing`
            calls them missing.
    """

    found: int
    offline: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True)
class Progress:
    """`done` of `total` photos are finished; None where the pace is not known yet."""

    done: int
    total: int
    photos_per_second: float | None
    eta_s: float | None


@dataclass(frozen=True)
class PhotosChanged:
    """The rows of these photos are new or changed."""

    paths: tuple[str, ...]


@dataclass(frozen=True)
class PhotoFailed:
    """One photo could not be read; its row says why."""

    path: str
    code: str
    message: str


@dataclass(frozen=True)
class Finished:
    """The run is over, or was stopped; without a usable model nothing more was scored.

    Attributes:
        summary: the counts of the folders scanned.
    """

    summary: ScanSummary


IndexEvent = Walked | Progress | PhotosChanged | PhotoFailed | Finished


def index(
    library: Library,
    roots: Sequence[str],
    load_detector: Callable[[], Scorer],
    options: IndexOptions,
    stop: Callable[[], bool],
) -> Iterator[IndexEvent]:
    """Bring the library up to date with folders or single files.

    Args:
        library: where rows, thumbnails, scores and reconstructions go.
        roots: folders or files; a known root that is empty or gone is marked offline.
        load_detector: called once, when the first photos are shown and wait for their scores.
        options: see `IndexOptions`.
        stop: asked all the time; what is done until then is saved.

    Yields:
        `Walked` first and `Finished` last, the others in between as they happen.

    Raises:
        UsageError: a path neither exists nor is known.
        ModelError: after `Finished`, if the model cannot be used; all photos have their rows.
        LQAlbumError: the library cannot be used; what is done is saved.
    """
    started = time.monotonic()
    targets = [target_path(root) for root in roots]
    check_targets(library, targets)
    run = _Run(library, load_detector, options, stop)
    plan = plan_rescan(
        library, targets, options.exclude, run.scorer_id(), stop, options.accept_missing
    )
    yield Walked(plan.found, plan.offline, plan.unreadable, plan.absences)
    yield from run.work(plan)
    settle(library, targets, run.scorer_id())
    threshold = flag_threshold(options.strictness)
    counted = library.counts(targets, run.scorer_id(), threshold)
    seconds = time.monotonic() - started
    yield Finished(
        ScanSummary(
            plan.found, counted.scored, counted.flagged, counted.unsure, counted.errors, seconds
        )
    )
    if run.trouble is not None:
        raise run.trouble


class _Run:
    """One run: what waits to be scored and what waits to be committed."""

    def __init__(
        self,
        library: Library,
        load_detector: Callable[[], Scorer],
        options: IndexOptions,
        stop: Callable[[], bool],
    ) -> None:
        self._library = library
        self._load_detector = load_detector
        self._options = options
        self._stop = stop
        self._scorer: Scorer | None = None
        self._batches = ShapeBatches()
        self._decoded: list[tuple[str, str, DecodedPhoto]] = []
        self._scored: list[ScoredPhoto] = []
        self._failed: list[tuple[str, str, PhotoError]] = []
        self._done = self._total = 0
        self._committed_s = time.monotonic()
        self._pace = _Pace()
        self.trouble: ModelError | None = None

    def scorer_id(self) -> str:
        return self._options.scorer_id or self._loaded().scorer_id

    def _loaded(self) -> Scorer:
        if self._scorer is None:
            self._scorer = self._load_detector()
        return self._scorer

    def work(self, plan: RescanPlan) -> Iterator[IndexEvent]:
        """Decode and score everything planned, or until stopped."""
        self._done, self._total = plan.done, plan.found
        yield self._progress()
        if not plan.to_decode:
            return
        roots = {path: root for root, path in plan.to_decode}
        try:
            with self._decoders() as pool:
                for path, outcome in pool.decode_all(list(roots), self._stop):
                    self._take(roots[path], path, outcome)
                    yield from self._advance()
                    self._hold_while_paused()
            yield from self._finish()
        finally:
            # Whatever ends the run, what was decoded or scored is kept.
            self._commit()

    def _decoders(self) -> DecodePool:
        frame_short_px = self._options.view.frame_short_px
        return DecodePool(self._options.jobs, frame_short_px=frame_short_px)

    def _take(self, root: str, path: str, outcome: DecodedPhoto | PhotoError) -> None:
        if isinstance(outcome, DecodedPhoto):
            try:
                self._decoded.append((root, path, self._options.view.of(path, outcome)))
            except PhotoError as exc:
                outcome = exc
        if isinstance(outcome, PhotoError):
            self._failed.append((root, path, outcome))

    def _advance(self) -> Iterator[IndexEvent]:
        if self._is_commit_due() or self._is_scorer_idle():
            yield from self._commit()
        for batch in self._batches.pop():
            if self._stop():
                return
            self._score(batch)
            if self._is_commit_due():
                yield from self._commit()

    def _is_commit_due(self) -> bool:
        return time.monotonic() - self._committed_s >= COMMIT_S

    def _is_scorer_idle(self) -> bool:
        """Whether a commit now would give the detector something to do."""
        enough = BATCH if self._scorer is not None else _FIRST_COMMIT_PHOTOS
        return len(self._decoded) >= enough and len(self._batches) < BATCH

    def _finish(self) -> Iterator[IndexEvent]:
        yield from self._commit()
        for batch in self._batches.pop(everything=True):
            self._hold_while_paused()
            if self._stop():
                break
            self._score(batch)
            if self._is_commit_due():
                yield from self._commit()
        yield from self._commit()

    def _score(self, batch: Sequence[WaitingPhoto]) -> None:
        if self.trouble is None:
            try:
                scorer = self._loaded()
            except ModelError as exc:
                self.trouble = exc  # said at the end: all photos are to be shown before
            else:
                self._scored.extend(score_batch(scorer, batch))
                return
        self._done += len(batch)

    def _commit(self) -> list[IndexEvent]:
        """Write what has come together; a decoded photo waits for its score only once stored."""
        decoded, self._decoded = self._decoded, []
        scored, self._scored = self._scored, []
        failed, self._failed = self._failed, []
        if decoded:
            self._library.add_decoded(decoded)
        if scored:
            store_scores(self._library, scored)
        for root, path, error in failed:
            self._library.add_error(root, path, error)
        self._committed_s = time.monotonic()
        settled = self._queue_for_scoring(decoded)
        self._done += settled + len(scored) + len(failed)
        changed = [path for _, path, _ in decoded] + [photo.path for photo in scored]
        events: list[IndexEvent] = [PhotosChanged(tuple(dict.fromkeys(changed)))] if changed else []
        events += [PhotoFailed(path, error.code, error.message) for _, path, error in failed]
        return [*events, self._progress()]

    def _queue_for_scoring(self, decoded: Sequence[tuple[str, str, DecodedPhoto]]) -> int:
        """Queue what has no score by this detector yet; returns how many have one.

        A photo that was only moved or touched brings its score along with its bytes.
        """
        settled = 0
        for _, path, photo in decoded:
            if self._has_score(path):
                settled += 1
            else:
                waiting = WaitingPhoto(path, photo.sha256, photo.camera, photo.frame)
                self._batches.add(waiting)
        return settled

    def _has_score(self, path: str) -> bool:
        row = self._library.row(path)
        if row is None or row.score is None:
            return False
        return bool(self._library.details(row.photo_id, self.scorer_id()))

    def _progress(self) -> Progress:
        per_second = self._pace.per_second(self._done)
        eta_s = (self._total - self._done) / per_second if per_second else None
        return Progress(self._done, self._total, per_second, eta_s)

    def _hold_while_paused(self) -> None:
        paused = False
        while self._options.paused() and not self._stop():
            paused = True
            time.sleep(_PAUSE_POLL_S)
        if paused:
            self._pace = _Pace()


class _Pace:
    """Photos per second over the last seconds, so that loading the model is soon forgotten."""

    def __init__(self) -> None:
        self._points: deque[tuple[float, int]] = deque()

    def per_second(self, done: int) -> float | None:
        now = time.monotonic()
        self._points.append((now, done))
        while len(self._points) > 2 and now - self._points[1][0] > _PACE_S:
            self._points.popleft()
        first_time, first_done = self._points[0]
        if done == first_done or now == first_time:
            return None
        return (done - first_done) / (now - first_time)
