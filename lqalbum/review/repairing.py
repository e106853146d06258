"""What is wrong with a library's databases, and what bringing back their copies would do."""

from __future__ import annotations

from collections.abc import Sequence

from lqalbum.library.repair import Trouble, examine, repair_all
from lqalbum.review.language import mark, plural, tr
from lqalbum.review.sentences import told
from lqalbum.review.wording import Prompt, printable

__all__ = ["examine", "repair_all", "repair_prompt", "trouble_lines", "untouched_words"]

_AFTER_THE_COPY = {
    "index": mark("What was scored after that is scored again by the next scan."),
    "decisions": mark(
        "Decisions taken after that are not in it: a photo deleted since then is still in the "
        "system's trash, and the file manager brings it back."
    ),
}
_WITHOUT_A_COPY = {
    "cache": mark("Thumbnails and reconstructions are made again as they are needed."),
    "index": mark("There is no backup: it begins anew, and the next scan scores all photos again."),
    "decisions": mark(
        "There is no backup: it begins anew without decisions. Deleted photos are still in the "
        "system's trash, and the file manager brings them back."
    ),
}


def trouble_lines(trouble: Trouble) -> list[str]:
    """Return what is wrong with a database, what there is instead, and what that lacks."""
    kind, offer = trouble.schema.kind, trouble.offer
    lines = [told(trouble.why)]
    if trouble.is_newer:
        lines.append(
            tr("A newer version of LQ Album reads it: to update is better than to repair.")
        )
    if offer is not None:
        place = printable(str(offer.copy))
        if kind == "decisions":
            counted = plural("{count} decision", "{count} decisions", offer.count)
        else:
            counted = plural("{count} photo", "{count} photos", offer.count)
        lines.append(
            tr(
                "Its backup of {day} with {content} is sound: {place}",
                day=offer.day,
                content=counted,
                place=place,
            )
        )
    lines.append(tr(_AFTER_THE_COPY[kind] if offer is not None else _WITHOUT_A_COPY[kind]))
    return lines


def untouched_words() -> str:
    """Return what a repair leaves alone."""
    return tr("What cannot be used is kept beside it under another name; no photo is touched.")


def repair_prompt(troubles: Sequence[Trouble]) -> Prompt:
    """Return the question before a library is repaired."""
    parts = ["\n".join(trouble_lines(trouble)) for trouble in troubles]
    return Prompt(
        question=tr("The library cannot be used as it is. Repair it?"),
        details="\n\n".join((*parts, untouched_words())),
        confirm=tr("Repair the library"),
        refuse=tr("Leave it as it is"),
    )
