"""The system's trash: the only way by which a photo leaves its place.

On Linux this is the freedesktop.org trash specification 1.0, done here because every ready-made
way was found to lose files somewhere (a "moved" file still in place, followed links, deletion
for good on network drives). A move is a rename within the volume, checked before and after by
the hash of the file's bytes; nothing is ever copied, replaced or removed, except the little
``.trashinfo`` records that this module wrote itself.

Systems whose trash cannot be checked afterwards refuse, through the same interface.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from lqalbum.errors import DecisionRefusedError, PhotoError
from lqalbum.library.mounts import mount_top
from lqalbum.library.photofile import mtime_ns, open_photo, printable, sha256_of
from lqalbum.library.rename import rename_without_replacing, sync_folder
from lqalbum.library.sentences import said, sentence_of

_RECORD_ENDING: Final = ".trashinfo"
_LONGEST_NAME_BYTES: Final = 255
_MOST_NAMES: Final = 10_000


@dataclass(frozen=True)
class FileIdentity:
    """By what a file is known again.

    Attributes:
        sha256: of its bytes, hex.
        size_bytes: its length.
        mtime_ns: last change, ns since 1970.
        mode: permissions and kind, as ``st_mode``.
        device: number of its file system.
        inode: its number there.
    """

    sha256: str
    size_bytes: int
    mtime_ns: int
    mode: int
    device: int
    inode: int


@dataclass(frozen=True)
class TrashedFile:
    """One file's way into the trash, planned or done.

    Attributes:
        original: where it was.
        target: where it lies in the trash.
        record: the ``.trashinfo`` file beside it.
        deleted_at: local time, ISO 8601 without zone, as the specification wants it.
        identity: what the file was when it was decided on.
    """

    original: str
    target: str
    record: str
    deleted_at: str
    identity: FileIdentity


class NameTakenError(Exception):
    """Another program took the name in the trash meanwhile; plan anew."""


class ChangedPhotoError(DecisionRefusedError):
    """The file is not the one that was looked at; it has to be looked at again."""


class GoneFromTrashError(DecisionRefusedError):
    """The trash is there, and the file is not in it."""


class Trash(Protocol):
    """What a system's trash has to offer."""

    def plan(self, original: str, identity: FileIdentity) -> TrashedFile:
        """Choose a place for a file; raises `DecisionRefusedError` where there is none."""

    def put(self, file: TrashedFile) -> None:
        """Move a file as planned, if it is still the one that was decided on.

        Raises:
            DecisionRefusedError: it is another file now, or the volume has no such trash.
            NameTakenError: the planned name is in use.
            OSError: the system refused; the file is where it was.
        """

    def confirm(self, file: TrashedFile) -> None:
        """Make a move last and check that the trashed file has its hash.

        Raises:
            DecisionRefusedError: it has not; the file was moved back.
            OSError: the disk did not confirm.
        """

    def restore(self, file: TrashedFile, destination: str) -> None:
        """Move a file out of the trash, without replacing anything.

        Raises:
            FileExistsError: the name is taken.
            DecisionRefusedError: the file in the trash is gone or is another one.
            OSError: the system refused; the file is still in the trash.
        """

    def release(self, file: TrashedFile, destination: str) -> None:
        """Move a file out as `restore` does, and keep its record: it may have to go back in."""

    def take_back(self, file: TrashedFile, destination: str) -> None:
        """Move a file that was released to a destination back to where it lay."""

    def place(self, original: str) -> str:
        """The folder that a file would be moved to; nothing is made or moved."""

    def holds(self, file: TrashedFile) -> bool:
        """Whether the file lies in the trash, by a fresh look without reading it."""

    def withdraw(self, file: TrashedFile) -> None:
        """Take back the record of a move that did not happen."""


def system_trash() -> Trash:
    """The trash of the system this runs on."""
    return FreedesktopTrash() if sys.platform == "linux" else RefusingTrash()


def identify(path: str) -> FileIdentity:
    """Read a file and say by what it can be known again.

    Raises:
        PhotoError: it cannot be read.
    """
    with open_photo(path, empty=True) as (file, found):
        return FileIdentity(
            sha256_of(file), found.st_size, mtime_ns(found), found.st_mode, found.st_dev,
            found.st_ino,
        )  # fmt: skip


def has_hash(path: str, identity: FileIdentity) -> bool:
    """Whether a readable regular file with exactly these bytes is at a path."""
    try:
        with open_photo(path, empty=True) as (file, found):
            return found.st_size == identity.size_bytes and sha256_of(file) == identity.sha256
    except PhotoError:
        return False


