"""Why one photo: its partial reconstructions by depth, its heat map, and both on one sheet."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from lqalbum.errors import Interrupted, PhotoError
from lqalbum.jobs.sentences import said
from lqalbum.jobs.views import WHOLE_FRAME, View
from lqalbum.library.decode import DecodedPhoto
from lqalbum.library.photofile import printable
from lqalbum.library.workers import DecodePool

if TYPE_CHECKING:
    from lqalbum.detect import Assessment, Detector, Explanation

SOFTWARE = "LQ Album"
_PNG = b"\x89PNG\r\n\x1a\n"
# The signature, the block of the size, and the length of the next block.
_BEFORE_WORDS_BYTES = len(_PNG) + 25 + 4
_OUR_WORDS = b"tEXtSoftware\0" + SOFTWARE.encode()
_TILE_PX = 300
_GAP_PX = 16
_LABEL_PX = 26
_PER_LINE = 5
_MOST_DEPTHS = 8
_BACKGROUND = (22, 24, 27)
_TEXT = (232, 230, 227)
_QUIET = (154, 160, 168)
# Dark to bright, evenly spaced: the order is read even without colour.
_RAMP = np.array(
    [[0, 0, 4], [87, 16, 110], [188, 55, 84], [249, 142, 9], [252, 255, 164]], np.float32
)


@dataclass(frozen=True)
class ExplainedPhoto:
    """One photo with everything the detector says of it."""

    photo: DecodedPhoto
    assessment: Assessment
    explanation: Explanation


def explain_photo(
    path: str,
    load_detector: Callable[[], Detector],
    stop: Callable[[], bool],
    view: View = WHOLE_FRAME,
) -> ExplainedPhoto:
    """Decode one photo, in a worker process as always, and explain it.

    Raises:
        PhotoError: the file is no photo that can be read, or holds nothing to look at.
        Interrupted: `stop` said so.
    """
    photo = view.of(path, _decode_one(path, stop, view.frame_short_px))
    detector = load_detector()
    assessment = detector.assess([photo.frame], [photo.sha256], [photo.camera])[0]
    return ExplainedPhoto(photo, assessment, detector.explain(photo.frame, photo.sha256))


def _decode_one(path: str, stop: Callable[[], bool], frame_short_px: int) -> DecodedPhoto:
    with DecodePool(1, frame_short_px=frame_short_px) as pool:
        for _, outcome in pool.decode_all([path], stop):
            if isinstance(outcome, PhotoError):
                raise outcome
            return outcome
    raise Interrupted(said("interrupted-before-writing"))


def explanation_sheet(path: str, explained: ExplainedPhoto) -> bytes:
    """Draw photo | partial reconstructions, fine to coarse | heat map.

    Returns:
        A PNG file that names this program, so that it is known again as one of ours.
    """
    explanation = explained.explanation
    tiles = [("photo", explained.photo.frame)]
    for number in _chosen_depths(explanation):
        level = explanation.split_levels[number]
        label = f"k = {level}" + (" (scored)" if level == explanation.split_level else "")
        tiles.append((label, explanation.reconstructions[number]))
    tiles.append(
        (
            f"S_KL {explanation.s_kl:.4f} nats/dim",
            heat_map_over(explained.photo.frame, explanation.heat_map),
        )
    )
    sheet = _sheet(_heading(path, explained.assessment), tiles)
    information = PngImagePlugin.PngInfo()
    information.add_text("Software", SOFTWARE)
    stream = io.BytesIO()
    sheet.save(stream, "PNG", pnginfo=information)
    return stream.getvalue()


def is_our_sheet(path: Path) -> bool:
    """Whether a file is a sheet of ours: our words stand right behind its size.

    Programs that change a picture put theirs there or leave all words out.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        beginning = stream.read(_BEFORE_WORDS_BYTES + len(_OUR_WORDS))
    return beginning.startswith(_PNG) and beginning.endswith(_OUR_WORDS)


def _chosen_depths(explanation: Explanation) -> list[int]:
    """Indices of at most `_MOST_DEPTHS` levels: both ends, the scored one, the others evenly."""
    count = len(explanation.split_levels)
    if count <= _MOST_DEPTHS:
        return list(range(count))
    chosen = set(np.linspace(0, count - 1, _MOST_DEPTHS - 1).round().astype(int).tolist())
    chosen.add(explanation.split_levels.index(explanation.split_level))
    return sorted(chosen)


def _heading(path: str, assessment: Assessment) -> Sequence[str]:
    found = assessment.reason or "nothing unusual"
    return (
        printable(os.path.basename(path)),
        f"{found}; score above {assessment.percentile:.1f} of 100 good photos, "
        f"S_KL above {assessment.s_kl_percentile:.1f}",
        "The k finest layers come from the network's knowledge of good photos, the others from "
        "this photo.",
    )


def heat_map_over(frame: NDArray[np.uint8], heat_map: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Lay a heat map over the grey photo.

    Args:
        frame: (H, W, 3) uint8 sRGB.
        heat_map: (h, w) float32, nats per dimension; scaled to its own largest value.

    Returns:
        (H, W, 3) uint8.
    """
    share = np.clip(heat_map / max(float(heat_map.max()), 1e-12), 0.0, 1.0)
    height, width = frame.shape[:2]
    smooth = Image.fromarray(share.astype(np.float32)).resize(
        (width, height), Image.Resampling.BILINEAR
    )
    share = np.clip(np.asarray(smooth), 0.0, 1.0)
    position = share * (len(_RAMP) - 1)
    colour = np.stack(
        [np.interp(position, np.arange(len(_RAMP)), _RAMP[:, c]) for c in range(3)], axis=-1
    )
    grey = frame.mean(axis=-1, keepdims=True)
    blended: NDArray[np.uint8] = (0.3 * grey + 0.7 * colour).round().astype(np.uint8)
    return blended


def _sheet(heading: Sequence[str], tiles: Sequence[tuple[str, NDArray[np.uint8]]]) -> Image.Image:
    height, width = tiles[0][1].shape[:2]
    scale = _TILE_PX / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    per_line = min(_PER_LINE, len(tiles))
    lines = -(-len(tiles) // per_line)
    top = _GAP_PX + len(heading) * _LABEL_PX
    cell = (size[0] + _GAP_PX, size[1] + _GAP_PX + _LABEL_PX)
    least_width = max(round(_font(18).getlength(line)) for line in heading) + 2 * _GAP_PX
    sheet = Image.new(
        "RGB",
        (max(_GAP_PX + per_line * cell[0], least_width), top + _GAP_PX + lines * cell[1]),
        _BACKGROUND,
    )
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(heading):
        colour = _QUIET if number == len(heading) - 1 else _TEXT
        draw.text((_GAP_PX, _GAP_PX + number * _LABEL_PX), line, colour, _font(18))
    for number, (label, picture) in enumerate(tiles):
        x = _GAP_PX + number % per_line * cell[0]
        y = top + _GAP_PX + number // per_line * cell[1]
        sheet.paste(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS), (x, y))
        draw.text((x, y + size[1] + 3), label, _TEXT, _font(16))
    return sheet


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    # The font Pillow carries: what the system has differs from one machine to the next.
    return ImageFont.load_default(size)
