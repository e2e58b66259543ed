"""Cell addresses: what is one, and where it points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.addresses import ADDRESS, address, column_number, position


@given(st.text("ABXFDb$:0179٣ \n", max_size=11))
def test_an_address_is_what_the_pattern_says_however_it_is_read(text: str) -> None:
    found = ADDRESS.match(text)
    if found:
        assert position(text) == (int(found[2]), column_number(found[1]))
    else:
        with pytest.raises(ValueError, match="not a cell address"):
            position(text)


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_a_place_is_read_back_from_its_address(row: int, column: int) -> None:
    assert position(address(row, column)) == (row, column)
    assert position(address(row, column).lower()) == (row, column)
