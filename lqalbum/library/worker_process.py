"""What runs inside one decoding process: limits first, then one photo after another."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from lqalbum.errors import PhotoError
from lqalbum.library.photofile import printable
from lqalbum.library.records import DecodedPhoto, PictureSizes

_PR_SET_PDEATHSIG: Final = 1
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3


@dataclass(frozen=True)
class Answer:
    """What a worker says of one photo; ``trace`` is set when the program itself was at fault."""

    outcome: DecodedPhoto | PhotoError
    trace: str | None = None


def work(
    connection: Connection[Answer | None, str], memory_bytes: int, sizes: PictureSizes
) -> None:
    """Answer each path that comes through the pipe, until the pipe or the program ends.

    Args:
        connection: gets None once when ready, then one `Answer` for each path.
        memory_bytes: address space that the process may have.
        sizes: of what is made of each photo.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_the_program()
    _limit_memory(memory_bytes)
    _silence_decoders()
    try:
        connection.send(None)
        while True:
            connection.send(_answer(connection.recv(), sizes))
    except (EOFError, OSError):
        return  # the program is gone, or does not need this worker any more


def _answer(path: str, sizes: PictureSizes) -> Answer:
    # Here and not above, so that the program itself never loads the decoders.
    from lqalbum.library.decode import decode

    try:
        return Answer(decode(path, sizes.thumbnail_px, sizes.frame_short_px))
    except PhotoError as exc:
        return Answer(exc)
    except MemoryError:
        return Answer(
            PhotoError(
                "too-large",
                f"{printable(path)} needs more memory than one "
                "photo may take; save a smaller copy to have it judged.",
                path,
            )
        )
    except Exception:  # noqa: BLE001 - the boundary of the process
        return Answer(crashed(path), traceback.format_exc())


def crashed(path: str) -> PhotoError:
    """The error of a photo that ends its worker."""
    return PhotoError(
        "crashed",
        f"{printable(path)} makes its decoder crash; save it anew with a "
        "photo program to have it judged.",
        path,
    )


def end_with_the_program() -> None:
    """Tie the process's life to the program's, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.stack_size(256 * 1024)
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    if sys.platform == "linux":
        # The thread alone would wait for a decoder that keeps the interpreter to itself.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _silence_decoders() -> None:
    """Discard what libraries print of damaged files, past Python; errors come through the pipe."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path of a file
        os.dup2(nowhere.fileno(), 2)


def _limit_memory(memory_bytes: int) -> None:
    """Have allocations fail in time; elsewhere the time limit alone ends a hungry decoder."""
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        # By default glibc asks the kernel anew for each large buffer, and pays for each page.
        libc.mallopt(_M_MMAP_THRESHOLD, 32 * 2**20)
        libc.mallopt(_M_TRIM_THRESHOLD, 64 * 2**20)
