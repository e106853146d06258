import sys

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget

from lqalbum.errors import LQAlbumError
from lqalbum.gui.crash import LOG_FILE, CrashReporter, log, log_to_file
from lqalbum.paths import log_dir


@pytest.fixture
def shown(monkeypatch):
    boxes = []

    def exec_(box):
        boxes.append((box.text(), box.informativeText(), box.detailedText()))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    return boxes


@pytest.fixture
def reporter(qtbot, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    window = QWidget()
    qtbot.addWidget(window)
    log_to_file()
    yield CrashReporter(window)
    for handler in log.handlers[:]:
        handler.close()
        log.removeHandler(handler)


def test_a_bug_reaches_dialog_and_log_with_its_traceback(reporter, shown):
    reporter.install()
    try:
        raise ZeroDivisionError("no photos at all")
    except ZeroDivisionError as exc:
        sys.excepthook(type(exc), exc, exc.__traceback__)
    ((text, words, details),) = shown
    assert "Your photos are as they were" in text
    assert "ZeroDivisionError: no photos at all" in words
    assert "test_crash.py" in details
    assert "test_crash.py" in (log_dir() / LOG_FILE).read_text()


def test_expected_trouble_is_told_in_its_own_sentence(reporter, shown):
    reporter.show_error(LQAlbumError("The disk is full; make room."))
    assert shown == [("The disk is full; make room.", "", "")]
