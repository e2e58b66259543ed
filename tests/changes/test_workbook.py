"""The workbook of a comparison: what it holds, that texts stay texts, that the same input gives the same bytes."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.workbook import Workbook

from regsheet.changes.comparison import Comparisons
from regsheet.changes.files import is_own_report
from regsheet.changes.run import compare_paths
from regsheet.changes.workbook import comparison_workbook

from .conftest import good_rows, write_register


@pytest.fixture
def compared(tmp_path: Path) -> Comparisons:
    rows = good_rows()
    rows[0] |= {"Residual Likelihood": 5, "Residual Rating": 15, "Risk Owner": '=HYPERLINK("http://x","y")'}
    rows[1] |= {"Cause": "Pay lags behind neighbouring councils and private firms\x07", "Status": "Closed"}
    rows[2] |= {"Ref": "=1+1"}
    rows[7] = {**rows[7], "Ref": "R20", "Risk Title": "Devolution", "Cause": "Ministers decide", "Consequence": "Posts",
               "Existing Controls": "Leader lobbies"}  # fmt: skip
    return compare_paths(write_register(tmp_path / "Q3.xlsx", good_rows()), write_register(tmp_path / "Q4.xlsx", rows))


def _opened(compared: Comparisons) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(comparison_workbook(compared)), rich_text=True)


def test_its_sheets_are_set_up_to_read_and_print(compared: Comparisons) -> None:
    book = _opened(compared)
    assert book.sheetnames == ["What changed", "Risks side by side", "Scores", "New and closed"]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert [table.autoFilter for table in sheet.tables.values()]
    assert book["Scores"].freeze_panes == "C5"


def test_text_never_becomes_a_formula(compared: Comparisons) -> None:
    for sheet in _opened(compared):
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_words_that_went_and_came_are_marked_by_more_than_colour(compared: Comparisons) -> None:
    rows = list(_opened(compared)["Risks side by side"].iter_rows(min_row=5, values_only=True))
    (cause,) = (row for row in rows if row[2] == "cause")
    before, after = (
        [(block.text.strip(), bool(block.font.strike), bool(block.font.b and block.font.u)) for block in cell
         if isinstance(block, TextBlock)]
        for cell in cause[4:6] if isinstance(cell, CellRichText)
    )  # fmt: skip
    assert ("authorities", True, False) in before
    assert ("councils", False, True) in after


def test_what_changed_in_sentences(compared: Comparisons) -> None:
    rows = {row[1]: row for row in _opened(compared)["What changed"].iter_rows(values_only=True) if row[6]}
    assert rows["Devolution"][3] == "+ new"
    assert rows["Fire in a tower block"][3] == "− no longer there"
    assert rows["Loss of key staff"][3] == "✓ marked as closed"
    flood = rows["Flooding of the depot"]
    assert flood[4:6] == ("6 (White)", "15 (Red)")
    assert flood[6].split("\n")[0] == "Residual risk rose: 6 (White) → 15 (Red), likelihood 2 → 5."


def test_same_input_same_bytes_and_known_as_ours(compared: Comparisons, tmp_path: Path) -> None:
    content = comparison_workbook(compared)
    assert content == comparison_workbook(compared)
    (tmp_path / "out.xlsx").write_bytes(content)
    assert is_own_report(tmp_path / "out.xlsx")
    assert not is_own_report(tmp_path / "Q3.xlsx")


def test_nothing_changed_is_said(tmp_path: Path) -> None:
    one, other = (write_register(tmp_path / name, good_rows()) for name in ("Q3.xlsx", "Q4.xlsx"))
    book = _opened(compare_paths(one, other))
    assert book.sheetnames == ["What changed"]
    assert "Nothing changed." in [cell.value for row in book["What changed"].iter_rows() for cell in row]
