"""Columns that the configuration settles: found again by their headings, and above every guess."""

import pytest
from tests.layout.small_sheets import fields, register, sheet

from regsheet.grid.cells import Grid
from regsheet.layout import ColumnMapping, find_tables, mappings_of
from regsheet.layout.settled import SETTLED, heading_names
from regsheet.layout.tables import Column, Table

HEADINGS = ["Ref", "Risk", "Cause", "Likelihood", "Impact", "Score", "Controls", "Owner"]
ROWS = [
    [f"R{number}", f"Loss of site {number}", "An old boiler fails", 3, 4, 12, "Yearly inspection", "Head of Property"]
    for number in range(1, 6)
]


def read(*sheets, mapping):
    """The register of a workbook read with one mapping."""
    found = find_tables(Grid(list(sheets), "xlsx"), [ColumnMapping(mapping)]).of_kind("register")
    assert len(found) == 1
    return found[0]


def test_a_mapping_outweighs_headings_and_values():
    table = read(sheet([HEADINGS, *ROWS]), mapping={"Cause": "consequence", "Owner": "none"})
    found = fields(table)
    assert found["C"] == "consequence"
    assert "H" not in found
    assert found["B"] == "title"
    assert table.columns[2].reason == table.columns[7].reason == SETTLED
    assert table.columns[2].confidence == 1.0


def test_a_guess_gives_way_to_a_column_that_is_settled():
    table = read(sheet([HEADINGS, *ROWS]), mapping={"Cause": "title"})
    assert fields(table)["C"] == "title"
    assert list(fields(table).values()).count("title") == 1


def test_stages_are_settled_and_the_rating_rule_goes_by_them():
    mapping = {"Likelihood": "target_likelihood", "Impact": "target_impact", "Score": "target_rating"}
    table = read(sheet([HEADINGS, *ROWS]), mapping=mapping)
    assert {name for name in fields(table).values() if "_" in name} == set(mapping.values())
    assert table.rating_rule == "product"


@pytest.mark.parametrize("order", [[7, 6, 5, 4, 3, 2, 1, 0], [3, 4, 5, 0, 1, 2, 6, 7]])
def test_found_again_on_another_sheet_with_columns_moved_and_rows_shifted(order):
    rows = [[row[place] for place in order] for row in (HEADINGS, *ROWS)]
    moved = sheet([["Council"], [], [], *rows], name="Q3 final (2)")
    table = read(moved, mapping={" RISK ": "description", "cause": "title", "likelihood": "inherent_likelihood"})
    by_heading = {column.heading: column.field for column in table.columns}
    assert (by_heading["Risk"], by_heading["Cause"]) == ("description", "title")
    assert by_heading["Likelihood"] == "inherent_likelihood"


def test_a_mapping_with_a_heading_that_is_not_there_does_not_apply():
    table = read(sheet([HEADINGS, *ROWS]), mapping={"Cause": "consequence", "Asset": "none"})
    assert fields(table)["C"] == "cause"


def test_the_mapping_that_names_most_headings_counts():
    mappings = [ColumnMapping({"Cause": "consequence"}), ColumnMapping({"Cause": "title", "Risk": "none"})]
    (table,) = find_tables(Grid([sheet([HEADINGS, *ROWS])], "xlsx"), mappings).of_kind("register")
    assert fields(table)["C"] == "title"


FOREIGN = ["Nr.", "Gefahr", "Auslöser", "Wahrsch.", "Schaden", "Wert", "Massnahmen"]
FOREIGN_ROWS = [[n, f"Ausfall {n} der Heizung", "Der Kessel ist sehr alt", 3, 4, 12, "Wartung"] for n in range(1, 5)]
FOREIGN_MAPPING = {
    "Nr.": "ref", "Gefahr": "title", "Auslöser": "cause", "Wahrsch.": "residual_likelihood",
    "Schaden": "residual_impact", "Wert": "residual_rating", "Massnahmen": "controls",
}  # fmt: skip


def test_a_mapping_makes_a_register_of_what_the_reader_would_pass_over():
    made = sheet([["Stadt"], [], FOREIGN, *FOREIGN_ROWS], name="Tabelle1")
    assert find_tables(Grid([made], "xlsx")).of_kind("register") == ()
    table = read(made, mapping=FOREIGN_MAPPING)
    assert (table.header_rows, table.first_row, table.last_row, table.n_risks) == ((3, 3), 4, 7, 4)
    assert list(fields(table).values()) == list(FOREIGN_MAPPING.values())
    assert table.rating_rule == "product"


