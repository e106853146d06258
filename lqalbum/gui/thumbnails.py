"""Pictures for the tiles: read and scaled in the background, kept for as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from lqalbum.gui.tiles import fitted
from lqalbum.gui.worker import Fetcher
from lqalbum.review.pictures import Part

KEPT_BYTES = 96 * 2**20
# Pictures that arrive within one frame are painted together.
_REPAINT_AFTER_MS = 16

ReadPicture = Callable[[str, Part], bytes | None]


@dataclass(frozen=True)
class TilePicture:
    """A request for one picture, to fit a size in device pixels."""

    sha256: str
    part: Part
    width_px: int
    height_px: int


def scaled(data: bytes, width_px: int, height_px: int) -> QImage:
    """Decode a JPEG file and fit it into a box; small pictures are enlarged twice at most.

    Scaled here, once, a picture is copied pixel by pixel whenever its tile is painted.
    """
    image = QImage.fromData(data)
    if image.isNull():
        return image
    size = fitted(image.size(), QRect(0, 0, width_px, height_px)).size()
    aspect = Qt.AspectRatioMode.IgnoreAspectRatio
    image = image.scaled(size, aspect, Qt.TransformationMode.SmoothTransformation)
    return image.convertToFormat(QImage.Format.Format_RGB32)


class Thumbnails(QObject):
    """A cache of pixmaps, filled in the background as tiles ask for them.

    Attributes:
        arrived: new pictures are there to be painted.
    """

    arrived = Signal()

    def __init__(self, read: ReadPicture, parent: QObject | None = None) -> None:
        """Take pictures from `read`, which runs in another thread."""
        super().__init__(parent)
        self._read = read
        self._kept: OrderedDict[tuple[str, Part], tuple[TilePicture, QPixmap]] = OrderedDict()
        self._kept_bytes = 0
        self._absent: set[tuple[str, Part]] = set()
        self._asked: set[TilePicture] = set()
        self._fetcher = Fetcher(self._fetch, capacity=200, parent=self)
        self._fetcher.answered.connect(self._keep)
        self._fetcher.failed.connect(self._give_up)
        # To hand a request over wakes the other thread up, which is nothing to do within a paint.
        self._wanted: dict[TilePicture, None] = {}
        self._hand_over = QTimer(self, singleShot=True, interval=0)
        self._hand_over.timeout.connect(self._ask_wanted)
        self._repaint = QTimer(self, singleShot=True, interval=_REPAINT_AFTER_MS)
        self._repaint.timeout.connect(self.arrived)

    def get(self, wanted: TilePicture, *, exact: bool = True) -> QPixmap | None:
        """Return a picture, None before it came.

        Args:
            wanted: which one, and how large.
            exact: fetch the right size, and give another one only meanwhile; else any will do.
        """
        key = (wanted.sha256, wanted.part)
        found = self._kept.get(key)
        if found is None or (exact and found[0] != wanted):
            self._ask(wanted)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[1]

    def is_final(self, wanted: TilePicture) -> bool:
        """Tell whether no better picture than what `get` returns is on its way."""
        key = (wanted.sha256, wanted.part)
        found = self._kept.get(key)
        return key in self._absent or (found is not None and found[0] == wanted)

    def is_absent(self, sha256: str, part: Part) -> bool:
        """Tell whether the cache of the library has no such picture."""
        return (sha256, part) in self._absent

    def look_again(self) -> None:
        """Ask once more for what was absent: the index has gone on."""
        self._absent.clear()

    def forget_all(self) -> None:
        """Drop every picture, since they now come from elsewhere."""
        self._kept.clear()
        self._kept_bytes = 0
        self._absent.clear()

    def close(self) -> None:
        """End the thread."""
        self._fetcher.close()

    def _ask(self, wanted: TilePicture) -> None:
        if (wanted.sha256, wanted.part) in self._absent or wanted in self._asked:
            return
        if len(self._asked) > 400:  # requests pushed out of the queue are never answered
            self._asked.clear()
        self._asked.add(wanted)
        self._wanted[wanted] = None
        if not self._hand_over.isActive():
            self._hand_over.start()

    @Slot()
    def _ask_wanted(self) -> None:
        wanted, self._wanted = self._wanted, {}
        self._fetcher.ask_all(wanted)

    def _fetch(self, wanted: TilePicture) -> QImage | None:
        data = self._read(wanted.sha256, wanted.part)
        return None if data is None else scaled(data, wanted.width_px, wanted.height_px)

    @Slot(object, object)
    def _keep(self, wanted: TilePicture, image: QImage | None) -> None:
        self._asked.discard(wanted)
        key = (wanted.sha256, wanted.part)
        if image is None or image.isNull():
            self._absent.add(key)
        else:
            self._put(key, wanted, QPixmap.fromImage(image))
        if not self._repaint.isActive():
            self._repaint.start()

    @Slot(object, Exception)
    def _give_up(self, wanted: TilePicture, error: Exception) -> None:
        self._asked.discard(wanted)
        self._absent.add((wanted.sha256, wanted.part))

    def _put(self, key: tuple[str, Part], wanted: TilePicture, pixmap: QPixmap) -> None:
        before = self._kept.pop(key, None)
        if before is not None:
            self._kept_bytes -= _bytes(before[1])
        self._kept[key] = (wanted, pixmap)
        self._kept_bytes += _bytes(pixmap)
        while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._kept_bytes -= _bytes(oldest)


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
