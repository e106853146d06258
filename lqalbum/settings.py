"""A person's settings: one frozen record, kept as a small JSON file.

A damaged settings file is put aside, which is said, and the defaults are used; a value of the wrong
kind falls back to its own default.
"""

import contextlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from lqalbum.errors import LQAlbumError
from lqalbum.paths import default_library_dir, default_settings_file
from lqalbum.sentences import Sentence, compose, system_words
from lqalbum.wholefile import whole_file

VERSION = 1
RECENT_FOLDERS_KEPT = 10
DEVICES = ("auto", "cuda", "cpu")
THEMES = ("dark", "light", "system")
LANGUAGES = ("system", "en", "de")

SENTENCES: Final[Mapping[str, str]] = MappingProxyType({
    "settings-unreadable": "The settings {path} cannot be read ({why}); make the file readable.",
    "settings-newer": "The settings {path} are of a newer LQ Album; update it or move the file "
    "away.",
    "settings-damaged": "The settings {path} are damaged; they are kept as {kept}. The usual ones "
    "are in use; the usual library is {library}.",
    "settings-unwritable": "The settings {path} cannot be written ({why}); the earlier ones are "
    "kept.",
})  # fmt: skip

said = partial(compose, SENTENCES)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """What a person can choose once and for all.

    Attributes:
        library: folder of the library's databases.
        model: `photo`, `portrait` or the path of a weights file.
        device: `auto`, `cuda` or `cpu`.
        strictness: share of good photos that is flagged, 0-1.
        jobs: number of decoding processes, 0 for as many as suit the machine.
        theme: `dark`, `light` or `system`.
        language: `system`, or the code of one that the window speaks.
        recent_folders: newest first.
        key_bindings: action name to the key sequences chosen instead of the default ones,
            apart by semicolons.
    """

    library: str = field(default_factory=lambda: str(default_library_dir()))
    model: str = "photo"
    device: str = "auto"
    strictness: float = 0.03
    jobs: int = 0
    theme: str = "dark"
    language: str = "system"
    recent_folders: tuple[str, ...] = ()
    key_bindings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def with_recent_folder(self, folder: str) -> "Settings":
        """Return these settings with `folder` as the newest of the recent folders."""
        others = tuple(known for known in self.recent_folders if known != folder)
        return replace(self, recent_folders=(folder, *others)[:RECENT_FOLDERS_KEPT])


def _warn(sentence: Sentence) -> None:
    """Say it where there is no window: without a log, on the standard error output."""
    _log.warning("%s", sentence)


def load_settings(
    path: Path | None = None, on_damage: Callable[[Sentence], None] = _warn
) -> Settings:
    """Read the settings, or the defaults where there is no usable file.

    Args:
        path: the file; the person's own settings file if not given.
        on_damage: takes what there is to say of a damaged file that was put aside.

    Raises:
        LQAlbumError: the file was written by a newer version, or cannot be opened.
    """
    path = path or default_settings_file()
    try:
        stored = json.loads(path.read_text("utf-8"))
        if not isinstance(stored, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings()
    except OSError as exc:
        words = said("settings-unreadable", path=str(path), why=system_words(exc))
        raise LQAlbumError(words) from exc
    except ValueError:
        usual = Settings()
        kept = str(_put_aside(path))
        on_damage(said("settings-damaged", path=str(path), kept=kept, library=usual.library))
        return usual
    if _is_newer(stored.get("version")):
        raise LQAlbumError(said("settings-newer", path=str(path)))
    return _checked(stored)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings under a temporary name, then put them in place in one step.

    Args:
        settings: what to keep.
        path: the file; the person's own settings file if not given.

    Raises:
        LQAlbumError: the file cannot be written; the earlier one is left as it is.
    """
    path = path or default_settings_file()
    record = {"version": VERSION, **asdict(replace(settings, key_bindings={}))}
    record["key_bindings"] = dict(settings.key_bindings)
    text = json.dumps(record, indent=2) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace_file(path, text)
    except OSError as exc:
        words = said("settings-unwritable", path=str(path), why=system_words(exc))
        raise LQAlbumError(words) from exc


def save_changes(earlier: Settings, settings: Settings, path: Path | None = None) -> None:
    """Save what differs from `earlier` alone, so what a command line said for one run is not kept.

    Args:
        earlier: the settings a run began with.
        settings: the same with what the person changed since.
        path: the file; the person's own settings file if not given.

    Raises:
        LQAlbumError: the file cannot be read or written; the earlier one is left as it is.
    """
    names = [entry.name for entry in fields(Settings)]
    changed = {
        name: getattr(settings, name)
        for name in names
        if getattr(settings, name) != getattr(earlier, name)
    }
    if changed:
        save_settings(replace(load_settings(path), **changed), path)


def _replace_file(path: Path, text: str) -> None:
    with whole_file(path, 0o600) as stream:
        stream.write(text.encode())


def _put_aside(path: Path) -> Path:
    """Keep a damaged file under another name, which is returned: its keys may be worth copying."""
    with contextlib.suppress(OSError):
        return path.replace(path.with_name(path.name + ".damaged"))
    return path


def _is_newer(version: object) -> bool:
    return isinstance(version, int) and version > VERSION


def _checked(stored: Mapping[str, object]) -> Settings:
    """Take over each stored value that is of the right kind."""
    kept: dict[str, object] = {}
    for name, acceptable in _ACCEPTABLE.items():
        value = stored.get(name)
        if acceptable(value):
            kept[name] = tuple(value) if isinstance(value, list) else value
    return Settings(**kept)  # type: ignore[arg-type]  # each value was checked just above


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_share(value: object) -> bool:
    return isinstance(value, float) and 0.0 < value < 1.0


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text_list(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


def _is_text_map(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


_ACCEPTABLE = {
    "library": _is_text,
    "model": _is_text,
    "device": DEVICES.__contains__,
    "strictness": _is_share,
    "jobs": _is_count,
    "theme": THEMES.__contains__,
    "language": LANGUAGES.__contains__,
    "recent_folders": _is_text_list,
    "key_bindings": _is_text_map,
}
