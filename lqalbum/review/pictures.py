"""The small pictures of a photo that the cache holds: thumbnail, reconstruction, heat map."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lqalbum.library.library import Library

Part = Literal["photo", "reconstruction"]


class Pictures:
    """Reads pictures of one scorer from the cache; for use in any thread."""

    def __init__(self, library: Library, scorer_id: str | None) -> None:
        """Look for reconstructions and maps of this scorer, for none if it is not known."""
        self._library = library
        self._scorer_id = scorer_id

    def tile(self, sha256: str, part: Part) -> bytes | None:
        """Return a part of a tile as a JPEG file, None if the cache has none."""
        if part == "photo":
            return self._library.thumbnail(sha256)
        return self.reconstruction(sha256)

    def reconstruction(self, sha256: str, split_level: int | None = None) -> bytes | None:
        """Return a reconstruction as a JPEG file: the one of the tile, or of a split level."""
        if self._scorer_id is None:
            return None
        return self._library.reconstruction(sha256, self._scorer_id, split_level)

    def heat_map(self, sha256: str) -> NDArray[np.float32] | None:
        """Return the map (h, w) whose values add up to S_KL, nats per dimension."""
        if self._scorer_id is None:
            return None
        return self._library.heat_map(sha256, self._scorer_id)
