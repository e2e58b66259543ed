"""Texts that come from strangers stay texts."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regsheet.limits import MAX_TEXT_LENGTH
from regsheet.writer.sheets.spelling import in_attribute, in_attributes, inline, inline_together
from regsheet.writer.sheets.texts import lines_needed, lines_needed_together, printable, printable_together


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


def plain_lines(text: str, width: float) -> int:
    """The same word by word."""
    lines = 0
    for paragraph in text.split("\n"):
        room, needed = max(width, 1.0), 1
        left = room
        for word in paragraph.split(" "):
            size = len(word) + 1
            if size > left + 1 and left < room:
                needed, left = needed + 1, room
            extra = math.ceil(max(size - 1 - room, 0) / room)
            needed, left = needed + extra, left - size + extra * room
        lines += needed
    return lines


WORDS = st.lists(st.integers(0, 45).map("x".__mul__) | st.just("\n"), max_size=14).map(" ".join)


@given(WORDS, st.sampled_from([0.5, 1.0, 1.3, 5.0, 9.1, 11.7, 12.999999999999998, 13.0, 26.0, 40.3]))
@example("a  " + "x" * 14 + " ", 13.0)
def test_lines_are_counted_as_if_word_by_word(text: str, width: float) -> None:
    assert lines_needed(text, width) == plain_lines(text, width)


@given(st.lists(WORDS, max_size=5), st.sampled_from([0.5, 1.0, 9.1, 12.999999999999998, 13.0, 40.3]))
def test_lines_of_many_texts_are_those_of_each_by_itself(texts: list[str], width: float) -> None:
    assert lines_needed_together(texts, width) == [lines_needed(text, width) for text in texts]


ANY_TEXT = st.text(st.sampled_from("a Z1é–\n\r\t\x02\x1f\xa0&<>\"'_x\ud800"), max_size=12)


@given(st.lists(ANY_TEXT, max_size=8))
def test_many_texts_together_are_spelled_as_each_by_itself(texts: list[str]) -> None:
    assert list(printable_together(texts)) == list(map(printable, texts))
    assert lines_needed_together(texts, 4.5) == [lines_needed(text, 4.5) for text in texts]
    texts = list(map(printable, texts))
    assert inline_together(texts) == list(map(inline, texts))
    assert list(in_attributes(texts)) == list(map(in_attribute, texts))


def test_one_long_text_among_many_is_cut() -> None:
    texts = ["short", "x" * (MAX_TEXT_LENGTH + 1)]
    assert list(printable_together(texts)) == list(map(printable, texts))
