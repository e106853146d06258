"""`lqalbum evaluate` as its users run it: figures, formats, ratings, calibration, bad input."""

from __future__ import annotations

import json
import os
import signal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from lqalbum.cli.main import main
from lqalbum.jobs.marks import TEXT_MARK
from tests.cli.conftest import Run, save_bad, save_good, start

CORRUPTIONS = ("--corruptions", "gaussian_noise,gaussian_blur")
METHOD_KEYS = {
    "mean_auroc", "mean_fpr80", "pooled_auroc", "pooled_auprc", "pooled_fpr80", "low", "high",
}  # fmt: skip


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six good pictures and a file that is none."""
    folder = tmp_path_factory.mktemp("good")
    for seed in range(6):
        save_good(folder / f"{seed}.jpg", seed, side_px=64)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    return folder


def evaluated(program: Run, model: Path, *arguments: str | Path) -> tuple[dict, str]:
    done = program("evaluate", *arguments, "--model", model, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def test_every_promised_key_and_method(program: Run, model: Path, good: Path):
    table, stderr = evaluated(
        program, model, good, *CORRUPTIONS, "--severity", "1-2", "--baselines"
    )
    assert set(table) == {
        "schema_version", "n", "skipped", "rows", "methods", "ratings", "published",
    }  # fmt: skip
    assert (table["schema_version"], table["n"], table["skipped"]) == (1, 6, 1)
    assert table["ratings"] is None
    names = {"combined", "s_kl", "s_kl_fixed_2", "s_kl_fixed_3", "likelihood", "llr"}
    names |= {"laplacian", "nss"}
    assert set(table["methods"]) == names
    assert all(set(one) == METHOD_KEYS for one in table["methods"].values())
    assert {(row["method"], row["corruption"], row["severity"]) for row in table["rows"]} == {
        (method, corruption, severity)
        for method in names
        for corruption in ("gaussian_noise", "gaussian_blur")
        for severity in (1, 2)
    }
    assert all(0 <= row[key] <= 1 for row in table["rows"] for key in ("auroc", "auprc", "fpr80"))
    assert any("CVPR" in one["source"] or "arXiv" in one["source"] for one in table["published"])
    assert "'panda' is left out" in stderr
    assert "1 file could not be read and is skipped." in stderr


def test_the_same_seed_gives_the_same_figures(program: Run, model: Path, good: Path):
    first, _ = evaluated(program, model, good, "--corruptions", "shot_noise")
    assert evaluated(program, model, good, "--corruptions", "shot_noise")[0] == first
    assert [row["method"] for row in first["rows"]] == ["combined", "s_kl"]


def test_half_of_a_folder_calibrates_and_the_other_half_is_measured(
    program: Run, model: Path, tmp_path: Path
):
    for seed in range(44):
        save_good(tmp_path / f"{seed}.jpg", seed, side_px=64)
    arguments = (tmp_path, "--calibrate", tmp_path / ".", "--corruptions", "contrast")
    table, stderr = evaluated(program, model, *arguments, "--baselines", "--seed", "3")
    assert table["n"] == 22
    assert "random half of the folder (seed 3, 22 pictures)" in stderr
    assert "panda" in table["methods"]


def test_another_folder_calibrates(program: Run, model: Path, good: Path, tmp_path: Path):
    for seed in range(100, 124):
        save_good(tmp_path / f"{seed}.jpg", seed, side_px=64)
    table, stderr = evaluated(program, model, good, "--calibrate", tmp_path, *CORRUPTIONS)
    assert table["n"] == 6
    assert f"Calibrated for this run on 24 pictures of {tmp_path}." in stderr
    refused = program("evaluate", good, "--calibrate", good, "--model", model)
    assert refused.returncode == 1
    assert "At least 20 good photos" in refused.stderr


def test_pictures_in_both_folders_are_only_measured(
    program: Run, model: Path, good: Path, tmp_path: Path
):
    for seed in range(26):
        save_good(tmp_path / f"{seed}.jpg", seed, side_px=64)
    inside = tmp_path / "inside"
    inside.mkdir()
    for seed in range(3):
        os.link(good / f"{seed}.jpg", inside / f"{seed}.jpg")
    _, stderr = evaluated(program, model, inside, "--calibrate", tmp_path, *CORRUPTIONS)
    # Each is in the folder twice, under another name, too.
    assert "6 pictures are measured and so left out of the calibration" in stderr
    assert "on 23 pictures" in stderr


def test_ratings_alone(program: Run, model: Path, tmp_path: Path):
    ratings = ["file,mos"]
    for seed in range(10):
        save = save_bad if seed % 2 else save_good
        save(tmp_path / f"{seed}.jpg", seed)
        ratings.append(f"{seed}.jpg,{-seed % 2 * 3 + seed / 100}")
    save_good(tmp_path / "unrated.jpg", 99)
    file = tmp_path / "mos.csv"
    file.write_text("\n".join([*ratings, "gone.jpg,1", "lost.jpg,2"]))
    table, stderr = evaluated(program, model, tmp_path, "--ratings", file)
    assert (table["n"], table["rows"], table["methods"]) == (10, [], {})
    assert set(table["ratings"]) == {"combined", "s_kl"}
    assert set(table["ratings"]["combined"]) == {"srocc", "quartile_auc", "n"}
    # Noise was rated higher here than no noise, so the score must be upside down.
    assert table["ratings"]["combined"]["srocc"] < -0.5
    assert stderr.splitlines()[0] == (
        "2 rated names match no picture (gone.jpg, lost.jpg); "
        "1 picture has no rating and is left out."
    )
    both, _ = evaluated(program, model, tmp_path, "--ratings", file, "--corruptions", "fog")
    assert {row["corruption"] for row in both["rows"]} == {"fog"}
    assert both["ratings"] == table["ratings"]


class Page(HTMLParser):
    """Counts what a page holds and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_holds_all_it_shows(program: Run, model: Path, good: Path, tmp_path: Path):
    file = tmp_path / "page.html"
    done = program("evaluate", good, *CORRUPTIONS, "--model", model, "-o", file)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    page = Page(file.read_text("utf-8"))
    assert all(address.startswith("data:image/jpeg;base64,") for address in page.loaded)
    assert page.tags.count("img") == 4 * 3 * 2  # pictures x (clean and two) x reconstruction
    # ROC: pooled and two corruptions; histogram: two methods; two lines each. Three legends of two.
    assert page.tags.count("polyline") == 2 * (1 + 2 + 2) + 2 * 3
    assert "Published figures" in page.text
    assert "arXiv 2408.10885" in page.text


