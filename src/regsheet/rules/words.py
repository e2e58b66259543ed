"""Reads ``words.toml``: the words by which rules tell a closed risk, a finished action, a cell that says nothing."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from regsheet.remembered import remembered
from regsheet.values.text import is_dash, is_placeholder, line_says_nothing, one_line

CODE = re.compile(r"[A-Za-z]{0,6}[-. ]?[0-9]+(?:\.[0-9]+)?")
"""A reference such as ``CR14``, or a number: it always says something."""


@cache
def word_list(name: str) -> frozenset[str]:
    """One list of ``words.toml``, in lower case."""
    text = files("regsheet.rules").joinpath("words.toml").read_text(encoding="utf-8")
    return frozenset(word.casefold() for word in tomllib.loads(text)[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One list of ``words.toml`` as a pattern that finds any of its words as whole words."""
    longest_first = sorted(word_list(name), key=len, reverse=True)
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def is_one_of(text: str, name: str) -> bool:
    """Whether a whole cell says one of the words of a list: ``None.`` and ``none`` alike."""
    return _is_one_of(one_line(text), name)


def says_nothing(value: object) -> bool:
    """Whether a cell is blank, a dash, or a word that stands for nothing: ``None``, ``N/A``, ``TBC``."""
    return _text_says_nothing(value) if isinstance(value, str) else value is None


@remembered
def _text_says_nothing(text: str) -> bool:
    if CODE.fullmatch(text):
        return False
    line = one_line(text)
    return line_says_nothing(line) or _is_one_of(line, "nothing")


def _is_one_of(line: str, name: str) -> bool:
    """Whether a text on one line, without the signs round it, is one of the words of a list."""
    bare = line.strip(" .;:-–—*•□☐()[]")
    return len(bare) <= _longest(name) and bare.casefold() in word_list(name)


@cache
def _longest(name: str) -> int:
    """The length of the longest word of a list. No text becomes shorter in lower case."""
    return max(map(len, word_list(name)))


def is_undecided(value: object) -> bool:
    """Whether a cell says that something is still to come: ``TBC``, ``To be agreed``."""
    return isinstance(value, str) and not is_dash(value) and is_placeholder(value)


def begins_with(text: str, name: str) -> bool:
    """Whether a text begins with one of the words of a list."""
    return pattern(name).match(one_line(text).lstrip(" .:;-–—*•□☐()[]")) is not None
