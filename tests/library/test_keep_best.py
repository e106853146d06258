"""One photo of several is kept, the others go: one step, and never without the one that is kept."""

import os
from pathlib import Path

import pytest

from lqalbum.errors import DecisionRefusedError, PhotoError
from tests.library.conftest import Album


def decisions(album: Album) -> dict[str, str]:
    with album.open() as library:
        return {Path(row.path).name: row.decision for row in library.rows()}


def test_it_is_one_step_forth_and_back(album: Album):
    best, *others = album.paths[:4]
    with album.open() as library:
        results = library.keep_best(best, others)
        assert [(r.path, r.decision, r.status) for r in results] == [
            (best, "keep", "done"), *((path, "delete", "done") for path in others),
        ]  # fmt: skip
        assert [os.path.exists(path) for path in album.paths] == [True, *[False] * 3, True, True]
        assert len({record.step for record in library.history()}) == 1
        library.undo()
        assert all(map(os.path.exists, album.paths))
    assert set(decisions(album).values()) == {"undecided"}
    with album.open() as library:
        library.redo()
        assert not os.path.exists(others[0])
    assert decisions(album)["0.jpg"] == "keep"


@pytest.mark.parametrize("how", ["gone", "changed", "unknown"])
def test_without_the_best_none_goes(album: Album, tmp_path: Path, how: str):
    best, *others = album.paths[:3]
    if how == "gone":
        os.rename(best, tmp_path / "elsewhere.jpg")
    elif how == "changed":
        Path(best).write_bytes(b"other bytes")
    else:
        best = str(album.folder / "new.jpg")
        Path(best).write_bytes(b"never scanned")
    with album.open() as library:
        with pytest.raises((DecisionRefusedError, PhotoError)):
            library.keep_best(best, others)
        assert library.history() == []
    assert all(map(os.path.exists, others))


def test_another_name_of_the_same_file_is_no_copy(album: Album):
    best, other = album.paths[:2]
    twin = str(album.folder / "twin.jpg")
    os.link(best, twin)
    with album.open() as library:
        results = library.keep_best(best, [twin, other])
    told = {Path(r.path).name: r.status for r in results}
    assert told == {"0.jpg": "done", "1.jpg": "done", "twin.jpg": "refused"}
    assert os.path.exists(twin)
    assert not os.path.exists(other)


def test_one_that_was_kept_before_stays_kept(album: Album):
    best, other = album.paths[:2]
    with album.open() as library:
        library.decide("keep", [best])
        library.keep_best(best, [other])
        library.undo()
        assert os.path.exists(other)
    assert decisions(album)["0.jpg"] == "keep"
