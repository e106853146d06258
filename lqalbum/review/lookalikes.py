"""Photos that are copies of each other, shots of one burst, or look alike; and the best of them.

Pure: rows and perceptual hashes in, sets of photos out. 100,000 photos are compared in seconds,
since only those are that share a part of their hash, or were taken one after the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lqalbum.library.records import Evidence, PhotoRow
from lqalbum.review.bestframe import Burden, EvidenceOf, Lack, burdens

Kind = Literal["copies", "burst", "versions", "alike"]

# Bits of 64 that may differ. Frames of a burst differ by what moved between them; of photos taken
# at any time only resized and recompressed versions are wanted, and not another view of a place.
BURST_BITS = 16
ALIKE_BITS = 4
BURST_GAP_S = 10.0
# Scans and downloads may all bear one time: of so many neighbours in time one is alike, or none.
_NEIGHBOURS = 64
# One more part than bits that may differ: at least one part is the same in photos that look alike.
_PARTS = ALIKE_BITS + 1
_BITS = 64

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Lookalikes:
    """Some photos of which one is enough.

    Attributes:
        kind: `copies` have the same bytes; a `burst` was taken within seconds; `versions` are a
            burst with others that look like one of its shots; others look alike.
        rows: the best one first, then from the next best to the worst.
        burdens: what speaks against each photo by its id; empty where that is not known.
    """

    kind: Kind
    rows: tuple[PhotoRow, ...]
    burdens: Mapping[int, Burden] = field(default_factory=dict)

    @property
    def best(self) -> PhotoRow:
        """The one to keep."""
        return self.rows[0]

    def lack(self, row: PhotoRow) -> Lack | None:
        """Return in what one of the photos is worse than the best one, None if that is not told."""
        burden, best = (self.burdens.get(one.photo_id) for one in (row, self.best))
        return None if burden is None or best is None else burden.lack(best)


def _no_evidence(row: PhotoRow) -> Mapping[str, Evidence]:
    return {}


def find_lookalikes(
    rows: Iterable[PhotoRow],
    hashes: Mapping[str, int],
    evidence_of: EvidenceOf = _no_evidence,
) -> list[Lookalikes]:
    """Find photos of which one is enough: copies first, then bursts, then others, by path.

    Photos in the trash, not there, or not readable are left out, and so are sets in which there
    is nothing to decide any more: all but the best were kept.

    Args:
        rows: all photos.
        hashes: perceptual hash by SHA-256, see `lqalbum.library.likeness`.
        evidence_of: the measurements behind a photo's score by name; without them the best score
            is best.
    """
    by_bytes: dict[str, list[PhotoRow]] = {}
    for row in rows:
        if row.sha256 is not None and row.status in (None, "scored"):
            by_bytes.setdefault(row.sha256, []).append(row)
    found = [
        Lookalikes("copies", tuple(sorted(same, key=_copy_rank)))
        for same in by_bytes.values()
        if len(same) > 1
    ]
    # Copies look alike, of course: one of them stands for all.
    ones = [min(same, key=_copy_rank) for sha256, same in by_bytes.items() if sha256 in hashes]
    found += _alike(ones, hashes, evidence_of)
    order: tuple[Kind, ...] = ("copies", "burst", "versions", "alike")
    open_ones = [one for one in found if rest_of(one, one.best)]
    return sorted(open_ones, key=lambda one: (order.index(one.kind), one.best.path))


def rest_of(one: Lookalikes, best: PhotoRow) -> tuple[PhotoRow, ...]:
    """What can go where one photo is kept: the others that nobody has decided to keep."""
    return tuple(
        row for row in one.rows if row.photo_id != best.photo_id and row.decision != "keep"
    )


def _alike(
    rows: Sequence[PhotoRow], hashes: Mapping[str, int], evidence_of: EvidenceOf
) -> Iterator[Lookalikes]:
    values = np.array([hashes[row.sha256 or ""] for row in rows], np.uint64)
    links = list(_burst_links(_seconds(rows), values))
    bursts = {place: len(burst) for burst in _joined(len(rows), links) for place in burst}
    for places in _joined(len(rows), [*links, *_alike_links(values)]):
        shots = max(bursts.get(place, 0) for place in places)
        kind: Kind = "burst" if shots == len(places) else "versions" if shots else "alike"
        yield _ranked(kind, [rows[place] for place in places], evidence_of)


def _ranked(kind: Kind, rows: Sequence[PhotoRow], evidence_of: EvidenceOf) -> Lookalikes:
    found = burdens(rows, evidence_of)

    def rank(row: PhotoRow) -> tuple[bool, int, float, bool, float, str]:
        """What comes first is kept: a decision, then more pixels, then what is clean."""
        pixels = (row.width or 0) * (row.height or 0)
        burden = found[row.photo_id].total if found else 0.0
        score = row.score if row.score is not None else 0.0
        return (row.decision != "keep", -pixels, burden, row.score is None, score, row.path)

    return Lookalikes(kind, tuple(sorted(rows, key=rank)), found)


def _seconds(rows: Sequence[PhotoRow]) -> NDArray[np.float64]:
    """When the photos were taken by the camera's clock, s; NaN where that is not known."""
    return np.array([_clock(row.taken) for row in rows], np.float64)


