"""The heatmap of somebody's own risks."""

import io

import pytest
from PIL import Image

from regsheet.mail.picture import SCALE, heatmaps
from regsheet.mail.recipients import OwnRisk
from regsheet.pipeline import read


def picture(heatmap):
    return Image.open(io.BytesIO(heatmap.png))


def test_it_shows_what_the_table_says(contents):
    (heatmap,) = heatmaps(contents.book, [OwnRisk(0, 7), OwnRisk(0, 9)])
    assert [(line.ref, line.likelihood, line.impact, line.rating, line.band) for line in heatmap.lines] == [
        ("SR8", "2", "4", "8", "Amber"),
        ("SR10", "4", "3", "12", "Amber"),
    ]
    assert all(line.ref in heatmap.alternative for line in heatmap.lines)
    image = picture(heatmap)
    assert (image.width, image.height) == (SCALE * heatmap.width, SCALE * heatmap.height)
    colours = {colour for _, colour in image.getcolors(1 << 20)}
    assert {(255, 0, 0), (255, 192, 0), (255, 255, 255)} <= colours


def test_a_reference_stands_in_its_cell_only(contents):
    """Two people's pictures differ where their risks are, and nowhere else."""
    one, other = (picture(heatmaps(contents.book, [OwnRisk(0, index)])[0]) for index in (7, 9))
    places = [(x, y) for x in range(0, one.width, 2) for y in range(0, one.height, 2)]
    pixels = [place for place in places if one.getpixel(place) != other.getpixel(place)]
    cell_width, cell_height = 88 * SCALE, 48 * SCALE
    cells = {((x - 122 * SCALE) // cell_width, (y - 22 * SCALE) // cell_height) for x, y in pixels}
    assert cells == {(3, 3), (2, 1)}


def test_the_same_picture_each_time(contents):
    risks = [OwnRisk(0, 7)]
    assert heatmaps(contents.book, risks) == heatmaps(contents.book, risks)


def test_many_risks_in_one_cell_are_counted(make_register):
    book = read(make_register(rows=80))
    (heatmap,) = heatmaps(book, [OwnRisk(0, index) for index in range(80)])
    assert len(heatmap.lines) == 80
    assert picture(heatmap).height < 2000
    assert len(heatmap.alternative) <= 1000


@pytest.mark.parametrize("scores", [(None, None), ("high", 3)])
def test_what_has_no_place_is_in_the_table(make_register, scores):
    changes = {(1, "Residual Likelihood"): scores[0], (1, "Residual Impact"): scores[1], (1, "Residual Rating"): None}
    (heatmap,) = heatmaps(read(make_register(changes)), [OwnRisk(0, 0)])
    assert heatmap.png == b""
    assert heatmap.lines[0].rating == ""
    assert "R1" in heatmap.alternative


def test_without_a_register_there_is_none():
    assert heatmaps(None, [OwnRisk(0, 0)]) == ()
