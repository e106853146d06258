import re
from pathlib import Path

import pytest

import lqalbum
from lqalbum.library.records import DecisionResult, DeletePreview, TrashSummary
from lqalbum.library.sentences import said
from lqalbum.review import wording
from lqalbum.review.deciding import Outcome, Step
from lqalbum.review.language import tr
from tests.review.rows import photo


def result(name, decision="delete", status="done", error=None):
    return DecisionResult(f"/album/{name}", decision, status, None, error)


def toast(*results, action="decide"):
    outcome = Outcome(Step(action), tuple(results), (), TrashSummary(0, 0))
    return wording.outcome_toast(outcome)


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (12_345_678, "12 MB"),
        (5_400_000_000, "5.4 GB"),
    ],
)
def test_size(size_bytes, words):
    assert wording.size(size_bytes) == words


def test_r24_one_deleted_photo_is_named_with_the_key_that_brings_it_back():
    told = toast(result("a.jpg"))
    assert told.text == "Moved to the trash: a.jpg. Ctrl+Z brings it back."
    assert told.undoable
    assert not told.is_problem


def test_every_file_of_a_group_is_named():
    text = toast(result("a.jpg"), result("a.arw"), result("a.xmp")).text
    assert "a.jpg, a.arw and a.xmp" in text
    assert "brings them back" in text


def test_many_files_are_named_in_part_and_counted():
    text = toast(*(result(f"{number}.jpg") for number in range(1200))).text
    assert "0.jpg, 1.jpg, 2.jpg and 1,197 more" in text


def test_a_refusal_is_a_problem_and_says_why():
    told = toast(result("a.jpg", status="refused", error="a.jpg has changed; rescan it."))
    assert told.is_problem
    assert not told.undoable
    assert told.text == "Nothing was changed. a.jpg has changed; rescan it."


def test_a_half_done_step_says_both():
    told = toast(result("a.jpg"), result("b.jpg", status="failed", error="The disk is full."))
    assert told.text == "1 photo left as it is (1 done). b.jpg: The disk is full."
    assert told.is_problem
    assert told.undoable


def test_undo_names_the_photo_and_the_key_that_repeats():
    told = toast(result("a.jpg", "undecided"), action="undo")
    assert told.text == "Undone: a.jpg. Ctrl+Shift+Z repeats it."
    assert toast(action="undo").text == "There is nothing to undo."
    assert toast(action="redo").text == "There is nothing to repeat."


def test_an_undo_that_moves_photos_says_where_they_are_now():
    back = DecisionResult("/album/a.jpg", "undecided", "done", None, None, ("/album/a.CR2",))
    again = DecisionResult(
        "/album/b.jpg", "delete", "done", "/trash/b.jpg", None, ("/album/b.MOV",)
    )
    outcome = Outcome(Step("undo"), (back,), (), TrashSummary(0, 0))
    words = wording.outcome_toast(outcome, ["/album/a.jpg"]).text
    assert words == (
        "Undone. Brought back from the trash: a.jpg and a.CR2. Ctrl+Shift+Z repeats the step."
    )
    assert toast(again, action="undo").text == (
        "Undone. Moved to the trash again: b.jpg and b.MOV. Ctrl+Shift+Z repeats the step."
    )


def test_undoing_a_choice_of_one_of_many_names_the_kept_one_apart():
    results = (result("b.jpg", "undecided"), result("c.jpg", "undecided"), result("a.jpg", "keep"))
    outcome = Outcome(Step("undo"), results, (), TrashSummary(0, 0))
    words = wording.outcome_toast(outcome, ["/album/b.jpg", "/album/c.jpg"]).text
    assert words == (
        "Undone. Brought back from the trash: b.jpg and c.jpg. Kept a.jpg. "
        "Ctrl+Shift+Z repeats the step."
    )


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ("undecided", "Brought back from the trash: a.jpg. Ctrl+Z undoes this."),
        ("keep", "Kept and brought back from the trash: a.jpg. Ctrl+Z undoes this."),
    ],
)
def test_a_photo_that_comes_back_from_the_trash_says_so(decision, words):
    outcome = Outcome(Step("decide"), (result("a.jpg", decision),), (), TrashSummary(0, 0))
    assert wording.outcome_toast(outcome, ["/album/a.jpg"]).text == words


def test_photos_of_one_name_are_told_apart_by_their_folders():
    kept = DecisionResult("/album/old/a.jpg", "keep", "done", None, None)
    gone = DecisionResult("/album/new/a.jpg", "delete", "done", "/trash/a.jpg", None)
    words = toast(kept, gone).text
    assert words.startswith("Kept old/a.jpg. Moved to the trash: new/a.jpg.")
    assert wording.names(["/album/a.jpg", "/album/x/a.jpg", "/b/c.jpg"]) == (
        "album/a.jpg, album/x/a.jpg and c.jpg"
    )
    prompt = wording.delete_prompt([photo(1), photo(2)], kept="/other/img1.jpg")
    assert prompt.details.startswith("other/img1.jpg is kept.")
    assert "album/img1.jpg and img2.jpg" in prompt.details


def test_a_name_from_right_to_left_does_not_turn_its_sentence():
    arabic, hebrew = "صورة.jpg", "שלום.jpg"
    told = wording.nothing_to_decide("delete", [photo(1, path=f"/a/{arabic}", status="offline")])
    assert told.text.startswith(f"\u2068{arabic}\u2069 is offline")
    both = wording.names([f"/a/{arabic}", "/a/b.jpg", f"/a/{hebrew}"])
    assert both == f"\u2068{arabic}\u2069, b.jpg and \u2068{hebrew}\u2069"
    assert tr("Moved to the trash: {names}.", names=both).count("\u2068") == 2
    assert wording.names(["/a/plain.jpg", "/a/größer.jpg"]) == "plain.jpg and größer.jpg"
    # Of the lines of a tooltip, the first gives the direction of all.
    lines = wording.describe(photo(1, 99.0, path=f"/a/{hebrew}"), 0.03)
    assert lines.startswith(f"\u2068{hebrew}\u2069\nFlagged")


