"""Whatever the cells hold, the layout stage answers; and its time grows with the rows, no faster."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regsheet.grid.addresses import Area
from regsheet.grid.cells import Cell, CellError, CellStyle, ConditionalFormat, Grid, Sheet, Validation
from regsheet.layout import find_tables
from regsheet.layout.vocabulary import vocabulary

WORDS = st.sampled_from(sorted(vocabulary().headings))
PIECES = st.sampled_from(
    [
        None,
        "",
        " ",
        "4 20",
        "3 4 1",
        "4x4=16",
        "20 (Critical)",
        "3–4",
        "High",
        "Rare",
        "Total",
        "Risk:",
        "R-001",
        "Sep-24",
        "é",
        "↑",
        "1. Title - text",
        "• a\n• b",
        "15-25 Red",
        "< 8",
        "5 - Severe",
        CellError("#REF!"),
        dt.datetime(2024, 1, 1),
        dt.time(3),
        True,
        "First line of defence",
        "Second line of defence",
        "Likelihood",
        "Impact",
        1,
        2,
        3,
        4,
        5,
        0.5,
        -7,
        1e300,
        float("nan"),
        float("inf"),
    ]
)
VALUES = st.one_of(WORDS, PIECES, st.text(max_size=30), st.integers(), st.floats())
FORMULAS = st.sampled_from(
    [None, None, None, "F5*G5", "[@L]*[@I]", 'IF(A1>3,"High","Low")', "SUM(A1:B2)", "VLOOKUP(A1,B:C,2)", "((", "A1", ""]
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    made = Sheet(
        draw(st.sampled_from(["Sheet1", "Risk register", "Key"])),
        0,
        styles=[CellStyle(), CellStyle(fill="FF0000", bold=True)],
    )
    rows, columns = draw(st.integers(0, 9)), draw(st.integers(1, 9))
    for row in range(1, rows + 1):
        headings = draw(st.booleans())
        for column in range(1, columns + 1):
            value = draw(WORDS if headings else VALUES)
            made.cells[row, column] = Cell(row, column, value, draw(FORMULAS), draw(st.integers(0, 3)))
    for _ in range(draw(st.integers(0, 3))):
        top, left = draw(st.integers(1, 9)), draw(st.integers(1, 9))
        made.merges.append(Area(top, left, top + draw(st.integers(0, 1_000_000)), left + draw(st.integers(0, 16_000))))
    operator = draw(st.sampled_from(["between", "greaterThan", None]))
    made.conditional_formats = [
        ConditionalFormat((Area(1, 1, 5, 5),), "cellIs", operator, ("1", "x"), "FF0000", None, 1)
    ]
    made.validations = [Validation((Area(1, 1, 9, 9),), "list", None, draw(st.sampled_from([('"1,2"',), ("a",), ()])))]
    return made


@given(st.lists(sheets(), max_size=2))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_grid_gets_an_answer(made: list[Sheet]) -> None:
    for table in find_tables(Grid(made, "xlsx")).tables:
        assert table.header_rows[0] <= table.header_rows[1]
        assert list(table.rows) == sorted(set(table.rows))
        named = [column.field for column in table.columns if column.field]
        assert len(named) == len(set(named))
        assert 0 <= table.confidence <= 1


def test_a_long_register_is_read_to_its_end() -> None:
    heads = ["Risk ID", "Risk Description", "Likelihood", "Impact", "Score", "Controls", "Owner"]
    made = Sheet("Register", 0, styles=[CellStyle()])
    rows = [
        heads,
        *[[f"R{n}", f"Thing {n} fails", n % 5 + 1, 2, 2 * (n % 5 + 1), "Guards", "Head"] for n in range(3000)],
    ]
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            made.cells[row, column] = Cell(row, column, value, None, 0)
    (table,) = find_tables(Grid([made], "xlsx")).tables
    assert table.n_risks == 3000
