"""The lines of the reason panel: evidence, scores, camera and file in words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from lqalbum.library.exif import ExifSummary
from lqalbum.library.records import Evidence, PhotoRow
from lqalbum.review.wording import printable, size

# What few good photos reach; marked in the panel.
UNUSUAL_ABOVE = 97.0
UNUSUAL_BELOW = 3.0
_WORDS = {
    "noise": "Noise",
    "sharpness": "Sharpness",
    "blockiness": "Compression blocks",
    "brightness": "Brightness",
    "clipped_white": "Burnt-out areas",
    "contrast": "Contrast",
    "blur": "Blur",
    "haze": "Black point",
    "vividness": "Vividness of colours",
    "tone": "Unusual light",
    "detail": "Unusual detail",
    "natural_scene": "Unusual texture",
    "network": "Unusual structure",
    "reconstruction": "Unlike its reconstruction",
}
# Little of these is never bad; the others are unusual in either direction.
_HARMLESS_WHEN_LOW = frozenset(
    {"noise", "blockiness", "clipped_white", "blur", "haze", "tone", "detail", "natural_scene"}
    | {"network", "reconstruction"}
)
_HARMLESS_WHEN_HIGH = frozenset({"sharpness", "contrast", "vividness"})


@dataclass(frozen=True)
class EvidenceLine:
    """One measurement as the panel shows it.

    Attributes:
        words: what was measured.
        standing: where it stands, e.g. 'above 98 %'.
        value: the measurement itself.
        percentile: share of good photos with a lower value, 0-100.
        is_unusual: whether few good photos are like this in the direction that is bad.
    """

    words: str
    standing: str
    value: str
    percentile: float
    is_unusual: bool


def evidence_lines(evidence: Mapping[str, Evidence]) -> list[EvidenceLine]:
    """Return the measurements, the most unusual first."""
    lines = [_line(name, found) for name, found in evidence.items()]
    return sorted(lines, key=lambda line: (not line.is_unusual, -abs(line.percentile - 50)))


def _line(name: str, found: Evidence) -> EvidenceLine:
    high = found.percentile > UNUSUAL_ABOVE and name not in _HARMLESS_WHEN_HIGH
    low = found.percentile < UNUSUAL_BELOW and name not in _HARMLESS_WHEN_LOW
    words = _WORDS.get(name, name.replace("_", " ").capitalize())
    shown = f"above {min(found.percentile, 99.9):.3g} %"
    if found.percentile < 50:
        shown = f"below {min(100 - found.percentile, 99.9):.3g} %"
    value = f"Value {found.value:.4g}"
    return EvidenceLine(words, shown, value, found.percentile, high or low)


def score_lines(row: PhotoRow) -> list[tuple[str, str]]:
    """Return the scores with their percentiles."""
    if row.score is None or row.percentile is None:
        return []
    low, high = row.percentile_low, row.percentile_high
    lines = [("Score", f"{row.score:.4g}"), ("Percentile", f"{row.percentile:.1f}")]
    if low is not None and high is not None and high > low:
        lines.append(("Range", f"{low:.1f} to {high:.1f} over samples"))
    if row.s_kl is not None and row.s_kl_percentile is not None:
        lines.append(("S_KL", f"{row.s_kl:.4f} nats per dimension"))
        lines.append(("", f"percentile {row.s_kl_percentile:.1f}; see the heat map"))
    if row.split_level is not None:
        lines.append(("Split level", f"k = {row.split_level}"))
    return lines


def camera_lines(exif: ExifSummary) -> list[tuple[str, str]]:
    """Return what the camera wrote; empty where it wrote nothing."""
    exposure = [
        _exposure(exif.exposure_s),
        f"f/{exif.f_number:g}" if exif.f_number else "",
        f"ISO {exif.iso}" if exif.iso else "",
        f"{exif.focal_length_mm:g} mm" if exif.focal_length_mm else "",
    ]
    lines = [
        ("Camera", exif.camera or ""),
        ("Lens", exif.lens or ""),
        ("Exposure", "  ".join(part for part in exposure if part)),
    ]
    return [(name, printable(value)) for name, value in lines if value]


def file_lines(row: PhotoRow) -> list[tuple[str, str]]:
    """Return where the file is, how large, and when it was taken."""
    lines = [("Folder", printable(os.path.dirname(row.path)))]
    if row.width and row.height:
        lines.append(("Pixels", f"{row.width} × {row.height}"))
    lines.append(("Size", size(row.size_bytes)))
    if row.taken:
        lines.append(("Taken", row.taken.replace("T", "  ")))
    return lines


def _exposure(seconds: float | None) -> str:
    if not seconds:
        return ""
    return f"{seconds:g} s" if seconds >= 0.4 else f"1/{round(1 / seconds)} s"
