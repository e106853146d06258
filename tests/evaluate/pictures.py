"""Generated test pictures with the traits of photos: a falling spectrum, edges, colour."""

import numpy as np
from numpy.typing import NDArray


def natural_picture(height: int = 256, width: int = 256, seed: int = 0) -> NDArray[np.uint8]:
    """Returns (H, W, 3) uint8: coloured 1/f noise with a few flat shapes over it."""
    random = np.random.default_rng(seed)
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width))
    frequency[0, 0] = np.inf
    shared = random.normal(size=(height, width, 1))
    noise = shared + 0.3 * random.normal(size=(height, width, 3))
    spectrum = np.fft.fft2(noise, axes=(0, 1)) / frequency[..., None] ** 1.1
    field = np.fft.ifft2(spectrum, axes=(0, 1)).real
    picture = 118.0 + 42.0 * field / field.std()
    for _ in range(5):
        top, left = random.integers(0, height - 24), random.integers(0, width - 24)
        tall, wide = random.integers(12, height // 3), random.integers(12, width // 3)
        patch = picture[top : top + tall, left : left + wide]
        picture[top : top + tall, left : left + wide] = 0.4 * patch + random.uniform(20, 140, 3)
    return np.clip(picture, 0, 255).astype(np.uint8)
