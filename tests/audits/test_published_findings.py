"""What auditors and committees of named councils found in risk registers, each in a small register of our own.

The register that every test starts from has six risks and nothing wrong with it; see ``conftest.py``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import xlsxwriter

Council = Any  # the fixture of conftest.py, which tests cannot import

OWNERS = """role,name,until,successor
Director 1,,,
Director 2,,,
Director 3,,,
Director 4,,,
Director 5,,,
Director 6,,,
"""


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_a_register_in_order_has_no_finding(council: Council) -> None:
    assert [f"{one.code} {one.cell} {one.message}" for one in council.check(council.register())] == []
    quarter_before = council.register([{"Review Date": day("2024-09-10"), "Commentary": "Seen in summer."}] * 6,
                                      "q3.xlsx")  # fmt: skip
    compared = council.check(council.register(), previous=quarter_before, owners=OWNERS)
    assert [f"{one.code} {one.cell} {one.message}" for one in compared] == []


def test_bracknell_forest_four_by_four_shown_amber(council: Council) -> None:
    scores = {"Residual Likelihood": 4, "Residual Impact": 4, "Residual Rating": 16, "Direction of Travel": "↑"}
    findings = council.check(council.register([{**scores, "Residual Band": "Amber"}]))
    (finding,) = [one for one in findings if one.code == "SC004"]
    assert (finding.ref, finding.correction.after) == ("SR1", "Red")
    painted = council.register([{**scores, "Residual Band": "Red"}], fills={(0, "Residual Rating"): "Amber"})
    (finding,) = [one for one in council.check(painted) if one.code == "HY006"]
    assert finding.correction.fill == "FF0000"


def test_bracknell_forest_and_winchester_controls_without_effect(council: Council) -> None:
    row = {"Residual Likelihood": 4, "Residual Impact": 4, "Residual Rating": 16, "Residual Band": "Red",
           "Previous Score": 16}  # fmt: skip
    assert ("CL005", "SR1") in codes(council.check(council.register([row])))


def codes(findings: Any) -> set[tuple[str, str | None]]:
    return {(finding.code, finding.ref) for finding in findings}


def test_herefordshire_sixteen_red_here_and_amber_there(council: Council) -> None:
    """Two departments, each with bands of its own on a sheet of its own."""
    paths = []
    for name, limit in (("adults.xlsx", 15), ("economy.xlsx", 20)):
        path = council.folder / name
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Risks")
            sheet.write_row(0, 0, ("Ref", "Risk Title", "Likelihood", "Impact", "Risk Rating", "RAG", "Risk Owner"))
            for number, (likelihood, impact) in enumerate(((4, 4), (2, 2), (5, 5), (3, 3), (1, 2))):
                rating = likelihood * impact
                band = "Red" if rating >= limit else "Amber" if rating >= 8 else "Green"
                sheet.write_row(number + 1, 0, (f"{name[:2].upper()}{number}", f"Risk {number} of {name[:-5]}",
                                                likelihood, impact, rating, band, f"Director {number}"))  # fmt: skip
        paths.append(path)
    from regsheet.pipeline import Options, check_book, read

    first, second = (read(path) for path in paths)
    options = Options(as_of=dt.date(2024, 12, 31))
    found = [one for book, other in ((first, second), (second, first))
             for one in check_book(book, options, others=(other,)).findings]  # fmt: skip
    assert [one.value for one in found if one.code == "SC005"] == ["Red", "Amber"]


def test_herefordshire_the_same_risk_under_two_owners(council: Council) -> None:
    corporate = council.register()
    rows = [{"Ref": f"AD{number}", "Risk Owner": f"Head of Service {number}"} for number in range(6)]
    service = council.register(rows, "adults.xlsx")
    found = codes(council.check(corporate, beside=service))
    assert {("OW006", f"SR{number}") for number in range(1, 7)} <= found


def test_herefordshire_arrow_against_the_scores(council: Council) -> None:
    before = council.register(name="q3.xlsx")
    now = council.register([{"Residual Likelihood": 4, "Residual Rating": 12, "Direction of Travel": "↓",
                             "Commentary": "Likelihood was raised."}])  # fmt: skip
    (finding,) = [one for one in council.check(now, previous=before) if one.code == "TR001"]
    assert (finding.ref, finding.correction.after) == ("SR1", "↑")


def test_herefordshire_owner_who_is_not_in_the_structure(council: Council) -> None:
    left = OWNERS.replace("Director 2,,,", "Director 2,,30/06/2024,Director 3")
    findings = council.check(council.register([{"Risk Owner": "Assistant Director for Growth"}]), owners=left)
    assert {("OW002", "SR1"), ("OW003", "SR2")} <= codes(findings)
    (gone,) = [one for one in findings if one.code == "OW003"]
    assert gone.correction.after == "Director 3"


def test_herefordshire_only_the_review_date_moves(council: Council) -> None:
    before = council.register([{"Review Date": day("2024-09-10")}], "q3.xlsx")
    assert ("TR005", "SR1") in codes(council.check(council.register(), previous=before))


def test_herefordshire_a_mention_two_years_old(council: Council) -> None:
    row = {"Commentary": "A report will go to the board in September 2022."}
    assert ("TX007", "SR1") in codes(council.check(council.register([row])))


def test_chichester_should_read_three_not_six(council: Council) -> None:
    three = {"Residual Likelihood": 1, "Residual Rating": 3, "Residual Band": "White", "Target Likelihood": 1,
             "Target Impact": 2, "Target Rating": 2, "Previous Score": 3}  # fmt: skip
    before = council.register([three], "q3.xlsx")
    now = council.register([{**three, "Previous Score": 6, "Direction of Travel": "↓"}])
    findings = council.check(now, previous=before)
    (finding,) = [one for one in findings if one.code == "TR003"]
    assert "should read 3, not 6" in finding.message
    assert finding.correction.after == 3


def test_wirral_sixteen_to_twelve_while_likelihood_went_from_three_to_two(council: Council) -> None:
    before = council.register([{"Residual Impact": 4, "Residual Rating": 16, "Residual Band": "Red"}], "q3.xlsx")
    now = council.register([{"Residual Likelihood": 2, "Residual Impact": 4, "Residual Rating": 12,
                             "Previous Score": 16, "Direction of Travel": "↓"}])  # fmt: skip
    for path, right in ((before, 12), (now, 8)):
        (finding,) = [one for one in council.check(path) if one.code == "SC001"]
        assert (finding.ref, finding.correction.after) == ("SR1", right)


def test_brighton_and_hove_revised_above_initial(council: Council) -> None:
    row = {"Inherent Likelihood": 2, "Inherent Impact": 3, "Inherent Rating": 6}
    assert ("CL001", "SR1") in codes(council.check(council.register([row])))


@pytest.mark.parametrize(("font", "is_found"), [("Wingdings", False), ("Calibri", True)])
def test_newport_what_does_this_letter_mean(council: Council, font: str, is_found: bool) -> None:
    rows = [{"Residual Likelihood": 4, "Residual Rating": 12, "Direction of Travel": "é"},
            *({"Direction of Travel": "è"} for _ in range(5))]  # fmt: skip
    found = codes(council.check(council.register(rows, fonts={"Direction of Travel": font})))
    assert (("TR006", "SR1") in found) is is_found
    assert not any(code == "TR001" for code, _ in found)


def test_croydon_red_since_october(council: Council) -> None:
    red = {"Residual Likelihood": 4, "Residual Impact": 4, "Residual Rating": 16, "Residual Band": "Red",
           "Inherent Likelihood": 5, "Inherent Rating": 20, "Previous Score": 16}  # fmt: skip
    quarters = {dt.date(year, month, 28): council.register([red], f"{year}-{month}.xlsx")
                for year, month in ((2023, 10), (2024, 1), (2024, 4), (2024, 7))}  # fmt: skip
    now = council.register([red])
    (finding,) = [one for one in council.check(now, history=quarters) if one.code == "CL009"]
    assert finding.ref == "SR1"
    assert "5 quarters" in finding.message
    assert not any(one.code == "CL009" for one in council.check(now, history=dict(list(quarters.items())[:2])))


def test_croydon_a_target_that_nothing_leads_to(council: Council) -> None:
    row = {"Further Actions": None, "Action Date": None}
    assert ("CL007", "SR1") in codes(council.check(council.register([row])))


def test_hillingdon_unscored_risks_and_overdue_reviews(council: Council) -> None:
    scores = ("Likelihood", "Impact", "Rating")
    unscored = {f"{stage} {score}": None for stage in ("Inherent", "Residual", "Target") for score in scores}
    rows = [{**unscored, "Residual Band": None, "Previous Score": None, "Direction of Travel": None},
            {"Residual Rating": None}, {"Review Date": day("2024-05-01")}, {"Review Date": None}]  # fmt: skip
    found = codes(council.check(council.register(rows)))
    assert {("SC007", "SR1"), ("SC002", "SR2"), ("DT006", "SR3"), ("DT006", "SR4")} <= found


def test_east_suffolk_tolerated_with_an_action_and_no_target_to_match(council: Council) -> None:
    row = {"Target Likelihood": 3, "Target Impact": 3, "Target Rating": 9}
    assert ("CL008", "SR1") in codes(council.check(council.register([row])))


def test_shropshire_reviews_that_are_out_of_date(council: Council) -> None:
    rows = [{"Review Date": day("2023-11-30")}] * 6
    found = codes(council.check(council.register(rows)))
    assert {("DT006", f"SR{number}") for number in range(1, 7)} <= found


def test_reading_controls_that_are_still_to_come(council: Council) -> None:
    row = {"Existing Controls": "• Yearly inspection by the insurers\n• A new procedure to be developed"}
    assert ("TX009", "SR1") in codes(council.check(council.register([row])))


def test_leicester_dates_that_slip(council: Council) -> None:
    dates = ("2024-06-30", "2024-09-30", "2024-12-31")
    quarters = {dt.date(2024, month, 28): council.register([{"Action Date": day(due)}], f"{month}.xlsx")
                for month, due in zip((1, 4, 7), dates, strict=True)}  # fmt: skip
    now = council.register([{"Action Date": day("2025-03-31")}])
    (finding,) = [one for one in council.check(now, history=quarters) if one.code == "DT009"]
    assert finding.ref == "SR1"
    assert "3 times" in finding.message


def test_anglesey_a_red_risk_without_third_line(council: Council) -> None:
    red = {"Residual Likelihood": 4, "Residual Impact": 4, "Residual Rating": 16, "Residual Band": "Red",
           "Inherent Likelihood": 5, "Inherent Rating": 20, "Previous Score": 16}  # fmt: skip
    register = council.register([red])
    path = council.folder / "map.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Assurance Map")
        sheet.write_row(0, 0, ("Risk Ref", "Risk", "First Line", "Second Line", "Third Line"))
        for number, title in enumerate(("Loss of the main depot", "Theft from the collections"), start=1):
            third = None if number == 1 else "Internal audit, substantial, May 2024"
            sheet.write_row(number, 0, (f"SR{number}", title, "Weekly team meetings", "Quarterly board report", third))
    assert ("AM002", "SR1") in codes(council.check(path, beside=register))


def test_essex_risks_without_cause_or_consequence(council: Council) -> None:
    rows = [{"Cause": None}, {"Consequence": None}, {"Risk Title": None}, {"Existing Controls": None}]
    findings = council.check(council.register(rows))
    assert {("TX002", "SR1"), ("TX003", "SR2"), ("TX001", "SR3"), ("TX004", "SR4")} <= codes(findings)
