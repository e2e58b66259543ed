"""No name, title or address can add a header, a recipient or markup."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mailing import PROPERTY, SENDER, drafts_of, parsed, people, text_of

from regsheet.mail.addresses import header_text, mailbox, read_mailbox, usable_address
from regsheet.mail.message import compose
from regsheet.model.owners_list import Owner

DAY = dt.date(2024, 12, 31)
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"]

NASTY = [
    "Jo\r\nBcc: thief@evil.example", "Jo\nBcc: thief@evil.example", "Jo\rBcc: x@evil.example", "Wren, Jo",
    '"Jo" <thief@evil.example>,', "=?utf-8?q?Jo=0D=0ABcc:_thief@evil.example?=", "Zoë Žižek-O’Neill", "王小明",
    "Jo\u2028Bcc: thief@evil.example", "Jo\x00\x0b\x0c\x85Bcc: y@evil.example", "\u202eeoj", "Jo\\", 'J"o', "a" * 3000,
    "Jo; Bcc: thief@evil.example", "👩🏽‍💼 Jo", "<script>alert(1)</script>", "", " ", "(comment) Jo", "Jo @ home",
]  # fmt: skip


def headers_of(message):
    return list(message.keys())


@pytest.mark.parametrize("text", NASTY)
def test_a_name_or_subject_stays_what_it_is(text):
    content = compose(SENDER, mailbox(text, "jo@council.example"), header_text(text), text, "<p>x</p>", [], None, DAY)
    message = parsed(content)
    assert headers_of(message) == HEADERS
    (address,) = message["To"].addresses
    assert address.addr_spec == "jo@council.example"
    assert "evil" not in str(message.get("Bcc"))
    assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 998


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_name_and_subject(name, subject):
    message = parsed(compose(SENDER, mailbox(name, "jo@council.example"), header_text(subject), "", "", [], None, DAY))
    assert headers_of(message) == HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == ["jo@council.example"]
    assert " ".join(message["Subject"].split()) == " ".join(header_text(subject).split())


@pytest.mark.parametrize(
    "text",
    ["jo@council.example, thief@evil.example", "jo@council.example\r\nBcc: x@evil.example", "jo@council.example>",
     "<jo@council.example>", "jo council@example.org", "jo@", "@council.example", "jo", "jo@localhost", "jo@-a.example",
     "jo@a..example", ".jo@council.example", "jo.@council.example", '"jo smith"@council.example', "jö@council.example",
     "jo@[127.0.0.1]", "jo@council.example;x@evil.example", "jo@" + "a" * 64 + ".example", "", "j" * 65 + "@a.example",
     "jo@council.example\x00", "jo@exa mple.org", "jo@council.example?bcc=x@evil.example", "jo@straße.example",
     "jo@\u200dcouncil.example"],
)  # fmt: skip
def test_what_is_not_exactly_one_address_is_none(text):
    assert usable_address(text) is None


def test_domains_of_other_letters_are_written_in_ascii():
    assert usable_address("jo@gemeinde-köln.example") == "jo@xn--gemeinde-kln-ejb.example"
    assert usable_address(" Jo.O'Neill+risk@Council.Example ") == "Jo.O'Neill+risk@council.example"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[\w.,;<>@\"\s]{1,40}@[\w.,;<>@\s-]{1,40}"))
def test_any_address_is_one_or_none(text):
    found = usable_address(text)
    if found is not None:
        assert re.fullmatch(r"[!-?A-~]+@[a-z0-9.-]+", found)
        assert not set(found) & set(' ,;:<>()[]"\\\r\n')


def test_the_sender_is_read_with_and_without_a_name():
    assert str(read_mailbox("Risk, Audit & Assurance <a@council.example>")) == (
        '"Risk, Audit & Assurance" <a@council.example>'
    )
    assert read_mailbox("a@council.example").addr_spec == "a@council.example"
    for bad in ("nobody", "A <a@b", "a@x.example, b@x.example", "A <a@x.example>\r\nBcc: b@x.example", "A <a@x> <b@y>"):
        assert read_mailbox(bad) is None


@pytest.mark.parametrize("text", [text for text in NASTY if text.strip()])
def test_titles_and_names_of_a_workbook_and_its_owners_list(make_annotated, text):
    clean = re.sub("[\x00-\x08\x0b-\x1f]", "", text)[:200]
    path = make_annotated({(2, "Risk Title"): clean, (2, "Cause"): None})
    owner = Owner("Head of Property", text, "jo.wren@council.example", aliases=(text,))
    drafts = drafts_of(path, people(owner, Owner(text, "", "other@council.example")))
    for draft in drafts.values():
        message = parsed(draft)
        assert headers_of(message) == HEADERS
        assert len(message["To"].addresses) == 1
        assert "<script" not in text_of(draft, "html")


def test_what_looks_like_markup_is_shown_as_text(make_annotated):
    path = make_annotated({(2, "Risk Title"): '<img src=x onerror="alert(1)">', (2, "Cause"): None})
    draft = drafts_of(path, people(PROPERTY))["jo.wren@council.example"]
    html = text_of(draft, "html")
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html
    assert "<img src=x" in " ".join(text_of(draft).split())
