"""R8: a sidecar appears whole beside its photo, and nothing that is there is ever touched."""

import errno
import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from lqalbum.library import sidecars
from lqalbum.library.rename import rename_without_replacing
from lqalbum.library.sidecars import SidecarFolders, packet, sidecar_path, write_sidecar

XMP = "{http://ns.adobe.com/xap/1.0/}"
DIGIKAM = "{http://www.digikam.org/ns/1.0/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_1.JPG"
    path.write_bytes(b"a photo")
    os.utime(path, ns=(1, 1_600_000_000_123_456_789))
    path.chmod(0o440)
    return path


def properties(content: bytes) -> dict[str, str]:
    """What a reader of RDF finds in a sidecar."""
    root = ElementTree.fromstring(content)
    assert root.tag == "{adobe:ns:meta/}xmpmeta"
    (description,) = root.iter(f"{RDF}Description")
    return {name: value for name, value in description.attrib.items() if RDF not in name}


def test_rejected_and_accepted_are_said_as_other_programs_read_them():
    assert properties(packet("rejected")) == {f"{XMP}Rating": "-1", f"{DIGIKAM}PickLabel": "1"}
    assert properties(packet("accepted")) == {f"{DIGIKAM}PickLabel": "3"}


def test_it_stands_beside_the_photo_which_stays_as_it_was(photo: Path):
    before = (photo.read_bytes(), photo.stat())
    write_sidecar(str(photo), "rejected")
    sidecar = photo.with_name("IMG_1.JPG.xmp")
    assert sidecar.read_bytes() == packet("rejected")
    assert sorted(os.listdir(photo.parent)) == ["IMG_1.JPG", "IMG_1.JPG.xmp"]
    (photo.parent / "usual").touch()
    assert sidecar.stat().st_mode == (photo.parent / "usual").stat().st_mode
    after = photo.stat()
    assert photo.read_bytes() == before[0]
    assert (after.st_mtime_ns, after.st_mode) == (before[1].st_mtime_ns, before[1].st_mode)


@pytest.mark.parametrize("name", ["IMG_1.JPG.xmp", "IMG_1.xmp", "img_1.XMP", "IMG_1.jpg.Xmp"])
def test_a_sidecar_of_any_program_is_found(photo: Path, name: str):
    assert SidecarFolders().existing(str(photo)) is None
    (photo.parent / "IMG_2.xmp").touch()
    assert SidecarFolders().existing(str(photo)) is None
    (photo.parent / name).touch()
    assert SidecarFolders().existing(str(photo)) == str(photo.parent / name)


def test_what_has_its_name_is_left_as_it_is(photo: Path):
    other = photo.with_name("other")
    target = Path(sidecar_path(str(photo)))
    target.symlink_to(other)
    with pytest.raises(FileExistsError):
        write_sidecar(str(photo), "rejected")
    assert target.is_symlink()
    assert not other.exists()
    target.unlink()
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_sidecar(str(photo), "rejected")
    assert target.read_bytes() == b"mine"
    assert len(os.listdir(photo.parent)) == 2


def test_only_beside_a_photo_that_is_there(photo: Path, tmp_path: Path):
    link = tmp_path / "link.jpg"
    link.symlink_to(photo)
    for path in (link, tmp_path / "gone.jpg"):
        with pytest.raises(FileNotFoundError):
            write_sidecar(str(path), "rejected")
    assert sorted(os.listdir(tmp_path)) == ["IMG_1.JPG", "link.jpg"]


@pytest.mark.parametrize("step", ["write", "fsync", "rename"])
def test_a_full_disk_leaves_nothing(photo: Path, monkeypatch: pytest.MonkeyPatch, step: str):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "write":
        monkeypatch.setattr(sidecars, "packet", full)
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(sidecars, "rename_without_replacing", full)
    with pytest.raises(OSError, match="No space left"):
        write_sidecar(str(photo), "rejected")
    assert os.listdir(photo.parent) == ["IMG_1.JPG"]


def test_a_sidecar_that_comes_in_between_stays(photo: Path, monkeypatch: pytest.MonkeyPatch):
    target = Path(sidecar_path(str(photo)))

    def late(source: str, destination: str) -> None:
        target.write_bytes(b"another program's")
        rename_without_replacing(source, destination)

    monkeypatch.setattr(sidecars, "rename_without_replacing", late)
    with pytest.raises(FileExistsError):
        write_sidecar(str(photo), "rejected")
    assert target.read_bytes() == b"another program's"
    assert len(os.listdir(photo.parent)) == 2
