"""Texts that come from strangers stay texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.limits import MAX_TEXT_LENGTH
from regsheet.writer.sheets.texts import lines_needed, printable


@given(st.text(st.characters(), max_size=200))
def test_a_printable_text_can_be_written_as_xml(text: str) -> None:
    from lxml import etree

    element = etree.Element("t")
    element.text = printable(text)
    assert "\r" not in printable(text)


def test_a_long_text_is_cut_and_says_so() -> None:
    assert len(printable("x" * 40_000)) <= MAX_TEXT_LENGTH
    assert printable("x" * 40_000).endswith("(cut)")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("one two", 10, 1),
        ("one two three", 8, 2),
        ("a\nb\nc", 10, 3),
        ("x" * 25, 10, 3),
        ("x" * 10, 10, 1),
    ],
)
def test_lines_are_counted_word_by_word(text: str, width: float, lines: int) -> None:
    assert lines_needed(text, width) == lines


@given(st.text("ab \n", max_size=80), st.integers(1, 30))
def test_a_text_never_needs_fewer_lines_than_its_letters_do(text: str, width: int) -> None:
    assert lines_needed(text, width) >= -(-len(text.replace("\n", "").replace(" ", "")) // width)
