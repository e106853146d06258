"""Evaluation end to end with a stand-in that judges detail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lqalbum.errors import Interrupted, LQAlbumError
from lqalbum.evaluate.tables import EvaluationTable
from lqalbum.jobs.evaluation import (
    EvaluationOptions,
    EvaluationPicture,
    EvaluationProgress,
    evaluate,
    evaluation_pictures,
)
from tests.evaluate.pictures import natural_picture
from tests.jobs.pictures import photo
from tests.jobs.stand_in import StandInDetector


def never() -> bool:
    return False


def pictures(count: int, side: int = 64) -> list[EvaluationPicture]:
    return [
        EvaluationPicture(f"/p/{n}.jpg", f"{n:064x}", True, natural_picture(side, side, n))
        for n in range(count)
    ]


def run(found: list[EvaluationPicture], options: EvaluationOptions) -> EvaluationTable:
    *_, table = evaluate(StandInDetector(), found, options, never)
    assert isinstance(table, EvaluationTable)
    return table


BLUR = EvaluationOptions(corruptions=("gaussian_blur", "contrast"), baselines=True)


def test_blur_is_found_by_a_judge_of_detail() -> None:
    table = run(pictures(10), BLUR)
    assert table.n == 10
    by_row = {(row.method, row.corruption): row.auroc for row in table.rows}
    assert by_row["combined", "gaussian_blur"] > 0.9
    assert by_row["laplacian", "gaussian_blur"] > 0.9
    # The stand-in's S_KL is the same for every picture.
    assert by_row["s_kl", "gaussian_blur"] == 0.5
    assert set(table.methods) == {"combined", "s_kl", "laplacian"}


def test_progress_counts_every_copy_and_ends_with_the_table() -> None:
    judge = StandInDetector()
    options = replace(BLUR, severities=(1, 2))
    *progress, table = evaluate(judge, pictures(9) + pictures(3, 96), options, never)
    assert isinstance(table, EvaluationTable)
    assert all(isinstance(step, EvaluationProgress) for step in progress)
    assert progress[-1] == EvaluationProgress(60, 60)  # 12 pictures, 1 + 2 x 2 variants
    assert max(judge.batches) <= 8
    assert len(set(judge.seen)) == len(judge.seen) == 60  # no two copies share their noise


def test_figures_depend_on_the_seed_but_not_on_the_order() -> None:
    found = pictures(8)
    options = EvaluationOptions(corruptions=("gaussian_noise",))
    first = run(found, options)
    backwards = run(found[::-1], options)
    assert [row.auroc for row in first.rows] == [row.auroc for row in backwards.rows]
    assert first == run(found, options)


def test_another_seed_gives_other_copies() -> None:
    seen = []
    for seed in (0, 1):
        judge = StandInDetector()
        options = EvaluationOptions(corruptions=("gaussian_noise",), seed=seed)
        list(evaluate(judge, pictures(2), options, never))
        seen.append(judge.seen)
    assert seen[0][:2] == seen[1][:2]  # the pictures as they are
    assert set(seen[0][2:]).isdisjoint(seen[1][2:])


def test_only_rated_pictures_count() -> None:
    found = pictures(12)
    detail = [float(np.abs(np.diff(item.pixels.astype(float), axis=1)).mean()) for item in found]
    ratings = {item.path: detail[n] for n, item in enumerate(found) if n < 9}
    options = EvaluationOptions(corruptions=(), ratings=ratings)
    table = run(found, options)
    assert table.n == 9
    assert table.rows == ()
    assert table.ratings is not None
    assert table.ratings["combined"].srocc == pytest.approx(1.0)


def test_stops_when_told() -> None:
    with pytest.raises(Interrupted):
        list(evaluate(StandInDetector(), pictures(2), BLUR, lambda: True))


def test_nothing_to_measure_is_said() -> None:
    with pytest.raises(LQAlbumError, match="no picture"):
        list(evaluate(StandInDetector(), [], BLUR, never))


def test_photos_are_cut_to_their_centre_square(tmp_path: Path) -> None:
    paths = [photo(tmp_path / "a.jpg", size=(600, 400)), photo(tmp_path / "b.jpg", size=(100, 90))]
    (tmp_path / "c.jpg").write_text("no picture")
    found, skipped = evaluation_pictures([*paths, str(tmp_path / "c.jpg")], 1, never, print)
    assert skipped == 1
    assert [item.path for item in found] == paths
    assert [item.pixels.shape for item in found] == [(256, 256, 3), (64, 64, 3)]


def test_a_folder_without_pictures_is_said(tmp_path: Path) -> None:
    (tmp_path / "c.jpg").write_text("no picture")
    with pytest.raises(LQAlbumError, match="None of the files"):
        evaluation_pictures([str(tmp_path / "c.jpg")], 1, never, print)
