"""Texts made to keep a search busy: as long as a cell can be, in every column, through the whole line within bounds."""

import pytest
from tests.hostile.conftest import Run
from tests.hostile.workbooks import register_bytes, rows_with

from regsheet.limits import MAX_TEXT_LENGTH
from regsheet.writer.traces import has_traces, our_sheets

PIECES = [
    "a", "1", " ", "-", "=", "(", "[", ".", "'", '"', "1 ", "a ", "a, ", "1/", "1.", "1-", "1 x ", "(1) ", "- a\n",
    "1 - ", "L1 ", "a and ", "1/1/", "Jan-24 ", "2024 ", "Q1 ", "Head of ", 'IF(A1>=1,"a",', "\u00a0", "\t", "•", "A1*",
    "high ", "due to ", "\n", "complete ", "Risk ", "_x", "up to ", "“", ", Director ", "é",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_long_texts_everywhere(piece: str, run_whole: Run) -> None:
    text = (piece * MAX_TEXT_LENGTH)[: MAX_TEXT_LENGTH - 1] + "!"
    rows = rows_with({}, 8)
    rows[1] = [text] * 15
    rows[3] = [text if isinstance(value, str) or value is None else value for value in rows[3]]
    assert run_whole(register_bytes(rows)) == "annotated"


def test_a_sheet_that_is_almost_ours() -> None:
    from regsheet.grid.cells import Cell, Grid, Sheet
    from regsheet.writer.sheets.wording import wording

    for section in ("summary", "findings", "heatmap", "changes"):
        subtitle = str(wording(section)["subtitle"])
        pieces = [part.partition("}")[2] for part in subtitle.split("{")[1:]]
        long = subtitle.partition("{")[0] + "".join(piece * 3_000 for piece in pieces if piece) + "!"
        cells = {(1, 1): Cell(1, 1, wording(section)["title"], None, 0), (2, 1): Cell(2, 1, long, None, 0)}
        grid = Grid([Sheet("Findings", 0, cells=cells)], "xlsx")
        assert has_traces(grid) == bool(our_sheets(grid))
