"""The main face of a picture as an aligned square crop: eyes level, always in the same place.

The cascades come with OpenCV's wheel, so that faces are found offline; it is the extra `roster`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lqalbum.errors import LQAlbumError
from lqalbum.sentences import compose

# At this eye distance and height the head, crown to chin, fills the crop: hair and skin tell of
# the picture's quality, the background hardly does.
EYE_DISTANCE_SHARE: Final = 0.30
EYE_HEIGHT_SHARE: Final = 0.42

# Faces are looked for in a copy of this short side: more pixels find no more main faces.
_SEARCH_SHORT_PX: Final = 256
_SMALLEST_FACE_SHARE: Final = 0.12
# Eyes are looked for in a copy of the face of this width.
_EYE_SEARCH_PX: Final = 200

# Where the eyes lie in a cascade's box, and how far from that a pair may be; shares of its side.
_BOX_EYE_X: Final = (0.305, 0.685)
_BOX_EYE_Y: Final = 0.40
_EYE_DISTANCE_RANGE: Final = (0.26, 0.52)
_EYE_Y_RANGE: Final = (0.27, 0.52)
_LARGEST_ASYMMETRY: Final = 0.13
# Spots of several cascades so near to one another, as a share, are of one eye.
_SAME_EYE: Final = 0.07
_LARGEST_TILT: Final = math.tan(math.radians(20))

_FACE_CASCADE: Final = "haarcascade_frontalface_alt2.xml"
_SECOND_FACE_CASCADE: Final = "haarcascade_frontalface_default.xml"
# Each misses many eyes behind glasses; measured on 571 small portraits, two of them saw both eyes
# in 39 % of the faces, all four in more than 90 %.
_EYE_CASCADES: Final = (
    "haarcascade_eye_tree_eyeglasses.xml",
    "haarcascade_eye.xml",
    "haarcascade_lefteye_2splits.xml",
    "haarcascade_righteye_2splits.xml",
)

SENTENCES: Final[Mapping[str, str]] = MappingProxyType({
    "no-opencv": 'Finding faces needs OpenCV; install it with: pip install "lqalbum[roster]"',
})  # fmt: skip

said = partial(compose, SENTENCES)

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Eyes:
    """Centres of the two eyes, (x, y) in px; `left` is the one on the picture's left."""

    left: tuple[float, float]
    right: tuple[float, float]

    @property
    def distance(self) -> float:
        """Distance of the two centres in px."""
        return math.dist(self.left, self.right)

    def scaled(self, factor: float, offset: tuple[float, float] = (0.0, 0.0)) -> Eyes:
        """The same eyes after scaling, then moving."""
        return Eyes(_moved(self.left, factor, offset), _moved(self.right, factor, offset))


@dataclass(frozen=True)
class _Box:
    """A square in which a cascade saw a face, px."""

    x: int
    y: int
    side: int


