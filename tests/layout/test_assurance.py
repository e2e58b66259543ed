"""Assurance maps of every shape."""

from tests.layout.small_sheets import fields, sheet, tables

from regsheet.grid.cells import TextRun

LINES = ["First Line of Defence", "Second Line of Defence", "Third Line of Defence"]


def test_bulleted_cells_under_a_risk_that_stands_above() -> None:
    made = sheet(
        [
            ["Assurance Map"],
            ["Directorate: Halls and Parks"],
            [],
            ["Register risk:"],
            ["4. Fallen trees - Risk of harm from trees in parks"],
            [],
            LINES,
            ["• Patrols\n• Training", "• Board", "• Audit 2023"],
        ],
        ["A5:C5"],
    )
    (table,) = tables(made, kind="assurance-map")
    assert fields(table) == {"A": "line_1", "B": "line_2", "C": "line_3"}
    assert table.rows == (8,)
    assert table.context["cluster"] == "Halls and Parks"
    assert table.context["risk_title"] == "Fallen trees"
    assert table.context["risk_ref"] == "4"


def test_the_bold_part_of_a_risk_is_its_title() -> None:
    made = sheet([["7. Fallen trees and branches in parks harm people who walk"], [], LINES, ["• a", "• b", "• c"]])
    made.rich_text[1, 1] = (
        TextRun("7. ", False, False),
        TextRun("Fallen trees and branches", True, False),
        TextRun(" in parks", False, False),
    )
    (table,) = tables(made, kind="assurance-map")
    assert table.context["risk_title"] == "Fallen trees and branches"


def test_several_risks_stacked_on_one_sheet() -> None:
    one = [["Risk: 1. Fallen trees - in parks"], [], LINES, ["• Patrols", "• Board", "• Audit"], []]
    two = [["Risk: 2. Deep ponds - in parks"], [], LINES, ["• Fences", "• Committee", "• Inspector"]]
    found = tables(sheet([["Cluster – Parks"], *one, *two]), kind="assurance-map")
    assert [(table.context["risk_title"], table.rows) for table in found] == [
        ("Fallen trees", (5,)),
        ("Deep ponds", (10,)),
    ]
    assert all(table.context["cluster"] == "Parks" for table in found)


def test_one_item_a_row_with_cluster_and_risk_columns() -> None:
    rows = [
        ["Cluster", "Risk", *LINES],
        ["Parks", "Fallen trees", "Patrols", "Board", "Audit"],
        [None, None, "Training", "Committee", None],
    ]
    (table,) = tables(sheet(rows), kind="assurance-map")
    assert fields(table)["B"] == "risk"
    assert table.rows == (2, 3)
    assert table.n_risks == 1


def test_one_risk_a_row_with_its_own_words_for_the_lines() -> None:
    rows = [
        [
            "Ref",
            "Risk title",
            "Management control",
            "Corporate oversight",
            "Independent assurance",
            "Assurance opinion",
        ],
        ["1", "Fallen trees", "Patrols", "Board", "Audit", "Limited"],
        ["2", "Deep ponds", "Fences", "Board", "", "None"],
    ]
    (table,) = tables(sheet(rows), kind="assurance-map")
    assert list(fields(table).values()) == ["risk_ref", "risk_title", "line_1", "line_2", "line_3", "opinion"]
    assert table.n_risks == 2


def test_a_column_for_the_line_and_one_for_the_item() -> None:
    rows = [
        ["Risk", "Line of defence", "Source of assurance", "Date"],
        ["Fallen trees", "1", "Patrols", "May 2024"],
        ["Fallen trees", "3", "Audit", "June 2024"],
    ]
    (table,) = tables(sheet(rows), kind="assurance-map")
    assert {"line", "item", "date"} <= set(fields(table).values())
