"""Drives the real window through a whole review and takes the pictures for the documentation.

    python packaging/screenshots.py [--album FOLDER] [--out build/screenshots] [--theme dark|light]
        [--docs docs/screenshots] [--measure]

Needs Xvfb, xdotool and ImageMagick (`apt-get install xvfb xdotool imagemagick`). The album is
copied first, with a burst made of one of its photos; home, library and trash are folders of their
own: nothing of the person who runs this is touched. Each step is checked on disk; the script fails
where the window did not do it. `--measure` lets the self-test run to its end, some minutes more.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageChops, ImageFilter

from lqalbum.library.library import Library
from lqalbum.library.records import PhotoRow

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
# The window as it first opens, and what a frame would take.
SCREEN, SHOWN = "1366x900", "1366x860+0+0"
DOCUMENTED = (
    "01-empty",
    "04-grid",
    "05-why",
    "06-loupe",
    "08-deleted",
    "10-many",
    "14-errors",
    "16-compare",
    "17-history",
    "30-folders",
    "26-bursts",
    "27-export",
    "28-self-test",
    "29-adapt",
)
# The undamaged photo of which a burst is made, and what stands in its names.
BURST_OF, BURST = "IMG_0018.jpg", "Observatory"
STEP_S = 0.6
SLOW_STEPS = 20
EXIF_MAKE, EXIF_IFD, EXIF_TAKEN = 0x010F, 0x8769, 0x9003
# A busy computer takes its time over the first index, and more over a self-test.
LATEST_S = 3000.0


class Review:
    """A window on a display of its own, and the folders it works in."""

    def __init__(self, album: Path, place: Path, out: Path, display: str) -> None:
        self.photos = place / "Holiday photos"
        self.library = place / "library"
        self.out = out
        self.place = place
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(place / "home"),
            "XDG_DATA_HOME": str(place / "home/.local/share"),
            "XDG_CONFIG_HOME": str(place / "home/.config"),
            "QT_QPA_PLATFORM": "xcb",
        }
        shutil.copytree(album, self.photos, ignore=shutil.ignore_patterns("*.csv", "*.md"))
        if (self.photos / BURST_OF).is_file():
            add_burst(self.photos / BURST_OF)
        (place / "home").mkdir()
        self.window = ""
        self.pid = 0

    @contextmanager
    def program(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run the window; it is closed as a person closes it."""
        command = [sys.executable, "-m", "lqalbum", "gui", "--library", str(self.library)]
        with (self.place / "log.txt").open("ab") as log:
            running = subprocess.Popen(
                [*command, *arguments], env=self.environment, cwd=ROOT, stderr=log
            )
        self.pid = running.pid
        try:
            self.window = self.found("LQ Album")
            self.x("windowfocus", "--sync", self.window)
            yield running
            self.press("ctrl+q")
            running.wait(LATEST_S)
        finally:
            running.kill()

    def x(self, *arguments: str) -> str:
        """Run xdotool."""
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True
        )
        return done.stdout.strip()

    def is_there(self, name: str) -> bool:
        """Whether a window with a name is on the screen."""
        return bool(self.x("search", "--onlyvisible", "--name", f"^{name}$"))

    def found(self, name: str) -> str:
        """Wait for a window with a name; returns its number."""
        pattern = f"^{name}$"
        return wait_for(lambda: self.x("search", "--onlyvisible", "--name", pattern), name)

    def press(self, *keys: str) -> None:
        """Press keys in the main window."""
        # Without a window manager a dialog that closes leaves the keyboard to nobody.
        self.x("windowfocus", "--sync", self.window)
        for key in keys:
            self.x("key", "--window", self.window, key)
            time.sleep(0.15)
        time.sleep(STEP_S)

    def choose(self, opens: str, *keys: str) -> None:
        """Walk through the menu, which takes one key after the other, and take an entry.

        On a busy computer a key may be lost; Return is pressed until the entry's window is there.
        """
        self.press("F10")
        for key in keys:
            self.x("key", key)
            time.sleep(STEP_S)
        while True:
            self.x("key", "Return")
            for _ in range(SLOW_STEPS):
                time.sleep(STEP_S)
                if self.is_there(opens):
                    return

    @contextmanager
    def dialog(self, name: str) -> Iterator[str]:
        """Wait for a window in front of the window; it is closed with Escape."""
        number = self.found(name)
        self.x("windowfocus", "--sync", number)
        time.sleep(STEP_S)
        yield number
        while self.is_there(name):  # a busy computer loses keys
            self.x("windowfocus", "--sync", number)
            self.x("key", "--window", number, "Escape")
            time.sleep(3 * STEP_S)

    def hold(self, key: str, name: str) -> None:
        """Take a picture while a key is held down."""
        self.x("keydown", "--window", self.window, key)
        time.sleep(STEP_S)
        self.shoot(name)
        self.x("keyup", "--window", self.window, key)
        time.sleep(STEP_S)

    def shoot(self, name: str) -> None:
        """Take a picture of the whole display."""
        target = self.out / f"{name}.png"
        command = ["import", "-window", "root", "-crop", SHOWN, "+repage", str(target)]
        subprocess.run(command, env=self.environment, check=True)
        print(target, flush=True)

    def children(self) -> set[str]:
        """The processes that the window has begun and that have not ended yet."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/children")
        found = {child for one in threads for child in one.read_text().split()}
        # Python's own, which lives as long as the window.
        return {one for one in found if "resource_tracker" not in self.command_of(one)}

    @staticmethod
    def command_of(pid: str) -> str:
        """The command line of a process, empty once it has ended."""
        try:
            return Path(f"/proc/{pid}/cmdline").read_text()
        except OSError:
            return ""

    def rows(self) -> list[PhotoRow]:
        """What the library holds, read beside the window."""
        if not (self.library / "index.db").is_file():
            return []
        with Library.open(self.library, read_only=True) as library:
            return library.rows()

    def decided(self, decision: str) -> list[str]:
        """The photos that were decided on so."""
        return [row.path for row in self.rows() if row.decision == decision]


def add_burst(photo: Path) -> None:
    """Make three shots of one photo, a second apart: clean, shaken and noisy."""
    with Image.open(photo) as image:
        whole = image.convert("RGB")
    width, height = (side * 97 // 100 for side in whole.size)
    for number in range(3):
        shot = whole.crop((4 * number, 3 * number, 4 * number + width, 3 * number + height))
        if number == 1:
            shot = shot.filter(ImageFilter.GaussianBlur(2))
        if number == 2:
            noise = Image.effect_noise(shot.size, 40).convert("RGB")
            shot = ImageChops.add(shot, noise, scale=1, offset=-128)
        exif = Image.Exif()
        exif[EXIF_MAKE] = "Camera"
        exif.get_ifd(EXIF_IFD)[EXIF_TAKEN] = f"2026:05:04 20:41:0{number}"
        shot.save(photo.with_name(f"{BURST} {number + 1}.jpg"), quality=92, exif=exif)
    photo.unlink()  # it is larger than its shots, and so would be the best of them


def wait_for(look: Callable[[], T], what: str) -> T:
    """Look until there is something to see."""
    started = time.monotonic()
    while not (found := look()):
        if time.monotonic() - started > LATEST_S:
            raise SystemExit(f"{what} did not come.")
        time.sleep(0.1)
    return found


def first_visit(review: Review) -> str:
    """An empty album: what to do is said; then the folder is opened and indexed."""
    with review.program():
        time.sleep(2)
        review.shoot("01-empty")
    with review.program(str(review.photos)):
        wait_for(lambda: len(review.rows()) > 5, "the first photo")
        time.sleep(0.4)
        review.shoot("02-indexing")
        count = len(list(review.photos.iterdir()))
        wait_for(lambda: sum(row.status is not None for row in review.rows()) == count, "the end")
        time.sleep(2)
        review.shoot("03-all")
        review.press("f")
        review.shoot("04-grid")
        review.press("i")
        review.shoot("05-why")
        review.press("i", "space")
        time.sleep(6)
        review.shoot("06-loupe")
        review.hold("r", "24-flick")
        review.press("bracketright", "bracketright")
        time.sleep(2)
        review.shoot("07-depth")
        review.press("z")
        time.sleep(2)
        review.shoot("15-full-size")
        review.press("z", "Escape", "c")
        time.sleep(2)
        review.shoot("16-compare")
        review.press("Escape")
        return decide(review)


def decide(review: Review) -> str:
    """Keep one, delete one, ask before deleting many; returns what is in the trash at the end."""
    review.press("k")
    wait_for(lambda: review.decided("keep"), "the kept photo")
    review.press("d")
    (deleted,) = wait_for(lambda: review.decided("delete"), "the deleted photo")
    assert not Path(deleted).exists()
    review.shoot("08-deleted")
    review.press("ctrl+z")
    wait_for(lambda: not review.decided("delete"), "the photo that came back")
    assert Path(deleted).exists()
    review.shoot("09-undone")
    review.press("d")
    wait_for(lambda: review.decided("delete"), "the deleted photo")
    review.press("ctrl+a", "d")
    prompt = review.found("Move to the trash")
    review.x("windowfocus", "--sync", prompt)
    time.sleep(STEP_S)
    review.shoot("10-many")
    review.x("key", "--window", prompt, "Return")
    time.sleep(STEP_S)
    assert len(review.decided("delete")) == 1, "Enter must not delete"
    delete_two(review)
    look_at_dialogs(review)
    return deleted


def delete_two(review: Review) -> None:
    """Say yes to the question before a bulk delete, then take it back in one step."""
    review.press("Escape", "Home", "shift+Right", "d")
    prompt = review.found("Move to the trash")
    review.x("windowfocus", "--sync", prompt)
    review.x("key", "--window", prompt, "shift+Tab", "space")
    paths = wait_for(lambda: len(found := review.decided("delete")) == 3 and found, "two deletes")
    review.shoot("25-two-deleted")
    review.press("ctrl+z")
    wait_for(lambda: len(review.decided("delete")) == 1, "the two photos that came back")
    assert sum(Path(path).exists() for path in paths or ()) == 2


def look_at_dialogs(review: Review) -> None:
    """Open what the window opens in front of itself."""
    review.press("question")
    with review.dialog("Keys"):
        review.shoot("11-keys")
    review.press("ctrl+h")
    with review.dialog("History"):
        time.sleep(1)
        review.shoot("17-history")
    review.press("ctrl+comma")
    with review.dialog("Settings") as settings:
        review.shoot("18-settings")
        for name in ("30-folders", "19-judging", "20-keys", "21-privacy"):
            review.x("key", "--window", settings, "ctrl+Tab")
            time.sleep(STEP_S)
            review.shoot(name)
    review.press("F10")
    review.shoot("22-menu")
    review.press("Escape")
    review.choose("About LQ Album", "Up", "Up")
    with review.dialog("About LQ Album"):
        review.shoot("23-about")


def look_at_tools(review: Review, *, measure: bool) -> None:
    """Open what works on the whole album; keep the best of the burst and take it back."""
    # From below: close, about, keys, settings, and then these.
    names = ("export", "adapt", "self-test", "bursts")
    tools = {name: ["Up"] * steps for steps, name in enumerate(names, 5)}
    review.choose("Duplicates and bursts", *tools["bursts"])
    with review.dialog("Duplicates and bursts") as bursts:
        time.sleep(2)
        review.shoot("26-bursts")
        review.x("key", "--window", bursts, "b")
        prompt = review.found("Move to the trash")
        review.x("windowfocus", "--sync", prompt)
        review.x("key", "--window", prompt, "shift+Tab", "space")
        wait_for(lambda: len(review.decided("delete")) == 2, "the rest of the burst")
        gone = sorted(os.path.basename(path) for path in review.decided("delete"))
        assert gone == [f"{BURST} 2.jpg", f"{BURST} 3.jpg"], "the clean shot is to stay"
        review.x("windowfocus", "--sync", bursts)
        review.x("key", "--window", bursts, "ctrl+z")
        wait_for(lambda: not review.decided("delete"), "the shots that came back")
    review.choose("Export", *tools["export"])
    with review.dialog("Export") as export:
        review.x("key", "--window", export, "End")
        time.sleep(2)
        review.shoot("27-export")
    review.choose("Self-test on my album", *tools["self-test"])
    with review.dialog("Self-test on my album") as test:
        if measure:
            before = review.children()
            review.x("key", "--window", test, "Tab", "space")
            wait_for(lambda: review.children() - before, "the self-test")
            wait_for(lambda: not review.children() - before, "its end")
            time.sleep(2)
        review.shoot("28-self-test")
    review.choose("“Normal” means my album", *tools["adapt"])
    with review.dialog("“Normal” means my album"):
        review.shoot("29-adapt")


def second_visit(review: Review, deleted: str) -> None:
    """After a restart everything is where it was, and the delete is still undone by one key."""
    with review.program():
        time.sleep(4)
        assert review.decided("keep")
        review.shoot("12-restarted")
        review.press("ctrl+z")
        wait_for(lambda: Path(deleted).exists(), "the photo of the earlier visit")
        time.sleep(STEP_S)
        review.shoot("13-undone-after-restart")
        (review.photos / "letter.jpg").write_text("not a picture")
        review.press("F5")
        wait_for(lambda: any(row.status == "error" for row in review.rows()), "the error")
        time.sleep(1)
        review.x("mousemove", "60", "245", "click", "1")
        time.sleep(STEP_S)
        review.shoot("14-errors")


def for_docs(shots: Path, docs: Path) -> None:
    """Write those the documentation shows as JPEG files, a fifth of the size."""
    docs.mkdir(parents=True, exist_ok=True)
    for name in DOCUMENTED:
        with Image.open(shots / f"{name}.png") as picture:
            target = docs / f"{name[3:]}.jpg"
            picture.convert("RGB").save(target, quality=88, subsampling=0, optimize=True)


def main() -> None:
    """Run the whole review on a display of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--album", type=Path, default=ROOT / "resources" / "sample_album")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--docs", type=Path, help="folder for the documentation's pictures")
    parser.add_argument("--measure", action="store_true", help="run the self-test to its end")
    parser.add_argument("--display", default=":87")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(["Xvfb", options.display, "-screen", "0", f"{SCREEN}x24"])
    try:
        with tempfile.TemporaryDirectory(prefix="lqalbum-review-") as folder:
            place = Path(folder)
            review = Review(options.album, place, options.out.absolute(), options.display)
            settings = place / "home/.config/lqalbum/settings.json"
            settings.parent.mkdir(parents=True)
            settings.write_text(json.dumps({"version": 1, "theme": options.theme}))
            time.sleep(1)
            deleted = first_visit(review)
            second_visit(review, deleted)
            with review.program():
                time.sleep(4)
                look_at_tools(review, measure=options.measure)
            print((place / "log.txt").read_text("utf-8"), end="")
        if options.docs is not None:
            for_docs(options.out, options.docs)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
