"""Copies that are safe to send: nothing of what is hidden is left in any part, and the rest still works."""

import re
import subprocess
import sys

import openpyxl
import pytest
import xlsxwriter
from mailing import PROPERTY, attached, drafts_of, opened, people, text_of

from conftest import AS_OF
from regsheet.config import Config
from regsheet.errors import OutputError
from regsheet.grid import read_grid
from regsheet.mail.attached import Copies, workbook_for
from regsheet.mail.contents import read_contents
from regsheet.package import Package
from regsheet.pipeline import Options, annotate, open_workbook
from regsheet.writer.redact import redact
from regsheet.writer.redact.speaking import Doomed
from regsheet.writer.strip import is_annotated

PRIVATE = "Mrs Hidden earns 61234"
HEADS = ("Ref", "Risk Title", "Likelihood", "Impact", "Rating", "Risk Owner", "Cause", "Level", "Twice", "Plain")


@pytest.fixture
def register(tmp_path):
    """A register with all that redaction is about, as a file."""
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"author": "Somebody Private", "company": "Private Company", "comments": "draft 7"})
        book.set_custom_property("Folder", "Private folder")
        sheet, hidden = book.add_worksheet("Register"), book.add_worksheet("It's private")
        hidden.hide()
        hidden.write_column(0, 0, ["Low", "Medium", "High"])
        hidden.write_column(0, 1, [7, 8, 9])
        hidden.write("D1", PRIVATE)
        hidden.write_comment("A1", "a private note")
        book.define_name("Secret_rate", "='It''s private'!$B$1")
        book.define_name("Secret_twice", "=Secret_rate*2")
        book.define_name("Levels", "='It''s private'!$A$1:$A$3")
        book.define_name("Open_name", "=Register!$A$2")
        sheet.write_row(0, 0, HEADS)
        for n in range(1, 7):
            sheet.write_row(n, 0, [f"R{n}", f"Risk number {n}", 2, 3, 6, "Head of Property", None, "Low"])
            sheet.write_formula(n, 8, f"='It''s private'!B1*{n}", None, 7 * n)
            sheet.write_formula(n, 9, f"=C{n + 1}+1", None, 3)
        sheet.write_formula("L2", "=Secret_twice+1", None, 15)
        sheet.write_formula("L3", "=VLOOKUP(\"Low\",INDIRECT(\"'It''s private'!A1:B3\"),2,0)", None, 7)
        sheet.write_formula("L4", "='It''s private'!D1", None, "text result & <more>")
        sheet.write_array_formula("M2:M3", "{='It''s private'!B1:B2*1}", None, 7)
        sheet.data_validation("H2:H7", {"validate": "list", "source": "='It''s private'!$A$1:$A$3"})
        sheet.data_validation("G2:G7", {"validate": "list", "source": "=Levels"})
        sheet.data_validation("C2:C7", {"validate": "whole", "criteria": "<=", "value": "='It''s private'!$B$3"})
        sheet.data_validation("D2:D7", {"validate": "whole", "criteria": "<=", "value": 5})
        shade = book.add_format({"bg_color": "#FF0000"})
        sheet.conditional_format("B2:B7", {"type": "formula", "criteria": "=$B2='It''s private'!$A$1", "format": shade})
        sheet.conditional_format("E2:E7", {"type": "cell", "criteria": ">", "value": 5, "format": shade})
        sheet.write_comment("B3", "a note of somebody", {"author": "Somebody Private"})
        sheet.write_url("N2", "internal:'It''s private'!A1", string="go")
        sheet.write_url("N3", r"file:///\\\\server\\private\\plan.docx", string="file")
        sheet.write_url("N4", "https://www.example.org/", string="web")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": "='It''s private'!$A$1", "categories": "='It''s private'!$A$1:$A$3",
                          "values": "='It''s private'!$B$1:$B$3"})  # fmt: skip
        chart.add_series({"values": "=Register!$E$2:$E$7"})
        sheet.insert_chart("P2", chart)
    return path


