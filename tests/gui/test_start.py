"""What the window must not cost at the start, and a trap of PySide that would end the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import lqalbum.gui.main as main
from lqalbum.settings import Settings

seen = []

class Looking(main.Starter):
    def begin(self):
        seen.extend(name for name in ("torch", "scipy") if name in sys.modules)
        print("painted", *seen)
        self._window.close()

main.Starter = Looking
sys.exit(main.run_window(Settings(library=sys.argv[1])))
"""


def run_apart(program, library):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", program, str(library)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=120,
    )


def run_to_its_end(program, library):
    done = run_apart(program, library)
    assert (done.returncode, done.stdout) == (0, "painted\n"), done.stderr


def test_the_first_paint_comes_before_torch(tmp_path):
    run_to_its_end(LOOK, tmp_path / "library")


TOOLS = """
tools = self._window.album_tools
tools.show_self_test()
tools.show_adapt()
import lqalbum.evaluate.tables  # what a self-test sends back
seen.extend(name for name in ("torch", "scipy") if name in sys.modules)
"""


def test_the_tools_of_the_album_open_without_waiting_for_libraries(tmp_path):
    indented = TOOLS.strip().replace("\n", "\n        ")
    opening = LOOK.replace('print("painted"', f'{indented}\n        print("painted"')
    run_to_its_end(opening, tmp_path / "library")


SAYING = """
import sys
from lqalbum.gui import main
from lqalbum.settings import Settings, said

class Saying(main.Starter):
    def begin(self):
        super().begin()
        print(self._window.toast.words.text(), self._window.toast.isVisible())
        self._window.close()

main.Starter = Saying
trouble = said("settings-damaged", path="/s.json", kept="/s.json.damaged", library="/l")
sys.exit(main.run_window(Settings(library=sys.argv[1]), trouble=[trouble]))
"""


def test_damaged_settings_are_said_in_the_window(tmp_path):
    done = run_apart(SAYING, tmp_path / "library")
    assert "/s.json.damaged" in done.stdout
    assert done.stdout.endswith(" True\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot signal itself there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_in_good_order(tmp_path, number):
    signalled = LOOK.replace("self._window.close()", f"os.kill(os.getpid(), {int(number)})")
    run_to_its_end(f"import os\n{signalled}", tmp_path / "library")


def test_pyside_does_not_use_up_none(qapp):
    """PySide6 6.12.0 drops a reference to None in every void call, upstream PYSIDE-3474."""
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.update()
    assert sys.getrefcount(None) > before - 500
