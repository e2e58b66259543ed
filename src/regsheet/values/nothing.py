"""Cells that say nothing: a dash, ``n/a``, ``TBC``, ``[insert name]``."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from regsheet.values.cleaning import clean
from regsheet.values.data import words
from regsheet.values.lists import bullets

_DASH = re.compile(r"[-‐‑‒–—―−_./\\ ]+")
_SIGNS = "?x.…_*#"
_ONLY_SIGNS = re.compile(rf"[{re.escape(_SIGNS)}]{{2,}}|\?", re.IGNORECASE)
_PARTS = re.compile("[/,;]| - ")
_LONGEST_OPENING = 60
"""Characters within which every placeholder ends that a text may open with."""
_BRACKETED = re.compile(r"[\[<{]\s*([^\[\]<>{}]{2,80})[\]>}]")
_AROUND = " .:;,!-–—*()\"'"
_FILLER, _OF_FILLER = "lorem ipsum", b"orem"
_HEAD = 3
"""How many of the first characters tell nearly every sentence from the words that stand for nothing."""
_MOST_SIGNS = 20
"""Characters within which a sentence opens after bullets and the like."""


def is_dash(value: object) -> bool:
    """Whether somebody wrote that nothing applies: ``-``, ``—``, ``n/a``, ``None``."""
    if not isinstance(value, str):
        return False
    text = clean(value)
    return not _opens_as_prose(text) and _is_dash(" ".join(text.split()))


def is_placeholder(value: object) -> bool:
    """Whether somebody meant to write something and has not: ``TBC``, ``XX``, ``???``, ``[insert name]``, a bullet."""
    if not isinstance(value, str):
        return False
    text = clean(value)
    if _opens_as_prose(text):
        return _stands_for_text(text)
    line = " ".join(text.split())
    return bool(line) and not _is_dash(line) and (_is_stand_in(line) or _stands_for_text(line))


def line_says_nothing(line: str) -> bool:
    """Whether a text that is on one line already is empty, a dash or a placeholder."""
    if _opens_as_prose(line):
        return _stands_for_text(line)
    return not line or _is_dash(line) or _is_stand_in(line) or _stands_for_text(line)


def _opens_as_prose(text: str) -> bool:
    """Whether a cleaned text opens as neither a dash nor a word that stands for nothing does, as nearly every one."""
    head = text[:_HEAD]
    if not head[:1].isalnum():
        head = text[:_MOST_SIGNS].lstrip(_signs())[:_HEAD]
        if len(head) < _HEAD or not head.isalnum():
            return False
    elif "\n" in head or "  " in head:
        return False  # on one line it opens otherwise
    return head.isascii() and head.lower() not in _openings()


@cache
def _openings() -> frozenset[str]:
    """The first characters, in lower case, of all lines that open with a letter or figure and may say nothing."""
    ends = (*_AROUND, *bullets(), "/", *("",) * _HEAD)  # what may follow a word of fewer characters
    following = ["".join(signs) for signs in product(ends, repeat=_HEAD - 1)]
    known = {word + end for word in _dashes() | _placeholders() for end in (following if len(word) < _HEAD else ("",))}
    rows = {"x" + "".join(signs) for signs in product((*_SIGNS, *ends), repeat=_HEAD - 1)}
    return frozenset(text[:_HEAD] for text in known | rows)


def _is_dash(line: str) -> bool:
    if _DASH.fullmatch(line):
        return True
    if len(line) > _longest_dash() and len(line.rstrip(".")) > _longest_dash():
        return False
    text = line.casefold()
    return text in _dashes() or text.rstrip(".") in _dashes()


def _is_stand_in(line: str) -> bool:
    """Whether a line is nothing but signs, or a word that stands for what is to come: ``TBC - with IT``."""
    bare = line.strip(_signs())
    if not bare:
        return bool(line.strip(" .:;,!-–—"))
    if _opens_as_prose(bare):
        return False
    bare = bare.casefold()
    if _PARTS.split(bare[:_LONGEST_OPENING], 1)[0].strip() in _placeholders():
        parts = [part.strip() for part in _PARTS.split(bare)]
        if len(bare) <= 30 or all(part in _placeholders() for part in parts):
            return True
    return bool(_ONLY_SIGNS.fullmatch(bare))


def _stands_for_text(text: str) -> bool:
    """Whether a cleaned text holds words of a template: filler, or brackets in which something was to be written."""
    # Of letters that no other sign stands for, whatever the case.
    if _OF_FILLER in text.encode("utf-8", "surrogatepass").lower() and _FILLER in " ".join(text.split()).casefold():
        return True
    if "[" not in text and "<" not in text and "{" not in text:
        return False
    found = _BRACKETED.finditer(" ".join(text.split()))
    return any(one[1].casefold().startswith(words("text", "to_fill")) for one in found)


@cache
def _signs() -> str:
    """What may stand round a word that stands for nothing."""
    return f"{bullets()}{_AROUND}\n"


@cache
def _dashes() -> frozenset[str]:
    return frozenset(words("text", "dashes"))


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(words("text", "placeholders"))


@cache
def _longest_dash() -> int:
    return max(map(len, _dashes()))