def test_a_refusal_isolates_the_name_once():
    path = "/album/שלום.jpg"
    gone = said("gone-from-trash", path=path)
    refused = DecisionResult(path, "undecided", "refused", None, gone)
    words = toast(refused).text
    assert words.startswith(f"Nothing was changed. \u2068{path}\u2069 is no longer in the trash")
    assert words.count("\u2068") == 1


@pytest.mark.parametrize("searching", [False, True])
def test_an_album_in_the_trash_says_so_and_how_to_bring_it_back(searching):
    heading, words = wording.empty_words("all", searching, trashed=12)
    assert ("trash" in heading) == (not searching)
    assert all(part in words for part in ("12 photos", "Ctrl+Z", "Ctrl+H")) == (not searching)
    assert wording.empty_words("all", searching) == wording.empty_words("all", searching, 0)
    assert "trash" not in wording.empty_words("all", searching)[0]


def test_what_the_last_look_found_is_not_taken_for_what_is_there():
    assert wording.summary_words(48, 2) == "Last look: 48 photos  ·  2 not readable"


def test_r24_a_bulk_prompt_says_count_size_where_and_how_to_undo():
    prompt = wording.delete_prompt([photo(number, size_bytes=2_000_000) for number in range(12)])
    assert "12 photos" in prompt.question
    assert "24 MB" in prompt.details
    assert "trash" in prompt.details
    assert "Ctrl+Z" in prompt.details
    assert "12 photos" in prompt.confirm


@pytest.mark.parametrize(
    ("percentile", "words"),
    [(97.24, "97.2 of 100"), (99.97, "99.9 of 100"), (100.0, "every good photo")],
)
def test_worse_than(percentile, words):
    assert words in wording.worse_than(percentile)


@pytest.mark.parametrize(
    ("row", "name", "words"),
    [
        (photo(1), "none", ""),
        (photo(1, 99.0), "flagged", "Flagged"),
        (photo(1, 97.5, percentile_low=96.0), "unsure", "Unsure"),
        (photo(1, 99.0, decision="keep"), "kept", "Kept"),
        (photo(1, 99.0, status="deleted"), "deleted", "In the trash"),
        (photo(1, kind="scan"), "quiet", "Scan"),
        (photo(1, None), "waiting", "Not scored yet"),
        (photo(1, status="offline", decision="keep"), "quiet", "Offline"),
        (photo(1, None, status="error"), "error", "Not readable"),
        (photo(1, None, status="error", error_code="no-face"), "error", "Not judged"),
    ],
)
def test_verdicts(row, name, words):
    assert wording.verdict(row, 0.03) == wording.Verdict(name, words)


def test_names_that_are_not_utf8_can_be_shown():
    assert wording.printable("a\udcff\n.jpg") == "a? .jpg"


def test_an_error_is_told_without_its_folders():
    row = photo(1, None, status="error", error_message="/album/img1.jpg is cut short; copy it.")
    assert wording.trouble(row) == "img1.jpg is cut short; copy it."


def test_the_interval_of_the_strictness_holds_its_own_share():
    words = wording.calibration_words(1000, 0.03)
    assert "1,000 good photos" in words
    low, high = (float(part) for part in words.split(": ")[1].split(" of")[0].split(" to "))
    # Wilson's interval for 30 of 1,000, from tables: 2.1 % to 4.3 %.
    assert (low, high) == (2.1, 4.3)
    assert wording.calibration_words(0, 0.03) == ""


def test_nothing_to_decide_says_why():
    offline = wording.nothing_to_decide("delete", [photo(1, status="offline")])
    assert "img1.jpg is offline" in offline.text
    trashed = wording.nothing_to_decide("delete", [photo(1, status="deleted")])
    assert "Already in the trash" in trashed.text
    assert wording.nothing_to_decide("keep", []).text == "No photo is chosen."


def test_a_photo_is_named_with_everything_that_went_along():
    moved = DecisionResult(
        "/album/a.jpg",
        "delete",
        "done",
        None,
        None,
        ("/album/a.CR2", "/album/a.MOV", "/album/a.xmp"),
    )
    assert "a.jpg, a.CR2, a.MOV and a.xmp." in toast(moved).text


def test_the_prompt_counts_companions_and_says_which_trash():
    preview = DeletePreview(2, ("/album/a.CR2", "/album/a.xmp"), 30_000_000, ("/mnt/.Trash-1000",))
    details = wording.delete_prompt([photo(1), photo(2)], preview=preview).details
    assert "30 MB" in details
    assert "2 files that belong to them go along: a.CR2 and a.xmp." in details
    assert "/mnt/.Trash-1000" in details


def test_the_prompt_says_where_there_is_no_trash():
    preview = DeletePreview(2, (), 3000, ())
    assert "no trash" in wording.delete_prompt([photo(1), photo(2)], preview=preview).details


def test_every_error_code_of_the_program_has_words():
    sources = (Path(lqalbum.__file__).parent).rglob("*.py")
    found = {
        code
        for source in sources
        for code in re.findall(r"PhotoError\(\s*\"([a-z-]+)\"", source.read_text("utf-8"))
    }
    assert {"truncated", "empty", "not-an-image"} <= found
    for code in sorted(found | {"no-face", "below-model", "no-raw-reader", "not-scored"}):
        words = wording.why(photo(1, None, status="error", error_code=code), 0.03)
        assert words, code
        assert words != code
