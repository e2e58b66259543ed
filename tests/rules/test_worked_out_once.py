"""What rules work out once for many risks is what they would work out for each of them."""

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet import pipeline
from regsheet.model.register import TEXT_FIELDS
from regsheet.remembered import MOST, forget_all, remembered
from regsheet.rules.base import Example
from regsheet.rules.correcting import own_cells
from regsheet.rules.examples import context_of
from regsheet.rules.ownership.owner_spelling import WORD, broken_in_two, broken_words, mended
from regsheet.rules.risks import (
    actions_to_do,
    any_control,
    controls_counted,
    controls_in,
    has_open_actions,
    is_worded_as_done,
    nothing_typed,
    numbers,
    of_both,
    open_actions,
    scores,
    settled_scores,
    texts,
    typed,
    values,
)
from regsheet.rules.scoring.wrong_overall_rating import agrees, said_of
from regsheet.rules.words import CODE, is_one_of, pattern, says_nothing, word_list
from regsheet.values.text import items, line_says_nothing, one_line

CELLS = (4, "4", "4x4=16", "High", "TBC", None, 16, 0, "n/a", "2 - Low", 3.5)


def register_of(seed: int):
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    fields = ("residual_likelihood", "residual_impact", "residual_rating", "inherent_rating")
    rows = tuple({"ref": f"R{n}", "title": "A", **{field: chance.choice(CELLS) for field in fields}} for n in range(9))
    return context_of(Example(rows)).book.registers[0]


@given(st.from_regex(CODE, fullmatch=True) | st.sampled_from(sorted(word_list("nothing"))))
def test_a_code_always_says_something(text):
    assert says_nothing(text) == (line_says_nothing(text) or is_one_of(text, "nothing"))


@pytest.mark.parametrize("seed", range(20))
def test_lists_about_a_register_are_what_its_cells_say(seed):
    register = register_of(seed)
    assert texts(register, "title") == [register.text(index, "title") for index in range(9)]
    for field in ("residual_rating", "residual_impact", "inherent_rating", "residual_band", "target_rating"):
        assert numbers(register, field) == [float(one) if isinstance(one, float) else None
                                            for one in values(register, field)]  # fmt: skip
        assert nothing_typed(register, field) == [says_nothing(value) for value in typed(register, field)]
        cells = own_cells(register, field)
        assert [*cells] == [None if cell in register.shared_cells else cell for cell in register.addresses(field)]
        assert cells[1:3] == [cells[1], cells[2]]
    for score, settled in zip(scores(register, "residual"), settled_scores(register, "residual"), strict=True):
        made = register.scoring.rating(score.likelihood, score.impact, score.factor, "residual")
        assert settled == (score if made is None else score._replace(rating=made))
        wrong = score.rating is not None and not agrees(register, "residual", score)
        assert (said_of(register, "residual", None, score) is not None) == wrong
    stages = settled_scores(register, "inherent"), settled_scores(register, "residual")
    assert of_both(register, "inherent", "residual", lambda *both: both) == list(zip(*stages, strict=True))


PIECES = ("Head", "of", "Headof", "HEADOF", "headof", "Transformati", "on", "Transformation", "•", "–Headof–", "Straß",
          "ße", "STRASSSE", "law", "Ｈeadof", "4Headof", "Head_of", "ahead", "é head", "éHeadof")  # fmt: skip
WRITTEN = st.lists(st.sampled_from(PIECES), max_size=4)


@given(owner=WRITTEN, others=st.lists(WRITTEN, min_size=1, max_size=3))
def test_a_broken_word_is_mended_by_the_words_of_all_other_texts(owner, others):
    text = " ".join(owner)
    rows = tuple({"ref": "R1", "title": " ".join(other), "controls": "\n".join(other), "owner": text or "x"}
                 for other in others)  # fmt: skip
    register = context_of(Example(rows)).book.registers[0]
    every = {word.casefold() for field in TEXT_FIELDS if field != "owner"
             for one in texts(register, field) for word in WORD.findall(one)}  # fmt: skip
    pairs = {(first.casefold(), f"{first}{second}".casefold()) for _, first, second in broken_words(text)}
    broken = broken_in_two(register, [text, "Head of"], but="owner")
    assert pairs & broken == {(first, whole) for first, whole in pairs if whole in every and first not in every}
    assert (mended(text, broken) is None) == pairs.isdisjoint(broken)


PARTS = (
    "Train staff", " - done", "Completed", " – ", "(complete)", "In\u00a0place", "100%", "• ", "\n", "None", ": ", ".",
    "No longer  required", "ſupersedeD", "TBC", "Complete the", "Kanceled", "1. ", "Vacant",
)  # fmt: skip
ACTIONS = st.lists(st.sampled_from(PARTS), max_size=7).map("".join)


@given(ACTIONS)
def test_an_action_ends_as_done_whatever_it_holds_besides(text):
    for item in items(text):
        plain = item.strip(" .;:-–—()[]")
        ends = (found for found in pattern("done_status").finditer(plain) if found.end() == len(plain))
        if any(plain[: found.start()].rstrip(" ").endswith(("-", "–", "—", "(", ":")) for found in ends):
            assert is_worded_as_done(item) or is_one_of(plain, "nothing")
    kept = () if says_nothing(text) else items(text)
    assert actions_to_do(text) == tuple(one for one in kept if not says_nothing(one) and not is_worded_as_done(one))
    assert controls_in(text) == tuple(one for one in kept if not says_nothing(one))
    assert any_control(text) == bool(controls_in(text))
    assert controls_counted([text, "Locks", "None"], [1, 0]) == [1, len(controls_in(text))]
    for name in ("nothing", "tolerate"):
        bare = one_line(text).strip(" .:;-–—*•□☐()[]").casefold()
        assert is_one_of(text, name) == (bare in word_list(name))


def test_open_actions_are_asked_for_one_by_one():
    texts_of_actions = ("Train staff", "None", "Done", "• Train\n• Done")
    rows = tuple({"ref": f"R{n}", "title": "A", "actions": text, "status": status}
                 for n, (text, status) in enumerate((text, status) for text in texts_of_actions
                                                    for status in ("Open", "Closed")))  # fmt: skip
    register = context_of(Example(rows)).book.registers[0]
    found = [open_actions(register, index) for index in range(len(rows))]
    assert found == [("Train staff",), (), (), (), (), (), ("Train",), ()]
    assert has_open_actions(register) == list(map(bool, found))


def test_nothing_is_remembered_when_a_workbook_has_been_checked():
    asked = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("abc"), length("abc")] == [3, 3]
    assert asked == ["abc"]
    book = context_of(Example(({"ref": "R1", "title": "A", "owner": "Clerk"},))).book
    pipeline.check_book(book, pipeline.Options(as_of=dt.date(2024, 12, 31)))
    assert length("abc") == 3
    assert asked == ["abc", "abc"]
    assert MOST > 1000
    forget_all()
