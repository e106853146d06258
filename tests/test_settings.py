import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from lqalbum.errors import LQAlbumError
from lqalbum.paths import default_library_dir, default_settings_file
from lqalbum.settings import Settings, load_settings, save_changes, save_settings

CHOSEN = Settings(
    library="/albums/library",
    model="portrait",
    device="cpu",
    strictness=0.1,
    jobs=3,
    theme="light",
    recent_folders=("/albums/b", "/albums/a"),
    key_bindings={"keep": "Y"},
)


def test_defaults_where_there_is_no_file():
    settings = load_settings()
    assert settings == Settings()
    assert settings.library == str(default_library_dir())
    assert settings.strictness == 0.03


def test_every_setting_comes_back_as_saved():
    save_settings(CHOSEN)
    assert load_settings() == CHOSEN
    assert json.loads(default_settings_file().read_text("utf-8"))["version"] == 1


def test_names_that_are_not_utf8_survive(tmp_path: Path):
    folder = os.fsdecode(b"/albums/caf\xe9")
    save_settings(Settings().with_recent_folder(folder), tmp_path / "settings.json")
    assert load_settings(tmp_path / "settings.json").recent_folders == (folder,)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("library", ""),
        ("device", "tpu"),
        ("device", ["cpu"]),
        ("strictness", "3%"),
        ("strictness", 3.0),
        ("jobs", -1),
        ("jobs", True),
        ("theme", None),
        ("recent_folders", "/albums/a"),
        ("key_bindings", {"keep": 1}),
    ],
)
def test_a_wrong_value_falls_back_alone(tmp_path: Path, name: str, value: object):
    file = tmp_path / "settings.json"
    save_settings(CHOSEN, file)
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), name: value}), "utf-8")
    assert load_settings(file) == replace(CHOSEN, **{name: getattr(Settings(), name)})


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_a_damaged_file_is_put_aside(tmp_path: Path, content: bytes):
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    told = []
    assert load_settings(file, told.append) == Settings()
    aside = tmp_path / "settings.json.damaged"
    assert aside.read_bytes() == content
    (sentence,) = told
    assert all(str(part) in sentence for part in (file, aside, default_library_dir()))
    assert load_settings(file, told.append) == Settings()
    assert len(told) == 1


def test_without_a_window_damaged_settings_are_said_in_the_log(tmp_path: Path, caplog):
    file = tmp_path / "settings.json"
    file.write_text("{")
    load_settings(file)
    assert "settings.json.damaged" in caplog.text


def test_settings_of_a_newer_version_are_left_alone(tmp_path: Path):
    file = tmp_path / "settings.json"
    file.write_text('{"version": 2}', "utf-8")
    with pytest.raises(LQAlbumError, match=r"settings\.json.*newer"):
        load_settings(file)
    assert file.read_text("utf-8") == '{"version": 2}'


def test_a_failed_write_keeps_the_earlier_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "settings.json"
    save_settings(CHOSEN, file)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LQAlbumError, match="No space left"):
        save_settings(Settings(), file)
    assert load_settings(file) == CHOSEN
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.json"]


def test_what_a_command_line_said_for_one_run_is_not_kept():
    save_settings(CHOSEN)
    began_with = replace(CHOSEN, library="build/sample/library", device="auto")
    save_changes(began_with, began_with.with_recent_folder("/albums/c"))
    assert load_settings() == CHOSEN.with_recent_folder("/albums/c")


def test_settings_without_a_change_make_no_file():
    save_changes(CHOSEN, CHOSEN)
    assert not default_settings_file().exists()


def test_recent_folders_are_few_and_newest_first():
    settings = Settings()
    for number in range(12):
        settings = settings.with_recent_folder(f"/albums/{number}")
    settings = settings.with_recent_folder("/albums/5")
    assert settings.recent_folders[:3] == ("/albums/5", "/albums/11", "/albums/10")
    assert len(settings.recent_folders) == len(set(settings.recent_folders)) == 10
