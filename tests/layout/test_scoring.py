"""How a register is scored: the rule, the scales, the matrix and the bands, wherever the workbook keeps them."""

from tests.layout.small_sheets import register, sheet, tables

from regsheet.grid.addresses import Area
from regsheet.grid.cells import ConditionalFormat, Sheet, Validation, Value
from regsheet.layout.tables import Table

HEADS = ["Ref", "Risk", "Likelihood", "Impact", "Rating", "Controls"]
PAIRS = [(1, 3), (2, 5), (4, 4), (5, 2), (3, 3), (4, 1)]


def scored(ratings: list[Value], extra: list[list[Value]] | None = None, heads: list[str] | None = None) -> Sheet:
    rows: list[list[Value]] = [list(heads or HEADS)]
    for n, ((likelihood, impact), rating) in enumerate(zip(PAIRS, ratings, strict=True)):
        rows.append([f"R{n}", f"Thing {n} fails", likelihood, impact, rating, "Guards", *(extra[n] if extra else [])])
    return sheet(rows, name="Register")


def rule(table: Table) -> str:
    return table.rating_rule


def test_product_with_a_mistake_in_it() -> None:
    table = register(scored([3, 10, 16, 10, 9, 99]))
    assert rule(table) == "product"
    assert "83%" in table.reasons[-1]


def test_sum() -> None:
    assert rule(register(scored([a + b for a, b in PAIRS]))) == "sum"


def test_typed_ratings_without_a_rule() -> None:
    assert rule(register(scored([7, 1, 30, 22, 2, 17]))) == "typed-unknown"


def test_no_ratings_at_all() -> None:
    assert rule(register(scored([None] * 6))) == "none"


def test_words() -> None:
    assert rule(register(scored(["Low", "High", "High", "Medium", "Low", "Low"]))) == "words"


def test_a_third_factor_is_found_among_the_other_columns() -> None:
    worth = [2, 3, 1, 2, 3, 2]
    table = register(
        scored([a * b * c for (a, b), c in zip(PAIRS, worth, strict=True)], [[c] for c in worth], [*HEADS, "Worth"])
    )
    assert rule(table) == "three-factor"
    assert table.factor_column == 7


def test_level_names_multiplied_by_their_place() -> None:
    names = {1: "Rare", 2: "Unlikely", 3: "Possible", 4: "Likely", 5: "Almost certain"}
    harm = {1: "Negligible", 2: "Minor", 3: "Moderate", 4: "Major", 5: "Severe"}
    rows = [
        HEADS,
        *[[f"R{n}", f"Thing {n} fails", names[a], harm[b], a * b, "Guards"] for n, (a, b) in enumerate(PAIRS)],
    ]
    assert rule(register(sheet(rows))) == "product"


def test_a_working_in_one_cell() -> None:
    rows = [["Risk", "Risk score (LxI)", "Existing controls", "Owner"]]
    rows += [[f"Thing {n} fails", f"{a}x{b}={a * b}", "Guards", "Head of Halls"] for n, (a, b) in enumerate(PAIRS)]
    assert rule(register(sheet(rows, name="Risk register"))) == "product"


def test_composite_ratings_still_multiply() -> None:
    assert rule(register(scored([f"{a * b} (High)" for a, b in PAIRS]))) == "product"


def test_percentages_times_impact() -> None:
    rows = [["Risk", "Probability %", "Impact", "Exposure", "Mitigation"]]
    rows += [
        [f"Thing {n} fails", share, n + 1, round(share * (n + 1), 3), "Mend"]
        for n, share in enumerate([0.1, 0.25, 0.5, 0.75])
    ]
    assert rule(register(sheet(rows))) == "product"


LEVELS = [
    ["Likelihood"],
    ["Score", "Level", "Meaning"],
    [1, "Rare", "Once in a century"],
    [2, "Unlikely", "Once in ten years"],
    [3, "Possible", "Once a year"],
    [4, "Likely", "Monthly"],
    [5, "Certain", "Daily"],
]
HARM = [["Impact scale"], ["5 - Catastrophic"], ["4 - Major"], ["3 - Moderate"], ["2 - Minor"], ["1 - Trifling"]]


def test_scales_are_found_on_other_sheets_either_way_up() -> None:
    table = register(scored([a * b for a, b in PAIRS]), sheet(LEVELS, name="Key"), sheet(HARM, name="Key 2"))
    names = {scale.axis: [level.name for level in scale.levels] for scale in table.scales}
    assert names["likelihood"] == ["Rare", "Unlikely", "Possible", "Likely", "Certain"]
    assert names["impact"] == ["Trifling", "Minor", "Moderate", "Major", "Catastrophic"]
    likelihood = next(scale for scale in table.scales if scale.axis == "likelihood")
    assert (likelihood.levels[0].description, likelihood.levels[0].address) == ("Once in a century", "A3")
    assert dict(table.scale) == {"likelihood": (1.0, 5.0), "impact": (1.0, 5.0)}


def test_a_scale_of_other_scores_is_left_alone() -> None:
    other = [["Likelihood"], [0.1, "Low"], [0.5, "Medium"], [0.9, "High"]]
    assert register(scored([a * b for a, b in PAIRS]), sheet(other, name="Key")).scales == ()


def matrix(rows: list[list[Value]], merges: list[str] | None = None, fills: dict[str, str] | None = None) -> Table:
    (found,) = tables(sheet(rows, merges or [], fills=fills), kind="matrix")
    return found


