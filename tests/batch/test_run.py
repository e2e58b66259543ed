"""A run over a folder from beginning to end."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from small import AS_OF, RISKS, configuration, hashes, run, write_map, write_register

from regsheet.batch.request import Result
from regsheet.outcome.records import Outcome
from regsheet.pipeline import Options, annotate, annotate_loaded, load, report_loaded


def by_file(result: Result) -> dict[str, Outcome]:
    return {outcome.file: outcome for outcome in result.run.outcomes}


def codes(outcome: Outcome) -> set[str]:
    return {finding.code for finding in outcome.findings}


def test_a_whole_folder(tmp_path: Path) -> None:
    home = tmp_path / "in"
    write_register(home / "Housing/register.xlsx", RISKS[:3])
    write_register(home / "Place/register.xlsx", RISKS[3:], {0: {"Residual Rating": 20}})
    write_map(home / "Place/assurance map.xlsx", RISKS[3:5], first=4)
    write_register(tmp_path / "then/Place/register Q3.xlsx", [*RISKS[3:5], "Closed school"], {
        0: {"Residual Rating": 4, "Residual Likelihood": 2, "Residual Impact": 2},
        2: {"Cause": "Too few pupils", "Consequence": "Longer ways to lessons", "Existing Controls": "Bus service"},
    })  # fmt: skip
    (home / "list.csv").write_text("Ref,Risk Title,Likelihood,Impact,Score,Owner\n" + "".join(
        f"R{n},{title},2,3,6,Head of Law\n" for n, title in enumerate(RISKS, 1)), "utf-8")  # fmt: skip
    (home / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing that can be read")
    book = openpyxl.Workbook()
    book.active.append(["Dear colleague", "please find our register attached"])
    book.save(home / "letter.xlsx")
    result = run(home, tmp_path / "out", previous=tmp_path / "then")
    found = by_file(result)
    assert {file: (one.service, one.stage, one.output) for file, one in found.items()} == {
        "broken.xlsx": ("Broken", "failed", ""),
        "Housing/register.xlsx": ("Housing", "annotated", "Housing/register.checked.xlsx"),
        "list.csv": ("List", "checked", ""),
        "Place/assurance map.xlsx": ("Place", "annotated", "Place/assurance map.checked.xlsx"),
        "Place/register.xlsx": ("Place", "annotated", "Place/register.checked.xlsx"),
    }
    assert result.run.passed_over == (("letter.xlsx", "It holds neither a risk register nor an assurance map."),)
    place = found["Place/register.xlsx"]
    assert place.previous == "Place/register Q3.xlsx"
    assert [(m.title, m.before is None, m.after is None) for m in place.movements] == [
        (RISKS[3], False, False), (RISKS[4], False, False), (RISKS[5], True, False), ("Closed school", False, True)
    ]  # fmt: skip
    assert [c.cell for c in place.corrections if c.code == "SC001"] == ["K2"]
    assert {"AM007", "RF005", "DT"} & codes(place) >= {"RF005"}
    assert "AM007" not in codes(found["Housing/register.xlsx"]), "no map covers it, so none can lack it"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "Housing", "Place", "quarter.xlsx", "quarter.html", "findings.csv", "risks.parquet"
    }  # fmt: skip
    assert not any("~" in name or "tmp" in name for name in hashes(tmp_path / "out"))
    assert openpyxl.load_workbook(tmp_path / "out/Place/register.checked.xlsx").sheetnames[0] == "Register"


def test_a_map_without_a_name_of_its_own_is_of_its_registers_service(tmp_path: Path) -> None:
    write_register(tmp_path / "in/Strategic risk register.xlsx", RISKS[:4])
    write_map(tmp_path / "in/assurance map.xlsx", RISKS[:4])
    found = by_file(run(tmp_path / "in", tmp_path / "out"))
    assert {one.service for one in found.values()} == {"Strategic"}


def test_a_pair_of_workbooks_comes_out_as_when_annotated_together(tmp_path: Path) -> None:
    home = tmp_path / "in"
    paths = [write_register(home / "risk register.xlsx", changes={0: {"Residual Likelihood": 4, "Residual Impact": 5,
                            "Residual Rating": 20}}), write_map(home / "assurance map.xlsx", RISKS[:5])]  # fmt: skip
    run(home, tmp_path / "out")
    loaded = [load(path, Options(as_of=AS_OF)) for path in paths]
    for one, other in (loaded, reversed(loaded)):
        copy = tmp_path / "alone" / f"{one.book.path.stem}.checked.xlsx"
        copy.parent.mkdir(exist_ok=True)
        annotate_loaded(one, copy, (other.book,))
    assert hashes(tmp_path / "alone").items() <= hashes(tmp_path / "out").items()


def test_the_registers_of_a_run_are_held_against_one_another(tmp_path: Path) -> None:
    home = tmp_path / "in"
    write_register(home / "A/r.xlsx", RISKS[:2])
    write_register(home / "B/r.xlsx", RISKS[:1], {0: {"Risk Owner": "Head of Roads", "RAG": "Red"}})
    write_register(home / "C/r.xlsx", RISKS[1:3], {0: {"RAG": "Red"}, 1: {"RAG": "Red"}})
    write_register(tmp_path / "then/B/r.xlsx", RISKS[:2])
    found = by_file(run(home, tmp_path / "out", previous=tmp_path / "then"))
    differs = {file: [f.message for f in one.findings if f.code == "OW006"] for file, one in found.items()}
    assert "by “Head of Roads” in r.xlsx" in differs["A/r.xlsx"][0]
    assert "by “Head of Property” in r.xlsx" in differs["B/r.xlsx"][0]
    assert differs["C/r.xlsx"] == []
    assert "SC005" in codes(found["A/r.xlsx"]), "two others call 6 red"
    assert "RF005" not in codes(found["B/r.xlsx"]), "its second risk stands in the registers of A and C now"


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, council: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    first = run(council / "q4", one / "out", 1, previous=council / "q3")
    again = other / "in"
    for path in sorted((council / "q4").rglob("*.xlsx"), reverse=True):  # made in another order
        target = again / path.relative_to(council / "q4")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    second = run(again, other / "out", 2, previous=council / "q3")
    assert first == second
    assert len(first.run.outcomes) == 8
    assert hashes(one / "out") == hashes(other / "out")
    assert _dump(one / "ledger.db") == _dump(other / "ledger.db")


def _dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as ledger:
        lines = list(ledger.iterdump())
    ledger.close()
    return sorted(line for line in lines if '"finished"' not in line)  # these stand in the order of their end


def test_what_did_not_change_is_not_done_again(tmp_path: Path) -> None:
    home, out = tmp_path / "in", tmp_path / "out"
    for name, town in (("a", "Northgate"), ("b", "Southwell"), ("c", "Westerham")):
        write_register(home / f"{name}.xlsx", [f"{risk} at {town}" for risk in RISKS])
    first = run(home, out)
    before = hashes(out)
    times = {path: path.stat().st_mtime_ns for path in out.glob("*.checked.xlsx")}
    assert run(home, out).taken_over == 3
    assert {path: path.stat().st_mtime_ns for path in out.glob("*.checked.xlsx")} == times
    assert hashes(out) == before
    write_register(home / "b.xlsx", ["A new risk"])
    (out / "c.checked.xlsx").unlink()
    second = run(home, out)
    assert second.taken_over == 1
    assert hashes(out)["c.checked.xlsx"] == before["c.checked.xlsx"]
    assert by_file(second)["a.xlsx"] == by_file(first)["a.xlsx"]
    assert run(home, out, afresh=True).taken_over == 0
    assert run(home, out, options={"ignore": ("DT",)}).taken_over == 0, "other rules"


def test_a_copy_that_somebody_changed_is_left_alone(tmp_path: Path) -> None:
    home, out = tmp_path / "in", tmp_path / "out"
    write_register(home / "a.xlsx")
    run(home, out)
    changed = openpyxl.load_workbook(out / "a.checked.xlsx")
    changed["Register"]["B2"] = "Typed over"
    changed.save(out / "a.checked.xlsx")
    there = (out / "a.checked.xlsx").read_bytes()
    assert by_file(run(home, out))["a.xlsx"].stage == "annotated", "it is still there, so nothing is to be done"
    write_register(home / "a.xlsx", RISKS[:2])
    outcome = by_file(run(home, out))["a.xlsx"]
    assert outcome.stage == "failed"
    assert "has been changed since regsheet wrote it" in outcome.reason
    assert (out / "a.checked.xlsx").read_bytes() == there
    assert by_file(run(home, out, force=True))["a.xlsx"].stage == "annotated"


def test_our_own_files_in_the_folder_are_passed_over(tmp_path: Path) -> None:
    home = tmp_path / "in"
    path = write_register(home / "a.xlsx")
    report_loaded(load(path), home / "a.findings.xlsx")
    annotate(path)
    (home / "owners.csv").write_text("Role,Name\nHead of Property,A. Person\n", "utf-8")
    settings = configuration(home, 'owners = "owners.csv"\n')
    result = run(home, home / "out", options={"configuration": settings}, ledger=home / "ledger.db")
    assert [one.file for one in result.run.outcomes] == ["a.xlsx"]
    assert result.run.passed_over == (
        ("a.checked.xlsx", "It is an annotated copy of “a.xlsx”, which is there too."),
        ("a.findings.xlsx", "It is a report of regsheet's, no register."),
    )
    assert run(home, home / "out", options={"configuration": settings}, ledger=home / "ledger.db").taken_over == 1


def test_the_ledger_feeds_the_next_quarter(tmp_path: Path) -> None:
    import datetime as dt

    red = {0: {"Residual Likelihood": 4, "Residual Impact": 5, "Residual Rating": 20, "RAG": "Red"}}
    days = [dt.date(2023, 12, 31), dt.date(2024, 3, 31), dt.date(2024, 6, 30), dt.date(2024, 9, 30)]
    for number, day in enumerate(days):
        write_register(tmp_path / f"q{number}/r.xlsx", changes=red)
        run(tmp_path / f"q{number}", tmp_path / f"out{number}", ledger=tmp_path / "l.db", options={"as_of": day})
    write_register(tmp_path / "now/r.xlsx", changes=red)
    result = run(tmp_path / "now", tmp_path / "out", ledger=tmp_path / "l.db")
    assert "CL009" in codes(by_file(result)["r.xlsx"])
    assert [red.quarters for red in result.trends.reds] == [5]


def test_a_disk_that_is_full_fails_the_file_and_not_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from regsheet.batch import run as module
    from regsheet.errors import OutputError

    write_register(tmp_path / "in/a.xlsx")
    write_register(tmp_path / "in/b.xlsx")
    really = module.write_whole

    def write(path: Path, content: bytes) -> None:
        if path.name.startswith("a"):
            raise OutputError("The disk is full.")
        really(path, content)

    monkeypatch.setattr(module, "write_whole", write)
    found = by_file(run(tmp_path / "in", tmp_path / "out"))
    assert (found["a.xlsx"].stage, found["a.xlsx"].reason) == ("failed", "The disk is full.")
    assert found["b.xlsx"].stage == "annotated"
