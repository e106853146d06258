import pytest

from lqalbum.review.filters import BIT, FILTERS, groups_of
from tests.review.rows import photo


def names(row, strictness=0.03):
    groups = groups_of(row, strictness)
    return {name for name in FILTERS if groups & BIT[name]}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (photo(1, 50.0), {"all", "undecided"}),
        (photo(1, 99.0), {"all", "undecided", "flagged"}),
        (photo(1, 97.5, percentile_low=96.0), {"all", "undecided", "unsure"}),
        (photo(1, None), {"all", "undecided"}),
        (photo(1, 99.0, decision="keep"), {"all", "kept"}),
        (photo(1, 99.0, kind="screen"), {"all", "undecided", "screens"}),
        (photo(1, 99.0, kind="scan"), {"all", "undecided", "screens"}),
        (photo(1, 99.0, status="deleted", decision="delete"), {"deleted"}),
        (photo(1, 99.0, status="missing"), {"offline"}),
        (photo(1, 50.0, status="offline"), {"all", "undecided", "offline"}),
        (photo(1, None, status="error", error_code="truncated"), {"all", "errors"}),
    ],
)
def test_groups(row, expected):
    assert names(row) == expected


def test_strictness_moves_the_threshold():
    row = photo(1, 95.0)
    assert "flagged" not in names(row, 0.03)
    assert "flagged" in names(row, 0.08)
