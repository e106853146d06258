"""Which photos count as good."""

from dataclasses import replace

from lqalbum.review.goodphotos import good_photos, kept_photos, other_photos
from tests.review.rows import photo


def kept(number: int):
    return replace(photo(number, 99.9), decision="keep")


def test_kept_photos_are_taken_where_they_are_enough():
    rows = [kept(2), photo(3), kept(1)]
    found = good_photos(rows, 0.03, fewest=2)
    assert found.are_kept
    assert found.paths == ("/album/img1.jpg", "/album/img2.jpg")
    assert found.words == "You have kept 2 photos; they are taken as good."


def test_else_all_that_are_not_flagged_and_it_is_said():
    rows = [kept(1), photo(2, 50.0), photo(3, 99.0), photo(4, None)]
    found = good_photos(rows, 0.03, fewest=2)
    assert not found.are_kept
    assert found.paths == ("/album/img1.jpg", "/album/img2.jpg")
    assert "kept 1 photo so far" in found.words
    assert "2 photos that are not flagged" in found.words
    assert "kept 0 photos so far" in good_photos(rows[1:], 0.03, fewest=2).words


def test_what_is_no_photo_or_not_there_is_left_out():
    gone = [replace(kept(n), status=status) for n, status in enumerate(("deleted", "offline"))]
    rows = [*gone, replace(kept(3), kind="screen"), kept(4), photo(5)]
    assert [row.photo_id for row in kept_photos(rows)] == [4]
    assert [row.photo_id for row in other_photos(rows)] == [5]
