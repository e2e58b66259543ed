"""Colours: what is flagged, what can be read, what goes round a merge."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from workbooks import finding

from regsheet.grid.addresses import Area
from regsheet.rules.findings import Severity
from regsheet.writer.highlight import LEAST_CONTRAST, contrast, flagged_cells, legible_colour, outline

COLOURS = st.from_regex(r"[0-9A-F]{6}", fullmatch=True)


@given(COLOURS | st.none(), COLOURS)
def test_text_can_be_read_on_any_fill(font: str | None, fill: str) -> None:
    chosen = legible_colour(font, fill)
    assert contrast(chosen or font or "000000", fill) >= LEAST_CONTRAST


def test_a_font_that_can_be_read_is_kept() -> None:
    assert legible_colour(None, "FFC000") is None
    assert legible_colour("1F4E79", "FFFFFF") is None
    assert legible_colour("FFFFFF", "FFFFFF") == "000000"
    assert legible_colour(None, "404040") == "FFFFFF"
    assert round(contrast("000000", "FFFFFF"), 3) == 21


def test_findings_are_gathered_by_cell_worst_first_and_waived_ones_left_out() -> None:
    worst = finding("B2", code="SC002")
    mild = replace(finding("B2", code="AA001"), severity=Severity.NOTE)
    waived = replace(finding("C3"), status="waived")
    nowhere = replace(finding("D4"), cell=None)
    assert flagged_cells([mild, worst, waived, nowhere]) == {"Register": {(2, 2): [worst, mild]}}


@given(st.integers(1, 6), st.integers(1, 6))
def test_the_outline_of_an_area_has_each_outer_side_once(height: int, width: int) -> None:
    area = Area(3, 4, 2 + height, 3 + width)
    sides = outline(area)
    assert all(cell in area for cell in sides)
    counted = [side for cell in sides.values() for side in cell]
    assert {side: counted.count(side) for side in ("left", "right", "top", "bottom")} == {
        "left": height, "right": height, "top": width, "bottom": width,
    }  # fmt: skip
