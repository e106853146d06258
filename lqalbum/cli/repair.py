"""`lqalbum doctor --repair`: says what is wrong with a library and brings its copies back."""

from __future__ import annotations

import sys
from pathlib import Path

from lqalbum.cli import exits
from lqalbum.cli.streams import log
from lqalbum.errors import UsageError
from lqalbum.library.photofile import printable
from lqalbum.library.repair import Trouble, bring_back, repairing
from lqalbum.review.repairing import trouble_lines, untouched_words

_WORDS = {"decisions": "decisions", "index": "photos and their scores"}


def repair(folder: Path, without_asking: bool) -> int:
    """Examine a library, explain, ask, and bring back what has a copy.

    Args:
        folder: of the library.
        without_asking: whether ``--yes`` was given.

    Raises:
        UsageError: there is no such folder, or nobody to ask.
        LibraryError: it cannot be repaired now, and is as it was.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no library in {folder}; check the name.")
    with repairing(folder) as troubles:
        if not troubles:
            log(f"The library {printable(str(folder))} is sound; there is nothing to repair.")
            return exits.DONE
        for trouble in troubles:
            log("\n  ".join(trouble_lines(trouble)))
        log(untouched_words())
        if not without_asking and not _confirmed():
            log("Nothing was changed.")
            return exits.DONE
        for trouble in troubles:
            _repair_one(trouble)
    return exits.DONE


def _confirmed() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("Without a terminal, 'doctor --repair' needs --yes; nothing was changed.")
    log("Type yes to repair; anything else leaves all as it is:")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _repair_one(trouble: Trouble) -> None:
    kept = bring_back(trouble)
    name = trouble.path.name
    if trouble.offer is not None:
        log(f"{name} is as it was on {trouble.offer.day} ({trouble.offer.count} "
            f"{_WORDS[trouble.schema.kind]}).")  # fmt: skip
    else:
        log(f"{name} begins anew.")
    if kept is not None:
        log(f"The unusable file is kept as {printable(str(kept))}")
