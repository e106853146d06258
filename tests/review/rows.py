"""Rows for tests that need no library."""

from __future__ import annotations

from typing import Any

from lqalbum.library.records import PhotoRow

ROOT = "/album"


def photo(photo_id: int, percentile: float | None = 50.0, **changes: Any) -> PhotoRow:
    """A scored photo of the album, or one that is not scored yet where percentile is None."""
    scored = percentile is not None
    values: dict[str, Any] = {
        "photo_id": photo_id,
        "path": f"{ROOT}/img{photo_id}.jpg",
        "root": ROOT,
        "size_bytes": 1000 * photo_id,
        "mtime_ns": 0,
        "sha256": f"{photo_id:064x}",
        "width": 400,
        "height": 300,
        "taken": None,
        "status": "scored" if scored else None,
        "kind": "photo" if scored else None,
        "score": percentile,
        "percentile": percentile,
        "percentile_low": percentile,
        "percentile_high": percentile,
        "s_kl": 0.01 if scored else None,
        "s_kl_percentile": percentile,
        "split_level": 4 if scored else None,
        "high_frequency": 0.1 if scored else None,
        "reason": "blurred" if scored and percentile > 90 else "",
        "model_id": "m" if scored else None,
        "decision": "undecided",
        "error_code": None,
        "error_message": None,
    }
    return PhotoRow(**{**values, **changes})
