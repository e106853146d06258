"""R7: where a move into the recycle bin cannot be checked, nothing is deleted, and that is said."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from lqalbum.jobs.doctor import run_doctor
from lqalbum.library import trash
from lqalbum.library.library import Library
from tests.guard.originals import untouched
from tests.library.pictures import index_album, save_scene


@pytest.mark.parametrize("system", ["win32", "darwin", "freebsd14"])
def test_r07_other_systems_refuse_in_one_sentence(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    folder = tmp_path / "photos"
    paths = [save_scene(folder / f"{number}.jpg", seed=number) for number in range(2)]
    monkeypatch.setattr(trash, "sys", SimpleNamespace(platform=system))
    with untouched(folder), Library.open(tmp_path / "library") as library:
        index_album(library, str(folder), paths)
        assert library.delete_preview(paths).trash_folders == ()
        for result, path in zip(library.decide("delete", paths), paths, strict=True):
            assert (result.status, result.path, result.trash_path) == ("refused", path, None)
            assert result.error is not None
            assert path in result.error
            assert "was not deleted" in result.error
            assert "file manager" in result.error
            assert result.error.count(". ") == 0
            assert result.error.endswith(".")
        assert library.history() == []
        assert [row.decision for row in library.rows()] == ["undecided"] * 2
        assert library.decide("keep", paths[:1])[0].status == "done"
        assert library.undo()[0].status == "done"
    assert not list(home.rglob("*.jpg"))


def test_r07_doctor_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trash, "sys", SimpleNamespace(platform="win32"))
    lines = {line.name: line for line in run_doctor(tmp_path / "none", "/none.safetensors")}
    assert not lines["trash"].ok
    assert "cannot check the recycle bin" in lines["trash"].value
