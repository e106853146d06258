"""The words follow the rarest evidence."""

import pytest

from lqalbum.detect.reasons import EvidenceValue, reason


def shares(**percentiles: float) -> dict[str, EvidenceValue]:
    return {name: EvidenceValue(0.0, percentile) for name, percentile in percentiles.items()}


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (shares(noise=99.5), "strong noise"),
        (shares(blur=99.5), "blurred"),
        (shares(blockiness=98.0), "heavy compression"),
        (shares(brightness=1.0), "very dark"),
        (shares(brightness=99.0), "very bright"),
        (shares(clipped_white=99.0), "overexposed"),
        (shares(contrast=2.0), "little contrast"),
        (shares(haze=99.0), "washed out"),
        (shares(pixel_grid=99.0), "visible blocks"),
        (shares(disorder=99.0), "broken lines"),
        (shares(vividness=1.0), "faded colours"),
        (shares(tone=99.0), "unusual light"),
        (shares(detail=99.0), "unusual detail"),
        (shares(natural_scene=99.0), "unnatural texture"),
        (shares(network=99.0), "unusual structure"),
        (shares(reconstruction=99.0), "unlike its reconstruction"),
    ],
)
def test_one_finding(evidence: dict[str, EvidenceValue], words: str):
    assert reason(evidence, {}, 99.0) == words


def test_the_good_direction_is_no_reason():
    fine = shares(noise=0.1, blur=0.1, blockiness=0.1, contrast=99.9, vividness=99.9)
    assert reason(fine, {}, 99.0) == "unusual in several small ways"


def test_a_photo_that_is_not_unusual_has_no_reason():
    assert reason(shares(noise=100.0), {}, 89.9) == ""
    assert reason(shares(noise=100.0), {}, 90.0) == "strong noise"


def test_two_findings_at_most_the_rarest_first():
    evidence = shares(noise=98.0, blur=99.5, blockiness=99.0, network=97.5)
    assert reason(evidence, {}, 99.0) == "blurred, heavy compression"


def test_equally_rare_findings_come_concrete_first():
    assert reason(shares(network=100.0, noise=100.0), {}, 99.0) == "strong noise, unusual structure"


def test_overexposed_says_it_without_very_bright():
    evidence = shares(clipped_white=99.0, brightness=99.5, contrast=1.5)
    assert reason(evidence, {}, 99.0) == "overexposed, little contrast"


def test_nothing_rare_and_nothing_known():
    assert reason(shares(noise=60.0), {}, 99.0) == "unusual in several small ways"
    assert reason({}, {}, 99.0) == "unusual in several small ways"


def test_where_nothing_is_rare_by_itself_what_the_others_do_not_explain_speaks():
    excess = {"blur": 98.0, "haze": 99.0, "noise": 100.0, "detail": 96.9}
    assert reason(shares(blur=90.0), excess, 98.0) == "washed out, blurred"
    assert reason(shares(noise=99.0), excess, 98.0) == "strong noise"
    assert reason(shares(blur=90.0), excess, 80.0) == ""
