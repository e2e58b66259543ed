"""Recipes that give back earlier bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.writer.delta import apply_delta, apply_recipe, make_delta

TAGS = st.lists(st.sampled_from(["<c/>", "<v>1</v>", '<c r="A1">', "</c>", "\n", "l 3\n", "<row/>", "é"]), max_size=60)


@given(TAGS, TAGS)
def test_any_earlier_bytes_come_back(present: list[str], earlier: list[str]) -> None:
    now, then = "".join(present).encode(), "".join(earlier).encode()
    assert apply_delta(now, make_delta(now, then), 10_000) == then


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_also_bytes_that_are_no_xml(now: bytes, then: bytes) -> None:
    assert apply_delta(now, make_delta(now, then), 10_000) == then


def test_a_recipe_is_small_where_little_changed() -> None:
    cells = [f'<c r="A{number}"><v>{number * 7919 % 1000}</v></c>' for number in range(5000)]
    then = "".join(cells).encode()
    for number in range(0, 5000, 250):
        cells[number] = cells[number].replace("<c ", '<c s="9" ')
    now = "".join(cells).encode()
    assert len(make_delta(now, then)) < len(then) / 50


@pytest.mark.parametrize("recipe", [b"c 0 99\n", b"x\n", b"l 9\nabc", b"c 0\n", b"c 0 3"])
def test_a_damaged_recipe_is_refused(recipe: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        apply_recipe(b"abc", recipe)


def test_a_recipe_cannot_flood_memory() -> None:
    import zlib

    with pytest.raises(ValueError, match="too large"):
        apply_delta(b"", zlib.compress(b"x" * 10_000), 1000)
    with pytest.raises(ValueError, match="damaged"):
        apply_delta(b"abc" * 100, zlib.compress(b"c 0 300\n" * 100), 1000)
