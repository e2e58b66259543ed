"""Texts compared word by word."""

from hypothesis import given
from hypothesis import strategies as st

from regsheet.changes.comparison import Piece
from regsheet.changes.texts import item_changes, text_key, told
from regsheet.changes.words import folded, word_pieces

WORDS = ("the", "river", "rises", "after", "a", "wet", "3.5", "£1,200", "don't", "re-let", ".", ",", "(x)", "\n")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def _side(pieces: tuple[Piece, ...], change: str) -> str:
    return folded("".join("".join(piece.text for piece in pieces if piece.change in ("same", change)).split()))


@given(TEXTS, TEXTS)
def test_the_pieces_of_each_side_make_its_text(old: str, new: str) -> None:
    pieces = word_pieces(old, new)
    if not old.strip() or not new.strip():
        assert pieces == ()
        return
    assert _side(pieces, "deleted") == folded("".join(old.split()))
    assert _side(pieces, "inserted") == folded("".join(new.split()))


def test_words_that_came_and_went() -> None:
    pieces = word_pieces(
        "The yearly inspection of every boiler was done.", "The monthly inspection of boilers was done."
    )
    assert [(piece.change, piece.text.strip()) for piece in pieces] == [
        ("same", "The"), ("deleted", "yearly"), ("inserted", "monthly"), ("same", "inspection of"),
        ("deleted", "every boiler"), ("inserted", "boilers"), ("same", "was done."),
    ]  # fmt: skip


def test_a_text_written_anew_is_shown_whole() -> None:
    pieces = word_pieces("Forecast gap of the budget for 2025", "The settlement of the grant came late")
    assert [piece.change for piece in pieces] == ["deleted", "inserted"]


def test_format_is_no_change() -> None:
    assert text_key("□ Yearly inspection\n□ Board  reviews") == text_key("• yearly inspection\n• board reviews")
    assert text_key("Head of Environ\nment") == text_key("Head of Environment")
    assert text_key("the “plan” – now") == text_key('the "plan" - now')
    assert text_key(4) == text_key("4") == text_key(4.0)
    assert text_key("n/a") == text_key(None) == text_key("-") == ""
    assert told("1. Do this\n2. Do that") == "Do this\nDo that"


def test_items_that_came_and_went_and_one_reworded() -> None:
    old = "Yearly inspection of boilers\nBoard reviews each month\nSpare parts are in store"
    new = "Monthly inspection of boilers\nSpare parts are in store\nStaff are trained"
    assert item_changes(old, new) == (("Staff are trained",), ("Board reviews each month",))
