"""The whole of annotating, on workbooks with random features: nothing is lost, and it can all be taken off again."""

import io
import warnings
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from random_workbooks import PLANS, Plan, findings, workbook
from workbooks import SHEET, finding, made, plain, report, saved, values, with_parts, with_rows

from regsheet.errors import OutputError
from regsheet.grid import read_grid
from regsheet.package import Package
from regsheet.rules.findings import Finding
from regsheet.writer.annotate import AnnotateResult, annotate
from regsheet.writer.mark import read_mark
from regsheet.writer.paint import Painter
from regsheet.writer.sheets import build_sheets
from regsheet.writer.strip import is_annotated, strip

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def annotated(package: Package, *found: Finding, sheets: bool = False) -> AnnotateResult:
    grid = read_grid(package)
    return annotate(package, report(grid, *found), grid, build_sheets if sheets else None)


def contents(package: Package) -> list[tuple[str, bytes]]:
    return [(name, package.blob(name)) for name in package.names]


@QUICK
@given(PLANS)
def test_only_the_corrected_cells_change(plan: Plan) -> None:
    package = workbook(plan)
    before = values(package)
    result = annotated(package, *findings(plan, read_grid(package)))
    after = values(saved(package))
    written = {(change.correction.sheet, change.correction.cell) for change in result.report.settled.changes}
    sheets = {sheet.name: sheet for sheet in read_grid(package).sheets}
    anchors = set()
    for sheet, cell in written:
        merge = sheets[sheet].merge_at(*openpyxl.utils.cell.coordinate_to_tuple(cell))
        anchors.add((sheet, str(merge).partition(":")[0] if merge else cell))
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} <= anchors


@QUICK
@given(PLANS)
def test_it_comes_off_again_byte_for_byte_and_twice_is_once(plan: Plan) -> None:
    package = workbook(plan)
    before, found = contents(workbook(plan)), findings(plan, read_grid(package))
    annotated(package, *found, sheets=plan.seed % 5 == 0)
    first = package.to_bytes()
    assert is_annotated(saved(package))
    stripped = strip(saved(package))
    assert stripped.exact
    assert contents(stripped.package) == before
    annotated(stripped.package, *found, sheets=plan.seed % 5 == 0)
    assert stripped.package.to_bytes() == first


@QUICK
@given(PLANS)
def test_parts_that_need_no_change_keep_their_bytes_and_others_can_read_it(plan: Plan) -> None:
    package = workbook(plan)
    before = dict(contents(workbook(plan)))
    annotated(package, *findings(plan, read_grid(package)))
    may_change = (
        "xl/worksheets/", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/", "xl/comments", "[Content_Types]",
        "xl/drawings/vml",
    )  # fmt: skip
    for name, blob in before.items():
        if not name.startswith(may_change):
            assert package.blob(name) == blob, name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    noted = {(sheet.title, cell.coordinate) for sheet in book for row in sheet for cell in row if cell.comment}
    assert noted >= {(note.sheet, note.cell) for note in read_mark(saved(package)).notes}


def test_a_note_begins_with_severity_and_code_and_tells_all_findings_of_its_cell() -> None:
    package = plain()
    annotated(package, finding("E2", after=16, before=4), finding("E2", code="TX001", message="R1: too short."))
    assert read_grid(saved(package)).sheets[0].notes[2, 5].text == (
        "Error SC001 (wrong-overall-rating): R1: the rating is 4, but 4 × 4 = 16. Confirm the scores. "
        "Corrected here: was 4, now 16 (4 × 4 = 16).\n"
        "Error TX001 (wrong-overall-rating): R1: too short. Confirm the scores."
    )


def test_many_or_long_findings_are_cut_to_what_can_be_read_at_a_glance() -> None:
    package = plain()
    annotated(package, *(finding("E2", message=f"R1: {number} " + "word " * 100) for number in range(40)))
    text = read_grid(saved(package)).sheets[0].notes[2, 5].text
    assert len(text) < 2300
    assert text.endswith("more about this cell: see the sheet Findings.")


