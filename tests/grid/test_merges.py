"""Which merge covers a cell."""

from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.addresses import Area
from regsheet.grid.merges import MergeIndex

PLACES = st.tuples(st.integers(1, 9), st.integers(1, 6))
SMALL = st.builds(Area, st.integers(1, 4), st.integers(1, 3), st.integers(4, 9), st.integers(3, 6))
LARGE = st.just(Area(5, 2, 1_000_000, 2))


@given(st.lists(st.one_of(SMALL, LARGE), max_size=3), st.lists(PLACES, max_size=8))
def test_the_merges_of_many_cells_are_those_of_each(merges: list[Area], places: list[tuple[int, int]]) -> None:
    index = MergeIndex(merges)
    told = {place: index.at(*place) for place in places}
    assert index.among(places) == {place: area for place, area in told.items() if area is not None}
    small = [area for area in merges if area.last_row < 10]
    for place, area in told.items():
        first = next((each for each in [*small, *merges] if place in each), None)
        assert area == first
