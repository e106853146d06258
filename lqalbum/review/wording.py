"""The sentences of the window: what was done, what is about to be done, what a number means."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lqalbum.library.flags import flag
from lqalbum.library.records import Decision, DecisionResult, PhotoRow, TrashSummary
from lqalbum.review.deciding import Outcome
from lqalbum.review.filters import FilterName

UNDO_KEY = "Ctrl+Z"
REDO_KEY = "Ctrl+Shift+Z"
NAMES_SHOWN = 3
_DONE: dict[Decision, str] = {
    "keep": "Kept",
    "delete": "Moved to the trash:",
    "undecided": "Undecided again:",
}


VerdictName = Literal["none", "flagged", "unsure", "kept", "deleted", "error", "quiet", "waiting"]


@dataclass(frozen=True)
class Verdict:
    """What a photo's badge says.

    Attributes:
        name: which shape and colour the badge has.
        words: what stands on it.
    """

    name: VerdictName
    words: str


_STATUS_VERDICTS: dict[str | None, Verdict] = {
    None: Verdict("waiting", "Not scored yet"),
    "deleted": Verdict("deleted", "In the trash"),
    "error": Verdict("error", "Not readable"),
    "offline": Verdict("quiet", "Offline"),
    "missing": Verdict("quiet", "Not in its folder"),
}
_KIND_VERDICTS: dict[str | None, Verdict] = {
    "screen": Verdict("quiet", "Screen"),
    "scan": Verdict("quiet", "Scan"),
}
_ERRORS = {
    "truncated": "damaged or cut short",
    "not-an-image": "no picture",
    "too-large": "too large to decode safely",
    "too-small": "too small to judge",
    "unreadable": "cannot be opened",
    "vanished": "no longer there",
    "timeout": "takes too long to decode",
    "crashed": "makes its decoder crash",
    "not-scored": "got no finite score",
}


@dataclass(frozen=True)
class Toast:
    """A short message that passes by itself.

    Attributes:
        text: one or two sentences.
        is_problem: whether something was not done.
        undoable: whether a button to undo belongs beside it.
    """

    text: str
    is_problem: bool = False
    undoable: bool = False


@dataclass(frozen=True)
class Prompt:
    """A question before many photos are moved at once.

    Attributes:
        question: how many photos.
        details: their size, where they go, how to undo.
        confirm: the words on the button that does it.
        refuse: the words on the button that leaves everything as it is.
    """

    question: str
    details: str
    confirm: str
    refuse: str = "Leave them where they are"


def photos(number: int) -> str:
    """Return '1 photo' or '12 photos', with thousands set apart."""
    return f"{number:,} photo" + ("" if number == 1 else "s")


def size(size_bytes: int) -> str:
    """Return a size a person can read, in decimal units as file managers use them."""
    amount, unit = float(size_bytes), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if amount < 999.5:
            break
        amount, unit = amount / 1000, larger
    digits = 0 if unit == "bytes" or amount >= 10 else 1
    return f"{amount:,.{digits}f} {unit}"


def names(paths: Sequence[str]) -> str:
    """Return the file names, the first few of many."""
    shown = [printable(os.path.basename(path)) for path in paths[:NAMES_SHOWN]]
    more = len(paths) - len(shown)
    if more > 0:
        return ", ".join(shown) + f" and {more:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def printable(text: str) -> str:
    """Return a file name that can be shown: what is not UTF-8 in it becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\n", " ")


def share(strictness: float, is_short: bool = False) -> str:
    """Return the strictness in false alarms, e.g. 'about 3 of 100 good photos'."""
    words = f"about {100 * strictness:g} of 100"
    return words if is_short else f"{words} good photos"


def worse_than(percentile: float) -> str:
    """Return what a percentile means, e.g. 'worse than 97.2 of 100 good photos'."""
    if percentile >= 100:
        return "worse than every good photo it was compared with"
    shown = min(percentile, 99.9) if percentile >= 99 else percentile
    return f"worse than {shown:.1f} of 100 good photos"


def outcome_toast(outcome: Outcome) -> Toast:
    """Return what to say after a step."""
    done = [result for result in outcome.results if result.status == "done"]
    left = [result for result in outcome.results if result.status != "done"]
    if left:
        return Toast(_problem(done, left), is_problem=True, undoable=bool(done))
    if outcome.step.action == "undo":
        return _undone(done)
    if not done:
        return Toast("There is nothing to repeat." if outcome.step.action == "redo" else "")
    again = "Repeated. " if outcome.step.action == "redo" else ""
    decided: dict[Decision, list[str]] = {}
    for result in done:
        decided.setdefault(result.decision, []).append(result.path)
    text = " ".join(f"{_DONE[decision]} {names(paths)}." for decision, paths in decided.items())
    undo = "undoes this"
    if list(decided) == ["delete"]:
        undo = "brings it back" if len(done) == 1 else "brings them back"
    return Toast(f"{again}{text} {UNDO_KEY} {undo}.", undoable=True)


def _undone(done: Sequence[DecisionResult]) -> Toast:
    if not done:
        return Toast("There is nothing to undo.")
    return Toast(f"Undone: {names([r.path for r in done])}. {REDO_KEY} repeats it.")


def _problem(done: Sequence[DecisionResult], left: Sequence[DecisionResult]) -> str:
    first = printable(left[0].error or "")
    name = names([left[0].path])
    told = first if name in first else f"{name}: {first}"
    if len(left) == 1 and not done:
        return f"Nothing was changed. {told}"
    others = f" ({len(done):,} done)" if done else ""
    return f"{photos(len(left))} left as they are{others}. {told}"


