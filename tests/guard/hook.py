"""An audit hook that forbids, and writes down, what the program must never do.

It must never remove, cut, overwrite or change a file that it did not make in a folder of photos
or in the trash, remove a folder, or reach for a network. Python tells an audit hook of all these
before they happen. Child processes, decoding workers among them, install the same hook through
`tests/guard/site`, which the tests put on PYTHONPATH; all of them write into one log.

Loaded by file in children, so it imports nothing of the program or the tests.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

VARIABLE: Final = "LQALBUM_TESTS_LOG"
_MADE: Final = ".made"
_ROOT: Final = Path(__file__).resolve().parents[2]
_PROGRAM: Final = str(_ROOT / "lqalbum") + os.sep
_TESTS: Final = str(_ROOT / "tests") + os.sep
_ENDINGS: Final = frozenset(
    [
        "jpg",
        "jpeg",
        "jpe",
        "jfif",
        "mpo",
        "png",
        "apng",
        "webp",
        "tif",
        "tiff",
        "bmp",
        "dib",
        "gif",
        "avif",
        "avifs",
        "heic",
        "heics",
        "heif",
        "heifs",
        "hif",
        "3fr",
        "arw",
        "cr2",
        "cr3",
        "crw",
        "dcr",
        "dng",
        "erf",
        "iiq",
        "kdc",
        "mef",
        "mos",
        "mrw",
        "nef",
        "nrw",
        "orf",
        "pef",
        "raf",
        "rw2",
        "rwl",
        "sr2",
        "srf",
        "srw",
        "x3f",
        "mov",
        "xmp",
        "aae",
    ]
)
# What the program writes beside photos before it has its last name.
_HIDDEN: Final = re.compile(r"\.lqalbum-[0-9a-f]{16}\.tmp")
# The records of a recycle bin of Windows; what was deleted lies beside them.
_RECORD: Final = re.compile(r"\$Recycle\.Bin[\\/][^\\/]+[\\/]\$I[^\\/]+$")
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_TRUNC | os.O_APPEND
_CHANGING: Final = frozenset(
    {"os.remove", "os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr", "os.link"}
)
_NETWORK: Final = frozenset(
    {
        "socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo",
        "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo",
    }
)  # fmt: skip
_WATCHED: Final = _CHANGING | _NETWORK | {"open", "os.rename", "os.rmdir", "os.mkdir"}


class ForbiddenError(AssertionError):
    """The program was about to do what it must never do; it was kept from it."""


class _Hook:
    """What one process made, and what the tests themselves changed in it."""

    def __init__(self, is_child: bool) -> None:
        self.is_child = is_child
        self.log = os.environ[VARIABLE]
        # Paths that the program made here; with an inode, only while that file is there.
        self.made: dict[str, int | None] = {}
        self.changed_by_tests: set[str] = set()
        self.is_busy = False

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if event not in _WATCHED or self.is_busy:
            return
        if event == "open" and not (isinstance(args[2], int) and args[2] & _WRITING):
            return
        self.is_busy = True
        try:
            what = self.judged(event, args)
        finally:
            self.is_busy = False
        if what is not None:
            self.tell(what)
            raise ForbiddenError(what)

    def judged(self, event: str, args: tuple[object, ...]) -> str | None:
        if event in _NETWORK:
            return _reached(event, args)
        path = _resolved(args[0], _folder_of(event, args))
        if path is None:
            return None
        if not self.is_the_program():
            self.changed_by_tests.add(path)
            return None
        if event == "os.mkdir":
            self.made[path] = None
            return None
        if event == "os.rmdir":
            return None if self.has_made(path) else f"rmdir of {path}"
        if event == "os.rename":
            return self.judged_rename(path, args)
        if event == "open" and not os.path.lexists(path):
            self.made[path] = None
            return None
        if event == "os.link" and _is_nameless(path):
            return self.judged_naming(args)
        return f"{event} of {path}" if self.is_foreign(path) else None

    def judged_naming(self, args: tuple[object, ...]) -> str | None:
        """A file that was written without a name gets one, which the system never takes over."""
        target = _resolved(args[1], args[3])
        if target is not None and not os.path.lexists(target):
            self.note_made(target)
        return None

    def judged_rename(self, source: str, args: tuple[object, ...]) -> str | None:
        target = _resolved(args[1], args[3])
        if target is None:
            return None
        if os.path.lexists(target) and self.is_foreign(target):
            return f"rename of {source} over {target}"
        if self.has_made(source):
            self.note_made(target)
            return None
        if self.is_foreign(source) and not _is_called_from("library/rename.py"):
            return f"rename of {source} to {target}"
        if target in self.made:
            # What it made there is a place holder, which what is renamed takes the place of.
            self.made[target] = _inode(target)
        return None

    def note_made(self, path: str) -> None:
        """Tell other processes, too, of a file that got its last name."""
        self.made[path] = None
        self.append(self.log + _MADE, f"{path}\n".encode("utf-8", "surrogateescape"))

    def has_made(self, path: str) -> bool:
        if path not in self.made:
            return path in self.made_by_others()
        inode = self.made[path]
        return inode is None or inode == _inode(path)

    def made_by_others(self) -> list[str]:
        """What other processes finished under its last name, such as a report or a sidecar."""
        try:
            text = Path(self.log + _MADE).read_bytes()
        except OSError:
            return []
        return text.decode("utf-8", "surrogateescape").split("\n")

    def is_foreign(self, path: str) -> bool:
        """Whether a file in a folder of photos, or in the trash, was there before the program."""
        if self.has_made(path) or not os.path.lexists(path) or os.path.isdir(path):
            return False
        if _HIDDEN.fullmatch(os.path.basename(path)):
            return False  # `tests/library/test_sidecars.py` holds which of these may go
        if _RECORD.search(path):
            return False  # `tests/library/test_recyclebin.py` likewise
        if _is_photo(path) or _is_in_trash(path):
            return True
        names = _names_beside(path)
        # A library beside photos is the program's own.
        return "decisions.db" not in names and any(map(_is_photo, names))

    def is_the_program(self) -> bool:
        """In the tests' process by who called: the program, or a test setting something up."""
        if self.is_child:
            return True
        frame = sys._getframe(1)
        while frame is not None:
            file = frame.f_code.co_filename
            if file.startswith(_PROGRAM):
                return True
            if file.startswith(_TESTS) and file != __file__:
                return False
            frame = frame.f_back
        return False

    def tell(self, what: str) -> None:
        """Write it down: an exception alone may be caught by whoever did it."""
        self.is_busy = True
        try:
            self.append(self.log, f"{what!r} by process {os.getpid()}: {_callers()}\n".encode())
        finally:
            self.is_busy = False

    def append(self, file: str, line: bytes) -> None:
        """Add a line, whole among those of other processes."""
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)


