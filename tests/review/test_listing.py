import random

from lqalbum.review.listing import Listing


def test_random_changes_keep_the_order_of_a_plain_sort():
    generator = random.Random(7)
    keys = {}
    listing = Listing(keys.__getitem__)
    for _ in range(2000):
        photo_id = generator.randrange(100)
        listing.discard(photo_id)
        assert photo_id not in listing
        keys.pop(photo_id, None)
        if generator.random() < 0.7:
            keys[photo_id] = (generator.randrange(20), photo_id)
            listing.put(photo_id)
    expected = sorted(keys, key=keys.__getitem__)
    assert list(listing) == expected
    assert [listing.position(photo_id) for photo_id in expected] == list(range(len(expected)))


def test_positions_of_few_and_of_many():
    listing = Listing(lambda number: (number,))
    listing.replace(range(100), lambda number: (number,))
    assert listing.positions({5, 3, 999}) == [3, 5]
    assert listing.positions({7}) == [7]
    assert listing.positions(set(range(0, 100, 2))) == list(range(0, 100, 2))
    assert listing.slice(3, 5) == [3, 4, 5]


def test_version_tells_of_changes_only():
    listing = Listing(lambda number: (number,))
    listing.put(1)
    before = listing.version
    listing.discard(2)
    assert listing.version == before
    listing.discard(1)
    assert listing.version > before
