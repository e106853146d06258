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
# What a finding is called that is ordinary by itself, but not in such a picture.
_FINDINGS: Mapping[str, str] = {
    "blur": "blurred",
    "blocks": "heavy compression",
    "pixel_grid": "visible blocks",
    "haze": "washed out",
    "dullness": "faded colours",
    "disorder": "broken lines",
    "tone": "unusual light",
    "detail": "unusual detail",
    "natural_scene": "unnatural texture",
    "network": "unusual structure",
    "reconstruction": "unlike its reconstruction",
}


def reason(
    evidence: Mapping[str, EvidenceValue], excess: Mapping[str, float], percentile: float
) -> str:
    """Up to two findings, most extreme first; '' for a photo that is not unusual.

    Args:
        evidence: By name.
        excess: Of each finding the share (0-100) of good photos that exceed what the others let
            expect by less. It speaks where no evidence is rare by itself.
        percentile: The score's, 0-100.
    """
    if percentile < _UNUSUAL_FROM:
        return ""
    words = _rare_evidence(evidence) or _rare_excess(excess)
    return ", ".join(words[:_WORDS_AT_MOST]) or "unusual in several small ways"


def _rare_evidence(evidence: Mapping[str, EvidenceValue]) -> list[str]:
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
    return words


def _rare_excess(excess: Mapping[str, float]) -> list[str]:
    rarities = {word: 100 - excess.get(name, 0.0) for name, word in _FINDINGS.items()}
    return sorted(
        (w for w, rarity in rarities.items() if rarity <= _RARE), key=rarities.__getitem__
    )
