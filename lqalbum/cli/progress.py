"""Progress on stderr: a bar on a terminal, JSON lines for scripts, or nothing."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lqalbum.cli.streams import log

_REFRESHES_PER_SECOND = 4
_ABOUT_UNKNOWN = ""


class ProgressView(Protocol):
    """Where a command tells how far it is."""

    def update(self, done: float, total: float, note: str, **facts: float | int | None) -> None:
        """Show that `done` of `total` are done; `facts` go to scripts as they are."""

    def event(self, name: str, **facts: str | float | int | None) -> None:
        """Tell of something that happened; people find it in the result instead."""


@contextmanager
def progress_view(kind: str, title: str) -> Iterator[ProgressView]:
    """Yield the view that `--progress` asks for; `auto` is a bar where stderr is a terminal."""
    if kind == "json":
        yield _JsonLines()
    elif kind == "auto" and sys.stderr is not None and sys.stderr.isatty():
        with _Bar(title) as bar:
            yield bar
    else:
        yield _Silence()


class _Silence:
    def update(self, done: float, total: float, note: str, **facts: float | int | None) -> None:
        pass

    def event(self, name: str, **facts: str | float | int | None) -> None:
        pass


class _JsonLines:
    def update(self, done: float, total: float, note: str, **facts: float | int | None) -> None:
        self.event("progress", done=done, total=total, **facts)

    def event(self, name: str, **facts: str | float | int | None) -> None:
        finite = {
            key: None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in facts.items()
        }
        log(json.dumps({"event": name, **finite}))


class _Bar:
    def __init__(self, title: str) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            refresh_per_second=_REFRESHES_PER_SECOND,
            transient=True,
        )
        self._task = self._progress.add_task(title, total=None, note=_ABOUT_UNKNOWN)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_unused: object) -> None:
        self._progress.stop()

    def update(self, done: float, total: float, note: str, **facts: float | int | None) -> None:
        self._progress.update(self._task, completed=done, total=total, note=note)

    def event(self, name: str, **facts: str | float | int | None) -> None:
        pass
