"""Scores in all the forms that cells hold them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.cells import CellError
from regsheet.values import scores
from regsheet.values.scores import Score, read_score


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), (4.0, 4), (3.5, 3.5), ("16", 16), (" 16\u200b", 16), ("12.", 12), ("(4)", 4), ("1)", 1), ("16*", 16),
     ("12 ↑", 12), ("10%", 0.1), ("£15,000", 15000), ("3½", 3.5), ("Score: 16", 16), ("Level 3", 3), ("-2", -2)],
)  # fmt: skip
def test_numbers(value: object, number: float) -> None:
    score = read_score(value)
    assert score.number == pytest.approx(number)
    assert score.word is None and not score.is_range and not score.is_composite


@pytest.mark.parametrize(
    ("text", "number", "word"),
    [
        ("20 (Critical)", 20, "Critical"),
        ("3 - Possible", 3, "Possible"),
        ("3 Possible", 3, "Possible"),
        ("(3) Possible", 3, "Possible"),
        ("Possible (3)", 3, "Possible"),
        ("High (0.70)", 0.7, "High"),
        ("1=Low", 1, "Low"),
        ("V. Low\n1", 1, "V. Low"),
        ("High - 16", 16, "High"),
        ("Medium/12", 12, "Medium"),
        ("1 - Very Unlikely / Improbable", 1, "Very Unlikely / Improbable"),
        ("Rating 12 (Medium)", 12, "Rating Medium"),
    ],
)
def test_number_with_word(text: str, number: float, word: str) -> None:
    score = read_score(text)
    assert (score.number, score.word) == (pytest.approx(number), word)
    assert score.is_composite


@pytest.mark.parametrize(
    ("text", "likelihood", "impact", "rating"),
    [
        ("4x4=16", 4, 4, 16),
        ("4 × 4 = 16", 4, 4, 16),
        ("4*4", 4, 4, None),
        ("16 (4x4)", 4, 4, 16),
        ("Amber 4x3=12", 4, 3, 12),
        ("4+4=8", 4, 4, 8),
        ("L4 x I5", 4, 5, None),
        ("I5 x L4", 4, 5, None),
        ("L4/I5", 4, 5, None),
        ("L:4 I:5", 4, 5, None),
        ("P3 S4", 3, 4, None),
        ("L4 x I5 = 20", 4, 5, 20),
        ("Likelihood 4, Impact 5", 4, 5, None),
        ("I4", None, 4, None),
    ],
)
def test_workings(text: str, likelihood: float, impact: float, rating: float | None) -> None:
    score = read_score(text)
    assert (score.likelihood, score.impact, score.rating) == (likelihood, impact, rating)


def test_three_factors_give_their_result() -> None:
    assert read_score("4 x 4 x 3 = 48") == Score(48, rating=48, text="4 x 4 x 3 = 48", numbers=(4, 4, 3, 48))


@pytest.mark.parametrize("text", ["High", "E", "HIGH\u200b", "Very likely", "Extreme / Catastrophic"])
def test_words(text: str) -> None:
    score = read_score(text)
    assert score.word == text.replace("\u200b", "") and score.number is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3–4", (3, 4)),
        ("3 to 4", (3, 4)),
        ("50% to 75%", (0.5, 0.75)),
        (">75%", (0.75,)),
        ("5+", (5,)),
        ("Low (1-4)", (1, 4)),
    ],
)
def test_ranges(text: str, numbers: tuple[float, ...]) -> None:
    score = read_score(text)
    assert score.is_range and score.number is None and score.numbers == numbers and not score.is_unread


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("4 20", (4, 20)), ("3 4 1", (3, 4, 1)), ("4/5", (4, 5)), ("12/25", (12, 25)), ("2 out of 5", (2, 5)),
     ("6\n□ Public surveys", (6,)), ("2 Contract review underway", (2,)), ("4 Head of Law", (4,)), ("4B", (4,)),
     ("-25 Updated control", (25,)), ("1,5", (1, 5))],
)  # fmt: skip
def test_unread_rather_than_guessed(text: str, numbers: tuple[float, ...]) -> None:
    score = read_score(text)
    assert score.is_unread and score.numbers == numbers


@pytest.mark.parametrize("value", ["Sep-24", "01/02/2024", "3-Apr", dt.datetime(2024, 4, 3), dt.time(4, 3)])
def test_dates_are_no_scores(value: object) -> None:
    score = read_score(value)
    assert score.number is None and score.word is None and score.is_unread and score.is_date


@pytest.mark.parametrize("value", [CellError("#REF!"), "#N/A", True, "TBC", "XX", float("nan"), 10**400])
def test_no_value(value: object) -> None:
    score = read_score(value)
    assert score.number is None and score.word is None and score.is_unread


@pytest.mark.parametrize("value", [None, "", "-", "n/a", "\u200b"])
def test_blank(value: object) -> None:
    score = read_score(value)
    assert score.is_blank and not score.is_unread


def test_the_register_s_own_names_give_numbers() -> None:
    names = {"Possible": 3.0, "Very High": 5.0}
    assert read_score("possible", names) == Score(3, "possible", text="possible")
    assert read_score("V. High", names).number == 5
    assert read_score("4 - Possible", names).number == 4
    assert read_score("Rare", names).number is None


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.datetimes(), st.text(),
                 st.text(alphabet="0123456789 xX×*=+-–/().,%LIPSlow\n□")))  # fmt: skip
def test_anything_is_read(value: object) -> None:
    score = read_score(value)
    if score.number is not None:
        assert score.number == score.number
    assert not (score.is_blank and score.is_unread)


@given(
    st.integers(1, 10),
    st.integers(1, 10),
    st.sampled_from(["{}x{}={}", "{} × {} = {}", "L{} x I{} = {}", "L{}/I{} {}"]),
)
def test_a_working_is_read_back(likelihood: int, impact: int, form: str) -> None:
    score = read_score(form.format(likelihood, impact, likelihood * impact))
    assert (score.likelihood, score.impact, score.number) == (likelihood, impact, likelihood * impact)


@given(st.text(alphabet="HighRisk -–()↑*.;:/□\n", max_size=20), st.sampled_from([None, {"High": 3.0, "Risk": 1.0}]))
def test_a_text_without_figures_is_read_as_any_other(text: str, names: dict[str, float] | None) -> None:
    quick = scores._read(text, names)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scores, "has_figure", lambda _: True)
        assert scores._read(text, names) == quick
