"""Starts the window: the screen first, everything that takes time afterwards."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from lqalbum.errors import LibraryBusyError, LibraryError, LQAlbumError
from lqalbum.gui.album import Album
from lqalbum.gui.crash import CrashReporter, log_to_file
from lqalbum.gui.dialogs import BulkPrompt
from lqalbum.gui.theme import apply_theme, chosen_theme
from lqalbum.gui.translation import Catalogues, chosen_language
from lqalbum.gui.window import MainWindow
from lqalbum.jobs.looking import CloserLook, SharedDetector
from lqalbum.jobs.models import decoding_processes, describe_model, network_threads
from lqalbum.jobs.views import WHOLE_FRAME, view_for
from lqalbum.review import Library
from lqalbum.review.language import tr
from lqalbum.review.pictures import Pictures
from lqalbum.review.repairing import examine, repair_all, repair_prompt
from lqalbum.review.sentences import error_words, sentence_of, told
from lqalbum.review.session import ReviewSession
from lqalbum.review.watching import FolderChanges
from lqalbum.review.wording import Toast, printable
from lqalbum.sentences import Sentence
from lqalbum.settings import Settings, save_changes

_CLOSING_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run_window(
    settings: Settings, folder: Path | None = None, trouble: Sequence[Sentence] = ()
) -> int:
    """Open the window and stay until it is closed.

    Args:
        settings: the person's, with what the command line says instead.
        folder: an album to open beside those the library knows.
        trouble: what there is to say before anything else, such as of damaged settings.

    Returns:
        The exit code.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("LQ Album")
    log_to_file()
    changes = FolderChanges(added=(os.path.abspath(folder),) if folder else ())
    try:
        return _run_windows(app, Catalogues(app), settings, changes, trouble)
    except LQAlbumError as exc:
        QMessageBox.critical(None, "LQ Album", error_words(exc))
        return exc.exit_code


def _run_windows(
    app: QApplication,
    catalogues: Catalogues,
    settings: Settings,
    changes: FolderChanges,
    trouble: Sequence[Sentence],
) -> int:
    """Open one window after the other, as long as a person wants other settings."""
    _dress(app, catalogues, settings)
    first = open_or_repair(Path(settings.library))
    if first is None:
        return LibraryError.exit_code
    ended = _run_once(app, first, settings, changes, trouble)
    while ended.wanted is not None:  # another library, model, theme or language
        _dress(app, catalogues, ended.wanted)
        library, settings = reopen_library(ended.wanted, settings)
        ended = _run_once(app, library, settings, ended.changes)
    return ended.code


def _dress(app: QApplication, catalogues: Catalogues, settings: Settings) -> None:
    catalogues.use(chosen_language(settings.language))
    apply_theme(app, chosen_theme(settings.theme))


@dataclass(frozen=True)
class _Ended:
    """How a window ended.

    Attributes:
        code: the exit code.
        wanted: settings to open another window with, None if none are wanted.
        changes: what that one is to do about the watched folders.
    """

    code: int
    wanted: Settings | None
    changes: FolderChanges


def _run_once(
    app: QApplication,
    library: Library,
    settings: Settings,
    changes: FolderChanges,
    trouble: Sequence[Sentence] = (),
) -> _Ended:
    """Open one window over a library, which is closed with it."""
    theme = chosen_theme(settings.theme)
    with library:
        album = open_album(library, settings)
        window = MainWindow(album, theme)
        reporter = CrashReporter(window)
        reporter.install()
        window.broke.connect(reporter.show_error)
        starter = Starter(window, changes, trouble)
        window.painted.connect(starter.begin)
        window.reopen_asked.connect(starter.reopen)
        window.show()
        with closing_on_signals(window):
            code = app.exec()
        window.close()
        album.close()
    ended = _Ended(code, starter.wanted, window.folder_changes)
    window.deleteLater()
    return ended


@contextmanager
def closing_on_signals(window: MainWindow) -> Iterator[None]:
    """Close the window, which saves what is under way, on Ctrl+C in the terminal and at logout.

    Qt's loop does not let Python see a signal; a byte in a socket wakes it up.
    """
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    closer = SignalCloser(window, ours)
    before = signal.set_wakeup_fd(theirs.fileno())
    handlers = {name: signal.signal(name, _leave_to_the_socket) for name in _CLOSING_SIGNALS}
    try:
        yield
    finally:
        for name, handler in handlers.items():
            signal.signal(name, handler)
        signal.set_wakeup_fd(before)
        closer.stop()
        ours.close()
        theirs.close()


