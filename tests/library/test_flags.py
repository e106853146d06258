"""Flags follow the percentiles, the kind and the strictness, and nothing else."""

from __future__ import annotations

import pytest

from lqalbum.library.flags import flag_threshold, flag_values


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (97.0, 97.0, "good"),  # on the threshold is not above it
        (97.1, 97.1, "flagged"),
        (96.9, 97.1, "unsure"),
        (97.0, 97.1, "unsure"),
        (98.0, 99.9, "flagged"),
        (10.0, 20.0, "good"),
    ],
)
def test_flag_at_three_percent(low: float, high: float, expected: str) -> None:
    assert flag_values("photo", "scored", low, high, 0.03) == expected


@pytest.mark.parametrize("kind", ["screen", "scan", None])
def test_only_photos_are_flagged(kind: str | None) -> None:
    assert flag_values(kind, "scored", 100.0, 100.0, 0.03) == "none"


@pytest.mark.parametrize("status", ["error", "offline", "missing", "deleted", None])
def test_only_scored_photos_are_flagged(status: str | None) -> None:
    assert flag_values("photo", status, 100.0, 100.0, 0.03) == "none"  # type: ignore[arg-type]


def test_strictness_zero_flags_nothing_and_one_flags_all() -> None:
    assert flag_values("photo", "scored", 100.0, 100.0, 0.0) == "good"
    assert flag_values("photo", "scored", 0.1, 0.1, 1.0) == "flagged"


@pytest.mark.parametrize("strictness", [-0.1, 1.5, 3.0])
def test_strictness_outside_its_range_is_refused(strictness: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        flag_threshold(strictness)
