"""The sentences of the window: what was done, what is about to be done, what a number means."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from lqalbum.library.flags import flag
from lqalbum.library.records import (
    NOT_JUDGED_CODES,
    Decision,
    DecisionResult,
    DeletePreview,
    PhotoRow,
    TrashSummary,
)
from lqalbum.review.deciding import Outcome
from lqalbum.review.filters import FilterName
from lqalbum.review.keys import key
from lqalbum.review.language import isolated, mark, number, plural, short_number, tr
from lqalbum.review.sentences import photo_trouble, told

NAMES_SHOWN = 3
_DONE: dict[Decision, str] = {
    "keep": mark("Kept {names}."),
    "delete": mark("Moved to the trash: {names}."),
    "undecided": mark("Undecided again: {names}."),
}
# The same where it took photos out of the trash.
_CAME_BACK: dict[Decision, str] = {
    "keep": mark("Kept and brought back from the trash: {names}."),
    "undecided": mark("Brought back from the trash: {names}."),
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
    None: Verdict("waiting", mark("Not scored yet")),
    "deleted": Verdict("deleted", mark("In the trash")),
    "error": Verdict("error", mark("Not readable")),
    "offline": Verdict("quiet", mark("Offline")),
    "missing": Verdict("quiet", mark("Not in its folder")),
}
_KIND_VERDICTS: dict[str | None, Verdict] = {
    "screen": Verdict("quiet", mark("Screen")),
    "scan": Verdict("quiet", mark("Scan")),
}
_ERRORS = {
    "truncated": mark("damaged or cut short"),
    "not-an-image": mark("no picture"),
    "too-large": mark("too large to decode safely"),
    "too-small": mark("too small to judge"),
    "unreadable": mark("cannot be opened"),
    "vanished": mark("no longer there"),
    "timeout": mark("takes too long to decode"),
    "crashed": mark("makes its decoder crash"),
    "not-scored": mark("got no finite score"),
    "empty": mark("an empty file"),
    "not-regular": mark("no ordinary file"),
    "no-raw-reader": mark("a raw picture, which the extra [raw] reads"),
    "no-face": mark("no face from the front"),
    "below-model": mark("too small for this model"),
}


# The detector's findings, as it writes them: what is stored stays English.
_FINDINGS = (
    mark("strong noise"),
    mark("blurred"),
    mark("heavy compression"),
    mark("visible blocks"),
    mark("very dark"),
    mark("overexposed"),
    mark("very bright"),
    mark("little contrast"),
    mark("washed out"),
    mark("faded colours"),
    mark("broken lines"),
    mark("unusual light"),
    mark("unusual detail"),
    mark("unnatural texture"),
    mark("unusual structure"),
    mark("unlike its reconstruction"),
    mark("unusual in several small ways"),
)


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
    refuse: str


def photos(count: int) -> str:
    """Return '1 photo' or '12 photos', with thousands set apart."""
    return plural("{count} photo", "{count} photos", count)


def chosen_words(count: int) -> str:
    """Return on how many photos a key acts."""
    return plural("{count} photo chosen", "{count} photos chosen", count)


def size(size_bytes: int) -> str:
    """Return a size a person can read, in decimal units as file managers use them."""
    amount, unit = float(size_bytes), tr("bytes")
    for larger in ("kB", "MB", "GB", "TB"):
        if amount < 999.5:
            break
        amount, unit = amount / 1000, larger
    digits = 0 if size_bytes < 999.5 or amount >= 10 else 1
    return f"{number(amount, digits)} {unit}"


def names(
    paths: Sequence[str],
    shown_at_most: int | None = NAMES_SHOWN,
    among: Sequence[str] = (),
) -> str:
    """Return the file names, the first few of many; all of them where there is no limit.

    Args:
        paths: the files.
        shown_at_most: how many are named, None for all.
        among: other files of the same sentence, from which these have to be told.
    """
    distinct = distinct_names([*paths[:shown_at_most], *among])
    shown = [isolated(printable(name)) for name in distinct[: len(paths[:shown_at_most])]]
    more = len(paths) - len(shown)
    if more > 0:
        return tr("{names} and {count} more", names=", ".join(shown), count=number(more))
    if len(shown) < 2:
        return "".join(shown)
    return tr("{names} and {name}", names=", ".join(shown[:-1]), name=shown[-1])


def distinct_names(paths: Sequence[str]) -> list[str]:
    """Return the file names; those that several files have, with the folders that differ."""
    files: dict[str, set[str]] = {}
    for path in paths:
        files.setdefault(os.path.basename(path), set()).add(path)
    return [_distinct_name(path, files[os.path.basename(path)]) for path in paths]


def _distinct_name(path: str, namesakes: Collection[str]) -> str:
    if len(namesakes) == 1:
        return os.path.basename(path)
    folders = {os.path.dirname(other) for other in namesakes}
    try:
        shared = os.path.commonpath(folders)
    except ValueError:  # on several drives
        return path
    # A file right in the shared folder needs that folder's name.
    return os.path.relpath(path, os.path.dirname(shared) if shared in folders else shared)


def printable(text: str) -> str:
    """Return a file name that can be shown: what is not UTF-8 in it becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\n", " ")


