"""Two texts word by word: what is the same, what went, what came."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from regsheet.changes.comparison import Piece, WordChange

_TOKEN = re.compile(r"(\s*)((?:[^\W_]|(?<=\d)[.,](?=\d))+(?:['’\-][^\W_]+)*|\S)")
_ALIKE = str.maketrans("‘’‚“”„‐‑‒–—−", "'''\"\"\"------")
ISLAND_WORDS, ISLAND_LETTERS = 3, 12
"""Words that are left alone amid changes, few and short, are counted with the changes: so it reads better."""

REWRITTEN = 0.4
"""Where less than this share of the shorter text is the same, it was written anew and is shown as such."""


class Token(NamedTuple):
    """A word or sign, and the space before it: nothing, a blank or a line end."""

    space: str
    word: str


class _Run(NamedTuple):
    """A stretch of both texts: the tokens that are the same, or those that went and those that came."""

    same: bool
    old: list[Token]
    new: list[Token]


def folded(text: str) -> str:
    """A text for comparing: case and the kinds of quotes and dashes aside."""
    return text.translate(_ALIKE).casefold()


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that lead from one text to the other; nothing where either is blank."""
    if not old.strip() or not new.strip():
        return ()
    one, other = _tokens(old), _tokens(new)
    steps = LCSseq.opcodes([folded(token.word) for token in one], [folded(token.word) for token in other])
    runs = [_Run(step.tag == "equal", one[step.src_start : step.src_end], other[step.dest_start : step.dest_end])
            for step in steps]  # fmt: skip
    kept = sum(_letters(run.old) for run in runs if run.same)
    if kept < REWRITTEN * min(_letters(one), _letters(other)):
        runs = [_Run(False, one, other)]
    return tuple(_pieces(_joined(_without_islands(runs))))


def _tokens(text: str) -> list[Token]:
    """The words and signs of a text."""
    found = (match.groups() for match in _TOKEN.finditer(text.strip()))
    return [Token("\n" if "\n" in space else " " if space else "", word) for space, word in found]


def _without_islands(runs: list[_Run]) -> list[_Run]:
    return [
        run._replace(same=False) if run.same and 0 < place < len(runs) - 1 and _is_island(run, runs, place) else run
        for place, run in enumerate(runs)
    ]


def _is_island(run: _Run, runs: list[_Run], place: int) -> bool:
    """Whether so little stays the same here, between larger changes, that it had better be shown as changed."""
    letters = _letters(run.old)
    around = min(max(_letters(beside.old), _letters(beside.new)) for beside in (runs[place - 1], runs[place + 1]))
    return len(run.old) <= ISLAND_WORDS and letters <= ISLAND_LETTERS and around > letters


def _letters(tokens: list[Token]) -> int:
    return sum(len(token.word) for token in tokens)


def _joined(runs: list[_Run]) -> list[_Run]:
    """Runs of one kind that follow one another, as one."""
    joined: list[_Run] = []
    for run in runs:
        if joined and joined[-1].same == run.same:
            joined[-1] = _Run(run.same, joined[-1].old + run.old, joined[-1].new + run.new)
        else:
            joined.append(run)
    return joined


def _pieces(runs: list[_Run]) -> list[Piece]:
    pieces: list[Piece] = []
    for run in runs:
        begins = all(piece.change == "deleted" for piece in pieces)  # then only the old text knows the space here
        same = [run.old[0], *run.new[1:]] if run.same and begins else run.new
        sides: tuple[tuple[WordChange, list[Token]], ...] = (("same", same),)
        if not run.same:
            sides = (("deleted", run.old), ("inserted", run.new))
        for change, tokens in sides:
            if tokens:
                pieces.append(Piece(change, "".join(token.space + token.word for token in tokens)))
    return pieces
