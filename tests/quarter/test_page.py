"""quarter.html: the same figures as the workbook, safe, and usable by everybody."""

import re
from html.parser import HTMLParser

import msgspec
import pytest
from tests.browser import axe_violations
from tests.quarter.runs import FIVE_BY_FIVE, finding, large, outcome, risk, run
from tests.quarter.test_summary import housing, leisure, trends
from tests.quarter.test_workbook import opened, texts

from regsheet.quarter import page
from regsheet.quarter.page import quarter_html

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


class Texts(HTMLParser):
    """The texts of a page, and its tags."""

    def __init__(self):
        super().__init__()
        self.texts, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if data.strip():
            self.texts.append(" ".join(data.split()))


def parsed(made, earlier=None):
    found = Texts()
    found.feed(quarter_html(made, earlier))
    return found


def tables(text):
    """Every row of every table as a list of texts, empty cells left out."""
    for row in re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL):
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        yield [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_shows_what_the_workbook_shows():
    made = run(housing(), leisure())
    sheet, shown = texts(opened(made, trends())["Quarter"]), parsed(made, trends()).texts
    for label in ("Services", "Risks", "Red", "Moved up", "Moved down", "New", "Closed", "Overdue actions", "Errors",
                  "Warnings", "Notes"):  # fmt: skip
        assert shown[shown.index(label) + 1] == sheet[sheet.index(label) - 11], label
    for sentence in sheet:
        if len(sentence) > 90 and "regsheet" not in sentence:
            assert sentence in shown or f"{sentence}." in shown
    rows = list(tables(quarter_html(made, trends())))
    assert next(row for row in rows if row[:1] == ["Housing"])[1:] == [
        "3", "2", "1", "", "", "1", "1", "", "1", "", "", "", "3", "1", "0", "1", "1", "3", "1", "1", "0",
    ]  # risks; red to green at each of three stages; up, down, new, closed; overdue; findings  # fmt: skip


def test_nothing_of_a_workbook_becomes_markup():
    item = msgspec.structs.replace(risk("R1", FIVE_BY_FIVE, (5, 5)), title=HOSTILE, owner=HOSTILE, ref="javascript:1")
    output = "javascript:alert(1).xlsx"
    one = outcome(HOSTILE, (item,), file=HOSTILE, output=output, findings=(finding(message=HOSTILE),))
    made = run(one, organisation=HOSTILE)
    found = parsed(made)
    assert not {"script", "img", "iframe", "object", "link"} & {tag for tag, _ in found.tags}
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)
    links = [attributes["href"] for tag, attributes in found.tags if tag == "a"]
    assert all(link.startswith(("#", "./")) for link in links)


def test_is_one_file_that_fetches_nothing():
    text = quarter_html(*large())
    assert not re.search(r"""(?:src|href)=["'](?!#|\./)|@import|url\(""", text)
    assert "default-src 'none'" in text
    assert "<script" not in text


def test_tables_and_charts_can_be_listened_to():
    text = quarter_html(*large())
    assert text.count("<svg") == text.count("</title>\n<desc") == 2
    assert 'scope="row"' in text
    assert 'scope="col"' in text
    assert "<main>" in text
    assert '<html lang="en-GB">' in text


def test_same_run_gives_the_same_page():
    assert quarter_html(*large()) == quarter_html(*large())


def test_gravest_findings_stay_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(page, "MOST_FINDINGS", 2)
    found = tuple(finding(severity=severity, message=f"A {severity}.") for severity in ("note", "error", "warning"))
    text = quarter_html(run(outcome("S", (risk("R1", FIVE_BY_FIVE, (5, 5)),), findings=found)), None)
    assert "A note." not in text
    assert "2 gravest findings" in text
    assert text.index("A error.") < text.index("A warning.")


def test_first_quarter_and_nothing_at_all():
    assert "First quarter" in quarter_html(run(outcome("S", housing().risks)), None)
    assert "No workbook was read." in quarter_html(run(), None)


CASES = {
    "council": (large(4, 3, 2), (("light", 1280), ("dark", 360))),
    "first": (large(2, 3, 1, first=True), (("light", 360),)),
    "empty": ((run(), None), (("light", 1280),)),
}


@pytest.mark.chromium
@pytest.mark.parametrize("case", CASES)
def test_axe_finds_nothing(browser, case):
    made, views = CASES[case]
    for scheme, width in views:
        with browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}) as context:
            shown = context.new_page()
            shown.set_content(quarter_html(*made))
            shown.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            assert axe_violations(shown, ("color-contrast",) if scheme == "dark" else ()) == []
            assert shown.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.chromium
def test_printed_page_begins_the_findings_on_a_new_sheet(browser):
    with browser.new_context() as context:
        shown = context.new_page()
        shown.set_content(quarter_html(*large()))
        pages = shown.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert pages == 3  # two of summary, one of findings and files