class FaceCropper:
    """Finds the main face and cuts it out. Not for use by several threads at once."""

    def __init__(self, side_px: int = 128) -> None:
        """Load the cascades.

        Args:
            side_px: Side of the crops.

        Raises:
            LQAlbumError: OpenCV is not installed.
        """
        self._cv2 = _opencv()
        self._side_px = side_px
        self._faces = self._cascade(_FACE_CASCADE)
        self._second_faces = self._cascade(_SECOND_FACE_CASCADE)
        self._eyes = [self._cascade(name) for name in _EYE_CASCADES]

    def crop(self, rgb: Picture) -> Picture | None:
        """Cut the largest frontal face out of a picture.

        Args:
            rgb: (H, W, 3) uint8 sRGB, upright.

        Returns:
            (side, side, 3) uint8 with the eyes at `EYE_DISTANCE_SHARE` and `EYE_HEIGHT_SHARE`,
            mirrored where it leaves the picture; None where no face was found.
        """
        eyes = self.eyes(rgb)
        return None if eyes is None else self._aligned(rgb, eyes)

    def eyes(self, rgb: Picture) -> Eyes | None:
        """Where the eyes of the largest frontal face are; None where no face was found.

        Args:
            rgb: (H, W, 3) uint8 sRGB, upright.
        """
        grey = self._cv2.cvtColor(rgb, self._cv2.COLOR_RGB2GRAY)
        shrink = min(1.0, _SEARCH_SHORT_PX / min(grey.shape))
        small = self._resized(grey, shrink)
        boxes = self._boxes(self._faces, small)
        others: list[_Box] = []
        eyes = self._first_eyes(grey, boxes, shrink)
        if eyes is None:
            others = self._boxes(self._second_faces, small)
            eyes = self._first_eyes(grey, others, shrink)
        if eyes is not None:
            return eyes
        # A box with a pair of eyes is a face; one without is when both cascades agree.
        agreed = [box for box in boxes if any(_overlap(box, other) > 0.4 for other in others)]
        return _expected_eyes(agreed[0]).scaled(1 / shrink) if agreed else None

    def _cascade(self, name: str) -> Any:
        return self._cv2.CascadeClassifier(self._cv2.data.haarcascades + name)

    def _resized(self, grey: Picture, factor: float) -> Picture:
        size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
        way = self._cv2.INTER_AREA if factor < 1 else self._cv2.INTER_CUBIC
        resized: Picture = self._cv2.resize(grey, size, interpolation=way)
        return resized

    def _boxes(self, cascade: Any, grey: Picture) -> list[_Box]:
        """Faces a cascade sees, the largest first."""
        least = round(_SMALLEST_FACE_SHARE * min(grey.shape))
        found = cascade.detectMultiScale(grey, 1.1, 4, minSize=(least, least))
        boxes = [_Box(int(x), int(y), int(width)) for x, y, width, _ in found]
        return sorted(boxes, key=lambda box: box.side, reverse=True)

    def _first_eyes(self, grey: Picture, boxes: list[_Box], shrink: float) -> Eyes | None:
        """The eyes in the largest box that holds a pair."""
        found = (self._eyes_in(grey, box, shrink) for box in boxes)
        return next((eyes for eyes in found if eyes is not None), None)

    def _eyes_in(self, grey: Picture, box: _Box, shrink: float) -> Eyes | None:
        """A plausible pair of eyes in the box, in px of the whole picture.

        Args:
            grey: (H, W) uint8, the whole picture.
            box: in px of the search copy.
            shrink: from the picture to the search copy.
        """
        left, top, side = (round(value / shrink) for value in (box.x, box.y, box.side))
        upper = grey[top : top + round(0.62 * side), left : left + side]
        if not upper.size:
            return None
        zoom = _EYE_SEARCH_PX / side
        # Not equalised: that hides more eyes than it shows.
        face = self._resized(upper, zoom)
        spots = [spot for cascade in self._eyes for spot in self._spots(cascade, face)]
        pair = _best_pair(spots)
        if pair is None:
            return None
        centred = Eyes(_mean_near(pair.left, spots), _mean_near(pair.right, spots))
        return centred.scaled(1 / zoom, (left, top))

    def _spots(self, cascade: Any, face: Picture) -> Iterator[tuple[float, float]]:
        """Centres of what may be eyes, px."""
        least, most = round(0.12 * _EYE_SEARCH_PX), round(0.4 * _EYE_SEARCH_PX)
        found = cascade.detectMultiScale(face, 1.1, 3, minSize=(least, least), maxSize=(most, most))
        for x, y, width, height in found:
            yield float(x + width / 2), float(y + height / 2)

    def _aligned(self, rgb: Picture, eyes: Eyes) -> Picture:
        """The crop itself: turned and cut at the picture's own scale or finer, then shrunk."""
        wanted = EYE_DISTANCE_SHARE * self._side_px
        finer = max(1, math.ceil(eyes.distance / wanted))
        side = self._side_px * finer
        matrix = _similarity(eyes, side)
        cut: Picture = self._cv2.warpAffine(
            rgb,
            matrix,
            (side, side),
            flags=self._cv2.INTER_CUBIC,
            borderMode=self._cv2.BORDER_REFLECT_101,
        )
        if finer == 1:
            return cut
        size = (self._side_px, self._side_px)
        return np.array(Image.fromarray(cut).resize(size, Image.Resampling.LANCZOS))


