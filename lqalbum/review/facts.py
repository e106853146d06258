"""The lines of the reason panel: evidence, scores, camera and file in words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from lqalbum.library.exif import ExifSummary
from lqalbum.library.records import Evidence, PhotoRow
from lqalbum.review.language import mark, number, short_number, tr
from lqalbum.review.wording import printable, size

# What few good photos reach; marked in the panel.
UNUSUAL_ABOVE = 97.0
UNUSUAL_BELOW = 3.0
_WORDS = {
    "noise": mark("Noise"),
    "sharpness": mark("Sharpness"),
    "blockiness": mark("Compression blocks"),
    "brightness": mark("Brightness"),
    "clipped_white": mark("Burnt-out areas"),
    "contrast": mark("Contrast"),
    "blur": mark("Blur"),
    "haze": mark("Black point"),
    "vividness": mark("Vividness of colours"),
    "pixel_grid": mark("Visible blocks"),
    "disorder": mark("Broken lines"),
    "tone": mark("Unusual light"),
    "detail": mark("Unusual detail"),
    "natural_scene": mark("Unusual texture"),
    "network": mark("Unusual structure"),
    "reconstruction": mark("Unlike its reconstruction"),
}
# Little of these is never bad; the others are unusual in either direction.
_HARMLESS_WHEN_LOW = frozenset(
    {"noise", "blockiness", "clipped_white", "blur", "haze", "tone", "detail", "natural_scene"}
    | {"network", "reconstruction", "pixel_grid", "disorder"}
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
    words = tr(_WORDS.get(name, name.replace("_", " ").capitalize()))
    high_share = short_number(min(found.percentile, 99.9), 3)
    shown = tr("above {share} %", share=high_share)
    if found.percentile < 50:
        low_share = short_number(min(100 - found.percentile, 99.9), 3)
        shown = tr("below {share} %", share=low_share)
    value = tr("Value {value}", value=short_number(found.value, 4))
    return EvidenceLine(words, shown, value, found.percentile, high or low)


def score_lines(row: PhotoRow) -> list[tuple[str, str]]:
    """Return the scores with their percentiles."""
    if row.score is None or row.percentile is None:
        return []
    low, high = row.percentile_low, row.percentile_high
    lines = [
        (tr("Score"), short_number(row.score, 4)),
        (tr("Percentile"), number(row.percentile, 1)),
    ]
    if low is not None and high is not None and high > low:
        lines.append(
            (
                tr("Range"),
                tr("{low} to {high} over samples", low=number(low, 1), high=number(high, 1)),
            )
        )
    if row.s_kl is not None and row.s_kl_percentile is not None:
        lines.append(("S_KL", tr("{s_kl} nats per dimension", s_kl=number(row.s_kl, 4))))
        lines.append(
            ("", tr("percentile {share}; see the heat map", share=number(row.s_kl_percentile, 1)))
        )
    if row.split_level is not None:
        lines.append((tr("Split level"), f"k = {row.split_level}"))
    return lines


def camera_lines(exif: ExifSummary) -> list[tuple[str, str]]:
    """Return what the camera wrote; empty where it wrote nothing."""
    exposure = [
        _exposure(exif.exposure_s),
        f"f/{short_number(exif.f_number)}" if exif.f_number else "",
        f"ISO {exif.iso}" if exif.iso else "",
        f"{short_number(exif.focal_length_mm)} mm" if exif.focal_length_mm else "",
    ]
    lines = [
        (tr("Camera"), exif.camera or ""),
        (tr("Lens"), exif.lens or ""),
        (tr("Exposure"), "  ".join(part for part in exposure if part)),
    ]
    return [(name, printable(value)) for name, value in lines if value]


def file_lines(row: PhotoRow) -> list[tuple[str, str]]:
    """Return where the file is, how large, and when it was taken."""
    lines = [(tr("Folder"), printable(os.path.dirname(row.path)))]
    if row.width and row.height:
        lines.append((tr("Pixels"), f"{row.width} × {row.height}"))
    lines.append((tr("Size"), size(row.size_bytes)))
    if row.taken:
        lines.append((tr("Taken"), row.taken.replace("T", "  ")))
    return lines


def _exposure(seconds: float | None) -> str:
    if not seconds:
        return ""
    return f"{short_number(seconds)} s" if seconds >= 0.4 else f"1/{round(1 / seconds)} s"
