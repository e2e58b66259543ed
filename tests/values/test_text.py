"""Cleaning a cell's text and splitting its lists."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.cells import CellError
from regsheet.values import cleaning, lists, nothing
from regsheet.values.text import (
    clean,
    is_blank,
    is_dash,
    is_list,
    is_placeholder,
    items,
    line_says_nothing,
    one_line,
    segments,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  High\u200b ", "High"),
        ("Head\u00a0of\u00adHR", "Head ofHR"),
        ("a \r\n b\rc", "a\nb\nc"),
        ("bell\x07", "bell"),
        (16.0, "16"),
        (0.25, "0.25"),
        (True, "TRUE"),
        (dt.datetime(2024, 3, 1), "2024-03-01"),
        (dt.datetime(2024, 3, 1, 9, 30), "2024-03-01 09:30:00"),
        (float("inf"), "inf"),
    ],
)
def test_clean(value: object, text: str) -> None:
    assert clean(value) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("Plain words", ("Plain words",)),
        ("□ Update the plan □ Review it", ("Update the plan", "Review it")),
        ("☐ one\n☐ two", ("one", "two")),
        ("- a policy\n- a plan", ("a policy", "a plan")),
        ("oThe team is\nready\noThe board knows", ("The team is ready", "The board knows")),
        ("1. First 2. Second", ("First", "Second")),
        ("1) First\n2) Second", ("First", "Second")),
        ("a) one\nb) two", ("one", "two")),
        ("19. Lone working", ("19. Lone working",)),
        ("Cost rose by 3. Then by 4. more", ("Cost rose by 3. Then by 4. more",)),
        ("Policy in place\nTraining given", ("Policy in place", "Training given")),
        ("Budget reports and\nForecasts to committee", ("Budget reports and Forecasts to committee",)),
        ("Intro\n□ one\n□ two", ("Intro", "one", "two")),
        ("Twenty-one 1-2-1 meetings", ("Twenty-one 1-2-1 meetings",)),
    ],
)
def test_items(text: str, expected: tuple[str, ...]) -> None:
    assert items(text) == expected


def test_segments_keep_line_ends() -> None:
    assert segments("□ 31 March\n2025 □ June 2025") == ("31 March\n2025", "June 2025")


def test_is_list() -> None:
    assert is_list("□ one") and is_list("1. a\n2. b")
    assert not is_list("one") and not is_list("") and not is_list(None)


@pytest.mark.parametrize(
    "text",
    [
        "TBC",
        "tba.",
        "XX",
        "xxx",
        "???",
        "?",
        "To be confirmed",
        "[insert name]",
        "□",
        "TBC/TBA",
        "TBC - with IT",
        "Lorem ipsum dolor",
        "Owner: <enter name>",
    ],
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "n/a",
        "High",
        "[High]",
        "<5%",
        "x",
        "Pending",
        "Test the plan",
        "To be completed by March",
        "Budget to be confirmed by Cabinet",
        None,
        4,
    ],
)
def test_not_placeholders(text: object) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["-", "—", "–", "N/A", "n/a.", "None", "Not applicable", "--"])
def test_dashes(text: str) -> None:
    assert is_dash(text)


@pytest.mark.parametrize("text", ["", "No", "Static", "-5", 0, None])
def test_not_dashes(text: object) -> None:
    assert not is_dash(text)


@pytest.mark.parametrize("value", [None, "", " \n", "\u200b", "\u00a0\ufeff"])
def test_blank(value: object) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, False, "-", "."])
def test_not_blank(value: object) -> None:
    assert not is_blank(value)


@given(st.text())
def test_clean_once_is_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\n" not in one_line(text)


@given(st.text(alphabet="aé•\u00a0 \n"))
def test_what_is_clean_is_returned_itself(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) is cleaned


@given(st.text(alphabet="□•-*o1.2) aB\n\u00a0"))
def test_items_are_trimmed_and_full(text: str) -> None:
    for item in items(text):
        assert item == item.strip() and item


ODD = "\t\r\v\f\x85\u2028\u2029\u00a0\u2003\u00ad\u200b\u200e\u2060\ufe0f\ufeff\x00\x07\x1f\x7f"
"""Signs that cleaning takes out or makes plain."""
SOME_VALUES = (None, 3, 2.0, True, dt.datetime(2024, 3, 1), CellError("#N/A"), "plain", " spaced ", "two\nlines")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(f"{ODD} \nab1"))))
def test_short_cuts_change_nothing(text: str) -> None:
    cleaned = clean(text)
    # A sign that has to be looked for sends the whole text the long way; it is gone afterwards.
    assert clean(f"{text}\u00ad") == cleaned
    assert not set(ODD) & set(cleaned)
    assert is_blank(text) == (not cleaned)
    assert one_line(text) == " ".join(cleaned.split())


def test_every_character_is_cleaned_as_the_patterns_say():
    """The quick ways of ``clean`` and ``is_blank`` and the thorough one agree on each character."""

    def thorough(value: str) -> str:
        bare = cleaning._INVISIBLE.sub("", cleaning._SPACES.sub(" ", cleaning._LINE_ENDS.sub("\n", value)))
        return "\n".join(line.strip() for line in bare.split("\n")).strip()

    for code in (*range(0x3100), *range(0xD7F0, 0xE010), *range(0xFD00, 0x10100), 0x1F4A9, 0xE0100, 0x10FFFF):
        for value in (chr(code), f"a{chr(code)}b", f" a\n{chr(code)} b ", f"•{chr(code)}"):
            assert clean(value) == thorough(value), hex(code)
            assert is_blank(value) == (not thorough(value)), hex(code)


SAYING_NOTHING = ["tbc", "to be confirmed", "To do", "na", "n/a", "nil", "xx", "X?", "lorem ipsum", "[insert", "<name>"]
"""Words and beginnings of words that stand for nothing, or look as if they did."""


@given(
    st.lists(st.sampled_from([*SAYING_NOTHING, *" .:-*()\"'/,•…?x\n", "Risk", "oſ", "ﬁ", " - ", "Lore"]), max_size=5)
)
def test_telling_prose_by_its_opening_changes_nothing(parts: list[str]) -> None:
    value = "".join(parts)
    line = one_line(value)
    quick = is_dash(value), is_placeholder(value), line_says_nothing(line)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nothing, "_opens_as_prose", lambda _: False)
        patch.setattr(nothing, "_OF_FILLER", b"")
        assert (is_dash(line), is_placeholder(line), line_says_nothing(line)) == quick


def test_what_stands_for_nothing_begins_with_a_letter() -> None:
    """Else what stands after signs could not tell that a text is prose."""
    assert all(word[0].isalpha() and word.isascii() for word in nothing._dashes() | nothing._placeholders())
    assert not any(sign.isalnum() for sign in nothing._signs())


LISTED = [*"•□\n\n -*o1.)Aa–", "• ", "\n• ", "The plan", "oThe", "1. ", "b) ", "  ", *"\t\u200b\uf0b7"]


@given(st.lists(st.sampled_from(LISTED), max_size=9))
def test_taking_bulleted_lines_apart_quickly_changes_nothing(parts: list[str]) -> None:
    text = "".join(parts)
    quick = items(text), segments(text), is_list(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "_bulleted_lines", lambda _: None)
        patch.setattr(lists, "_plainly_bulleted", lambda _: ())
        patch.setattr(lists, "_is_one_plain_line", lambda _: False)
        assert (items(text), segments(text), is_list(text)) == quick


@given(
    st.lists(st.text(alphabet=["a", "é", "•", " ", "\n", *ODD, "\ud800"]) | st.sampled_from(SOME_VALUES), max_size=8)
)
def test_cleaning_many_together_is_cleaning_each(values: list[object]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cleaning, "_TOGETHER", 3)
        assert cleaning.cleaned_together(values) == list(map(clean, values))
