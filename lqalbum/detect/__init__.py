"""A picture in, a score with its reasons and its reconstruction out."""

from lqalbum.detect.calibration import Calibration, calibrate
from lqalbum.detect.detector import Assessment, Detector, Explanation, choose_device
from lqalbum.detect.measure import SplitRule
from lqalbum.detect.reasons import EvidenceValue

__all__ = [
    "Assessment",
    "Calibration",
    "Detector",
    "EvidenceValue",
    "Explanation",
    "SplitRule",
    "calibrate",
    "choose_device",
]
