"""Which picture formats are read, and how much memory one may take.

Pillow is only ever given this list: without it a PostScript file named ``.jpg`` starts
Ghostscript.
"""

from __future__ import annotations

from typing import Final

from PIL import Image

# MPO (two pictures in one JPEG file) is opened by Pillow's JPEG reader; naming it is a KeyError.
FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "HEIF")

PICTURE_EXTENSIONS: Final = frozenset(
    {
        "jpg", "jpeg", "jpe", "jfif", "mpo", "png", "apng", "webp", "tif", "tiff", "bmp", "dib",
        "gif", "avif", "avifs", "heic", "heics", "heif", "heifs", "hif",
    }
)  # fmt: skip

# What cameras write beside or instead of a JPEG; read through the extra [raw].
RAW_EXTENSIONS: Final = frozenset(
    {
        "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "iiq", "kdc", "mef", "mos", "mrw",
        "nef", "nrw", "orf", "pef", "raf", "rw2", "rwl", "sr2", "srf", "srw", "x3f",
    }
)  # fmt: skip

EXTENSIONS: Final = PICTURE_EXTENSIONS | RAW_EXTENSIONS

SMALLEST_SIDE_PX: Final = 64

# A worker may take 1 GiB in all, interpreter and libraries included.
PICTURE_BUDGET_BYTES: Final = 640 * 2**20

# Peak bytes per pixel from the decoder to the first shrinking, copies made on the way included.
_PEAK_BYTES: Final = {
    "1": 2, "L": 1, "P": 5, "RGB": 4, "RGBX": 4, "CMYK": 4, "YCbCr": 4, "LAB": 4, "HSV": 4,
    "I;16": 4, "I;16L": 4, "I;16B": 4, "I;16N": 4,
}  # fmt: skip
_PEAK_BYTES_OTHERWISE: Final = 12

# First bytes by which a damaged file is still known for what it was meant to be.
_SIGNATURES: Final = (
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a",
)  # fmt: skip


def register_readers() -> None:
    """Make Pillow able to read HEIC; every other format of the list is its own."""
    import pi_heif

    # One thread: the pool runs one worker a core, and each thread's heap counts as memory.
    pi_heif.register_heif_opener(decode_threads=1)


def has_picture_signature(head: bytes) -> bool:
    """Whether a file begins as one of the formats does.

    Args:
        head: at least its first 16 bytes.
    """
    if head.startswith(_SIGNATURES):
        return True
    return (head.startswith(b"RIFF") and head[8:12] == b"WEBP") or head[4:8] == b"ftyp"


def needed_bytes(image: Image.Image, scale: int) -> int:
    """Estimate the peak memory for decoding a picture, from its header alone.

    Args:
        image: opened and not loaded.
        scale: 1, 2, 4 or 8: the part of its sides a JPEG is decoded at.
    """
    width, height = image.size
    per_pixel = _PEAK_BYTES.get(image.mode, _PEAK_BYTES_OTHERWISE)
    if image.mode in ("L", "RGB") and "transparency" in image.info:
        per_pixel = _PEAK_BYTES_OTHERWISE
    needed = width * height * per_pixel // scale**2
    if image.format in ("JPEG", "MPO") and image.info.get("progressive"):
        needed += _coefficient_bytes(image)
    return needed


def fewest_bytes(image: Image.Image) -> int:
    """How many bytes a JPEG file of this size has at the very least; 0 for other formats.

    A header may claim any size. The decoder fills what is missing with grey, slowly, and that would
    be judged as a bad photo.

    Args:
        image: opened and not loaded.
    """
    if image.format not in ("JPEG", "MPO"):
        return 0
    # A block of 8 x 8 takes a bit for its mean, and in a progressive file none for the rest.
    bits = 1 if image.info.get("progressive") else 2
    return _coefficient_bytes(image) // 2 // 64 * bits // 8


def _coefficient_bytes(image: Image.Image) -> int:
    # A progressive JPEG keeps all its coefficients, 2 bytes each, whatever the scale.
    width, height = image.size
    layers = getattr(image, "layer", [])
    factors: list[int] = [across * down for _, across, down, *_ in layers] or [1, 1, 1]
    return 2 * width * height * sum(factors) // max(max(factors), 1)