def share(strictness: float, is_short: bool = False) -> str:
    """Return the strictness in false alarms, e.g. 'about 3 of 100 good photos'."""
    good = short_number(100 * strictness)
    if is_short:
        return tr("about {share} of 100", share=good)
    return tr("about {share} of 100 good photos", share=good)


def worse_than(percentile: float) -> str:
    """Return what a percentile means, e.g. 'worse than 97.2 of 100 good photos'."""
    if percentile >= 100:
        return tr("worse than every good photo it was compared with")
    shown = min(percentile, 99.9) if percentile >= 99 else percentile
    return tr("worse than {share} of 100 good photos", share=number(shown, 1))


def outcome_toast(outcome: Outcome, returned: Collection[str] = ()) -> Toast:
    """Return what to say after a step.

    Args:
        outcome: of the step.
        returned: paths of the photos that came back from the trash by it.
    """
    done = [result for result in outcome.results if result.status == "done"]
    left = [result for result in outcome.results if result.status != "done"]
    if left:
        return Toast(_problem(done, left), is_problem=True, undoable=bool(done))
    if outcome.step.action == "undo":
        return _undone(done, returned)
    if not done:
        return Toast(tr("There is nothing to repeat.") if outcome.step.action == "redo" else "")
    said = [tr("Repeated.")] if outcome.step.action == "redo" else []
    said += _done_words(done, returned)
    if {result.decision for result in done} == {"delete"}:
        said.append(
            plural("{key} brings it back.", "{key} brings them back.", len(done), key=key("undo"))
        )
    else:
        said.append(tr("{key} undoes this.", key=key("undo")))
    return Toast(" ".join(said), undoable=True)


def _done_words(
    done: Sequence[DecisionResult], returned: Collection[str], is_undo: bool = False
) -> list[str]:
    """Return a sentence for each thing that was done, naming its photos."""
    everything = [result.path for result in done]
    sentences: dict[str, list[DecisionResult]] = {}
    for result in done:
        words = _DONE[result.decision]
        if result.path in returned:
            words = _CAME_BACK.get(result.decision, words)
        elif is_undo and result.trash_path is not None:
            words = mark("Moved to the trash again: {names}.")
        sentences.setdefault(words, []).append(result)
    return [tr(words, names=_moved(some, everything)) for words, some in sentences.items()]


def _moved(done: Sequence[DecisionResult], among: Sequence[str] = ()) -> str:
    """Name photos; of a single one also what went along with it, all of it."""
    if len(done) == 1:
        return names([done[0].path, *done[0].companions], shown_at_most=None, among=among)
    return names([result.path for result in done], among=among)


