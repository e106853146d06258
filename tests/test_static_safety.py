"""R18, R8: what the program's own source must never hold, found by reading it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "lqalbum"
_FORBIDDEN_IMPORTS = {"dill", "joblib", "marshal", "shelve", "pty", "telnetlib", "requests"}
# What of Qt writes files or reaches for a network, which the tests' audit hook would not see.
_UNWATCHED_QT = {
    "QDir", "QFile", "QLocalServer", "QLocalSocket", "QLockFile", "QSaveFile", "QSettings",
    "QTemporaryDir", "QTemporaryFile", "QtNetwork", "QtWebEngineCore", "QtWebSockets",
}  # fmt: skip
# Nor would it see what is called in C; of these, only the first moves files.
_CTYPES_IN = {
    "rename.py", "worker_process.py", "preloading.py", "malloc.py", "display.py", "windows.py",
}  # fmt: skip
_FORBIDDEN_CALLS = {"eval", "exec", "__import__", "compile"}
# By whatever way they are named, called or handed on.
_FORBIDDEN_NAMES = {
    "builtins.compile", "builtins.eval", "builtins.exec", "os.popen", "os.system", "pickle.load",
    "pickle.loads", "subprocess.getoutput", "subprocess.getstatusoutput",
}  # fmt: skip
# Allowed only as a call, whose arguments are looked at.
_ONLY_CALLED = {"torch.load"}
# The pipe to the decoding processes; what comes through it was written by this program itself.
_PICKLE_NAMED_IN = {"supervisor.py"}


def dangers(source: str, file: str) -> list[str]:
    """What in a source could run the bytes of a file, or do harm that the tests do not see."""
    found: list[str] = []
    tree = ast.parse(source)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else names
            for module in modules:
                top = module.partition(".")[0]
                if top in _FORBIDDEN_IMPORTS or (top == "pickle" and file not in _PICKLE_NAMED_IN):
                    found.append(f"import {module}")
                if top == "ctypes" and file not in _CTYPES_IN:
                    found.append(f"import {module} where it is not expected")
            parts = {part for name in (*names, *modules) for part in name.split(".")}
            found += [f"import {name}" for name in sorted(parts & _UNWATCHED_QT)]
            named = {f"{module}.{name}" for module in modules for name in names}
            found += [
                f"import {name}" for name in sorted(named & (_FORBIDDEN_NAMES | _ONLY_CALLED))
            ]
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in _FORBIDDEN_NAMES:
            found.append(ast.unparse(node))
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in _ONLY_CALLED:
            if id(node) not in called:
                found.append(f"{ast.unparse(node)} handed on")
        elif isinstance(node, ast.Call):
            found += _dangerous_call(node)
    return found


def _dangerous_call(call: ast.Call) -> list[str]:
    name = ast.unparse(call.func)
    values = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    for keyword in call.keywords:
        if keyword.arg is None and isinstance(keyword.value, ast.Dict):
            pairs = zip(keyword.value.keys, keyword.value.values, strict=True)
            values |= {
                key.value: ast.unparse(v) for key, v in pairs if isinstance(key, ast.Constant)
            }
    found = []
    if name in _FORBIDDEN_CALLS:
        found.append(name)
    if values.get("shell", "False") != "False":
        found.append(f"{name} with a shell")
    if values.get("allow_pickle", "False") != "False":
        found.append(f"{name} with pickles")
    if name == "torch.load" and values.get("weights_only") != "True":
        found.append("torch.load without weights_only=True")
    if values.get("weights_only") == "False":
        found.append(f"{name} with weights_only=False")
    if name.startswith("piexif.") and name.rpartition(".")[2] in ("insert", "remove", "transplant"):
        found.append(f"{name} writes to an original")
    return found


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE))
)
def test_r18_nothing_here_runs_what_a_file_holds(file: Path):
    assert dangers(file.read_text("utf-8"), file.name) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from marshal import loads",
        "eval('1')",
        "subprocess.run('ls', shell=True)",
        "np.load(path, allow_pickle=True)",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "torch.load(path, weights_only=choice)",
        "piexif.insert(exif, path)",
        "from PySide6.QtCore import QFile",
        "from PySide6 import QtNetwork",
        "import PySide6.QtNetwork",
        "from ctypes import CDLL",
        "from torch import load",
        "load = torch.load",
        "map(torch.load, paths)",
        "from os import system",
        "from os import popen as run",
        "os.system('ls')",
        "run = os.popen",
        "builtins.eval('1')",
        "from builtins import exec",
        "subprocess.run('ls', **{'shell': True})",
        "subprocess.getoutput('ls')",
        "from subprocess import getstatusoutput",
        "pickle.loads(data)",
    ],
)
def test_r18_the_check_sees_what_it_looks_for(source: str):
    assert len(dangers(source, "any.py")) >= 1


@pytest.mark.parametrize("module", ["asyncio", "http.client", "socket", "ssl", "urllib.request"])
def test_r21_nothing_here_imports_what_reaches_a_network(module: str):
    """The hook sees connections in all tests; that nothing could make one is seen here."""
    users = [
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.Import) and module in [alias.name for alias in node.names])
        or (isinstance(node, ast.ImportFrom) and node.module == module)
    ]
    # A pair of connected sockets within this process wakes the window on a signal.
    assert users == (["gui/main.py"] if module == "socket" else [])
