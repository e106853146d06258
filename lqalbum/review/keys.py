"""What the keys do: one table for the actions, the tooltips and the cheat sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lqalbum.review.language import mark, tr


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
        return tr(" or ").join(map(readable, self.keys))


_READABLE = {
    "Del": mark("Delete"),
    "Esc": mark("Escape"),
    "Space": mark("Space"),
    "Ctrl": mark("Ctrl"),
    "Shift": mark("Shift"),
    "Left": mark("Left arrow"),
    "Right": mark("Right arrow"),
    "Up": mark("Up arrow"),
    "Down": mark("Down arrow"),
    "Home": mark("Home"),
    "End": mark("End"),
    "PgUp": mark("Page up"),
    "PgDown": mark("Page down"),
    "Return": mark("Return"),
    "Enter": mark("Enter"),
}


def readable(key: str) -> str:
    """Return a key sequence, written as Qt does, as it stands on a keyboard."""
    parts = key.split("+") if len(key) > 1 else [key]
    return "+".join(tr(_READABLE[part]) if part in _READABLE else part for part in parts)


# What moves from photo to photo and from field to field, and the digits that are kept for ratings.
_MOVING = frozenset(
    {"Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Tab", "Backtab", "Return"}
    | {"Enter", "Space", "Esc"}
)
_DIGITS = frozenset("012345")
# These go with moving keys: they select, or move without selecting.
_SELECTING = frozenset({"Ctrl", "Shift"})
# Apart by a semicolon, which may be a key itself.
_BETWEEN = re.compile(r"(?<=[^+\s]);")


def reserved_words(key: str) -> str:
    """Return why a key cannot be chosen for anything, empty if it can.

    Args:
        key: as Qt writes it.
    """
    *modifiers, bare = key.split("+") if len(key) > 1 else [key]
    if bare in _MOVING and _SELECTING.issuperset(modifiers):
        return tr("{key} moves between photos and fields; choose another key.", key=readable(key))
    if bare in _DIGITS and not modifiers:
        return tr("0 to 5 stay free; choose another key.")
    return ""


BINDINGS: tuple[Binding, ...] = (
    Binding("keep", ("K", "P"), mark("Keep"), mark("Decide")),
    Binding("delete", ("D", "X", "Del"), mark("Move to the trash"), mark("Decide")),
    Binding("undecided", ("U",), mark("Undecided again"), mark("Decide")),
    Binding("undo", ("Ctrl+Z",), mark("Undo, also decisions of earlier days"), mark("Decide")),
    Binding("redo", ("Ctrl+Shift+Z",), mark("Repeat what was undone"), mark("Decide")),
    Binding(
        "keep_best",
        ("B",),
        mark("In duplicates and bursts: keep one, delete the rest"),
        mark("Decide"),
    ),
    Binding("select_all", ("Ctrl+A",), mark("Select all photos shown"), mark("Decide")),
    Binding("escape", ("Esc",), mark("Back to the grid; select none"), mark("Decide")),
    Binding(
        "loupe", ("Space",), mark("Look closer: photo, reconstruction, heat map"), mark("Look")
    ),
    Binding("grid", ("G",), mark("Back to the grid"), mark("Look")),
    Binding("compare", ("C",), mark("Compare two photos; Tab changes sides"), mark("Look")),
    Binding("full_size", ("Z",), mark("100 % at the pointer, from the original"), mark("Look")),
    Binding(
        "flick", ("R",), mark("Hold for the reconstruction in place of the photo"), mark("Look")
    ),
    Binding("heat_map", ("H",), mark("Show or hide the heat map"), mark("Look")),
    Binding("finer", ("[",), mark("Reconstruction keeps finer detail"), mark("Look")),
    Binding("coarser", ("]",), mark("Reconstruction keeps only coarse structure"), mark("Look")),
    Binding("flagged", ("F",), mark("Flagged photos only, and back to all"), mark("Find")),
    Binding("info", ("I",), mark("Why: reasons, numbers, camera data"), mark("Find")),
    Binding("search", ("Ctrl+F",), mark("Search by name or folder"), mark("Find")),
    Binding("open", ("Ctrl+O",), mark("Add a folder"), mark("Album")),
    Binding("rescan", ("F5",), mark("Look for new and changed photos"), mark("Album")),
    Binding(
        "history", ("Ctrl+H",), mark("History: what was decided, what can come back"), mark("Album")
    ),
    Binding("settings", ("Ctrl+,",), mark("Settings"), mark("Album")),
    Binding("menu", ("F10",), mark("Menu"), mark("Album")),
    Binding("quit", ("Ctrl+Q",), mark("Close the window"), mark("Album")),
    Binding("help", ("?",), mark("All keys"), mark("Album")),
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
        keys = tuple(key.strip() for key in _BETWEEN.split(written) if key.strip())
        chosen[binding.name] = Binding(
            binding.name, keys or binding.keys, tr(binding.words), tr(binding.group)
        )
    return chosen


def collisions(chosen: Mapping[str, Binding]) -> dict[str, list[str]]:
    """Return the keys that would do several things, with the names of these."""
    users: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for binding in chosen.values():
        for key in binding.keys:
            users.setdefault(key.casefold(), []).append(binding.name)
            written.setdefault(key.casefold(), key)
    return {written[key]: names for key, names in users.items() if len(names) > 1}


class _Chosen:
    """The keys of the process; like its language there is one set, so that words need no owner."""

    keys: Mapping[str, str] = {}


def use_keys(changed: Mapping[str, str]) -> None:
    """Have the words name these keys from now on; see `bindings`."""
    _Chosen.keys = dict(changed)


def key(name: str) -> str:
    """Return the key that does something, as a person reads it; the first if there are several."""
    return readable(bindings(_Chosen.keys)[name].keys[0])


def sequences(name: str) -> tuple[str, ...]:
    """Return all keys that do something, as Qt writes them."""
    return bindings(_Chosen.keys)[name].keys


def all_keys(name: str) -> str:
    """Return all keys that do something, as a person reads them."""
    return bindings(_Chosen.keys)[name].shown
