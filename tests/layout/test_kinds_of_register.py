"""Kinds of register that real services keep, each in a small sheet of our own words."""

import pytest
from tests.layout.small_sheets import fields, register, sheet, tables

from regsheet.grid.cells import Value

LONG = "The depot stays closed for weeks and nothing is collected from half of the town"
SCORED: list[list[Value]] = [[f"R{n}", f"Thing {n} fails", n, 4, n * 4, "Mend the thing at once"] for n in range(1, 5)]
HEADINGS: list[Value] = ["Risk ID", "Risk", "Likelihood", "Impact", "Score", "Actions"]


@pytest.mark.parametrize(
    "key",
    [
        [["Score", "Likelihood"], [1, "Rare"], [2, "Unlikely"], [3, "Possible"], [4, "Likely"]],
        [["Band", "Meaning"], ["Low", "Watch"], ["Medium", "Act"], ["High", "Act now"], ["Critical", "Stop"]],
    ],
)
def test_a_key_beside_the_register_is_none_of_its_columns(key: list[list[Value]]) -> None:
    rows = [[*own, "", *beside] for own, beside in zip([HEADINGS, *SCORED], key, strict=True)]
    found = register(sheet(rows))
    assert max(column.index for column in found.columns) == 6
    assert found.n_risks == 4
    assert found.rating_rule == "product"


def test_a_second_part_of_the_register_after_an_empty_column_stays() -> None:
    rows: list[list[Value]] = [[*HEADINGS, "", "Owner", "Status"]]
    rows += [[*row, "", "Head of Roads", "Open"] for row in SCORED]
    found = fields(register(sheet(rows)))
    assert (found["H"], found["I"]) == ("owner", "status")


def test_a_row_of_help_is_neither_heading_nor_risk() -> None:
    help_row: list[Value] = [f"Enter the {str(heading).lower()} here" for heading in HEADINGS]
    found = register(sheet([HEADINGS, help_row, *SCORED]))
    assert found.header_rows == (1, 1)
    assert found.n_risks == 4


def test_a_key_below_has_no_say_in_what_a_column_means() -> None:
    key: list[list[Value]] = [[], [], ["Key"], ["Score", "Level"], ["1-4", "Low"], ["5-9", "Medium"], ["10-25", "High"]]
    found = register(
        sheet([["Risk ID", "Potential impact", *HEADINGS[1:]], *[[r[0], LONG, *r[1:]] for r in SCORED], *key])
    )
    assert fields(found)["B"] == "consequence"
    assert found.n_risks == 4


def test_a_rating_after_the_controls_belongs_to_the_likelihood_and_impact_before_them() -> None:
    rows: list[list[Value]] = [["Threat", "Likelihood", "Impact", "Existing controls", "Risk score", "Risk level"]]
    rows += [[f"Thing {n} fails", n, 5, "Guards walk by night", n * 5, "High"] for n in range(1, 5)]
    found = register(sheet(rows, name="Risks"))
    assert (fields(found)["E"], fields(found)["F"]) == ("inherent_rating", "inherent_band")
    assert found.rating_rule == "product"


def test_a_priority_in_words_names_the_band_of_the_score() -> None:
    rows: list[list[Value]] = [[*HEADINGS, "Priority"]]
    rows += [[*row, "High" if row[2] == 4 else "Low"] for row in SCORED]
    assert fields(register(sheet(rows)))["G"] == "inherent_band"


def test_failure_modes_are_scored_by_three_factors() -> None:
    rows: list[list[Value]] = [
        ["Failure mode", "Effect", "SEV", "Cause", "OCC", "Current controls", "DET", "RPN", "Action"]
    ]
    scores = [(9, 7, 3), (8, 2, 5), (4, 6, 2), (7, 3, 4)]
    rows += [[f"Part {s} breaks", LONG, s, "Wear", o, "Checks", d, s * o * d, "Mend"] for s, o, d in scores]
    found = register(sheet(rows, name="FMEA risks"))
    assert found.rating_rule == "three-factor"
    assert found.factor_column == 7


