"""Where headings stand and what they mean, in sheets of every shape that registers take."""

from hypothesis import given
from hypothesis import strategies as st
from tests.layout.small_sheets import fields, register, sheet, tables

from regsheet.grid.cells import CellError
from regsheet.layout.assurance import is_map_row
from regsheet.layout.headings import is_heading_row
from regsheet.layout.view import SheetView

PLAIN = ["Risk ID", "Risk Description", "Likelihood", "Impact", "Risk Score", "Mitigation", "Risk Owner", "Status"]


def plain_rows(count: int = 4) -> list[list[object]]:
    return [
        [
            f"R{n}",
            f"The boiler of hall {n} fails in winter",
            n % 5 + 1,
            3,
            3 * (n % 5 + 1),
            "Service it",
            "Head of Halls",
            "Open",
        ]
        for n in range(1, count + 1)
    ]


@given(
    st.lists(st.sampled_from([*PLAIN, "First line of defence", "Second line of defence", "x", 3, CellError("#N/A")]))
)
def test_rows_that_are_not_wordy_head_nothing(row: list[object]) -> None:
    view = SheetView(sheet([row]))
    assert view.wordy_rows or not any(is_heading_row(view, one) or is_map_row(view, one) for one in view.rows)


def test_one_row_of_headings() -> None:
    table = register(sheet([PLAIN, *plain_rows()]))
    assert table.header_rows == (1, 1)
    assert fields(table) == {
        "A": "ref",
        "B": "title",
        "C": "inherent_likelihood",
        "D": "inherent_impact",
        "E": "inherent_rating",
        "F": "actions",
        "G": "owner",
        "H": "status",
    }
    assert table.n_risks == 4
    assert table.rating_rule == "product"


def test_title_legend_and_gap_stand_above() -> None:
    rows = [["Hall trust: risk register"], ["Owner: the trust"], [], ["1 = low, 5 = high"], [], PLAIN, *plain_rows()]
    table = register(sheet(rows, merges=["A1:H1"]))
    assert table.header_rows == (6, 6)
    assert table.rows == (7, 8, 9, 10)


def test_groups_over_three_columns_name_the_stage_and_impact_may_come_first() -> None:
    rows = [
        ["", "", "Gross", "", "", "", "Net risk", "", ""],
        ["Ref", "Risk", "Likelihood", "Impact", "Total", "Existing controls", "Impact", "Likelihood", "Total"],
        ["1", "A flood closes the depot", 4, 5, 20, "Pumps", 3, 2, 6],
        ["2", "A strike stops collections", 3, 4, 12, "Talks", 4, 2, 8],
        ["3", "The roof leaks on the archive", 2, 4, 8, "Sheets", 4, 1, 4],
    ]
    for merges in (["C1:E1", "G1:I1"], []):
        table = register(sheet(rows, merges=merges))
        assert table.header_rows == (1, 2)
        assert fields(table) == {
            "A": "ref",
            "B": "title",
            "C": "inherent_likelihood",
            "D": "inherent_impact",
            "E": "inherent_rating",
            "F": "controls",
            "G": "residual_impact",
            "H": "residual_likelihood",
            "I": "residual_rating",
        }
        assert table.stage_name("residual") == "Net"
        assert dict(table.rules_by_stage) == {"inherent": "product", "residual": "product"}


def test_three_rows_of_headings_with_help_below_and_letters_for_scores() -> None:
    rows = [
        ["Identify", "", "", "Assess", "", "", "", "", ""],
        ["Ref", "Risk", "Cause", "Pre-mitigation", "", "", "Post-mitigation", "", ""],
        ["", "", "", "L", "I", "Score", "L", "I", "Score"],
        ["Unique number", "Describe the risk", "What is the cause?", "", "", "", "", "", ""],
        [1, "A flood closes the depot", "The river rises", 4, 5, 20, 2, 3, 6],
        [2, "A strike stops collections", "Talks on pay fail", 3, 4, 12, 2, 4, 8],
    ]
    merges = ["A1:C1", "D1:I1", "D2:F2", "G2:I2", "A2:A3", "B2:B3", "C2:C3"]
    table = register(sheet(rows, merges))
    assert table.rows == (5, 6)
    found = fields(table)
    assert found["D"] == "inherent_likelihood"
    assert found["H"] == "residual_impact"
    assert found["C"] == "cause"


