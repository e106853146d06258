"""The bundled sample album is what its manifest and README say."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps

ALBUM = Path(__file__).resolve().parents[2] / "resources" / "sample_album"
FREE_TERMS = {"public domain", "CC0-1.0", "CC-BY-2.0", "CC-BY-3.0", "MIT"}
KINDS = {"noise", "defocus", "motion", "jpeg", "dark", "overexposed"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (ALBUM / "MANIFEST.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_album_and_manifest_list_the_same_files(rows: list[dict[str, str]]) -> None:
    files = sorted(path.name for path in ALBUM.glob("*.jpg"))
    assert files == [row["file"] for row in rows]
    assert 30 <= len(files) <= 40
    assert sum(path.stat().st_size for path in ALBUM.iterdir()) <= 8_000_000


def test_half_is_degraded_in_six_ways(rows: list[dict[str, str]]) -> None:
    degraded = [row for row in rows if row["degraded"] == "1"]
    assert len(degraded) == len(rows) // 2
    assert Counter(row["kind"] for row in degraded) == dict.fromkeys(KINDS, 3)
    assert {row["severity"] for row in degraded} == {"1", "2", "3"}
    good = [row for row in rows if row["degraded"] == "0"]
    assert {(row["kind"], row["severity"]) for row in good} == {("", "0")}


def test_names_tell_nothing(rows: list[dict[str, str]]) -> None:
    labels = "".join(row["degraded"] for row in rows)
    assert "0" * 8 not in labels
    assert "1" * 8 not in labels
    assert all(row["file"].startswith("IMG_") for row in rows)


def test_terms_are_free_and_authors_named(rows: list[dict[str, str]]) -> None:
    readme = (ALBUM / "README.md").read_text("utf-8")
    assert {row["licence"] for row in rows} <= FREE_TERMS
    for row in rows:
        # The manifest gives links in brackets, the README as links.
        author = row["author"].removeprefix("as named at ").split(" (")[0]
        assert author in readme
        assert row["source"].rsplit("/", 1)[1] in readme
    assert max(Counter(row["source"] for row in rows).values()) <= 3


def test_pictures_are_like_a_cameras(rows: list[dict[str, str]]) -> None:
    taken, turned = [], 0
    for row in rows:
        with Image.open(ALBUM / row["file"]) as picture:
            exif = picture.getexif()
            assert picture.format == "JPEG"
            assert exif[ExifTags.Base.Make] == "LQ Album sample"
            taken.append(exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal])
            turned += exif[ExifTags.Base.Orientation] != 1
            assert min(picture.size) >= 300
    assert taken == sorted(set(taken))
    assert 3 <= turned <= 8


def test_damage_can_be_measured(rows: list[dict[str, str]]) -> None:
    levels = {kind: [] for kind in ("", "dark", "overexposed")}
    for row in rows:
        if row["kind"] in levels:
            with Image.open(ALBUM / row["file"]) as picture:
                grey = np.asarray(ImageOps.exif_transpose(picture).convert("L"), dtype=float)
            levels[row["kind"]].append(grey.mean())
    assert max(levels["dark"]) < min(levels["overexposed"])
    assert max(levels["dark"]) < np.median(levels[""]) < min(levels["overexposed"])