class RefusingTrash:
    """The trash of a system where a move could not be checked: it deletes nothing."""

    def plan(self, original: str, identity: FileIdentity) -> TrashedFile:
        """Refuse."""
        raise DecisionRefusedError(said("no-recycle-bin", path=printable(original)))

    def put(self, file: TrashedFile) -> None:
        """Refuse."""
        self.plan(file.original, file.identity)

    def confirm(self, file: TrashedFile) -> None:
        """Refuse."""
        self.plan(file.original, file.identity)

    def restore(self, file: TrashedFile, destination: str) -> None:
        """Refuse: nothing was ever put here."""
        raise DecisionRefusedError(said("other-system", path=printable(file.original)))

    def release(self, file: TrashedFile, destination: str) -> None:
        """Refuse: nothing was ever put here."""
        self.restore(file, destination)

    def take_back(self, file: TrashedFile, destination: str) -> None:
        """Refuse: nothing was ever released."""
        self.restore(file, destination)

    def place(self, original: str) -> str:
        """Say that there is none."""
        return ""

    def holds(self, file: TrashedFile) -> bool:
        """Say no: nothing was ever put here."""
        return False

    def withdraw(self, file: TrashedFile) -> None:
        """Nothing was planned."""


class FreedesktopTrash:
    """The trash of Linux desktops, for the volume that a photo lies on."""

    def plan(self, original: str, identity: FileIdentity) -> TrashedFile:
        """Choose the trash of the photo's own volume and a free name in it."""
        folder = os.path.realpath(os.path.dirname(original))
        try:
            trash = _trash_for(folder)
        except OSError as exc:
            raise DecisionRefusedError(
                said(
                    "trash-unusable",
                    path=printable(original),
                    why=str(exc.strerror),
                    place=printable(str(exc.filename)),
                )
            ) from exc
        name = next(_free_names(trash, os.path.basename(original)), None)
        if name is None:
            raise DecisionRefusedError(said("trash-full", path=printable(original)))
        target = os.path.join(trash, "files", name)
        record = os.path.join(trash, "info", name + _RECORD_ENDING)
        return TrashedFile(original, target, record, _now(), identity)

    def put(self, file: TrashedFile) -> None:
        """Write the record, look at the file once more, and rename it."""
        self._require_unchanged(file)
        _write_record(file)
        try:
            rename_without_replacing(file.original, file.target)
        except FileExistsError as exc:
            _remove_record(file)
            raise NameTakenError from exc
        except BaseException:
            self.withdraw(file)  # unless the file was moved before an interrupt
            raise

    def confirm(self, file: TrashedFile) -> None:
        """Sync both folders, then compare the hash; move the file back if either fails."""
        try:
            sync_folder(os.path.dirname(file.target))
            sync_folder(os.path.dirname(file.original))
            if not has_hash(file.target, file.identity):
                raise ChangedPhotoError(said("changed-in-move", path=printable(file.original)))
        except BaseException:
            with contextlib.suppress(OSError):
                rename_without_replacing(file.target, file.original)
                self.withdraw(file)
            raise

    def restore(self, file: TrashedFile, destination: str) -> None:
        """Rename the file to its destination, check it, and remove its record."""
        self.release(file, destination)
        self.withdraw(file)

    def release(self, file: TrashedFile, destination: str) -> None:
        """Rename the file to its destination and check it."""
        if not has_hash(file.target, file.identity):
            raise _absence(file)
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
        """Rename the file to the name that its record still reserves."""
        rename_without_replacing(destination, file.target)
        sync_folder(os.path.dirname(file.target))
        sync_folder(os.path.dirname(destination))

    def place(self, original: str) -> str:
        """The folder of the trash of the file's own volume."""
        return os.path.join(_trash_of(os.path.realpath(os.path.dirname(original))), "files")

    def holds(self, file: TrashedFile) -> bool:
        """Look for a regular file of the recorded length."""
        try:
            found = os.lstat(file.target)
        except OSError:
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size == file.identity.size_bytes

    def withdraw(self, file: TrashedFile) -> None:
        """Remove the record if it is this very one, and no file lies beside it."""
        if not os.path.lexists(file.target):
            _remove_record(file)

    def _require_unchanged(self, file: TrashedFile) -> None:
        try:
            found = identify(file.original)
        except PhotoError as exc:
            raise DecisionRefusedError(sentence_of(exc)) from exc
        if (found.sha256, found.size_bytes) != (file.identity.sha256, file.identity.size_bytes):
            raise ChangedPhotoError(said("changed", path=printable(file.original)))


