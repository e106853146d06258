"""Deciding, undoing, redoing: the one way by which a photo leaves or regains its place."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from lqalbum.errors import DecisionRefusedError, LibraryError, PhotoError
from lqalbum.library.companions import (
    Companions,
    is_beside_a_photo,
    is_photo_or_goes_with_one,
)
from lqalbum.library.index import Index
from lqalbum.library.journal import Change, Entry, Journal, NewEntry, Subject
from lqalbum.library.moves import Moves
from lqalbum.library.photofile import printable
from lqalbum.library.placement import Placement
from lqalbum.library.places import refusal_to_scan
from lqalbum.library.records import (
    Decision,
    DecisionRecord,
    DecisionResult,
    DecisionState,
    DeletePreview,
    PhotoRow,
    TrashSummary,
)
from lqalbum.library.recovery import recover
from lqalbum.library.sentences import said, sentence_of
from lqalbum.library.trash import (
    ChangedPhotoError,
    GoneFromTrashError,
    Trash,
    TrashedFile,
    identify,
)
from lqalbum.sentences import Sentence, system_words

_log = logging.getLogger(__name__)


def _never() -> bool:
    return False


class Decisions:
    """Puts decisions into effect, in the journal, in the trash and in the index."""

    def __init__(self, journal: Journal, index: Index, placement: Placement, trash: Trash) -> None:
        """Use an open library's parts."""
        self._journal = journal
        self._index = index
        self._placement = placement
        self._trash = trash
        self._moves = Moves(journal, trash)

    def decide(
        self, decision: Decision, paths: Sequence[str], stop: Callable[[], bool] = _never
    ) -> list[DecisionResult]:
        """Decide on photos: one step, which one undo takes back.

        A file that goes with a photo, such as the raw picture beside a JPEG, stands for the photo.

        Args:
            decision: ``delete`` moves to the trash; the others bring a deleted photo back first.
            paths: absolute; photos that are not indexed are read first.
            stop: asked before each photo; those that remain are then left as they are.

        Returns:
            One result for each path, in order, a path named twice once.
        """
        return self._decide_each({os.path.abspath(path): decision for path in paths}, stop)

    def keep_best(
        self, best: str, others: Sequence[str], stop: Callable[[], bool] = _never
    ) -> list[DecisionResult]:
        """Keep one of several photos and delete the others: one step, which one undo takes back.

        The one to keep is read first: where it is not what the person saw, no other one goes. A
        path that leads to the very same file is no other photo, and refused.

        Args:
            best: absolute, of an indexed photo.
            others: absolute; see `decide`.
            stop: asked before each photo; those that remain are then left as they are.

        Returns:
            The results of the best one and then of the others.

        Raises:
            DecisionRefusedError: the one to keep has changed, or was never read.
            PhotoError: it cannot be read.
        """
        self._recover()
        row = self._index.row(best)
        if row is None or row.sha256 is None or identify(best).sha256 != row.sha256:
            raise DecisionRefusedError(said("not-as-scanned", path=printable(best)))
        same = [path for path in others if os.path.lexists(path) and os.path.samefile(path, best)]
        wanted: dict[str, Decision] = {best: "keep"}
        wanted |= {path: "delete" for path in others if path not in same}
        refused = [
            DecisionResult(path, "delete", "refused", None, _same_file(path, best)) for path in same
        ]
        return [*self._decide_each(wanted, stop), *refused]

    def _decide_each(
        self, wanted: Mapping[str, Decision], stop: Callable[[], bool]
    ) -> list[DecisionResult]:
        """Decide on each photo as is wanted of it, in one step."""
        self._recover()
        companions = Companions()
        leaders, alone = self._leaders(wanted, companions)
        goals: dict[str, Decision] = {}
        for path, leader in leaders.items():
            goals.setdefault(leader, wanted[path])
        results: dict[str, DecisionResult] = {}
        entries: list[NewEntry] = []
        for path, goal in goals.items():
            outcome = self._prepare(path, goal)
            if isinstance(outcome, NewEntry):
                entries.append(outcome)
            else:
                results[path] = outcome
        if entries:
            journaled = self._journal.open_step(entries)
            for entry in journaled:
                change = Change(entry, entry.decision, "active")
                results[entry.path] = (
                    _left_alone(change) if stop() else self._apply(change, companions)
                )
            self._journal.settle_steps()
            if any(e.state == "active" for e in self._journal.entries(journaled[0].step)):
                self._journal.drop_undone()
        answers = {
            path: self._as_asked(path, leader, results[leader]) for path, leader in leaders.items()
        }
        for path, photo in alone.items():
            why = said("belongs-to", path=printable(path), photo=printable(photo))
            answers[path] = DecisionResult(path, wanted[path], "refused", None, why)
        return [answers[path] for path in wanted]

    def undo(self, steps: int, stop: Callable[[], bool] = _never) -> list[DecisionResult]:
        """Take back the last steps; one that could be taken back further at another time ends it.

        A photo that is not in the trash any more does not stand in the way: it is refused, which
        its result and from then on its record say, and the step is done with.
        """
        self._recover()
        results: list[DecisionResult] = []
        for _ in range(steps):
            step = None if stop() else self._journal.step_to_undo()
            if step is None:
                break
            entries = self._journal.entries(step)
            waiting = [e for e in entries if e.state == "pending"]
            active = [e for e in entries if e.state == "active"]
            changes = [Change(e, e.previous, "undone") for e in reversed(active)]
            told = [_unsettled(entry) for entry in waiting]
            told += self._apply_each(changes, stop)
            results += told
            if any(_is_worth_another_try(result) for result in told):
                break
            came_back = any(e.state == "undone" for e in self._journal.entries(step))
            self._journal.close_step(step, "undone" if came_back else "dropped")
        return results

    def redo(self, steps: int, stop: Callable[[], bool] = _never) -> list[DecisionResult]:
        """Put the last undone steps into effect again; one of which nothing succeeds ends it."""
        self._recover()
        results: list[DecisionResult] = []
        for _ in range(steps):
            step = None if stop() else self._journal.step_to_redo()
            if step is None:
                break
            entries = [e for e in self._journal.entries(step) if e.state == "undone"]
            changes = [Change(e, e.decision, "active") for e in entries]
            again = self._apply_each(changes, stop)
            results += again
            if not any(result.status == "done" for result in again):
                break
            self._journal.close_step(step, "active")
        return results

    def history(self) -> list[DecisionRecord]:
        """All decisions ever put into effect, oldest first, with a fresh look at the trash."""
        trashed = self._journal.all_trashed()
        companions = self._journal.all_companions()
        return [
            self._record(entry, trashed.get(entry.subject_id), companions)
            for entry in self._journal.entries()
            if entry.state in ("active", "undone")
        ]

    def trash_summary(self) -> TrashSummary:
        """What this library moved to the trash and is still there."""
        photos = [f for f in self._journal.all_trashed().values() if self._trash.holds(f)]
        others = [one for files in self._journal.all_companions().values() for one in files]
        held = [*photos, *(file for file in others if self._trash.holds(file))]
        sizes_bytes = {file.target: file.identity.size_bytes for file in held}
        return TrashSummary(len(photos), sum(sizes_bytes.values()))

    def preview(self, paths: Sequence[str]) -> DeletePreview:
        """What a delete of photos would move, and where to; nothing is changed."""
        companions = Companions()
        leaders, _ = self._leaders(paths, companions)
        photos: list[str] = []
        others: dict[str, None] = {}
        for photo in dict.fromkeys(leaders.values()):
            if photo not in others and self._would_go(photo):
                along = companions.of(photo)
                # One that goes may have been the rival for which a companion would have stayed.
                companions.take_away([photo, *along])
                photos.append(photo)
                others |= dict.fromkeys(along)
        places: dict[str, None] = {}
        for folder in dict.fromkeys(map(os.path.dirname, photos)):
            places[self._trash.place(folder)] = None
        size_bytes = sum(map(_size, [*photos, *others]))
        folders = tuple(place for place in places if place)
        return DeletePreview(len(photos), tuple(others), size_bytes, folders)

    def standing(self, path: str) -> Decision:
        """What was decided on the photo that is at a path."""
        subject = self._journal.subject_at(path)
        return "undecided" if subject is None else subject.decision

    # --- from a path to an entry

    def _leaders(
        self, paths: Iterable[str], companions: Companions
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The photos that paths stand for.

        Returns:
            Of each path its photo; and apart from these, of each sidecar or film of a photo that
            nobody named that photo, on which nothing is decided.
        """
        leaders = {path: self._leader(path, companions) for path in paths}
        named = {leader for path, leader in leaders.items() if not is_beside_a_photo(path)}
        alone = {
            path: leader
            for path, leader in leaders.items()
            if leader != path and leader not in named and os.path.lexists(path)
        }
        return {path: leaders[path] for path in leaders if path not in alone}, alone

    def _would_go(self, photo: str) -> bool:
        there = os.path.lexists(photo)
        return there and _refusal(photo, "delete", self._index.row(photo), there) is None

    def _leader(self, path: str, companions: Companions) -> str:
        """The photo that a path stands for: its own, or the one that the file goes with."""
        if os.path.lexists(path):
            return companions.leader(path)
        subject = self._journal.subject_deleted_from(path)
        if subject is None or subject.trash_id is None:
            return path
        return self._journal.trashed(subject.trash_id).original

    def _as_asked(self, path: str, leader: str, result: DecisionResult) -> DecisionResult:
        """The result of a photo as that of the file by which it was named."""
        if path == leader:
            return result
        subject = self._journal.subject_deleted_from(path)
        trips = self._journal.group(subject.trash_id or 0).trips if subject else ()
        target = next((t.file.target for t in trips if t.file.original == path), None)
        others = tuple(name for name in (result.path, *result.companions) if name != path)
        return replace(result, path=path, trash_path=target, companions=others)

    def _prepare(self, path: str, decision: Decision) -> NewEntry | DecisionResult:
        """Find the photo that is meant; refuse what cannot be done, answer what is done already."""
        there = os.path.lexists(path)
        subject = self._journal.subject_at(path)
        if not there:
            subject = self._journal.subject_deleted_from(path) or subject
        deleted = subject is not None and subject.trash_id is not None
        row = self._index.row(path)
        if row is not None and row.status == "deleted" and not deleted:
            row = None  # that one is in the trash, and another photo has taken its place
        before: Decision = "undecided" if subject is None else subject.decision
        if before == decision and (deleted or there or row is not None):
            return DecisionResult(path, decision, "done", self._trash_path(subject), None)
        refusal = None if deleted else _refusal(path, decision, row, there)
        if refusal is not None:
            return DecisionResult(path, decision, "refused", None, refusal)
        try:
            sha256 = self._expected_hash(path, subject, row, there)
        except PhotoError as exc:
            return DecisionResult(path, decision, "refused", None, sentence_of(exc))
        return NewEntry(
            subject, path, decision, sha256,
            None if row is None else row.percentile,
            None if row is None else row.model_id,
            None if row is None else row.reason,
        )  # fmt: skip

    def _expected_hash(
        self, path: str, subject: Subject | None, row: PhotoRow | None, there: bool
    ) -> str | None:
        """The hash of the bytes that the person saw, as far as anything is known of them."""
        if subject is not None and subject.trash_id is not None:
            return self._journal.trashed(subject.trash_id).identity.sha256
        if row is not None and row.sha256 is not None:
            return row.sha256
        return identify(path).sha256 if there else None

    def _trash_path(self, subject: Subject | None) -> str | None:
        if subject is None or subject.trash_id is None:
            return None
        return self._journal.trashed(subject.trash_id).target

    # --- from an entry to the disk

    def _apply_each(
        self, changes: Sequence[Change], stop: Callable[[], bool]
    ) -> list[DecisionResult]:
        companions = Companions()
        return [_left_alone(c) if stop() else self._apply(c, companions) for c in changes]

    def _apply(self, change: Change, companions: Companions) -> DecisionResult:
        """The seam where trouble with one photo becomes its result."""
        path = change.entry.path
        try:
            subject = self._journal.subject(change.entry.subject_id)
            path = subject.path or path
            if change.goal == "delete" and subject.trash_id is None:
                return self._delete(subject, change, companions)
            if change.goal != "delete" and subject.trash_id is not None:
                return self._restore(subject.trash_id, change)
            self._journal.mark(change)
            if subject.path is not None and subject.trash_id is None:
                here = subject.path
                self._note(lambda: self._placement.set_decision(here, change.goal))
            return DecisionResult(path, change.goal, "done", self._trash_path(subject), None)
        except GoneFromTrashError as exc:
            why = sentence_of(exc)
            if change.state == "undone":
                why = said("record-gone", gone=why)
            return DecisionResult(path, change.goal, "refused", None, why)
        except DecisionRefusedError as exc:
            if isinstance(exc, ChangedPhotoError):
                self._note(lambda: self._placement.forget_stamps(path))
            return DecisionResult(path, change.goal, "refused", None, sentence_of(exc))
        except PhotoError as exc:
            why = said("companion-refused", path=printable(path), why=sentence_of(exc))
            return DecisionResult(path, change.goal, "refused", None, why)
        except OSError as exc:
            why = said("system-refused", why=system_words(exc))
            return DecisionResult(path, change.goal, "failed", None, _failure(path, why))
        except LibraryError as exc:
            why = sentence_of(exc)
            return DecisionResult(path, change.goal, "failed", None, _failure(path, why))

    def _delete(self, subject: Subject, change: Change, companions: Companions) -> DecisionResult:
        path, sha256 = subject.path, change.entry.sha256
        if path is None or sha256 is None:
            raise DecisionRefusedError(said("place-taken", path=printable(change.entry.path)))
        # Who goes along is looked up now: a decision before this one may have taken a rival away.
        along = companions.of(path)
        group = self._moves.delete(path, along, sha256, change)
        companions.take_away([path, *along])
        self._note(lambda: self._placement.set_trashed(path, group.trash_id))
        target = group.trips[0].file.target
        return DecisionResult(path, change.goal, "done", target, None, tuple(along))

    def _restore(self, trash_id: int, change: Change) -> DecisionResult:
        path = self._moves.came_back(trash_id, change)
        companions: tuple[str, ...] = ()
        remark = None
        if path is None:
            file = self._journal.trashed(trash_id)
            try:
                returned = self._moves.restore(trash_id, change)
            except LibraryError as exc:
                why = said("back-not-noted", path=printable(file.original), why=sentence_of(exc))
                if self._trash.holds(file):
                    raise
                return DecisionResult(file.original, change.goal, "failed", None, why)
            path, companions = returned.path, returned.companions
            if returned.lost:
                names = ", ".join(printable(os.path.basename(one)) for one in returned.lost)
                remark = said("back-without", path=printable(path), names=names)
        here = path
        self._note(lambda: self._placement.set_restored(trash_id, here, change.goal))
        return DecisionResult(path, change.goal, "done", None, remark, companions)

    # --- steps and their ends

    def _recover(self) -> None:
        if self._journal.has_open_moves():
            recover(self._journal, self._placement, self._trash)

    def _note(self, write: Callable[[], None]) -> None:
        """Copy a decision to the index; if that fails, the next start makes up for it."""
        try:
            write()
        except LibraryError as exc:
            _log.warning("The index does not show a decision yet: %s", exc)

    def _record(
        self,
        entry: Entry,
        trashed: TrashedFile | None,
        companions: Mapping[int, Sequence[TrashedFile]],
    ) -> DecisionRecord:
        state: DecisionState = "active" if entry.state == "active" else "undone"
        trash_path = None
        along: Sequence[TrashedFile] = ()
        if entry.decision == "delete" and state == "active":
            if trashed is None:
                state = "undone"  # a later decision brought it back
            else:
                trash_path = trashed.target
                along = companions.get(entry.subject_id, ())
                state = "active" if self._trash.can_hold(trashed) else "gone"
        return DecisionRecord(
            entry.entry_id, entry.step, entry.time, entry.path, entry.decision, entry.previous,
            state, trash_path, entry.sha256, entry.model_id, entry.reason,
            tuple(file.original for file in along),
        )  # fmt: skip


def _same_file(path: str, best: str) -> str:
    return said("same-file", path=printable(path), best=printable(best))


def _left_alone(change: Change) -> DecisionResult:
    """The result of a photo whose turn did not come before the person stopped."""
    path = change.entry.path
    why = said("interrupted", path=printable(path))
    return DecisionResult(path, change.goal, "refused", None, why)


def _unsettled(entry: Entry) -> DecisionResult:
    """The result of a photo whose move was cut short, and could not be looked at since."""
    why = said("still-unsettled", path=printable(entry.path))
    return DecisionResult(entry.path, entry.previous, "refused", None, why)


def _is_worth_another_try(result: DecisionResult) -> bool:
    """Whether what was not undone could be at another time: all but what is gone for good."""
    is_gone = isinstance(result.error, Sentence) and result.error.code == "record-gone"
    return result.status != "done" and not is_gone


def _size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0


def _failure(path: str, why: str) -> str:
    """A sentence on a photo that a step did not do as wanted, true to where the photo is."""
    if os.path.lexists(path):
        return said("stays", path=printable(path), why=why)
    return said("in-trash", path=printable(path), why=why)


def _refusal(path: str, decision: Decision, row: PhotoRow | None, there: bool) -> str | None:
    """Why a decision on a photo that is not in the trash cannot be taken; None if it can."""
    name = printable(path)
    if row is not None and row.status == "offline" and decision == "delete":
        return said("folder-offline", path=name, root=printable(row.root))
    if not there:
        if row is None or decision == "delete":
            return said("not-there", path=name)
        return None
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return said("no-file", path=name)
    folder, file = os.path.split(path)
    if refusal_to_scan(os.path.join(os.path.realpath(folder), file)) is not None:
        return said("place-of-no-photos", path=name)
    if row is None and not is_photo_or_goes_with_one(path):
        return said("no-photo-name", path=name)
    return None
