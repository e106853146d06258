"""Loads torch's libraries without holding up the other threads.

`import torch` opens 400 MB of libraries inside Python's lock: every other thread, the window's
too, stands still for 0.3 s, and for over a second on a busy machine. Opened beforehand through a
foreign call, which lets go of the lock, they cost the window nothing.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

# In the order of torch's own import; the first one alone makes its symbols known to all.
_LIBRARIES = (
    ("libtorch_global_deps.so", os.RTLD_GLOBAL if hasattr(os, "RTLD_GLOBAL") else 0),
    ("libtorch_cpu.so", 0),
    ("libtorch_python.so", 0),
)


def preload_torch() -> None:
    """Open torch's libraries where that is known to help; anything amiss is left to the import."""
    if not sys.platform.startswith("linux") or "torch" in sys.modules:
        return
    package = importlib.util.find_spec("torch")
    if package is None or package.origin is None:
        return
    # `ctypes.CDLL(path)` would open it inside the lock; dlopen() called as a function does not.
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.restype = ctypes.c_void_p
    dlopen.argtypes = [ctypes.c_char_p, ctypes.c_int]
    for name, scope in _LIBRARIES:
        library = Path(package.origin).parent / "lib" / name
        if library.is_file():
            dlopen(os.fsencode(library), os.RTLD_LAZY | scope)
