"""What the library says when it refuses something; see `lqalbum.sentences`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from lqalbum.errors import LQAlbumError, PhotoError
from lqalbum.sentences import Sentence, compose

__all__ = ["SENTENCES", "Sentence", "photo_trouble", "said", "sentence_of"]

SENTENCES: Final[Mapping[str, str]] = MappingProxyType({
    # Deciding.
    "not-as-scanned": "{path} is not what it was when it was scanned, so no photo like it was "
    "deleted; scan its folder again.",
    "record-gone": "{gone} Its record says that it is gone; undo goes on with the step before.",
    "companion-refused": "{path} was not deleted, as a file that goes with it was not: {why}",
    "system-refused": "the system refused it ({why}); check the drive and its folder's "
    "permissions, and try again.",
    "stays": "{path} stays where it is: {why}",
    "in-trash": "{path} is in the trash, as far as is known: {why}",
    "place-taken": "{path} was not deleted: another photo has taken its place; decide on that one.",
    "back-not-noted": "{path} is back from the trash, which is not noted yet: {why}",
    "back-without": "{path} is back, but no longer in the trash: {names}.",
    "same-file": "{path} was not deleted: it is the very same file as {best}, by another name.",
    "interrupted": "{path} was left as it is: the command was interrupted before its turn.",
    "folder-offline": "{path} was not deleted: its folder {root} is offline; plug the drive in "
    "and scan it again.",
    "not-there": "{path} is not there; check the name, or scan its folder again.",
    "belongs-to": "{path} belongs to {photo} and goes where that goes; name the photo.",
    "no-photo-name": "{path} is no photo by its ending, and none of the library; nothing else is "
    "moved.",
    "place-of-no-photos": "{path} is a library's own file, lies in a trash or belongs to the "
    "running system; nothing is decided on there.",
    "no-file": "{path} is a link or no regular file; name the photo's own file.",
    # The trash.
    "trash-crowded": "{path} was not deleted: other programs fill the trash at this moment; "
    "try again.",
    "names-taken": "{path} cannot be restored: every name for it is taken; clear the folder up.",
    "still-there": "{gone} Still there: {places}.",
    "no-recycle-bin": "{path} was not deleted: LQ Album knows of no trash on this system; delete "
    "it with the file manager.",
    "bin-none": "{path} was not deleted: its drive {place} has no trash from which it could come "
    "back; if it is to go for good, delete it with the file manager.",
    "bin-missing": "{path} was not deleted: its drive {place} has no trash yet; delete any file "
    "there with the file manager once, and try again.",
    "bin-closed": "{path} was not deleted: the system does not let LQ Album look into the trash "
    "{place}; allow it Full Disk Access under Privacy & Security in the System Settings, and try "
    "again.",
    "trash-unusable": "{path} was not deleted: the trash of its drive cannot be used "
    "({why}: {place}).",
    "trash-linked": "{path} was not deleted: {place} should be the trash of its drive and is a "
    "link or no folder; move that out of the way.",
    "trash-foreign": "{path} was not deleted: the trash {place} of its drive belongs to another "
    "user; ask for a trash of your own there.",
    "trash-full": "{path} was not deleted: the trash holds too many files of its name; empty it.",
    "changed-in-move": "{path} was not deleted: it changed while it was moved.",
    "still-in-place": "{path} was not deleted: the system said that it moved it, and it is where "
    "it was; look at its drive.",
    "changed": "{path} was not deleted: it changed since it was looked at; scan it again.",
    "gone-from-trash": "{path} is no longer in the trash; another program emptied it or took the "
    "file out.",
    "back-beside": "{path} was not deleted: while it was moved, another file took its name, so it "
    "is {place} now.",
    "unsettled": "Whether {path} went all the way is not settled yet: {why}; its record waits.",
    "not-readable-now": "where it was or where it went cannot be looked at now",
    "still-unsettled": "{path} waits for its drive: an earlier move of it was cut short, and where "
    "it is cannot be looked at now; plug the drive in and try again.",
    "changed-in-trash": "{path} was changed in the trash and is not brought back as it was; what "
    "became of it is {place}.",
    "trash-unreadable": "{path} cannot be restored: {place} in the trash cannot be read; check its "
    "drive and permissions, and try again.",
    "trash-offline": "{path} cannot be restored: its trash {place} is out of reach; plug its drive "
    "in and try again.",
    # Scanning.
    "target-in-trash": "{path} is or lies in a system's trash, which is not scanned; take photos "
    "out of it first.",
    "target-of-system": "{path} belongs to the running system and holds no photos; name a folder "
    "of photos.",
    "target-of-library": "{path} is one of a library's own files and no photo; name a photo or a "
    "folder.",
    # The library itself.
    "no-library": "There is no library in {folder}; scan a folder of photos first.",
    "read-only": "The library {folder} is open for reading only; close the other window or "
    "command that writes to it.",
    "no-folder": "The library folder {folder} cannot be made ({why}); choose another one with "
    "--library.",
    "busy": "Another window or command writes to the library {folder}; close it, or wait until "
    "it is done.",
    "not-writable": "The library folder {folder} cannot be written to ({why}); choose another one "
    "with --library.",
    "older": "The library {folder} is from an older version; open it for writing once, to bring "
    "it up to date.",
    "newer": "{path} was written by a newer version of LQ Album and was left as it is; update the "
    "program, or choose another folder with --library.",
    "damaged": "{path} is not a sound {kind} database of LQ Album ({why}) and was left as it is; "
    "'lqalbum doctor --repair' brings back its newest backup, if there is one.",
    "not-repaired": "{path} could not be repaired ({why}); make room, check the folder's "
    "permissions, and try again.",
    "disk-full": "The disk of {path} is full; make room and try again.",
    "locked": "Another program keeps {path} locked; close it and try again.",
    "unusable": "{path} cannot be used ({why}); check the disk and the folder's permissions.",
    "file-unreadable": "{path} cannot be read ({why}); check its permissions and the disk.",
    "foreign-cache": "{path} is no cache of LQ Album and was left as it is; move it away, or "
    "choose another folder with --library.",
    "not-kept": "Decisions need a library that is kept; leave out --no-library.",
    "no-decision": "{decision} is no decision; say keep, delete or undecided.",
    # Why a database is no sound one.
    "no-database": "it is not a database",
    "other-database": "it was made by something else",
    "garbled-database": "what stands in it is garbled",
    "lost-database": "it is gone or empty, though it was there before",
    # Reading photos.
    "no-process": "No process can be started to read {path} ({why}); close other programs and try "
    "again.",
    "crashed": "crashed",
    "timeout": "timeout",
    # Photos, by the codes of `PhotoError`; what is raised says more of the single case.
    "photo-truncated": "{path} is damaged or cut short; copy it again from where it came.",
    "photo-not-an-image": "{path} holds no picture in a known format; check what it is.",
    "photo-too-large": "{path} is too large to decode safely; save a smaller copy to have it "
    "judged.",
    "photo-too-small": "{path} is too small to judge.",
    "photo-unreadable": "{path} cannot be read; check its permissions and the drive, and scan its "
    "folder again.",
    "photo-vanished": "{path} is not there any more; scan the folder again.",
    "photo-timeout": "{path} takes too long to decode; save it anew with a photo program to have "
    "it judged.",
    "photo-crashed": "{path} makes its decoder crash; save it anew with a photo program to have "
    "it judged.",
    "photo-not-scored": "{path} got no finite score; rescan it with another model, or report it.",
    "photo-empty": "{path} holds no bytes; delete it or copy it again from where it came.",
    "photo-not-regular": "{path} is a link, folder, pipe or device and not a photo's file; name "
    "the file itself.",
    "photo-no-raw-reader": "{path} is a raw picture; pip install 'lqalbum[raw]' to have it read.",
    "photo-no-face": "{path} shows no face from the front that is large enough.",
    "photo-below-model": "{path} is too small for this model.",
})  # fmt: skip


said = partial(compose, SENTENCES)


def photo_trouble(code: str, message: str, path: str) -> Sentence:
    """Return the message of a photo's error as a sentence with a code.

    Args:
        code: of the error; one that is not known leaves the message without a code.
        message: English, and more precise than what the code stands for.
        path: the photo as it is to be named.
    """
    known = f"photo-{code}" if f"photo-{code}" in SENTENCES else ""
    return Sentence(message, known, SENTENCES.get(known, ""), {"path": path})


def sentence_of(error: LQAlbumError) -> Sentence:
    """Return what an error says, with its code if it has one."""
    if isinstance(error, PhotoError):
        shown = error.path.encode("utf-8", "replace").decode("utf-8")
        return photo_trouble(error.code, error.message, shown)
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Sentence) else Sentence(str(error))
