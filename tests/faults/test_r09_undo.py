"""R9: undo gives the same bytes, name, mode and time, whatever came before; no name is taken over.

``pytest tests/faults/test_r09_undo.py --long -s`` plays 1,000 sequences.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from pathlib import Path

import pytest

from lqalbum.library.library import Library
from tests.bins import Bin

_STEPS = 8
_Print = tuple[str, int, int]


@pytest.fixture
def sequences(request: pytest.FixtureRequest) -> int:
    return 1000 if request.config.getoption("--long") else 15


def _album(folder: Path, choice: random.Random) -> list[str]:
    """Photos, two of them with what goes along, of odd names, modes and times."""
    folder.mkdir()
    names = [b"a.jpg", b"b c.JPG", b"caf\xe9.jpeg", b"\xc3\xbc\n.png", b"e.heic"]
    photos = [os.path.join(folder, os.fsdecode(name)) for name in names]
    others = [os.path.join(folder, name) for name in ("a.cr2", "a.jpg.xmp", "b c.MOV")]
    for path in photos + others:
        Path(path).write_bytes(choice.randbytes(choice.randint(1, 3000)))
        os.chmod(path, choice.choice([0o644, 0o600, 0o440, 0o755]))
        os.utime(path, ns=(choice.randrange(2**60), choice.randrange(2**60)))
    return photos


def _prints(folder: Path) -> dict[str, _Print]:
    return {
        path.name: (
            hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mode,
            path.stat().st_mtime_ns,
        )
        for path in folder.iterdir()
    }  # fmt: skip


def _act(library: Library, photos: list[str], choice: random.Random) -> None:
    action = choice.choice(["delete", "delete", "delete", "keep", "undo", "undo", "redo"])
    if action in ("undo", "redo"):
        results = getattr(library, action)(choice.randint(1, 3))
    else:
        results = library.decide(action, choice.sample(photos, choice.randint(1, 3)))  # type: ignore[arg-type]
    assert all(result.status == "done" for result in results)


def test_r09_random_sequences_come_back_the_same(
    tmp_path: Path, trash_bin: Bin, sequences: int
) -> None:
    choice = random.Random(9)
    deletes = 0
    for number in range(sequences):
        folder = tmp_path / f"album-{number}"
        photos = _album(folder, choice)
        before = _prints(folder)
        library = Library.open(tmp_path / f"library-{number}")
        for _ in range(_STEPS):
            _act(library, photos, choice)
            if choice.random() < 0.3:  # a restart
                library.close()
                library = Library.open(tmp_path / f"library-{number}")
        deletes += len(before) - len(_prints(folder))
        occupied = _occupy(photos, choice)
        library.undo(1000)
        library.close()
        _assert_is_back(folder, before, occupied)
        assert (trash_bin.files(), trash_bin.records()) == ([], [])
        shutil.rmtree(folder)
        shutil.rmtree(tmp_path / f"library-{number}")
    assert deletes > 0
    print(
        f"\n{trash_bin.system}: {sequences} sequences of {_STEPS} steps; "
        f"{deletes} files were in the trash, 0 lost"
    )


def _occupy(photos: list[str], choice: random.Random) -> str | None:
    """Sometimes put something else where a deleted photo was."""
    gone = [path for path in photos if not os.path.lexists(path)]
    if not gone or choice.random() < 0.6:
        return None
    path = choice.choice(gone)
    Path(path).write_bytes(b"somebody else's")
    return os.path.basename(path)


def _assert_is_back(folder: Path, before: dict[str, _Print], occupied: str | None) -> None:
    after = _prints(folder)
    if occupied is None:
        assert after == before
        return
    assert (folder / occupied).read_bytes() == b"somebody else's"
    del after[occupied]
    stem, _ = os.path.splitext(occupied)
    renamed = {name.replace(" (restored)", ""): print_ for name, print_ in after.items()}
    assert renamed == before
    assert all(name in before or name.startswith(f"{stem} (restored)") for name in after)
