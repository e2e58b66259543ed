"""Recipes that give back earlier bytes."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.writer import delta
from regsheet.writer.delta import (
    Piece,
    RecipeWriter,
    apply_delta,
    apply_recipe,
    make_delta,
    make_recipe,
    moves_of,
    sha256_of,
    spliced,
)

TAGS = st.lists(st.sampled_from(["<c/>", "<v>1</v>", '<c r="A1">', "</c>", "\n", "l 3\n", "<row/>", "é"]), max_size=60)


@given(TAGS, TAGS)
def test_any_earlier_bytes_come_back(present: list[str], earlier: list[str]) -> None:
    now, then = "".join(present).encode(), "".join(earlier).encode()
    assert apply_delta(now, make_delta(now, then), 10_000) == then


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_also_bytes_that_are_no_xml(now: bytes, then: bytes) -> None:
    assert apply_delta(now, make_delta(now, then), 10_000) == then


@st.composite
def changed_pieces(draw: st.DrawFn) -> list[Piece]:
    """Pieces of a part with what was spliced into each."""
    pieces: list[Piece] = []
    for earlier in draw(st.lists(st.binary(max_size=12), max_size=5)):
        places = sorted(draw(st.lists(st.integers(0, len(earlier)), max_size=6)))
        stretches = zip(places[::2], places[1::2], strict=False)
        splices = [(start, end, draw(st.binary(min_size=start == end, max_size=3))) for start, end in stretches]
        pieces.append(Piece(spliced(earlier, splices), earlier, splices))
    return pieces


@given(changed_pieces())
def test_a_recipe_made_piece_by_piece_is_that_of_the_whole(pieces: list[Piece]) -> None:
    writer = RecipeWriter()
    now = b"".join(writer.following(pieces))
    changed = writer.written("part", sha256_of(now))
    then = b"".join(piece.earlier for piece in pieces)
    assert changed is not None
    assert apply_delta(now, changed.recipe, 1000) == then
    assert changed.sha256_before == sha256_of(then)
    splices, at = [], 0
    for piece in pieces:
        splices += [(at + start, at + end, new) for start, end, new in piece.splices or ()]
        at += len(piece.earlier)
    assert zlib.decompress(changed.recipe) == make_recipe(moves_of(then, splices))


@given(st.lists(st.tuples(st.binary(max_size=20), st.binary(max_size=20)), max_size=5))
def test_pieces_that_are_not_what_is_told_of_them_come_back_all_the_same(pairs: list[tuple[bytes, bytes]]) -> None:
    writer = RecipeWriter()
    now = b"".join(writer.following(Piece(present, earlier, [(0, 1, b"x")]) for present, earlier in pairs))
    changed = writer.written("part", sha256_of(now))
    assert changed is not None
    assert apply_delta(now, changed.recipe, 1000) == b"".join(earlier for _, earlier in pairs)


def test_a_recipe_of_too_many_steps_is_left_to_whoever_has_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = RecipeWriter()
    list(writer.following([Piece(b"bxd", b"bcd", [(1, 2, b"x")])]))
    monkeypatch.setattr(delta, "MAX_MOVES", 2)
    assert writer.written("part", "") is None


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
    with pytest.raises(ValueError, match="too large"):
        apply_delta(b"", zlib.compress(b"x" * 10_000), 1000)
    with pytest.raises(ValueError, match="damaged"):
        apply_delta(b"abc" * 100, zlib.compress(b"c 0 300\n" * 100), 1000)
