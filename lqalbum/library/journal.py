"""The decisions database: who was decided on, step by step, and each file's way into the trash.

Every method is one transaction that survives a power cut (``synchronous=FULL``). A file is moved
only between two of them, "planned" and "done", so that after any crash the rows say where to
look.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from lqalbum.library.database import Database, signed
from lqalbum.library.placement import Standing
from lqalbum.library.records import Decision
from lqalbum.library.trash import FileIdentity, TrashedFile

EntryState = Literal["pending", "active", "undone", "cancelled"]
StepState = Literal["active", "undone", "dropped"]


@dataclass(frozen=True)
class Subject:
    """A photo that was ever decided on; its path is None once another photo took the place."""

    subject_id: int
    path: str | None
    decision: Decision
    trash_id: int | None


@dataclass(frozen=True)
class NewEntry:
    """One decision to be journaled, with what was known of the photo when it was taken."""

    subject: Subject | None
    path: str
    decision: Decision
    sha256: str | None
    percentile: float | None
    model_id: str | None
    reason: str | None


@dataclass(frozen=True)
class Entry:
    """One journaled decision."""

    entry_id: int
    step: int
    subject_id: int
    time: str
    path: str
    decision: Decision
    previous: Decision
    state: EntryState
    sha256: str | None
    model_id: str | None
    reason: str | None


@dataclass(frozen=True)
class Change:
    """A decision to put into effect, and what its entry becomes by that."""

    entry: Entry
    goal: Decision
    state: EntryState


@dataclass(frozen=True)
class Trip:
    """One file's way into the trash, and where it is to come back to, if it is on its way back."""

    trash_id: int
    file: TrashedFile
    restored: str | None = None


@dataclass(frozen=True)
class Group:
    """A photo's trip and those of the files that go with it: they happen together or not at all.

    Attributes:
        trash_id: number of the photo's trip, which stands for all.
        trips: the photo's trip first, where it is among them.
    """

    trash_id: int
    trips: tuple[Trip, ...]


_ENTRY = "id, step, subject_id, time, path, decision, previous, state, sha256, model_id, reason"
_FILE = "original, target, record, deleted_at, sha256, size_bytes, mtime_ns, mode, device, inode"