def test_confidentiality_integrity_and_availability_are_no_impact() -> None:
    rows: list[list[Value]] = [
        ["No.", "Asset", "C", "I", "A", "Threat", "Vulnerability", "Probability", "Impact", "Risk value"]
    ]
    rows += [[n, "Server", 3, 2, 1, f"Thing {n} fails", "No lock on the door", n, 3, n * 3] for n in range(1, 5)]
    found = fields(register(sheet(rows, name="Risk assessment")))
    assert "D" not in found
    assert (found["H"], found["I"], found["J"]) == ("inherent_likelihood", "inherent_impact", "inherent_rating")


def test_before_and_after_action_are_inherent_and_residual() -> None:
    stages = [
        f"{score} {when} action" for when in ("before", "after") for score in ("Likelihood", "Impact", "Risk score")
    ]
    rows: list[list[Value]] = [["Risk no.", "Description of risk", *stages]]
    rows += [[n, f"Thing {n} fails", n, 4, n * 4, 1, 4, 4] for n in range(1, 5)]
    found = fields(register(sheet(rows)))
    assert (found["E"], found["H"]) == ("inherent_rating", "residual_rating")


def test_a_register_that_tells_its_lines_of_defence_is_no_map() -> None:
    rows: list[list[Value]] = [[*HEADINGS, "1st line", "2nd line", "3rd line"]]
    rows += [[*row, "Managers check", "The board reviews", "Audited in May"] for row in SCORED]
    found = register(sheet(rows))
    assert found.n_risks == 4
    assert not tables(sheet(rows), kind="assurance-map")


def test_risks_with_measures_and_no_scores() -> None:
    rows: list[list[Value]] = [
        ["Risk number", "Description of the risk (say how likely (i) and how bad (ii))", "Proposed mitigation measures"]
    ]
    rows += [[n, f"Thing {n} fails in winter", "Mend the thing at once"] for n in range(1, 4)]
    found = register(sheet(rows))
    assert fields(found) == {"A": "ref", "B": "title", "C": "actions"}


def test_products_are_known_by_their_letters() -> None:
    rows: list[list[Value]] = [
        ["#", "Hazard", "L", "S", "LxS", "Control measures", "Residual L", "Residual S", "Residual LxS"]
    ]
    rows += [[n, f"Thing {n} falls", n, 3, n * 3, "Guards", 1, 3, 3] for n in range(1, 5)]
    found = fields(register(sheet(rows, name="Risk assessment")))
    assert (found["A"], found["E"], found["I"]) == ("ref", "inherent_rating", "residual_rating")


def test_an_empty_template_keeps_the_consequence_apart_from_the_score_of_impact() -> None:
    found = fields(
        register(sheet([["Risk ID", "Risk event", "Cause", "Consequence", "Likelihood", "Impact", "Score", "Owner"]]))
    )
    assert (found["D"], found["F"]) == ("consequence", "inherent_impact")


def test_sums_of_money_are_no_titles() -> None:
    rows: list[list[Value]] = [["Risk ID", "Risk description", "Initial risk", "Likelihood", "Mitigation"]]
    rows += [[n, f"Thing {n} fails", f"{n}00,000 EUR", 0.2, "Mend the thing"] for n in range(1, 5)]
    assert fields(register(sheet(rows)))["B"] == "title"


@pytest.mark.parametrize(
    "headings",
    [
        ["Threat ID", "Threat", "Description", "Category"],
        ["KRI ID", "Key risk indicator", "Threshold", "Frequency", "Owner", "Status"],
    ],
)
def test_catalogues_of_threats_and_indicators_are_no_registers(headings: list[Value]) -> None:
    rows = [headings] + [
        [f"T{n}", f"Thing {n}", LONG, "Monthly", "Roads", "Open"][: len(headings)] for n in range(1, 5)
    ]
    assert not tables(sheet(rows))
