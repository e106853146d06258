"""How files move into the trash and out of it, the same on every system."""

from __future__ import annotations

import contextlib
import os
import stat
from datetime import datetime
from pathlib import Path

from lqalbum.errors import DecisionRefusedError, PhotoError
from lqalbum.library.mounts import is_drive_there
from lqalbum.library.photofile import printable
from lqalbum.library.rename import rename_without_replacing, sync_folder
from lqalbum.library.sentences import said, sentence_of
from lqalbum.library.trash.files import (
    FileIdentity,
    TrashedFile,
    has_hash,
    identify,
    is_in_place,
    look,
)
from lqalbum.library.trash.layout import NoTrashError, TrashLayout
from lqalbum.sentences import Sentence, system_words


class NameTakenError(Exception):
    """Another program took the name in the trash meanwhile; plan anew."""


class ChangedPhotoError(DecisionRefusedError):
    """The file is not the one that was looked at; it has to be looked at again."""


class GoneFromTrashError(DecisionRefusedError):
    """The trash is there, and the file is not in it."""


class Trash:
    """Moves files into the trash and out of it, and checks that they arrived."""

    def __init__(self, layout: TrashLayout) -> None:
        """Use a system's trash."""
        self._layout = layout

    def plan(self, original: str, identity: FileIdentity) -> TrashedFile:
        """Choose a free name in the trash of the file's own volume.

        Raises:
            DecisionRefusedError: the volume has no trash that can be used.
        """
        try:
            place = self._layout.prepare(_folder_of(original))
        except (NoTrashError, OSError) as exc:
            raise DecisionRefusedError(_unusable(original, exc)) from exc
        for target, record in self._layout.names(place, os.path.basename(original)):
            if not os.path.lexists(target) and not (record and os.path.lexists(record)):
                return TrashedFile(original, target, record, _now(), identity)
        raise DecisionRefusedError(said("trash-full", path=printable(original)))

    def put(self, file: TrashedFile) -> None:
        """Write the record, look at the file once more, and rename it as planned.

        Raises:
            DecisionRefusedError: it is not the file any more that was decided on.
            NameTakenError: the planned name is in use.
            OSError: the system refused; the file is where it was.
        """
        self._require_unchanged(file)
        self._write_record(file)
        try:
            rename_without_replacing(file.original, file.target)
        except FileExistsError as exc:
            self._remove_record(file)
            raise NameTakenError from exc
        except BaseException:
            self.withdraw(file)  # unless the file was moved before an interrupt
            raise

    def confirm(self, file: TrashedFile) -> None:
        """Make the move last, see that the original is gone, and compare the hash.

        Raises:
            DecisionRefusedError: it is not so; the file was moved back.
            OSError: the disk did not confirm; the file was moved back.
        """
        try:
            sync_folder(os.path.dirname(file.target))
            with contextlib.suppress(FileNotFoundError):  # found out after a crash, much later
                sync_folder(os.path.dirname(file.original))
            if not has_hash(file.target, file.identity):
                raise ChangedPhotoError(said("changed-in-move", path=printable(file.original)))
            if is_in_place(file):
                raise DecisionRefusedError(said("still-in-place", path=printable(file.original)))
        except BaseException:
            with contextlib.suppress(OSError):
                rename_without_replacing(file.target, file.original)
                self.withdraw(file)
            raise

    def restore(self, file: TrashedFile, destination: str) -> None:
        """Move a file out of the trash, without replacing anything, and remove its record.

        Raises:
            FileExistsError: the name is taken.
            DecisionRefusedError: the file in the trash is gone or is another one.
            OSError: the system refused; the file is still in the trash.
        """
        self.release(file, destination)
        self.withdraw(file)

    def release(self, file: TrashedFile, destination: str) -> None:
        """Move a file out as `restore` does, and keep its record: it may have to go back in."""
        if not has_hash(file.target, file.identity):
            raise self._absence(file)
        os.makedirs(os.path.dirname(destination), exist_ok=True)
        rename_without_replacing(file.target, destination)
        try:
            sync_folder(os.path.dirname(destination))
            sync_folder(os.path.dirname(file.target))
        except BaseException:
            with contextlib.suppress(OSError):
                rename_without_replacing(destination, file.target)
            raise

    def take_back(self, file: TrashedFile, destination: str) -> None:
        """Move a file that was released to a destination back to where it lay."""
        rename_without_replacing(destination, file.target)
        sync_folder(os.path.dirname(file.target))
        sync_folder(os.path.dirname(destination))

    def place(self, folder: str) -> str:
        """The folder that a folder's files would be moved to; nothing is made or moved.

        Returns:
            Its path, empty where there is no trash or none can be told.
        """
        try:
            return self._layout.place(os.path.realpath(folder))
        except (NoTrashError, OSError):
            return ""

    def holds(self, file: TrashedFile) -> bool:
        """Whether the file lies in the trash, by a fresh look without reading it."""
        try:
            found = os.lstat(file.target)
        except OSError:
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size == file.identity.size_bytes

    def can_hold(self, file: TrashedFile) -> bool:
        """Whether the file lies in the trash, or may: its drive may be unplugged."""
        return self.holds(file) or not self._is_in_reach(file)

    def withdraw(self, file: TrashedFile) -> None:
        """Take back the record of a move that did not happen: this very one, with no file by it."""
        if not os.path.lexists(file.target):
            self._remove_record(file)

    def _absence(self, file: TrashedFile) -> DecisionRefusedError:
        """Say why a file cannot be taken out of the trash that is not in it as it went there."""
        name, place = printable(file.original), printable(file.target)
        sight = look(file.target, file.identity)
        if sight == "another":
            return GoneFromTrashError(said("changed-in-trash", path=name, place=place))
        if os.path.lexists(file.target):
            return DecisionRefusedError(said("trash-unreadable", path=name, place=place))
        if sight == "nothing" or self._is_in_reach(file):
            return GoneFromTrashError(said("gone-from-trash", path=name))
        place = printable(os.path.dirname(file.target))
        return DecisionRefusedError(said("trash-offline", path=name, place=place))

    def _is_in_reach(self, file: TrashedFile) -> bool:
        """Whether the file's drive is plugged in; the home's is, whatever number it has now."""
        if is_drive_there(file.target, file.identity.device):
            return True
        return os.path.dirname(file.target) == self.place(os.path.expanduser("~"))

    def _require_unchanged(self, file: TrashedFile) -> None:
        try:
            found = identify(file.original)
        except PhotoError as exc:
            raise DecisionRefusedError(sentence_of(exc)) from exc
        if (found.sha256, found.size_bytes) != (file.identity.sha256, file.identity.size_bytes):
            raise ChangedPhotoError(said("changed", path=printable(file.original)))

    def _write_record(self, file: TrashedFile) -> None:
        """Write the record; its name, once made, reserves the name of the file for all programs."""
        if not file.record:
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(file.record, flags, 0o600)
        except FileExistsError as exc:
            raise NameTakenError from exc
        try:
            with os.fdopen(descriptor, "wb") as record:
                record.write(self._layout.record(file))
                record.flush()
                os.fsync(record.fileno())
            sync_folder(os.path.dirname(file.record))
        except BaseException:
            # Ours, made a moment ago, perhaps half written.
            with contextlib.suppress(OSError):
                os.unlink(file.record)
            raise

    def _remove_record(self, file: TrashedFile) -> None:
        """Remove the record, if this program wrote it for this very move."""
        if not file.record:
            return
        with contextlib.suppress(OSError):
            # A crash may have left the beginning of it only.
            if self._layout.record(file).startswith(Path(file.record).read_bytes()):
                os.unlink(file.record)


def _folder_of(path: str) -> str:
    return os.path.realpath(os.path.dirname(path))


def _unusable(original: str, exc: NoTrashError | OSError) -> Sentence:
    """Say why a file's volume has no trash for it."""
    if isinstance(exc, NoTrashError):
        return said(exc.code, path=printable(original), place=printable(exc.place))
    why, place = system_words(exc), printable(str(exc.filename))
    return said("trash-unusable", path=printable(original), why=why, place=place)


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
