"""A scan shows photos early, saves what is done, and does nothing twice."""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lqalbum.errors import ModelError, UsageError
from lqalbum.jobs import indexing
from lqalbum.jobs.export import library_report, report_pieces
from lqalbum.jobs.indexing import (
    Finished,
    IndexEvent,
    IndexOptions,
    PhotoFailed,
    PhotosChanged,
    Progress,
    Walked,
    index,
)
from lqalbum.jobs.models import main_model
from lqalbum.jobs.reports import ReportModel
from lqalbum.jobs.rescan import Absence, rows_inside
from lqalbum.jobs.scoring import BATCH
from lqalbum.jobs.summary import ScanSummary, summarise
from lqalbum.library.decode import decode
from lqalbum.library.library import Library
from lqalbum.library.records import PhotoRow
from tests.jobs.pictures import album, photo
from tests.jobs.stand_in import StandInDetector


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


def events_of(
    library: Library,
    *targets: Path,
    detector: StandInDetector | None = None,
    stop: Callable[[], bool] = lambda: False,
    **options: object,
) -> list[IndexEvent]:
    used = detector or StandInDetector()
    chosen = IndexOptions(scorer_id=used.scorer_id, **options)
    return list(index(library, [str(target) for target in targets], lambda: used, chosen, stop))


def summary_of(events: list[IndexEvent]) -> ScanSummary:
    assert isinstance(events[-1], Finished)
    return events[-1].summary


def rows(library: Library) -> dict[str, PhotoRow]:
    return {Path(row.path).name: row for row in library.rows()}


def unused() -> StandInDetector:
    raise AssertionError("there was nothing to score")


