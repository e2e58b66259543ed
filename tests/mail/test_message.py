"""One draft as an e-mail."""

import datetime as dt
import html
import re

import pytest
from mailing import REPLY_BY, attached, drafts_of, parsed, sheet_of, text_of

from regsheet.config import load_config
from regsheet.mail.days import working_days_after
from regsheet.mail.drafts import MailOptions, make_mailing
from regsheet.mail.message import as_sent

FAULTS = {(1, "Residual Rating"): 5, (2, "Cause"): None, (3, "Review Date"): "soon"}


@pytest.fixture(scope="module")
def drafts(council, contents, owners):
    config = load_config(council / "regsheet.toml").config
    options = MailOptions(reply_by=REPLY_BY, everybody=True)
    return {draft.name: draft for draft in make_mailing(contents, owners, config, options).drafts}


def test_the_parts_of_a_draft(make_annotated):
    (draft,) = drafts_of(make_annotated(FAULTS)).values()
    message = parsed(draft)
    assert message["X-Unsent"] == "1"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]  # fmt: skip
    assert message["Date"].datetime == dt.datetime(2024, 12, 31, 9, tzinfo=dt.UTC)
    page = text_of(draft, "html")
    (image,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert f'src="cid:{image["Content-ID"].strip("<>")}"' in page
    assert image["Content-Disposition"].startswith("inline")
    assert sheet_of(attached(draft)).title == "Findings"


def test_the_same_input_gives_the_same_bytes(make_annotated):
    path = make_annotated(FAULTS)
    assert drafts_of(path) == drafts_of(path)


def test_another_content_is_another_message(make_annotated):
    first = drafts_of(make_annotated(FAULTS))
    other = drafts_of(make_annotated(FAULTS, name="other.xlsx"), reply_by=dt.date(2025, 2, 1))
    ids = {parsed(draft)["Message-ID"] for draft in (*first.values(), *other.values())}
    assert len(ids) == 2


def words(text):
    """The words of a letter."""
    return re.findall(r"[\w'’%/.-]*\w", text.casefold())


def visible(page):
    """What a mail program shows of a page; the title above and the caption of the table beside the picture aside."""
    body = page[page.index("<body") :]
    body = re.sub(r"<!--.*?-->|<h1.*?</h1>|<caption.*?</caption>", " ", body, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", body))


@pytest.mark.parametrize("name", ["Ruth Lidgate", "James Arkwright", "Assurance team", "Imogen Fairlie"])
def test_plain_text_and_html_say_the_same(drafts, name):
    plain, page = text_of(drafts[name]), visible(text_of(drafts[name], "html"))
    plain = re.sub(r"(?m)^\d+\. (?=Risk:)", "", plain)
    plain = re.sub(r"(?m)^(Your|The) risks \(\w+ scores\):", "", plain)
    assert set(words(page)) == set(words(plain))


def test_the_letter_says_all_that_is_asked_for(drafts):
    text = " ".join(text_of(drafts["Ruth Lidgate"]).split())
    assert text.startswith("Dear Ruth Lidgate, ")
    assert "12 findings concern the risks you own: 5 errors and 7 warnings" in text
    assert "9 of them are for you to look at. 3 were corrected already" in text
    assert "reply by Wednesday 15 January 2025" in text
    assert "Error, target above residual. The target score is above the mitigated score" in text
    assert "Before: 16 Now: Red fill Why, and what to confirm: Inherent rating 16 is filled amber" in text
    assert "Before: Unlikely Now: 2" in text
    assert "SR10 Introduction of weekly food waste collections: likelihood 4, impact 3, rating 12 Amber" in text


def test_a_letter_lists_a_hundred_and_says_how_many_more(make_annotated):
    path = make_annotated({(row, "Cause"): None for row in range(1, 131)}, rows=130)
    text = " ".join(text_of(next(iter(drafts_of(path).values()))).split())
    assert "100. Risk: R100 " in text
    assert "101. Risk:" not in text
    assert re.search(r"\b3\d more are on the Findings sheet of the attached workbook", text)
    assert "30 more are in the register" in text


def test_every_table_cell_and_paragraph_says_its_letters_itself(drafts):
    """Outlook on Windows hands them down neither into tables nor into paragraphs."""
    page = text_of(drafts["Ruth Lidgate"], "html")
    body = page[page.index("<main") :]
    elements = re.findall(r"<(?:td|th|caption|h[1-3])\b[^>]*>", body)
    assert len(elements) > 50
    assert [element for element in elements if "font-family" not in element] == []


def test_a_picture_has_its_text(drafts):
    page = text_of(drafts["Ruth Lidgate"], "html")
    (alternative,) = re.findall(r'<img[^>]* alt="([^"]*)"', page)
    assert alternative.startswith("Heatmap of your 3 risks by mitigated likelihood and impact. SR8: likelihood 2")


def test_without_a_sender_the_mail_program_fills_it_in(drafts):
    message = parsed(drafts["Ruth Lidgate"])
    assert message["From"] is None
    assert message["Message-ID"].endswith("@regsheet.invalid>")


def test_a_sent_message_is_dated_when_it_is_sent_and_no_draft(make_annotated):
    (draft,) = drafts_of(make_annotated(FAULTS)).values()
    moment = dt.datetime(2025, 1, 2, 10, 30, tzinfo=dt.UTC)
    sent = parsed(as_sent(draft.content, moment))
    before = parsed(draft)
    assert sent["Date"].datetime == moment
    assert "X-Unsent" not in sent
    assert [sent[name] for name in ("From", "To", "Subject", "Message-ID")] == [
        before[name] for name in ("From", "To", "Subject", "Message-ID")
    ]
    assert attached(as_sent(draft.content, moment)) == attached(draft)


@pytest.mark.parametrize(
    ("day", "count", "holidays", "expected"),
    [
        (dt.date(2024, 12, 31), 10, (), dt.date(2025, 1, 14)),
        (dt.date(2024, 12, 31), 10, (dt.date(2025, 1, 1),), dt.date(2025, 1, 15)),
        (dt.date(2025, 1, 3), 1, (), dt.date(2025, 1, 6)),
        (dt.date(2025, 1, 4), 1, (), dt.date(2025, 1, 6)),
    ],
)
def test_working_days(day, count, holidays, expected):
    assert working_days_after(day, count, holidays) == expected
