import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt

from lqalbum.gui.tiles import DEFAULT_PX, Lattice, cell_size, fitted, tile_layout


@pytest.mark.parametrize(
    "size", [(4000, 3000), (3000, 4000), (3000, 3000), (4032, 2268), (2268, 4032)]
)
def test_both_halves_of_a_pair_are_128_px_at_the_default_size(size):
    cell = QRect(QPoint(0, 0), cell_size(DEFAULT_PX))
    layout = tile_layout(cell, is_pair=True, is_wide=size[0] > size[1])
    thumbnail = QSize(*size).scaled(256, 256, KEEP)
    for box in (layout.photo, layout.reconstruction):
        shown = fitted(thumbnail, box)
        assert max(shown.width(), shown.height()) >= 128
        assert box.contains(shown)
        assert layout.pictures.contains(box)
    assert not layout.photo.intersects(layout.reconstruction)


KEEP = Qt.AspectRatioMode.KeepAspectRatio


def test_a_photo_alone_has_the_whole_cell():
    layout = tile_layout(QRect(10, 20, 278, 322), is_pair=False, is_wide=True)
    assert layout.photo == layout.pictures
    assert layout.reconstruction is None
    assert layout.verdict.bottom() < 20 + 322


def test_a_small_picture_is_enlarged_twice_at_most():
    assert fitted(QSize(20, 10), QRect(0, 0, 200, 200)).size() == QSize(40, 20)
    assert fitted(QSize(0, 0), QRect(0, 0, 200, 200)).isEmpty()


@pytest.mark.parametrize("width", [120, 300, 1142, 1918, 3000])
@pytest.mark.parametrize("count", [1, 7, 1000])
def test_every_cell_is_found_where_it_is_painted(width, count):
    lattice = Lattice.of(width, DEFAULT_PX)
    for position in {0, count // 2, count - 1}:
        box = lattice.box(position, scrolled_px=0)
        assert lattice.position_at(box.center().x(), box.center().y()) == position
        inner = box.adjusted(1, 1, -1, -1)
        assert lattice.touched(inner, count) == [(position, position)]
        assert box.bottom() < lattice.height_px(count)
        if width > 300:
            assert box.left() >= 0
            assert box.right() < width


def test_cells_do_not_overlap_and_the_space_between_them_is_nobodys():
    lattice = Lattice.of(1000, DEFAULT_PX)
    boxes = [lattice.box(position, 0) for position in range(9)]
    for first in boxes:
        assert sum(first.intersects(other) for other in boxes) == 1
    between = (boxes[0].right() + boxes[1].left()) // 2
    assert lattice.position_at(between, boxes[0].center().y()) is None
    assert lattice.touched(QRect(0, 0, 1000, 400), 9) == [(0, 2), (3, 5)]
    assert lattice.touched(QRect(0, 0, 1000, 5000), 8)[-1] == (6, 7)
