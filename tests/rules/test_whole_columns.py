"""A search through a whole column passes over no text in which the rule, asked about it alone, finds something."""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from regsheet.rules import whole_columns
from regsheet.rules.done_wording import is_finished, may_be_finished
from regsheet.rules.plainly_said import _beginnings, may_say_nothing, plainly_said, plainly_to_do
from regsheet.rules.risks import actions_to_do, any_control, controls_counted, controls_in, listed
from regsheet.rules.text.action_listed_as_control import COMING, PLANS, is_coming, may_be_coming
from regsheet.rules.text.cause_repeats_consequence import ALIKE, are_alike
from regsheet.rules.text.placeholder import of_different, stand_in
from regsheet.rules.text.repeated_item import counts, first_repeated, key_of, keys_of, may_repeat
from regsheet.rules.text.stale_mention import may_be_dated, stale
from regsheet.rules.whole_columns import BULLET, HEAD, SIGNS, START, TOGETHER, any_of, may_have, pieces, whole
from regsheet.rules.words import word_list
from regsheet.values.data import words
from regsheet.values.dates import dates_in_text
from regsheet.values.text import clean

AS_OF = dt.date(2024, 12, 31)
BULLETS = tuple("•□●▪·☑")
OPENINGS = (
    "", "\n", "\n", "\n- ", "\no ", "\no", "\n1. ", " 2) ", "\na) ", "\n(iv) ", " 1.", "\n• ", " •", "\n* ", "\n\n",
    " •o ", "\n•o", "\n" + "-" * 9, "\n" + "-" * 50, "\n" + ". " * 8, "\nii) ....... ",
)  # fmt: skip
PHRASES = (
    *words("text", "placeholders"), *words("text", "dashes"), *sorted(word_list("nothing") | word_list("done_status")),
    "[insert name]", "lorem ipsum", "to be" + " " * 40 + "confirmed", "to  be  agreed", "to\n\nbe agreed",
    "Electroencephalographically", "x" * 50, "Weekly checks of every " + "long " * 9 + "list", "1" * 50,
    "May" + " " * 40 + "2022", "May" + "\n" * 40 + "’22",
    "xx", "???", "?", "…", "..", "*", "()", "x.x",
    "Staff training", "staff  training.", "Staff\ntraining", "Weekly checks", "weekly\n\nchecks", "Overseeing",
    "Policy to be reviewed", "is in\nthe process  of being set up", "Planned for May", "(proposed", "proposed new post",
    "Work (completed)", "has been rolled\nout", "Done – May 2024", "conﬁrmed", "to be conﬁrmed", "Café rota",
    "Oversee", "presented 16/7/24", "Drill held Sept 2023", "Audit of 12 / 03 / 2022", "Q2 2022", "Jan-22", "item 501",
    "Q2'22", "qtr 3, 21", "H1 22", "h2’21", "first half of 22", "FY24", "Autumn 22", "summer/autumn '21",
    "1st quarter 22", "3 – 5 May ’22", "12.3.22", "24–25", "02/22", "year 22",
    "24/7", "café rota", "“quoted”", "’", "–", "aſſured", "is being reviewed", "will shortly be agreed",
    "Évaluation annuelle", "évaluation annuelle", "Review", "Re-view", "review of stock", "ABCDEF", "the plan",
)  # fmt: skip


@st.composite
def cells(draw: st.DrawFn) -> str:
    """A cleaned cell with the phrases and the signs that rules look for, one after another."""
    parts = st.tuples(st.sampled_from((*OPENINGS, *BULLETS, " ", ", ", " - ")),
                      st.sampled_from(PHRASES) | st.text("ab •o1.)\n[xé…–", max_size=6))  # fmt: skip
    return clean("".join(opening + phrase for opening, phrase in draw(st.lists(parts, max_size=5))))


columns = st.lists(cells(), max_size=6)


def coming(text: str) -> bool:
    return any(map(is_coming, controls_in(text)))


def finished(text: str) -> bool:
    return any(is_finished(item, AS_OF) for item in listed(text))


def dated(text: str) -> bool:
    return any(stale(part, AS_OF, True) for part in (text, *listed(text)))


def stands_in(text: str) -> bool:
    return bool(text) and stand_in(text, text) is not None


@pytest.mark.parametrize(("search", "found"), [
    (may_be_coming, coming), (may_be_finished, finished), (may_be_dated, dated), (may_say_nothing, stands_in),
    (may_repeat, first_repeated),
])  # fmt: skip
@given(column=columns)
def test_a_search_misses_nothing(
    search: Callable[[Sequence[str]], list[int]], found: Callable[[str], object], column: list[str]
) -> None:
    places = search(column)
    assert places == sorted(set(places))
    assert {place for place, text in enumerate(column) if found(text)} <= set(places)


@given(text=cells())
def test_every_plan_has_words_of_one(text: str) -> None:
    assert may_have(text, PLANS) or not COMING.search(text)


@given(rows=st.lists(st.tuples(cells(), cells()), max_size=6))
def test_what_stands_in_two_columns_is_not_missed(rows: list[tuple[str, str]]) -> None:
    controls, actions = [row[0] for row in rows], [row[1] for row in rows]
    places = may_repeat(controls, actions)
    for place, (one, other) in enumerate(rows):
        shared = {key_of(item) for item in listed(one)} & {key_of(item) for item in listed(other) if counts(item)}
        if shared or first_repeated(one) or first_repeated(other):
            assert place in places


