"""The photos in view: an ordered list that takes single changes without being built anew."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator
from operator import itemgetter

from lqalbum.review.sorting import SortKey


class Listing:
    """Photo ids in the order of their keys.

    A change costs a binary search and a short shift of memory, so an indexer that reports a few
    photos a second does not make the window sort 100,000 of them.

    Attributes:
        version: rises with every change.
    """

    def __init__(self) -> None:
        """Start without photos."""
        self._entries: list[tuple[SortKey, int]] = []
        self._keys: dict[int, SortKey] = {}
        self.version = 0

    def __len__(self) -> int:
        """Return the number of photos in view."""
        return len(self._entries)

    def __iter__(self) -> Iterator[int]:
        """Go through the photo ids in order."""
        return map(itemgetter(1), self._entries)

    def __contains__(self, photo_id: object) -> bool:
        """Tell whether a photo is in view."""
        return photo_id in self._keys

    def __getitem__(self, position: int) -> int:
        """Return the photo id at a position from 0."""
        return self._entries[position][1]

    def slice(self, first: int, last: int) -> list[int]:
        """Return the photo ids from position `first` to `last`, both included."""
        return [photo_id for _, photo_id in self._entries[first : last + 1]]

    def replace(self, entries: Iterable[tuple[SortKey, int]]) -> None:
        """Take these photos instead of all there were."""
        self._entries = sorted(entries)
        self._keys = {photo_id: key for key, photo_id in self._entries}
        self.version += 1

    def position(self, photo_id: int) -> int | None:
        """Return where a photo stands, None if it is not in view."""
        key = self._keys.get(photo_id)
        return None if key is None else bisect_left(self._entries, (key, photo_id))

    def positions(self, photo_ids: Collection[int]) -> list[int]:
        """Return the positions of those photos that are in view, rising."""
        if len(photo_ids) < len(self) // 8:
            places = map(self.position, photo_ids)
            return sorted(place for place in places if place is not None)
        return [place for place, photo_id in enumerate(self) if photo_id in photo_ids]

    def put(self, photo_id: int, key: SortKey) -> bool:
        """Show a photo at its place; returns whether the order changed."""
        if self._keys.get(photo_id) == key:
            return False
        self.discard(photo_id)
        self._keys[photo_id] = key
        insort(self._entries, (key, photo_id))
        self.version += 1
        return True

    def discard(self, photo_id: int) -> bool:
        """Take a photo out of view; returns whether it was there."""
        position = self.position(photo_id)
        if position is None:
            return False
        del self._entries[position], self._keys[photo_id]
        self.version += 1
        return True
