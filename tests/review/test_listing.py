import random

from lqalbum.review.listing import Listing


def test_random_changes_keep_the_order_of_a_plain_sort():
    generator = random.Random(7)
    listing, plain = Listing(), {}
    for _ in range(2000):
        photo_id = generator.randrange(100)
        if generator.random() < 0.3:
            assert listing.discard(photo_id) == (plain.pop(photo_id, None) is not None)
        else:
            key = (generator.randrange(20), photo_id)
            changed = listing.put(photo_id, key)
            assert changed == (plain.get(photo_id) != key)
            plain[photo_id] = key
    expected = sorted(plain, key=lambda photo_id: plain[photo_id])
    assert list(listing) == expected
    assert [listing.position(photo_id) for photo_id in expected] == list(range(len(expected)))


def test_positions_of_few_and_of_many():
    listing = Listing()
    listing.replace(((number,), number) for number in range(100))
    assert listing.positions({5, 3, 999}) == [3, 5]
    assert listing.positions(set(range(0, 100, 2))) == list(range(0, 100, 2))
    assert listing.slice(3, 5) == [3, 4, 5]


def test_version_tells_of_changes_only():
    listing = Listing()
    listing.put(1, (1,))
    before = listing.version
    assert not listing.put(1, (1,))
    assert not listing.discard(2)
    assert listing.version == before
    listing.put(1, (2,))
    assert listing.version > before
