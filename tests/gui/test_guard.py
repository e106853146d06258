"""R8, R19, R21: the audit hook watches the window's other threads as well."""

from pathlib import Path

from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from tests.guard import hook


def test_what_a_thread_of_the_window_must_not_do_is_kept_from_happening(
    qtbot: QtBot, tmp_path: Path
):
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"a photo")
    program = compile("import os\ndef act(path): os.unlink(path)", f"{hook._PROGRAM}bad.py", "exec")
    names: dict[str, object] = {}
    exec(program, names)  # noqa: S102
    told: list[str] = []

    def run() -> None:
        try:
            names["act"](str(photo))  # type: ignore[operator]
        except hook.ForbiddenError as exc:
            told.append(str(exc))

    with hook.unrecorded():
        QThreadPool.globalInstance().start(run)
        qtbot.waitUntil(lambda: bool(told))
    assert told == [f"os.remove of {photo}"]
    assert photo.exists()