def test_a_matrix_with_likelihood_down_the_side_from_the_top() -> None:
    rows: list[list[Value]] = [[None, None, "Impact"], [None, None, 1, 2, 3]]
    rows += [["Likelihood" if a == 3 else None, a, *[a * b for b in (1, 2, 3)]] for a in (3, 2, 1)]
    found = matrix(rows, ["C1:E1", "A3:A5"], {"E3": "FF0000", "C5": "00FF00"})
    assert found.matrix is not None
    assert str(found.matrix.area) == "C3:E5"
    assert found.matrix.cells[3, 1] == (3.0, None, None, "C3")
    assert found.matrix.cells[3, 3].fill == "FF0000"
    assert found.matrix.cells[1, 1].fill == "00FF00"


def test_a_matrix_turned_round_with_its_axis_at_the_foot() -> None:
    rows: list[list[Value]] = [
        ["Impact", 3, 4, 5, 9],
        [None, 2, 3, 3, 6],
        [None, 1, 1, 2, 3],
        [None, None, 1, 2, 3],
        [None, None, "Probability"],
    ]
    found = matrix(rows, ["A1:A3", "C5:E5"])
    assert found.matrix is not None
    # Impact 3, likelihood 1: the top left cell.
    assert found.matrix.cells[1, 3].rating == 4
    assert found.matrix.cells[3, 1].rating == 3


def test_a_matrix_of_words_with_named_axes() -> None:
    rows: list[list[Value]] = [
        ["Likelihood / Impact", "Minor", "Moderate", "Major"],
        ["Likely", "Medium", "High", "High"],
        ["Possible", "Low", "Medium", "High"],
        ["Unlikely", "Low", "Low", "Medium"],
    ]
    found = matrix(rows)
    assert found.matrix is not None
    assert found.matrix.cells[3, 1].word == "Medium"
    assert found.matrix.cells[1, 3].word == "Medium"
    assert {scale.axis for scale in found.scales} == {"likelihood", "impact"}


def test_a_lookup_in_the_workbooks_own_matrix() -> None:
    odd = {(a, b): 2 * a + b * b for a in range(1, 6) for b in range(1, 6)}
    rows: list[list[Value]] = [
        [None, "Impact"],
        [None, 1, 2, 3, 4, 5],
        *[[a, *[odd[a, b] for b in range(1, 6)]] for a in range(5, 0, -1)],
    ]
    table = register(scored([odd[pair] for pair in PAIRS]), sheet(rows, ["B1:F1"], name="Matrix"))
    assert rule(table) == "lookup"
    assert table.matrix is not None


def test_bands_of_a_legend_in_texts() -> None:
    key = sheet([["Key"], ["15-25 Red"], ["8 – 14 Amber"], ["1 to 7: Green"]], name="Key")
    bands = register(scored([a * b for a, b in PAIRS]), key).bands
    assert [(band.name, band.low, band.high) for band in bands] == [("Green", 1, 7), ("Amber", 8, 14), ("Red", 15, 25)]


def test_bands_of_a_table_with_open_ends() -> None:
    key = sheet([["Level", "Range"], ["High", "> 12"], ["Medium", "6–12"], ["Low", "< 6"]], name="Key")
    bands = register(scored([a * b for a, b in PAIRS]), key).bands
    assert [(band.name, band.low, band.high) for band in bands] == [("Low", 0, 5), ("Medium", 6, 12), ("High", 13, 25)]


def test_bands_of_the_band_columns_own_formula() -> None:
    made = scored([a * b for a, b in PAIRS], [["Low"] for _ in PAIRS], [*HEADS, "RAG"])
    for row in range(2, 8):
        made.cells[row, 7] = made.cells[row, 7]._replace(formula=f'IF(E{row}>=15,"Red",IF(E{row}>=8,"Amber","Green"))')
    bands = register(made).bands
    assert [(band.name, band.low, band.high) for band in bands] == [("Green", 0, 7), ("Amber", 8, 14), ("Red", 15, 25)]


def test_bands_of_conditional_formats() -> None:
    made = scored([a * b for a, b in PAIRS])
    area = (Area(2, 5, 7, 5),)
    made.conditional_formats = [
        ConditionalFormat(area, "cellIs", "greaterThanOrEqual", ("15",), "FF0000", None, 1),
        ConditionalFormat(area, "cellIs", "between", ("8", "14"), "FFC000", None, 2),
        ConditionalFormat(area, "cellIs", "lessThan", ("8",), "00B050", None, 3),
    ]
    bands = register(made).bands
    assert [(band.name, band.low, band.high, band.colour) for band in bands] == [
        ("Green", 0, 7, "00B050"),
        ("Amber", 8, 14, "FFC000"),
        ("Red", 15, 25, "FF0000"),
    ]


def test_the_scale_is_said_by_heading_or_by_validation() -> None:
    said = register(
        scored(
            [a * b for a, b in PAIRS], heads=["Ref", "Risk", "Likelihood (1-10)", "Impact 1 to 6", "Rating", "Controls"]
        )
    )
    assert dict(said.scale) == {"likelihood": (1, 10), "impact": (1, 6)}
    made = scored([a * b for a, b in PAIRS])
    made.validations = [Validation((Area(2, 3, 7, 4),), "list", None, ('"1,2,3,4,5,6"',))]
    assert register(made).scale["likelihood"] == (1, 6)
