"""The heatmap: every risk is on it or said to be missing, and it follows the register's own cells."""

from __future__ import annotations

import io
import itertools
import math
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from regsheet.grid.cells import Value
from regsheet.package import Package
from regsheet.writer.graft import graft
from regsheet.writer.report import Report
from regsheet.writer.sheets import SheetNames, build_sheets
from regsheet.writer.sheets.heatmap.axes import Axis, Step, axis_of
from regsheet.writer.sheets.heatmap.columns import allot, columns_for
from regsheet.writer.sheets.heatmap.live import literal, read_alike
from regsheet.writer.sheets.heatmap.placement import Plan, plan_of

Read = Callable[[Report], openpyxl.Workbook]
Make = Callable[..., Path]
ReportOf = Callable[[Path], Report]


def formulas(sheet: Worksheet) -> dict[str, str]:
    """Array formulas by cell."""
    return {
        cell.coordinate: cell.value.text for row in sheet.iter_rows() for cell in row if hasattr(cell.value, "text")
    }


def cached(report: Report, name: str = "Heatmap") -> Worksheet:
    """The sheet with what its formulas gave when it was made."""
    return openpyxl.load_workbook(io.BytesIO(build_sheets(report, SheetNames())), data_only=True)[name]


def values(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def stage_columns(sheet: Worksheet, stages: tuple[str, ...]) -> Iterator[tuple[str, list[Cell]]]:
    """Under each stage's heading, the cells of its matrix."""
    heads = {cell.value: cell for row in sheet.iter_rows(max_row=6) for cell in row if cell.value in stages}
    bottom = next(cell.row for cell in sheet["A"] if cell.value == "Impact")
    for stage in stages:
        first = heads[stage]
        width = next(len(range(area.min_col, area.max_col + 1)) for area in sheet.merged_cells.ranges
                     if first.coordinate in area)  # fmt: skip
        yield stage, [sheet.cell(row, column) for row in range(first.row + 1, bottom)
                      for column in range(first.column, first.column + width)]  # fmt: skip


def test_the_matrix_stands_once_a_stage_with_score_band_and_references(report: Report) -> None:
    sheet = cached(report)
    for _, cells in stage_columns(sheet, ("Inherent", "Residual", "Target")):
        numbers = [cell.value for cell in cells if isinstance(cell.value, int)]
        assert sorted(numbers) == sorted(x * y for x in range(1, 6) for y in range(1, 6))
        formats = {cell.number_format for cell in cells if cell.value == 25}
        assert all(re.fullmatch(r'General" \w+"', item) for item in formats)
        fills = {cell.value: cell.fill.fgColor.rgb for cell in cells if isinstance(cell.value, int)}
        assert len(set(fills.values())) > 1


def test_every_risk_is_on_the_matrix_or_said_to_be_missing(report: Report) -> None:
    plan = plan_of(report.settled.book.registers[0])
    sheet = cached(report)
    missing_row = next(cell.row for cell in sheet["A"] if cell.value == "Not on the matrix")
    missing = [str(cell.value) for cell in sheet[missing_row] if cell.value is not None][1:]
    for (stage, cells), text in zip(stage_columns(sheet, ("Inherent", "Residual", "Target")), missing, strict=True):
        shown = re.findall(r"R\d+|row \d+", " ".join(str(cell.value) for cell in cells) + text)
        counted = sum(int(number) for number in re.findall(r"(\d+) risks", " ".join(str(cell.value) for cell in cells)))
        assert len(shown) + counted == 20
        assert len(set(shown)) == len(shown)
        absent = {place.label for place in plan.places[stage.lower()] if not place.placed}
        assert absent == set(re.findall(r"R\d+|row \d+", text))
    assert {place.label for place in plan.places["residual"] if not place.placed} == {"R4", "row 9"}


def test_counts_by_band_and_missing_make_all_risks(report: Report) -> None:
    sheet = cached(report)
    first = next(cell.row for cell in sheet["A"] if cell.value == "Risks in each band") + 1
    last = next(cell.row for cell in sheet["A"] if cell.value == "Not on the matrix")
    plan = plan_of(report.settled.book.registers[0])
    columns = columns_for(3, 5)
    for number, stage in enumerate(plan.stages):
        counts = [sheet.cell(row, columns.first(number) + 1).value for row in range(first, last)]
        assert sum(counts) + sum(not place.placed for place in plan.places[stage]) == 20


def test_the_movement_table_lists_every_risk_and_links_to_it(report: Report, sheets: openpyxl.Workbook) -> None:
    sheet = sheets["Heatmap"]
    start = next(cell.row for cell in sheet["A"] if cell.value == "Risk") + 1
    links = [sheet.cell(row, 1).hyperlink.location for row in range(start, start + 20)]
    assert links[:3] == ["'Register'!A2", "'Register'!A3", "'Register'!A4"]
    plain = cached(report)
    fourth = [str(cell.value) for cell in plain[start + 3] if cell.value is not None]
    assert fourth[0] == "R4"
    assert "no likelihood" in fourth
    assert fourth[-1].startswith("4 ")
    assert any(arrow in " ".join(values(plain)) for arrow in "↓↑→")


def test_formulas_read_the_registers_own_cells(sheets: openpyxl.Workbook) -> None:
    found = list(formulas(sheets["Heatmap"]).values())
    joined = [formula for formula in found if "TEXTJOIN" in formula]
    assert len(joined) == 3 * 25 + 3
    assert all("_xlfn.TEXTJOIN(" in formula and formula.startswith("=IFERROR(") for formula in joined)
    assert all("'Register'!$C$2:$C$21" in formula or "$G$2:$G$21" in formula or "$K$2:$K$21" in formula
               for formula in joined)  # fmt: skip
    assert all(len(formula) < 8192 for formula in found)
    for text in re.findall(r'"((?:[^"]|"")*)"', " ".join(found)):
        assert len(text) <= 255


def test_each_rating_follows_its_own_row_of_the_register(sheets: openpyxl.Workbook) -> None:
    sheet = sheets["Heatmap"]
    start = next(cell.row for cell in sheet["A"] if cell.value == "Risk") + 1
    for row in range(start, start + 20):
        place = str(sheet.cell(row, 1).hyperlink.location)
        ratings = [str(cell.value) for cell in sheet[row] if "COUNT" in str(cell.value)]
        assert len(ratings) == 3
        assert {found for rating in ratings for found in re.findall(r"'Register'![A-Z]+(\d+)", rating)} == {
            place.removeprefix("'Register'!A")
        }


CELLS = st.sampled_from((None, 1, 1.0, True, 2, 2.5, math.inf, "", "n/a", "1"))


@given(st.lists(st.tuples(st.sampled_from((None, 1.0, 2.0, 2.5, math.inf)), CELLS), max_size=4))
def test_scores_looked_at_together_are_as_live_as_one_by_one(pairs: list[tuple[float | None, Value]]) -> None:
    scores, cells = [score for score, _ in pairs], [cell for _, cell in pairs]
    one_by_one = all(
        not isinstance(cell, int | float) or isinstance(cell, bool) or cell == math.inf if score is None
        else type(cell) in {int, float} and cell == score and cell != math.inf
        for score, cell in pairs
    )  # fmt: skip
    assert read_alike(scores, cells) == one_by_one


def test_places_say_of_each_risk_what_its_standing_says(report: Report) -> None:
    plan = plan_of(report.settled.book.registers[0])
    for stage, places in plan.places.items():
        assert [place.words for place in places] == plan.said(stage)
        assert [place.label for place in places if not place.placed] == plan.nowhere(stage)
        for place in places:
            if place.likelihood is not None and place.impact is not None:
                assert place.label in plan.at(stage, place.likelihood, place.impact)
    assert all(place.words for places in plan.places.values() for place in places)


def test_twenty_risks_fit_one_page(sheets: openpyxl.Workbook) -> None:
    assert (sheets["Heatmap"].page_setup.fitToWidth or 1, sheets["Heatmap"].page_setup.fitToHeight or 1) == (1, 1)


def test_more_references_than_fit_become_a_count_with_a_note(
    register_file: Make, report_of: ReportOf, read_sheets: Read
) -> None:
    path = register_file([(f"R{n}", f"Risk number {n}", (4, 4, 3, 3, 2, 2)) for n in range(1, 61)])
    report = report_of(path)
    assert "60 risks" in values(cached(report))
    notes = [cell.comment.text for row in read_sheets(report)["Heatmap"].iter_rows() for cell in row if cell.comment]
    assert len(notes) == 3
    assert all("R1, R2, R3" in note and "R60" in note for note in notes)


@pytest.mark.parametrize("size", [(3, 3), (4, 4), (5, 5), (6, 6), (3, 4)])
def test_matrices_of_any_size(size: tuple[int, int], register_file: Make, report_of: ReportOf) -> None:
    up, across = size
    risks = [(f"R{n}", f"Risk number {n}", (n % up + 1, n % across + 1, 1, 1, 1, 1)) for n in range(1, 13)]
    plan = plan_of(report_of(register_file(risks)).settled.book.registers[0])
    assert plan.likelihood
    assert plan.impact
    assert len(plan.likelihood.steps) >= up
    assert len(plan.impact.steps) >= across
    assert all(place.placed for places in plan.places.values() for place in places)


def test_percentages_are_put_into_ranges(register_file: Make, report_of: ReportOf) -> None:
    shares = (0.05, 0.1, 0.22, 0.35, 0.41, 0.5, 0.63, 0.7, 0.88, 0.95)
    risks = [
        (f"R{n}", f"Risk number {n}", (share, n % 5 + 1, share / 2, 2, share / 4, 1)) for n, share in enumerate(shares)
    ]
    report = report_of(register_file(risks))
    plan = plan_of(report.settled.book.registers[0])
    assert plan.likelihood
    assert not plan.likelihood.exact
    assert plan.likelihood.steps[0].label == "0%–20%"
    assert all(place.placed for places in plan.places.values() for place in places)
    assert any("grouped into ranges" in text for text in values(cached(report)))


def test_scores_that_are_texts_are_not_live(register_file: Make, report_of: ReportOf, read_sheets: Read) -> None:
    words = ("Low", "Medium", "High")
    risks = [(f"R{n}", f"Risk number {n}", (words[n % 3], words[n % 2], *("Low",) * 4)) for n in range(9)]
    report = report_of(register_file(risks))
    assert not formulas(read_sheets(report)["Heatmap"])
    plan = plan_of(report.settled.book.registers[0])
    said = " ".join(values(cached(report)))
    assert all(place.label in said for places in plan.places.values() for place in places)


def test_an_axis_has_one_place_for_each_value() -> None:
    axis = Axis("likelihood", (Step(0, 0.2, "a"), Step(0.2000001, 1, "b")), exact=False)
    assert [axis.place(value) for value in (0, 0.2, 0.3, 1, 1.1, None)] == [0, 0, 1, 1, None, None]


def test_no_scores_at_all(register_file: Make, report_of: ReportOf) -> None:
    risks = [(f"R{n}", f"Risk number {n}", (None,) * 6) for n in range(1, 7)]
    report = report_of(register_file(risks))
    register = report.settled.book.registers[0]
    assert axis_of(register, "likelihood") is None or isinstance(plan_of(register), Plan)
    said = values(cached(report))
    assert all(f"Risk number {n}" in said for n in range(1, 7))


def test_columns_are_allotted_from_the_right_and_leave_one_for_each() -> None:
    widths = (18.0, 10.0, 10.0, 10.0, 3.5, 10.0, 10.0, 10.0)
    runs = allot(widths, (40.0, 27.0, 9.0, 3.0, 9.0), 1)
    assert runs[-1] == (7, 7)
    assert all(one[1] + 1 == other[0] for one, other in itertools.pairwise(runs))
    assert runs[0][0] == 1
    assert all(first <= last for first, last in runs)


def test_a_literal_is_quoted_and_cut_in_pieces() -> None:
    assert literal('say "no"') == '"say ""no"""'
    assert literal("x" * 600).count("&") == 2


@pytest.mark.libreoffice
def test_a_changed_score_moves_the_reference(report: Report, tmp_path: Path) -> None:
    """LibreOffice works the formulas out afresh: what they give is what was written, and they follow a change."""
    soffice = shutil.which("soffice")
    if soffice is None and os.environ.get("CI", "").lower() != "true":
        pytest.skip("LibreOffice is not installed")
    assert soffice, "LibreOffice is not installed"
    expected = {cell.coordinate: cell.value for row in cached(report).iter_rows() for cell in row}
    source = report.settled.book.path.read_bytes()
    as_it_is = _recalculated(soffice, source, report, tmp_path / "same", None)
    assert as_it_is == {at: value for at, value in expected.items() if at in as_it_is}
    assert len(as_it_is) > 75
    moved = _recalculated(soffice, source, report, tmp_path / "moved", ("C2", "5"))
    changed = {at for at in moved if moved[at] != as_it_is[at]}
    places = [at for at in changed if "R1" in re.split(r"[,:]? ", str(moved[at]))]
    assert len(places) == 1  # R1 stands in another cell of the inherent matrix ...
    assert changed  # ... and counts and movement follow
    assert 3 <= len(changed) <= 10


def _recalculated(
    soffice: str, source: bytes, report: Report, folder: Path, change: tuple[str, str] | None
) -> dict[str, object]:
    """What the heatmap's formulas give after LibreOffice worked them out, by cell."""
    folder.mkdir()
    package = Package(source)
    if change:
        sheet = package.relationships(package.main_part).of_kind("worksheet")[0].target
        for cell in package.tree(sheet).iter("{*}c"):
            if cell.get("r") == change[0]:
                cell.find("{*}v").text = change[1]
        package.touch(sheet)
    graft(package, build_sheets(report, SheetNames()))
    heatmap = package.relationships(package.main_part).of_kind("worksheet")[3].target
    cells = [cell for cell in package.tree(heatmap).iter("{*}c") if cell.find("{*}f") is not None]
    for cell in cells:
        cell.remove(cell.find("{*}v"))
    package.touch(heatmap)
    package.save(folder / "in.xlsx")
    subprocess.run([soffice, "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--convert-to",
                    "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(folder / "in.xlsx")],
                   check=True, capture_output=True, timeout=180)  # fmt: skip
    sheet = openpyxl.load_workbook(folder / "out" / "in.xlsx", data_only=True)["Heatmap"]
    return {str(cell.get("r")): sheet[str(cell.get("r"))].value for cell in cells}
