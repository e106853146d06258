"""Holds the rule of sentences: what a person may read in the window is said under a code."""

from __future__ import annotations

import ast
import errno
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from lqalbum import sentences
from lqalbum.sentences import Sentence, compose, system_words

PACKAGE = Path(__file__).resolve().parent.parent / "lqalbum"
FILES = sorted(PACKAGE.rglob("*.py"))
TREES = {str(file.relative_to(PACKAGE)): ast.parse(file.read_text("utf-8")) for file in FILES}

# What they refuse reaches the command line alone.
OF_THE_COMMAND_LINE = {
    "app.py",  # before there is a window
    "evaluate/corruptions/__init__.py",  # the window names none that does not exist
    "evaluate/ratings.py",
    "hvae/published.py",
    "jobs/doctor.py",
    "jobs/evaluation_run.py",
}
# Attributes that hold a `Sentence`, by their annotation.
SENTENCE_ATTRIBUTES = {"model_trouble"}


def name_of(node: ast.AST) -> str:
    """Return what is named, without the module before it."""
    return getattr(node, "attr", getattr(node, "id", ""))


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in names:
            yield node


def error_names() -> set[str]:
    """Return the names of `LQAlbumError` and all that derive from it, in whatever room."""
    classes = [
        node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    ]
    found: set[str] = set()
    more = {"LQAlbumError"}
    while more - found:
        found |= more
        more = {kind.name for kind in classes if {name_of(base) for base in kind.bases} & found}
    return found


# A photo's error has a code of its own beside its words.
ERRORS = error_names() - {"PhotoError"}


def composers(tree: ast.AST) -> set[str]:
    """Return the names of functions that promise the type checker a `Sentence`, or None."""
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and ast.unparse(node.returns) in {"Sentence", "Sentence | None"}
    }


COMPOSERS = set[str]().union(*map(composers, TREES.values()), {"said", "sentence_of"})


def is_coded(words: ast.expr, tree: ast.AST) -> bool:
    """Whether an argument is a sentence with a code: said here, or where its name comes from."""
    if isinstance(words, ast.Call):
        return name_of(words.func) in COMPOSERS
    if isinstance(words, ast.Name):
        values = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and any(getattr(target, "id", "") == words.id for target in node.targets)
        ]
        return bool(values) and all(isinstance(v, ast.Call) and is_coded(v, tree) for v in values)
    return isinstance(words, ast.Attribute) and words.attr in SENTENCE_ATTRIBUTES


def plain(tree: ast.AST) -> list[int]:
    """Return the lines where an error is made of words without a code."""
    return [
        call.lineno
        for call in calls(tree, ERRORS)
        if not call.args or not is_coded(call.args[0], tree)
    ]


@pytest.mark.parametrize("name", sorted(TREES))
def test_what_the_window_can_show_has_a_code(name: str):
    if not name.startswith("cli/") and name not in OF_THE_COMMAND_LINE:
        assert plain(TREES[name]) == [], name


@pytest.mark.parametrize(
    "source",
    [
        "raise LQAlbumError('There is none.')",
        "raise errors.ModelError(f'{path} is damaged.') from exc",
        "def refuse(path): return LibraryError('It is ' + path)",
        "words = 'It is {}'.format(path)\nraise DamagedDatabaseError(words)",
        "words = said('gone')\nwords = 'It is gone.'\nraise Interrupted(words)",
        "raise UsageError(self.trouble)",
    ],
)
def test_the_rule_sees_words_without_a_code(source: str):
    assert plain(ast.parse(source)) != []


def test_files_of_the_command_line_are_there():
    assert TREES.keys() >= OF_THE_COMMAND_LINE
    assert all(plain(TREES[name]) for name in OF_THE_COMMAND_LINE)


def tables() -> dict[str, dict[str, str]]:
    """Return each file's table of sentences."""
    return {
        name: ast.literal_eval(next(calls(node, {"MappingProxyType"})).args[0])
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign) and name_of(node.target) == "SENTENCES"
    }


def room_of(name: str) -> str:
    return name.partition("/")[0]


def test_a_code_stands_for_one_sentence():
    codes = [code for table in tables().values() for code in table]
    assert sorted(codes) == sorted(set(codes))


def texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def test_every_code_is_used_in_its_room_and_every_code_said_is_known():
    known = {(room_of(name), code) for name, table in tables().items() for code in table}
    said = {
        (room_of(name), code)
        for name, tree in TREES.items()
        for call in calls(tree, {"said"})
        for code in texts(call.args[0])
    }
    assert said <= known
    named = Counter((room_of(name), text) for name, tree in TREES.items() for text in texts(tree))
    of_photos = {(room, code) for room, code in known if code.startswith("photo-")}
    of_the_system = {("sentences.py", code) for code in sentences.SENTENCES}
    # Once in the table, and where it is used.
    assert {key for key in known if named[key] < 2} <= of_photos | of_the_system


def test_every_code_of_a_photo_has_a_sentence():
    table = tables()["library/sentences.py"]
    codes = {
        call.args[0].value
        for tree in TREES.values()
        for call in calls(tree, {"PhotoError"})
        if isinstance(call.args[0], ast.Constant)
    }
    assert {f"photo-{code}" for code in codes} <= table.keys()


def test_a_sentence_keeps_what_its_words_are_made_of():
    table = {"too-few": "Only {count} in {place}."}
    place = Sentence("here", "here", "here")
    made = compose(table, "too-few", count=7, place=place)
    assert made == "Only 7 in here."
    assert (made.code, made.pattern) == ("too-few", "Only {count} in {place}.")
    assert made.values == {"count": 7, "place": place}


def test_the_system_s_words_are_its_own_and_have_a_code_where_they_are_known():
    for code, words in sentences.SENTENCES.items():
        told = system_words(OSError(getattr(errno, code), "as the system says it", "/a.jpg"))
        assert (told, told.code, told.pattern) == ("as the system says it", code, words)
    rare = system_words(OSError(errno.EDOM, "Numerical argument out of domain"))
    assert (rare, rare.code) == ("Numerical argument out of domain", "")
    assert system_words(OSError("its own words")) == "its own words"
    assert system_words(TimeoutError()) == "TimeoutError"
