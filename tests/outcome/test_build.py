"""What came of a workbook, as plain records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from regsheet.config import Config, LoadedConfig, parse_config
from regsheet.errors import PackageError
from regsheet.outcome.build import Identity, decode, encode, failed_outcome, outcome_of
from regsheet.outcome.records import Outcome, RiskRecord
from regsheet.pipeline import Options, annotate_loaded, examine_loaded, load, read

AS_OF = dt.date(2024, 12, 31)
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HEADINGS = (
    "Ref", "Risk Title", "Inherent Likelihood", "Inherent Impact", "Inherent Rating", "Existing Controls",
    "Residual Likelihood", "Residual Impact", "Residual Rating", "Further Actions", "Target Date", "Risk Owner",
    "Status", "Direction of Travel",
)  # fmt: skip


def row(number: int, **other: object) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(HEADINGS, (
        f"R{number}", f"Risk number {number}", 4, 5, 20, "Inspection", 2, 3, 6, None, None, "Head of Property", "Open",
        "→",
    ), strict=True))  # fmt: skip
    return values | {name.replace("_", " "): value for name, value in other.items()}


def write(path: Path, rows: list[Mapping[str, Any]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Register")
        sheet.write_row(0, 0, HEADINGS)
        for place, values in enumerate(rows, 1):
            for column, heading in enumerate(HEADINGS):
                if values[heading] is not None:
                    sheet.write(place, column, values[heading])
    return path


def outcome(path: Path, previous: Path | None = None, config: Config | None = None) -> Outcome:
    configuration = LoadedConfig(config or Config(), None, "0" * 64)
    loaded = load(path, Options(as_of=AS_OF, configuration=configuration))
    then = None if previous is None else read(previous)
    found = outcome_of(examine_loaded(loaded), Identity("a/r.xlsx", "Housing", "f" * 64), configuration.config,
                       stage="checked", previous=then, previous_file="q3.xlsx" if then else "")  # fmt: skip
    assert decode(encode(found)) == found
    return found


def risks(path: Path) -> dict[str, RiskRecord]:
    return {risk.ref: risk for risk in outcome(path).risks}


def test_risks_scores_and_bands(tmp_path: Path) -> None:
    found = outcome(write(tmp_path / "r.xlsx", [row(1), row(2, Residual_Rating=7), row(3, Residual_Likelihood=5,
                    Residual_Impact=5, Residual_Rating=25), row(4), row(5)]))  # fmt: skip
    assert [(risk.ref, risk.current.rating, risk.current.is_red, risk.cell) for risk in found.risks] == [
        ("R1", 6, False, "B2"), ("R2", 6, False, "B3"), ("R3", 25, True, "B4"), ("R4", 6, False, "B5"),
        ("R5", 6, False, "B6"),
    ]  # fmt: skip
    assert list(found.risks[0].stages) == ["inherent", "residual"]
    assert {one.stages["inherent"].colour for one in found.risks} == {"FF0000"}
    assert found.scales[0].bands[-1].name.casefold() == "red"
    assert (found.file, found.service, found.stage, found.sha256) == ("a/r.xlsx", "Housing", "checked", "f" * 64)
    wrong = next(finding for finding in found.findings if finding.code == "SC001")
    assert (wrong.ref, wrong.before, wrong.after, wrong.status) == ("R2", "7", "6", "correctable")
    assert found.corrections == (), "nothing was written"


def test_what_is_annotated_has_its_corrections(tmp_path: Path) -> None:
    path = write(tmp_path / "r.xlsx", [row(1), row(2, Residual_Rating=7), row(3), row(4), row(5)])
    done = annotate_loaded(load(path, Options(as_of=AS_OF)), tmp_path / "out.xlsx")
    found = outcome_of(done.report, Identity("r.xlsx", "", ""), Config(), output="out.xlsx")
    assert [(one.cell, one.code, one.before, one.after, one.basis) for one in found.corrections] == [
        ("I3", "SC001", "7", "6", "2 × 3 = 6")
    ]
    assert next(one.status for one in found.findings if one.code == "SC001") == "corrected"


def test_actions_with_their_dates(tmp_path: Path) -> None:
    late, later = dt.datetime(2024, 9, 30), dt.datetime(2025, 9, 30)
    found = risks(write(tmp_path / "r.xlsx", [
        row(1, Further_Actions="Mend the roof", Target_Date=late), row(2, Further_Actions="Mend it", Target_Date=later),
        row(3, Further_Actions="• Draft - completed\n• Publish", Target_Date=late),
        row(4, Further_Actions="• One\n• Two", Target_Date="• July 2024\n• July 2025"),
        row(5, Target_Date=late), row(6, Further_Actions="None"),
        row(7, Further_Actions="Mend the wall", Target_Date=late, Status="Closed"),
    ]))  # fmt: skip
    actions = {ref: [(one.text, one.due, one.overdue) for one in risk.actions] for ref, risk in found.items()}
    assert actions == {
        "R1": [("Mend the roof", late.date(), True)],
        "R2": [("Mend it", later.date(), False)],
        "R3": [("Draft - completed", late.date(), False), ("Publish", late.date(), True)],
        "R4": [("One", dt.date(2024, 7, 31), True), ("Two", dt.date(2025, 7, 31), False)],
        "R5": [("", late.date(), True)],
        "R6": [],
        "R7": [("Mend the wall", late.date(), False)],
    }
    assert [ref for ref, risk in found.items() if risk.closed] == ["R7"]


def test_a_risk_of_several_rows_is_one(tmp_path: Path) -> None:
    rows = [row(1, Further_Actions="Mend the roof"), row(1, Further_Actions="Mend the wall"), row(2), row(3), row(4)]
    found = outcome(write(tmp_path / "r.xlsx", rows)).risks
    assert [risk.ref for risk in found] == ["R1", "R2", "R3", "R4"]
    assert [action.text for action in found[0].actions] == ["Mend the roof", "Mend the wall"]


def test_movements_since_last_quarter(tmp_path: Path) -> None:
    then = write(tmp_path / "q3.xlsx", [
        row(1, Residual_Likelihood=1, Residual_Rating=3), row(2), row(3), row(4), row(5, Status="Closed"),
        row(6, Status="Closed"),
    ])  # fmt: skip
    now = write(tmp_path / "q4.xlsx", [row(1), row(2, Status="Closed"), row(3), row(5, Status="Closed"),
                row(9, Risk_Title="Something quite new", Existing_Controls="A guard")])  # fmt: skip
    found = outcome(now, then)
    ratings = {one.ref: tuple(side and side.rating for side in (one.before, one.after)) for one in found.movements}
    assert ratings == {"R1": (3, 6), "R2": (6, None), "R3": (6, 6), "R9": (None, 6), "R4": (6, None)}
    assert found.previous == "q3.xlsx"
    other = write(tmp_path / "other.xlsx", [row(71, Risk_Title="Wholly unlike"), row(72, Risk_Title="Another matter")])
    assert outcome(other, then).movements == ()


def test_waivers_that_hold(tmp_path: Path) -> None:
    path = write(tmp_path / "r.xlsx", [row(1, Risk_Owner=None), row(2, Risk_Owner=None), row(3), row(4)])
    config = parse_config("".join(
        f'[[waivers]]\nrule = "OW001"\nref = "R{number}"\nreason = "Vacant"\nname = "{name}"\nuntil = {until}\n'
        for number, name, until in ((1, "Head of Audit", "2025-12-31"), (2, "Head of Audit", "2024-06-30"))
    ), tmp_path / "regsheet.toml")  # fmt: skip
    found = outcome(path, config=config)
    assert [(one.code, one.ref, one.reason, one.name, one.until) for one in found.waivers] == [
        ("OW001", "R1", "Vacant", "Head of Audit", dt.date(2025, 12, 31))
    ]
    assert [one.status for one in found.findings if one.code == "OW001"] == ["waived", "open"]


def test_assurance_has_every_line_of_every_risk() -> None:
    found = outcome(SAMPLES / "assurance-map.xlsx").assurance
    book = read(SAMPLES / "assurance-map.xlsx")
    with_item = [one for one in found if one.item]
    assert len(with_item) == len(book.maps[0].frame)
    lines = {(one.risk_ref, one.risk_title, one.line) for one in found}
    assert len(lines) == len(book.maps[0].risks) * len(book.maps[0].lines)
    assert all(one.cell and one.opinion == "" for one in found if not one.item)


def test_a_failed_workbook(tmp_path: Path) -> None:
    error = PackageError("It is damaged;\nask for it again.")
    found = failed_outcome(error, Identity("a.xlsx", "Housing", "ab"), Options(as_of=AS_OF))
    assert (found.stage, found.reason, found.as_of) == ("failed", "It is damaged; ask for it again.", AS_OF)
    assert decode(encode(found)) == found


def test_hostile_text_can_be_stored(tmp_path: Path) -> None:
    path = write(tmp_path / "r.xlsx", [row(1, Risk_Title="Risk \u202e of a tab\tline\nend"), row(2), row(3)])
    assert outcome(path).risks[0].title.endswith("tab line end")


@pytest.mark.evaluation
def test_real_registers_can_be_stored(evaluation: Path) -> None:
    for path in sorted((evaluation / "data").glob("*.xlsx")):
        found = outcome(path, path)
        assert all(one.before and one.after for one in found.movements if one.ref)