def delete_prompt(rows: Sequence[PhotoRow], kept: str | None = None) -> Prompt:
    """Return the question before several photos go to the trash.

    Args:
        rows: the photos.
        kept: path of a photo that is kept in their stead, None for none.
    """
    total = size(sum(row.size_bytes for row in rows))
    stays = "" if kept is None else f"{names([kept])} is kept. "
    return Prompt(
        question=f"Move {photos(len(rows))} to the trash?",
        details=(
            f"{stays}{total} in all: {names([row.path for row in rows])}. They go to the system's "
            f"trash, which LQ Album never empties. {UNDO_KEY} brings all of them back in one step."
        ),
        confirm=f"Move {photos(len(rows))} to the trash",
    )


def hidden(number: int) -> str:
    """Return the note that the view leaves photos out, empty if it does not."""
    return f"{number:,} hidden – show all" if number else ""


def verdict(row: PhotoRow, strictness: float) -> Verdict:
    """Return the badge of a photo; a decision weighs more than what the detector thinks.

    Args:
        row: the photo.
        strictness: share of good photos that is flagged, 0-1.
    """
    if row.status in _STATUS_VERDICTS:
        return _STATUS_VERDICTS[row.status]
    if row.decision == "keep":
        return Verdict("kept", "Kept")
    if row.kind in _KIND_VERDICTS:
        return _KIND_VERDICTS[row.kind]
    judged = flag(row, strictness)
    if judged == "flagged":
        return Verdict("flagged", "Flagged")
    return Verdict("unsure", "Unsure") if judged == "unsure" else Verdict("none", "")


def is_pair(row: PhotoRow, strictness: float) -> bool:
    """Tell whether a photo is shown beside its reconstruction."""
    return flag(row, strictness) in ("flagged", "unsure")


def why(row: PhotoRow, strictness: float) -> str:
    """Return the words beside the badge: the reason, or the trouble with the file."""
    if row.status == "error":
        return printable(_ERRORS.get(row.error_code or "", row.error_code or ""))
    judged = flag(row, strictness)
    return row.reason or "" if judged in ("flagged", "unsure") else ""


def trouble(row: PhotoRow) -> str:
    """Return the sentence of an error without the folders, empty if there is none."""
    if row.status != "error" or not row.error_message:
        return ""
    name = os.path.basename(row.path)
    return printable(row.error_message.replace(row.path, name))


def describe(row: PhotoRow, strictness: float) -> str:
    """Return a photo in words, for a tooltip and for those who listen to the window."""
    lines = [printable(os.path.basename(row.path))]
    badge = verdict(row, strictness)
    told = [words for words in (badge.words, why(row, strictness)) if words]
    if told:
        lines.append(": ".join(told))
    if row.percentile is not None and badge.name in ("flagged", "unsure"):
        lines.append(worse_than(row.percentile).capitalize())
    if trouble(row):
        lines.append(trouble(row))
    return "\n".join(lines)


def trash_words(trash: TrashSummary) -> str:
    """Return what this library has put into the trash, empty for nothing."""
    if not trash.photos:
        return ""
    return f"{photos(trash.photos)}, {size(trash.bytes)} in the trash"


def summary_words(found: int, errors: int) -> str:
    """Return what the index has looked at; what it flagged is counted in the side bar."""
    words = f"{photos(found)} looked at"
    return f"{words}  ·  {errors:,} not readable" if errors else words


def nothing_to_decide(decision: Decision, rows: Sequence[PhotoRow]) -> Toast:
    """Return what to say when a decision has nothing to act on."""
    if not rows:
        return Toast("No photo is chosen.")
    if decision == "delete" and any(row.status in ("offline", "missing") for row in rows):
        return Toast(f"{names([rows[0].path])} is offline; connect its drive to delete it.")
    if decision == "delete" and all(row.status == "deleted" for row in rows):
        return Toast("Already in the trash; U or K brings it back.")
    return Toast("")


def calibration_words(count: int, strictness: float) -> str:
    """Return what the strictness rests on: the number of good photos and the interval.

    Args:
        count: number of good photos behind the percentiles.
        strictness: share of good photos that is flagged, 0-1.
    """
    if count <= 0:
        return ""
    # Wilson's interval of a share that was set on `count` photos, 95 %.
    z = 1.96
    middle = (strictness + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count)
    half *= (strictness * (1 - strictness) / count + z * z / (4 * count * count)) ** 0.5
    low, high = 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)
    return f"Measured on {count:,} good photos: {low:.1f} to {high:.1f} of 100 (95 % interval)."


def empty_words(name: FilterName, searching: bool) -> tuple[str, str]:
    """Return heading and words for a view without photos."""
    return _SEARCH_EMPTY if searching else _EMPTY[name]


_SEARCH_EMPTY = ("Nothing found", "No photo in this view has these words in its name or folder.")
_EMPTY: dict[FilterName, tuple[str, str]] = {
    "all": ("No photos here", "There are no pictures in this folder. Choose another one."),
    "flagged": (
        "Nothing left to review",
        "No undecided photo is flagged. A higher strictness shows the next doubtful ones.",
    ),
    "unsure": ("Nothing unsure", "No undecided photo lies close to the limit."),
    "undecided": ("All decided", "Every photo here has been kept or deleted."),
    "kept": ("Nothing kept yet", "Press K on a photo to keep it."),
    "deleted": ("Nothing deleted", "Press D on a photo to move it to the trash."),
    "screens": ("No screens or scans", "No screenshots, drawings or scanned pages were found."),
    "errors": ("No errors", "Every file could be read."),
    "offline": ("Nothing offline", "Every known photo is where it was."),
}


def offline_toast(folders: Sequence[str]) -> Toast:
    """Return what to say about folders whose drive is not there."""
    where = names(folders)
    verb = "are" if len(folders) > 1 else "is"
    return Toast(f"{where} {verb} not there; the photos, scores and decisions are kept.")
