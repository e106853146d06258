from lqalbum.library.exif import ExifSummary
from lqalbum.library.records import Evidence
from lqalbum.review.facts import camera_lines, evidence_lines, file_lines, score_lines
from tests.review.rows import photo


def test_what_is_bad_comes_first_and_only_that_is_marked():
    lines = evidence_lines(
        {
            "brightness": Evidence(0.5, 60.0),
            "sharpness": Evidence(9.0, 99.5),  # very sharp is no fault
            "noise": Evidence(0.2, 98.0),
            "blockiness": Evidence(0.0, 0.5),  # no blocks at all is none either
        }
    )
    assert [line.words for line in lines if line.is_unusual] == ["Noise"]
    assert lines[0].standing == "above 98 %"


def test_dark_is_marked_as_bright_is():
    for percentile in (1.0, 99.0):
        (line,) = evidence_lines({"brightness": Evidence(0.1, percentile)})
        assert line.is_unusual


def test_scores_say_percentile_and_s_kl():
    lines = dict(score_lines(photo(1, 97.5, percentile_low=96.0)))
    assert lines["Percentile"] == "97.5"
    assert lines["Range"] == "96.0 to 97.5 over samples"
    assert lines["S_KL"] == "0.0100 nats per dimension"
    assert score_lines(photo(1, None)) == []


def test_camera_and_file():
    exif = ExifSummary(camera="Acme X1", exposure_s=0.008, f_number=1.8, iso=400)
    assert camera_lines(exif) == [("Camera", "Acme X1"), ("Exposure", "1/125 s  f/1.8  ISO 400")]
    assert camera_lines(ExifSummary()) == []
    lines = dict(file_lines(photo(1, taken="2024-05-01T10:00:00")))
    assert lines["Pixels"] == "400 × 300"
    assert lines["Taken"] == "2024-05-01  10:00:00"
