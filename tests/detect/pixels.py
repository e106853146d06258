"""Pictures as the measures take them."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def pixels_of(*frames: NDArray[np.generic]) -> Tensor:
    """Pictures (H, W, 3) of one size as pixels (N, 3, H, W) float32."""
    return torch.from_numpy(np.stack(frames).astype(np.float32)).permute(0, 3, 1, 2)
