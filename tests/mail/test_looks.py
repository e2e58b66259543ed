"""The mail in Chromium: no accessibility violation, nothing wider than a telephone."""

import base64

import pytest
from mailing import REPLY_BY, SENDER, parsed, text_of
from tests.browser import axe_violations

from regsheet.config import Config
from regsheet.mail.drafts import MailOptions, make_mailing

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def pages(contents, owners):
    """One page of each kind, with its pictures inside."""
    options = MailOptions(reply_by=REPLY_BY, sender=SENDER, everybody=True)
    found = {}
    for draft in make_mailing(contents, owners, Config(), options).drafts:
        html = text_of(draft, "html")
        for part in parsed(draft).walk():
            if part["Content-ID"]:
                image = base64.b64encode(part.get_content()).decode()
                html = html.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:image/png;base64,{image}")
        found[draft.name] = html
    return found


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("name", ["Ruth Lidgate", "Assurance team", "Imogen Fairlie"])
def test_a_letter_can_be_read_by_everybody(browser, pages, name, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    try:
        page.set_content(pages[name])
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    finally:
        page.close()
