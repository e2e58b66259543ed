"""quarter.xlsx, read back."""

import io
import zipfile

import msgspec
import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from tests.quarter.runs import FIVE_BY_FIVE, finding, large, outcome, risk, run
from tests.quarter.test_summary import housing, leisure, trends

from regsheet.quarter.front import front_of
from regsheet.quarter.summary import summarise
from regsheet.quarter.workbook import quarter_workbook

SHEETS = ["Quarter", "Services", "Findings", "Risks", "Assurance", "Files", "Figures"]


def opened(made, earlier=None):
    return openpyxl.load_workbook(io.BytesIO(quarter_workbook(made, earlier)))


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def rows(sheet):
    """The table of a sheet as dictionaries."""
    (table,) = sheet.tables.values()
    heads, *body = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [dict(zip(heads, row, strict=True)) for row in body]


@pytest.fixture(scope="module")
def made():
    return run(housing(), leisure(), gone=("theatre.xlsx",))


@pytest.fixture(scope="module")
def book(made):
    return opened(made, trends())


def test_first_sheet_is_one_page(book):
    sheet = book["Quarter"]
    assert book.sheetnames == SHEETS
    assert {sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight} <= {1, None}  # one where nothing is said
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area == f"'Quarter'!$A$1:$AJ${sheet.max_row + 1}"  # the last row has the charts


@pytest.mark.parametrize("case", [(1, 3), (3, 6), (14, 9), (60, 17)])
def test_page_never_outgrows_its_paper(case):
    """As high as it may be for its width, so that letters of 8 points are printed at 6.3 or more."""
    sheet = opened(*large(*case))["Quarter"]
    high = sum(sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1))
    assert high / (36 * 23 * 0.75) < (297 - 19) / (210 - 15) * 1.26


def test_what_was_passed_over_and_why_is_among_the_files(made):
    with_letter = msgspec.structs.replace(made, passed_over=(("letter.xlsx", "It holds no register."),))
    (line,) = [row for row in rows(opened(with_letter, trends())["Files"]) if row["File"] == "letter.xlsx"]
    assert line["What came of it"] == "Passed over: no register"
    assert line["Remarks"] == "It holds no register."


def test_a_later_run_knows_it_for_a_report_of_ours(book):
    assert book.custom_doc_props["regsheet report"].value == "0.1.0"


def test_figures_on_the_page_are_the_summary_s(book, made):
    summary = summarise(made, trends())
    shown = texts(book["Quarter"])
    for tile in front_of(summary).tiles:
        assert shown[shown.index(tile.label) - 11] == str(tile.number)
    for words in ("Into red", "Out of red", "H1 (2)", "16 Red", "9 Amber", "20 Red"):
        assert words in shown, words


def test_more_than_there_is_room_for_is_counted():
    many, earlier = large(60, 17, 20)
    shown = " ".join(texts(opened(many, earlier)["Quarter"]))
    assert "and 50 more: sheet Services" in shown
    assert "1,020 risks" in shown


def test_every_finding_risk_and_file_has_a_row(book, made):
    findings, risks = rows(book["Findings"]), rows(book["Risks"])
    assert [(row["Service"], row["Ref"], row["Severity"], row["Status"]) for row in findings] == [
        ("Housing", "H1", "Error", "Corrected"), ("Housing", "H2", "Warning", "Open"),
        ("Housing", "H1", "Warning", "Waived"), ("Leisure", "L2", "Error", "Open"), ("Leisure", None, "Note", "Open"),
    ]  # fmt: skip
    assert findings[0]["Quarters seen"] == 2
    assert [row["Ref"] for row in risks] == ["H1", "H2", "H3", "L1", "L2"]
    assert (risks[0]["Residual rating"], risks[0]["Residual band"], risks[0]["Red"]) == (16, "Red", "Red")
    assert (risks[0]["Movement"], risks[0]["Rating last quarter"]) == ("Up", 12)
    assert [row["File"] for row in rows(book["Files"])] == ["housing.xlsx", "leisure.xlsx", "theatre.xlsx"]
    assert [row["Service"] for row in rows(book["Services"])] == ["Housing", "Leisure"]


def test_cells_link_to_the_annotated_workbook(book):
    links = {cell.value: cell.hyperlink for cell in book["Findings"]["D"] if cell.hyperlink}
    assert links["G6"].target == "housing.checked.xlsx" or links["G6"].target == "leisure.checked.xlsx"
    assert links["G6"].location == "'Register'!G6"


@pytest.mark.parametrize(
    "output", ["../x.xlsx", "/etc/x.xlsx", "C:\\x.xlsx", "http://x/y.xlsx", "a#b.xlsx", "a%41.xlsx", ""]
)
def test_unsafe_names_are_no_links(output):
    made = run(outcome("S", (risk("R1", FIVE_BY_FIVE, (5, 5)),), findings=(finding(),), output=output))
    data = quarter_workbook(made, None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b'TargetMode="External"' in archive.read(name)]


HOSTILE = '=HYPERLINK("http://x","y")'


def test_text_stays_text_and_long_text_is_cut():
    item = msgspec.structs.replace(
        risk("R1", FIVE_BY_FIVE, (5, 5)), title=HOSTILE, owner="x" * 40_000, ref="http://x.example"
    )
    one = outcome("=1+1", (item,), file="=cmd.xlsx", findings=(finding(message=HOSTILE, ref="R1"),))
    made = run(one, organisation="@x")
    data = quarter_workbook(made, None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    (row,) = rows(openpyxl.load_workbook(io.BytesIO(data))["Risks"])
    assert (row["Service"], row["Title"], row["Ref"]) == ("=1+1", HOSTILE, "http://x.example")
    assert len(row["Owner"]) <= 32_767


def test_same_run_gives_the_same_bytes(made):
    assert quarter_workbook(made, trends()) == quarter_workbook(made, trends())
    with zipfile.ZipFile(io.BytesIO(quarter_workbook(made, None))) as archive:
        assert b"2024-12-31T00:00:00Z" in archive.read("docProps/core.xml")


def test_first_quarter_says_so(made):
    quiet = run(*(msgspec.structs.replace(one, previous="", movements=()) for one in made.outcomes))
    shown = " ".join(texts(opened(quiet)["Quarter"]))
    assert "First quarter: there is nothing to compare with yet." in shown
    assert not opened(quiet)["Quarter"]._charts


def test_charts_have_words(made):
    with zipfile.ZipFile(io.BytesIO(quarter_workbook(made, trends()))) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert "30 September 2024: 2 Red, 1 Amber, 0 Yellow, 3 Green" in drawing
    assert "New: 1 error, 1 warning, 1 note" in drawing


def test_nothing_at_all():
    for outcomes in ((), (outcome("A", (), None, stage="failed", output="", reason="It is no workbook."),)):
        book = opened(run(*outcomes))
        assert "No workbook was read." in " ".join(texts(book["Quarter"]))
        assert book.sheetnames == SHEETS
    assert rows(book["Files"])[0]["Remarks"] == "It is no workbook."


def test_ten_thousand_findings():
    many = tuple(finding(ref=f"R{number}", cell=f"G{number}") for number in range(10_000))
    data = quarter_workbook(run(outcome("S", (risk("R1", FIVE_BY_FIVE, (5, 5)),), findings=many)), None)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Findings")
    found = [row for row in sheet.to_python() if row[8] == "SC001"]
    assert len(found) == 10_000
    assert found[-1][3:5] == ["G9999", "R9999"]
