"""One heading may mean two things: the values below it decide."""

import datetime as dt

import pytest
from tests.layout.small_sheets import fields, register, sheet

LONG = "The depot stays closed for weeks and nothing is collected from half of the town"


def test_impact_is_prose_or_a_score() -> None:
    rows = [["Risk ID", "Risk", "Impact", "Likelihood", "Severity", "Action"]]
    rows += [[f"R{n}", f"Thing {n} fails", LONG, 2, 4, "Mend the thing at once"] for n in range(1, 4)]
    found = fields(register(sheet(rows)))
    assert found["C"] == "consequence"
    assert found["E"] == "inherent_impact"
    rows = [["Risk ID", "Risk", "Impact", "Likelihood", "Action"]]
    rows += [[f"R{n}", f"Thing {n} fails", 4, 2, "Mend the thing at once"] for n in range(1, 4)]
    assert fields(register(sheet(rows)))["C"] == "inherent_impact"


def test_a_score_with_its_reason_is_a_score() -> None:
    rows = [["Risk", "Likelihood", "Impact", "Mitigation"]]
    rows += [[f"Thing {n} fails", f"High: {LONG}", f"Medium: {LONG}", LONG] for n in range(4)]
    found = fields(register(sheet(rows)))
    assert (found["B"], found["C"]) == ("inherent_likelihood", "inherent_impact")


def test_response_is_a_treatment_or_prose() -> None:
    base = [["Risk", "Likelihood", "Impact", "Risk Response"]]
    words = [
        [f"Thing {n} fails", 3, n, choice] for n, choice in enumerate(["Accept", "Avoid", "Mitigate", "Transfer"], 1)
    ]
    assert fields(register(sheet([*base, *words])))["D"] == "response"
    prose = [[f"Thing {n} fails", 3, n, LONG] for n in range(1, 5)]
    assert fields(register(sheet([*base, *prose])))["D"] == "actions"


def test_rating_number_and_word_side_by_side() -> None:
    rows = [["Risk", "Likelihood", "Impact", "Risk Rating", "Risk Level", "Controls"]]
    rows += [[f"Thing {n} fails", n, 4, n * 4, "High" if n > 3 else "Low", "Guards"] for n in range(1, 6)]
    found = fields(register(sheet(rows)))
    assert (found["D"], found["E"]) == ("inherent_rating", "inherent_band")


def test_a_word_alone_is_the_rating() -> None:
    rows = [["Risk", "Likelihood", "Impact", "RAG", "Mitigation"]]
    rows += [[f"Thing {n} fails", "High", "Low", "Amber", "Mend it"] for n in range(1, 4)]
    table = register(sheet(rows))
    assert fields(table)["D"] == "inherent_rating"
    assert table.rating_rule == "words"


def test_the_only_description_is_the_title_but_not_beside_a_title() -> None:
    scores = ["Likelihood", "Impact", "Mitigation"]
    body = [[f"R{n}", f"Thing {n} fails", LONG, 3, n, "Mend"] for n in range(1, 5)]
    both = fields(register(sheet([["Ref", "Risk Title", "Risk Description", *scores], *body])))
    assert (both["B"], both["C"]) == ("title", "description")
    alone = fields(register(sheet([["Ref", "Risk Description", *scores], *[[row[0], *row[2:]] for row in body]])))
    assert alone["B"] == "title"


def test_threat_is_the_cause_beside_a_risk_and_the_title_without_one() -> None:
    body = [[f"R{n}", f"Theft {n}", "Open windows", 3, n, "Bars"] for n in range(1, 5)]
    without = fields(
        register(sheet([["Risk ID", "Threat", "Vulnerability", "Likelihood", "Impact", "Mitigation"], *body]))
    )
    assert (without["B"], without["C"]) == ("title", "cause")


def test_formulas_tell_the_rating_and_its_factors() -> None:
    rows = [["Ref", "Risk", "P", "S", "Result", "Mitigation"]]
    rows += [[f"R{n}", f"Thing {n} fails", n, 2, 2 * n, "Mend the thing"] for n in range(1, 5)]
    table = register(sheet(rows, formulas={f"E{row}": f"C{row}*D{row}" for row in range(2, 6)}))
    assert fields(table)["E"] == "inherent_rating"
    assert table.rating_rule == "product"
    assert "formula" in next(column.reason for column in table.columns if column.letter == "E")


def test_review_date_is_the_next_one_beside_the_last_one() -> None:
    day = dt.datetime(2025, 3, 1)
    rows = [["Risk", "Likelihood", "Impact", "Controls", "Last reviewed", "Review date"]]
    rows += [[f"Thing {n} fails", 2, n, "Guards", day, day] for n in range(1, 4)]
    found = fields(register(sheet(rows)))
    assert (found["E"], found["F"]) == ("review_date", "next_review_date")


@pytest.mark.parametrize(
    ("words", "stages"),
    [
        (("Initial", "Current", "Target"), ("inherent", "residual", "target")),
        (("Raw", "Net", "Future"), ("inherent", "residual", "target")),
        (("Unmitigated", "Mitigated", "Desired"), ("inherent", "residual", "target")),
        (("Inherent", "Current", "Residual"), ("inherent", "residual", "target")),
        (("Pre-mitigation", "Current", "Post-mitigation"), ("inherent", "residual", "target")),
        (("", "", ""), ("inherent", "residual", "target")),
    ],
)
def test_words_of_the_stages(words: tuple[str, ...], stages: tuple[str, ...]) -> None:
    heads = [
        "Ref",
        "Risk",
        *(f"{words[0]} {name}".strip() for name in ("likelihood", "impact")),
        "Existing controls",
        *(f"{words[1]} {name}".strip() for name in ("likelihood", "impact")),
        "Further actions",
        *(f"{words[2]} {name}".strip() for name in ("likelihood", "impact")),
    ]
    rows = [[f"R{n}", f"Thing {n} fails", n, 4, LONG, n, 3, LONG, 1, 3] for n in range(1, 5)]
    found = fields(register(sheet([heads, *rows])))
    assert [found[letter] for letter in "CFI"] == [f"{stage}_likelihood" for stage in stages]
    assert [found[letter] for letter in "DGJ"] == [f"{stage}_impact" for stage in stages]


def test_scores_without_a_word_take_the_stage_of_the_rating_beside_them() -> None:
    heads = [
        "Ref",
        "Risk",
        "Likelihood",
        "Impact",
        "Inherent score",
        "Controls",
        "Residual likelihood",
        "Residual impact",
    ]
    rows = [[f"R{n}", f"Thing {n} fails", n, 4, 4 * n, LONG, n, 3] for n in range(1, 5)]
    found = fields(register(sheet([heads, *rows])))
    assert found["C"] == "inherent_likelihood"
    assert found["G"] == "residual_likelihood"
