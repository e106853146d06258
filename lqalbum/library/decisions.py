"""Deciding, undoing, redoing: the one way by which a photo leaves or regains its place."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from lqalbum.errors import DecisionRefusedError, LibraryError, PhotoError
from lqalbum.library.index import Index
from lqalbum.library.journal import Change, Entry, Journal, NewEntry, Subject
from lqalbum.library.photofile import printable
from lqalbum.library.placement import Placement
from lqalbum.library.records import (
    Decision,
    DecisionRecord,
    DecisionResult,
    DecisionState,
    PhotoRow,
    TrashSummary,
)
from lqalbum.library.recovery import recover
from lqalbum.library.trash import (
    ChangedPhotoError,
    FileIdentity,
    NameTakenError,
    Trash,
    TrashedFile,
    identify,
)

_log = logging.getLogger(__name__)

_NAME_TRIES: Final = 20
_RESTORED_NAMES: Final = 1000


class Decisions:
    """Puts decisions into effect, in the journal, in the trash and in the index."""

    def __init__(self, journal: Journal, index: Index, placement: Placement, trash: Trash) -> None:
        """Use an open library's parts."""
        self._journal = journal
        self._index = index
        self._placement = placement
        self._trash = trash

    def decide(self, decision: Decision, paths: Sequence[str]) -> list[DecisionResult]:
        """Decide on photos: one step, which one undo takes back.

        Args:
            decision: ``delete`` moves to the trash; the others bring a deleted photo back first.
            paths: absolute; photos that are not indexed are read first.

        Returns:
            One result for each path, in order, a path named twice once.
        """
        self._recover()
        results: dict[str, DecisionResult] = {}
        entries: list[NewEntry] = []
        for path in dict.fromkeys(os.path.abspath(path) for path in paths):
            outcome = self._prepare(path, decision)
            if isinstance(outcome, NewEntry):
                entries.append(outcome)
                results[path] = DecisionResult(path, decision, "failed", None, None)
            else:
                results[path] = outcome
        if entries:
            journaled = self._journal.open_step(entries)
            for entry in journaled:
                results[entry.path] = self._apply(Change(entry, decision, "active"))
            self._journal.settle_steps()
            if any(e.state == "active" for e in self._journal.entries(journaled[0].step)):
                self._journal.drop_undone()
        return list(results.values())

    def undo(self, steps: int) -> list[DecisionResult]:
        """Take back the last steps; one that cannot be taken back wholly ends it."""
        self._recover()
        results: list[DecisionResult] = []
        for _ in range(steps):
            step = self._journal.step_to_undo()
            if step is None:
                break
            entries = [e for e in self._journal.entries(step) if e.state == "active"]
            results += [self._apply(Change(e, e.previous, "undone")) for e in reversed(entries)]
            if any(self._is_worth_another_try(entry) for entry in entries):
                break
            self._journal.close_step(step, "undone")
        return results

    def redo(self, steps: int) -> list[DecisionResult]:
        """Put the last undone steps into effect again; one of which nothing succeeds ends it."""
        self._recover()
        results: list[DecisionResult] = []
        for _ in range(steps):
            step = self._journal.step_to_redo()
            if step is None:
                break
            entries = [e for e in self._journal.entries(step) if e.state == "undone"]
            again = [self._apply(Change(e, e.decision, "active")) for e in entries]
            results += again
            if not any(result.status == "done" for result in again):
                break
            self._journal.close_step(step, "active")
        return results

    def history(self) -> list[DecisionRecord]:
        """All decisions ever put into effect, oldest first, with a fresh look at the trash."""
        trashed = self._journal.all_trashed()
        return [
            self._record(entry, trashed.get(entry.subject_id))
            for entry in self._journal.entries()
            if entry.state in ("active", "undone")
        ]

    def trash_summary(self) -> TrashSummary:
        """What this library moved to the trash and is still there."""
        held = [f for f in self._journal.all_trashed().values() if self._trash.holds(f)]
        return TrashSummary(len(held), sum(file.identity.size_bytes for file in held))

    def follow(self, old: str, new: str) -> None:
        """Have what was decided on a photo follow it to another path."""
        self._journal.follow(old, new)

    def standing(self, path: str) -> Decision:
        """What was decided on the photo that is at a path."""
        subject = self._journal.subject_at(path)
        return "undecided" if subject is None else subject.decision

    # --- from a path to an entry

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
            return DecisionResult(path, decision, "refused", None, str(exc))
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

    def _apply(self, change: Change) -> DecisionResult:
        """The seam where trouble with one photo becomes its result."""
        path = change.entry.path
        try:
            subject = self._journal.subject(change.entry.subject_id)
            path = subject.path or path
            if change.goal == "delete" and subject.trash_id is None:
                return self._delete(subject, change)
            if change.goal != "delete" and subject.trash_id is not None:
                return self._restore(subject.trash_id, change)
            self._journal.mark(change)
            if subject.path is not None and subject.trash_id is None:
                here = subject.path
                self._note(lambda: self._placement.set_decision(here, change.goal))
            return DecisionResult(path, change.goal, "done", self._trash_path(subject), None)
        except DecisionRefusedError as exc:
            if isinstance(exc, ChangedPhotoError):
                self._note(lambda: self._placement.forget_stamps(path))
            return DecisionResult(path, change.goal, "refused", None, str(exc))
        except OSError as exc:
            why = exc.strerror or type(exc).__name__
            sentence = (
                f"the system refused it ({why}); check the drive and its folder's "
                "permissions, and try again."
            )
            return DecisionResult(path, change.goal, "failed", None, _failure(path, sentence))
        except LibraryError as exc:
            return DecisionResult(path, change.goal, "failed", None, _failure(path, str(exc)))

    def _delete(self, subject: Subject, change: Change) -> DecisionResult:
        path, sha256 = subject.path, change.entry.sha256
        if path is None or sha256 is None:
            raise DecisionRefusedError(
                f"{printable(change.entry.path)} was not deleted: another "
                "photo has taken its place; decide on that one."
            )
        found = os.lstat(path)
        identity = FileIdentity(
            sha256, found.st_size, found.st_mtime_ns, found.st_mode, found.st_dev, found.st_ino
        )
        trash_id, file = self._move(path, identity, change)
        try:
            self._trash.confirm(file)
            self._journal.finish_move(trash_id)
        except BaseException:
            self._move_back(trash_id, file)
            raise
        self._note(lambda: self._placement.set_trashed(path, trash_id))
        return DecisionResult(path, change.goal, "done", file.target, None)

    def _move(self, path: str, identity: FileIdentity, change: Change) -> tuple[int, TrashedFile]:
        """Journal and rename, under another name if somebody takes the planned one."""
        for _ in range(_NAME_TRIES):
            file = self._trash.plan(path, identity)
            trash_id = self._journal.plan_move(change, file)
            try:
                self._trash.put(file)
            except NameTakenError:
                self._journal.cancel_move(trash_id)
            except BaseException:
                if os.path.lexists(path):  # else an interrupt came after the move: see `recover`
                    self._journal.cancel_move(trash_id)
                raise
            else:
                return trash_id, file
        raise DecisionRefusedError(
            f"{printable(path)} was not deleted: other programs fill the "
            "trash at this moment; try again."
        )

    def _move_back(self, trash_id: int, file: TrashedFile) -> None:
        """Undo a move that could not be confirmed; what fails here, `recover` does later."""
        if os.path.lexists(file.target):
            self._trash.restore(file, file.original)
        self._journal.cancel_move(trash_id)

    def _restore(self, trash_id: int, change: Change) -> DecisionResult:
        file = self._journal.trashed(trash_id)
        for destination in restored_names(file.original):
            if os.path.lexists(destination):
                continue
            self._journal.plan_return(trash_id, change, destination)
            try:
                self._trash.restore(file, destination)
            except FileExistsError:
                continue
            except BaseException:
                if os.path.lexists(file.target) or not os.path.lexists(destination):
                    self._journal.cancel_return(trash_id)
                raise
            return self._returned(trash_id, destination, change)
        self._journal.cancel_return(trash_id)
        raise DecisionRefusedError(
            f"{printable(file.original)} cannot be restored: every name for "
            "it is taken; clear the folder up."
        )

    def _returned(self, trash_id: int, destination: str, change: Change) -> DecisionResult:
        """Note that a photo is back; if the disk is full, the next step or start does."""
        try:
            self._journal.finish_return(trash_id)
        except LibraryError as exc:
            why = f"{printable(destination)} is back from the trash, which is not noted yet: {exc}"
            return DecisionResult(destination, change.goal, "failed", None, why)
        self._note(lambda: self._placement.set_restored(trash_id, destination, change.goal))
        return DecisionResult(destination, change.goal, "done", None, None)

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

    def _is_worth_another_try(self, entry: Entry) -> bool:
        """Whether an entry is still in effect and could be undone at another time."""
        now = next(e for e in self._journal.entries(entry.step) if e.entry_id == entry.entry_id)
        if now.state != "active":
            return False
        subject = self._journal.subject(entry.subject_id)
        if subject.trash_id is None:
            return subject.path is not None
        file = self._journal.trashed(subject.trash_id)
        return self._trash.holds(file) or not os.path.isdir(os.path.dirname(file.target))

    def _record(self, entry: Entry, trashed: TrashedFile | None) -> DecisionRecord:
        state: DecisionState = "active" if entry.state == "active" else "undone"
        trash_path = None
        if entry.decision == "delete" and state == "active":
            if trashed is None:
                state = "undone"  # a later decision brought it back
            else:
                trash_path = trashed.target
                state = "active" if self._trash.holds(trashed) else "gone"
        return DecisionRecord(
            entry.entry_id, entry.step, entry.time, entry.path, entry.decision, entry.previous,
            state, trash_path, entry.sha256, entry.model_id, entry.reason,
        )  # fmt: skip


def _failure(path: str, why: str) -> str:
    """A sentence on a photo that a step did not do as wanted, true to where the photo is."""
    if os.path.lexists(path):
        return f"{printable(path)} stays where it is: {why}"
    return f"{printable(path)} is in the trash, as far as is known: {why}"


def restored_names(path: str) -> Iterator[str]:
    """Where a photo may come back to: its own name first, then names beside it."""
    yield path
    stem, extension = os.path.splitext(path)
    yield f"{stem} (restored){extension}"
    for number in range(2, _RESTORED_NAMES):
        yield f"{stem} (restored {number}){extension}"


def _refusal(path: str, decision: Decision, row: PhotoRow | None, there: bool) -> str | None:
    """Why a decision on a photo that is not in the trash cannot be taken; None if it can."""
    name = printable(path)
    if row is not None and row.status == "offline" and decision == "delete":
        return (
            f"{name} was not deleted: its folder {printable(row.root)} is offline; plug the "
            "drive in and scan it again."
        )
    if not there:
        if row is None or decision == "delete":
            return f"{name} is not there; check the name, or scan its folder again."
        return None
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return f"{name} is a link or no regular file; name the photo's own file."
    return None
