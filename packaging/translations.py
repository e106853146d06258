"""Collects the window's words, and compiles their translations.

    python packaging/translations.py update     notes new words in resources/translations/*.ts
    python packaging/translations.py compile    makes the *.qm that the window reads

Between the two, translate what is marked as unfinished, with Qt Linguist (`pyside6-linguist`) or a
text editor. The words are those in `tr`, `plural` and `mark` in lqalbum/gui and lqalbum/review,
and the rooms' tables of sentences, which have a code each.
Qt's own `lupdate` wants a class around each word, which a package that works without Qt has not;
files and compiler are Qt's.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "resources" / "translations"
CONTEXT = "lqalbum"
ROOMS = ("gui", "review")


def words_of(source: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of one file, and whether they depend on a number."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name = node.func.id
        place = {"tr": 0, "mark": 0, "plural": 1}.get(name)
        if place is None or len(node.args) <= place:
            continue
        words = node.args[place]
        if isinstance(words, ast.Constant) and isinstance(words.value, str):
            yield words.value, name == "plural"


def all_words() -> dict[str, bool]:
    """Return all words of the window in the order of its files, and whether a number is in them."""
    found: dict[str, bool] = {}
    for room in ROOMS:
        for path in sorted((ROOT / "lqalbum" / room).rglob("*.py")):
            for words, has_number in words_of(path.read_text("utf-8")):
                found[words] = found.get(words, False) or has_number
    return found | dict.fromkeys(sentences(), False)


def sentences() -> list[str]:
    """Return what stands in each room's table `SENTENCES`, read without importing it."""
    files = sorted((ROOT / "lqalbum").rglob("*.py"))
    return [
        value.value
        for path in files
        for table in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(table, ast.AnnAssign) and ast.unparse(table.target) == "SENTENCES"
        for node in ast.walk(table)
        if isinstance(node, ast.Dict)
        for value in node.values
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    ]


def read_catalogue(path: Path) -> dict[str, list[str]]:
    """Return the finished translations by their English words, a list of forms each."""
    found: dict[str, list[str]] = {}
    for message in ElementTree.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        if translation is None or translation.get("type"):
            continue
        forms = [form.text or "" for form in translation.findall("numerusform")]
        found[message.findtext("source", "")] = forms or [translation.text or ""]
    return found


def write_catalogue(path: Path, language: str, known: dict[str, list[str]]) -> int:
    """Write all words with the translations known; returns how many have none."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    missing = 0
    for words, has_number in all_words().items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = words
        translation = ElementTree.SubElement(message, "translation")
        forms = known.get(words, [])
        if len(forms) != (2 if has_number else 1):
            forms = ["", ""]
            translation.set("type", "unfinished")
            missing += 1
        if has_number:
            message.set("numerus", "yes")
            for form in forms:
                ElementTree.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0]
    ElementTree.indent(root, "    ")
    text = ElementTree.tostring(root, "unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8")
    return missing


def update() -> None:
    """Note new words in each catalogue, and drop those that are gone."""
    for path in sorted(CATALOGUES.glob("*.ts")):
        language = path.stem.rpartition("_")[2]
        missing = write_catalogue(path, language, read_catalogue(path))
        print(f"{path.relative_to(ROOT)}: {missing} of {len(all_words())} to translate")


def compile_all() -> None:
    """Make the compiled catalogues; one with unfinished words is refused."""
    import PySide6  # `update` works without it

    compiler = Path(PySide6.__file__).parent / "lrelease"
    for path in sorted(CATALOGUES.glob("*.ts")):
        missing = all_words().keys() - read_catalogue(path).keys()
        if missing:
            raise SystemExit(f"{path.relative_to(ROOT)} lacks {sorted(missing)}.")
        compiled = path.with_suffix(".qm")
        subprocess.run([compiler, "-silent", path, "-qm", compiled], check=True)
        print(compiled.relative_to(ROOT))


if __name__ == "__main__":
    tasks = {"update": update, "compile": compile_all}
    if len(sys.argv) != 2 or sys.argv[1] not in tasks:
        raise SystemExit(__doc__)
    tasks[sys.argv[1]]()
