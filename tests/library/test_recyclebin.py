"""The recycle bin of Windows, by its layout and records; on Windows itself, by its drives, too."""

from __future__ import annotations

import os
import struct
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lqalbum.errors import DecisionRefusedError
from lqalbum.library.library import Library
from lqalbum.library.trash import Trash, TrashedFile, identify
from lqalbum.library.trash.recyclebin import RecycleBinLayout
from tests.bins import SID, Bin, Drive, use
from tests.library.pictures import save_scene


@pytest.fixture
def photo(tmp_path: Path) -> str:
    return save_scene(tmp_path / "drive" / "photos" / "Grüße 😀.JPG")


@pytest.fixture
def drive(tmp_path: Path, photo: str) -> Path:
    return tmp_path / "drive"


@pytest.fixture
def own(drive: Path) -> Path:
    """The person's folder in the drive's bin, which Windows made."""
    folder = drive / "$Recycle.Bin" / SID
    folder.mkdir(parents=True)
    return folder


def _put(photo: str, drive: Drive) -> TrashedFile:
    trash = Trash(RecycleBinLayout(drive))
    file = trash.plan(photo, identify(photo))
    trash.put(file)
    trash.confirm(file)
    return file


def _refused(photo: str, drive: Drive) -> str:
    with pytest.raises(DecisionRefusedError) as caught:
        _put(photo, drive)
    assert Path(photo).exists()
    assert not [path for path in drive.folder.rglob("$[RI]*") if path.is_file()]
    return str(caught.value)


def test_the_file_and_its_record_bear_names_as_windows_gives_them(
    photo: str, drive: Path, own: Path
) -> None:
    content = Path(photo).read_bytes()
    file = _put(photo, Drive(drive))
    assert not os.path.exists(photo)
    assert Path(file.target).read_bytes() == content
    assert Path(file.target).parent == Path(file.record).parent == own
    name = os.path.basename(file.target)
    assert name.startswith("$R")
    assert name.endswith(".JPG")
    assert len(name) == len("$R123456.JPG")
    assert os.path.basename(file.record) == "$I" + name[2:]


def test_the_record_tells_length_time_and_place(photo: str, drive: Path, own: Path) -> None:
    size_bytes = os.path.getsize(photo)
    before = datetime.now(UTC) - timedelta(seconds=1)  # a record's time has whole seconds
    record = Path(_put(photo, Drive(drive)).record).read_bytes()
    version, length, filetime, characters = struct.unpack("<qqqi", record[:28])
    assert (version, length) == (2, size_bytes)
    # 1601-01-01 is 11,644,473,600 s before 1970-01-01.
    told = datetime.fromtimestamp(filetime / 10**7 - 11_644_473_600, UTC)
    assert before <= told <= datetime.now(UTC)
    assert record[28:].decode("utf-16-le") == photo + "\0"
    assert characters == len(record[28:]) // 2


def test_a_record_that_a_crash_cut_short_is_ours_and_goes(
    photo: str, drive: Path, own: Path
) -> None:
    trash = Trash(RecycleBinLayout(Drive(drive)))
    file = trash.plan(photo, identify(photo))
    Path(file.record).write_bytes(trash._layout.record(file)[:17])
    trash.withdraw(file)
    assert list(own.iterdir()) == []
    Path(file.record).write_bytes(b"of another program")
    trash.withdraw(file)
    assert Path(file.record).exists()


def test_a_drive_that_is_no_disk_of_this_computer_is_refused(
    photo: str, drive: Path, own: Path
) -> None:
    """Such as a network drive, where the shell would delete for good."""
    assert "no trash" in _refused(photo, Drive(drive, fixed=False))


def test_a_bin_that_windows_has_not_made_is_not_made_up(photo: str, drive: Path) -> None:
    assert "once" in _refused(photo, Drive(drive))
    assert not (drive / "$Recycle.Bin").exists()
    (drive / "$Recycle.Bin").mkdir()
    assert "once" in _refused(photo, Drive(drive))
    assert list((drive / "$Recycle.Bin").iterdir()) == []


def test_a_bin_that_leads_elsewhere_is_refused(photo: str, drive: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / SID).mkdir(parents=True)
    (drive / "$Recycle.Bin").symlink_to(tmp_path / "elsewhere")
    assert "once" in _refused(photo, Drive(drive))
    assert list((tmp_path / "elsewhere" / SID).iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the made-up drive lies in the home folder")
def test_what_the_file_manager_restores_is_recognised(tmp_path: Path, home: Path, trash_bin: Bin):
    path = save_scene(tmp_path / "photos" / "a.jpg")
    chosen = use("windows", home)
    with Library.open(tmp_path / "library") as library:
        (deleted,) = library.decide("delete", [path])
        assert library.trash_summary().photos == 1
        # As Explorer does it: the file back to its place, and the record away.
        os.rename(str(deleted.trash_path), path)
        chosen.records()[0].unlink()
        assert library.trash_summary().photos == 0
        (back,) = library.undo()
        assert (back.status, back.path) == ("done", path)


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows")
def test_windows_tells_of_drives_and_their_user(tmp_path: Path) -> None:
    from lqalbum.library.trash.windows import WindowsVolumes

    volumes = WindowsVolumes()
    top = volumes.top(str(tmp_path))
    assert str(tmp_path).lower().startswith(top.lower())
    assert volumes.user().startswith("S-1-")
    assert isinstance(volumes.is_fixed(top), bool)
