"""What holds for every measure of a picture."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from lqalbum.detect import bands, detail, geometry, tone
from tests.detect.pixels import pixels_of

Frame = NDArray[np.uint8]
Photo = Callable[[int, int, int], Frame]


@pytest.mark.parametrize(
    "law",
    [
        bands.band_energies,
        bands.log_laplacian_variance,
        bands.blockiness,
        bands.high_frequency,
        detail.detail_statistics,
        detail.crispness,
        detail.noise_sigma,
        geometry.disorder,
        geometry.pixel_grid,
        tone.brightness,
        tone.contrast,
        tone.clipped_white,
        tone.haze,
        tone.vividness,
        tone.tonal_range,
    ],
    ids=lambda law: law.__name__,
)
def test_flat_pictures_give_numbers_and_batches_do_not_mix(
    photo: Photo, law: Callable[[Tensor], Tensor]
):
    flat = [np.full((64, 64, 3), level, np.uint8) for level in (0, 128, 255)]
    frames = [*flat, photo(64, 64, 1)]
    together = law(pixels_of(*frames))
    assert torch.isfinite(together).all()
    alone = torch.cat([law(pixels_of(frame)) for frame in frames])
    # float32, sums in another order.
    torch.testing.assert_close(together, alone, rtol=1e-4, atol=1e-4)
