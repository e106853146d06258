"""R8: a sidecar appears whole beside its photo, and nothing that is there is ever touched."""

import errno
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from lqalbum.library import newfile
from lqalbum.library.sidecars import SidecarFolders, packet, sidecar_path, write_sidecar
from lqalbum.library.walk import walk

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


@pytest.fixture(params=["nameless", "hidden"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How a file is written: as Linux's own file systems can, or as all others."""
    if request.param == "hidden":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif not hasattr(os, "O_TMPFILE"):
        pytest.skip("this system has no files without a name")
    return str(request.param)


@pytest.mark.parametrize("step", ["fsync", "link", "rename"])
def test_a_full_disk_leaves_nothing(
    photo: Path, monkeypatch: pytest.MonkeyPatch, way: str, step: str
):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:  # a file that cannot get its name in the one way is tried in the other
        monkeypatch.setattr(os, "link", full)
        monkeypatch.setattr(newfile, "rename_without_replacing", full)
    with pytest.raises(OSError, match="No space left"):
        write_sidecar(str(photo), "rejected")
    assert os.listdir(photo.parent) == ["IMG_1.JPG"]


def test_where_descriptors_have_no_links_it_is_written_all_the_same(
    photo: Path, monkeypatch: pytest.MonkeyPatch
):
    def no_proc(*_: object, **__: object) -> None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    monkeypatch.setattr(os, "link", no_proc)
    write_sidecar(str(photo), "accepted")
    assert sorted(os.listdir(photo.parent)) == ["IMG_1.JPG", "IMG_1.JPG.xmp"]


def test_a_sidecar_that_comes_in_between_stays(
    photo: Path, monkeypatch: pytest.MonkeyPatch, way: str
):
    target = Path(sidecar_path(str(photo)))
    sync = os.fsync

    def late(descriptor: int) -> None:
        target.write_bytes(b"another program's")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", late)
    with pytest.raises(FileExistsError):
        write_sidecar(str(photo), "rejected")
    assert target.read_bytes() == b"another program's"
    assert len(os.listdir(photo.parent)) == 2


_KILLED = """
import os, sys
{way}
os.fsync = lambda descriptor: os.kill(os.getpid(), 9)
from lqalbum.library.sidecars import write_sidecar
write_sidecar(sys.argv[1], "rejected")
"""


def _write_and_be_killed(photo: Path, way: str) -> None:
    code = _KILLED.format(way="del os.O_TMPFILE" if way == "hidden" else "")
    ended = subprocess.run([sys.executable, "-c", code, str(photo)], check=False)
    assert ended.returncode == -signal.SIGKILL


def _make_older(path: Path) -> None:
    os.utime(path, (time.time() - 2 * 3600,) * 2)


def test_a_killed_run_leaves_nothing_that_stays(photo: Path, way: str):
    _write_and_be_killed(photo, way)
    left = [path for path in photo.parent.iterdir() if path != photo]
    assert len(left) == (1 if way == "hidden" else 0)
    for path in left:
        assert list(walk(str(photo.parent))) == [
            (str(photo), photo.stat().st_size, photo.stat().st_mtime_ns)
        ]
        _make_older(path)
    write_sidecar(str(photo), "rejected")
    assert sorted(os.listdir(photo.parent)) == ["IMG_1.JPG", "IMG_1.JPG.xmp"]


def test_only_what_is_surely_left_over_goes(photo: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    name = ".lqalbum-0123456789abcde{}.tmp"
    kept = [photo.with_name(name.format(number)) for number in range(4)]
    kept[0].write_bytes(b"<?xpacket of another program's")
    kept[1].mkdir()
    kept[2].symlink_to(photo)
    kept[3].write_bytes(packet("rejected")[:30])  # another process is just writing it
    kept += [photo.with_name(".lqalbum-notes.tmp"), photo.with_name("x" + name.format(0))]
    for path in kept[4:]:
        path.write_bytes(packet("rejected")[:30])
    for path in (*kept[:2], *kept[4:]):
        _make_older(path)
    torn = [photo.with_name(name.format(letter)) for letter in "abc"]
    for path, length in zip(torn, (0, 30, 10_000), strict=True):
        path.write_bytes(packet("rejected")[:length])
        _make_older(path)
    write_sidecar(str(photo), "rejected")
    assert not [path for path in torn if path.exists()]
    assert all(os.path.lexists(path) for path in kept)