@pytest.fixture
def annotated(register):
    return annotate(register, options=Options(as_of=AS_OF)).path


@pytest.fixture
def copy(annotated):
    return workbook_for(read_contents(annotated, Config()), {"Head of Property"}, redacted=True)


def every_part(data):
    package = Package(data, "copy")
    return {name: package.blob(name) for name in package.names}


def grid_of(data):
    return read_grid(Package(data, "copy"))


@pytest.mark.parametrize(
    "word", [PRIVATE, "It's private", "It''s private", "Secret_", "a private note", "a note of somebody",
             "Somebody Private", "Private Company", "Private folder", "draft 7", "server", "urn:regsheet",
             "Kept for regsheet"],
)  # fmt: skip
def test_nothing_of_it_is_left_in_any_part(copy, word):
    forms = {word, word.replace("'", "&apos;"), word.replace("'", "&#39;")}
    found = [name for name, blob in every_part(copy).items() if any(form.encode() in blob for form in forms)]
    if word == "It's private":  # the finding that the sheet is hidden names it nowhere either
        found = [name for name in found if "sharedStrings" not in name]
    assert found == []


def test_formulas_keep_their_value(copy):
    before, sheet = 7, opened(copy)["Register"]
    assert [sheet.cell(row, 9).value for row in range(2, 8)] == [before * n for n in range(1, 7)]
    assert [sheet[cell].value for cell in ("L2", "L3", "L4", "M2")] == [15, 7, "text result & <more>", 7]
    assert sheet["J2"].value == "=C2+1"


def test_lists_are_written_out_and_what_needs_the_sheet_goes(copy):
    rules = {str(rule.sqref): rule.formula1 for rule in opened(copy)["Register"].data_validations.dataValidation}
    assert rules == {"H2:H7": '"Low,Medium,High"', "G2:G7": '"Low,Medium,High"', "D2:D7": "5"}
    formats = opened(copy)["Register"].conditional_formatting
    assert {str(one.sqref) for one in formats} == {"E2:E7"}


def test_names_and_links(copy):
    book = opened(copy)
    assert set(book.defined_names) == {"Open_name"}
    links = {cell: book["Register"][cell].hyperlink for cell in ("N2", "N3", "N4")}
    assert links["N2"] is None
    assert links["N3"] is None
    assert links["N4"].target == "https://www.example.org/"


def test_charts_keep_their_figures(copy):
    (chart,) = [blob.decode() for name, blob in every_part(copy).items() if name == "xl/charts/chart1.xml"]
    assert re.findall(r"<c:f>([^<]*)</c:f>", chart) == ["Register!$E$2:$E$7"]
    assert "<c:numLit>" in chart or "<c:tx>" in chart


def test_our_own_notes_stay_and_others_go(make_register, tmp_path):
    path = make_register({(2, "Cause"): None})
    book = openpyxl.load_workbook(path)
    sheet = book["Register"]
    for cell, words in (("C3", "a private word"), ("B2", "another")):
        sheet[cell].comment = openpyxl.comments.Comment(words, "Somebody")
    book.save(path)
    done = annotate(path, options=Options(as_of=AS_OF))
    sheet = opened(workbook_for(read_contents(done.path, Config()), (), redacted=True))["Register"]
    assert sheet["B2"].comment is None
    assert sheet["C3"].comment.text.startswith("Warning TX002")
    assert sheet["C3"].comment.author == "regsheet"


def test_it_opens_on_the_findings_and_is_known_as_ours(copy, tmp_path):
    book = opened(copy)
    assert book.active.title == "Findings"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Findings"]
    assert is_annotated(Package(copy, "copy"))
    sheet = book["Findings"]
    sheet.cell(5, 14).value = "Agree"
    book.save(tmp_path / "returned.xlsx")
    assert [one.response for one in open_workbook(tmp_path / "returned.xlsx").responses] == ["Agree"]


def test_what_is_dropped_is_said(annotated):
    said = " ".join(Copies(read_contents(annotated, Config()), redacted=True).said)
    for words in ("Dropped 1 hidden sheet: “It's private”.", "Dropped 1 note of other people.", "author and dates",
                  "custom properties",
                  "formulas pointed at what was dropped; the value stays", "regsheet strip"):  # fmt: skip
        assert words in said


