"""Every test runs with folders of its own and without a network."""

import os
import socket
import sys

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Fail whatever reaches for the internet: the program works offline."""
    if event == "socket.connect":
        family = getattr(args[0], "family", None)
        assert family not in (socket.AF_INET, socket.AF_INET6), f"connects to {args[1]!r}"


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """Give each test an empty home, so none touches a person's library, settings or trash."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for variable, name in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        monkeypatch.setenv(variable, str(folder / name))
    return folder