def _undone(done: Sequence[DecisionResult], returned: Collection[str]) -> Toast:
    if not done:
        return Toast(tr("There is nothing to undo."))
    if not any(result.path in returned or result.trash_path is not None for result in done):
        undone = _moved(done)
        return Toast(tr("Undone: {names}. {key} repeats it.", names=undone, key=key("redo")))
    said = [tr("Undone."), *_done_words(done, returned, is_undo=True)]
    return Toast(" ".join([*said, tr("{key} repeats the step.", key=key("redo"))]))


def _problem(done: Sequence[DecisionResult], left: Sequence[DecisionResult]) -> str:
    first = printable(told(left[0].error or ""))
    name = printable(os.path.basename(left[0].path))
    named = first if name in first else f"{isolated(name)}: {first}"
    if len(left) == 1 and not done:
        return tr("Nothing was changed. {told}", told=named)
    words = plural("{count} photo left as it is.", "{count} photos left as they are.", len(left))
    if done:
        words = plural(
            "{count} photo left as it is ({done} done).",
            "{count} photos left as they are ({done} done).",
            len(left),
            done=number(len(done)),
        )
    return f"{words} {named}"


def delete_prompt(
    rows: Sequence[PhotoRow], kept: str | None = None, preview: DeletePreview | None = None
) -> Prompt:
    """Return the question before several photos go to the trash.

    Args:
        rows: the photos.
        kept: path of a photo that is kept in their stead, None for none.
        preview: what a look at the disk found, None without one.
    """
    total = size(sum(row.size_bytes for row in rows) if preview is None else preview.bytes)
    paths = [row.path for row in rows]
    stays = ""
    if kept is not None:
        stays = tr("{photo} is kept.", photo=names([kept], among=paths)) + " "
    return Prompt(
        question=plural(
            "Move {count} photo to the trash?", "Move {count} photos to the trash?", len(rows)
        ),
        details=stays
        + tr(
            "{size} in all: {names}. They go to the system's trash, which LQ Album never empties. "
            "{key} brings all of them back in one step.",
            size=total,
            names=names(paths, among=[] if kept is None else [kept]),
            key=key("undo"),
        )
        + _company(preview),
        confirm=plural(
            "Move {count} photo to the trash", "Move {count} photos to the trash", len(rows)
        ),
        refuse=tr("Leave them where they are"),
    )


def _company(preview: DeletePreview | None) -> str:
    """Name what goes along with photos, and the folders of the trash."""
    if preview is None:
        return ""
    if not preview.trash_folders:
        return "\n\n" + tr("There is no trash for this folder, so nothing would be moved.")
    said = ""
    if preview.companions:
        said += "\n\n" + plural(
            "{count} file that belongs to them goes along: {names}.",
            "{count} files that belong to them go along: {names}.",
            len(preview.companions),
            names=names(preview.companions),
        )
    where = ", ".join(map(printable, preview.trash_folders))
    return said + "\n\n" + tr("Trash: {folders}", folders=where)


def hidden(count: int) -> str:
    """Return the note that the view leaves photos out, empty if it does not."""
    return tr("{count} hidden – show all", count=number(count)) if count else ""


def verdict(row: PhotoRow, strictness: float) -> Verdict:
    """Return the badge of a photo; a decision weighs more than what the detector thinks.

    Args:
        row: the photo.
        strictness: share of good photos that is flagged, 0-1.
    """
    if row.status == "error" and row.error_code in NOT_JUDGED_CODES:
        return Verdict("error", tr("Not judged"))
    if row.status in _STATUS_VERDICTS:
        return _spoken(_STATUS_VERDICTS[row.status])
    if row.decision == "keep":
        return Verdict("kept", tr("Kept"))
    if row.kind in _KIND_VERDICTS:
        return _spoken(_KIND_VERDICTS[row.kind])
    judged = flag(row, strictness)
    if judged == "flagged":
        return Verdict("flagged", tr("Flagged"))
    return Verdict("unsure", tr("Unsure")) if judged == "unsure" else Verdict("none", "")