@given(column=columns)
def test_the_keys_of_a_column_are_those_of_its_texts(column: list[str]) -> None:
    assert keys_of(column) == list(map(key_of, column))


@given(one=cells(), other=cells())
def test_lengths_tell_only_of_texts_that_are_not_alike(one: str, other: str) -> None:
    assert are_alike(one, other) == (fuzz.token_sort_ratio(one.casefold(), other.casefold()) >= ALIKE)


def test_each_text_is_found_at_its_place() -> None:
    column = ["Weekly plans", "", "é plans", "• Plans", f"plans{START}", "no"] * TOGETHER
    wanted = [place for place in range(len(column)) if place % 6 in {0, 2, 3, 4}]
    assert set(wanted) <= {place for piece in pieces(column) for place in piece.worded(whole(["plans"]))}
    plain = ["Weekly plans", "", "• Plans?", "no", "plan 2"] * TOGETHER
    found = [place for piece in pieces(plain) for place in piece.worded(whole(["plans"]))]
    assert found == [place for place in range(len(plain)) if place % 5 in {0, 2}]
    assert [place for piece in pieces(plain) for place in piece.having("?", "2")] == [
        place for place in range(len(plain)) if place % 5 in {2, 4}
    ]


@pytest.mark.parametrize("most", [0, 60_000, whole_columns.MOST_HELD])
def test_texts_that_are_let_go_of_are_searched_as_those_that_are_held(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = (may_be_coming, may_be_finished, may_be_dated, may_say_nothing, may_repeat, plainly_to_do, keys_of)
    column = ["Weekly plans", "• Audit, May 2022\n• TBC", "é plans", "oDone: 1. a"] * TOGETHER
    few = [search(column[:8]) for search in searches]
    whole_columns._held.forget()
    monkeypatch.setattr(whole_columns, "MOST_HELD", most)
    for search, found in zip(searches * 2, few * 2, strict=True):
        assert search(column)[: len(found)] == found
        held = [piece.size for known in whole_columns._held._known.values() for piece in known]
        assert sum(held) == whole_columns._held._characters <= most
    whole_columns._held.forget()


def test_no_sign_is_part_of_a_word() -> None:
    assert not any(sign.isalnum() or sign.isascii() or sign.casefold() != sign for sign in SIGNS)


@given(st.lists(st.text("ab c.", min_size=1, max_size=4), min_size=1))
def test_any_of_some_phrases_is_found_and_nothing_else(phrases: list[str]) -> None:
    pattern = re.compile(any_of(phrases, " "))
    assert all(pattern.fullmatch(phrase) for phrase in phrases)
    assert all(bool(pattern.fullmatch(text)) == (text in phrases) for text in ("a", "b", "ab", "a b", "abc", "a.", "."))


@given(column=columns)
def test_what_is_plainly_said_is_said(column: list[str]) -> None:
    assert all(map(any_control, itertools.compress(column, plainly_said(column))))
    assert all(map(actions_to_do, itertools.compress(column, plainly_to_do(column))))


@given(column=columns)
def test_controls_are_counted_as_one_by_one(column: list[str]) -> None:
    assert controls_counted(column, range(len(column))) == [len(controls_in(text)) for text in column]
    assert controls_counted(["1. Locks 2. None 3. Alarms", "1) Locks 2) TBC"], [1, 0]) == [1, 2]


def test_most_texts_are_plain() -> None:
    column = ["• Weekly checks\n• Training", "Fit alarms", "Staff handbook, renewed in May"]
    assert plainly_said(column) == [True, True, True]
    assert plainly_to_do([*column, "Done: fit alarms", "None", "TBC", "1. Training", ""]) == [True] * 3 + [False] * 5


@pytest.mark.parametrize("date", [
    "Q2'22", "qtr 3, 21", "q 1 of the 22", "H1 22", "h2’21", "first half of 22", "FY24", "f.y. 21–22", "Autumn 22",
    "summer/autumn '21", "1st quarter 22", "Jan-22", "3 – 5 May ’22", "12.3.22", "2/5 - 22", "02/22", "year 22", "2021",
    "2021–22", "sept22", "May 12021", "Q12021",
])  # fmt: skip
def test_a_text_with_a_date_is_never_passed_over(date: str) -> None:
    if any(period.end for period in dates_in_text(date)):
        assert may_be_dated(["", date, "Item 501 of the plan"]) == [1]
    assert may_be_dated(["See item 501", "20 places; 3 rooms of 450"]) == []


def test_where_bullets_stand_and_where_a_letter_may_be_one() -> None:
    column = ["A • TBC", "•TBC", "• o TBC", "•oTBC", "o TBC", "oTBC", "Only", "A •\n• B", "Only TBC"]
    (piece,) = pieces(column)
    assert piece.opening(re.compile(rf"\n{BULLET}? ?tbc")) == [0, 1, 3, 4, 5]
    assert set(may_say_nothing(column)) == {0, 1, 3, 4, 5, 7}
    assert may_be_coming(["oPlanned for May", "Plan", "A •oPlanned for May"]) == [0, 2]


def test_no_head_is_too_short_for_what_it_is_to_tell() -> None:
    assert max(map(len, _beginnings())) + 8 + len("viii)") + 8 + 1 <= HEAD


@given(column=columns)
def test_a_column_of_few_texts_is_searched_as_any(column: list[str]) -> None:
    assert of_different([*column, *column]) == may_say_nothing([*column, *column])
