"""Which photos get a sidecar, what becomes of each, and that the rest goes on."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from lqalbum.jobs.sidecar_export import (
    Sidecar,
    count_sidecars,
    plan_sidecars,
    sidecar_words,
    write_sidecars,
)
from lqalbum.library import sidecars
from lqalbum.library.records import PhotoRow
from tests.jobs.rows import BROKEN, FLAGGED, GOOD, SCREEN, UNSURE

KEPT = replace(GOOD, photo_id=6, decision="keep")


def placed(folder: Path, name: str, row: PhotoRow) -> PhotoRow:
    """The row of a photo that is there."""
    (folder / name).write_bytes(b"photo")
    return replace(row, path=str(folder / name))


def never() -> bool:
    return False


def labels(plan: list[Sidecar]) -> dict[str, str]:
    return {os.path.basename(one.path): f"{one.label} {one.status}" for one in plan}


def test_flagged_ones_are_rejected_kept_ones_accepted_the_rest_left_out(tmp_path: Path):
    rows = {
        "kept.jpg": KEPT,
        "flagged.jpg": FLAGGED,
        "kept_though_flagged.jpg": replace(FLAGGED, decision="keep"),
        "kept_before_it_was_scored.jpg": replace(KEPT, status=None, score=None),
        "good.jpg": GOOD,
        "unsure.jpg": UNSURE,
        "broken.jpg": BROKEN,
        "screen.png": SCREEN,
        "away.jpg": replace(FLAGGED, status="offline"),
        "gone.jpg": replace(FLAGGED, status="missing"),
        "in_the_trash.jpg": replace(FLAGGED, status="deleted", decision="delete"),
    }
    plan = plan_sidecars([placed(tmp_path, name, row) for name, row in rows.items()], 0.03)
    assert labels(plan) == {
        "flagged.jpg": "rejected planned",
        "kept.jpg": "accepted planned",
        "kept_before_it_was_scored.jpg": "accepted planned",
        "kept_though_flagged.jpg": "accepted planned",
    }
    assert labels(plan_sidecars([placed(tmp_path, "u.jpg", UNSURE)], 0.10)) == {
        "u.jpg": "rejected planned"
    }


def test_planning_writes_nothing_and_writing_does_what_was_planned(tmp_path: Path):
    rows = [placed(tmp_path, "b.jpg", FLAGGED), placed(tmp_path, "a.jpg", KEPT)]
    rows.append(placed(tmp_path, "c.jpg", FLAGGED))
    (tmp_path / "c.xmp").write_bytes(b"mine")
    names = sorted(os.listdir(tmp_path))
    plan = plan_sidecars(rows, 0.03)
    assert sorted(os.listdir(tmp_path)) == names
    done = list(write_sidecars(plan, never))
    assert labels(done) == {
        "a.jpg": "accepted written", "b.jpg": "rejected written", "c.jpg": "rejected skipped",
    }  # fmt: skip
    assert done[2].sidecar == str(tmp_path / "c.xmp")
    assert (tmp_path / "c.xmp").read_bytes() == b"mine"
    assert sorted(os.listdir(tmp_path)) == sorted([*names, "a.jpg.xmp", "b.jpg.xmp"])
    again = plan_sidecars(rows, 0.03)
    assert count_sidecars(again).skipped == 3


def test_one_that_fails_is_told_and_the_others_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    rows = [placed(tmp_path, f"{name}.jpg", FLAGGED) for name in "abc"]
    rows.append(replace(FLAGGED, path=str(tmp_path / "gone.jpg")))
    real = sidecars.write_new

    def full(destination: str, content: bytes, beginning: bytes) -> None:
        if destination.endswith("b.jpg.xmp"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(destination, content, beginning)

    monkeypatch.setattr(sidecars, "write_new", full)
    done = list(write_sidecars(plan_sidecars(rows, 0.03), never))
    assert [one.status for one in done] == ["written", "failed", "written", "failed"]
    assert done[1].error == f"{tmp_path}/b.jpg.xmp could not be written: No space left on device."
    assert done[3].error == f"{tmp_path}/gone.jpg is not there any more; scan its folder again."
    counts = count_sidecars(done)
    assert (counts.rejected, counts.failed) == (2, 2)
    assert sidecar_words(counts) == "Sidecars: 2 rejected, 0 accepted; 2 could not be written."


def test_stopping_keeps_what_was_written(tmp_path: Path):
    rows = [placed(tmp_path, f"{name}.jpg", FLAGGED) for name in "abc"]
    plan = plan_sidecars(rows, 0.03)
    done: list[Sidecar] = []
    done += write_sidecars(plan, lambda: len(done) > 0 or (tmp_path / "a.jpg.xmp").exists())
    assert [one.status for one in done] == ["written"]
    assert not (tmp_path / "b.jpg.xmp").exists()
