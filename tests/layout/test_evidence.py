"""What headings are compared by, and what the values below them say."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.cells import CellError, Value
from regsheet.layout import evidence
from regsheet.layout.evidence import kind_of, profile
from regsheet.layout.vocabulary import heading_key

PIECES = [
    *"aXx ×*#_-–()%/15²", "Risk", "riskScore", "Impact", " (1-5)", "(low/high)", "L x I", "2024", "low 1 to high 5",
]  # fmt: skip
VALUES: list[Value] = [
    1, 1.0, True, 0, False, 0.5, 130, -3, float("nan"), "1", "High", "high ", " ", "", None, "-", "20%", "March 2024",
    CellError("#N/A"), "#N/A", dt.datetime(2024, 3, 1), dt.time(9), "Head of Finance", "3 - Possible", "↑",
    "Loss of staff, of which there are few, leads to delays in all that we do.",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_leaving_out_steps_that_have_nothing_to_do_changes_no_key(text: str) -> None:
    assert heading_key(text) == heading_key(f"{text}\u00ad"), "a sign that is taken out sends a text the long way"


@given(st.lists(st.sampled_from(VALUES), max_size=12))
def test_a_profile_counts_every_cell(values: list[Value]) -> None:
    found = profile(values)
    kinds = [kind_of(value) for value in values]
    filled = [(kind, number) for kind, number in kinds if kind != "blank"]
    assert found.filled == len(filled) == sum(found.kinds.values())
    assert all(found.kinds[kind] == sum(kind == other for other, _ in filled) for kind in found.kinds)
    assert list(found.kinds) == list(dict.fromkeys(kind for kind, _ in filled)), "of equally many the first counts"
    assert found.numbers == [number for _, number in filled if number is not None]


@given(st.lists(st.sampled_from([*" aZé\n:-", "High", "Rare", "Ongoing", "up", "Open", "Head", "of", "R", "AMBER"])))
def test_texts_without_figures_pass_no_other_test(parts: list[str]) -> None:
    text = "".join(parts).strip()
    quick = evidence._text_kind.__wrapped__(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "_TESTS_OF_WORDS", evidence._TESTS)
        patch.setattr(evidence, "begins_as_level", lambda _: True)
        assert evidence._text_kind.__wrapped__(text) == quick
