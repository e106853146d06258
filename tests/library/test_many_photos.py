"""What a photo costs in a bulk step does not grow with the number of photos in it."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from lqalbum.library import companions, database
from lqalbum.library.library import Library

FEW, MANY = 10, 80


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts steps of SQLite's machine, which see scans and repeated queries, and names listed."""
    counted: Counter[str] = Counter()

    class Counting(sqlite3.Connection):
        def __init__(self, *arguments: object, **named: object) -> None:
            super().__init__(*arguments, **named)  # type: ignore[arg-type]
            self.set_progress_handler(lambda: counted.update(["steps"]), 1)

    connect, listed = sqlite3.connect, companions._listed

    def connect_counting(*arguments: object, **named: object) -> sqlite3.Connection:
        return connect(*arguments, **named, factory=Counting)  # type: ignore[call-overload]

    def list_counting(folder: str) -> companions._Listing:
        counted["names"] += len(os.listdir(folder))
        return listed(folder)

    monkeypatch.setattr(database.sqlite3, "connect", connect_counting)
    monkeypatch.setattr(companions, "_listed", list_counting)
    return counted


def _pairs(folder: Path, count: int) -> list[str]:
    folder.mkdir()
    for number in range(count):
        for ending in ("jpg", "CR2"):
            (folder / f"{number}.{ending}").write_bytes(b"%d %s" % (number, ending.encode()))
    return [str(folder / f"{number}.jpg") for number in range(count)]


def _costs_of(costs: Counter[str], work: Callable[[], list[object]], count: int) -> Counter[str]:
    costs.clear()
    assert len(work()) == count
    return Counter(costs)


def test_what_one_photo_costs_does_not_grow_with_their_number(
    costs: Counter[str], tmp_path: Path, home: Path
) -> None:
    each: dict[str, dict[int, Counter[str]]] = {"delete": {}, "undo": {}, "redo": {}}
    for count in (FEW, MANY):
        paths = _pairs(tmp_path / str(count), count)
        with Library.open(tmp_path / f"library {count}") as library:
            for name, work in (
                ("delete", lambda: library.decide("delete", paths)),  # noqa: B023
                ("undo", library.undo),
                ("redo", library.redo),
            ):
                each[name][count] = _costs_of(costs, work, count)
    for name, found in each.items():
        for what in ("steps", "names"):
            few, many = found[FEW][what] / FEW, found[MANY][what] / MANY
            # Trees of SQLite get a little deeper; a scan or a listing each would be eight times.
            assert many <= few * 1.5, (name, what, few, many)
    assert each["delete"][MANY]["names"] >= 2 * MANY  # it is counted


def test_the_question_before_many_lists_each_folder_once(
    costs: Counter[str], tmp_path: Path, home: Path
) -> None:
    paths = _pairs(tmp_path / "album", MANY)
    with Library.open(tmp_path / "library") as library:
        costs.clear()
        preview = library.delete_preview(paths)
    assert (preview.photos, len(preview.companions)) == (MANY, MANY)
    assert costs["names"] == 2 * MANY
