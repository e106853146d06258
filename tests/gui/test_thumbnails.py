import io

import pytest
from PIL import Image

from lqalbum.gui import thumbnails as room
from lqalbum.gui.thumbnails import Thumbnails, TilePicture, scaled


def jpeg(width, height):
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture
def asked():
    return []


@pytest.fixture
def cache(qapp, asked):
    def read(sha256, part):
        asked.append((sha256, part))
        return None if sha256 == "none" else jpeg(256, 192)

    cache = Thumbnails(read)
    yield cache
    cache.close()


def wanted(sha256="a", side=128):
    return TilePicture(sha256, "photo", side, side)


def test_a_picture_comes_later_and_fits(cache, qtbot):
    with qtbot.waitSignal(cache.arrived):
        assert cache.get(wanted()) is None
    found = cache.get(wanted())
    assert (found.width(), found.height()) == (128, 96)
    assert cache.is_final(wanted())


def test_a_picture_is_asked_for_once_while_it_is_painted_often(cache, qtbot, asked):
    with qtbot.waitSignal(cache.arrived):
        for _ in range(50):
            cache.get(wanted())
    assert asked == [("a", "photo")]


def test_another_size_is_fetched_while_the_old_one_is_shown(cache, qtbot, asked):
    with qtbot.waitSignal(cache.arrived):
        cache.get(wanted(side=128))
    assert cache.get(wanted(side=64), exact=False) is not None
    assert len(asked) == 1
    with qtbot.waitSignal(cache.arrived):
        assert cache.get(wanted(side=64)).width() == 128
    assert cache.get(wanted(side=64)).width() == 64


def test_what_is_not_there_is_not_asked_for_again_until_told(cache, qtbot, asked):
    with qtbot.waitSignal(cache.arrived):
        cache.get(wanted("none"))
    assert cache.get(wanted("none")) is None
    assert cache.is_final(wanted("none"))
    assert len(asked) == 1
    cache.look_again()
    with qtbot.waitSignal(cache.arrived):
        cache.get(wanted("none"))
    assert len(asked) == 2


def test_the_oldest_pictures_make_room(cache, qtbot, monkeypatch):
    monkeypatch.setattr(room, "KEPT_BYTES", 3 * 128 * 96 * 4)
    for sha256 in "abcd":
        with qtbot.waitSignal(cache.arrived):
            cache.get(wanted(sha256))
    assert [key for key, _ in cache._kept] == ["b", "c", "d"]


def test_a_damaged_picture_is_none(qapp):
    assert scaled(b"no jpeg", 100, 100).isNull()
    assert scaled(jpeg(10, 20), 100, 100).height() == 40
