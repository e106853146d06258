"""What one folder holds, and a short number that stands for it.

Two listings with one digest have the same names, sizes and times, so that a folder of a thousand
photos is known to be unchanged by one comparison.
"""

from __future__ import annotations

import hashlib
import os
from array import array
from collections.abc import Iterator
from typing import NamedTuple

_DIGEST_BYTES = 16


class FoundFile(NamedTuple):
    """A regular file with a picture's extension, as ``lstat`` sees it.

    A tuple, since many are made in each scan, four times as fast as a dataclass.
    """

    path: str
    size_bytes: int
    mtime_ns: int


class Listing(NamedTuple):
    """The pictures of one folder; the three lists run side by side.

    Attributes:
        folder: absolute.
        names: in order.
        sizes_bytes: of each.
        mtimes_ns: last change of each, as `lqalbum.library.photofile.mtime_ns` gives it.
    """

    folder: str
    names: list[str]
    sizes_bytes: list[int]
    mtimes_ns: list[int]

    def files(self) -> Iterator[FoundFile]:
        """Each file by itself."""
        for name, size_bytes, mtime_ns in zip(
            self.names, self.sizes_bytes, self.mtimes_ns, strict=True
        ):
            yield FoundFile(os.path.join(self.folder, name), size_bytes, mtime_ns)

    def digest(self) -> bytes:
        """16 bytes by which a listing is known; the folder's own name is not part of them."""
        # No name holds a NUL, and there are as many numbers as names.
        digest = hashlib.blake2b(os.fsencode("\0".join(self.names)), digest_size=_DIGEST_BYTES)
        digest.update(array("q", self.sizes_bytes).tobytes())
        digest.update(array("q", self.mtimes_ns).tobytes())
        return digest.digest()
