"""A library and an album of small photos."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from lqalbum.library.library import Library
from lqalbum.library.records import Evidence, Scoring
from tests.library.pictures import index_album, save_scene


@dataclass(frozen=True)
class Album:
    """Photos in a folder, indexed in a library."""

    folder: Path
    library_folder: Path
    paths: list[str]

    def open(self) -> Library:
        """Open the library anew, as the next start of the program does."""
        return Library.open(self.library_folder)


@pytest.fixture
def album(tmp_path: Path) -> Album:
    """Six indexed and scored photos."""
    folder = tmp_path / "photos"
    paths = [save_scene(folder / f"{i}.jpg", seed=i) for i in range(6)]
    for number, path in enumerate(paths):
        os.utime(path, ns=(1, 1_600_000_000_123_456_789 + number))
        os.chmod(path, 0o640)
    with Library.open(tmp_path / "library") as library:
        index_album(library, str(folder), paths)
        library.add_scores((path, scoring()) for path in paths)
    return Album(folder, tmp_path / "library", paths)


def scoring(score: float = 1.0, scorer_id: str = "s1") -> Scoring:
    """A score as the detector would give it."""
    return Scoring(
        scorer_id=scorer_id, model_id="m1", score=score, percentile=99.0, percentile_low=98.0,
        percentile_high=99.5, s_kl=0.25, s_kl_percentile=70.0, split_level=5, high_frequency=0.1,
        kind="photo", reason="blurred", evidence={"sharpness": Evidence(2.0, 98.5)},
    )  # fmt: skip
