"""One run of the window in a process of its own, for `bench_window`; prints one JSON object.

python -m tests.benchmarks.window_once start SECONDS     since the monotonic clock showed this
python -m tests.benchmarks.window_once large N           a library of N photos
python -m tests.benchmarks.window_once gaps FOLDER       the window while it indexes FOLDER
"""

from __future__ import annotations

import io
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication

from lqalbum.gui.main import open_album
from lqalbum.gui.theme import DARK, apply_theme
from lqalbum.gui.window import SIZE_AT_FIRST, MainWindow
from lqalbum.library.library import Library
from lqalbum.library.records import PhotoRow
from lqalbum.settings import Settings

REPAINTS = 800
_LATEST_S = 570.0


def memory_mb() -> float:
    """Resident memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def first_paint(app: QApplication, window: MainWindow, started_s: float) -> dict[str, float]:
    """Show the window as the program does, and look at what is loaded once it is painted."""
    found: dict[str, float] = {}

    def painted() -> None:
        found["ms"] = 1000 * (time.monotonic() - started_s)
        found["torch"] = float("torch" in sys.modules)
        window.close()
        app.quit()

    window.painted.connect(painted)
    window.show()
    app.exec()
    return found


def rows(count: int) -> list[PhotoRow]:
    """Rows of a large library: one photo in twenty is flagged, one in five hundred unreadable."""
    chance = random.Random(5)
    return [_row(number, chance.random() * 100) for number in range(count)]


def _row(number: int, percentile: float) -> PhotoRow:
    broken = number % 500 == 0
    score = None if broken else percentile
    return PhotoRow(
        photo_id=number,
        path=f"/album/{2000 + number // 5000}/{number // 500:03d} a day out/IMG_{number:06d}.jpg",
        root="/album",
        size_bytes=3_000_000 + number * 7919 % 2_000_000,
        mtime_ns=number,
        sha256=None if broken else f"{number:064x}",
        width=4000 if number % 3 else 3000,
        height=3000 if number % 3 else 4000,
        taken=f"20{number % 24:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}T12:00:00",
        status="error" if broken else "scored",
        kind=None if broken else "photo",
        score=score,
        percentile=score,
        percentile_low=score,
        percentile_high=score,
        s_kl=score,
        s_kl_percentile=score,
        split_level=None if broken else 5,
        high_frequency=score,
        reason="strong noise, blurred" if percentile > 90 else "",
        model_id="m",
        decision="undecided",
        error_code="truncated" if broken else None,
        error_message="The file is cut short; copy it again." if broken else None,
    )


def thumbnail() -> bytes:
    """One JPEG file of a thumbnail's size."""
    stream = io.BytesIO()
    Image.effect_noise((256, 192), 60).convert("RGB").save(stream, "JPEG", quality=80)
    return stream.getvalue()


def timed_ms(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Wall time of a call, ms, or what another clock says."""
    started = clock()
    work()
    return 1000 * (clock() - started)


def large(app: QApplication, window: MainWindow, count: int) -> dict[str, float]:
    """Fill the window with many photos and scroll through them."""
    picture = thumbnail()
    window.thumbnails._read = lambda sha256, part: picture
    window.show()
    app.processEvents()
    grid, before_mb = window.grid, memory_mb()
    many = rows(count)
    window.session.load(many)
    # Adding up and the side bar are measured apart: the frame is what a person waits for.
    window.centre.setCurrentWidget(grid)

    def frame() -> None:
        grid.follow()
        grid.viewport().repaint()

    found: dict[str, float] = {}

    def first() -> None:
        found["first_frame"] = timed_ms(frame)

    # Where other programs want the processor, too, this thread's own time says more.
    found["first_frame_cpu"] = timed_ms(first, time.thread_time)
    found["refresh"] = timed_ms(window._refresh)
    found["strictness"] = timed_ms(lambda: window._set_strictness(0.05))
    found["sort"] = timed_ms(lambda: window._set_sort("name", None))
    found["one_change"] = timed_ms(lambda: window._take_rows(many[7:8])) + timed_ms(window._refresh)
    repaints, own = scroll(app, window)
    found["repaint_p50"] = statistics.median(repaints)
    found["repaint_p95"] = statistics.quantiles(repaints, n=20)[-1]
    found["repaint_p95_cpu"] = statistics.quantiles(own, n=20)[-1]
    found["growth_mb"] = memory_mb() - before_mb
    window.close()
    return found


def scroll(app: QApplication, window: MainWindow) -> tuple[list[float], list[float]]:
    """Scroll in steps of 40 px from many places on; wall and own times of the repaints, ms.

    New tiles come into sight all the time, so texts are painted and pictures arrive meanwhile.
    """
    bar, chance = window.grid.verticalScrollBar(), random.Random(2)
    repaints: list[float] = []
    own: list[float] = []

    def repaint() -> None:
        repaints.append(timed_ms(window.grid.viewport().repaint))

    for _ in range(REPAINTS // 40):
        bar.setValue(chance.randrange(bar.maximum()))
        for _ in range(40):
            bar.setValue(bar.value() + 40)
            own.append(timed_ms(repaint, time.thread_time))
            for _ in range(3):
                app.processEvents()
                time.sleep(0.002)
    return repaints, own


def gaps(app: QApplication, window: MainWindow, folder: Path) -> dict[str, float]:
    """Index with the window open; the longest times between two beats of a 5 ms timer."""
    beats: list[float] = []
    clock = QElapsedTimer()

    def beat() -> None:
        beats.append(clock.nsecsElapsed() / 1e6)
        clock.restart()

    heart = QTimer(interval=5)
    heart.timeout.connect(beat)
    window.indexer.stopped.connect(app.quit)
    QTimer.singleShot(int(1000 * _LATEST_S), app.quit)
    window.show()
    app.processEvents()
    clock.start()
    heart.start()
    window.begin(folder)
    app.exec()
    heart.stop()
    photos = len(window.session.photos)
    flagged = window.session.photos.counts()["flagged"]
    window.close()
    beats.sort()
    return {
        "p999": beats[int(0.999 * (len(beats) - 1))],
        "worst": beats[-1],
        "photos": float(photos),
        "flagged": float(flagged),
    }


def main() -> None:
    what, argument = sys.argv[1:]
    app = QApplication(sys.argv[:1])
    apply_theme(app, DARK)
    with tempfile.TemporaryDirectory() as place, Library.open(Path(place)) as library:
        album = open_album(library, Settings(library=place))
        window = MainWindow(album, DARK)
        window.resize(SIZE_AT_FIRST)  # whatever the screen is
        window._save_settings = lambda: None  # type: ignore[method-assign]
        if what == "start":
            found = first_paint(app, window, float(argument))
        elif what == "large":
            found = large(app, window, int(argument))
        else:
            found = gaps(app, window, Path(argument))
        album.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