def test_an_earlier_table_is_replaced(program: Run, model: Path, good: Path, tmp_path: Path):
    file = tmp_path / "table.txt"
    for earlier, code in ((TEXT_MARK + b"Old.", 0), (b"9 pictures measured. Mine.", 1)):
        file.write_bytes(earlier)
        done = program("evaluate", good, "--corruptions", "fog", "--model", model, "-o", file)
        assert done.returncode == code, done.stderr
        assert ("fog" in file.read_text("utf-8")) == (code == 0)
        assert (file.read_bytes() == earlier) == (code == 1)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--corruptions", "rain"), 2, "No corruption is called 'rain'"),
        (("--severity", "7"), 2, "There is no severity '7'"),
        (("--ratings", "/no/such/file.csv"), 2, "There is no ratings file"),
        (("--calibrate", "/no/such/folder"), 2, "/no/such/folder is not a folder"),
        (("-o", "result.jsonl"), 2, "cannot write jsonl"),
        (("--model", "/no/such/model"), 1, "There is no model file"),
    ],
)
def test_a_wrong_word_is_one_sentence(good: Path, capsys, arguments, code, words):
    assert main(["evaluate", str(good), *arguments]) == code
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert words in err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name,mos\n0.jpg,1\n", "lacks the header 'file,mos'"),
        ("file,mos\n0.jpg,good\n", "a rating is a number"),
        ("file,mos\n" + "".join(f"{n}.jpg,{n}\n" for n in range(6)), "Only 6 of the pictures"),
    ],
)
def test_a_wrong_ratings_file_is_one_sentence(
    good: Path, model: Path, tmp_path: Path, capsys, content, words
):
    file = tmp_path / "mos.csv"
    file.write_text(content)
    command = ["evaluate", str(good), "--model", str(model), "--ratings", str(file)]
    assert main(command) == 1
    assert words in capsys.readouterr().err.splitlines()[-1]


def test_folders_with_nothing_to_measure(model: Path, tmp_path: Path, capsys):
    def refused(name: str) -> tuple[int, str]:
        code = main(["evaluate", str(tmp_path / name), "--model", str(model)])
        return code, capsys.readouterr().err.splitlines()[-1]

    assert refused("missing")[0] == 2
    (tmp_path / "empty").mkdir()
    assert refused("empty") == (
        1,
        f"lqalbum: There is no picture in {tmp_path / 'empty'}; name a folder of good photos.",
    )
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.jpg").write_bytes(b"no picture")
    code, sentence = refused("broken")
    assert (code, "none of its files can be read" in sentence) == (1, True)
    (tmp_path / "tiny").mkdir()
    Image.new("RGB", (40, 40), "red").save(tmp_path / "tiny" / "a.png")
    code, sentence = refused("tiny")
    assert (code, "at least 64 px" in sentence) == (1, True)
    save_good(tmp_path / "one" / "a.jpg", 1, side_px=64)
    code, sentence = refused("one")
    assert (code, "only one picture" in sentence) == (1, True)


def test_an_interrupt_writes_nothing(good: Path, model: Path, tmp_path: Path):
    output = tmp_path / "table.json"
    running = start(
        "evaluate", good, "--model", model, "--severity", "1-5", "--progress", "json", "-o", output
    )
    for line in running.stderr:
        event = json.loads(line)
        if event["event"] == "progress" and event["total"] > 100:
            break
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=300)
    assert running.returncode == 130
    assert "Traceback" not in stderr
    assert stderr.splitlines()[-1].startswith("lqalbum: Interrupted")
    assert list(tmp_path.iterdir()) == []


def test_a_closed_pipe_is_no_error(good: Path, model: Path):
    reader, writer = os.pipe()
    os.close(reader)
    running = start("evaluate", good, "--model", model, *CORRUPTIONS, stdout=writer)
    os.close(writer)
    _, stderr = running.communicate(timeout=300)
    assert running.returncode == 141
    assert "Traceback" not in stderr