def _clock(taken: str | None) -> float:
    try:
        when = datetime.fromisoformat(taken or "")
    except ValueError:
        return float("nan")
    return (when.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds()


def _burst_links(seconds: NDArray[np.float64], hashes: Hashes) -> Iterator[tuple[int, int]]:
    """Pairs of places of photos taken one soon after the other that look much alike."""
    order = np.argsort(seconds, kind="stable")[: np.count_nonzero(~np.isnan(seconds))]
    times, values = seconds[order], hashes[order]
    for step in range(1, min(_NEIGHBOURS, len(order))):
        near = times[step:] - times[:-step] <= BURST_GAP_S
        if not near.any():
            return
        near &= np.bitwise_count(values[step:] ^ values[:-step]) <= BURST_BITS
        for place in np.flatnonzero(near).tolist():
            yield int(order[place]), int(order[place + step])


def _alike_links(hashes: Hashes) -> Iterator[tuple[int, int]]:
    """Pairs of places of photos whose hashes are close, enough of them to join all that are."""
    distinct, first, inverse = np.unique(hashes, return_index=True, return_inverse=True)
    for place, number in enumerate(inverse.tolist()):
        if first[number] != place:
            yield int(first[number]), place
    for one, other in _close(distinct):
        yield int(first[one]), int(first[other])


def _close(distinct: Hashes) -> Iterator[tuple[int, int]]:
    """Places of hashes that differ in few bits: one of their parts is then the same."""
    edges = np.linspace(0, _BITS, _PARTS + 1).round().astype(int).tolist()
    for low, high in pairwise(edges):
        part = (distinct >> np.uint64(low)) & np.uint64(2 ** (high - low) - 1)
        order = np.argsort(part, kind="stable")
        sorted_part, values = part[order], distinct[order]
        places = np.arange(len(order))
        # Each with the next but one, but two and so on that has the same part.
        for step in range(1, len(order)):
            places = places[places + step < len(order)]
            places = places[sorted_part[places + step] == sorted_part[places]]
            if not len(places):
                break
            near = np.bitwise_count(values[places + step] ^ values[places]) <= ALIKE_BITS
            for place in places[near].tolist():
                yield int(order[place]), int(order[place + step])


def _joined(count: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The sets of places that links connect."""
    parent = list(range(count))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for one, other in links:
        parent[root(other)] = root(one)
    members: dict[int, list[int]] = {}
    for place in range(count):
        members.setdefault(root(place), []).append(place)
    return [places for places in members.values() if len(places) > 1]


def _copy_rank(row: PhotoRow) -> tuple[bool, int, int, str]:
    """Of copies the first is kept: a decision, then the shortest name, then the oldest file."""
    return (row.decision != "keep", len(os.path.basename(row.path)), row.mtime_ns, row.path)
