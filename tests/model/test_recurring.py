"""Reading each different value once gives what reading every value gives."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.cells import CellError
from regsheet.model.recurring import coded, coded_readings, of_alike, recurring

VALUES = st.lists(
    st.none() | st.sampled_from(["4", "High", CellError("High"), 1, 1.0, True, 0, False, 2.5, dt.datetime(2026, 1, 1)])
)


@given(VALUES)
def test_each_is_read_as_by_itself(values):
    found = recurring(values).read(lambda value: (type(value), repr(value)))
    assert found.each() == [(type(value), repr(value)) for value in values]
    assert len(set(found.different)) == len(found.different)
    assert found.different == list(dict.fromkeys(found.each()))


@given(VALUES)
def test_what_is_told_of_each_is_told_of_it_by_itself(values):
    assert list(map(repr, recurring(values).each())) == list(map(repr, values))
    texts = [str(value) for value in values]
    assert of_alike(texts, len) == coded(texts).told(len) == [len(text) for text in texts]
    assert coded(texts).each() == texts
    assert coded(texts).different == list(dict.fromkeys(texts))
    assert coded_readings(values).told(str) == texts
    assert coded_readings(texts).each() == texts
    assert coded(texts).told(lambda _: None) == [None] * len(texts)
    assert coded_readings([]).told(str) == []


@given(st.lists(st.integers(0, 700)), st.integers(-800, 800))
def test_a_column_that_is_coded_is_read_as_the_plain_one(values, place):
    found = coded(values)
    assert (list(found), len(found), found.each()) == (values, len(values), values)
    assert list(found[place:]) == values[place:]
    if -len(values) <= place < len(values):
        assert found[place] == values[place]


def test_codes_of_many_different_ones_are_told_apart():
    for count in (255, 256, 257, 70_000):
        assert coded(range(count)).each() == list(range(count))
        assert coded_readings(values := list(map(str, range(count)))).each() == values
