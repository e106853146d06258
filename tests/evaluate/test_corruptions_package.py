"""The corruption laws against the ``imagecorruptions`` package, where it can be imported.

Release 1.1.2 runs neither on current numpy nor on current scikit-image, and its glass blur swaps
aliased views. With a patched copy on ``PYTHONPATH`` these tests compare every law: the package's
calls to ``numpy.random`` are led to a generator of the same seed, so that both draw the same noise.
"""

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from lqalbum.evaluate.corruptions import CORRUPTIONS, LAWS, SEVERITIES, Picture, finish
from tests.evaluate.pictures import natural_picture

# Grey levels. Both sides cut to integers, so rounding noise alone moves a few values by one level
# (most of all for HSV, which the package really converts to). Spatter's distances are OpenCV's
# approximate ones, so single pixels of a drop move further.
MEAN_TOLERANCE = 0.05
LARGEST_TOLERANCE = 1
LARGEST_TOLERANCES = {"spatter": 32}


class SharedRandom:
    """Draws for the package from the generator that our law uses, under numpy's old names."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.default_rng(seed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._generator, {"randint": "integers"}.get(name, name))


@pytest.fixture(scope="module")
def package() -> ModuleType:
    try:
        from imagecorruptions import corruptions
    except ImportError as error:
        pytest.skip(f"imagecorruptions cannot be imported: {error}")
    return corruptions


def published(
    package: ModuleType, monkeypatch: pytest.MonkeyPatch, picture: Picture, name: str, severity: int
) -> Picture:
    from PIL import Image

    shared = SharedRandom(5)
    for function in ("normal", "uniform", "poisson", "randint"):
        monkeypatch.setattr(np.random, function, getattr(shared, function))
    monkeypatch.setattr(np.random, "default_rng", lambda *_: shared._generator)
    corrupted = getattr(package, name)(Image.fromarray(picture), severity)
    monkeypatch.undo()
    return np.array(corrupted).astype(np.uint8)


@pytest.mark.parametrize("name", CORRUPTIONS)
@pytest.mark.parametrize("size", [(256, 256), (160, 224)])
def test_law_agrees_with_package(
    package: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str, size: tuple[int, int]
) -> None:
    picture = natural_picture(*size)
    for severity in SEVERITIES:
        theirs = published(package, monkeypatch, picture, name, severity).astype(int)
        ours = finish(LAWS[name](picture, severity, np.random.default_rng(5))).astype(int)
        gap = np.abs(ours - theirs)
        assert gap.mean() <= MEAN_TOLERANCE, f"severity {severity}"
        assert gap.max() <= LARGEST_TOLERANCES.get(name, LARGEST_TOLERANCE), f"severity {severity}"
