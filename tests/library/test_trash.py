"""The trash: where a file goes, and where it must never go."""

import errno
import os
import stat
from pathlib import Path

import pytest

from lqalbum.errors import DecisionRefusedError
from lqalbum.library import rename
from lqalbum.library.mounts import mount_top
from lqalbum.library.rename import rename_without_replacing
from lqalbum.library.trash import (
    ChangedPhotoError,
    GoneFromTrashError,
    NameTakenError,
    Trash,
    TrashedFile,
    freedesktop,
    identify,
    moving,
)
from lqalbum.library.trash.freedesktop import FreedesktopLayout
from lqalbum.library.trash.layout import NoLayout
from tests.library.pictures import permissions_bind


@pytest.fixture
def photo(tmp_path: Path) -> str:
    path = tmp_path / "volume" / "folder" / "a.jpg"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"bytes of a photo")
    return str(path)


@pytest.fixture
def volume(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The photo's folder as if it were another volume than the home."""
    top = tmp_path / "volume"
    monkeypatch.setattr(
        freedesktop, "mount_top", lambda folder: str(top) if folder.startswith(str(top)) else "/"
    )
    return top


def _put(path: str) -> TrashedFile:
    system = Trash(FreedesktopLayout())
    file = system.plan(path, identify(path))
    system.put(file)
    system.confirm(file)
    return file


def _refused(path: str) -> str:
    with pytest.raises(DecisionRefusedError) as caught:
        _put(path)
    assert Path(path).read_bytes() == b"bytes of a photo"
    assert os.path.basename(path) in str(caught.value)
    return str(caught.value)


def test_a_missing_home_trash_is_made_for_its_owner_only(photo: str, home: Path) -> None:
    assert not (home / ".local").exists()
    file = _put(photo)
    assert file.target == str(home / ".local/share/Trash/files/a.jpg")
    for folder in ("Trash", "Trash/files", "Trash/info"):
        assert stat.S_IMODE((home / ".local/share" / folder).stat().st_mode) == 0o700


def test_another_volume_gets_a_trash_at_its_top(photo: str, volume: Path, home: Path) -> None:
    file = _put(photo)
    own = volume / f".Trash-{os.getuid()}"
    assert file.target == str(own / "files" / "a.jpg")
    # On other volumes the path counts from the top, as the drive may be mounted elsewhere.
    assert "\nPath=folder/a.jpg\n" in (own / "info" / "a.jpg.trashinfo").read_text()
    assert not (home / ".local").exists()


def test_the_shared_trash_is_used_if_it_is_sticky(photo: str, volume: Path) -> None:
    (volume / ".Trash").mkdir()
    (volume / ".Trash").chmod(0o1777)
    file = _put(photo)
    assert file.target == str(volume / ".Trash" / str(os.getuid()) / "files" / "a.jpg")
    assert "\nPath=folder/a.jpg\n" in Path(file.record).read_text()


def test_a_shared_trash_without_sticky_bit_or_behind_a_link_is_not_used(
    photo: str, volume: Path, tmp_path: Path
) -> None:
    (volume / ".Trash").mkdir(mode=0o777)
    assert f".Trash-{os.getuid()}" in _put(photo).target
    (volume / ".Trash").rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").chmod(0o1777)
    (volume / ".Trash").symlink_to(tmp_path / "elsewhere")
    Path(photo).write_bytes(b"another")
    assert f".Trash-{os.getuid()}" in _put(photo).target


@pytest.mark.parametrize("inside", ["", "files", "info"])
def test_a_linked_trash_is_refused(photo: str, volume: Path, tmp_path: Path, inside: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    own = volume / f".Trash-{os.getuid()}"
    if inside:
        own.mkdir()
    (own / inside).symlink_to(elsewhere)
    assert "link" in _refused(photo)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root can make one")
@pytest.mark.parametrize("inside", ["", "files", "info"])
def test_a_trash_of_another_user_is_refused(photo: str, volume: Path, inside: str) -> None:
    own = volume / f".Trash-{os.getuid()}"
    (own / inside).mkdir(parents=True)
    os.chown(own / inside, 12345, 12345)
    assert "belongs to another user" in _refused(photo)


def test_a_linked_home_trash_is_refused(photo: str, home: Path, tmp_path: Path) -> None:
    (home / ".local/share").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (home / ".local/share/Trash").symlink_to(tmp_path / "elsewhere")
    assert "link" in _refused(photo)


def test_a_trash_that_is_a_file_is_refused(photo: str, home: Path) -> None:
    (home / ".local/share").mkdir(parents=True)
    (home / ".local/share/Trash").write_text("")
    assert "Trash" in _refused(photo)


@pytest.mark.skipif(not permissions_bind(), reason="root may write everywhere")
def test_a_volume_whose_top_is_not_writable_is_refused(photo: str, volume: Path) -> None:
    volume.chmod(0o500)
    try:
        assert "cannot be used" in _refused(photo)
    finally:
        volume.chmod(0o700)


@pytest.mark.skipif(not permissions_bind(), reason="root may write everywhere")
def test_a_folder_that_is_not_writable_keeps_its_photo(photo: str, home: Path) -> None:
    folder = Path(photo).parent
    folder.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            _put(photo)
    finally:
        folder.chmod(0o700)
    assert Path(photo).exists()
    assert list((home / ".local/share/Trash/info").iterdir()) == []


def test_a_rename_to_another_device_is_never_made_a_copy(
    photo: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str, destination: str) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), source, None, destination)

    monkeypatch.setattr(rename, "_rename_exclusively", refuse)
    with pytest.raises(OSError, match="cross-device"):
        _put(photo)
    assert Path(photo).read_bytes() == b"bytes of a photo"
    assert list((home / ".local/share/Trash/info").iterdir()) == []
    assert list((home / ".local/share/Trash/files").iterdir()) == []


