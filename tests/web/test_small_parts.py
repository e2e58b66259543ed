"""Filters, names, prose and colours by themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regsheet.web.colours import stylesheet
from regsheet.web.filters import NOBODY, PAGE, choices, select
from regsheet.web.markdown import to_html
from regsheet.web.names import ENDINGS, shown_name, stored_name
from regsheet.web.work.results import FindingShown


def finding(ref: str, owner: str = "Ann", severity: str = "error", book: int = 0) -> FindingShown:
    return FindingShown(book, severity, "SC001", "wrong-overall-rating", "Register", "A1", ref, f"Title of {ref}",
                        owner, "wrong", "mend it", "open", "Open")  # fmt: skip


def test_choices_are_in_the_order_that_people_count_in() -> None:
    findings = [finding(ref, owner) for ref, owner in (("SR10", "Zoe"), ("SR2", ""), ("SR1", "Ann"), ("SR2", "ann b"))]
    assert [(one.value, one.count) for one in choices(findings, "risk")] == [("SR1", 1), ("SR2", 2), ("SR10", 1)]
    assert [one.value for one in choices(findings, "owner")] == ["Ann", "ann b", "Zoe", NOBODY]
    assert {one.value: one.count for one in choices(findings, "owner", "Nobody")}["Nobody"] == 0
    assert [one.value for one in choices([finding("1", severity=s) for s in ("note", "error")], "severity")] == [
        "error", "note",
    ]  # fmt: skip


def test_pages_hold_every_finding_once() -> None:
    findings = [finding(f"R{number}") for number in range(PAGE * 2 + 1)]
    pages = [select(findings, {"page": str(page)}) for page in (1, 2, 3)]
    assert [one.ref for page in pages for one in page.findings] == [one.ref for one in findings]
    assert pages[0].pages == 3
    assert select(findings, {"page": "9"}).page == 3
    assert pages[0].query(2) == "page=2"
    assert select(findings, {"owner": "Ann", "odd": "x"}).query(2) == "owner=Ann&page=2"


@given(st.text(max_size=300))
def test_a_name_never_leads_anywhere(sent: str) -> None:
    shown = shown_name(sent)
    assert shown
    assert len(shown) <= 150
    assert not set(shown) & set('/\\<>:"|?*\0\n')
    assert shown not in (".", "..")
    stored = stored_name(shown)
    assert stored.removeprefix("~$").startswith("sent-")
    assert stored.isascii()
    assert f".{stored.rsplit('.', 1)[1]}" in {*ENDINGS, ".file"}


@given(st.text(alphabet="<>&\"'`*|#- \nab\\", max_size=120))
def test_prose_holds_no_markup_but_ours(text: str) -> None:
    html = str(to_html(text))
    for tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "pre",
                "code", "strong"):  # fmt: skip
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    html = html.replace('<th scope="col">', "").replace("</div>", "").replace("<br>", "")
    assert "<a" not in html
    assert "<b" not in html


def test_prose() -> None:
    assert to_html("# A `b`\n\n- one\n  two\n- three\n\n| a | b |\n|---|---|\n| 1 \\| 2 | **x** |").splitlines() == [
        "<h1>A <code>b</code></h1>",
        "<ul><li>one two</li><li>three</li></ul>",
        '<div class="scroll" tabindex="0" role="region" aria-label="Example 1"><table><thead><tr><th scope="col">a</th>'
        '<th scope="col">b</th></tr></thead><tbody><tr><td>1 | 2</td><td><strong>x</strong></td></tr></tbody></table>'
        "</div>",
    ]


def test_only_colours_become_styles() -> None:
    assert stylesheet({"ff0000", "FFFFFF", "red; } body { display: none", "12345", ""}) == (
        ".band-FF0000 { background-color: #FF0000; color: #000000; }\n"
        ".band-FFFFFF { background-color: #FFFFFF; color: #000000; }\n"
    )
