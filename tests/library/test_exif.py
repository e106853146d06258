"""EXIF: details where they are sound, nothing where they are not, and never a wait."""

import io
import struct
import time
from pathlib import Path

import piexif
import pytest
from PIL import Image

from lqalbum.errors import PhotoError
from lqalbum.library.decode import decode
from lqalbum.library.exif import ExifSummary, counts_fit, exif_summary, iso_date, summary_of
from tests.library.pictures import jpeg, scene


def _sound() -> bytes:
    block: bytes = piexif.dump({
        "0th": {0x010F: b"Maker", 0x0110: b"Model 1", 0x0112: 6},
        "Exif": {
            0x829A: (1, 250), 0x829D: (28, 10), 0x8827: 400, 0x9003: b"2021:02:03 04:05:06",
            0x9011: b"-03:00", 0x920A: (350, 10), 0xA434: b"35 mm",
        },
        "GPS": {1: b"N", 2: ((1, 1), (2, 1), (3, 1)), 3: b"E", 4: ((1, 1), (2, 1), (3, 1))},
    })  # fmt: skip
    return block


def _directory(*entries: tuple[int, int, int, int], after: int = 0, start: int = 8) -> bytes:
    """A little-endian EXIF block of one directory: (tag, type, count, value) each."""
    body = b"".join(struct.pack("<HHLL", *entry) for entry in entries)
    return (b"II*\0" + struct.pack("<L", start) + struct.pack("<H", len(entries)) + body
            + struct.pack("<L", after))  # fmt: skip


def _photo(tmp_path: Path, block: bytes) -> str:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(scene(), exif=b"Exif\0\0" + block.removeprefix(b"Exif\0\0")))
    return str(path)


def test_a_sound_block_gives_all_details(tmp_path: Path) -> None:
    assert exif_summary(_photo(tmp_path, _sound())) == ExifSummary(
        camera="Maker Model 1", lens="35 mm", taken="2021-02-03T04:05:06-03:00",
        exposure_s=0.004, f_number=2.8, iso=400, focal_length_mm=35.0, has_position=True,
    )  # fmt: skip


def test_other_formats_give_details_too(tmp_path: Path) -> None:
    for extension in ("png", "webp", "tif", "avif"):
        path = tmp_path / f"a.{extension}"
        scene().save(path, exif=_sound())
        assert exif_summary(str(path)).camera == "Maker Model 1"


def test_a_photo_without_exif_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(scene()))
    assert exif_summary(str(path)) == ExifSummary()


def test_what_is_no_photo_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_text("text")
    with pytest.raises(PhotoError):
        exif_summary(str(path))
    with pytest.raises(PhotoError):
        exif_summary(str(tmp_path / "gone.jpg"))


_MALFORMED = {
    "no header": b"nothing at all",
    "empty": b"",
    "header only": b"II*\0\x08\0\0\0",
    "giant count": _directory((0x010F, 3, 2**32 - 1, 0)),
    "count times size overflows 32 bits": _directory((0x010F, 12, 2**29, 0)),
    "unknown type": _directory((0x010F, 99, 4, 0)),
    "values outside": _directory((0x010F, 2, 100, 4000)),
    "more entries than bytes": _directory((0x0112, 3, 1, 6))[:-8] + b"",
    "cycle to itself": _directory((0x0112, 3, 1, 6), after=8),
    "cycle through a pointer": _directory((0x8769, 4, 1, 8)),
    "directory outside": _directory((0x0112, 3, 1, 6), after=90_000),
}  # fmt: skip


@pytest.mark.parametrize("name", list(_MALFORMED))
def test_malformed_blocks_are_refused_at_once(tmp_path: Path, name: str) -> None:
    block = _MALFORMED[name]
    started = time.process_time()
    assert not counts_fit(block)
    assert summary_of(b"Exif\0\0" + block) == ExifSummary()
    photo = decode(_photo(tmp_path, block))
    # A giant count keeps piexif busy for a minute; all of this takes milliseconds.
    assert time.process_time() - started < 5.0
    assert {photo.width, photo.height} == {320, 288}  # a sound orientation may still count
    assert photo.camera is False


def test_a_sound_block_passes_the_check_and_its_truncations_never_raise() -> None:
    block = _sound().removeprefix(b"Exif\0\0")
    assert counts_fit(block)
    for length in range(0, len(block), 3):
        assert isinstance(summary_of(block[:length]), ExifSummary)


@pytest.mark.parametrize(
    ("stamp", "offset", "expected"),
    [
        (b"2021:02:03 04:05:06", None, "2021-02-03T04:05:06"),
        ("2021:02:03 04:05:06\0", "+01:00", "2021-02-03T04:05:06+01:00"),
        ("2021:02:03 04:05:06", "nonsense", "2021-02-03T04:05:06"),
        ("0000:00:00 00:00:00", None, None),
        ("    :  :     :  :  ", None, None),
        (b"\xff\xfe", None, None),
        (17, None, None),
        (None, None, None),
    ],
)
def test_dates(stamp: object, offset: object, expected: str | None) -> None:
    assert iso_date(stamp, offset) == expected


def test_nothing_is_written_to_the_photo(tmp_path: Path) -> None:
    path = _photo(tmp_path, _sound())
    before = Path(path).read_bytes(), Path(path).stat().st_mtime_ns
    exif_summary(path)
    decode(path)
    assert (Path(path).read_bytes(), Path(path).stat().st_mtime_ns) == before
    assert Image.open(io.BytesIO(before[0])).getexif()[0x0112] == 6