_installed: list[_Hook] = []


def install(*, is_child: bool) -> None:
    """Watch this process until it ends, if the tests named a log."""
    if VARIABLE in os.environ and not _installed:
        _installed.append(_Hook(is_child))
        sys.addaudithook(_installed[0])


def changed_by_tests() -> set[str]:
    """The files that tests of this process wrote, moved or removed themselves."""
    return _installed[0].changed_by_tests


def made_by_the_program() -> list[str]:
    """The files that the program finished under their last names, in any process."""
    return _installed[0].made_by_others()


@contextmanager
def unrecorded() -> Iterator[None]:
    """Keep the log as it is while a test plants a violation."""
    log = Path(_installed[0].log)
    known = log.read_bytes() if log.exists() else b""
    yield
    log.write_bytes(known)


def _reached(event: str, args: tuple[object, ...]) -> str | None:
    if isinstance(args[0], socket.socket):
        family = args[0].family
        if family not in (socket.AF_INET, socket.AF_INET6):
            return None
    return f"{event} {args[-1] if event == 'socket.connect' else args[1:]!r}"


def _folder_of(event: str, args: tuple[object, ...]) -> object:
    """The descriptor of the folder that an event's path counts from."""
    if event == "os.rename":
        return args[2]
    places = {"os.remove": 1, "os.rmdir": 1, "os.mkdir": 2, "os.chmod": 2, "os.chown": 3}
    place = 3 if event == "os.utime" else places.get(event)
    return None if place is None or place >= len(args) else args[place]


def _resolved(path: object, folder: object) -> str | None:
    if isinstance(path, int):
        return _of_descriptor(path)
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    text = os.fsdecode(path)
    if not os.path.isabs(text) and isinstance(folder, int) and folder >= 0:
        text = os.path.join(_of_descriptor(folder) or "", text)
    return os.path.abspath(text)


def _is_nameless(path: str) -> bool:
    """Whether a path stands for an open file that has no name yet, or has none any more."""
    descriptor = path.removeprefix("/proc/self/fd/")
    return descriptor.isdigit() and (_of_descriptor(int(descriptor)) or "").endswith(" (deleted)")


def _of_descriptor(descriptor: int) -> str | None:
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return None


def _is_photo(name: str) -> bool:
    return name.rpartition(".")[2].lower() in _ENDINGS


def _is_in_trash(path: str) -> bool:
    parts = path.split(os.sep)[:-1]
    if "Trash" in parts:
        return "files" in parts
    return ".Trash" in parts or "$Recycle.Bin" in parts


def _names_beside(path: str) -> list[str]:
    try:
        return os.listdir(os.path.dirname(path))
    except OSError:
        return []


def _inode(path: str) -> int | None:
    try:
        return os.lstat(path).st_ino
    except OSError:
        return None


def _is_called_from(file: str) -> bool:
    return any(name.endswith(file) for name in _files_of_callers())


def _callers() -> str:
    return " < ".join(_files_of_callers()[:6])


def _files_of_callers() -> list[str]:
    found = []
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename != __file__:
            found.append(f"{frame.f_code.co_filename}")
        frame = frame.f_back
    return found
