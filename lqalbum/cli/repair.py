"""`lqalbum doctor --repair`: says what is wrong with a library and brings its copies back."""

from __future__ import annotations

import sys
from pathlib import Path

from lqalbum.cli import exits
from lqalbum.cli.streams import log
from lqalbum.errors import LibraryError, UsageError
from lqalbum.library.photofile import printable
from lqalbum.library.repair import Trouble, bring_back, repairing

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
            log(_explanation(trouble))
        log("What cannot be used is kept beside it under another name; no photo is touched.")
        if not without_asking and not _confirmed():
            log("Nothing was changed.")
            return exits.DONE
        for trouble in troubles:
            _repair_one(trouble)
    return exits.DONE


def _explanation(trouble: Trouble) -> str:
    lines = [trouble.why]
    if trouble.is_newer:
        lines.append("  A newer version of LQ Album reads it: to update is better than to repair.")
    if trouble.offer is not None:
        words = _WORDS[trouble.schema.kind]
        lines.append(
            f"  Its backup of {trouble.offer.day} with {trouble.offer.count} {words} is sound: "
            f"{printable(str(trouble.offer.copy))}"
        )
    lines.append(f"  {_consequence(trouble)}")
    return "\n".join(lines)


def _consequence(trouble: Trouble) -> str:
    kind, offer = trouble.schema.kind, trouble.offer
    if kind == "cache":
        return "Thumbnails and reconstructions are made again as they are needed."
    if kind == "index":
        return (
            "What was scored after that is scored again by the next scan."
            if offer
            else "There is no backup: it begins anew, and the next scan scores all photos again."
        )
    if offer:
        return (
            "Decisions taken after that are not in it: a photo deleted since then is still in the "
            "system's trash, and the file manager brings it back."
        )
    return (
        "There is no backup: it begins anew without decisions. Deleted photos are still in the "
        "system's trash, and the file manager brings them back."
    )


def _confirmed() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("Without a terminal, 'doctor --repair' needs --yes; nothing was changed.")
    log("Type yes to repair; anything else leaves all as it is:")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _repair_one(trouble: Trouble) -> None:
    try:
        kept = bring_back(trouble)
    except OSError as exc:
        raise LibraryError(
            f"{trouble.path} could not be repaired ({exc.strerror}); make room, check the folder's "
            "permissions, and try again."
        ) from exc
    name = trouble.path.name
    if trouble.offer is not None:
        log(f"{name} is as it was on {trouble.offer.day} ({trouble.offer.count} "
            f"{_WORDS[trouble.schema.kind]}).")  # fmt: skip
    else:
        log(f"{name} begins anew.")
    if kept is not None:
        log(f"The unusable file is kept as {printable(str(kept))}")
