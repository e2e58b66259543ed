"""Level and band names and their order."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.values import levels
from regsheet.values.levels import (
    axis_of,
    begins_as_level,
    families,
    is_level,
    level_key,
    level_keys,
    order,
    places,
    rank,
    same_level,
)

SCALES = [
    ("Low", "Medium", "High"),
    ("L", "M", "H"),
    ("Low", "Med", "High", "Critical"),
    ("VL", "L", "M", "H", "VH"),
    ("V Low", "Low", "Medium", "High", "V High"),
    ("Low", "Moderate", "High", "Extreme"),
    ("Negligible", "Low", "Medium", "High", "Extreme"),
    ("Low", "Moderate", "Major", "Severe"),
    ("Low (1-4)", "Medium (5-9)", "High (10-15)", "Critical (16-25)"),
    ("Low", "Low-Medium", "Medium", "Medium-High", "High"),
    ("Green", "Amber", "Red"),
    ("White", "Amber", "Red"),
    ("Green", "Yellow", "Orange", "Red"),
    ("Green", "Amber", "Red", "Black"),
    ("Acceptable", "Tolerable", "Unacceptable"),
    ("Rare", "Unlikely", "Possible", "Likely"),
    ("Rare", "Unlikely", "Possible", "Likely", "Almost certain"),
    ("Remote", "Unlikely", "Possible", "Probable", "Highly probable"),
    ("Rare", "Very unlikely", "Unlikely", "Possible", "Likely", "Almost certain"),
    ("Improbable", "Remote", "Occasional", "Probable", "Frequent"),
    ("Very unlikely", "Unlikely", "Possible", "Likely", "Very likely"),
    ("Insignificant", "Minor", "Moderate", "Major", "Catastrophic"),
    ("Insignificant", "Minor", "Moderate", "Major", "Extreme / Catastrophic"),
    ("Negligible", "Minor", "Moderate", "Major", "Severe"),
    ("Minor", "Moderate", "Significant", "Major", "Severe"),
    ("Insignificant", "Minor", "Significant", "Major", "Catastrophic"),
    ("Insignificant", "Minor", "Moderate", "Major", "Severe", "Catastrophic"),
    ("Negligible", "Marginal", "Critical", "Catastrophic"),
    ("Minor", "Serious", "Major"),
    ("1 - Rare", "2 - Unlikely", "3 - Possible", "4 - Likely", "5 - Almost certain"),
]


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale[0] + " to " + scale[-1] + f" {len(scale)}")
def test_order(scale: tuple[str, ...]) -> None:
    assert order(reversed(scale)) == scale
    assert order(sorted(scale)) == scale


@given(st.data())
def test_the_order_does_not_depend_on_the_order(data: st.DataObject) -> None:
    scale = data.draw(st.sampled_from(SCALES))
    assert order(data.draw(st.permutations(scale))) == scale


@pytest.mark.parametrize("names", [("Blue", "Red"), ("Low", "Banana"), ("Often", "Hardly ever"), ("A", "B", "C")])
def test_no_order_is_guessed(names: tuple[str, ...]) -> None:
    assert order(names) is None


def test_spellings_of_one_level_count_once() -> None:
    assert order(["High", "Med", "Medium", "high risk", "Low"]) == ("Low", "Med", "High")
    assert same_level("V. High", "very high") and not same_level("High", "Very high") and not same_level("", "")


@pytest.mark.parametrize(
    ("names", "axis"),
    [(("Rare", "Likely"), "likelihood"), (("Minor", "Major"), "impact"), (("Low", "High"), "band"),
     (("Green", "Red"), "band"), (("Moderate",), None), (("Rare", "Major"), None), ((), None)],
)  # fmt: skip
def test_axis(names: tuple[str, ...], axis: str | None) -> None:
    assert axis_of(names) == axis


@pytest.mark.parametrize(
    ("name", "key"),
    [("HIGH\u200b", "high"), ("High Risk", "high"), ("V. High", "very high"), ("Moderate (3)", "moderate"),
     ("3 - Possible", "possible"), ("Meduim", "medium"), ("catastropic", "catastrophic"), ("12", ""), ("", "")],
)  # fmt: skip
def test_keys(name: str, key: str) -> None:
    assert level_key(name) == key


@pytest.mark.parametrize(
    "name", ["High", "amber", "Almost Certain", "Med", "Extreme / Catastrophic", "V High", "3 - Possible", "High\n16"]
)
def test_level_names(name: str) -> None:
    assert is_level(name)


@pytest.mark.parametrize(
    "name",
    [
        "Low awareness",
        "E",
        "",
        "12",
        None,
        4,
        "Limited disruption",
        "Head of Finance",
        "R1",
        "R-001",
        "10\nR-010",
        "A.5",
        "C12",
        "$C$2",
        "N/A",
        "No",
        "None",
        "Accept",
        "Has not happened; highly unlikely",
        "R-001, R-002",
        "m/z",
    ],
)
def test_no_level_names(name: object) -> None:
    assert not is_level(name)


def test_ranks_run_from_nought_to_one() -> None:
    low, medium, high = rank("Low"), rank("Med"), rank("High")
    assert low is not None and medium is not None and high is not None and 0 <= low < medium < high <= 1
    assert rank("Banana") is None and rank("Rare", "impact") is None
    assert {place.axis for place in places("Moderate")} == {"likelihood", "impact", "band"}


def test_families_are_sound() -> None:
    """Each name once in a family, and each is found again under its own key."""
    for family in families():
        names = list(itertools.chain.from_iterable(family.levels))
        assert len(names) == len(set(names)), family.name
        assert len(family.levels) > 1
        for name in names:
            assert level_keys(name) == (name,), f"{family.name}: {name}"


@given(st.text())
def test_anything_is_read(text: str) -> None:
    is_level(text)
    rank(text)
    order([text, "Low"])


@given(
    st.lists(
        st.sampled_from(
            [*"aA1-/().: ", "high", "Very", "risk", "Rare", "or", "Høj", "ſevere", "K", "lo", "R1", "Budget"]
        )
    )
)
def test_going_by_the_first_word_of_a_name_changes_nothing(parts: list[str]) -> None:
    name = "".join(parts)
    quick = is_level(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(levels, "begins_as_level", lambda _: True)
        assert is_level(name) == quick


def test_every_name_of_a_level_begins_as_one() -> None:
    names = [name for family in families() for level in family.levels for name in level]
    assert all(
        begins_as_level(spelt) for name in names for spelt in (name, name.upper(), f"{name}: it is", f"3 {name}")
    )