def test_a_flagged_cell_is_marked_outside_the_rag_colours() -> None:
    package = plain()
    annotated(package, finding("B3"))
    look = read_grid(saved(package)).sheets[0].style(3, 2)
    assert look.fill == "E4DFEC"
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    border = book["Register"]["B3"].border
    assert {border.left.style, border.right.style, border.top.style, border.bottom.style} == {"medium"}
    assert border.left.color.rgb == "FF7030A0"


def test_a_cell_with_a_fill_of_its_own_keeps_it() -> None:
    package = made(lambda book, sheet: sheet.write("B3", "x", book.add_format({"bg_color": "#FFFF00"})))
    annotated(package, finding("B3"))
    assert read_grid(saved(package)).sheets[0].style(3, 2).fill == "FFFF00"


def test_a_corrected_cell_that_was_blank_is_aligned_like_its_column() -> None:
    def fill(book: object, sheet: object) -> None:
        for row in range(1, 5):
            sheet.write(row, 4, row, book.add_format({"align": "center"}))

    package = made(fill)
    annotated(package, finding("E6", after=16))
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    assert book["Register"]["E6"].alignment.horizontal == "center"


def test_a_refused_correction_becomes_a_suggestion_and_leaves_the_change_log() -> None:
    package = made(lambda _, sheet: sheet.write_array_formula("B2:B4", "{=A2:A4*2}", None, 2))
    result = annotated(package, finding("B3", after=16), finding("C3", after=5))
    assert [str(item) for item in result.not_written] == [
        "Register!B3: the cell is part of an array formula or a data table, which must be changed as a whole"
    ]
    assert [change.correction.cell for change in result.report.settled.changes] == ["C3"]
    assert [item.status for item in result.report.settled.findings] == ["suggested", "corrected"]


def test_recalculation_is_asked_for_only_where_formulas_may_depend_on_it() -> None:
    def setting(package: Package) -> str | None:
        calc = package.tree("xl/workbook.xml").find("{*}calcPr")
        return None if calc is None else calc.get("fullCalcOnLoad")

    def fresh(rows: str) -> Package:
        package = with_rows(rows)
        text = package.blob("xl/workbook.xml").replace(b' fullCalcOnLoad="1"', b"")
        return with_parts(package, workbook=text)

    values_only = '<row r="1"><c r="A1"><v>1</v></c></row>'
    with_formula = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>'
    for rows, found, expected in (
        (values_only, finding("A1", after=5), None),
        (with_formula, finding("A1"), None),
        (with_formula, finding("A1", after=5), "1"),
        (values_only, finding("A1", after=5, formula="1+4"), "1"),
    ):
        package = fresh(rows)
        annotated(package, found)
        assert setting(package) == expected


def test_the_calculation_chain_goes_with_a_formula_and_comes_back_in_its_place() -> None:
    package = with_rows('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>3</v></c></row>')
    chain = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="1"/></calcChain>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    package.add("xl/calcChain.xml", chain.encode(), kind)
    package.relationships("xl/workbook.xml").add("calcChain", "xl/calcChain.xml")
    package = saved(package)
    before = contents(saved(package))
    kept = saved(package)
    annotated(kept, finding("B1", after=5))
    assert "xl/calcChain.xml" in kept
    annotated(package, finding("A1", after=5))
    assert "xl/calcChain.xml" not in package
    assert not package.relationships("xl/workbook.xml").of_kind("calcChain")
    assert contents(strip(saved(package)).package) == before


def test_a_finding_without_a_place_marks_nothing() -> None:
    package = plain()
    annotated(package, replace(finding("A1"), cell=None), finding("B2", sheet="No such sheet"))
    assert package.blob(SHEET) == plain().blob(SHEET)


def test_a_lost_cell_stops_the_output(monkeypatch: pytest.MonkeyPatch) -> None:
    def clumsy(self: Painter, *_: object) -> None:
        self.patch.set_value(2, 2, None)

    package = plain()
    monkeypatch.setattr("regsheet.writer.paint.Painter.flag", clumsy)
    with pytest.raises(OutputError, match="not written, because"):
        annotated(package, finding("B3"))
