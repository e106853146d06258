"""What the window decides, without a window: filters, order, selection, decisions and words."""

from lqalbum.library.forgetting import Forgotten
from lqalbum.library.library import Library
from lqalbum.library.records import (
    Decision,
    DeletePreview,
    Evidence,
    PhotoRow,
    TrashSummary,
    WatchedFolder,
)
from lqalbum.library.trash import home_trash

__all__ = [
    "Decision",
    "DeletePreview",
    "Evidence",
    "Forgotten",
    "Library",
    "PhotoRow",
    "TrashSummary",
    "WatchedFolder",
    "home_trash",
]
