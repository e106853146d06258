"""R3: photos of 108 and 200 megapixels are read whole, in little memory."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lqalbum.library.decode import frame_size

_LIMIT_MB = 150

# Peak memory of a process that does what a decoding worker does, interpreter included.
_DECODE = """
import json, sys
from pathlib import Path
import numpy as np
from lqalbum.library.decode import decode
photo = decode(sys.argv[1])
np.save(sys.argv[2], photo.frame)
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(json.dumps([photo.width, photo.height, int(status["VmHWM"].split()[0]) / 1024]))
"""


def _striped(width: int) -> Image.Image:
    """A strip of colours, 16 px high, with as much detail as a photo of that size has."""
    x = np.arange(width)
    colours = np.stack([127 + 100 * np.sin(x / width * turns) for turns in (5, 9, 14)], axis=-1)
    noise = np.random.default_rng(1).normal(0, 6, (16, width, 3))
    return Image.fromarray((colours[None] + noise).clip(0, 255).astype(np.uint8))


def _write_tall(path: Path, width: int, height: int) -> None:
    """Write a baseline JPEG that repeats one strip, without ever holding its pixels.

    A restart marker after each row of blocks makes the rows independent of one another.
    """
    written = io.BytesIO()
    _striped(width).save(written, "JPEG", quality=90, restart_marker_rows=1)
    whole = bytearray(written.getvalue())
    frame, scan = whole.index(b"\xff\xc0"), whole.index(b"\xff\xda")
    rows = height // 16
    whole[frame + 5 : frame + 7] = struct.pack(">H", rows * 16)
    begin = scan + 2 + struct.unpack_from(">H", whole, scan + 2)[0]
    data = bytes(whole[begin:-2])
    with path.open("wb") as file:
        file.write(whole[:begin])
        for row in range(rows):
            file.write(data)
            file.write(b"\xff\xd9" if row == rows - 1 else bytes((0xFF, 0xD0 + row % 8)))


@pytest.mark.parametrize(("width", "height"), [(12_000, 9_008), (16_320, 12_240)])
def test_r03_large_photos_are_read_in_little_memory(
    tmp_path: Path, width: int, height: int
) -> None:
    path = tmp_path / "large.jpg"
    _write_tall(path, width, height)
    done = subprocess.run(
        [sys.executable, "-c", _DECODE, str(path), str(tmp_path / "frame.npy")],
        capture_output=True,
        check=True,
        timeout=300,
    )
    found_width, found_height, peak_mb = json.loads(done.stdout)
    print(f"\n{width * height / 1e6:.0f} MP, {path.stat().st_size / 1e6:.0f} MB: {peak_mb:.0f} MB")
    assert (found_width, found_height) == (width, height)
    assert peak_mb <= _LIMIT_MB
    size = frame_size(width, height)
    expected = np.asarray(_striped(width).resize((size[0], 1), Image.Resampling.LANCZOS))
    frame = np.load(tmp_path / "frame.npy")
    assert frame.shape == (size[1], size[0], 3)
    assert np.abs(frame.astype(float) - expected).mean() < 2.0  # JPEG and noise
