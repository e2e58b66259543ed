"""The direction of travel, read and written."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.values.data import word_list
from regsheet.values.direction import Direction, notation, read_direction, write_direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("↑", "up"), ("⬆️", "up"), ("▲", "up"), ("↗", "up"), ("+4", "up"), ("Increased", "up"), ("Worsening", "up"),
        ("Up (was 6)", "up"), ("↑ 12", "up"), ("Increasing trend", "up"),
        ("↓", "down"), ("⬇", "down"), ("▼", "down"), ("-2", "down"), ("decreasing", "down"), ("Improving", "down"),
        ("Reduced from 16 to 12", "down"),
        ("→", "same"), ("↔", "same"), ("◄►", "same"), ("—", "same"), ("=", "same"), ("Static", "same"),
        ("Stayed the same", "same"), ("No change", "same"), ("↔ No change", "same"),
        ("NEW", "new"), ("New risk", "new"),
    ],
)  # fmt: skip
def test_read(text: str, direction: Direction) -> None:
    assert read_direction(text) == direction


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "-",
        "N/A",
        "é",
        "p",
        "not improving",
        "Level",
        "Raised by",
        "-0.0275",
        "Owner → Board → Council",
        "Reduce",
        "no increase",
        "Increased fraud",
        "↑↓",
        "Same / improving",
        "High",
        3,
        "TBC",
    ],
)
def test_unread(value: object) -> None:
    assert read_direction(value) is None


@pytest.mark.parametrize(
    ("letter", "font", "direction"),
    [("é", "Wingdings", "up"), ("ê", "Wingdings", "down"), ("è", "Wingdings", "same"), ("ç", "Wingdings", "same"),
     ("á", "wingdings", "up"), ("â", "Wingdings", "down"), ("à", "Wingdings", "same"), ("\uf0e9", "Wingdings", "up"),
     ("p", "Wingdings 3", "up"), ("q", "Wingdings 3", "down"), ("u", "Wingdings 3", "same"), ("5", "Webdings", "up"),
     ("\u00ad", "Symbol", "up"), ("é", "Wingdings 3", None), ("é", "Arial", None), ("x", "Wingdings", None)],
)  # fmt: skip
def test_letters_of_symbol_fonts(letter: str, font: str, direction: Direction | None) -> None:
    assert read_direction(letter, font) == direction


@pytest.mark.parametrize(
    ("direction", "like", "font", "written"),
    [
        ("down", "↑", None, "↓"),
        ("same", "↑", None, "→"),
        ("same", ["↑", "↑", "↔"], None, "↔"),
        ("same", ["↑", "↓", "—"], None, "—"),
        ("up", "⬇️", None, "⬆️"),
        ("up", "Static", None, "Increased"),
        ("down", "STATIC", None, "DECREASED"),
        ("same", "increasing", None, "stable"),
        ("same", ["Up", "Down", "Stayed the same"], None, "Stayed the same"),
        ("up", "ê", "Wingdings", "é"),
        ("new", "↑", None, "NEW"),
        ("up", "?", None, None),
        ("down", ["↑ 12", "↓ 4"], None, None),
        ("up", [], None, None),
        ("up", None, None, None),
    ],
)
def test_write(direction: Direction, like: object, font: str | None, written: str | None) -> None:
    assert write_direction(direction, like, font) == written


def test_every_notation_reads_as_it_says() -> None:
    for listed in word_list("direction")["notation"]:
        font = listed.get("font")
        for direction in ("up", "down", "same", "new"):
            if direction in listed:
                assert read_direction(listed[direction], font) == direction, listed


@given(st.data())
def test_what_is_written_reads_the_same(data: st.DataObject) -> None:
    listed = data.draw(st.sampled_from(word_list("direction")["notation"]))
    font = listed.get("font")
    like = data.draw(st.sampled_from([listed["up"], listed["down"], listed["same"], listed["up"].capitalize()]))
    if read_direction(like, font) is None:
        return
    direction = cast(Direction, data.draw(st.sampled_from(["up", "down", "same"])))
    written = write_direction(direction, like, font)
    assert written is not None and read_direction(written, font) == direction


@given(st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=70)),
       st.sampled_from([None, "Arial", "Wingdings", "Wingdings 3", "Symbol"]))  # fmt: skip
def test_anything_is_read(value: object, font: str | None) -> None:
    read_direction(value, font)
    notation(value, font)
    write_direction("up", value, font)
