"""Ratings files: what is read, what is matched, what is refused."""

from pathlib import Path

import pytest

from lqalbum.errors import LQAlbumError, UsageError
from lqalbum.evaluate.ratings import match_ratings, read_ratings


def written(folder: Path, text: str) -> Path:
    file = folder / "mos.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_reads_names_and_numbers(tmp_path: Path) -> None:
    file = written(tmp_path, "\ufefffile,mos,raters\na.jpg,0.5,30\nsub\\b.jpg,1e-1,28\n")
    assert read_ratings(file) == {"a.jpg": 0.5, "sub/b.jpg": 0.1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,mos\na.jpg,1\n", "header"),
        ("", "header"),
        ("file,mos\na.jpg,good\n", "'good'"),
        ("file,mos\na.jpg,nan\n", "'nan'"),
        ("file,mos\na.jpg\n", r"a\.jpg"),
    ],
)
def test_refuses_what_is_no_ratings_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(LQAlbumError, match=message) as refused:
        read_ratings(written(tmp_path, text))
    assert refused.value.exit_code == 1


def test_a_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.csv"):
        read_ratings(tmp_path / "none.csv")
    (tmp_path / "mos.csv").write_bytes(b"\xff\xfe\x00file,mos")
    with pytest.raises(LQAlbumError, match=r"mos\.csv"):
        read_ratings(tmp_path / "mos.csv")


def test_matches_by_name_and_by_folder() -> None:
    ratings = {"a.jpg": 1.0, "x/b.jpg": 2.0, "b.jpg": 3.0, "gone.jpg": 4.0}
    matched = match_ratings(ratings, ["/r/a.jpg", "/r/x/b.jpg", "/r/y/b.jpg", "/r/c.jpg"])
    assert matched.by_path == {"/r/a.jpg": 1.0, "/r/x/b.jpg": 2.0, "/r/y/b.jpg": 3.0}
    assert matched.unmatched == ("gone.jpg",)