def _absence(file: TrashedFile) -> DecisionRefusedError:
    """Tell an emptied trash from one that is out of reach, which may come back."""
    name = printable(file.original)
    if os.path.isdir(os.path.dirname(file.target)):
        return GoneFromTrashError(said("gone-from-trash", path=name))
    place = printable(os.path.dirname(file.target))
    return DecisionRefusedError(said("trash-offline", path=name, place=place))


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


def home_trash() -> str:
    """The folder of the home trash, whether or not it exists."""
    data = os.environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(data):
        data = os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(data, "Trash")


def _trash_for(folder: str) -> str:
    """The trash for files of a folder, ready for use.

    Raises:
        OSError: there is none that is safe to use.
    """
    trash = _trash_of(folder)
    try:
        return _prepared(trash)
    except OSError:
        top, name = os.path.split(os.path.dirname(trash))
        if name != ".Trash":
            raise
        # The specification's next choice, where the one for all users is of no use.
        return _prepared(os.path.join(top, f".Trash-{os.getuid()}"))


def _trash_of(folder: str) -> str:
    """The first choice of trash for files of a folder, whether or not it is there."""
    top = mount_top(folder)
    home = home_trash()
    if mount_top(_nearest_folder(home)) == top:
        return home
    shared = os.path.join(top, ".Trash")
    if _is_sound_shared_trash(shared):
        return os.path.join(shared, str(os.getuid()))
    return os.path.join(top, f".Trash-{os.getuid()}")


def _nearest_folder(path: str) -> str:
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    return os.path.realpath(path)


def _is_sound_shared_trash(path: str) -> bool:
    """Whether an administrator made this trash for all: a true folder with the sticky bit."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and bool(found.st_mode & stat.S_ISVTX)


def _prepared(trash: str) -> str:
    """Make a trash and its two folders, or refuse one that leads elsewhere or is not ours."""
    os.makedirs(os.path.dirname(trash), mode=0o700, exist_ok=True)
    for folder in (trash, os.path.join(trash, "files"), os.path.join(trash, "info")):
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder, 0o700)
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode):
            raise OSError(errno.ENOTDIR, "it is a link or no folder", folder)
        if found.st_uid != os.getuid():
            raise OSError(errno.EPERM, "it belongs to another user", folder)
    return trash


def _free_names(trash: str, name: str) -> Iterator[str]:
    """Names for a file in a trash that neither a file nor a record bears."""
    for number in range(1, _MOST_NAMES):
        candidate = _numbered(name, number)
        record = os.path.join(trash, "info", candidate + _RECORD_ENDING)
        if not os.path.lexists(record) and not os.path.lexists(
            os.path.join(trash, "files", candidate)
        ):
            yield candidate


def _numbered(name: str, number: int) -> str:
    """A name with a number before its extension, short enough for its record's name."""
    stem, extension = os.path.splitext(os.fsencode(name))
    extension = extension[:32]
    mark = b"" if number == 1 else b".%d" % number
    room = _LONGEST_NAME_BYTES - len(_RECORD_ENDING) - len(mark) - len(extension)
    return os.fsdecode(stem[:room] + mark + extension)


def _record_of(file: TrashedFile) -> bytes:
    """The text of a ``.trashinfo``: paths on other volumes count from the volume's top."""
    trash = os.path.dirname(os.path.dirname(file.target))
    real = os.path.join(
        os.path.realpath(os.path.dirname(file.original)), os.path.basename(file.original)
    )
    if trash != home_trash():
        real = os.path.relpath(real, _top_of(trash))
    path = urllib.parse.quote_from_bytes(os.fsencode(real))
    return f"[Trash Info]\nPath={path}\nDeletionDate={file.deleted_at}\n".encode("ascii")


def _top_of(trash: str) -> str:
    above = os.path.dirname(trash)
    return os.path.dirname(above) if os.path.basename(above) == ".Trash" else above


def _remove_record(file: TrashedFile) -> None:
    """Remove the record, if this program wrote it for this very move."""
    with contextlib.suppress(OSError):
        # A crash may have left the beginning of it only.
        if _record_of(file).startswith(Path(file.record).read_bytes()):
            os.unlink(file.record)


def _write_record(file: TrashedFile) -> None:
    """Write the record; its name, once made, reserves the name of the file for all programs."""
    try:
        descriptor = os.open(file.record, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as exc:
        raise NameTakenError from exc
    try:
        with os.fdopen(descriptor, "wb") as record:
            record.write(_record_of(file))
            record.flush()
            os.fsync(record.fileno())
        sync_folder(os.path.dirname(file.record))
    except BaseException:
        # Ours, made a moment ago, perhaps half written.
        with contextlib.suppress(OSError):
            os.unlink(file.record)
        raise