def _spoken(known: Verdict) -> Verdict:
    return Verdict(known.name, tr(known.words))


def reason_words(reason: str | None) -> str:
    """Return the detector's reason, which is a list of its findings, in the language in use."""
    return ", ".join(tr(finding) for finding in (reason or "").split(", ") if finding)


def is_pair(row: PhotoRow, strictness: float) -> bool:
    """Tell whether a photo is shown beside its reconstruction."""
    return flag(row, strictness) in ("flagged", "unsure")


def why(row: PhotoRow, strictness: float) -> str:
    """Return the words beside the badge: the reason, or the trouble with the file."""
    if row.status == "error":
        return tr(_ERRORS.get(row.error_code or "", row.error_code or ""))
    judged = flag(row, strictness)
    return reason_words(row.reason) if judged in ("flagged", "unsure") else ""


def trouble(row: PhotoRow) -> str:
    """Return the sentence of an error without the folders, empty if there is none."""
    if row.status != "error" or not row.error_message:
        return ""
    name = printable(os.path.basename(row.path))
    message = printable(row.error_message).replace(printable(row.path), name)
    return told(photo_trouble(row.error_code or "", message, name))


def describe(row: PhotoRow, strictness: float) -> str:
    """Return a photo in words, for a tooltip and for those who listen to the window."""
    lines = [isolated(printable(os.path.basename(row.path)))]
    badge = verdict(row, strictness)
    told = [words for words in (badge.words, why(row, strictness)) if words]
    if told:
        lines.append(": ".join(told))
    if row.percentile is not None and badge.name in ("flagged", "unsure"):
        words = worse_than(row.percentile)
        lines.append(words[:1].upper() + words[1:])
    if trouble(row):
        lines.append(trouble(row))
    return "\n".join(lines)


def trash_words(trash: TrashSummary) -> str:
    """Return what this library has put into the trash, empty for nothing."""
    if not trash.photos:
        return ""
    return plural(
        "{count} photo, {size} in the trash",
        "{count} photos, {size} in the trash",
        trash.photos,
        size=size(trash.bytes),
    )


def summary_words(found: int, errors: int) -> str:
    """Return what the last look at the folders found; what is there now the side bar counts."""
    words = plural("Last look: {count} photo", "Last look: {count} photos", found)
    if errors:
        words += "  ·  " + tr("{errors} not readable", errors=number(errors))
    return words


_ALREADY: dict[Decision, str] = {
    "keep": mark("Kept already: {photos}."),
    "undecided": mark("Undecided already: {photos}."),
}


def nothing_to_decide(decision: Decision, rows: Sequence[PhotoRow]) -> Toast:
    """Return what to say when a decision has nothing to act on."""
    if not rows:
        return Toast(tr("No photo is chosen."))
    if decision == "delete" and any(row.status in ("offline", "missing") for row in rows):
        return Toast(
            tr(
                "{photo} is offline; connect its drive to delete it.",
                photo=names([rows[0].path]),
            )
        )
    if decision == "delete" and all(row.status == "deleted" for row in rows):
        return Toast(
            tr(
                "Already in the trash; {undecided} or {keep} brings it back.",
                undecided=key("undecided"),
                keep=key("keep"),
            )
        )
    if decision in _ALREADY and all(row.decision == decision for row in rows):
        return Toast(tr(_ALREADY[decision], photos=names([row.path for row in rows])))
    return Toast("")


