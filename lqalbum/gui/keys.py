"""What the keys do: one table for the actions, the tooltips and the cheat sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Binding:
    """One thing a key does.

    Attributes:
        name: of the action; what the settings store another key under.
        keys: key sequences as Qt writes them; the first is the one that is shown.
        words: what it does.
        group: heading on the cheat sheet.
    """

    name: str
    keys: tuple[str, ...]
    words: str
    group: str

    @property
    def shown(self) -> str:
        """The keys as a person reads them."""
        return " or ".join(_READABLE.get(key, key) for key in self.keys)


_READABLE = {"Del": "Delete", "Esc": "Escape", "[": "[", "]": "]"}

BINDINGS: tuple[Binding, ...] = (
    Binding("keep", ("K", "P"), "Keep", "Decide"),
    Binding("delete", ("D", "X", "Del"), "Move to the trash", "Decide"),
    Binding("undecided", ("U",), "Undecided again", "Decide"),
    Binding("undo", ("Ctrl+Z",), "Undo, also decisions of earlier days", "Decide"),
    Binding("redo", ("Ctrl+Shift+Z",), "Repeat what was undone", "Decide"),
    Binding("select_all", ("Ctrl+A",), "Select all photos shown", "Decide"),
    Binding("escape", ("Esc",), "Back to the grid; select none", "Decide"),
    Binding("loupe", ("Space",), "Look closer: photo, reconstruction, heat map", "Look"),
    Binding("grid", ("G",), "Back to the grid", "Look"),
    Binding("compare", ("C",), "Compare two photos; Tab changes sides", "Look"),
    Binding("full_size", ("Z",), "100 % at the pointer, from the original", "Look"),
    Binding("flick", ("R",), "Hold for the reconstruction in place of the photo", "Look"),
    Binding("heat_map", ("H",), "Show or hide the heat map", "Look"),
    Binding("finer", ("[",), "Reconstruction keeps finer detail", "Look"),
    Binding("coarser", ("]",), "Reconstruction keeps only coarse structure", "Look"),
    Binding("flagged", ("F",), "Flagged photos only, and back to all", "Find"),
    Binding("info", ("I",), "Why: reasons, numbers, camera data", "Find"),
    Binding("search", ("Ctrl+F",), "Search by name or folder", "Find"),
    Binding("open", ("Ctrl+O",), "Add a folder", "Album"),
    Binding("rescan", ("F5",), "Look for new and changed photos", "Album"),
    Binding("history", ("Ctrl+H",), "History: what was decided, what can come back", "Album"),
    Binding("settings", ("Ctrl+,",), "Settings", "Album"),
    Binding("menu", ("F10",), "Menu", "Album"),
    Binding("quit", ("Ctrl+Q",), "Close the window", "Album"),
    Binding("help", ("?",), "All keys", "Album"),
)


# The keys of programs that people come from, where they differ from ours.
PRESETS: Mapping[str, Mapping[str, str]] = {
    "LQ Album": {},
    "Lightroom": {
        "keep": "P",
        "delete": "X; Del",
        "loupe": "E; Space",
        "full_size": "Z",
        "flick": "\\",
        "info": "I",
        "rescan": "F5",
    },
    "digiKam": {
        "keep": "Alt+3",
        "delete": "Alt+1; Del",
        "undecided": "Alt+0",
        "loupe": "F3; Space",
        "full_size": "Ctrl+.",
        "flagged": "F",
        "compare": "Ctrl+L",
    },
}


def bindings(changed: Mapping[str, str]) -> dict[str, Binding]:
    """Return the bindings by name, with the keys a person has chosen instead.

    Args:
        changed: action name to key sequences, apart by a semicolon; unknown names are left out.
    """
    chosen = {}
    for binding in BINDINGS:
        written = changed.get(binding.name, "")
        keys = tuple(key.strip() for key in written.split(";") if key.strip())
        chosen[binding.name] = Binding(
            binding.name, keys or binding.keys, binding.words, binding.group
        )
    return chosen


def collisions(chosen: Mapping[str, Binding]) -> dict[str, list[str]]:
    """Return the keys that would do several things, with the names of these."""
    users: dict[str, list[str]] = {}
    for binding in chosen.values():
        for key in binding.keys:
            users.setdefault(key.casefold(), []).append(binding.name)
    return {key: names for key, names in users.items() if len(names) > 1}
