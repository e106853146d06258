"""Where the program keeps its own files, and where it finds the files it is shipped with."""

from pathlib import Path

import platformdirs

_APPLICATION = "lqalbum"
_PACKAGE = Path(__file__).resolve().parent
SHIPPED_MODELS = ("photo", "portrait")


def default_library_dir() -> Path:
    """Return the folder of the library that is used when none is named (made by its user)."""
    return platformdirs.user_data_path(_APPLICATION, appauthor=False) / "library"


def default_settings_file() -> Path:
    """Return the file that keeps the person's settings."""
    return platformdirs.user_config_path(_APPLICATION, appauthor=False) / "settings.json"


def log_dir() -> Path:
    """Return the folder for log files."""
    return platformdirs.user_log_path(_APPLICATION, appauthor=False)


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, whether or not it exists.

    A wheel carries `resources` inside the package; a checkout has it beside the package.
    """
    inside = _PACKAGE / "resources"
    root = inside if inside.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def model_path(name: str) -> Path:
    """Return the weights file for `name`: a shipped model's name, or a path taken as it is."""
    if name in SHIPPED_MODELS:
        return resource("models", f"{name}.safetensors")
    return Path(name).expanduser()
