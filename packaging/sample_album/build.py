"""Makes resources/sample_album from photos that packages on PyPI carry.

    python packaging/sample_album/build.py [--downloads FOLDER]

downloads the packages named in scenes.py, takes the photos out, cuts them, damages half of the cuts
and writes the JPEGs and MANIFEST.csv. The same packages give the same pictures; their bytes also
hang on the JPEG library.
"""

import argparse
import bz2
import csv
import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pi_heif
from damage import JPEG_QUALITIES, KINDS, Picture
from PIL import ExifTags, Image
from scenes import SCENES, SHOTS, Scene, Shot

ALBUM = Path(__file__).resolve().parents[2] / "resources" / "sample_album"
SEED = 20260
ORDER_SEED = 3
GOOD_QUALITY = 92
MAKE, MODEL, SOFTWARE = "LQ Album sample", "Sample pictures", "packaging/sample_album/build.py"
FIRST_SHOT_TAKEN = datetime(2024, 5, 4, 9, 12, 37)
RAW_SIZE = (768, 1024, 3)  # of scipy's raccoon, which is stored as bare bytes
# How stored pixels are turned for display, hence what undoes it.
UNDO_ORIENTATION = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}


def download(package: str, folder: Path) -> Path:
    """Returns the package's wheel or source archive in the folder, fetched by pip if missing."""
    name, version = package.replace("-", "_").split("==")
    # sigal's wheel leaves its tests out.
    kind = ["--no-binary", "sigal"] if name == "sigal" else ["--only-binary", ":all:"]
    pinned = ["--python-version", "3.11", "--platform", "manylinux2014_x86_64"]
    pinned += ["--platform", "manylinux_2_27_x86_64", "--platform", "manylinux_2_28_x86_64"]
    if name == "sigal":
        pinned = []
    if not _archives(folder, name, version):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*command, *kind, *pinned, "--dest", str(folder), package], check=True)
    return _archives(folder, name, version)[-1]


def _archives(folder: Path, name: str, version: str) -> list[Path]:
    """Returns the package's archives; of sigal the source archive comes last."""
    return [*folder.glob(f"{name}-{version}*.whl"), *folder.glob(f"{name}-{version}*.tar.gz")]


def read_member(archive: Path, ending: str) -> bytes:
    """Returns the bytes of the one file in a wheel or source archive whose path ends so."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(next(name for name in wheel.namelist() if name.endswith(ending)))
    with tarfile.open(archive) as source:
        member = next(item for item in source.getmembers() if item.name.endswith(ending))
        content = source.extractfile(member)
        assert content is not None, f"{ending} is no file"
        return content.read()


def load(scene: Scene, folder: Path) -> Picture:
    """Returns the scene's photo, or stops when the package holds another file than described."""
    content = read_member(download(scene.package, folder), scene.member)
    digest = hashlib.sha256(content).hexdigest()
    if digest != scene.sha256:
        raise SystemExit(f"{scene.member} of {scene.package} is another file: {digest}")
    if scene.member.endswith(".dat"):
        return np.frombuffer(bz2.decompress(content), np.uint8).reshape(RAW_SIZE)
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def make(shot: Shot, photo: Picture, random: np.random.Generator) -> Image.Image:
    """Returns the cut, damaged and turned as it is stored."""
    cut = Image.fromarray(photo).crop(shot.box) if shot.box else Image.fromarray(photo)
    damaged = Image.fromarray(KINDS[shot.kind](np.asarray(cut), shot.severity, random))
    turn = UNDO_ORIENTATION.get(shot.orientation)
    return damaged if turn is None else damaged.transpose(turn)


def exif(shot: Shot, taken: datetime) -> Image.Exif:
    """Returns EXIF as a camera writes it, honest about where the picture comes from."""
    scene = SCENES[shot.scene]
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = MAKE
    tags[ExifTags.Base.Model] = MODEL
    tags[ExifTags.Base.Software] = SOFTWARE
    tags[ExifTags.Base.Orientation] = shot.orientation
    tags[ExifTags.Base.Artist] = scene.author
    tags[ExifTags.Base.Copyright] = f"{scene.author}; {scene.licence}; see README.md"
    tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    return tags


def save(shot: Shot, picture: Image.Image, taken: datetime, path: Path) -> None:
    """Writes one JPEG; damage by JPEG is its quality."""
    quality = JPEG_QUALITIES[shot.severity - 1] if shot.kind == "jpeg" else GOOD_QUALITY
    picture.save(path, "JPEG", quality=quality, subsampling="4:2:0", exif=exif(shot, taken))


def manifest_row(shot: Shot, file: str) -> list[str | int]:
    """Returns the row of MANIFEST.csv for one picture."""
    scene = SCENES[shot.scene]
    source = f"{scene.package}: {scene.member}"
    degraded = int(bool(shot.kind))
    return [file, degraded, shot.kind, shot.severity, source, scene.licence, scene.author]


def build(folder: Path) -> None:
    """Writes the pictures in a shuffled order, so that names tell nothing, and the manifest."""
    pi_heif.register_heif_opener()
    ALBUM.mkdir(parents=True, exist_ok=True)
    photos = {key: load(scene, folder) for key, scene in SCENES.items()}
    order = np.random.default_rng(ORDER_SEED).permutation(len(SHOTS))
    rows = []
    taken = FIRST_SHOT_TAKEN
    for number, index in enumerate(order.tolist(), start=1):
        shot, file = SHOTS[index], f"IMG_{number:04d}.jpg"
        random = np.random.default_rng((SEED, index))
        save(shot, make(shot, photos[shot.scene], random), taken, ALBUM / file)
        rows.append(manifest_row(shot, file))
        taken += timedelta(minutes=int(random.integers(1, 400)), seconds=int(random.integers(60)))
    with (ALBUM / "MANIFEST.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["file", "degraded", "kind", "severity", "source", "licence", "author"])
        writer.writerows(rows)


def main() -> None:
    """Runs the build with the folder given on the command line."""
    parser = argparse.ArgumentParser(description="Make resources/sample_album.")
    parser.add_argument("--downloads", type=Path, default=Path("build/sample_album_sources"))
    arguments = parser.parse_args()
    arguments.downloads.mkdir(parents=True, exist_ok=True)
    build(arguments.downloads)


if __name__ == "__main__":
    main()
