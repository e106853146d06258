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
    Binding("flick", ("R",), "Hold for the reconstruction in place of the photo", "Look"),
    Binding("heat_map", ("H",), "Show or hide the heat map", "Look"),
    Binding("finer", ("[",), "Reconstruction keeps finer detail", "Look"),
    Binding("coarser", ("]",), "Reconstruction keeps only coarse structure", "Look"),
    Binding("flagged", ("F",), "Flagged photos only, and back to all", "Find"),
    Binding("info", ("I",), "Why: reasons, numbers, camera data", "Find"),
    Binding("search", ("Ctrl+F",), "Search by name or folder", "Find"),
    Binding("open", ("Ctrl+O",), "Add a folder", "Album"),
    Binding("rescan", ("F5",), "Look for new and changed photos", "Album"),
    Binding("quit", ("Ctrl+Q",), "Close the window", "Album"),
    Binding("help", ("?",), "This list", "Album"),
)


def bindings(changed: Mapping[str, str]) -> dict[str, Binding]:
    """Return the bindings by name, with the keys a person has chosen instead.

    Args:
        changed: action name to key sequence; unknown names are left out.
    """
    chosen = {}
    for binding in BINDINGS:
        keys = (changed[binding.name],) if changed.get(binding.name) else binding.keys
        chosen[binding.name] = Binding(binding.name, keys, binding.words, binding.group)
    return chosen
