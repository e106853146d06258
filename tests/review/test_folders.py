from lqalbum.review.folders import Folder, Folders
from tests.review.rows import photo


def tree(*paths, root="/album"):
    folders = Folders()
    for number, path in enumerate(paths):
        folders.count(photo(number, path=path, root=root), 1)
    return folders.tree()


def test_a_folder_counts_what_is_below_it():
    found = tree("/album/2024/june/a.jpg", "/album/2024/b.jpg", "/album/2023/c.jpg", "/album/d.jpg")
    assert found == (
        Folder("/album", None, 4),
        Folder("/album/2023", "/album", 1),
        Folder("/album/2024", "/album", 2),
        Folder("/album/2024/june", "/album/2024", 1),
    )


def test_every_folder_comes_after_the_one_it_is_in():
    # As plain text "a b" would come between "a" and "a/x".
    found = [folder.path for folder in tree("/album/a/x/1.jpg", "/album/a b/2.jpg")]
    assert found == ["/album", "/album/a", "/album/a/x", "/album/a b"]


def test_folders_between_hold_no_photo_of_their_own():
    assert tree("/album/a/b/c/1.jpg")[1:] == (
        Folder("/album/a", "/album", 1),
        Folder("/album/a/b", "/album/a", 1),
        Folder("/album/a/b/c", "/album/a/b", 1),
    )


def test_the_whole_disk_may_be_the_album():
    assert tree("/pictures/1.jpg", root="/") == (
        Folder("/", None, 1),
        Folder("/pictures", "/", 1),
    )


def test_photos_that_leave_are_counted_out_and_their_folder_stays():
    folders = Folders()
    row = photo(1, path="/album/a/1.jpg")
    folders.count(row, 1)
    before = folders.tree()
    assert folders.tree() is before
    folders.count(row, -1)
    assert folders.tree() == (Folder("/album", None, 0), Folder("/album/a", "/album", 0))
