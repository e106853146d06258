"""A review: where one is in the album, what is selected, and what a key does there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from lqalbum.library.library import Library
from lqalbum.library.records import Decision, DeletePreview, PhotoRow
from lqalbum.review.collection import Collection, View
from lqalbum.review.deciding import Outcome, Step, perform
from lqalbum.review.filters import FilterName
from lqalbum.review.lookalikes import Lookalikes, rest_of
from lqalbum.review.sorting import DESCENDING_AT_FIRST, SortName
from lqalbum.review.wording import Prompt, Toast, delete_prompt, outcome_toast

_NOT_DELETABLE = ("deleted", "missing", "offline")


class ReviewSession:
    """Filters, order, selection, the current photo, and decisions on them.

    Deciding has three parts, so that a window can run the middle one in the background: `plan`
    says on which photos a key would act, `begin` moves on to the next photo, `settle` takes the
    outcome. `decide`, `undo` and `redo` do all three in one.
    """

    def __init__(self, library: Library, strictness: float = 0.03) -> None:
        """Start without rows; `load` brings them in."""
        self.library = library
        self.photos = Collection(View(strictness=strictness))
        self.current: int | None = None
        self.selection: frozenset[int] = frozenset()
        self._pending: set[int] = set()
        # Until a person has chosen a photo, the current one is the first, whatever comes in.
        self._is_chosen = False

    @property
    def view(self) -> View:
        """What is shown, and how."""
        return self.photos.view

    @property
    def current_row(self) -> PhotoRow | None:
        """The photo that keys act on, None in an empty view."""
        return self.photos.get(self.current)

    @property
    def chosen_count(self) -> int:
        """On how many photos a key would act: the selection, else the current one."""
        return len(self.selection) or (0 if self.current is None else 1)

    def load(self, rows: Iterable[PhotoRow]) -> None:
        """Take the rows of the library instead of all there were."""
        place = self._place()
        self.photos.load(rows)
        self._hold_place(place)

    def update(self, rows: Sequence[PhotoRow]) -> None:
        """Take new states of some photos."""
        place = self._place()
        self.photos.update(rows)
        self._hold_place(place)

    def set_filter(self, name: FilterName) -> None:
        """Show one group."""
        self._set_view(replace(self.view, filter=name))

    def set_folder(self, folder: str | None) -> None:
        """Show one folder with all below it, or all folders."""
        self._set_view(replace(self.view, folder=folder))

    def set_search(self, text: str) -> None:
        """Show the photos whose name or folder holds a text."""
        self._set_view(replace(self.view, search=text.strip()))

    def set_sort(self, name: SortName, descending: bool | None = None) -> None:
        """Change the order; without a direction, the one that is natural for it."""
        down = DESCENDING_AT_FIRST[name] if descending is None else descending
        self._set_view(replace(self.view, sort=name, descending=down))

    def set_strictness(self, strictness: float) -> None:
        """Judge all photos anew from their stored percentiles; nothing is scored again."""
        self._set_view(replace(self.view, strictness=strictness))

    def show_all(self) -> None:
        """Let go of filter, folder and search."""
        self._set_view(replace(self.view, filter="all", folder=None, search=""))

    def select(self, photo_ids: Iterable[int], current: int | None = None) -> None:
        """Select photos in view, one of them the current one."""
        self.selection = frozenset(photo_ids)
        self._is_chosen = True
        if current in self.photos.listing:
            self.current = current

    def select_all(self) -> None:
        """Select every photo in view."""
        self.selection = frozenset(self.photos.listing)

    def select_none(self) -> None:
        """Select nothing but the current photo."""
        self.selection = frozenset(() if self.current is None else (self.current,))

    def go(self, steps: int) -> None:
        """Make the photo so many places on the current one, the ends holding."""
        place = self._place()
        if place is not None:
            self._make_current(self.photos.listing[min(max(place + steps, 0), self._last())])

    def pair(self) -> tuple[PhotoRow, PhotoRow] | None:
        """Return two photos to compare: those selected, else the current one and its neighbour."""
        listing = self.photos.listing
        places = listing.positions(self.selection)[:2]
        if len(places) < 2:
            place = self._place()
            if place is None or len(listing) < 2:
                return None
            places = [place, place + 1] if place < self._last() else [place - 1, place]
        first, second = (self.photos.row(listing[place]) for place in places)
        return first, second

    def listed_rows(self) -> list[PhotoRow]:
        """The rows of the photos that are listed, in their order."""
        return [self.photos.row(photo_id) for photo_id in self.photos.listing]

    def targets(self) -> list[PhotoRow]:
        """Return what a key would act on, in the order shown: the selection, else the current."""
        listing = self.photos.listing
        chosen = self.selection
        if not chosen and self.current is not None:
            chosen = frozenset((self.current,))
        return [self.photos.row(listing[place]) for place in listing.positions(chosen)]

    def plan(self, decision: Decision) -> Step | None:
        """Return what a decision would do, None where there is nothing to act on.

        A photo that is in the trash already, or whose drive is not there, is never deleted, and
        one still being moved is left alone. So is one that is decided as wanted already: undo
        would have nothing to take back.
        """
        rows = [row for row in self.targets() if row.photo_id not in self._pending]
        if decision == "delete":
            rows = [row for row in rows if row.status not in _NOT_DELETABLE]
        else:
            rows = [row for row in rows if not _is_decided(row, decision)]
        if not rows:
            return None
        paths = tuple(row.path for row in rows)
        return Step("decide", decision, paths, tuple(row.photo_id for row in rows))

    def pass_over(self, decision: Decision) -> None:
        """Go on from photos that are decided as wanted already; at the end of the view, stay."""
        rows = self.targets()
        if rows and all(_is_decided(row, decision) for row in rows):
            place = self.photos.listing.positions([row.photo_id for row in rows])[-1]
            self._make_current(self.photos.listing[min(place + 1, self._last())])

    def plan_best(self, one: Lookalikes, best: PhotoRow) -> Step | None:
        """Return what keeping one of several photos and deleting the others would do, if anything.

        Photos that were kept before stay, and so do those that are gone or in the trash by now.
        """
        known = [self.photos.get(row.photo_id) for row in rest_of(one, best)]
        rows = [
            row
            for row in known
            if row is not None
            and row.photo_id not in self._pending
            and row.status not in _NOT_DELETABLE
            and row.decision != "keep"
        ]
        if not rows:
            return None
        paths = tuple(row.path for row in rows)
        return Step("decide", "delete", paths, tuple(row.photo_id for row in rows), best.path)

    def preview(self, step: Step) -> DeletePreview:
        """Look at what a delete would move, and where to; may run in the background."""
        return self.library.delete_preview(step.paths)

    def prompt(self, step: Step, preview: DeletePreview | None = None) -> Prompt | None:
        """Return the question to ask first: several photos on their way to the trash, else none."""
        if step.decision != "delete" or len(step.photo_ids) < 2:
            return None
        rows = [self.photos.row(photo_id) for photo_id in step.photo_ids]
        return delete_prompt(rows, step.kept, preview)

    def begin(self, step: Step) -> None:
        """Move on to the next photo that remains; at the end, to the one before."""
        self._pending.update(step.photo_ids)
        if step.action == "decide":
            self._advance(step)

    def perform(self, step: Step) -> Outcome:
        """Carry a step out on disk; the one part that may run in the background."""
        return perform(self.library, step)

    def settle(self, outcome: Outcome) -> Toast:
        """Take the photos as they are now, and return what to say."""
        self._pending.difference_update(outcome.step.photo_ids)
        returned = [row.path for row in outcome.rows if self._came_back(row)]
        self.update(outcome.rows)
        if outcome.step.action != "decide":
            self._return_to([row.photo_id for row in outcome.rows])
        elif not any(result.status == "done" for result in outcome.results):
            self._return_to(outcome.step.photo_ids)
        return outcome_toast(outcome, returned)

    def forget(self, photo_ids: Iterable[int]) -> None:
        """Drop photos that the library does not know any more."""
        place = self._place()
        self.photos.forget(photo_ids)
        self._hold_place(place)

    def forget_folder(self, folder: str, photo_ids: Iterable[int]) -> None:
        """Drop a folder that the library does not watch any more, with its photos."""
        self.forget(photo_ids)
        self.photos.drop_folder(folder)
        if self.view.folder not in {None, *(one.path for one in self.photos.folders())}:
            self.set_folder(None)

    def abandon(self, step: Step) -> None:
        """Forget a step that failed as a whole: its photos are as they were."""
        self._pending.difference_update(step.photo_ids)
        self._return_to(step.photo_ids)

    def decide(self, decision: Decision) -> Toast | None:
        """Plan, carry out and settle a decision at once; None where there was nothing to act on."""
        step = self.plan(decision)
        if step is None:
            self.pass_over(decision)
        return None if step is None else self._run(step)

    def undo(self) -> Toast:
        """Revert the last step, also one of an earlier session."""
        return self._run(Step("undo"))

    def redo(self) -> Toast:
        """Repeat the last step that was undone."""
        return self._run(Step("redo"))

    def _run(self, step: Step) -> Toast:
        self.begin(step)
        try:
            return self.settle(self.perform(step))
        except BaseException:
            self.abandon(step)
            raise

    def _came_back(self, row: PhotoRow) -> bool:
        """Tell whether a photo is out of the trash by its new state, and was in it until now."""
        before = self.photos.get(row.photo_id)
        return before is not None and before.status == "deleted" and row.status != "deleted"

    def _set_view(self, view: View) -> None:
        before = self.view
        place = self._place() if before.strictness != view.strictness else 0
        self.photos.set_view(view)
        self._hold_place(place)

    def _advance(self, step: Step) -> None:
        listing = self.photos.listing
        places = [p for p in map(listing.position, step.photo_ids) if p is not None]
        if not places:
            return
        after = range(max(places) + 1, len(listing))
        before = range(max(places) - 1, -1, -1)
        for place in chain(after, before):
            if listing[place] not in self._pending:
                self._make_current(listing[place])
                return
        self.selection = frozenset()

    def _return_to(self, photo_ids: Sequence[int]) -> None:
        in_view = [photo_id for photo_id in photo_ids if photo_id in self.photos.listing]
        if in_view:
            self._make_current(in_view[0])
            self.selection = frozenset(in_view)

    def _make_current(self, photo_id: int, is_chosen: bool = True) -> None:
        self.current, self._is_chosen = photo_id, is_chosen
        self.selection = frozenset((photo_id,))

    def _last(self) -> int:
        return len(self.photos.listing) - 1

    def _place(self) -> int | None:
        return None if self.current is None else self.photos.listing.position(self.current)

    def _hold_place(self, place: int | None) -> None:
        """Keep the current photo; where it left the view, take the one now in its place."""
        listing = self.photos.listing
        self.selection = frozenset(i for i in self.selection if i in listing)
        if not len(listing):
            self.current, self.selection, self._is_chosen = None, frozenset(), False
        elif not self._is_chosen:
            self._make_current(listing[0], is_chosen=False)
        elif self.current not in listing:
            self._make_current(listing[min(place or 0, self._last())])


def _is_decided(row: PhotoRow, decision: Decision) -> bool:
    """Tell whether a decision to keep a photo, or to leave it undecided, would change nothing."""
    return row.decision == decision != "delete" and row.status != "deleted"
