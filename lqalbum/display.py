"""Finds out whether a window can be shown, before Qt is loaded: Qt ends the process if not."""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

# The platform plugin of each kind of display; dlopen() fails where a system library is missing.
_PLUGINS = {"xcb": "libqxcb.so", "wayland": "libqwayland.so", "offscreen": "libqoffscreen.so"}


def window_obstacle() -> str | None:
    """Return one sentence that says why no window can be shown, or None where one can.

    Only Linux needs the look: elsewhere a desktop and Qt's libraries are always there.
    """
    if not sys.platform.startswith("linux"):
        return None
    platform = os.environ.get("QT_QPA_PLATFORM") or _display_kind()
    if platform is None:
        return "No display is available for the window; use `lqalbum scan FOLDER` instead."
    missing = _missing_library(platform)
    if missing is not None:
        return f"The window cannot open ({missing}); `make setup` as root installs what is missing."
    if platform == "xcb" and not _display_answers():
        display = os.environ.get("DISPLAY", "")
        return f"The display {display} does not answer; use `lqalbum scan FOLDER` instead."
    return None


def _display_kind() -> str | None:
    if os.environ.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if os.environ.get("DISPLAY") else None


def _missing_library(platform: str) -> str | None:
    package = importlib.util.find_spec("PySide6")
    if package is None or package.origin is None:
        return "PySide6 is not installed"
    plugin = Path(package.origin).parent / "Qt/plugins/platforms" / _PLUGINS.get(platform, "")
    if not plugin.is_file():  # another kind of display: Qt knows better
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as exc:
        return str(exc).partition(":")[0] + " is missing"
    return None


def _display_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return bool(answers)
