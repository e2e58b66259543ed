"""The direction of travel: arrows, words, and letters that are arrows in a symbol font."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from regsheet.values.data import word_list, words
from regsheet.values.text import clean, one_line

Direction = Literal["up", "down", "same", "new"]

_DIRECTIONS: tuple[Direction, ...] = ("up", "down", "same", "new")
_LONGEST_PHRASE = 60
_SIGNED = re.compile(r"([+\-−])\s?[0-9]{1,2}")


def read_direction(value: object, font_name: str | None = None) -> Direction | None:
    """Which way the risk went: ``up`` is a risk that rose. None for a blank cell and for what cannot be read.

    A letter counts as an arrow only where ``font_name`` is the symbol font that draws it so.
    """
    if not isinstance(value, str):
        return None
    symbols = _symbols(font_name)
    if symbols is not None:
        return _from_symbols(value, symbols)
    text = one_line(value).casefold()
    if not text or len(text) > _LONGEST_PHRASE:
        return None
    return _from_typed(text) or _from_signs(text) or _from_signed(text) or _from_words(text)


def notation(value: object, font_name: str | None = None) -> dict[Direction, str] | None:
    """How a register that writes ``value`` writes each direction; None where its way is not known."""
    read = read_direction(value, font_name)
    if read is None:
        return None
    written = _plain(value, font_name)
    font = _font(font_name)
    for listed in word_list("direction")["notation"]:
        if listed.get("font") == font and listed.get(read, "").casefold() == written.casefold():
            tail = "\ufe0f" if "\ufe0f" in str(value) else ""  # the mark that asks for the coloured arrow
            return {key: _like(listed[key], written) + tail for key in _DIRECTIONS if key in listed}
    return None


def write_direction(direction: Direction, like: object, font_name: str | None = None) -> str | None:
    """A direction in the notation of a sample, or of several (the column's other cells, commonest way first).

    The register's own spelling is taken where a sample has the direction already. None where the way of writing is
    not known: then nothing should be written.
    """
    samples = [like] if isinstance(like, str) or not isinstance(like, Iterable) else list(like)
    known = [sample for sample in samples if isinstance(sample, str) and read_direction(sample, font_name)]
    spelt = [clean(sample) for sample in known if read_direction(sample, font_name) == direction]
    if _symbols(font_name) is None:
        spelt = [text for text in spelt if len(text) <= 20 and not any(letter.isdigit() for letter in text)]
    if spelt:
        return max(spelt, key=spelt.count)
    ways = [way[direction] for sample in known if (way := notation(sample, font_name)) and direction in way]
    if not ways and direction == "new" and known:
        return "NEW"
    return max(ways, key=ways.count) if ways else None


def _plain(value: object, font_name: str | None) -> str:
    """A cell's text with the private letters of symbol fonts made plain ones."""
    text = str(value).strip() if _symbols(font_name) else one_line(value)
    return "".join(chr(ord(letter) - 0xF000) if 0xF020 <= ord(letter) <= 0xF0FF else letter for letter in text)


def _like(word: str, sample: str) -> str:
    """A word with the capitals of a sample."""
    if sample.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if sample[:1].isupper() else word


def _font(font_name: str | None) -> str | None:
    name = one_line(font_name).casefold() if font_name else ""
    return name if name in word_list("direction")["fonts"] else None


def _symbols(font_name: str | None) -> dict[str, str] | None:
    font = _font(font_name)
    return None if font is None else word_list("direction")["fonts"][font]


def _only(found: set[Direction]) -> Direction | None:
    return found.pop() if len(found) == 1 else None


def _from_symbols(value: str, symbols: dict[str, str]) -> Direction | None:
    letters = "".join(_plain(value, "wingdings").split())
    if not letters or len(letters) > 3:
        return None
    read = [next((way for way in _DIRECTIONS if letter in symbols.get(way, "")), None) for letter in letters]
    return _only({way for way in read if way}) if all(read) else None


def _from_typed(text: str) -> Direction | None:
    typed: dict[Direction, list[str]] = word_list("direction")["typed"]
    return next((direction for direction, signs in typed.items() if text in signs), None)


def _from_signs(text: str) -> Direction | None:
    """Arrows, alone or with words that say the same; not the arrows between the steps of a chain."""
    signs: dict[Direction, str] = word_list("direction")["signs"]
    found = _only({direction for direction, known in signs.items() if any(letter in known for letter in text)})
    rest = "".join(" " if any(letter in known for known in signs.values()) else letter for letter in text)
    if found is None or not any(letter.isalpha() for letter in rest):
        return found
    return found if _from_words(rest) == found or not _unknown(rest) else None


def _from_signed(text: str) -> Direction | None:
    """``+4``: by so much the score moved."""
    found = _SIGNED.fullmatch(text)
    if not found:
        return None
    return "up" if found[1] == "+" else "down"


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], Direction], ...]:
    listed: dict[Direction, list[str]] = word_list("direction")["words"]
    pairs = [(phrase, direction) for direction, phrases in listed.items() for phrase in phrases]
    pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
    return tuple((re.compile(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])"), direction) for phrase, direction in pairs)


def _from_words(text: str) -> Direction | None:
    """The direction that every known phrase in the text agrees on, longest first.

    Nothing else may be said: "not improving" and "increased costs" are no direction.
    """
    found: set[Direction] = set()
    for pattern, direction in _phrases():
        if pattern.search(text):
            found.add(direction)
            text = pattern.sub(" ", text)
    return None if _unknown(text) else _only(found)


def _unknown(text: str) -> bool:
    """Whether a text has words beyond those that may stand beside a direction."""
    return any(word not in words("direction", "beside", "words") for word in re.findall(r"[^\W\d_]+", text))
