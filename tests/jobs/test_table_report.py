"""The table reads well at 80 columns and leaves nothing out when it is piped."""

import re
from dataclasses import replace

from lqalbum.jobs.table_report import counts, plain_table, table_report
from tests.jobs.rows import BROKEN, FLAGGED, GOOD, SCREEN, UNSURE, report


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_worst_come_first_and_every_photo_is_there_when_piped():
    text = "".join(table_report(report([BROKEN, FLAGGED, GOOD, SCREEN, UNSURE]), None))
    lines = text.splitlines()
    assert [line.split()[0] for line in lines[1:6]] == [
        "flagged", "unsure", "good", "unreadable", "screen",
    ]  # fmt: skip
    assert "trip/blurred.jpg" in lines[1]
    assert lines[1].endswith("blurred")
    assert "ends early; fetch it again." in text
    assert "\x1b" not in text
    assert lines[-1] == (
        "5 photos, 1 flagged at strictness 3 %, 1 unsure, 1 could not be read, 2.5 s."
    )


def test_a_long_name_is_whole_when_piped_and_folded_on_a_terminal():
    long = replace(FLAGGED, path="/album/" + "very-long-name-" * 12 + ".jpg")
    piped = "".join(table_report(report([long]), None))
    assert "very-long-name-" * 12 in piped
    folded = plain("".join(table_report(report([long]), 80)))
    assert max(len(line) for line in folded.splitlines()) <= 80
    assert folded.count("very-long-name-") + folded.count("very") > 5


def test_a_large_album_says_how_many_good_ones_are_not_listed():
    rows = [replace(GOOD, photo_id=n, path=f"/album/{n}.jpg") for n in range(10, 80)] + [FLAGGED]
    text = plain("".join(table_report(report(rows), 80)))
    assert "70 good ones not listed; --format csv lists every photo." in text
    assert len("".join(table_report(report(rows), None)).splitlines()) == 1 + 71 + 2


def test_a_decision_is_told():
    assert "(kept) blurred" in "".join(
        table_report(report([replace(FLAGGED, decision="keep")]), None)
    )


def test_counts_of_nothing():
    assert counts(report([]).summary, 0.005) == "0 photos, 0 flagged at strictness 0.5 %, 2.5 s."


def test_control_characters_do_not_reach_the_terminal():
    assert plain_table(["path"], [["a\x1b]0;b\x07"]], None) == "path\na\\x1b]0;b\\x07\n"


def test_a_sound_photo_without_a_face_is_not_called_unreadable():
    faceless = replace(BROKEN, error_code="no-face", error_message="/album/x.jpg shows no face.")
    line = "".join(table_report(report([faceless]), None)).splitlines()[1]
    assert line.startswith("not judged")