def calibration_words(count: int, strictness: float) -> str:
    """Return what the strictness rests on: the number of good photos and the interval.

    Args:
        count: number of good photos behind the percentiles.
        strictness: share of good photos that is flagged, 0-1.
    """
    if count <= 0:
        return ""
    low, high = _interval(count, strictness)
    return tr(
        "Measured on {count} good photos: {low} to {high} of 100 (95 % interval).",
        count=number(count),
        low=number(100 * low, 1),
        high=number(100 * high, 1),
    )


def expected_words(count: int, strictness: float) -> str:
    """Return how exactly the strictness would hold after a calibration on so many good photos.

    Args:
        count: number of good photos, at least one.
        strictness: share of good photos that is flagged, 0-1.
    """
    low, high = _interval(count, strictness)
    return tr(
        "Calibrated on them, the strictness in use would flag {low} to {high} of 100 good photos "
        "(95 % interval).",
        low=number(100 * low, 1),
        high=number(100 * high, 1),
    )


def calibration_note(count: int, strictness: float, is_short: bool = False) -> str:
    """Return the same in the few words there is room for beside a slider.

    Args:
        count: number of good photos behind the percentiles.
        strictness: share of good photos that is flagged, 0-1.
        is_short: leave out what the line above says.
    """
    if count <= 0:
        return ""
    low, high = (number(100 * end, 1) for end in _interval(count, strictness))
    if is_short:
        return tr("{low}–{high}, n = {count}", low=low, high=high, count=number(count))
    return tr("95 %: {low} to {high}, n = {count}", low=low, high=high, count=number(count))


def _interval(count: int, strictness: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share that was set on so many photos, 0-1."""
    z = 1.96
    middle = (strictness + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count)
    half *= (strictness * (1 - strictness) / count + z * z / (4 * count * count)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def empty_words(name: FilterName, searching: bool, trashed: int = 0) -> tuple[str, str]:
    """Return heading and words for a view without photos.

    Args:
        name: the group shown.
        searching: whether only photos with some words are shown.
        trashed: how many photos of the chosen folder lie in the trash.
    """
    heading, words = _SEARCH_EMPTY if searching else _EMPTY[name]
    if name == "all" and trashed and not searching:
        return tr("Every photo here is in the trash"), plural(
            "{count} photo was moved there. {undo} takes the last step back, and the history "
            "({history}) brings back what you choose.",
            "{count} photos were moved there. {undo} takes the last step back, and the history "
            "({history}) brings back what you choose.",
            trashed,
            undo=key("undo"),
            history=key("history"),
        )
    return tr(heading), tr(words, keep=key("keep"), delete=key("delete"))


_SEARCH_EMPTY = (
    mark("Nothing found"),
    mark("No photo in this view has these words in its name or folder."),
)
_EMPTY: dict[FilterName, tuple[str, str]] = {
    "all": (
        mark("No photos here"),
        mark("There are no pictures in this folder. Choose another one."),
    ),
    "flagged": (
        mark("Nothing left to review"),
        mark("No undecided photo is flagged. A higher strictness shows the next doubtful ones."),
    ),
    "unsure": (mark("Nothing unsure"), mark("No undecided photo lies close to the limit.")),
    "undecided": (mark("All decided"), mark("Every photo here has been kept or deleted.")),
    "kept": (mark("Nothing kept yet"), mark("Press {keep} on a photo to keep it.")),
    "deleted": (
        mark("Nothing deleted"),
        mark("Press {delete} on a photo to move it to the trash."),
    ),
    "screens": (
        mark("No screens or scans"),
        mark("No screenshots, drawings or scanned pages were found."),
    ),
    "errors": (mark("No errors"), mark("Every file could be read.")),
    "offline": (mark("Nothing offline"), mark("Every known photo is where it was.")),
}


def offline_toast(folders: Sequence[str]) -> Toast:
    """Return what to say about folders whose drive is not there."""
    words = plural(
        "{folders} is not there; the photos, scores and decisions are kept.",
        "{folders} are not there; the photos, scores and decisions are kept.",
        len(folders),
        folders=names(folders),
    )
    return Toast(words)