def test_hidden_content_is_warned_of(annotated):
    from regsheet.mail.drafts import hidden_content

    contents = read_contents(annotated, Config())
    assert list(hidden_content(contents, Config())) == ["The sheet “It's private” is hidden."]
    assert list(hidden_content(contents, Config(), seen_only=True)) == []


def test_drafts_hold_the_redacted_copy(annotated):
    draft = drafts_of(annotated, people(PROPERTY), redacted=True)[PROPERTY.email]
    assert "It's private" not in opened(attached(draft)).sheetnames
    assert "It's private" not in text_of(draft)


def test_a_hidden_register_is_not_told_of_by_our_own_sheets(tmp_path):
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, word in (("Register", "Open"), ("Confidential", "Reorganisation")):
            sheet = book.add_worksheet(name)
            if name == "Confidential":
                sheet.hide()
            sheet.write_row(0, 0, HEADS[:7])
            for n in range(1, 7):
                sheet.write_row(n, 0, [f"{word[0]}{n}", f"{word} {n} of staff", 2, 3, 9, "Head of Property"])
    done = annotate(path, options=Options(as_of=AS_OF))
    data = workbook_for(read_contents(done.path, Config()), {"Head of Property"}, redacted=True)
    assert [name for name, blob in every_part(data).items() if b"Reorganisation" in blob] == []
    assert "Findings" in opened(data).sheetnames


def test_a_workbook_whose_every_sheet_is_hidden_is_refused(tmp_path):
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("One")
    package = Package(path.read_bytes(), path.name)
    for sheet in package.tree(package.main_part).iter("{*}sheet"):
        sheet.set("state", "hidden")
    with pytest.raises(OutputError, match="Every sheet"):
        redact(package)


@pytest.mark.parametrize(
    ("formula", "spoken"),
    [
        ("Hidden!A1", True), ("hidden!A1", True), ("'Hidden'!A1", True), ("SUM(First:Last!A1)", True),
        ("SUM('First:Hidden'!A1)", True), ("[1]Sheet1!A1", True), ("'[1]My sheet'!A1", True), ("[1]!Rate", True),
        (r"'C:\x\[Book.xlsx]One'!A1", True), ('INDIRECT("Hidden!A1")', True), ("Rate*2", True), ("rate", True),
        ("NotHidden!A1", False), ("'Not Hidden'!A1", False), ("First!A1", False), ("Table1[[#This Row],[x]]", False),
        ("Rates*2", False), ("Generate()", False), ("A1+B2", False), ('"Hidden"', False), ("", False),
    ],
)  # fmt: skip
def test_what_a_formula_speaks_of(formula, spoken):
    order = ("first", "hidden", "last", "nothidden", "not hidden")
    assert Doomed(frozenset({"Hidden"}), frozenset({"rate"}), order).is_spoken_of(formula) is spoken


@pytest.mark.evaluation
def test_it_needs_no_repair(copy, annotated, evaluation, tmp_path):
    path = tmp_path / "copy.xlsx"
    path.write_bytes(copy)
    command = [sys.executable, evaluation / "tools" / "validate.py", path]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


@pytest.mark.evaluation
def test_redacted_workbooks_of_many_makers_need_no_repair(evaluation, tmp_path):
    names = ("epplus__ExtRef", "epplus__dde", "openxlsx-data__loadThreadComment", "openxmlsdk__filter_type",
             "calamine__pivots", "closedxml__sheet-with-form-controls-output")  # fmt: skip
    for name in names:
        source = evaluation / "corpus" / f"{name}.xlsx"
        package = Package(source.read_bytes(), source.name)
        assert redact(package)
        path = tmp_path / source.name
        path.write_bytes(package.to_bytes())
        command = [sys.executable, evaluation / "tools" / "validate.py", path, "--before", source]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout
        assert not grid_of(path.read_bytes()).external_links
