"""Which detector a score comes from: a ground rule that can be asked without importing torch."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

# Changes whenever the same model file would give other numbers.
SCORE_VERSION = 1


def scorer_id(model_id: str, calibration: Mapping[str, Any]) -> str:
    """Return the identity of network, calibration and way of scoring together, hex.

    Args:
        model_id: SHA-256 of the tensor bytes, hex.
        calibration: as the model file's header holds it.
    """
    identity = json.dumps([SCORE_VERSION, model_id, dict(calibration)], sort_keys=True)
    return hashlib.sha256(identity.encode()).hexdigest()
