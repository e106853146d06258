"""Scores that need no network: what a detector must beat."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from scipy import ndimage

from lqalbum.evaluate.corruptions.filters import Picture, luma
from lqalbum.evaluate.metrics import Scores

# A flat picture has no variance; far below what any photo has, in grey levels squared.
LEAST_VARIANCE = 1e-2


def laplacian(pictures: Sequence[Picture]) -> Scores:
    """Returns (n,) scores, minus the log variance of the grey Laplacian: blurred ones are high.

    Source: J. L. Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000.

    Args:
        pictures: (H, W, 3) uint8 each.
    """
    return np.array([-np.log(_laplacian_variance(picture)) for picture in pictures])


def _laplacian_variance(picture: Picture) -> float:
    response = ndimage.laplace(luma(picture.astype(np.float64)), mode="mirror")
    # The rim leans on pixels that are not there.
    return max(float(response[1:-1, 1:-1].var()), LEAST_VARIANCE)


BASELINES: Mapping[str, Callable[[Sequence[Picture]], Scores]] = MappingProxyType(
    {"laplacian": laplacian}
)
