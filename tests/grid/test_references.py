"""What references in the text of a part stand for, and which are left to a real parser."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from regsheet.grid.scanning import UnusualError, resolve


@pytest.mark.parametrize("text", ["&", "& ", "&#;", "&#x;", "&nbsp;", "&#12345678;", "&#xD800;", "&#0;", "&amp",
                                  "&#1234567890123;", "&AMP;", "&#x1234567;", "&amp;&", "&#X41;"])  # fmt: skip
def test_what_xml_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(UnusualError):
        resolve(text)


@given(st.lists(st.sampled_from(["a", "#8226;", ";", "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#8226;", "&#x2022;",
                                 "&#38;", "&#x1F600;", "&#10;"])))  # fmt: skip
def test_references_mean_what_they_mean_to_a_parser(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert resolve(text) == (etree.fromstring(f"<t>{text}</t>").text or "") == html.unescape(text)
