"""The photos in view: an ordered list that takes single changes without being built anew."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterator, Sequence

from lqalbum.review.sorting import SortKey


class Listing:
    """Photo ids in the order of their keys.

    A change costs a binary search and a short shift of memory, so an indexer that reports a few
    photos a second does not make the window sort 100,000 of them. Keys are not kept: those of
    100,000 photos take more memory than all the rest of the list.

    Attributes:
        version: rises with every change.
    """

    def __init__(self, key: Callable[[int], SortKey]) -> None:
        """Start without photos; `key` gives a photo's key, no two photos having the same."""
        self._key = key
        self._ids: list[int] = []
        self._shown: set[int] = set()
        self.version = 0

    def __len__(self) -> int:
        """Return the number of photos in view."""
        return len(self._ids)

    def __iter__(self) -> Iterator[int]:
        """Go through the photo ids in order."""
        return iter(self._ids)

    def __contains__(self, photo_id: object) -> bool:
        """Tell whether a photo is in view."""
        return photo_id in self._shown

    def __getitem__(self, position: int) -> int:
        """Return the photo id at a position from 0."""
        return self._ids[position]

    def slice(self, first: int, last: int) -> list[int]:
        """Return the photo ids from position `first` to `last`, both included."""
        return self._ids[first : last + 1]

    def replace(self, ordered: Sequence[int], key: Callable[[int], SortKey]) -> None:
        """Take these photos, in the order of their keys, instead of all there were."""
        self._ids, self._shown, self._key = list(ordered), set(ordered), key
        self.version += 1

    def position(self, photo_id: int) -> int | None:
        """Return where a photo stands, None if it is not in view."""
        if photo_id not in self._shown:
            return None
        return bisect_left(self._ids, self._key(photo_id), key=self._key)

    def positions(self, photo_ids: Collection[int]) -> list[int]:
        """Return the positions of those photos that are in view, rising."""
        if len(photo_ids) < len(self) // 32:
            places = map(self.position, photo_ids)
            return sorted(place for place in places if place is not None)
        return [place for place, photo_id in enumerate(self._ids) if photo_id in photo_ids]

    def put(self, photo_id: int) -> None:
        """Show a photo that was not in view, at its place."""
        insort(self._ids, photo_id, key=self._key)
        self._shown.add(photo_id)
        self.version += 1

    def discard(self, photo_id: int) -> None:
        """Take a photo out of view, if it is there; its key must still be what it was."""
        position = self.position(photo_id)
        if position is not None:
            del self._ids[position]
            self._shown.remove(photo_id)
            self.version += 1
