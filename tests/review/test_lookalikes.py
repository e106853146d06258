"""Copies, bursts and look-alikes: which photos belong together, which is best, and at what cost."""

import random
from dataclasses import replace

import numpy as np
import pytest

from lqalbum.library.records import PhotoRow
from lqalbum.review.lookalike_words import keep_words, photo_words, set_meaning, set_title
from lqalbum.review.lookalikes import ALIKE_BITS, Lookalikes, find_lookalikes, rest_of
from tests.review.rows import photo

WORD = 0x0123_4567_89AB_CDEF
OTHER = 0xF0F0_1234_AAAA_5555


def flipped(number: int, bits: int, seed: int = 0) -> int:
    """The number with so many bits changed."""
    for place in random.Random(seed).sample(range(64), bits):
        number ^= 1 << place
    return number


def found(rows: list[PhotoRow], numbers: list[int]) -> list[tuple[str, list[int]]]:
    """Kind and photo ids of what is found; photos have hashes in turn."""
    hashes = {row.sha256: number for row, number in zip(rows, numbers, strict=True) if row.sha256}
    return [(one.kind, [row.photo_id for row in one.rows]) for one in find_lookalikes(rows, hashes)]


def test_copies_are_those_with_the_same_bytes():
    rows = [photo(1), photo(2), photo(3, sha256="a"), photo(4, sha256="a"), photo(5, sha256="a")]
    assert found(rows, [1, WORD, OTHER, OTHER, OTHER]) == [("copies", [3, 4, 5])]
    assert found([photo(1, sha256=None), photo(2, sha256=None)], [0, 0]) == []