def _leave_to_the_socket(number: int, frame: FrameType | None) -> None:
    """Do nothing: the byte in the socket has been written already."""


class SignalCloser(QObject):
    """Closes the window when a byte arrives."""

    def __init__(self, window: MainWindow, end: socket.socket) -> None:
        """Listen at one end of a socket pair."""
        super().__init__(window)
        self._window = window
        self._notifier = QSocketNotifier(end.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._close)

    def stop(self) -> None:
        """Listen no more."""
        self._notifier.setEnabled(False)

    @Slot()
    def _close(self) -> None:
        self.stop()
        self._window.close()


class Starter(QObject):
    """Begins the work once the window is on the screen.

    Attributes:
        wanted: settings to open another window with, None if none are wanted.
    """

    def __init__(
        self, window: MainWindow, changes: FolderChanges, trouble: Sequence[Sentence] = ()
    ) -> None:
        """Begin with the folders the library knows, and changes to them; say what went wrong."""
        super().__init__(window)
        self._window = window
        self._changes = changes
        self._trouble = trouble
        self.wanted: Settings | None = None

    @Slot(object)
    def reopen(self, settings: Settings) -> None:
        """Close the window, for another one to be opened."""
        self.wanted = settings
        self._window.close()

    @Slot()
    def begin(self) -> None:
        """Read the library and index."""
        self._window.begin(changes=self._changes)
        if self._trouble:
            words = " ".join(told(sentence) for sentence in self._trouble)
            self._window.toast.tell(Toast(printable(words), is_problem=True))


def open_library(folder: Path) -> Library:
    """Open the library, to read only while another program writes to it.

    Raises:
        LibraryError: it cannot be used.
    """
    try:
        return Library.open(folder)
    except LibraryBusyError:
        return Library.open(folder, read_only=True)


def open_or_repair(folder: Path) -> Library | None:
    """Open the library; where its databases cannot be used, offer to bring their copies back.

    Returns:
        The library; None where a person leaves it as it is.

    Raises:
        LibraryError: it cannot be used for another reason, or not be repaired now.
    """
    try:
        return open_library(folder)
    except LibraryError:
        troubles = examine(folder) if folder.is_dir() else []
        if not troubles:
            raise
    prompt = BulkPrompt(repair_prompt(troubles), title=tr("Repair the library"))
    if prompt.exec() != BulkPrompt.DialogCode.Accepted:
        return None
    repair_all(folder)
    return open_library(folder)


def reopen_library(wanted: Settings, earlier: Settings) -> tuple[Library, Settings]:
    """Open the library of other settings; where it cannot be used, the earlier one, and say so.

    Only a library that was opened is kept in the settings.

    Returns:
        The library, and the settings with the one that it is.

    Raises:
        LQAlbumError: neither can be used.
    """
    kept = replace(wanted, library=earlier.library)
    if wanted.library == earlier.library:
        return open_library(Path(wanted.library)), wanted
    try:
        library = open_library(Path(wanted.library))
    except LQAlbumError as exc:
        words = tr("The library in {folder} stays in use.", folder=printable(earlier.library))
        QMessageBox.warning(None, "LQ Album", f"{error_words(exc)}\n\n{words}")
        return open_library(Path(kept.library)), kept
    save_changes(kept, wanted)
    return library, wanted


def open_album(library: Library, settings: Settings) -> Album:
    """Put together what a window works on; reads the model's header, but does not load it."""
    model, view, trouble = None, WHOLE_FRAME, Sentence("")
    try:
        described = describe_model(settings.model)
        view = view_for(described.preset, described.config)
        model = described
    except LQAlbumError as exc:
        trouble = sentence_of(exc)
    detector = None
    if model is not None:
        threads = network_threads(settings.jobs)
        detector = SharedDetector(model, device=settings.device, threads=threads)
    return Album(
        session=ReviewSession(library, settings.strictness),
        settings=settings,
        pictures=Pictures(library, model.scorer_id if model else None),
        scorer_id=model.scorer_id if model else None,
        calibration_size=model.calibration_size if model else 0,
        model_trouble=trouble,
        detector=detector,
        look=CloserLook(library, detector, view),
        view=view,
        jobs=decoding_processes(settings.jobs),
        good_scores=model.good_scores if model else (),
    )
