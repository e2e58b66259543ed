"""Bands and levels of different registers, side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quarter.runs import FIVE_BY_FIVE, FOUR_BY_FOUR, PERCENT, THREE_BY_THREE, WORD_ONLY, levels, stage

from regsheet.outcome.records import Grade, Scale, StageRecord
from regsheet.quarter.ladder import ladder_of
from regsheet.quarter.matrix import matrix_of, share, zones_of


def test_registers_that_name_their_bands_alike_keep_them():
    ladder = ladder_of([FIVE_BY_FIVE, FIVE_BY_FIVE])
    assert ladder.shared
    assert [step.name for step in ladder.steps] == ["White", "Amber", "Red"]
    assert [step.is_red for step in ladder.steps] == [False, False, True]


def test_registers_with_different_names_share_neutral_steps():
    ladder = ladder_of([FIVE_BY_FIVE, THREE_BY_THREE])
    assert not ladder.shared
    assert [step.name for step in ladder.steps] == ["Green", "Amber", "Red"]
    assert ladder.position(StageRecord(band="Medium"), THREE_BY_THREE) == 1
    assert ladder.position(StageRecord(rating=9), FIVE_BY_FIVE) == 1
    assert ladder.position(StageRecord(), FIVE_BY_FIVE) is None
    assert ladder.position(StageRecord(band="Medium"), None) == 1  # the word alone


def test_only_the_top_band_is_red():
    five = Scale({}, {}, "none", tuple(Grade(name, n, n, "") for n, name in enumerate("ABCDE")))
    ladder = ladder_of([five, FIVE_BY_FIVE])
    assert [ladder.position(StageRecord(band=name, is_red=name == "E"), five) for name in "ABCDE"] == [0, 1, 2, 2, 3]


@pytest.mark.parametrize(
    ("scale", "score", "expected"),
    [(levels(5), 1, 0.0), (levels(5), 4, 0.75), (levels(4), 3, 2 / 3), (levels(3), 2.5, 0.75), (levels(5), 6, None),
     ({"10%": 0.1, "90%": 0.9}, 0.9, 1.0), ({"one": 1.0}, 1, None), ({}, 1, None)],
)  # fmt: skip
def test_share_of_a_scale(scale, score, expected):
    assert share(score, scale) == (None if expected is None else pytest.approx(expected))


def test_matrix_of_one_size_is_shown_as_it_is():
    assert (matrix_of([FOUR_BY_FOUR]).likelihood, matrix_of([FOUR_BY_FOUR]).shared) == (4, True)
    assert matrix_of([FIVE_BY_FIVE, PERCENT]).shared
    assert not matrix_of([FIVE_BY_FIVE, THREE_BY_THREE]).shared
    assert not matrix_of([WORD_ONLY]).shared
    assert matrix_of([WORD_ONLY]).place(stage(FIVE_BY_FIVE, 3, 3), WORD_ONLY) is None


@given(st.integers(2, 12), st.integers(2, 12), st.data())
def test_every_score_on_a_scale_has_a_cell_and_the_ends_are_the_corners(first, second, data):
    scale = Scale(levels(first), levels(second), "product", ())
    matrix = matrix_of([scale, FOUR_BY_FOUR])
    likelihood, impact = data.draw(st.integers(1, first)), data.draw(st.integers(1, second))
    place = matrix.place(StageRecord(likelihood, impact), scale)
    assert 0 <= place[0] < matrix.likelihood
    assert 0 <= place[1] < matrix.impact
    assert matrix.place(StageRecord(1, second), scale) == (0, matrix.impact - 1)
    assert matrix.place(StageRecord(first, 1), scale) == (matrix.likelihood - 1, 0)


def test_zones_are_the_bands_that_all_registers_agree_on():
    ladder, matrix = ladder_of([FIVE_BY_FIVE]), matrix_of([FIVE_BY_FIVE])
    zones = zones_of([FIVE_BY_FIVE], ladder, matrix)
    assert len(zones) == 25
    assert (zones[0, 0], zones[2, 2], zones[2, 4], zones[4, 4]) == (0, 1, 2, 2)  # 1 white, 9 amber, 15 red, 25 red
    stricter = Scale(levels(5), levels(5), "product", (Grade("White", 1, 7, ""), Grade("Amber", 8, 11, ""),
                                                       Grade("Red", 12, 25, "")))  # fmt: skip
    both = zones_of([FIVE_BY_FIVE, stricter], ladder, matrix)
    assert (2, 3) in zones
    assert (2, 3) not in both  # 12 is amber to one and red to the other
    assert zones_of([FIVE_BY_FIVE, THREE_BY_THREE], ladder, matrix_of([FIVE_BY_FIVE, THREE_BY_THREE])) == {}
