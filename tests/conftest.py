"""Every test runs with folders of its own, and it and its children are watched by an audit hook."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lqalbum.library.trash import system
from tests import bins
from tests.guard import hook
from tests.guard.originals import untouched

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# For this process and all that it starts, decoding workers included.
_LOGS = tempfile.TemporaryDirectory(prefix="lqalbum-tests-")
_LOG = Path(_LOGS.name, "forbidden.log")
os.environ[hook.VARIABLE] = str(_LOG)
_SITE = str(Path(hook.__file__).parent / "site")
_ROOT = str(Path(__file__).resolve().parents[1])
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [_SITE, _ROOT, os.environ.get("PYTHONPATH")])
)
hook.install(is_child=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be thorough: more kills and longer sequences, for many minutes."""
    parser.addoption("--long", action="store_true", help="more kills and longer sequences")
    parser.addoption("--seed", type=int, default=0, help="of random moments and sequences")


@pytest.fixture(autouse=True, scope="session")
def shipped_photos_stay() -> Iterator[None]:
    """R19 over a whole run, for what no test makes itself; and nobody broke a rule unseen."""
    with untouched(Path(_ROOT, "resources")):
        yield
    # Of what outlived the test that started it, too.
    assert _forbidden() == ""


@pytest.fixture(autouse=True)
def nothing_forbidden_happens() -> Iterator[None]:
    """Fail a test in which the program destroyed what is not its own, or reached for a network."""
    known = _forbidden()
    yield
    assert _forbidden() == known


def _forbidden() -> str:
    return _LOG.read_text("utf-8", "replace") if _LOG.exists() else ""


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


@pytest.fixture(params=bins.SYSTEMS)
def trash_bin(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> bins.Bin:
    """The trash of each system in turn, which everything that deletes then uses."""
    monkeypatch.setattr(system, "layout", system.layout)
    return bins.use(request.param, home)
