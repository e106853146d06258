"""Human ratings from a CSV file, matched with pictures by file name."""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lqalbum.errors import LQAlbumError, UsageError

COLUMNS = ("file", "mos")
FEWEST_RATED = 8


@dataclass(frozen=True)
class MatchedRatings:
    """Ratings that belong to pictures at hand.

    Attributes:
        by_path: mean opinion score of each picture's path, higher is better.
        unmatched: names in the file for which there is no picture.
    """

    by_path: Mapping[str, float]
    unmatched: tuple[str, ...]


def read_ratings(file: Path) -> dict[str, float]:
    """Returns mean opinion scores by file name.

    Args:
        file: CSV with the header ``file,mos``; more columns are ignored.

    Raises:
        UsageError: there is no such file.
        LQAlbumError: it cannot be read, lacks a column, or holds what is no number.
    """
    if not file.is_file():
        raise UsageError(f"There is no ratings file {file}; check the name.")
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not set(COLUMNS) <= set(reader.fieldnames or ()):
                raise LQAlbumError(
                    f"{file} lacks the header 'file,mos'; write it as its first line."
                )
            return dict(_rating(file, row) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise LQAlbumError(f"{file} cannot be read as CSV ({exc}); check the file.") from exc


def match_ratings(ratings: Mapping[str, float], paths: Iterable[str]) -> MatchedRatings:
    """Returns the ratings of the pictures whose path ends in a rated name.

    A name may be a bare file name or lead through folders; the longer match wins.
    """
    by_path: dict[str, float] = {}
    used: set[str] = set()
    for path in paths:
        parts = path.replace("\\", "/").split("/")
        for start in range(len(parts)):
            name = "/".join(parts[start:])
            if name in ratings:
                by_path[path] = ratings[name]
                used.add(name)
                break
    return MatchedRatings(by_path, tuple(name for name in ratings if name not in used))


def check_enough_rated(count: int) -> None:
    """Refuse to correlate too few ratings.

    Raises:
        LQAlbumError: there are fewer than eight.
    """
    if count < FEWEST_RATED:
        raise LQAlbumError(
            f"Only {count} of the pictures have a rating; at least {FEWEST_RATED} are needed, "
            "check the names in the ratings file."
        )


def _rating(file: Path, row: Mapping[str, str]) -> tuple[str, float]:
    try:
        mos = float(row["mos"])
    except (TypeError, ValueError):
        mos = math.nan
    if not math.isfinite(mos):
        raise LQAlbumError(f"{file} gives '{row['mos']}' for {row['file']}; a rating is a number.")
    return row["file"].replace("\\", "/"), mos
