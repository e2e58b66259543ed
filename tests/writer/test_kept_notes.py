"""What is held in pieces or batches is what was given, wherever one ends and the next begins."""

from __future__ import annotations

from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.writer.kept_notes import BATCH, KeptNotes
from regsheet.writer.pieces import LEAST, Kept, pieces
from regsheet.writer.records import NoteRecord


@pytest.mark.parametrize("number", [0, 1, BATCH - 1, BATCH, BATCH + 1, 2 * BATCH, 2 * BATCH + 7])
def test_notes_come_back_as_often_as_they_are_asked_for(number: int) -> None:
    notes = [NoteRecord("Risks", f"A{row}", f"Error {row} – ☐ \x00 \ud800\n", row % 3 == 0) for row in range(number)]
    kept = KeptNotes()
    for note in notes:
        kept.add(note)
    assert list(kept) == notes
    assert list(kept) == notes
    assert all(type(note) is NoteRecord for note in kept)


@given(st.lists(st.tuples(st.text(st.sampled_from("a–☐😀\n"), max_size=9), st.integers(0, 20_000)), max_size=9))
def test_pieces_are_the_text(parts: list[tuple[str, int]]) -> None:
    texts = [text * times for text, times in parts]
    made = list(pieces(iter(texts)))
    assert b"".join(made) == "".join(texts).encode()
    assert all(len(piece.decode()) >= LEAST for piece in made[:-1])


@given(st.lists(st.binary(max_size=9)))
def test_pieces_that_are_kept_come_back_as_often_as_they_are_asked_for(content: list[bytes]) -> None:
    kept = Kept(iter(content))
    assert list(kept) == content
    assert list(kept) == content


def test_no_more_text_is_asked_for_than_a_piece_takes() -> None:
    endless = pieces(repeat("x" * 100))
    assert len(next(endless)) == -(-LEAST // 100) * 100
