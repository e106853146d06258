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
from lqalbum.library.trash import trash_address

__all__ = [
    "Decision",
    "DeletePreview",
    "Evidence",
    "Forgotten",
    "Library",
    "PhotoRow",
    "TrashSummary",
    "WatchedFolder",
    "trash_address",
]
