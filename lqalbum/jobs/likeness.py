"""Perceptual hashes of many photos, from their thumbnails; each is computed once and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lqalbum.library.library import Library
from lqalbum.library.likeness import perceptual_hash

# Kept after so many, so that little is lost where the program ends.
_BATCH = 500


@dataclass(frozen=True)
class Hashing:
    """How many hashes have been computed of those that were missing."""

    done: int
    total: int


@dataclass(frozen=True)
class Hashes:
    """Perceptual hashes by the SHA-256 of the photos' bytes; none for a photo without thumbnail."""

    by_sha256: Mapping[str, int]


def hash_photos(
    library: Library, wanted: Iterable[str], stop: Callable[[], bool]
) -> Iterator[Hashing | Hashes]:
    """Yield how far it is, and the hashes at last; nothing more once `stop` says so.

    Args:
        library: holds thumbnails and hashes; one open for reading keeps no new hashes.
        wanted: SHA-256 of the photos, hex.
        stop: asked for each photo; what was computed until then is kept.
    """
    known = library.perceptual_hashes()
    every = list(dict.fromkeys(wanted))
    missing = [sha256 for sha256 in every if sha256 not in known]
    fresh: dict[str, int] = {}
    for done, sha256 in enumerate(missing):
        if done % _BATCH == 0:
            _keep(library, fresh)
            known |= fresh
            fresh = {}
            yield Hashing(done, len(missing))
        if stop():
            break
        thumbnail = library.thumbnail(sha256)
        if thumbnail is not None:
            fresh[sha256] = perceptual_hash(thumbnail)
    _keep(library, fresh)
    known |= fresh
    if not stop():
        yield Hashes({sha256: known[sha256] for sha256 in every if sha256 in known})


def _keep(library: Library, fresh: Mapping[str, int]) -> None:
    if fresh and not library.is_read_only:
        library.put_perceptual_hashes(list(fresh.items()))
