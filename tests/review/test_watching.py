"""Changes to the list of watched folders, before anything is done about them."""

from lqalbum.library.records import WatchedFolder
from lqalbum.review.watching import FolderChanges, folder_lines, removed_toast

WATCHED = (WatchedFolder("/a", True, 1200), WatchedFolder("/b", False, 3))


def states(changes: FolderChanges) -> list[tuple[str, str, str]]:
    return [(line.name, line.photos, line.state) for line in folder_lines(WATCHED, changes)]


def test_folders_are_listed_with_count_and_state():
    assert states(FolderChanges()) == [
        ("/a", "1,200", "There"),
        ("/b", "3", "Not there: drive or folder is missing"),
    ]


def test_a_folder_leaves_the_list_and_comes_back():
    leaving = FolderChanges().toggled("/a")
    assert leaving
    assert states(leaving)[0] == ("/a", "1,200", "Leaves the list")
    assert leaving.toggled("/a") == FolderChanges()
    assert leaving.with_added("/a", WATCHED) == FolderChanges()
    assert not FolderChanges()


def test_a_folder_is_added_once():
    added = FolderChanges().with_added("/c", WATCHED).with_added("/c", WATCHED)
    assert states(added)[2:] == [("/c", "", "Will be added")]
    assert added.toggled("/c") == FolderChanges()
    assert FolderChanges().with_added("/b", WATCHED) == FolderChanges()


def test_what_comes_later_counts():
    first, then = FolderChanges(("/c",), ("/a",)), FolderChanges(("/a",), ("/b", "/c"))
    assert then.after(first) == FolderChanges(("/a",), ("/b", "/c"))


def test_the_note_says_that_nothing_was_touched():
    words = removed_toast("/a\udcff", 3).text
    assert words.startswith("/a? is not watched any more (3 photos).")
    assert "decisions are as they were" in words
