"""Tells of most cells of a column, at a glance, that they say something: few open with a word that may say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from regsheet.rules.done_wording import finished_words
from regsheet.rules.whole_columns import START, any_of, pieces, whole
from regsheet.rules.words import word_list
from regsheet.values.data import words

TEMPLATE = ("[", "<", "{", "lorem")
"""What a text may have anywhere that was to be written over."""

NUMBERED = ("1.", "1)")
"""What a list with numbers has: its items need not begin with the line, and all may stand in one."""


def plainly_said(column: Sequence[str]) -> list[bool]:
    """Whether the first item of each text plainly says something. Where not, it may do so all the same."""
    said = [True] * len(column)
    for piece in pieces(column):
        for place in (*piece.opening(_saying_nothing()), *piece.having(*TEMPLATE)):
            said[place] = False
    return said


def plainly_to_do(column: Sequence[str]) -> list[bool]:
    """Whether each text plainly lists an action, and has no word of one that is finished."""
    to_do = plainly_said(column)
    for piece in pieces(column):
        finished = [place for place in piece.worded(finished_words()) if to_do[place]]
        for place in piece.still_worded(_done(), finished) if finished else ():
            to_do[place] = False
    return to_do


def may_say_nothing(column: Sequence[str]) -> list[int]:
    """Where in a column any item of a text may say nothing: far quicker than to look at each for itself.

    Items that are ``NUMBERED`` within one line are passed over where no text of the column has more lines.
    """
    found: set[int] = set()
    for piece in pieces(column):
        found.update(piece.having("?"), piece.having(*TEMPLATE), piece.opening(_telling_lines()))
        if piece.has_lines:
            found.update(piece.having(*NUMBERED))
    return sorted(found)


@cache
def _telling_lines() -> re.Pattern[str]:
    """The head of a line that opens as an item does that says nothing, and of one that has nothing but signs.

    A head is too short for many signs, or spaces, or words: a line counts that has what fits in. Ways that begin with
    a plain sign come first: of those it is seen at once that they lead nowhere.
    """
    signs, more = r"[^a-z0-9\n\0]{0,8}+", r"[^a-z0-9\n\0]"
    known = any_of(_beginnings(), r"\s") + r"(?:(?<=\s)|(?![a-z0-9]))"
    only_signs = r"x[^a-wyz0-9\n\0]*+(?=\n)|\n(?<!\n\n)"
    opening = rf"{only_signs}|{more}|{known}"
    return re.compile(rf"\n{signs}(?:{opening}|[a-z]{{1,4}}+\){signs}(?:{opening}))")


def _beginnings() -> set[str]:
    """How the known stand-ins begin: three words of each, and fewer of them before two spaces.

    Of other phrases that say nothing the first word will do.
    """
    found = {phrase.split()[0] for phrase in (*word_list("nothing"), *words("text", "dashes"))}
    for phrase in words("text", "placeholders"):
        first = phrase.split()[:3]
        found |= {" ".join(first), *(" ".join(first[:count]) + "  " for count in range(1, len(first)))}
    return found


@cache
def _saying_nothing() -> re.Pattern[str]:
    """A text that does not open with a word of two letters or more, or with the first of a phrase that says nothing."""
    phrases = (*word_list("nothing"), *words("text", "dashes"), *words("text", "placeholders"))
    nothing = any_of((first[0] for phrase in phrases if (first := re.findall("[a-z]+", phrase))), " ")
    signs = rf"[^a-z0-9{START}]{{0,8}}+"
    return re.compile(rf"{START}\n(?!{signs}(?!(?:{nothing}|x++)(?![a-z]))[a-z]{{2,20}}+(?![a-z0-9)]))")


@cache
def _done() -> re.Pattern[str]:
    return whole(phrase.replace("%", "") for phrase in word_list("done_status"))
