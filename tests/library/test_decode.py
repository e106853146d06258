"""Decoding gives the right pixels for every kind of picture, and a code for every bad file."""

import hashlib
import io
import os
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from lqalbum.errors import PhotoError
from lqalbum.library.decode import DecodedPhoto, decode, frame_size
from tests.library.pictures import difference, jpeg, permissions_bind, png_header, save_scene, scene


def _saved(path: Path, picture: Image.Image, **options: object) -> DecodedPhoto:
    picture.save(path, **options)
    return decode(str(path))


def _code(path: Path | str) -> str:
    with pytest.raises(PhotoError) as caught:
        decode(str(path))
    assert caught.value.path == str(path)
    assert str(caught.value).isprintable()
    return caught.value.code


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), (352, 256)),
        ((3000, 4000), (256, 352)),
        ((256, 256), (256, 256)),
        ((500, 300), (416, 256)),
        ((9000, 1000), (1024, 256)),
        ((255, 255), (224, 224)),
        ((100, 70), (96, 64)),
        ((2000, 64), (1024, 64)),
    ],
)
def test_frame_size(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert frame_size(*size) == expected


def test_a_plain_photo_gives_frame_thumbnail_and_stamps(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    picture = scene(800, 600)
    photo = _saved(path, picture, quality=95)
    found = os.stat(path)
    assert photo.frame.shape == (256, 352, 3)
    assert photo.frame.dtype == np.uint8
    assert photo.frame.flags.c_contiguous
    expected = np.asarray(picture.resize((352, 256), Image.Resampling.LANCZOS))
    assert difference(photo.frame, expected) < 2.0  # JPEG at quality 95 alone costs about 1
    thumbnail = Image.open(io.BytesIO(photo.thumbnail))
    assert (thumbnail.format, thumbnail.size) == ("JPEG", (256, 192))
    assert (photo.width, photo.height, photo.format) == (800, 600, "JPEG")
    assert photo.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (photo.size_bytes, photo.mtime_ns) == (found.st_size, found.st_mtime_ns)
    assert (photo.device, photo.inode) == (found.st_dev, found.st_ino)
    assert (photo.taken, photo.camera) == (None, False)


def test_the_decoders_own_shrinking_is_as_good_as_a_full_decode(tmp_path: Path) -> None:
    picture = scene(4200, 3100)  # decoded at 1/4
    photo = _saved(tmp_path / "a.jpg", picture, quality=95)
    plain = picture.resize((352, 256), Image.Resampling.LANCZOS)
    assert difference(photo.frame, np.asarray(plain)) < 1.0
    assert (photo.width, photo.height) == (4200, 3100)


@pytest.mark.parametrize(
    ("extension", "options"),
    [
        ("png", {}), ("tif", {}), ("tif", {"compression": "tiff_lzw"}), ("bmp", {}),
        ("webp", {"lossless": True}), ("png", {"interlace": 1}),
    ],
)  # fmt: skip
def test_lossless_formats_give_the_same_pixels(
    tmp_path: Path, extension: str, options: dict[str, object]
) -> None:
    photo = _saved(tmp_path / f"a.{extension}", scene(), **options)
    expected = scene().resize(frame_size(320, 288), Image.Resampling.LANCZOS)
    assert difference(photo.frame, np.asarray(expected)) == 0.0


@pytest.mark.parametrize(("extension", "name"), [("avif", "AVIF"), ("webp", "WEBP")])
def test_lossy_formats_give_nearly_the_same_pixels(
    tmp_path: Path, extension: str, name: str
) -> None:
    photo = _saved(tmp_path / f"a.{extension}", scene(), quality=90)
    expected = scene().resize(frame_size(320, 288), Image.Resampling.LANCZOS)
    assert photo.format == name
    assert difference(photo.frame, np.asarray(expected)) < 4.0


def _variants(colour: Image.Image) -> dict[str, tuple[Image.Image, str]]:
    grey = np.asarray(colour.convert("L"))
    opaque = colour.copy()
    opaque.putalpha(255)
    wide = grey.astype(np.uint16) * 257
    return {
        "palette": (colour.quantize(256), "png"),
        "gif": (colour.quantize(256), "gif"),
        "alpha": (opaque, "png"),
        "alpha webp": (opaque, "webp"),
        "cmyk": (colour.convert("CMYK"), "tif"),
        "grey": (Image.fromarray(grey), "png"),
        "grey 16": (Image.fromarray(wide), "png"),
        "grey 16 tiff": (Image.fromarray(wide), "tif"),
        "grey 32": (Image.fromarray(wide.astype(np.int32)), "tif"),
        "float 0..1": (Image.fromarray(grey.astype(np.float32) / 255), "tif"),
        "float 0..255": (Image.fromarray(grey.astype(np.float32)), "tif"),
    }


@pytest.mark.parametrize("name", list(_variants(scene(64, 64))))
def test_every_mode_shows_the_same_scene(tmp_path: Path, name: str) -> None:
    colour = scene(colours=200)
    picture, extension = _variants(colour)[name]
    options = {"lossless": True} if extension == "webp" else {}
    photo = _saved(tmp_path / f"a.{extension}", picture, **options)
    shown = colour.convert("L").convert("RGB") if ("grey" in name or "float" in name) else colour
    expected = _saved(tmp_path / "plain.png", shown)
    # A float scene need not reach 1.0 and rounds by half a level at most.
    assert difference(photo.frame, expected.frame) < 0.75


def test_sixteen_bit_big_endian_grey(tmp_path: Path) -> None:
    grey = np.asarray(scene().convert("L"))
    data = (grey.astype(">u2") * 257).astype(">u2").tobytes()
    entries = [
        (256, 3, grey.shape[1]), (257, 3, grey.shape[0]), (258, 3, 16), (259, 3, 1),
        (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 3, grey.shape[0]), (279, 4, len(data)),
    ]  # fmt: skip
    directory = struct.pack(">H", len(entries)) + b"".join(
        struct.pack(">HHL", tag, kind, 1)
        + (struct.pack(">HH", value, 0) if kind == 3 else struct.pack(">L", value))
        for tag, kind, value in entries
    )
    path = tmp_path / "a.tif"
    path.write_bytes(b"MM\0*" + struct.pack(">L", 8 + len(data)) + data + directory + b"\0" * 4)
    expected = _saved(tmp_path / "plain.png", Image.fromarray(grey))
    assert difference(decode(str(path)).frame, expected.frame) == 0.0


def test_transparency_is_laid_over_mid_grey(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (128, 128), (255, 0, 0, 0))
    half = Image.new("LA", (128, 128), (255, 128))
    assert np.abs(_saved(tmp_path / "a.png", clear).frame.astype(int) - 128).max() <= 1
    assert np.abs(_saved(tmp_path / "b.png", half).frame.astype(int) - 192).max() <= 2


def _turned(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture as a camera stores it under an orientation, after the EXIF standard's table."""
    values = np.asarray(picture)
    stored = {
        1: values,
        2: values[:, ::-1],
        3: values[::-1, ::-1],
        4: values[::-1],
        5: values.transpose(1, 0, 2),
        6: np.rot90(values, 1),
        7: values[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(values, -1),
    }
    return Image.fromarray(np.ascontiguousarray(stored[orientation]))


@pytest.mark.parametrize("extension", ["jpg", "png", "tif", "webp", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_undone_in_every_format(
    tmp_path: Path, extension: str, orientation: int
) -> None:
    picture = scene(384, 256)
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = _saved(
        tmp_path / f"a.{extension}", _turned(picture, orientation), exif=exif, quality=95
    )
    assert (photo.width, photo.height) == (384, 256)
    assert difference(photo.frame, np.asarray(picture)) < 4.0  # a wrong turn costs over 20
    assert Image.open(io.BytesIO(photo.thumbnail)).size == (256, 171)


def test_date_and_camera_come_from_exif(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0110] = "Model 1"
    exif.get_ifd(0x8769).update({0x9003: "2023:07:01 10:20:30", 0x9011: "+02:00"})
    photo = _saved(tmp_path / "a.jpg", scene(), exif=exif)
    assert (photo.taken, photo.camera) == ("2023-07-01T10:20:30+02:00", True)


def test_a_wide_gamut_profile_is_converted_and_a_broken_one_ignored(tmp_path: Path) -> None:
    plain = _saved(tmp_path / "plain.png", scene())
    broken = _saved(tmp_path / "broken.png", scene(), icc_profile=b"no profile" * 20)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = _saved(tmp_path / "same.png", scene(), icc_profile=srgb)
    assert difference(plain.frame, broken.frame) == 0.0
    assert difference(plain.frame, same.frame) == 0.0


def test_a_profile_with_swapped_primaries_swaps_the_colours(tmp_path: Path) -> None:
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {srgb[132 + 12 * i : 136 + 12 * i].decode(): 136 + 12 * i for i in range(srgb[131])}
    red, blue = (bytes(srgb[tags[name] : tags[name] + 8]) for name in ("rXYZ", "bXYZ"))
    srgb[tags["rXYZ"] : tags["rXYZ"] + 8] = blue
    srgb[tags["bXYZ"] : tags["bXYZ"] + 8] = red
    # Its description still says sRGB, by which a profile is passed over; give it another.
    text = bytes(srgb).replace("sRGB".encode("utf-16-be"), "xxxx".encode("utf-16-be"))
    photo = _saved(tmp_path / "a.png", Image.new("RGB", (64, 64), (200, 20, 10)), icc_profile=text)
    assert np.abs(photo.frame[0, 0].astype(int) - (10, 20, 200)).max() <= 3


def test_animations_give_their_first_frame(tmp_path: Path) -> None:
    frames = [scene(seed=seed) for seed in (7, 8, 9)]
    still = _saved(tmp_path / "still.png", frames[0])
    for extension in ("png", "webp", "gif"):
        path = tmp_path / f"moving.{extension}"
        options = {"lossless": True} if extension == "webp" else {}
        frames[0].save(path, save_all=True, append_images=frames[1:], **options)
        limit = 6.0 if extension == "gif" else 0.0  # 256 colours
        assert difference(decode(str(path)).frame, still.frame) <= limit


def test_two_pictures_in_one_jpeg_give_the_first(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    scene(1600, 1200).save(path, "MPO", save_all=True, append_images=[scene(1600, 1200, seed=8)])
    expected = _saved(tmp_path / "b.jpg", scene(1600, 1200))
    photo = decode(str(path))
    assert photo.format == "MPO"
    assert difference(photo.frame, expected.frame) == 0.0


def test_names_that_are_no_text_are_decoded(tmp_path: Path) -> None:
    for name in (b"caf\xe9.jpg", b"two\nlines.jpg"):
        path = os.fsdecode(os.fsencode(tmp_path) + b"/" + name)
        save_scene(Path(path))
        assert decode(path).width == 320


def test_truncated_files(tmp_path: Path) -> None:
    whole = jpeg(scene(800, 600))
    for share in (0.02, 0.3, 0.9):
        path = tmp_path / f"{share}.jpg"
        path.write_bytes(whole[: int(len(whole) * share)])
        assert _code(path) == "truncated"
    cut = tmp_path / "a.png"
    save_scene(cut)
    cut.write_bytes(cut.read_bytes()[:-2000])
    assert _code(cut) == "truncated"


@pytest.mark.parametrize(
    "content",
    [b"just text\n" * 100, b"PK\x03\x04" + b"\0" * 100, b"\x7fELF" + b"\0" * 100,
     b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n", b"x"],
)  # fmt: skip
def test_what_is_no_picture(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    assert _code(path) == "not-an-image"


def test_sizes_out_of_range(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(png_header(60_000, 60_000))
    (tmp_path / "empty.jpg").write_bytes(b"")
    with (tmp_path / "sparse.jpg").open("wb") as file:
        file.truncate(2**40)
    save_scene(tmp_path / "whole.jpg")
    Image.new("RGB", (400, 63)).save(tmp_path / "low.png")
    assert _code(tmp_path / "bomb.png") == "too-large"
    assert _code(tmp_path / "empty.jpg") == "empty"
    assert _code(tmp_path / "sparse.jpg") == "too-large"
    assert _code(tmp_path / "low.png") == "too-small"


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    save_scene(tmp_path / "a.jpg")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "a.jpg")
    for name in ("pipe.jpg", "folder.jpg", "loop.jpg", "link.jpg"):
        assert _code(tmp_path / name) == "not-regular"
    assert _code(tmp_path / "gone.jpg") == "vanished"
    assert _code(f"{tmp_path}/a.jpg/b.jpg") == "vanished"
    assert _code(f"{tmp_path}/nul\0.jpg") == "vanished"


@pytest.mark.skipif(not permissions_bind(), reason="root may read everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    path = Path(save_scene(tmp_path / "a.jpg"))
    path.chmod(0)
    assert _code(path) == "unreadable"


def test_random_damage_gives_a_photo_or_a_code_and_never_another_error(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    sources = {"jpg": {}, "png": {}, "tif": {"compression": "tiff_lzw"}, "gif": {}, "webp": {}}
    path = tmp_path / "damaged"
    seen = set()
    for extension, options in sources.items():
        whole = np.frombuffer(
            Path(save_scene(tmp_path / f"a.{extension}", **options)).read_bytes(), dtype=np.uint8
        )
        for _ in range(30):
            damaged = whole.copy()
            spots = random.integers(0, min(len(whole), 3000), 8)
            damaged[spots] = random.integers(0, 256, 8)
            path.write_bytes(damaged.tobytes())
            try:
                decode(str(path))
                seen.add("decoded")
            except PhotoError as exc:
                seen.add(exc.code)
    assert seen <= {"decoded", "truncated", "not-an-image", "too-large", "too-small"}
    assert {"decoded", "truncated"} <= seen