class Journal:
    """Reads and writes the decisions database."""

    def __init__(self, database: Database) -> None:
        """Use an open decisions database."""
        self._database = database

    # --- photos

    def subject(self, subject_id: int) -> Subject:
        """The photo of an entry."""
        with self._database.read() as connection:
            return _subject(connection.execute(
                "SELECT subject_id, path, decision, trash_id FROM subject WHERE subject_id = ?",
                (subject_id,),
            ).fetchone())  # fmt: skip

    def subject_at(self, path: str) -> Subject | None:
        """The photo decided on that is at a path."""
        return self._found("path = ? AND trash_id IS NULL", path)

    def subject_deleted_from(self, path: str) -> Subject | None:
        """The photo that last went to the trash from, or with, a path and still counts as there."""
        return self._found(
            "trash_id IN (SELECT coalesce(leader_id, trash_id) FROM trash WHERE original = ?)", path
        )

    def _found(self, condition: str, path: str) -> Subject | None:
        with self._database.read() as connection:
            row = connection.execute(
                f"SELECT subject_id, path, decision, trash_id FROM subject WHERE {condition} "
                "ORDER BY trash_id DESC, subject_id DESC LIMIT 1",
                (os.fsencode(path),),
            ).fetchone()
        return None if row is None else _subject(row)

    def standings(self) -> list[Standing]:
        """All decisions that stand."""
        with self._database.read() as connection:
            found = connection.execute(
                "SELECT coalesce(t.original, s.path), s.decision, s.trash_id FROM subject s "
                "LEFT JOIN trash t USING (trash_id) WHERE s.decision != 'undecided' "
                "AND coalesce(t.original, s.path) IS NOT NULL"
            )
            return [Standing(os.fsdecode(path), *rest) for path, *rest in found]

    # --- steps

    def open_step(self, entries: Sequence[NewEntry]) -> list[Entry]:
        """Journal a new step; its entries are pending until they are put into effect."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.write() as connection:
            step = connection.execute(
                "INSERT INTO step (time, state) VALUES (?, 'active')", (now,)
            ).lastrowid or 0  # fmt: skip
            return [_add_entry(connection, step, now, entry) for entry in entries]

    def close_step(self, step: int, state: StepState) -> None:
        """Say what became of a step."""
        with self._database.write() as connection:
            connection.execute("UPDATE step SET state = ? WHERE step = ?", (state, step))

    def drop_undone(self) -> None:
        """Forget the way forward: after a new decision there is nothing to redo."""
        with self._database.write() as connection:
            connection.execute("UPDATE step SET state = 'dropped' WHERE state = 'undone'")

    def step_to_undo(self) -> int | None:
        """The last step in effect."""
        return self._step("SELECT max(step) FROM step WHERE state = 'active'")

    def step_to_redo(self) -> int | None:
        """The step that was undone last."""
        return self._step("SELECT min(step) FROM step WHERE state = 'undone'")

    def _step(self, query: str) -> int | None:
        with self._database.read() as connection:
            step: int | None = connection.execute(query).fetchone()[0]
        return step

    def entries(self, step: int | None = None) -> list[Entry]:
        """The entries of one step, or all."""
        condition = "" if step is None else "WHERE step = ?"
        with self._database.read() as connection:
            found = connection.execute(
                f"SELECT {_ENTRY} FROM entry {condition} ORDER BY id",
                () if step is None else (step,),
            )
            return [_entry(row) for row in found]

    def mark(self, change: Change) -> None:
        """Put a decision into effect that moves no file."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE subject SET decision = ? WHERE subject_id = ?",
                (change.goal, change.entry.subject_id),
            )
            _set_entry(connection, change.entry.entry_id, change.state)

    # --- moves

    def plan_move(self, change: Change, files: Sequence[TrashedFile]) -> Group:
        """Journal that a photo, named first, and what goes with it are about to be moved."""
        trips: list[Trip] = []
        with self._database.write() as connection:
            for file in files:
                leader_id = trips[0].trash_id if trips else None
                trips.append(Trip(_add_trip(connection, change, file, leader_id), file))
        return Group(trips[0].trash_id, tuple(trips))

    def finish_move(self, trash_id: int) -> None:
        """Journal that a planned move to the trash happened, with all that went along."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE trash SET phase = 'done' WHERE leader_id = ? AND phase = 'planned'",
                (trash_id,),
            )
            subject_id, entry_id, state, decision, sha256 = connection.execute(
                "UPDATE trash SET phase = 'done' WHERE trash_id = ? "
                "RETURNING subject_id, entry_id, entry_state, decision, sha256", (trash_id,)
            ).fetchone()  # fmt: skip
            connection.execute(
                "UPDATE subject SET decision = ?, trash_id = ?, sha256 = ? WHERE subject_id = ?",
                (decision, trash_id, sha256, subject_id),
            )
            _set_entry(connection, entry_id, state)

    def cancel_move(self, trash_id: int) -> None:
        """Journal that a planned move to the trash did not happen."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE trash SET phase = 'cancelled' WHERE trash_id = ? OR leader_id = ?",
                (trash_id, trash_id),
            )

    def plan_return(self, group: Group, change: Change) -> None:
        """Journal that a photo and what goes with it are about to come back to where they say."""
        with self._database.write() as connection:
            for trip in group.trips:
                connection.execute(
                    "UPDATE trash SET phase = 'restoring', restored = ?, entry_id = ?, "
                    "entry_state = ?, decision = ? WHERE trash_id = ?",
                    (os.fsencode(trip.restored or trip.file.original), change.entry.entry_id,
                     change.state, change.goal, trip.trash_id),
                )  # fmt: skip

    def finish_return(self, trash_id: int) -> None:
        """Journal that a photo came back from the trash, with all that was on its way."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE trash SET phase = 'restored' WHERE leader_id = ? AND phase = 'restoring'",
                (trash_id,),
            )
            subject_id, entry_id, state, decision, restored = connection.execute(
                "UPDATE trash SET phase = 'restored' WHERE trash_id = ? "
                "RETURNING subject_id, entry_id, entry_state, decision, restored", (trash_id,)
            ).fetchone()  # fmt: skip
            _displace(connection, os.fsdecode(restored))
            connection.execute(
                "UPDATE subject SET decision = ?, trash_id = NULL, path = ? WHERE subject_id = ?",
                (decision, restored, subject_id),
            )
            _set_entry(connection, entry_id, state)

    def cancel_return(self, trash_id: int) -> None:
        """Journal that a photo and what goes with it stayed in the trash."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE trash SET phase = 'done', restored = NULL "
                "WHERE (trash_id = ? OR leader_id = ?) AND phase = 'restoring'",
                (trash_id, trash_id),
            )

    def group(self, trash_id: int) -> Group:
        """A photo in the trash, with what went there along with it."""
        # The plus keeps SQLite from going through all that ever went to the trash.
        found = self._groups("+phase = 'done' AND (trash_id = ?1 OR leader_id = ?1)", trash_id)
        return found[0] if found else Group(trash_id, ())

    def trashed(self, trash_id: int) -> TrashedFile:
        """A file's way into the trash."""
        with self._database.read() as connection:
            return _file(connection.execute(
                f"SELECT {_FILE} FROM trash WHERE trash_id = ?", (trash_id,)
            ).fetchone())  # fmt: skip

    def all_trashed(self) -> dict[int, TrashedFile]:
        """All files that count as in the trash, by their subject's number."""
        with self._database.read() as connection:
            found = connection.execute(
                f"SELECT s.subject_id, {_FILE.replace('sha256', 't.sha256')} "
                "FROM subject s JOIN trash t USING (trash_id)"
            )
            return {subject_id: _file(row) for subject_id, *row in found}

    def all_companions(self) -> dict[int, list[TrashedFile]]:
        """The files that count as in the trash with a photo, by its subject's number."""
        found: dict[int, list[TrashedFile]] = {}
        with self._database.read() as connection:
            for subject_id, *row in connection.execute(
                f"SELECT subject_id, {_FILE} FROM trash WHERE leader_id IS NOT NULL "
                "AND phase = 'done' ORDER BY trash_id"
            ):
                found.setdefault(subject_id, []).append(_file(row))
        return found

    def open_moves(self, phase: Literal["planned", "restoring"]) -> list[Group]:
        """Moves that a crash or a full disk left without their last word."""
        return self._groups("phase = ?", phase)

    def _groups(self, condition: str, value: int | str) -> list[Group]:
        groups: dict[int, list[Trip]] = {}
        with self._database.read() as connection:
            for leader_id, trash_id, restored, *row in connection.execute(
                f"SELECT coalesce(leader_id, trash_id), trash_id, restored, {_FILE} FROM trash "
                f"WHERE {condition} ORDER BY trash_id",
                (value,),
            ):
                where = None if restored is None else os.fsdecode(restored)
                groups.setdefault(leader_id, []).append(Trip(trash_id, _file(row), where))
        return [Group(number, tuple(trips)) for number, trips in groups.items()]

    def unsettled(self) -> list[str]:
        """The photos of open moves, by their former places."""
        groups = (*self.open_moves("planned"), *self.open_moves("restoring"))
        return sorted({group.trips[0].file.original for group in groups})

    def has_open_moves(self) -> bool:
        """Whether there is anything to find out."""
        with self._database.read() as connection:
            return connection.execute(
                "SELECT 1 FROM trash WHERE phase IN ('planned', 'restoring') LIMIT 1"
            ).fetchone() is not None  # fmt: skip

    def settle_steps(self) -> None:
        """After a crash: cancel what was never put into effect, and close steps accordingly."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE entry SET state = 'cancelled' WHERE state = 'pending' AND id NOT IN "
                "(SELECT entry_id FROM trash WHERE phase IN ('planned', 'restoring'))"
            )
            connection.execute(
                """UPDATE step SET state = CASE
                     WHEN step IN (SELECT step FROM entry WHERE state = 'undone')
                     THEN 'undone' ELSE 'dropped' END
                   WHERE state = 'active' AND step NOT IN
                     (SELECT step FROM entry WHERE state IN ('active', 'pending'))"""
            )


def _add_entry(connection: sqlite3.Connection, step: int, now: str, new: NewEntry) -> Entry:
    path = os.fsencode(new.path)
    if new.subject is None:
        previous: Decision = "undecided"
        subject_id = connection.execute(
            "INSERT INTO subject (path, sha256, decision) VALUES (?, ?, 'undecided')",
            (path, new.sha256),
        ).lastrowid or 0  # fmt: skip
    else:
        previous, subject_id = new.subject.decision, new.subject.subject_id
    row = connection.execute(
        "INSERT INTO entry (step, subject_id, time, path, decision, previous, state, sha256, "
        "percentile, model_id, reason) VALUES (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?) "
        f"RETURNING {_ENTRY}",
        (step, subject_id, now, path, new.decision, previous, new.sha256, new.percentile,
         new.model_id, new.reason),
    ).fetchone()  # fmt: skip
    return _entry(row)


def _add_trip(
    connection: sqlite3.Connection, change: Change, file: TrashedFile, leader_id: int | None
) -> int:
    one = file.identity
    return connection.execute(
        "INSERT INTO trash (subject_id, phase, original, target, record, deleted_at, "
        "sha256, size_bytes, mtime_ns, mode, device, inode, entry_id, entry_state, "
        "decision, leader_id) VALUES (?, 'planned', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (change.entry.subject_id, os.fsencode(file.original), os.fsencode(file.target),
         os.fsencode(file.record), file.deleted_at, one.sha256, one.size_bytes,
         one.mtime_ns, one.mode, signed(one.device), signed(one.inode),
         change.entry.entry_id, change.state, change.goal, leader_id),
    ).lastrowid or 0  # fmt: skip


def _set_entry(connection: sqlite3.Connection, entry_id: int, state: EntryState) -> None:
    connection.execute("UPDATE entry SET state = ? WHERE id = ?", (state, entry_id))


def _displace(connection: sqlite3.Connection, path: str) -> None:
    """A photo is about to take this path: whatever was decided on before is not there any more."""
    connection.execute(
        "UPDATE subject SET path = NULL WHERE path = ? AND trash_id IS NULL", (os.fsencode(path),)
    )


def _subject(row: Sequence[object]) -> Subject:
    subject_id, path, decision, trash_id = row
    return Subject(
        subject_id,  # type: ignore[arg-type]
        None if path is None else os.fsdecode(path),  # type: ignore[arg-type]
        decision,  # type: ignore[arg-type]
        trash_id,  # type: ignore[arg-type]
    )


def _entry(row: Iterable[object]) -> Entry:
    number, step, subject_id, time, path, *rest = row
    return Entry(number, step, subject_id, time, os.fsdecode(path), *rest)  # type: ignore[arg-type]


def _file(row: Iterable[object]) -> TrashedFile:
    original, target, record, deleted_at, *identity = row
    return TrashedFile(
        os.fsdecode(original),  # type: ignore[arg-type]
        os.fsdecode(target),  # type: ignore[arg-type]
        os.fsdecode(record),  # type: ignore[arg-type]
        deleted_at,  # type: ignore[arg-type]
        FileIdentity(*identity),  # type: ignore[arg-type]
    )
