"""All photos of the library, the view chosen on them, and the counts beside the filters."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from lqalbum.library.flags import flag_threshold
from lqalbum.library.records import PhotoRow
from lqalbum.review.filters import BIT, FILTERS, FilterName, groups_of
from lqalbum.review.folders import Folder, Folders
from lqalbum.review.listing import Listing
from lqalbum.review.sorting import SortKey, SortName, ordered, remember_name, sort_key

# Above this many changes one sort of everything is cheaper than that many insertions.
REBUILD_ABOVE = 2000


@dataclass(frozen=True)
class View:
    """What is shown, and how.

    Attributes:
        filter: the group of photos.
        folder: only photos in or below this folder, None for all folders.
        search: only photos whose path below the folder holds this text, upper case or not.
        sort: the order.
        descending: whether the largest value comes first.
        strictness: share of good photos that is flagged, 0-1.
    """

    filter: FilterName = "all"
    folder: str | None = None
    search: str = ""
    sort: SortName = "score"
    descending: bool = True
    strictness: float = 0.03


class Collection:
    """The rows in memory, with counts and order kept up to date change by change."""

    def __init__(self, view: View) -> None:
        """Start empty, with a view that can be changed at any time."""
        self.view = view
        self._rows: dict[int, PhotoRow] = {}
        self.listing = Listing(self._key())
        # All photos in the chosen order: another filter or search then sorts nothing.
        self._all = Listing(self._key())
        self._groups: dict[int, int] = {}
        # Photos in the chosen folder that are found by the search, None where neither is set.
        self._found: set[int] | None = None
        # Thousands of photos share few combinations of groups: counting those is quicker.
        self._tally: dict[int, int] = {}
        self._folders = Folders()
        self._on_disk = 0

    def __len__(self) -> int:
        """Return the number of photos known, shown or not."""
        return len(self._rows)

    def rows(self) -> list[PhotoRow]:
        """Return the rows of all photos, in no order."""
        return list(self._rows.values())

    def row(self, photo_id: int) -> PhotoRow:
        """Return a photo's row."""
        return self._rows[photo_id]

    def get(self, photo_id: int | None) -> PhotoRow | None:
        """Return a photo's row, None where there is none."""
        return None if photo_id is None else self._rows.get(photo_id)

    def groups(self, photo_id: int) -> int:
        """Return the bits of the groups a photo belongs to."""
        return self._groups[photo_id]

    def counts(self) -> dict[FilterName, int]:
        """Return how many photos each filter would show in the chosen folder and search."""
        return {
            name: sum(number for groups, number in self._tally.items() if groups & BIT[name])
            for name in FILTERS
        }

    def hidden(self) -> int:
        """Return how many photos the filter, the folder and the search leave out together."""
        if self.view.filter in ("deleted", "offline"):  # these also hold photos no longer on disk
            shown = sum(1 for photo_id in self.listing if self._groups[photo_id] & BIT["all"])
        else:
            shown = len(self.listing)
        return self._on_disk - shown

    def set_view(self, view: View) -> None:
        """Change filter, folder, search, order or strictness."""
        before, self.view = self.view, view
        if view == replace(before, strictness=view.strictness):
            self.update(self._judged_differently(before.strictness, view.strictness))
            return
        if view.strictness != before.strictness:
            self._judge_all()
        if (view.folder, view.search) != (before.folder, before.search):
            self._find_all()
        if view != replace(before, filter=view.filter, sort=view.sort, descending=view.descending):
            self._tally_all()
        if (view.sort, view.descending) != (before.sort, before.descending):
            self._sort_all()
        self._list_all()

    def load(self, rows: Iterable[PhotoRow]) -> None:
        """Take these rows instead of all there were."""
        self._rows = {row.photo_id: row for row in rows}
        for row in self._rows.values():
            remember_name(row)
        self._judge_all()
        self._find_all()
        self._count_all()
        self._sort_all()
        self._list_all()

    def update(self, rows: Sequence[PhotoRow]) -> None:
        """Take new states of some photos, known or new."""
        in_bulk = len(rows) > REBUILD_ABOVE
        for row in rows:
            if in_bulk:
                self._set_row(row)
            else:
                self._place(row)
        if in_bulk:
            self._sort_all()
            self._list_all()

    def forget(self, photo_ids: Iterable[int]) -> None:
        """Drop photos that the library does not know any more."""
        for photo_id in photo_ids:
            row = self._rows.get(photo_id)
            if row is not None:
                self._all.discard(photo_id)
                self.listing.discard(photo_id)
                self._count(row, self._groups.pop(photo_id), -1)
                del self._rows[photo_id]
                if self._found is not None:
                    self._found.discard(photo_id)

    def drop_folder(self, root: str) -> None:
        """List an album folder no more, once its photos are gone."""
        self._folders.drop(root)

    def folders(self) -> tuple[Folder, ...]:
        """Return the folders with the number of their photos on disk."""
        return self._folders.tree()

    def show_all(self) -> None:
        """Let go of filter, folder and search; order and strictness stay."""
        self.set_view(replace(self.view, filter="all", folder=None, search=""))

    def _judge_all(self) -> None:
        strictness = self.view.strictness
        self._groups = {row.photo_id: groups_of(row, strictness) for row in self._rows.values()}

    def _judged_differently(self, before: float, after: float) -> list[PhotoRow]:
        """Return the photos that two strictnesses judge differently: the few in between."""
        low, high = sorted((flag_threshold(before), flag_threshold(after)))
        return [
            row
            for row in self._rows.values()
            if row.percentile_high is not None
            and row.percentile_low is not None
            and (low < row.percentile_high <= high or low < row.percentile_low <= high)
        ]

    def _set_row(self, row: PhotoRow) -> None:
        before = self._rows.get(row.photo_id)
        if before is not None:
            self._count(before, self._groups[row.photo_id], -1)
        remember_name(row)
        self._rows[row.photo_id] = row
        self._groups[row.photo_id] = groups_of(row, self.view.strictness)
        self._remember_found(row)
        self._count(row, self._groups[row.photo_id], 1)

    def _count(self, row: PhotoRow, groups: int, step: int) -> None:
        on_disk = step if groups & BIT["all"] else 0
        self._on_disk += on_disk
        self._folders.count(row, on_disk)
        if self._found is None or row.photo_id in self._found:
            self._tally[groups] = self._tally.get(groups, 0) + step

    def _count_all(self) -> None:
        self._tally, self._folders, self._on_disk = {}, Folders(), 0
        for photo_id, row in self._rows.items():
            self._count(row, self._groups[photo_id], 1)

    def _tally_all(self) -> None:
        """Count the groups anew; what is on disk, and in which folder, has not changed."""
        counted = self._rows if self._found is None else self._found
        self._tally = dict(Counter(map(self._groups.__getitem__, counted)))

    def _find_all(self) -> None:
        """Look for the photos of the chosen folder that the search finds."""
        self._found = None
        if self.view.folder is not None or self.view.search:
            is_found = self._looks_for()
            self._found = {i for i, row in self._rows.items() if is_found(row)}

    def _remember_found(self, row: PhotoRow) -> None:
        if self._found is not None:
            keep = self._found.add if self._looks_for()(row) else self._found.discard
            keep(row.photo_id)

    def _looks_for(self) -> Callable[[PhotoRow], bool]:
        """Return what tells whether a photo is in the chosen folder and found by the search."""
        view, words = self.view, self.view.search.casefold()
        inside = "" if view.folder is None else view.folder.rstrip(os.sep) + os.sep

        def is_found(row: PhotoRow) -> bool:
            path = row.path
            return path.startswith(inside) and words in path.removeprefix(row.root).casefold()

        return is_found

    def _key(self) -> Callable[[int], SortKey]:
        """Return what gives a photo's key in the chosen order."""
        key, rows = sort_key(self.view.sort, self.view.descending), self._rows
        return lambda photo_id: key(rows[photo_id])

    def _sort_all(self) -> None:
        view = self.view
        self._all.replace(ordered(self._rows, view.sort, view.descending), self._key())

    def _list_all(self) -> None:
        groups, bit, found = self._groups, BIT[self.view.filter], self._found
        shown = [photo_id for photo_id in self._all if groups[photo_id] & bit]
        if found is not None:
            shown = [photo_id for photo_id in shown if photo_id in found]
        self.listing.replace(shown, self._key())

    def _place(self, row: PhotoRow) -> None:
        """Take one row, and show it where it belongs."""
        photo_id, before = row.photo_id, self._rows.get(row.photo_id)
        key = sort_key(self.view.sort, self.view.descending)
        stays = before is not None and key(before) == key(row)
        was_shown = photo_id in self.listing
        if not stays:  # found by the key it has had until now
            self._all.discard(photo_id)
            self.listing.discard(photo_id)
        self._set_row(row)
        is_shown = self._shows(row)
        if not stays:
            self._all.put(photo_id)
        elif was_shown and not is_shown:
            self.listing.discard(photo_id)
        if is_shown and photo_id not in self.listing:
            self.listing.put(photo_id)

    def _shows(self, row: PhotoRow) -> bool:
        is_found = self._found is None or row.photo_id in self._found
        return is_found and bool(self._groups[row.photo_id] & BIT[self.view.filter])
