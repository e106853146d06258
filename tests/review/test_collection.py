import random
from dataclasses import replace

import pytest

from lqalbum.review.collection import REBUILD_ABOVE, Collection, View
from lqalbum.review.filters import BIT, FILTERS, groups_of
from tests.review.rows import ROOT, photo


def filled(rows, **view):
    collection = Collection(View(**view))
    collection.load(rows)
    return collection


def test_counts_follow_single_changes_as_they_follow_loading():
    generator = random.Random(3)
    collection = filled([])
    rows = {}
    for _ in range(500):
        number = generator.randrange(60)
        rows[number] = photo(
            number,
            generator.choice([None, 20.0, 96.0, 99.0]),
            decision=generator.choice(["undecided", "keep"]),
        )
        collection.update([rows[number]])
    again = filled(rows.values())
    assert collection.counts() == again.counts()
    assert list(collection.listing) == list(again.listing)
    for name in FILTERS:
        plain = sum(bool(groups_of(row, 0.03) & BIT[name]) for row in rows.values())
        assert collection.counts()[name] == plain


@pytest.mark.parametrize("view", [{"search": "DAY"}, {"folder": f"{ROOT}/may", "search": "7"}])
def test_with_a_search_the_counts_say_what_each_filter_would_show(view):
    generator = random.Random(4)
    collection, rows = filled([], **view), {}
    for _ in range(400):
        number = generator.randrange(60)
        folder = generator.choice(["may", "may/holiday", "june"])
        rows[number] = photo(
            number,
            generator.choice([None, 20.0, 99.0]),
            path=f"{ROOT}/{folder}/{number}.jpg",
            decision=generator.choice(["undecided", "keep"]),
        )
        collection.update([rows[number]])
    collection.forget([3, 7])
    del rows[3], rows[7]
    again = filled(rows.values(), **view)
    for name in FILTERS:
        collection.set_view(replace(collection.view, filter=name))
        again.set_view(replace(again.view, filter=name))
        assert collection.counts()[name] == len(collection.listing) == again.counts()[name]
        assert list(collection.listing) == list(again.listing)


def test_counts_follow_the_search_as_it_is_typed_and_strictness_beside_it():
    rows = [photo(number, 90.0 + number, path=f"{ROOT}/{number}.jpg") for number in range(10)]
    collection = filled(rows)
    for search, every, flagged in (("9", 1, 1), ("", 10, 2), ("1", 1, 0)):
        collection.set_view(replace(collection.view, search=search))
        assert (collection.counts()["all"], collection.counts()["flagged"]) == (every, flagged)
    collection.set_view(replace(collection.view, strictness=0.1))
    assert (collection.counts()["all"], collection.counts()["flagged"]) == (1, 1)
    collection.set_view(replace(collection.view, search="", strictness=0.03))
    assert (collection.counts()["all"], collection.counts()["flagged"]) == (10, 2)


def test_a_large_update_is_the_same_as_many_small_ones():
    rows = [photo(number, float(number % 100)) for number in range(REBUILD_ABOVE + 10)]
    at_once, one_by_one = filled([]), filled([])
    at_once.update(rows)
    for row in rows:
        one_by_one.update([row])
    assert list(at_once.listing) == list(one_by_one.listing)
    assert at_once.counts() == one_by_one.counts()


def test_strictness_flags_anew_from_the_stored_percentiles():
    collection = filled([photo(number, 90.0 + number) for number in range(10)])
    assert collection.counts()["flagged"] == 2
    collection.set_view(replace(collection.view, strictness=0.1))
    assert collection.counts()["flagged"] == 9


def test_folder_and_search_narrow_the_view_and_say_what_they_hide():
    rows = [
        photo(1, path=f"{ROOT}/norway/Fjord.jpg"),
        photo(2, path=f"{ROOT}/norway2/fjord.jpg"),
        photo(3, path=f"{ROOT}/norway/deer.jpg", decision="keep"),
        photo(4, path=f"{ROOT}/norway/gone.jpg", status="deleted"),
    ]
    collection = filled(rows)
    assert (len(collection.listing), collection.hidden()) == (3, 0)
    collection.set_view(View(folder=f"{ROOT}/norway"))
    assert sorted(collection.listing) == [1, 3]
    assert collection.counts()["all"] == 2
    assert collection.hidden() == 1
    collection.set_view(View(folder=f"{ROOT}/norway", search="FJORD"))
    assert (list(collection.listing), collection.hidden()) == ([1], 2)
    collection.set_view(View(search="album"))  # the album's own folder is in every path
    assert len(collection.listing) == 0
    collection.show_all()
    assert len(collection.listing) == 3


def test_the_view_of_deleted_photos_hides_all_others():
    collection = filled([photo(1), photo(2), photo(3, status="deleted")], filter="deleted")
    assert list(collection.listing) == [3]
    assert collection.hidden() == 2


def counted(collection):
    return {folder.path: folder.photos for folder in collection.folders()}


def test_folders_count_what_is_on_disk():
    rows = [photo(1), photo(2, status="deleted"), photo(3, root="/other", path="/other/a.jpg")]
    collection = filled(rows)
    assert counted(collection) == {"/album": 1, "/other": 1}
    collection.update([photo(1, status="deleted")])
    assert counted(collection) == {"/album": 0, "/other": 1}


def test_forgotten_photos_leave_view_and_counts():
    collection = filled([photo(1, 99.0), photo(2)])
    collection.forget([1, 77])
    assert list(collection.listing) == [2]
    assert collection.counts()["flagged"] == 0
    assert len(collection) == 1


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_shows_as_many_as_it_counts(name):
    rows = [
        photo(1),
        photo(2, 99.0),
        photo(3, 97.5, percentile_low=96.0),
        photo(4, decision="keep"),
        photo(5, status="deleted"),
        photo(6, kind="scan"),
        photo(7, None, status="error"),
        photo(8, status="offline"),
    ]
    collection = filled(rows, filter=name)
    assert len(collection.listing) == collection.counts()[name] > 0