def _opencv() -> Any:
    """OpenCV, imported here alone and only when a face is looked for.

    Raises:
        LQAlbumError: it is not installed.
    """
    try:
        import cv2
    except ImportError as exc:
        raise LQAlbumError(said("no-opencv")) from exc
    # The decoders and the network keep the other cores busy.
    cv2.setNumThreads(1)
    return cv2


def _best_pair(spots: list[tuple[float, float]]) -> Eyes | None:
    """The pair most like the eyes of a frontal face, px of a face of `_EYE_SEARCH_PX`."""
    expected = Eyes(*((x * _EYE_SEARCH_PX, _BOX_EYE_Y * _EYE_SEARCH_PX) for x in _BOX_EYE_X))
    pairs = [Eyes(*sorted((a, b))) for n, a in enumerate(spots) for b in spots[n + 1 :]]
    plausible = [pair for pair in pairs if _is_plausible(pair)]

    def deviation(pair: Eyes) -> float:
        return math.dist(pair.left, expected.left) + math.dist(pair.right, expected.right)

    return min(plausible, key=deviation, default=None)


def _is_plausible(eyes: Eyes) -> bool:
    """Whether a pair, in px of a face of `_EYE_SEARCH_PX`, can be the eyes of a frontal face."""
    (left_x, left_y), (right_x, right_y) = eyes.left, eyes.right
    distance = eyes.distance / _EYE_SEARCH_PX
    height = (left_y + right_y) / 2 / _EYE_SEARCH_PX
    middle = (left_x + right_x) / 2 / _EYE_SEARCH_PX
    return (
        _EYE_DISTANCE_RANGE[0] <= distance <= _EYE_DISTANCE_RANGE[1]
        and _EYE_Y_RANGE[0] <= height <= _EYE_Y_RANGE[1]
        and abs(middle - 0.5) <= _LARGEST_ASYMMETRY
        and abs(right_y - left_y) <= _LARGEST_TILT * (right_x - left_x)
    )


def _mean_near(spot: tuple[float, float], spots: list[tuple[float, float]]) -> tuple[float, float]:
    """The mean of all spots on the same eye: each cascade has an error of its own."""
    near = [other for other in spots if math.dist(spot, other) <= _SAME_EYE * _EYE_SEARCH_PX]
    x, y = np.mean(near, axis=0)
    return float(x), float(y)


def _expected_eyes(box: _Box) -> Eyes:
    """Where the eyes of a level face are in a cascade's box."""
    y = box.y + _BOX_EYE_Y * box.side
    left, right = (box.x + share * box.side for share in _BOX_EYE_X)
    return Eyes((left, y), (right, y))


def _similarity(eyes: Eyes, side_px: int) -> NDArray[np.float64]:
    """The 2x3 matrix that turns, scales and moves the eyes to their places in the crop."""
    scale = EYE_DISTANCE_SHARE * side_px / eyes.distance
    # Pixel centres lie at whole numbers.
    middle = ((eyes.left[0] + eyes.right[0]) / 2, (eyes.left[1] + eyes.right[1]) / 2)
    cosine = scale * (eyes.right[0] - eyes.left[0]) / eyes.distance
    sine = scale * (eyes.right[1] - eyes.left[1]) / eyes.distance
    target = ((side_px - 1) / 2, EYE_HEIGHT_SHARE * side_px - 0.5)
    return np.array(
        [
            [cosine, sine, target[0] - cosine * middle[0] - sine * middle[1]],
            [-sine, cosine, target[1] + sine * middle[0] - cosine * middle[1]],
        ]
    )


def _overlap(one: _Box, other: _Box) -> float:
    """Common area as a share of the area of both."""
    width = min(one.x + one.side, other.x + other.side) - max(one.x, other.x)
    height = min(one.y + one.side, other.y + other.side) - max(one.y, other.y)
    common = max(0, width) * max(0, height)
    return common / (one.side**2 + other.side**2 - common)


def _moved(
    point: tuple[float, float], factor: float, offset: tuple[float, float]
) -> tuple[float, float]:
    return point[0] * factor + offset[0], point[1] * factor + offset[1]
