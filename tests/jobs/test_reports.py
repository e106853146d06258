"""JSON, JSON lines and CSV carry the same keys for every photo, whatever is known of it."""

import base64
import csv
import io
import json
import math
import os
from dataclasses import replace

import pytest

from lqalbum.jobs.export import report_pieces
from lqalbum.jobs.reports import csv_report, json_report, jsonl_report, path_bytes
from tests.jobs.rows import BROKEN, FLAGGED, GOOD, SCREEN, UNSURE, report

ALL = [BROKEN, FLAGGED, GOOD, SCREEN, UNSURE]
KEYS = {
    "path", "path_bytes", "status", "kind", "score", "percentile", "s_kl", "s_kl_percentile",
    "flagged", "unsure", "reason", "evidence", "split_level", "high_frequency", "width",
    "height", "taken", "decision", "model_id", "error",
}  # fmt: skip


def document(rows):
    return json.loads("".join(json_report(report(rows))))


def test_json_is_the_documented_one():
    read = document(ALL)
    assert set(read) == {"schema_version", "model", "strictness", "photos", "summary"}
    assert read["schema_version"] == 1
    assert read["model"] == {
        "name": "photo", "id": "a" * 64, "preset": "photo", "calibration": {"n": 300},
    }  # fmt: skip
    assert read["strictness"] == 0.03
    assert read["summary"] == {
        "found": 5, "scored": 4, "flagged": 1, "unsure": 1, "errors": 1, "seconds": 2.5,
    }  # fmt: skip
    assert all(set(photo) == KEYS for photo in read["photos"])


def test_each_photo_is_judged_once():
    photos = {photo["path"]: photo for photo in document(ALL)["photos"]}
    judged = {path: (photo["flagged"], photo["unsure"]) for path, photo in photos.items()}
    assert judged == {
        BROKEN.path: (False, False),
        FLAGGED.path: (True, False),
        GOOD.path: (False, False),
        SCREEN.path: (False, False),
        UNSURE.path: (False, True),
    }
    assert photos[FLAGGED.path]["evidence"] == {"sharpness": {"value": 0.5, "percentile": 1.0}}
    assert photos[BROKEN.path]["error"] == {
        "code": "truncated", "message": "/album/broken.jpg ends early; fetch it again.",
    }  # fmt: skip
    assert photos[BROKEN.path]["score"] is None
    assert photos[GOOD.path]["error"] is None


def test_a_stricter_share_flags_the_unsure_one():
    assert "".join(json_report(report(ALL, 0.10))).count('"flagged": true') == 2


def test_no_photo_gives_a_whole_document():
    read = document([])
    assert read["photos"] == []
    assert read["summary"]["found"] == 0


def test_not_a_number_is_null():
    read = document([replace(GOOD, s_kl=math.nan, score=math.inf)])
    assert read["photos"][0]["s_kl"] is None
    assert read["photos"][0]["score"] is None


def test_a_name_that_is_not_utf8_is_carried_exactly():
    raw = b"/album/caf\xe9\n.jpg"
    row = replace(GOOD, path=os.fsdecode(raw))
    pieces = b"".join(report_pieces(report([row]), None, "json"))
    photo = json.loads(pieces)["photos"][0]
    assert os.fsencode(photo["path"]) == raw
    assert base64.b64decode(photo["path_bytes"]) == raw
    assert path_bytes("/album/café.jpg") is None


def test_lines_are_the_photos_of_json():
    lines = [json.loads(line) for line in "".join(jsonl_report(report(ALL))).splitlines()]
    assert lines == document(ALL)["photos"]


def test_csv_has_the_keys_and_a_column_for_each_piece_of_evidence():
    rows = list(csv.DictReader(io.StringIO("".join(csv_report(report(ALL))))))
    columns = set(rows[0])
    assert columns == (KEYS - {"evidence"}) | {
        "error.message", "evidence.sharpness", "evidence.sharpness.percentile", "evidence.noise",
        "evidence.noise.percentile",
    }  # fmt: skip
    by_path = {row["path"]: row for row in rows}
    assert by_path[FLAGGED.path]["flagged"] == "true"
    assert by_path[FLAGGED.path]["evidence.sharpness"] == "0.5"
    assert by_path[FLAGGED.path]["evidence.noise"] == ""
    assert by_path[BROKEN.path]["error"] == "truncated"
    assert by_path[BROKEN.path]["score"] == ""
    assert by_path[BROKEN.path]["flagged"] == "false"


@pytest.mark.parametrize("kind", ["csv", "jsonl", "table", "html"])
def test_odd_names_stay_one_record(kind: str):
    odd = replace(UNSURE, path=os.fsdecode(b'/album/a,"b"\n\x1b[31m<b>\xff.jpg'), sha256=None)
    text = b"".join(report_pieces(report([odd]), None, kind)).decode("utf-8")
    if kind == "csv":
        assert len(list(csv.DictReader(io.StringIO(text)))) == 1
    elif kind == "jsonl":
        assert len(text.splitlines()) == 1
    else:
        assert "\x1b" not in text
        assert "<b>" not in text or kind == "table"
        assert "\\xff.jpg" in text
