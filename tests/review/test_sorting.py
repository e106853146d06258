import random

import pytest

from lqalbum.review.sorting import SORTS, natural, sort_key
from lqalbum.review.sorting import ordered as ordered_ids
from tests.review.rows import photo


def ordered(rows, name, descending):
    return [row.photo_id for row in sorted(rows, key=sort_key(name, descending))]


def test_names_sort_as_people_count():
    names = ["IMG_10.jpg", "img_2.jpg", "IMG_1.jpg", "b", "IMG_2a.jpg"]
    assert sorted(names, key=natural) == ["b", "IMG_1.jpg", "img_2.jpg", "IMG_2a.jpg", "IMG_10.jpg"]


def test_worst_first_and_unscored_last_both_ways():
    rows = [photo(1, None), photo(2, 10.0), photo(3, 90.0), photo(4, None)]
    assert ordered(rows, "score", True) == [3, 2, 1, 4]
    assert ordered(rows, "score", False) == [2, 3, 1, 4]


def test_dates_with_and_without_offset_and_none():
    rows = [
        photo(1, taken="2024-05-01T10:00:00+02:00"),
        photo(2, taken="2024-05-01T11:00:00"),
        photo(3, taken=None),
        photo(4, taken="2019-12-31T23:59:59"),
    ]
    assert ordered(rows, "date", True) == [2, 1, 4, 3]
    assert ordered(rows, "date", False) == [4, 1, 2, 3]


def test_folders_then_names():
    rows = [photo(1, path="/b/1.jpg"), photo(2, path="/a/10.jpg"), photo(3, path="/a/9.jpg")]
    assert ordered(rows, "folder", False) == [3, 2, 1]
    assert ordered(rows, "folder", True) == [1, 2, 3]
    assert ordered(rows, "name", False) == [1, 3, 2]


@pytest.mark.parametrize("name", SORTS)
@pytest.mark.parametrize("descending", [True, False])
def test_equal_values_have_one_order(name, descending):
    rows = [photo(number, 50.0, size_bytes=7) for number in range(20)]
    shuffled = rows[:]
    random.Random(1).shuffle(shuffled)
    assert ordered(rows, name, descending) == ordered(shuffled, name, descending)


@pytest.mark.parametrize("name", SORTS)
@pytest.mark.parametrize("descending", [True, False])
def test_sorting_all_at_once_gives_the_order_of_the_keys(name, descending):
    chance = random.Random(3)
    rows = [
        photo(
            number,
            chance.choice([None, 10.0, 50.0, 99.0]),
            path=f"/{chance.choice('aB2')}/{chance.choice(['IMG_', 'img_', 'x'])}{number % 40}.jpg",
            taken=chance.choice([None, "2024-05-01T10:00:00", "2020-01-01T00:00:00"]),
            size_bytes=chance.randrange(4),
        )
        for number in range(300)
    ]
    chance.shuffle(rows)
    at_once = ordered_ids({row.photo_id: row for row in rows}, name, descending)
    assert at_once == ordered(rows, name, descending)