def test_a_scan_scores_every_photo(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album", good=9, flagged=2, unsure=1)
    (folder / "text.jpg").write_text("no picture at all")
    events = events_of(library, folder)
    assert isinstance(events[0], Walked)
    assert events[0].found == 13
    summary = summary_of(events)
    assert (summary.found, summary.scored, summary.flagged) == (13, 12, 2)
    assert (summary.unsure, summary.errors) == (1, 1)
    failed = [event for event in events if isinstance(event, PhotoFailed)]
    assert [(Path(event.path).name, event.code) for event in failed] == [
        ("text.jpg", "not-an-image")
    ]
    changed = {path for event in events if isinstance(event, PhotosChanged) for path in event.paths}
    assert len(changed) == 12


def test_progress_only_grows_and_ends_at_the_total(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album", good=12, flagged=1)
    (folder / "empty.jpg").touch()
    steps = [event for event in events_of(library, folder) if isinstance(event, Progress)]
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 14)
    assert {step.total for step in steps} == {14}


def test_photos_appear_before_the_detector_is_loaded(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album", good=4)
    shown: list[str | None] = []

    def load() -> StandInDetector:
        shown.extend(row.status for row in library.rows())
        assert all(library.thumbnail(row.sha256) for row in library.rows())
        return StandInDetector()

    options = IndexOptions(scorer_id="b" * 64)
    list(index(library, [str(folder)], load, options, lambda: False))
    assert shown == [None] * 5


def test_flagged_photos_get_their_pictures(library: Library, tmp_path: Path):
    events_of(library, album(tmp_path / "album", good=1, flagged=1))
    flagged, good = rows(library)["soft-0.jpg"], rows(library)["good-0.jpg"]
    jpeg = library.reconstruction(flagged.sha256, "b" * 64)
    assert jpeg is not None
    assert jpeg.startswith(b"\xff\xd8")
    assert library.heat_map(flagged.sha256, "b" * 64).shape == (8, 8)
    assert library.reconstruction(good.sha256, "b" * 64) is None
    assert flagged.reason == "blurred"
    assert library.details(flagged.photo_id)["detail"].percentile == 1.0


def test_batches_have_one_shape_and_are_full_where_they_can_be(library: Library, tmp_path: Path):
    for number in range(19):
        upright = number % 2 == 0
        size = (256, 384) if upright else (384, 256)
        photo(tmp_path / "album" / f"{number:02d}.jpg", seed=number, size=size)
    detector = StandInDetector()
    events_of(library, tmp_path / "album", detector=detector)
    assert sum(detector.batches) == 19
    # Ten upright and nine wide photos.
    assert max(detector.batches) == BATCH
    assert sum(size < BATCH for size in detector.batches) <= 2


def test_an_unchanged_folder_is_not_read_again(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    (folder / "text.jpg").write_text("no picture at all")
    first = summary_of(events_of(library, folder))
    options = IndexOptions(scorer_id="b" * 64)
    events = list(index(library, [str(folder)], unused, options, lambda: False))
    assert not [event for event in events if isinstance(event, PhotosChanged | PhotoFailed)]
    second = summary_of(events)
    assert (second.found, second.flagged, second.errors) == (5, first.flagged, 1)


def test_only_a_changed_photo_is_scored_again(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album", good=3, flagged=0)
    events_of(library, folder)
    photo(folder / "good-1.jpg", seed=77, detail=0.0)
    detector = StandInDetector()
    assert summary_of(events_of(library, folder, detector=detector)).flagged == 1
    assert len(detector.seen) == 1


def test_a_touched_photo_keeps_its_score(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album", good=2)
    events_of(library, folder)
    os.utime(folder / "good-0.jpg", ns=(1, 1))
    detector = StandInDetector()
    summary = summary_of(events_of(library, folder, detector=detector))
    assert (summary.scored, detector.seen) == (3, [])


def test_another_calibration_scores_anew_and_both_scores_are_kept(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    events_of(library, folder)
    other = StandInDetector(scorer_id="c" * 64)
    events_of(library, folder, detector=other)
    assert len(other.seen) == 4
    assert all(row.status == "scored" for row in library.rows("b" * 64))


def test_a_library_knows_whose_scores_it_holds(library: Library, tmp_path: Path):
    assert main_model(library) == ReportModel()
    folder = album(tmp_path / "album", good=2, flagged=1)
    events_of(library, folder)
    assert main_model(library) == ReportModel(model_id="a" * 64, scorer_id="b" * 64)
    other = StandInDetector(scorer_id="c" * 64)
    events_of(library, folder / "good-0.jpg", detector=other)
    assert main_model(library).scorer_id == "b" * 64
    events_of(library, folder, detector=other)
    assert main_model(library).scorer_id == "c" * 64
    summary = summarise(library.rows(), 0.03)
    report = library_report(library, library.rows(), main_model(library), 0.03, summary, None)
    page = b"".join(report_pieces(report, library, "html")).decode()
    assert page.count('alt="partial reconstruction"') == 1


def test_a_stopped_scan_goes_on_where_it_ended(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album", good=30, flagged=0)
    detector = StandInDetector()
    events = events_of(library, folder, detector=detector, stop=lambda: len(detector.seen) >= 8)
    halfway = summary_of(events)
    assert 8 <= halfway.scored < 30
    assert summary_of(events_of(library, folder, detector=detector)).scored == 30
    assert len(detector.seen) == len(set(detector.seen)) == 30


def test_a_scan_that_is_dropped_keeps_what_was_read(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # However slow the machine is, the first commit is that of the first photos.
    monkeypatch.setattr(indexing, "COMMIT_S", math.inf)
    folder = album(tmp_path / "album", good=12, flagged=0)
    run = index(
        library, [str(folder)], StandInDetector, IndexOptions(scorer_id="b" * 64), lambda: False
    )
    for event in run:
        if isinstance(event, PhotosChanged):
            break
    run.close()
    assert len(library.rows()) >= 8


def test_nothing_is_begun_while_paused(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album", good=6, flagged=0)
    asked = 0

    def paused() -> bool:
        nonlocal asked
        asked += 1
        return 3 < asked < 12

    assert summary_of(events_of(library, folder, paused=paused)).scored == 6
    assert asked >= 12


def test_an_unplugged_root_is_offline_and_comes_back_unread(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    events_of(library, folder)
    folder.rename(tmp_path / "unplugged")
    options = IndexOptions(scorer_id="b" * 64)
    gone = list(index(library, [str(folder)], unused, options, lambda: False))
    assert isinstance(gone[0], Walked)
    assert (gone[0].found, gone[0].offline) == (0, (str(folder),))
    assert {row.status for row in library.rows()} == {"offline"}
    assert all(row.score is not None for row in library.rows())
    (tmp_path / "unplugged").rename(folder)
    back = list(index(library, [str(folder)], unused, options, lambda: False))
    assert summary_of(back).scored == 4


def test_an_empty_mount_point_is_offline(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    events_of(library, folder)
    shutil.rmtree(folder)
    folder.mkdir()
    events_of(library, folder)
    assert {row.status for row in library.rows()} == {"offline"}


def test_a_removed_photo_is_missing_and_comes_back_unread(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    events_of(library, folder)
    (folder / "good-0.jpg").rename(tmp_path / "aside.jpg")
    events_of(library, folder)
    assert rows(library)["good-0.jpg"].status == "missing"
    (tmp_path / "aside.jpg").rename(folder / "good-0.jpg")
    list(index(library, [str(folder)], unused, IndexOptions(scorer_id="b" * 64), lambda: False))
    assert rows(library)["good-0.jpg"].status == "scored"


def test_a_removed_subfolder_is_missing_not_offline(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    album(folder / "trip")
    events_of(library, folder)
    shutil.rmtree(folder / "trip")
    events_of(library, folder / "trip", accept_missing=True)
    statuses = {row.path.removeprefix(f"{folder}/"): row.status for row in library.rows()}
    assert statuses["trip/good-0.jpg"] == "missing"
    assert statuses["good-0.jpg"] == "scored"


def test_a_moved_photo_keeps_its_score(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    events_of(library, folder)
    (folder / "sorted").mkdir()
    (folder / "good-0.jpg").rename(folder / "sorted" / "renamed.jpg")
    detector = StandInDetector()
    assert summary_of(events_of(library, folder, detector=detector)).scored == 4
    assert detector.seen == []
    assert rows(library)["renamed.jpg"].status == "scored"


def test_a_pattern_leaves_out_without_forgetting(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    events_of(library, folder)
    summary = summary_of(events_of(library, folder, exclude=("good-*",)))
    assert summary.found == 1
    assert {row.status for row in library.rows()} == {"scored"}


@pytest.mark.parametrize("trouble", [PermissionError(13, "no"), FileNotFoundError(2, "none")])
@pytest.mark.parametrize("name", ["locked", "locked/inner"])
def test_a_folder_that_cannot_be_listed_keeps_its_photos(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: OSError, name: str
):
    folder = album(tmp_path / "album")
    album(folder / name, good=2)
    events_of(library, folder)
    listed, looked = os.scandir, os.lstat

    def scandir(path: str):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    def lstat(path: str, **named: int):
        # Some file systems say of what they cannot reach that it is not there.
        if "/locked/" in str(path):
            raise trouble
        return looked(path, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        patch.setattr(os, "lstat", lstat)
        events = events_of(library, folder)
    assert isinstance(events[0], Walked)
    assert events[0].unreadable == (str(folder / "locked"),)
    assert events[0].absences == ()
    assert {row.status for row in library.rows()} == {"scored"}


def test_a_photo_that_cannot_be_looked_for_is_not_missing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = album(tmp_path / "album")
    events_of(library, folder)
    (folder / "good-0.jpg").rename(tmp_path / "aside.jpg")
    looked = os.lstat

    def lstat(path: str, **named: int):
        if str(path).endswith("good-0.jpg"):
            raise OSError(5, "Input/output error")
        return looked(path, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", lstat)
        events_of(library, folder)
    assert {row.status for row in library.rows()} == {"scored"}


def test_one_photo_can_be_scanned_alone(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    summary = summary_of(events_of(library, folder / "soft-0.jpg"))
    assert (summary.found, summary.flagged) == (1, 1)
    events_of(library, folder)
    events_of(library, folder / "soft-0.jpg")
    assert {row.status for row in library.rows()} == {"scored"}


def test_a_folder_inside_a_known_root_belongs_to_it(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    album(folder / "trip")
    events_of(library, folder)
    photo(folder / "trip" / "new.jpg", seed=9)
    events_of(library, folder / "trip")
    assert library.roots() == [str(folder)]
    assert {row.root for row in library.rows()} == {str(folder)}


def test_a_folder_named_twice_or_by_a_link_is_one(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    (tmp_path / "link").symlink_to(folder)
    summary = summary_of(events_of(library, folder, tmp_path / "link", folder))
    assert (summary.found, len(library.rows())) == (4, 4)


def test_what_does_not_exist_is_refused_by_name(library: Library, tmp_path: Path):
    with pytest.raises(UsageError, match="no-such-album"):
        events_of(library, tmp_path / "no-such-album")
    os.mkfifo(tmp_path / "fifo.jpg")
    with pytest.raises(UsageError, match="nor a regular file"):
        events_of(library, tmp_path / "fifo.jpg")


def test_without_a_usable_model_all_photos_are_shown(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album", good=25, flagged=0)
    loads = 0

    def broken() -> StandInDetector:
        nonlocal loads
        loads += 1
        raise ModelError("The model is damaged; name another.")

    events: list[IndexEvent] = []
    run = index(library, [str(folder)], broken, IndexOptions(scorer_id="b" * 64), lambda: False)
    with pytest.raises(ModelError, match="damaged"):
        events.extend(run)
    assert loads == 1
    assert len(library.rows()) == 25
    assert all(library.thumbnail(row.sha256 or "") for row in library.rows())
    assert summary_of(events) == replace(summary_of(events), found=25, scored=0, errors=0)
    steps = [event for event in events if isinstance(event, Progress)]
    assert (steps[-1].done, steps[-1].total) == (25, 25)
    assert summary_of(events_of(library, folder)).scored == 25


def test_r11_many_missing_photos_are_offline_until_it_is_confirmed(
    library: Library, tmp_path: Path
):
    folder = album(tmp_path / "album", good=10, flagged=0)
    events_of(library, folder)
    aside = tmp_path / "aside"
    aside.mkdir()
    for number in range(2):  # a fifth, and no more
        (folder / f"good-{number}.jpg").rename(aside / f"good-{number}.jpg")
    (walked, *_) = events_of(library, folder)
    assert isinstance(walked, Walked)
    assert walked.absences == ()
    assert rows(library)["good-0.jpg"].status == "missing"
    for number in range(2, 5):
        (folder / f"good-{number}.jpg").rename(aside / f"good-{number}.jpg")
    before = library.rows()
    (walked, *_) = events_of(library, folder)
    assert isinstance(walked, Walked)
    assert walked.absences == (Absence(str(folder), 3, 8),)
    statuses = [row.status for row in library.rows()]
    assert statuses == ["missing"] * 2 + ["offline"] * 3 + ["scored"] * 5
    assert [replace(row, status=None) for row in library.rows()] == [
        replace(row, status=None) for row in before
    ]
    (refused,) = library.decide("delete", [str(folder / "good-2.jpg")])
    assert refused.status == "refused"
    (aside / "good-2.jpg").rename(folder / "good-2.jpg")
    options = IndexOptions(scorer_id="b" * 64)
    back = list(index(library, [str(folder)], unused, options, lambda: False))
    assert rows(library)["good-2.jpg"].status == "scored"
    assert summary_of(back).scored == 6
    events_of(library, folder, accept_missing=True)
    assert [row.status for row in library.rows()].count("missing") == 4


def test_r11_moving_most_photos_to_another_folder_needs_no_question(
    library: Library, tmp_path: Path
):
    folder = album(tmp_path / "album", good=6, flagged=0)
    events_of(library, folder)
    library.decide("keep", [str(folder / "good-1.jpg")])
    (folder / "sorted").mkdir()
    for number in range(5):
        (folder / f"good-{number}.jpg").rename(folder / "sorted" / f"good-{number}.jpg")
    (walked, *_) = events_of(library, folder)
    assert isinstance(walked, Walked)
    assert walked.absences == ()
    assert {row.status for row in library.rows()} == {"scored"}
    assert rows(library)["good-1.jpg"].decision == "keep"


def _statuses(library: Library, folder: Path) -> dict[str, str | None]:
    return {
        Path(row.path).name: row.status for row in library.rows() if Path(row.path).parent == folder
    }


@pytest.mark.parametrize("is_gone", [False, True])
@pytest.mark.parametrize("is_first", [False, True])
def test_r11_an_unplugged_root_inside_another_is_offline(
    library: Library, tmp_path: Path, is_gone: bool, is_first: bool
):
    outer = album(tmp_path / "m", good=20, flagged=0)
    inner = album(outer / "card", good=2, flagged=0)
    copy = outer / "local" / "copy.jpg"
    events_of(library, inner)
    events_of(library, outer)
    photo(inner / "new.jpg", seed=50)
    events_of(library, outer if is_first else inner)
    assert {row.root for row in library.rows() if "card" in row.path} == {str(inner)}
    library.decide("keep", [str(inner / "good-0.jpg")])
    shutil.move(inner, tmp_path / "unplugged")
    if not is_gone:
        inner.mkdir()
    copy.parent.mkdir()
    shutil.copy2(tmp_path / "unplugged" / "good-0.jpg", copy)
    (walked, *_) = events_of(library, outer)
    assert isinstance(walked, Walked)
    assert (walked.offline, walked.absences) == ((str(inner),), ())
    assert set(_statuses(library, inner).values()) == {"offline"}
    assert set(_statuses(library, outer).values()) == {"scored"}
    assert [one.is_online for one in library.watched_folders()] == [True, False]
    assert rows(library)["copy.jpg"].decision == "undecided"
    assert [row.decision for row in library.rows()].count("keep") == 1
    if not is_gone:
        inner.rmdir()
    shutil.move(tmp_path / "unplugged", inner)
    options = IndexOptions(scorer_id="b" * 64)
    list(index(library, [str(outer)], unused, options, lambda: False))
    assert set(_statuses(library, inner).values()) == {"scored"}
    kept = library.row(str(inner / "good-0.jpg"))
    assert kept is not None
    assert kept.decision == "keep"


def test_r11_photos_of_an_inner_root_that_the_outer_one_counted_are_offline_with_it(
    library: Library, tmp_path: Path
):
    outer = album(tmp_path / "m", good=6, flagged=0)
    inner = album(outer / "card", good=2, flagged=0)
    events_of(library, inner)
    events_of(library, outer)
    # As libraries of the version before hold them.
    found = decode(str(inner / "good-1.jpg"))
    library.add_decoded([(str(outer), str(inner / "good-1.jpg"), found)])
    assert {row.root for row in library.rows() if "card" in row.path} == {str(inner), str(outer)}
    shutil.rmtree(inner)
    events_of(library, outer)
    assert {row.root for row in library.rows() if "card" in row.path} == {str(inner)}
    assert set(_statuses(library, inner).values()) == {"offline"}


@pytest.mark.parametrize("is_inner", [False, True])
def test_r11_a_root_that_cannot_be_listed_is_offline(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_inner: bool
):
    outer = album(tmp_path / "m", good=3, flagged=0)
    inner = album(outer / "card", good=2, flagged=0)
    events_of(library, inner)
    events_of(library, outer)
    listed, looked = os.scandir, os.lstat

    def scandir(path: str):
        if str(path) == str(inner):
            raise OSError(5, "Input/output error")
        return listed(path)

    def lstat(path: str, **named: int):
        if str(path).startswith(f"{inner}/"):
            raise OSError(5, "Input/output error")
        return looked(path, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        patch.setattr(os, "lstat", lstat)
        (walked, *_) = events_of(library, outer if is_inner else inner)
    assert isinstance(walked, Walked)
    assert (walked.offline, walked.unreadable) == ((str(inner),), (str(inner),))
    assert set(_statuses(library, inner).values()) == {"offline"}
    assert set(_statuses(library, outer).values()) == {"scored"}


def test_r11_the_question_is_asked_for_each_root(library: Library, tmp_path: Path):
    outer = album(tmp_path / "m", good=20, flagged=0)
    inner = album(outer / "card", good=6, flagged=0)
    events_of(library, inner)
    events_of(library, outer)
    for number in range(3):
        (inner / f"good-{number}.jpg").unlink()
    (walked, *_) = events_of(library, outer)
    assert isinstance(walked, Walked)
    assert walked.absences == (Absence(str(inner), 3, 6),)
    assert list(_statuses(library, inner).values()) == ["offline"] * 3 + ["scored"] * 3
    assert [one.is_online for one in library.watched_folders()] == [True, True]


def test_r11_what_vanished_beside_an_inner_root_is_asked_about(library: Library, tmp_path: Path):
    outer = album(tmp_path / "m", good=4, flagged=0)
    inner = album(outer / "card", good=2, flagged=0)
    events_of(library, inner)
    events_of(library, outer)
    for number in range(4):
        (outer / f"good-{number}.jpg").unlink()
    (walked, *_) = events_of(library, outer)
    assert isinstance(walked, Walked)
    assert (walked.offline, walked.absences) == ((), (Absence(str(outer), 4, 4),))
    assert set(_statuses(library, inner).values()) == {"scored"}
    shutil.rmtree(outer)
    (walked, *_) = events_of(library, outer)
    assert isinstance(walked, Walked)
    assert walked.offline == (str(outer), str(inner))


def test_r12_renumbered_photos_keep_what_was_decided(library: Library, tmp_path: Path):
    folder = tmp_path / "album"
    for number in range(12):
        photo(folder / f"p{number:02d}.jpg", seed=number)
    events_of(library, folder)
    library.decide("keep", [str(folder / "p00.jpg"), str(folder / "p07.jpg")])
    for number in reversed(range(12)):
        (folder / f"p{number:02d}.jpg").rename(folder / f"p{number + 5:02d}.jpg")
    (walked, *_) = events_of(library, folder)
    assert isinstance(walked, Walked)
    assert walked.absences == ()
    kept = [name for name, row in rows(library).items() if row.decision == "keep"]
    assert kept == ["p05.jpg", "p12.jpg"]
    assert list(rows(library)) == [f"p{number:02d}.jpg" for number in range(5, 17)]
    assert {row.status for row in library.rows()} == {"scored"}


def test_the_own_trash_is_never_scanned(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = album(tmp_path / "album")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    events_of(library, folder)
    (deleted,) = library.decide("delete", [str(folder / "good-0.jpg")])
    assert deleted.trash_path is not None
    assert summary_of(events_of(library, folder)).found == 3
    trash = folder / "data" / "Trash"
    assert Path(deleted.trash_path).parent == trash / "files"
    for named in (trash, trash / "files", Path(deleted.trash_path)):
        with pytest.raises(UsageError, match="trash, which is not scanned"):
            events_of(library, named)
    assert summary_of(events_of(library, folder / "data")).found == 0


def test_a_library_may_lie_in_its_album(tmp_path: Path):
    for place in (tmp_path / "one", tmp_path / "two" / "library"):
        folder = album(tmp_path / place.relative_to(tmp_path).parts[0])
        with Library.open(place) as opened:
            assert summary_of(events_of(opened, folder)).found == 4
            assert summary_of(events_of(opened, folder)).found == 4
            for name in ("lock", "index.db", "cache.db-wal"):
                with pytest.raises(UsageError, match="library's own files"):
                    events_of(opened, place / name)
            assert len(opened.rows()) == 4


def test_what_is_no_photos_file_is_refused_when_it_is_named(library: Library, tmp_path: Path):
    folder = album(tmp_path / "album")
    with pytest.raises(UsageError, match="library's own files"):
        events_of(library, library.folder / "lock")
    if sys.platform == "linux":
        with pytest.raises(UsageError, match="running system"):
            events_of(library, Path("/proc/self/mem"))
    assert library.roots() == []
    (folder / "notes.txt").write_text("no picture")
    assert summary_of(events_of(library, folder / "notes.txt")).errors == 1


@pytest.mark.parametrize("strictness", [0.01, 0.03, 0.5])
def test_the_counts_of_a_run_are_those_of_its_rows(
    library: Library, tmp_path: Path, strictness: float
):
    folder = album(tmp_path / "album", good=3, flagged=2, unsure=2)
    album(folder / "trip", good=1, flagged=1, unsure=1)
    (folder / "text.jpg").write_text("no picture at all")
    events_of(library, folder)
    library.decide("delete", [str(folder / "soft-0.jpg")])
    for target in (folder, folder / "trip", folder / "soft-1.jpg"):
        summary = summary_of(events_of(library, target, strictness=strictness))
        inside = rows_inside(library.rows(), [str(target)])
        expected = summarise(inside, strictness, found=summary.found, seconds=summary.seconds)
        assert summary == expected


def test_an_unchanged_folder_is_known_by_its_listing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = album(tmp_path / "album")
    album(folder / "trip", good=2)
    (folder / "text.jpg").write_text("no picture at all")
    first = summary_of(events_of(library, folder))
    compared: list[str] = []
    known = library.known

    def watched(place: str, scorer_id: str | None = None) -> object:
        compared.append(place)
        return known(place, scorer_id)

    monkeypatch.setattr(library, "known", watched)
    again = summary_of(events_of(library, folder, detector=None))
    assert compared == []
    assert again == replace(first, seconds=again.seconds)
    os.utime(folder / "trip" / "good-0.jpg", ns=(1, 1))
    events_of(library, folder)
    assert compared == [str(folder / "trip")]
    compared.clear()
    folder.rename(tmp_path / "unplugged")
    events_of(library, folder)
    assert {row.status for row in library.rows()} == {"offline"}
    compared.clear()
    (tmp_path / "unplugged").rename(folder)
    again = summary_of(events_of(library, folder, detector=None))
    assert again == replace(first, seconds=again.seconds)
    assert compared == []
    assert {row.status for row in library.rows()} == {"scored", "error"}


def test_a_photo_that_went_and_came_back_unseen_is_found_again(library: Library, tmp_path: Path):
    # Its old folder then looks as it did when nothing was to do there.
    folder, other = album(tmp_path / "album"), tmp_path / "other"
    other.mkdir()
    events_of(library, folder)
    (folder / "good-0.jpg").rename(other / "good-0.jpg")
    events_of(library, other)
    assert rows(library)["good-0.jpg"].path == str(other / "good-0.jpg")
    (other / "good-0.jpg").rename(folder / "good-0.jpg")
    events_of(library, folder)
    assert rows(library)["good-0.jpg"].path == str(folder / "good-0.jpg")


@pytest.mark.parametrize("year", [1960, 2400])
def test_a_time_beyond_those_of_the_database_is_no_trouble(
    library: Library, tmp_path: Path, year: int
):
    folder = album(tmp_path / "album", good=1)
    seconds = (year - 1970) * 31_556_952
    os.utime(folder / "good-0.jpg", (seconds, seconds))
    assert summary_of(events_of(library, folder)).scored == 2
    options = IndexOptions(scorer_id="b" * 64)
    assert (
        summary_of(list(index(library, [str(folder)], unused, options, lambda: False))).found == 2
    )
    (result,) = library.decide("delete", [str(folder / "good-0.jpg")])
    assert result.status == "done"
    library.undo()
    assert (folder / "good-0.jpg").stat().st_mtime == seconds
