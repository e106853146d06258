"""The system's trash: the only way by which a photo leaves its place.

A move is a rename within the volume into the folder that the system itself uses, journaled
before, checked before and after by the hash of the file's bytes. Nothing is ever copied, replaced
or removed, except the little records that this package wrote itself. It is done here because every
ready-made way was found to lose files somewhere: a "moved" file still in place, followed links,
deletion for good on network drives, or of what is larger than the recycle bin may grow.

Where a system's trash is and what it wants beside a file is said by its `TrashLayout`; how files
move is the same for all.
"""

from lqalbum.library.trash.files import (
    FileIdentity,
    TrashedFile,
    has_hash,
    identify,
    is_in_place,
    look,
)
from lqalbum.library.trash.layout import NoTrashError, TrashLayout
from lqalbum.library.trash.moving import (
    ChangedPhotoError,
    GoneFromTrashError,
    NameTakenError,
    Trash,
)
from lqalbum.library.trash.system import system_trash, trash_address

__all__ = [
    "ChangedPhotoError",
    "FileIdentity",
    "GoneFromTrashError",
    "NameTakenError",
    "NoTrashError",
    "Trash",
    "TrashLayout",
    "TrashedFile",
    "has_hash",
    "identify",
    "is_in_place",
    "look",
    "system_trash",
    "trash_address",
]
