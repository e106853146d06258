"""Holds the layer table: which room may import which, and where each large dependency may live."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "lqalbum"

# Everyone may import these.
GROUND = {"errors", "paths", "identity", "sentences", "wholefile"}

# Room -> rooms it may import besides itself and the ground; the commit of a change says why.
LAYERS: dict[str, set[str]] = {
    "errors": set(),
    "paths": set(),
    "identity": set(),
    "sentences": set(),
    "wholefile": set(),
    "malloc": set(),
    "display": set(),
    "settings": set(),
    "hvae": set(),
    "detect": {"hvae"},
    "library": set(),
    "evaluate": {"detect"},
    "roster": {"detect", "library"},
    "jobs": {"hvae", "detect", "evaluate", "library", "roster", "settings", "display"},
    "review": {"library"},
    "gui": {"review", "jobs", "settings"},
    "cli": {"jobs", "review", "library", "settings"},
    "app": {"malloc", "display", "settings", "gui", "cli"},
    "__main__": {"app"},
    "__init__": set(),
}

# Dependency -> rooms it may be imported in.
DEPENDENCIES: dict[str, set[str]] = {
    "PySide6": {"gui", "app"},
    "torch": {"hvae", "detect"},
    "sqlite3": {"library"},
    "piexif": {"library"},
    "rawpy": {"library"},
    "cv2": {"roster"},
    "pyarrow": {"jobs"},
}

FILES = sorted(PACKAGE.rglob("*.py"))


def imported_modules(source: str) -> Iterator[str]:
    """Yield the dotted name of everything imported, also inside functions and for typing only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            assert node.module is not None
            # `from lqalbum import detect` names the room in the alias.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(file: Path) -> str:
    """Return the room that `file` of the package belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def violations(room: str, source: str) -> list[str]:
    """Return the imports in `source` that the tables do not allow to `room`."""
    found = []
    for name in imported_modules(source):
        top, _, rest = name.partition(".")
        target = rest.partition(".")[0]
        if top == "lqalbum" and target in LAYERS:
            allowed = target in GROUND | LAYERS[room] | {room, "__init__"}
        elif top in DEPENDENCIES:
            allowed = room in DEPENDENCIES[top]
        else:
            allowed = True
        if not allowed:
            found.append(name)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_file_imports_only_what_its_room_may(file: Path):
    room = room_of(file)
    assert room in LAYERS, f"{room} has no place in the layer table"
    assert violations(room, file.read_text("utf-8")) == []


@pytest.mark.parametrize("name", ["piexif", "cv2", "rawpy"])
def test_it_lives_in_one_file(name: str):
    users = [file for file in FILES if name in {*imported_modules(file.read_text("utf-8"))}]
    assert len(users) <= 1


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("library", "from lqalbum.jobs.doctor import run_doctor"),
        ("hvae", "def f():\n    from lqalbum import detect"),
        ("cli", "import torch.nn.functional as functional"),
        ("jobs", "from PySide6.QtCore import QObject"),
        ("review", "import sqlite3"),
    ],
)
def test_the_check_sees_a_wrong_import(room: str, source: str):
    assert len(violations(room, source)) == 1