def test_groups_above_foreign_headings():
    above = ["Nr.", "Gefahr", "Vorher", None, None, "Nachher", None, None]
    below = [None, None, "W", "S", "R", "W", "S", "R"]
    rows = [[n, f"Ausfall {n} der Heizung", 4, 4, 16, 2, 3, 6] for n in range(1, 5)]
    made = sheet([above, below, *rows], merges=["A1:A2", "B1:B2", "C1:E1", "F1:H1"])
    scores = ("likelihood", "impact", "rating")
    mapping = {"Nr.": "ref", "Gefahr": "title"}
    mapping |= {f"Vorher / {w}": f"inherent_{s}" for w, s in zip("WSR", scores, strict=True)}
    mapping |= {f"Nachher / {w}": f"residual_{s}" for w, s in zip("WSR", scores, strict=True)}
    table = read(made, mapping=mapping)
    assert table.header_rows == (1, 2)
    assert list(fields(table).values()) == list(mapping.values())
    assert table.n_risks == 4


def test_an_assurance_map_by_a_mapping():
    head = ["Nr.", "Risiko", "Linie A", "Linie B"]
    made = sheet([head, ["1", "Ausfall", "Prüfung 2024", "Bericht"], ["2", "Brand", "", "Audit"]])
    mapping = {"Nr.": "risk_ref", "Risiko": "risk_title", "Linie A": "line_1", "Linie B": "line_2"}
    (table,) = find_tables(Grid([made], "xlsx"), [ColumnMapping(mapping)]).of_kind("assurance-map")
    assert list(fields(table).values()) == list(mapping.values())
    assert table.n_risks == 2


def test_a_table_that_is_all_none_is_left_alone():
    made = sheet([HEADINGS, *ROWS])
    assert register(made).n_risks == 5
    layout = find_tables(Grid([made], "xlsx"), [ColumnMapping(dict.fromkeys(HEADINGS, "none"))])
    assert layout.of_kind("register") == ()


def test_a_mapping_that_does_not_say_what_names_the_risk_makes_no_register():
    made = sheet([["Nr.", "Gefahr", "Chef"], ["1", "Ausfall der Heizung", "Amt 4"], ["2", "Brand im Keller", "Amt 5"]])
    grid = Grid([made], "xlsx")
    assert find_tables(grid, [ColumnMapping({"Chef": "owner", "Nr.": "ref"})]).of_kind("register") == ()
    assert find_tables(grid, [ColumnMapping({"Chef": "owner", "Gefahr": "title"})]).of_kind("register")


def test_headings_that_come_again_are_numbered():
    columns = [Column(1, "Likelihood", "", None, 0, ""), Column(2, "Impact", "Before\naction", None, 0, ""),
               Column(3, " likelihood", "", None, 0, "")]  # fmt: skip
    assert heading_names(columns) == ["Likelihood", "Before action / Impact", "likelihood #2"]


def test_what_is_saved_reads_the_same_again():
    head = ["Ref", "Risk", "L", "I", "Score", "Controls", "L", "I", "Score", "Asset value"]
    rows = [[n, f"Loss of site {n}", 4, 4, 16, "Yearly inspection", 2, 3, 6, "£1m"] for n in range(1, 6)]
    grid = Grid([sheet([head, *rows])], "xlsx")
    guessed = find_tables(grid)
    mappings = mappings_of(guessed)
    assert len(mappings) == 1
    settled = find_tables(grid, mappings)
    assert [column.field for column in settled.tables[0].columns] == [c.field for c in guessed.tables[0].columns]
    assert mappings_of(settled) == mappings
    assert mappings[0].headings["Asset value"] == "none"
    assert mappings[0].headings["L #2"] == fields(guessed.tables[0])["G"]


def test_a_table_that_repeats_another_is_not_saved():
    plain = Table("S", "register", (1, 1), 2, 3, columns=(Column(1, "Risk", "", "title", 1.0, ""),), secondary=True)
    layout = find_tables(Grid([], "xlsx"))
    assert mappings_of(type(layout)((plain,))) == []
