"""The perceptual hash: near for versions of a photo, far for other photos, kept in the cache."""

import io

import numpy as np
import pytest
from PIL import Image, ImageEnhance
from scipy.fft import dctn

from lqalbum.library.library import Library
from lqalbum.library.likeness import perceptual_hash
from tests.library.conftest import Album


def scene(seed: int, size: tuple[int, int] = (256, 192)) -> Image.Image:
    grid = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), np.uint8)
    return Image.fromarray(grid).resize(size, Image.Resampling.BICUBIC)


def jpeg(image: Image.Image, quality: int = 80) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def apart(one: int, other: int) -> int:
    return (one ^ other).bit_count()


def test_it_is_the_sign_of_the_lowest_frequencies():
    """Against scipy's transform of the same small picture."""
    picture = scene(1, (32, 32)).convert("L")
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=100)
    with Image.open(stream) as image:
        pixels = np.asarray(image, float)
    low = dctn(pixels)[:8, :8]
    expected = "".join("1" if value > np.median(low) else "0" for value in low.ravel())
    assert f"{perceptual_hash(stream.getvalue()):064b}" == expected


@pytest.mark.parametrize("seed", range(5))
def test_versions_are_near_and_other_photos_far(seed: int):
    photo = scene(seed)
    own = perceptual_hash(jpeg(photo))
    assert apart(own, perceptual_hash(jpeg(photo, 30))) <= 4
    assert apart(own, perceptual_hash(jpeg(photo.resize((128, 96))))) <= 4
    assert apart(own, perceptual_hash(jpeg(ImageEnhance.Brightness(photo).enhance(0.8)))) <= 4
    assert apart(own, perceptual_hash(jpeg(scene(seed + 100)))) > 16


def test_one_colour_has_a_hash_too():
    assert 0 <= perceptual_hash(jpeg(Image.new("RGB", (64, 64), "black"))) < 2**64


def test_the_cache_keeps_all_64_bits_and_forgets_them(album: Album):
    values = [("a" * 64, 2**64 - 1), ("b" * 64, 2**63), ("c" * 64, 0)]
    with album.open() as library:
        library.put_perceptual_hashes(values)
    with Library.open(album.library_folder, read_only=True) as library:
        assert library.perceptual_hashes() == dict(values)


def test_forgetting_a_delete_forgets_its_hash(album: Album):
    with album.open() as library:
        row = library.row(album.paths[0])
        assert row is not None
        assert row.sha256 is not None
        library.put_perceptual_hashes([(row.sha256, 7)])
        library.decide("delete", album.paths[:1])
        library.forget([library.history()[0].id])
        assert library.perceptual_hashes() == {}
