"""Sets LQ Album up in this checkout, runs it and tests it; needs only Python 3.11-3.13 with venv.

    python packaging/setup.py setup|run|test|bench|clean

The Makefile calls it; where there is no make (Windows) it is called by hand. Everything goes to
`.venv` and `build` in the checkout; a set-up that is up to date is not repeated.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.sha256"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
ALBUM = Path("resources", "sample_album")
SAMPLE = Path("build", "sample")

TORCH = "2.13.0"
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"

# What Qt loads from the system, by Debian package: without a display, and for a window under X11.
QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
}
WINDOW_LIBRARIES = {
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
}


def main(arguments: Sequence[str]) -> int:
    """Do the one task that is named and return its exit code."""
    tasks: dict[str, Callable[[], None]] = {
        "setup": set_up,
        "run": run,
        "test": test,
        "bench": bench,
        "clean": clean,
    }
    if len(arguments) != 1 or arguments[0] not in tasks:
        print(f"usage: python packaging/setup.py {'|'.join(tasks)}", file=sys.stderr)
        return 2
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print(f"Python 3.11-3.13 is needed, this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    try:
        tasks[arguments[0]]()
    except subprocess.CalledProcessError as exc:
        print(f"Stopped: this failed: {' '.join(map(str, exc.cmd))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def set_up() -> None:
    """Install the program into `.venv`, unless that is done already."""
    provide_system_libraries()
    wanted = fingerprint()
    if PYTHON.exists() and STAMP.is_file() and STAMP.read_text("ascii") == wanted:
        return
    print("Setting up in .venv: about 510 MB to download, once.", flush=True)
    if not PYTHON.exists():
        call([sys.executable, "-m", "venv", "--clear", VENV])
    install_torch()
    pip("install", "--constraint", "constraints.txt", "--editable", ".[dev,roster,parquet,raw]")
    STAMP.write_text(wanted, "ascii")


def fingerprint() -> str:
    """Return a digest of everything that decides what is installed."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt", "packaging/setup.py"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def install_torch() -> None:
    """Install PyTorch alone, its CPU build where there is no NVIDIA card.

    On Linux the package index's own build brings several GB of CUDA libraries. The CPU build has a
    version of its own (`+cpu`), so each source is simply asked for that version: first those that
    pip is configured with (a mirror, a folder of wheels), then PyTorch's index of CPU builds. Where
    neither has it the package index's build works, too. What torch needs comes with the rest.
    """
    needs_choice = sys.platform == "linux" and not has_nvidia_card()
    cpu = f"torch=={TORCH}+cpu"
    if needs_choice and (
        try_pip("install", "--no-deps", cpu)
        or try_pip("install", "--no-deps", "--retries", "1", "--index-url", TORCH_CPU_INDEX, cpu)
    ):
        return
    if sys.platform == "linux":
        print("Taking PyTorch with CUDA: several GB to download, once.", flush=True)
    pip("install", "--no-deps", f"torch=={TORCH}")


def has_nvidia_card() -> bool:
    """Return whether an NVIDIA driver is loaded or installed."""
    return Path("/proc/driver/nvidia").exists() or shutil.which("nvidia-smi") is not None


def provide_system_libraries() -> None:
    """Install what Qt needs from a Debian or Ubuntu system when root, else name it."""
    if sys.platform != "linux":
        return
    wanted = dict(QT_LIBRARIES)
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        wanted |= WINDOW_LIBRARIES
    missing = [package for package, library in wanted.items() if not loads(library)]
    if not missing:
        return
    names = " ".join(missing)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"The window needs system libraries that are missing: {names}.", file=sys.stderr)
        return
    print(f"Installing the system libraries {names}.", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "update", "-q"], environment)
    call(["apt-get", "install", "-qy", "--no-install-recommends", *missing], environment)


def loads(library: str) -> bool:
    """Return whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def run() -> None:
    """Show the sample album in the window, or without a display scan it and write reports."""
    set_up()
    library = ("--library", SAMPLE / "library")
    check = "import sys, lqalbum.display as d; sys.exit(d.window_obstacle() or 0)"
    # Qt told to draw nowhere is no display: the window would wait for ever for someone to close it.
    environment = {name: text for name, text in os.environ.items() if name != "QT_QPA_PLATFORM"}
    look = subprocess.run([PYTHON, "-c", check], cwd=ROOT, env=environment, check=False)
    if look.returncode == 0:
        call([PYTHON, "-m", "lqalbum", "gui", ALBUM, *library])
        return
    print(f"Scanning {ALBUM} instead.", file=sys.stderr, flush=True)
    call([PYTHON, "-m", "lqalbum", "scan", ALBUM, *library, "--exit-zero"])
    for kind in ("html", "json"):
        report = SAMPLE / f"report.{kind}"
        call([PYTHON, "-m", "lqalbum", "export", *library, "--format", kind, "-o", report])
    print(f"The reports are {SAMPLE / 'report.html'} and {SAMPLE / 'report.json'}.")


def test() -> None:
    """Check style and types, then test: first without Qt being importable, then the window."""
    set_up()
    call([PYTHON, "-m", "ruff", "check", "."])
    call([PYTHON, "-m", "ruff", "format", "--check", "."])
    call([PYTHON, "-m", "mypy"])
    for platform in ("win32", "darwin"):  # what is done there alone; the rest is unreachable
        call([PYTHON, "-m", "mypy", "--platform", platform, "--no-warn-unreachable"])
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    without_qt = {**environment, "PYTHONPATH": str(ROOT / "tests" / "without_qt")}
    call([PYTHON, "-m", "pytest", "-p", "no:pytest-qt", "--ignore=tests/gui"], without_qt)
    call([PYTHON, "-m", "pytest", "tests/gui"], environment)


def bench() -> None:
    """Print the benchmarks, one JSON object a line."""
    set_up()
    call([PYTHON, "-m", "tests.benchmarks"])


def clean() -> None:
    """Remove everything that set-up, runs and tests made in the checkout."""
    for name in (".venv", "build", "dist", ".mypy_cache", ".pytest_cache", ".ruff_cache"):
        shutil.rmtree(ROOT / name, ignore_errors=True)


def pip(*arguments: str) -> None:
    """Run pip of `.venv`; a failure ends the task."""
    call([PYTHON, "-m", "pip", *arguments])


def try_pip(*arguments: str) -> bool:
    """Run pip of `.venv` without its complaints and return whether it succeeded."""
    command = [PYTHON, "-m", "pip", *arguments]
    return subprocess.run(command, cwd=ROOT, stderr=subprocess.DEVNULL, check=False).returncode == 0


def call(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> None:
    """Run a command in the root of the checkout; a failure ends the task."""
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