def test_a_copy_of_a_photo_of_a_burst_is_told_once_in_the_burst():
    rows = [
        photo(1, taken="2026-05-04T12:00:00", sha256="a"),
        photo(2, taken="2026-05-04T12:00:00", sha256="a", path="/album/copies/img1 (copy).jpg"),
        photo(3, taken="2026-05-04T12:00:02"),
    ]
    assert found(rows, [WORD, WORD, flipped(WORD, 9)]) == [
        ("copies", [1, 2]), ("burst", [1, 3]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bits", "later", "kinds"),
    [
        (0, "12:00:05", ["burst"]),
        (16, "12:00:10", ["burst"]),
        (17, "12:00:01", []),
        (5, "12:00:11", []),
        (ALIKE_BITS, "19:30:00", ["alike"]),
        (ALIKE_BITS + 1, "19:30:00", []),
        (0, "12:00:05+02:00", ["burst"]),
        (0, "not a time", ["alike"]),
    ],
)
def test_what_belongs_together(bits: int, later: str, kinds: list[str]):
    rows = [photo(1, taken="2026-05-04T12:00:00"), photo(2, taken=f"2026-05-04T{later}")]
    assert [kind for kind, _ in found(rows, [WORD, flipped(WORD, bits)])] == kinds


def test_a_burst_goes_on_as_long_as_each_shot_follows_soon():
    rows = [photo(n, taken=f"2026-05-04T12:00:{8 * n:02d}") for n in range(1, 7)]
    assert found(rows, [WORD] * 6) == [("burst", [1, 2, 3, 4, 5, 6])]


def test_a_burst_is_not_said_of_what_only_looks_like_it():
    """Two shots, one of them edited and saved years ago, and one without a date."""
    rows = [
        photo(1, taken="2026-05-04T12:00:00"),
        photo(2, taken="2026-05-04T12:00:02"),
        photo(3, taken="2024-01-01T09:00:00"),
        photo(4),
    ]
    numbers = [WORD, flipped(WORD, 9), WORD, WORD]
    assert found(rows, numbers) == [("versions", [1, 2, 3, 4])]
    (one,) = find_lookalikes(
        rows, {row.sha256 or "": n for row, n in zip(rows, numbers, strict=True)}
    )
    assert set_title(one).startswith("Burst and versions")
    assert "versions of one of these" in set_meaning(one)


def test_two_bursts_of_one_picture_are_versions_too():
    times = [
        "2026-05-04T12:00:00",
        "2026-05-04T12:00:02",
        "2026-05-05T12:00:00",
        "2026-05-05T12:00:02",
    ]
    rows = [photo(n, taken=when) for n, when in enumerate(times, 1)]
    assert found(rows, [WORD] * 4) == [("versions", [1, 2, 3, 4])]


def test_copies_of_one_name_show_the_folder_that_differs():
    paths = ["/album/2024/trip/a.jpg", "/album/2026/a.jpg", "/album/2026/b.jpg"]
    rows = tuple(photo(n, path=path) for n, path in enumerate(paths))
    one = Lookalikes("copies", rows)
    lines = [photo_words(one, row).split("\n") for row in rows]
    assert lines[0][:2] == ["Best: a.jpg", "in 2024/trip"]
    assert lines[1][:2] == ["a.jpg", "in 2026"]
    assert not lines[2][1].startswith("in ")
    assert keep_words(rows[0], rows[1:2]) == (
        "Keep 2024/trip/a.jpg, move the other one to the trash"
    )
    assert keep_words(rows[2], rows[:1]) == "Keep b.jpg, move the other one to the trash"


def test_the_best_is_the_kept_one_then_the_largest_then_the_best_score():
    when = {"taken": "2026-05-04T12:00:00"}
    rows = [
        photo(1, 90.0, **when),
        photo(2, 20.0, **when),
        photo(3, 10.0, width=200, **when),
        photo(4, None, **when),
    ]
    assert found(rows, [WORD] * 4) == [("burst", [2, 1, 4, 3])]
    rows[0] = replace(rows[0], decision="keep")
    assert found(rows, [WORD] * 4) == [("burst", [1, 2, 4, 3])]


def test_of_copies_the_kept_one_then_the_shortest_name_is_best():
    rows = [
        photo(1, sha256="a", path="/album/IMG_1 (1).jpg"),
        photo(2, sha256="a", path="/album/IMG_1.jpg", mtime_ns=9),
        photo(3, sha256="a", path="/album/old/IMG_1.jpg", mtime_ns=3),
    ]
    assert found(rows, [WORD] * 3) == [("copies", [3, 2, 1])]
    rows[0] = replace(rows[0], decision="keep")
    assert found(rows, [WORD] * 3)[0][1][0] == 1


def test_what_is_not_there_or_all_kept_is_left_out():
    gone = ["deleted", "missing", "offline", "error"]
    rows = [photo(n, sha256="a", status=status) for n, status in enumerate(gone, 1)]
    assert found([*rows, photo(9, sha256="a")], [WORD] * 5) == []
    kept = [photo(n, sha256="a", decision="keep") for n in (1, 2)]
    assert found(kept, [WORD] * 2) == []


def test_the_rest_never_holds_a_kept_photo():
    rows = (photo(1), photo(2, decision="keep"), photo(3))
    one = Lookalikes("alike", rows)
    assert [row.photo_id for row in rest_of(one, rows[0])] == [3]
    assert [row.photo_id for row in rest_of(one, rows[1])] == [1, 3]


def test_it_finds_what_comparing_each_with_each_finds():
    """3,000 photos in families, by a second way: all pairs, and a walk through them."""
    choice = random.Random(3)
    numbers = [choice.getrandbits(64) for _ in range(1000)]
    numbers += [flipped(choice.choice(numbers), choice.randint(0, 6), n) for n in range(2000)]
    rows = [photo(n + 1) for n in range(len(numbers))]
    values = np.array(numbers, np.uint64)
    near = np.bitwise_count(values[:, None] ^ values[None]) <= ALIKE_BITS
    seen: set[int] = set()
    expected = []
    for start in range(len(rows)):
        if start in seen:
            continue
        family, waiting = set[int](), {start}
        while waiting:
            place = waiting.pop()
            family.add(place)
            waiting |= set(np.flatnonzero(near[place]).tolist()) - family
        seen |= family
        if len(family) > 1:
            expected.append(sorted(place + 1 for place in family))
    assert sorted(sorted(ids) for _, ids in found(rows, numbers)) == sorted(expected)
    assert len(expected) > 100


def test_many_alike_are_compared_few_times(monkeypatch: pytest.MonkeyPatch):
    """Half of 40,000 photos of one hash and one time: counted in comparisons, not in seconds."""
    compared = []
    real = np.bitwise_count

    def counting(values: np.ndarray) -> np.ndarray:
        compared.append(values.size)
        return real(values)

    monkeypatch.setattr(np, "bitwise_count", counting)
    numbers = [WORD] * 20_000 + np.random.default_rng(1).integers(0, 2**63, 20_000).tolist()
    when = "2026-05-04T12:00:00"
    rows = [photo(n + 1, taken=when if n < 20_000 else None) for n in range(len(numbers))]
    sets = found(rows, numbers)
    assert [(kind, len(ids)) for kind, ids in sets] == [("burst", 20_000)]
    # Of 800 million pairs: 63 neighbours in time each, and few that share a part of their hash.
    assert sum(compared) < 2_000_000