def test_a_read_only_file_is_trashed_and_restored_as_it_is(photo: str) -> None:
    os.chmod(photo, 0o444)
    file = _put(photo)
    Trash(FreedesktopLayout()).restore(file, photo)
    assert stat.S_IMODE(os.stat(photo).st_mode) == 0o444


def test_a_file_changed_after_the_plan_is_refused(photo: str) -> None:
    system = Trash(FreedesktopLayout())
    file = system.plan(photo, identify(photo))
    Path(photo).write_bytes(b"bytes of a phot0")
    with pytest.raises(ChangedPhotoError):
        system.put(file)
    assert Path(photo).read_bytes() == b"bytes of a phot0"
    assert not os.path.exists(file.record)


def test_a_file_changed_while_it_is_moved_is_moved_back(photo: str) -> None:
    system = Trash(FreedesktopLayout())
    file = system.plan(photo, identify(photo))
    system.put(file)
    Path(file.target).write_bytes(b"written to by a program that had it open")
    with pytest.raises(ChangedPhotoError):
        system.confirm(file)
    assert Path(photo).read_bytes() == b"written to by a program that had it open"
    assert not os.path.exists(file.record)


def test_a_name_taken_after_the_plan_is_told_and_left_alone(photo: str) -> None:
    system = Trash(FreedesktopLayout())
    file = system.plan(photo, identify(photo))
    Path(file.record).write_text("of another program")
    with pytest.raises(NameTakenError):
        system.put(file)
    assert Path(file.record).read_text() == "of another program"
    again = system.plan(photo, identify(photo))
    Path(again.target).write_text("of another program, without a record")
    with pytest.raises(NameTakenError):
        system.put(again)
    assert Path(again.target).read_text() == "of another program, without a record"
    assert not os.path.exists(again.record)
    assert os.path.exists(photo)


def test_another_file_in_the_trash_under_the_name_is_not_restored(photo: str) -> None:
    file = _put(photo)
    os.rename(file.target, f"{photo}.taken")
    Path(file.target).write_bytes(b"another file....")  # of the same length
    with pytest.raises(GoneFromTrashError):
        Trash(FreedesktopLayout()).restore(file, photo)
    assert not os.path.exists(photo)
    assert Path(file.target).read_bytes() == b"another file...."


def test_a_restored_photo_replaces_nothing(photo: str) -> None:
    file = _put(photo)
    Path(photo).write_text("new")
    with pytest.raises(FileExistsError):
        Trash(FreedesktopLayout()).restore(file, photo)
    assert Path(photo).read_text() == "new"
    assert Trash(FreedesktopLayout()).holds(file)
    assert os.path.exists(file.record)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_where_the_system_cannot_refuse_to_replace_a_placeholder_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def unsupported(source: str, destination: str) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(rename, "_rename_exclusively", unsupported)
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("1")
    other.write_text("2")
    with pytest.raises(FileExistsError):
        rename_without_replacing(str(one), str(other))
    assert (one.read_text(), other.read_text()) == ("1", "2")
    rename_without_replacing(str(one), str(tmp_path / "new"))
    assert (tmp_path / "new").read_text() == "1"
    with pytest.raises(FileNotFoundError):
        rename_without_replacing(str(tmp_path / "gone"), str(tmp_path / "left"))
    assert not (tmp_path / "left").exists()


def test_an_interrupt_after_a_rename_over_a_placeholder_removes_no_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network file system may report the failure of a rename that it did."""
    source, destination = tmp_path / "photo.jpg", tmp_path / "trashed.jpg"
    source.write_bytes(b"a photo")
    move = os.rename

    def moved_and_interrupted(old: str, new: str) -> None:
        move(old, new)
        raise KeyboardInterrupt

    monkeypatch.setattr(rename, "_exclusive_rename", lambda: None)
    monkeypatch.setattr(os, "rename", moved_and_interrupted)

    with pytest.raises(KeyboardInterrupt):
        rename_without_replacing(str(source), str(destination))

    assert destination.read_bytes() == b"a photo"


def test_an_interrupt_after_the_move_leaves_the_record(
    photo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved_and_interrupted(old: str, new: str) -> None:
        rename_without_replacing(old, new)
        raise KeyboardInterrupt

    monkeypatch.setattr(moving, "rename_without_replacing", moved_and_interrupted)
    file = Trash(FreedesktopLayout()).plan(photo, identify(photo))

    with pytest.raises(KeyboardInterrupt):
        Trash(FreedesktopLayout()).put(file)

    assert Path(file.target).exists()
    assert Path(file.record).exists()


def test_a_system_that_cannot_be_checked_refuses(photo: str) -> None:
    system = Trash(NoLayout())
    with pytest.raises(DecisionRefusedError, match=r"a\.jpg was not deleted"):
        system.plan(photo, identify(photo))
    assert os.path.exists(photo)


def test_the_top_of_a_mount() -> None:
    assert mount_top("/proc/self") == "/proc"
    assert mount_top("/") == "/"
    assert os.path.ismount(mount_top(os.path.dirname(os.path.realpath(__file__))))