def test_spacer_columns_do_not_part_a_register() -> None:
    wide = [[*row[:5], None, *row[5:]] for row in [PLAIN, *plain_rows()]]
    assert fields(register(sheet(wide)))["G"] == "actions"


def test_names_with_underscores_and_humps_and_scales_in_brackets() -> None:
    rows = [
        ["RiskID", "riskDescription", "Likelihood_1_5", "Impact (1 - 5)", "Risk_Score", "MitigationPlan"],
        *plain_rows(),
    ]
    assert list(fields(register(sheet(rows))).values())[:6] == [
        "ref",
        "title",
        "inherent_likelihood",
        "inherent_impact",
        "inherent_rating",
        "actions",
    ]


def test_misspelt_headings_are_close_enough() -> None:
    rows = [["Risk ID", "Risk Desciption", "Likelihod", "Impcat score", "Mitigaton plan", "Risk Ownr"]]
    rows += [
        ["R1", "A flood closes the depot", 4, 5, "Pumps", "Depot lead"],
        ["R2", "The roof leaks", 2, 2, "Sheets", "Depot lead"],
    ]
    found = fields(register(sheet(rows)))
    assert found["B"] == "title"
    assert found["C"] == "inherent_likelihood"
    assert found["F"] == "owner"


def test_questions_as_headings() -> None:
    rows = [
        [
            "Ref",
            "What is the risk?",
            "What could happen as a result?",
            "What are we already doing about it?",
            "How likely is it?",
            "How bad would it be?",
            "What more will we do?",
            "Who is responsible?",
        ],
        [
            "1",
            "A flood closes the depot",
            "No bins are emptied",
            "Pumps are kept ready",
            4,
            5,
            "Build a wall",
            "Depot lead",
        ],
        ["2", "The roof leaks", "Papers are spoilt", "Sheets over the shelves", 2, 3, "Mend it", "Archive lead"],
    ]
    assert fields(register(sheet(rows))) == {
        "A": "ref",
        "B": "title",
        "C": "consequence",
        "D": "controls",
        "E": "inherent_likelihood",
        "F": "inherent_impact",
        "G": "actions",
        "H": "owner",
    }


def test_a_column_without_a_field_keeps_its_heading() -> None:
    table = register(sheet([[*PLAIN, "Favourite colour"], *[[*row, "teal"] for row in plain_rows()]]))
    last = table.columns[-1]
    assert (last.heading, last.field) == ("Favourite colour", None)


def test_every_decision_gives_its_reason() -> None:
    table = register(sheet([PLAIN, *plain_rows()]))
    reasons = {column.field: column.reason for column in table.columns}
    assert 'heading says "Likelihood"' in reasons["inherent_likelihood"]
    assert "values 2–5" in reasons["inherent_likelihood"]
    assert all(0 < column.confidence <= 1 for column in table.columns if column.field)


def test_two_registers_on_one_sheet_and_one_on_another() -> None:
    first = sheet(
        [PLAIN, *plain_rows(), [], [], ["Opportunities"], PLAIN[:6], *[row[:6] for row in plain_rows(2)]], name="A"
    )
    # The same headings again are a page of the same register only where the columns are the same throughout.
    second = sheet(
        [PLAIN, *[[f"X{n}", f"Another thing {n} goes wrong here", 1, 2, 2, "Fix", "Me", "Open"] for n in range(3)]],
        name="B",
    )
    assert sum(table.n_risks for table in tables(first, second)) == 4 + 2 + 3
