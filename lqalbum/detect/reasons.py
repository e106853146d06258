"""Words for a person, from the evidence that is most extreme among good photos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_WORDS_AT_MOST = 2
# A word is used where fewer than this share (percent) of good photos are as extreme.
_RARE = 3.0
_UNUSUAL_FROM = 90.0


@dataclass(frozen=True)
class EvidenceValue:
    """One number with the share (0-100) of good photos that have a lower one."""

    value: float
    percentile: float


# Evidence name, +1: bad when high, -1: bad when low, words.
_WORDS: tuple[tuple[str, int, str], ...] = (
    ("noise", +1, "strong noise"),
    ("blur", +1, "blurred"),
    ("blockiness", +1, "heavy compression"),
    ("pixel_grid", +1, "visible blocks"),
    ("brightness", -1, "very dark"),
    ("clipped_white", +1, "overexposed"),
    ("brightness", +1, "very bright"),
    ("contrast", -1, "little contrast"),
    ("haze", +1, "washed out"),
    ("vividness", -1, "faded colours"),
    ("disorder", +1, "broken lines"),
    ("tone", +1, "unusual light"),
    ("detail", +1, "unusual detail"),
    ("natural_scene", +1, "unnatural texture"),
    ("network", +1, "unusual structure"),
    ("reconstruction", +1, "unlike its reconstruction"),
)


def reason(evidence: Mapping[str, EvidenceValue], percentile: float) -> str:
    """Up to two findings, most extreme first; '' for a photo that is not unusual.

    Args:
        evidence: By name.
        percentile: The score's, 0-100.
    """
    if percentile < _UNUSUAL_FROM:
        return ""
    found = []
    for order, (name, direction, word) in enumerate(_WORDS):
        if name not in evidence:
            continue
        share = evidence[name].percentile
        rarity = 100 - share if direction > 0 else share
        if rarity <= _RARE:
            # Equally rare ones keep the table's order: concrete words come first.
            found.append((rarity, order, word))
    words = [entry[2] for entry in sorted(found)]
    if "overexposed" in words and "very bright" in words:
        words.remove("very bright")
    return ", ".join(words[:_WORDS_AT_MOST]) or "unusual in several small ways"
