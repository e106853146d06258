"""R1: files of every hostile kind, built byte by byte or by spoiling sound ones.

`make_all` fills a folder. Every regular file in it with a picture's ending must end as a row.
"""

from __future__ import annotations

import io
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
from PIL import Image

from tests.library.pictures import HEIC, png_header, scene

_SIDE_PX = 128
_FLIPS_PER_FORMAT = 6


def make_all(folder: Path) -> dict[str, bytes]:
    """Write all of them and what is no file at all.

    Returns:
        The regular files' names, as bytes, and contents; sparse and unreadable ones without.
    """
    folder.mkdir(parents=True)
    made: dict[str, bytes] = {}
    for name, content in _contents():
        assert name not in made, name
        made[name] = content
        (folder / name).write_bytes(content)
    made |= _odd_names(folder)
    made |= _odd_files(folder)
    _no_files(folder)
    return made


def _contents() -> Iterator[tuple[str, bytes]]:
    sound = _sound()
    yield from sound.items()
    yield from _cut_short(sound)
    yield from _flipped(sound)
    yield from _something_else()
    yield from _bombs()
    yield from _odd_modes()
    yield from _animated()
    yield from _exif_blocks()
    yield from _profiles()
    yield from _jpeg_containers()
    yield from _png_containers()
    yield from _other_containers()


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def _small(seed: int = 7) -> Image.Image:
    return scene(_SIDE_PX, _SIDE_PX, seed=seed)


def _sound() -> dict[str, bytes]:
    picture = _small()
    return {
        "sound.jpg": _saved(picture, "JPEG", quality=90),
        "sound progressive.jpg": _saved(picture, "JPEG", progressive=True),
        "sound.png": _saved(picture, "PNG"),
        "sound.webp": _saved(picture, "WEBP"),
        "sound.tif": _saved(picture, "TIFF", compression="tiff_lzw"),
        "sound.bmp": _saved(picture, "BMP"),
        "sound.gif": _saved(picture, "GIF"),
        "sound.avif": _saved(picture, "AVIF"),
        "sound.heic": HEIC.read_bytes(),
    }


