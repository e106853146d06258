"""The composition root: decides between the window and a command, and starts it.

Qt is imported only when a window is asked for, so commands run where Qt is not installed.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lqalbum import malloc
from lqalbum.display import window_obstacle
from lqalbum.errors import LQAlbumError, UsageError
from lqalbum.sentences import Sentence
from lqalbum.settings import DEVICES, load_settings


def main() -> None:
    """Run the program with the arguments of this process and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(argv: Sequence[str]) -> int:
    """Open the window or run the command.

    Args:
        argv: the arguments after the program's name. None at all, `gui`, or a folder alone open the
            window; anything else is a command.

    Returns:
        The exit code.
    """
    # Before anything imports torch: buffers that torch has already mapped stay as they are.
    malloc.keep_large_buffers()
    try:
        if _asks_for_window(argv):
            return _open_window(argv)
        from lqalbum.cli.main import main as run_command

        return run_command(argv)
    except LQAlbumError as exc:
        print(f"lqalbum: {exc}", file=sys.stderr)
        return exc.exit_code


def _asks_for_window(argv: Sequence[str]) -> bool:
    return not argv or argv[0] == "gui" or (len(argv) == 1 and Path(argv[0]).is_dir())


def _open_window(argv: Sequence[str]) -> int:
    options = _window_parser().parse_args(argv[1:] if argv[:1] == ["gui"] else argv)
    folder: Path | None = options.folder
    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; name the folder that holds the photos.")
    chosen = {
        name: getattr(options, name)
        for name in ("library", "model", "device", "strictness", "jobs")
        if getattr(options, name) is not None
    }
    if "library" in chosen:
        chosen["library"] = str(Path(chosen["library"]).expanduser().absolute())
    obstacle = window_obstacle()
    if obstacle is not None:
        raise LQAlbumError(obstacle)
    damage: list[Sentence] = []
    settings = replace(load_settings(on_damage=damage.append), **chosen)
    from lqalbum.gui.main import run_window

    return run_window(settings, folder, damage)


def _window_parser() -> argparse.ArgumentParser:
    from lqalbum.cli.options import parse_count, parse_strictness

    parser = argparse.ArgumentParser(
        prog="lqalbum gui", description="Open the window.", allow_abbrev=False
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="album to open")
    parser.add_argument("--library", metavar="PATH", help="folder of the library's databases")
    parser.add_argument("--model", metavar="NAME", help="photo, portrait or a weights file")
    parser.add_argument("--device", choices=DEVICES, help="where the network runs")
    parser.add_argument("--strictness", type=parse_strictness, metavar="SHARE", help="3%% or 0.03")
    parser.add_argument("--jobs", type=parse_count, metavar="N", help="worker processes")
    return parser
