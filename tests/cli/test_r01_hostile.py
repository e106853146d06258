"""R1: every hostile file ends as scored or as an error row, and nothing else happens."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.cli.conftest import Run
from tests.faults import hostile

CODES = {
    "empty", "not-an-image", "truncated", "too-large", "too-small", "unreadable", "no-raw-reader",
}  # fmt: skip
# What must not be taken for a picture, and what is one for all its oddity.
NO_PICTURES = {
    "text.jpg", "page.png", "zip.jpg", "elf.jpg", "eps.jpg", "pdf.tif", "svg.png", "zeros.jpg",
}  # fmt: skip
SCORED = {
    "sound.jpg", "sound.png", "sound.webp", "sound.tif", "sound.bmp", "sound.gif", "sound.avif",
    "sound.heic",
    "png inside.jpg", "mode CMYK.jpg", "mode I16.png", "mode F.tif", "mode F not numbers.tif",
    "animated.gif", "animated.webp", "two in one.mpo", "exif count of all.jpg", "exif cycle.jpg",
    "exif chain.png", "profile random.jpg", "new\nline.jpg", "Exif.jpg",
}  # fmt: skip
TOO_LARGE = {
    "bomb.png", "bomb widest.png", "bomb progressive.jpg", "bomb.gif",
    "bomb.bmp", "bomb.tif", "tebibyte.jpg", "tebibyte of a photo.jpg",
}  # fmt: skip


def test_r01_files_in_are_rows_out(program: Run, tmp_path: Path) -> None:
    folder = tmp_path / "album"
    made = hostile.make_all(folder)
    report = tmp_path / "report.json"
    done = program("scan", folder, "--format", "json", "-o", report)
    assert done.returncode == 10, done.stderr
    # One line, and nothing that a decoder prints by itself.
    assert len(done.stderr.splitlines()) == 1, done.stderr
    document = json.loads(report.read_text("utf-8"))
    rows = {os.path.basename(row["path"]): row for row in document["photos"]}
    assert len(document["photos"]) == len(rows)
    assert rows.keys() == made.keys()
    for name, row in rows.items():
        if row["status"] == "scored":
            assert 0 <= row["percentile"] <= 100, name
        else:
            assert row["status"] == "error", name
            assert row["error"]["code"] in CODES, (name, row["error"])
            assert row["error"]["message"].isprintable()
            assert not row["flagged"]
    codes = {name: row["error"] and row["error"]["code"] for name, row in rows.items()}
    assert {name: codes[name] for name in NO_PICTURES} == dict.fromkeys(NO_PICTURES, "not-an-image")
    assert {name: codes[name] for name in SCORED} == dict.fromkeys(SCORED)
    assert codes["bomb.jpg"] == codes["bomb largest.jpg"] == "truncated"
    assert {name: codes[name] for name in TOO_LARGE} == dict.fromkeys(TOO_LARGE, "too-large")
    scored = sum(code is None for code in codes.values())
    print(f"\n{len(made)} files in, {len(rows)} rows out: {scored} scored, the others with a code")