def _cut_short(sound: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, whole in sound.items():
        stem, _, ending = name.rpartition(".")
        for share in (0.02, 0.3, 0.9):
            yield f"{stem} cut {share}.{ending}", whole[: max(3, int(len(whole) * share))]


def _flipped(sound: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    random = np.random.default_rng(1)
    for name, whole in sound.items():
        stem, _, ending = name.rpartition(".")
        for number in range(_FLIPS_PER_FORMAT):
            spoilt = bytearray(whole)
            # Half of them in the header, where it matters most.
            last = min(200, len(whole)) if number % 2 else len(whole)
            for place in random.integers(0, last, size=4):
                spoilt[place] ^= 1 << int(random.integers(8))
            yield f"{stem} flipped {number}.{ending}", bytes(spoilt)


def _something_else() -> Iterator[tuple[str, bytes]]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("inside.jpg", _saved(_small(), "JPEG"))
    yield "text.jpg", b"not a picture at all\n" * 50
    yield "page.png", b"<html><body>not found</body></html>"
    yield "zip.jpg", archive.getvalue()
    yield "elf.jpg", b"\x7fELF\x02\x01\x01" + bytes(200)
    yield "eps.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n(x) run\n"
    yield "pdf.tif", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
    yield "svg.png", b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9"/></svg>'
    yield "empty.jpg", b""
    yield "one byte.jpg", b"\xff"
    yield "zeros.jpg", bytes(4096)
    yield "png inside.jpg", _saved(_small(), "PNG")
    yield "jpeg inside.png", _saved(_small(), "JPEG")
    yield "gif inside.webp", _saved(_small(), "GIF")
    yield "raw.dng", b"II*\0" + bytes(500)
    yield "raw.cr2", b"II*\0\x10\0\0\0CR\x02\0" + bytes(500)
    yield "raw.nef", b"text"


def _bombs() -> Iterator[tuple[str, bytes]]:
    yield "bomb.png", png_header(60_000, 60_000)
    yield "bomb widest.png", png_header(2**31 - 1, 2**31 - 1)
    yield "bomb line.png", png_header(2**31 - 1, 64)
    small = bytearray(_saved(_small(), "JPEG"))
    frame = small.index(b"\xff\xc0")
    small[frame + 5 : frame + 9] = struct.pack(">HH", 13_300, 13_300)
    yield "bomb.jpg", bytes(small)
    small[frame + 5 : frame + 9] = struct.pack(">HH", 65_500, 65_500)
    yield "bomb largest.jpg", bytes(small)
    progressive = bytearray(_saved(_small(), "JPEG", progressive=True))
    frame = progressive.index(b"\xff\xc2")
    progressive[frame + 5 : frame + 9] = struct.pack(">HH", 40_000, 40_000)
    yield "bomb progressive.jpg", bytes(progressive)
    yield "bomb.gif", b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0\0\0" + _GIF_FRAME
    yield "bomb.bmp", _bitmap(50_000, 50_000)
    yield "bomb.tif", _tiff([(256, 3, 1, 60_000), (257, 3, 1, 60_000), *_TIFF_GREY])
    yield "bomb.webp", b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\xff\xff" * 2 + bytes(4)
    inflating = zlib.compress(bytes(30 * 2**20), 9)
    yield "bomb profile.png", _png_with(b"iCCP", b"p\0\0" + inflating)
    yield "bomb text.png", _png_with(b"zTXt", b"t\0\0" + inflating)


def _odd_modes() -> Iterator[tuple[str, bytes]]:
    picture = _small()
    grey = np.asarray(picture.convert("L"))
    spoilt = grey.astype(np.float32)
    spoilt[::3] = np.nan
    spoilt[1::7] = np.inf
    yield "mode 1.png", _saved(picture.convert("1"), "PNG")
    yield "mode L.jpg", _saved(picture.convert("L"), "JPEG")
    yield "mode LA.png", _saved(picture.convert("LA"), "PNG")
    yield "mode P.png", _saved(picture.quantize(9), "PNG", transparency=3)
    yield "mode RGBA.png", _saved(picture.convert("RGBA"), "PNG")
    yield "mode CMYK.jpg", _saved(picture.convert("CMYK"), "JPEG")
    yield "mode I16.png", _saved(Image.fromarray(grey.astype(np.uint16) * 257), "PNG")
    yield "mode I.tif", _saved(Image.fromarray(grey.astype(np.int32) - 99), "TIFF")
    yield "mode F.tif", _saved(Image.fromarray(grey.astype(np.float32) / 255), "TIFF")
    yield "mode F not numbers.tif", _saved(Image.fromarray(spoilt), "TIFF")
    yield "mode F all black.tif", _saved(Image.fromarray(np.zeros((99, 99), np.float32)), "TIFF")
    yield "mode LAB.tif", _saved(picture.convert("LAB"), "TIFF")
    yield "mode YCbCr.tif", _saved(picture.convert("YCbCr"), "TIFF")
    for width, height in ((1, 1), (1, 3000), (64, 63), (64, 5000)):
        yield f"size {width}x{height}.png", _saved(Image.new("RGB", (width, height)), "PNG")


def _animated() -> Iterator[tuple[str, bytes]]:
    frames = [_small(seed) for seed in range(3)]
    for kind, ending in (("GIF", "gif"), ("PNG", "png"), ("WEBP", "webp"), ("TIFF", "tif")):
        yield (
            f"animated.{ending}",
            _saved(frames[0], kind, save_all=True, append_images=frames[1:]),
        )
    yield "two in one.mpo", _saved(frames[0], "MPO", save_all=True, append_images=frames[1:])
    yield "two in one.jpg", _saved(frames[0], "MPO", save_all=True, append_images=frames[1:])


def _exif_blocks() -> Iterator[tuple[str, bytes]]:
    blocks = {
        "count of all": _ifd([(0x010F, 2, 2**32 - 1, 8)]),
        "count times size": _ifd([(0x010F, 12, 2**29, 8)]),
        "offset outside": _ifd([(0x010F, 2, 99, 2**31)]),
        "unknown types": _ifd([(0x010F, 99, 4, 0), (0x0112, 0, 1, 6)]),
        "cycle": _ifd([(0x8769, 4, 1, 8)], following=8),
        "cycle of positions": _ifd([(0x8825, 4, 1, 8), (0xA005, 4, 1, 8)]),
        "entries without end": b"II*\0" + struct.pack("<LH", 8, 65_535),
        "directory outside": b"II*\0" + struct.pack("<L", 2**32 - 1),
        "orientation 99": _ifd([(0x0112, 3, 1, 99)]),
        "orientation of text": _ifd([(0x0112, 2, 4, 0x41414141)]),
        "ratio by zero": _ifd([(0x829A, 5, 1, 26)]) + struct.pack("<LL", 1, 0),
        "chain": b"II*\0" + struct.pack("<L", 8) + _chain(3000),
        "no order": b"XX*\0" + bytes(60),
        "largest": _ifd([(0x010F, 2, 60_000, 26)]) + b"A" * 60_000,
        "random": bytes(np.random.default_rng(3).integers(0, 256, 3000, dtype=np.uint8)),
        "empty": b"",
    }
    for name, block in blocks.items():
        yield f"exif {name}.jpg", _jpeg_with(0xE1, b"Exif\0\0" + block)
        if name in ("count of all", "cycle", "chain", "random"):
            yield f"exif {name}.png", _png_with(b"eXIf", block)
            yield f"exif {name}.webp", _saved(_small(), "WEBP", exif=b"Exif\0\0" + block)
    yield "exif giant.png", _png_with(b"eXIf", _ifd([(0x010F, 2, 2**22, 26)]) + b"A" * 2**22)


def _profiles() -> Iterator[tuple[str, bytes]]:
    random = bytes(np.random.default_rng(4).integers(0, 256, 2**16, dtype=np.uint8))
    yield "profile random.jpg", _saved(_small(), "JPEG", icc_profile=random)
    yield "profile huge.png", _saved(_small(), "PNG", icc_profile=random * 128)
    yield "profile huge.jpg", _saved(_small(), "JPEG", icc_profile=random * 64)
    yield "profile one byte.jpg", _saved(_small(), "JPEG", icc_profile=b"x")
    yield "profile part 7 of 2.jpg", _jpeg_with(0xE2, b"ICC_PROFILE\0\x07\x02" + random[:999])
    header = struct.pack(">L4sL4s4s4s", 2**31, b"lcms", 2**26, b"mntr", b"RGB ", b"XYZ ")
    tags = header + bytes(104) + struct.pack(">L", 2**32 - 1)
    yield "profile of tags.jpg", _saved(_small(), "JPEG", icc_profile=tags)


def _jpeg_containers() -> Iterator[tuple[str, bytes]]:
    whole = _saved(_small(), "JPEG")
    frame, scan = whole.index(b"\xff\xc0"), whole.index(b"\xff\xda")
    yield "jpeg start only.jpg", b"\xff\xd8\xff"
    yield "jpeg segment of no length.jpg", whole[:2] + b"\xff\xe1\0\0" + whole[2:]
    yield "jpeg segment too long.jpg", whole[:2] + b"\xff\xe1\xff\xff" + whole[2:]
    yield "jpeg without frame.jpg", whole[:frame] + whole[scan:]
    yield "jpeg without scan.jpg", whole[:scan]
    yield "jpeg without tables.jpg", whole[:2] + whole[frame:]
    yield "jpeg of no size.jpg", whole[: frame + 5] + bytes(4) + whole[frame + 9 :]
    yield "jpeg of no layers.jpg", whole[: frame + 9] + b"\0" + whole[frame + 10 :]
    yield "jpeg of 255 layers.jpg", whole[: frame + 9] + b"\xff" + whole[frame + 10 :]
    yield "jpeg of 12 bits.jpg", whole[: frame + 4] + b"\x0c" + whole[frame + 5 :]
    yield "jpeg twice framed.jpg", whole[:scan] + whole[frame:]
    yield "jpeg arithmetic.jpg", whole[: frame + 1] + b"\xc9" + whole[frame + 2 :]
    yield "jpeg many segments.jpg", whole[:2] + b"\xff\xe9\0\x04ab" * 5000 + whole[2:]
    yield "jpeg followed.jpg", whole + bytes(100_000)
    yield "jpeg fill.jpg", whole[:scan] + b"\xff" * 50_000 + whole[scan:]
    index = b"MPF\0" + _ifd([(0xB001, 4, 1, 2**31), (0xB002, 7, 2**31, 26)])
    yield "jpeg index of pictures.jpg", _jpeg_with(0xE2, index)


def _png_containers() -> Iterator[tuple[str, bytes]]:
    whole = _saved(_small(), "PNG")
    yield "png signature only.png", whole[:8]
    yield "png header of no length.png", whole[:8] + bytes(4) + whole[12:]
    yield "png length of all.png", whole[:33] + b"\xff\xff\xff\xff" + whole[37:]
    yield "png wrong sum.png", whole[:29] + bytes(4) + whole[33:]
    yield "png without end.png", whole[:-12]
    yield "png twice headed.png", whole[:33] + whole[8:]
    yield "png kind 7.png", _png([(b"IHDR", struct.pack(">LLBBBBB", 99, 99, 8, 7, 0, 0, 0))])
    yield "png depth 99.png", _png([(b"IHDR", struct.pack(">LLBBBBB", 99, 99, 99, 2, 0, 0, 0))])
    palette = struct.pack(">LLBBBBB", 99, 99, 8, 3, 0, 0, 0)
    data = zlib.compress((b"\0" + b"\xfe" * 99) * 99)
    yield "png without palette.png", _png([(b"IHDR", palette), (b"IDAT", data), (b"IEND", b"")])
    short = struct.pack(">LLBBBBB", 99, 99, 8, 2, 0, 0, 0)
    yield "png too little.png", _png([(b"IHDR", short), (b"IDAT", data[:20]), (b"IEND", b"")])
    yield "png frames.png", _png_with(b"acTL", struct.pack(">LL", 2**32 - 1, 0))


def _other_containers() -> Iterator[tuple[str, bytes]]:
    yield "gif nothing.gif", b"GIF89a" + struct.pack("<HH", 99, 99) + b"\0\0\0;"
    yield "gif code size.gif", b"GIF89a" + struct.pack("<HH", 99, 99) + b"\0\0\0" + _GIF_FRAME
    yield "gif of no size.gif", b"GIF89a" + bytes(7) + _GIF_FRAME
    yield "bmp upside down.bmp", _bitmap(99, -99)
    yield "bmp of no size.bmp", _bitmap(0, 0)
    yield "bmp packed.bmp", _bitmap(99, 99, compression=1)
    size = [(256, 3, 1, 99), (257, 3, 1, 99)]
    yield "tiff cycle.tif", _tiff([*size, *_TIFF_GREY], following=8)
    yield "tiff strips outside.tif", _tiff([*size, *_TIFF_GREY[:3], (273, 4, 1, 2**31)])
    yield "tiff many strips.tif", _tiff([*size, (273, 4, 2**31, 8), (279, 4, 2**31, 8)])
    yield "tiff packing.tif", _tiff([*size, (259, 3, 1, 51_000), *_TIFF_GREY[1:]])
    yield "tiff depth.tif", _tiff([*size, (258, 3, 1, 64), *_TIFF_GREY[1:]])
    yield "tiff no layers.tif", _tiff([*size, *_TIFF_GREY, (277, 3, 1, 0)])
    yield "tiff of nothing.tif", _tiff([])
    yield "tiff large.tif", b"II+\0\x08\0\0\0" + struct.pack("<QQ", 2**63, 2**63)
    yield "webp too long.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff" + bytes(99)
    yield "webp nothing.webp", b"RIFF\x04\0\0\0WEBP"
    for kind, ending in ((b"heic", "heic"), (b"avif", "avif"), (b"mif1", "heif")):
        head = b"ftyp" + kind + bytes(4) + kind
        whole = struct.pack(">L", len(head) + 4) + head
        yield f"box only.{ending}", whole
        yield f"box without end.{ending}", whole + struct.pack(">L4sLL", 0, b"meta", 0, 0)
        yield f"box too long.{ending}", whole + struct.pack(">L4s", 2**32 - 1, b"meta") + bytes(99)
        yield f"box of 64 bits.{ending}", whole + struct.pack(">L4sQ", 1, b"meta", 2**64 - 1)
        nested = b""
        for _ in range(500):
            nested = struct.pack(">L4s", len(nested) + 8, b"moov") + nested
        yield f"box in box.{ending}", whole + nested


def _odd_names(folder: Path) -> dict[str, bytes]:
    """Names that are no text, hold control characters, or are as long as may be."""
    content = _saved(_small(), "JPEG")
    names = [
        b"caf\xe9.jpg", b"new\nline.jpg", b"tab\t bell\x07.jpg", b"\xff\xfe.jpg",
        b"'\"; rm -rf.jpg",
        b"-o.jpg", b"%s%n{}.jpg", "\u202egpj.exe.jpg".encode(), b"A" * 251 + b".jpg",
        b"MM\0".rstrip(b"\0") + b".jpg", b"Exif.jpg", "e\u0301.JPG".encode(), b" .jpg",
    ]  # fmt: skip
    made = {os.fsdecode(name): content for name in names}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return made


def _odd_files(folder: Path) -> dict[str, bytes]:
    """Regular files that cannot be read, or only in theory."""
    with (folder / "tebibyte.jpg").open("wb") as file:
        file.truncate(2**40)
    with (folder / "tebibyte of a photo.jpg").open("wb") as file:
        file.write(_saved(_small(), "JPEG"))
        file.truncate(2**40)
    (folder / "unreadable.jpg").write_bytes(_saved(_small(), "JPEG"))
    (folder / "unreadable.jpg").chmod(0)
    return dict.fromkeys(("tebibyte.jpg", "tebibyte of a photo.jpg", "unreadable.jpg"), b"")


def _no_files(folder: Path) -> None:
    """What bears a picture's name and is none: each must be passed over, and nothing waited for."""
    os.mkfifo(folder / "pipe.jpg")
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        # A socket's address is short; its folder's name may be long.
        before = Path.cwd()
        os.chdir(folder)
        try:
            listening.bind("socket.jpg")
        finally:
            os.chdir(before)
    (folder / "folder.jpg").mkdir()
    (folder / "folder.jpg" / "loop.jpg").symlink_to(folder)
    (folder / "itself.jpg").symlink_to(folder / "itself.jpg")
    (folder / "nowhere.jpg").symlink_to(folder / "missing.jpg")
    (folder / "elsewhere.jpg").symlink_to(folder / "sound.jpg")
    (folder / "null.jpg").symlink_to("/dev/zero")


def _jpeg_with(marker: int, segment: bytes) -> bytes:
    whole = _saved(_small(), "JPEG")
    return whole[:2] + struct.pack(">BBH", 0xFF, marker, len(segment) + 2) + segment + whole[2:]


def _png(chunks: list[tuple[bytes, bytes]]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _png_with(kind: bytes, data: bytes) -> bytes:
    whole = _saved(_small(), "PNG")
    return whole[:33] + _png([(kind, data)])[8:] + whole[33:]


def _ifd(entries: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
    """A TIFF head and one directory of (tag, type, count, value)."""
    body = b"".join(struct.pack("<HHLL", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<LH", 8, len(entries)) + body + struct.pack("<L", following)


def _chain(directories: int) -> bytes:
    """Directories of one entry each, each followed by the next."""
    return b"".join(
        struct.pack("<HHHLLL", 1, 0x0112, 3, 1, 1, 8 + 18 * (number + 1))
        for number in range(directories)
    )


_TIFF_GREY = [(258, 3, 1, 8), (262, 3, 1, 1), (278, 3, 1, 99), (273, 4, 1, 8), (279, 4, 1, 99)]


def _tiff(entries: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
    return _ifd(sorted(entries), following) + bytes(99)


# A picture of 65,535 x 65,535 that begins with an impossible code size.
_GIF_FRAME = b"," + bytes(4) + b"\xff\xff\xff\xff\0" + b"\x63\x02\x44\x01\0;"


def _bitmap(width: int, height: int, compression: int = 0) -> bytes:
    header = struct.pack("<LllHHLLllLL", 40, width, height, 1, 24, compression, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<LLL", 54 + 99, 0, 54) + header + bytes(99)
