"""A review without a window, on real files in a real library."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lqalbum.library.decode import decode
from lqalbum.library.library import Library
from lqalbum.library.records import Scoring
from lqalbum.review.session import ReviewSession

# Sorted by score, worst first, the photos are in this order.
NAMES = ("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg")
PERCENTILES = (99.5, 99.0, 98.0, 50.0, 10.0)


def scoring(percentile: float) -> Scoring:
    return Scoring(
        scorer_id="s" * 64,
        model_id="m" * 64,
        score=percentile / 10,
        percentile=percentile,
        percentile_low=percentile,
        percentile_high=percentile,
        s_kl=0.1,
        s_kl_percentile=percentile,
        split_level=3,
        high_frequency=0.2,
        kind="photo",
        reason="blurred",
        evidence={},
    )


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        pixels = np.random.default_rng(number).integers(0, 256, (96, 128, 3), np.uint8)
        Image.fromarray(pixels).save(folder / name)
    return folder


@pytest.fixture
def library(tmp_path: Path, album: Path):
    with Library.open(tmp_path / "library") as library:
        library.known(str(album))
        paths = [str(album / name) for name in NAMES]
        library.add_decoded([(str(album), path, decode(path)) for path in paths])
        library.add_scores([(path, scoring(p)) for path, p in zip(paths, PERCENTILES, strict=True)])
        yield library


@pytest.fixture
def session(library: Library) -> ReviewSession:
    session = ReviewSession(library)
    session.load(library.rows())
    return session


def current(session: ReviewSession) -> str | None:
    row = session.current_row
    return None if row is None else Path(row.path).name


def shown(session: ReviewSession) -> list[str]:
    return [Path(session.photos.row(i).path).name for i in session.photos.listing]


def choose(session: ReviewSession, *names: str) -> None:
    ids = {Path(session.photos.row(i).path).name: i for i in session.photos.listing}
    session.select([ids[name] for name in names], ids[names[-1]])


def test_the_worst_photo_is_the_first_current_one(session):
    assert shown(session) == list(NAMES)
    assert current(session) == "a.jpg"


def test_delete_moves_the_photo_and_goes_on_to_the_next(session, album):
    session.set_filter("flagged")
    choose(session, "b.jpg")
    toast = session.decide("delete")
    assert not (album / "b.jpg").exists()
    assert "b.jpg" in toast.text
    assert shown(session) == ["a.jpg", "c.jpg"]
    assert current(session) == "c.jpg"
    assert session.photos.counts()["deleted"] == 1


def test_at_the_end_the_photo_before_becomes_current(session):
    session.set_filter("flagged")
    choose(session, "c.jpg")
    session.decide("keep")
    assert current(session) == "b.jpg"
    session.decide("keep")
    assert current(session) == "a.jpg"
    session.decide("keep")
    assert current(session) is None
    assert shown(session) == []
    assert session.decide("keep") is None


def test_keeping_in_a_view_that_still_shows_the_photo_goes_on_too(session):
    session.decide("keep")
    assert shown(session) == list(NAMES)
    assert current(session) == "b.jpg"


def test_undo_brings_the_same_bytes_back_and_returns_to_them(session, album):
    before = (album / "a.jpg").read_bytes()
    session.decide("delete")
    assert current(session) == "b.jpg"
    toast = session.undo()
    assert (album / "a.jpg").read_bytes() == before
    assert current(session) == "a.jpg"
    assert "a.jpg" in toast.text
    session.redo()
    assert not (album / "a.jpg").exists()


def test_what_moves_in_or_out_of_the_trash_is_said_by_its_result(session, album):
    (album / "a.xmp").write_text("<x/>")
    session.decide("delete")
    session.set_filter("deleted")
    assert "Brought back from the trash: a.jpg and a.xmp." in session.decide("undecided").text
    again = session.undo()
    assert not (album / "a.jpg").exists()
    assert again.text == (
        "Undone. Moved to the trash again: a.jpg and a.xmp. Ctrl+Shift+Z repeats the step."
    )
    session.undo()
    assert (album / "a.jpg").exists()
    session.set_filter("all")
    session.decide("keep")
    assert session.undo().text == "Undone: a.jpg. Ctrl+Shift+Z repeats it."


def test_a_selection_is_one_step(session, album):
    choose(session, "a.jpg", "c.jpg", "d.jpg")
    step = session.plan("delete")
    assert [Path(path).name for path in step.paths] == ["a.jpg", "c.jpg", "d.jpg"]
    assert "3 photos" in session.prompt(step).question
    session.decide("delete")
    assert current(session) == "e.jpg"
    assert sorted(path.name for path in album.iterdir()) == ["b.jpg", "e.jpg"]
    session.undo()
    assert sorted(path.name for path in album.iterdir()) == sorted(NAMES)
    assert len(session.selection) == 3


def test_one_photo_needs_no_prompt(session):
    assert session.prompt(session.plan("delete")) is None
    session.select_all()
    assert session.prompt(session.plan("keep")) is None


def test_what_is_in_the_trash_is_not_deleted_again_but_kept_from_there(session, album):
    session.decide("delete")
    session.set_filter("deleted")
    assert session.plan("delete") is None
    session.decide("keep")
    assert (album / "a.jpg").exists()
    assert shown(session) == []
    session.set_filter("kept")
    assert shown(session) == ["a.jpg"]


def test_offline_photos_cannot_be_deleted(session, library, album):
    library.mark_offline(str(album))
    session.load(library.rows())
    session.set_filter("offline")
    assert len(shown(session)) == 5
    assert session.plan("delete") is None


def test_a_photo_that_has_changed_is_left_and_the_session_returns_to_it(session, album):
    with (album / "a.jpg").open("ab") as file:
        file.write(b"more")
    toast = session.decide("delete")
    assert (album / "a.jpg").exists()
    assert toast.is_problem
    assert current(session) == "a.jpg"


@pytest.mark.parametrize("decision", ["keep", "undecided"])
def test_what_is_decided_so_already_is_passed_over_and_leaves_undo_alone(session, decision):
    session.decide("keep")  # the one thing that there is to undo
    choose(session, "a.jpg" if decision == "keep" else "b.jpg")
    before = current(session)
    assert session.plan(decision) is None
    assert session.decide(decision) is None
    assert current(session) == NAMES[NAMES.index(before) + 1]
    session.undo()
    assert session.photos.counts()["undecided"] == 5


def test_among_several_only_those_not_decided_so_are_written_down(session):
    choose(session, "b.jpg")
    session.decide("keep")
    choose(session, "a.jpg", "b.jpg", "c.jpg")
    step = session.plan("keep")
    assert [Path(path).name for path in step.paths] == ["a.jpg", "c.jpg"]


def test_the_last_photo_of_a_view_is_not_left_for_one_before_it(session):
    choose(session, "e.jpg")
    session.decide("undecided")
    assert current(session) == "e.jpg"


def test_while_a_step_is_under_way_its_photo_is_not_decided_twice(session):
    step = session.plan("delete")
    session.begin(step)
    choose(session, "a.jpg")
    assert session.plan("delete") is None
    session.abandon(step)
    assert session.plan("delete") is not None


def test_advance_skips_photos_still_being_moved(session):
    for name in ("b.jpg", "a.jpg"):
        choose(session, name)
        session.begin(session.plan("delete"))
    assert current(session) == "c.jpg"


def test_until_one_is_chosen_the_current_photo_is_the_worst_known(library):
    session = ReviewSession(library)
    rows = {Path(row.path).name: row for row in library.rows()}
    session.update([rows["e.jpg"]])
    assert current(session) == "e.jpg"
    session.update([rows["c.jpg"], rows["d.jpg"]])
    assert current(session) == "c.jpg"
    choose(session, "d.jpg")
    session.update([rows["a.jpg"]])
    assert current(session) == "d.jpg"
    assert shown(session) == ["a.jpg", "c.jpg", "d.jpg", "e.jpg"]


def test_strictness_changes_the_view_and_keeps_the_place(session):
    session.set_filter("flagged")
    choose(session, "b.jpg")
    session.set_strictness(0.005)
    assert shown(session) == []
    session.set_strictness(0.03)
    assert shown(session) == ["a.jpg", "b.jpg", "c.jpg"]
    choose(session, "b.jpg")
    session.set_strictness(0.015)
    assert current(session) == "b.jpg"


def test_going_stops_at_the_ends(session):
    session.go(-1)
    assert current(session) == "a.jpg"
    session.go(3)
    assert current(session) == "d.jpg"
    session.go(9)
    assert current(session) == "e.jpg"


def test_decisions_outlive_the_session(session, library, album):
    session.decide("delete")
    session.decide("keep")
    again = ReviewSession(library)
    again.load(library.rows())
    assert again.photos.counts()["deleted"] == 1
    assert again.photos.counts()["kept"] == 1
    again.undo()
    again.undo()
    assert (album / "a.jpg").exists()
    assert again.photos.counts()["undecided"] == 5
