"""A strictness says what it means, or is refused."""

import pytest

from lqalbum.cli.options import parse_count, parse_minutes, parse_strictness
from lqalbum.errors import UsageError


@pytest.mark.parametrize(
    ("text", "share"),
    [("3%", 0.03), ("0.03", 0.03), (".5", 0.5), ("0.5%", 0.005), ("12.5 %", 0.125), ("99%", 0.99)],
)
def test_shares(text: str, share: float):
    assert parse_strictness(text) == pytest.approx(share)


@pytest.mark.parametrize(
    "text", ["3", "1", "0", "1.0", "0%", "100%", "0.0", "-3%", "3%%", "three", "", "nan", "1e-2"]
)
def test_what_could_mean_two_things_is_refused(text: str):
    with pytest.raises(UsageError):
        parse_strictness(text)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "", "x", "²"])
def test_counts_are_whole_and_positive(text: str):
    with pytest.raises(UsageError):
        parse_count(text)


def test_minutes():
    assert parse_minutes("0.5") == 0.5
    with pytest.raises(UsageError):
        parse_minutes("0")
