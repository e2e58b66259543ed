"""Tells of most cells of a column, at a glance, that they say something: few open with a word that may say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from regsheet.rules.whole_columns import END, Piece, pieces, whole
from regsheet.rules.words import word_list
from regsheet.values.data import words

TEMPLATE = ("[", "<", "{", "lorem")
"""What a text may have anywhere that was to be written over."""

FIRST_WORD = re.compile(r"[^a-z0-9]*([a-z]{2,})(?![a-z0-9)])")


def plainly_said(column: Sequence[str]) -> list[bool]:
    """Whether the first item of each text plainly says something. Where not, it may do so all the same."""
    found: list[bool] = []
    for piece in map(Piece.lower, pieces(column)):
        first_words = map(FIRST_WORD.match, piece.text.split(END))
        said = [first is not None and first[1] not in _saying_nothing() and first[1].strip("x") != ""
                for first in first_words]  # fmt: skip
        for place in piece.having(*TEMPLATE):
            said[place - piece.first] = False
        found += said
    return found


def plainly_to_do(column: Sequence[str]) -> list[bool]:
    """Whether each text plainly lists an action, and has no word of one that is finished."""
    found = plainly_said(column)
    for piece in pieces(column):
        for place in piece.words().matching(_done()):
            found[place] = False
    return found


@cache
def _saying_nothing() -> frozenset[str]:
    """The first words of all phrases that say nothing."""
    phrases = (*word_list("nothing"), *words("text", "dashes"), *words("text", "placeholders"))
    return frozenset(first[0] for phrase in phrases if (first := re.findall("[a-z]+", phrase)))


@cache
def _done() -> re.Pattern[str]:
    return whole(phrase.replace("%", "") for phrase in word_list("done_status"))
