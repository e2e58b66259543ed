"""A cell's text made fit to compare: odd spaces made plain, invisible characters out, put on one line."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence

_LINE_END_SIGNS = "\r\v\f\x85\u2028\u2029"
_LINE_ENDS = re.compile(f"\r\n|[{_LINE_END_SIGNS}]")
_SPACE_SIGNS = "\t\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
_SPACES = re.compile(f"[{_SPACE_SIGNS}]")
# Zero-width and direction marks, soft hyphen, variation selectors, byte-order mark, control characters.
_INVISIBLE_RANGES = (
    (0xAD, 0xAD), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF), (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F),
)  # fmt: skip
_INVISIBLE_SIGNS = "".join(chr(code) for first, last in _INVISIBLE_RANGES for code in range(first, last + 1))
_INVISIBLE = re.compile(f"[{_INVISIBLE_SIGNS}]")
UNSEEN = " \n" + _LINE_END_SIGNS + _SPACE_SIGNS + _INVISIBLE_SIGNS
"""The signs that cleaning takes off the ends of a text: one of nothing else is blank."""
_SELECTOR = b"\xef\xb8"
"""How the variation selectors begin in UTF-8: the only invisible characters that count as printable."""
_TOGETHER = 100
"""Values that are cleaned together: one that is not clean sends so many the long way."""
_PLAIN = bytes([*b"\n", *range(0x20, 0x7F)])
"""The plain characters of ASCII in UTF-8, where no other character has any of them in it."""

_LOOSE_LINE = re.compile(rb"\n(?: |(?<= \n))")
"""A line end with a space beside it."""


def clean(value: object) -> str:
    """The text of a value, trimmed: odd spaces made plain, invisible characters out, line ends ``\\n``; 16.0 is 16.

    A text that is clean already is returned itself, so that a register holds it once.
    """
    if type(value) is str:
        if value.isprintable() and (value.isascii() or _has_no_selector(value)):
            return value.strip()
        return _cleaned(value)
    if value is None:
        return ""
    if type(value) is int:
        return str(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) and abs(value) < 1e15 else str(value)
    if isinstance(value, dt.datetime):
        return (value.date() if value.time() == dt.time() else value).isoformat(*(" ",) * (value.time() != dt.time()))
    return _cleaned(str(value))


def cleaned_together(values: Sequence[object]) -> list[str]:
    """The cleaned texts of many values, mostly texts: whether there is anything to clean is told of many at once."""
    cleaned: list[str] = []
    for start in range(0, len(values), _TOGETHER):
        some = values[start : start + _TOGETHER]
        if None in some:
            some = ["" if value is None else value for value in some]
        cleaned += _only_trimmed(some) or map(clean, some)
    return cleaned


def _only_trimmed(values: Sequence[object]) -> list[str] | None:
    """The values without the spaces at their ends; None unless all are texts that need no other cleaning."""
    try:
        stored = "".join(values).encode()  # type: ignore[arg-type]
    except (TypeError, UnicodeEncodeError):  # a value that is no text, half a character
        return None
    odd = stored.translate(None, _PLAIN)
    if odd and (_SELECTOR in odd or not odd.decode().isprintable()):
        return None
    if b"\n" in stored and _LOOSE_LINE.search(stored):
        return None
    return list(map(str.strip, values))  # type: ignore[arg-type]


def _cleaned(text: str) -> str:
    lines = text.split("\n")
    # Whether anything is to be replaced is told far quicker than it is replaced.
    if not (all(map(str.isprintable, lines)) and (text.isascii() or _has_no_selector(text))):
        text = _INVISIBLE.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
        lines = text.split("\n")
    if len(lines) > 1:
        trimmed = [line.strip() for line in lines]
        if trimmed != lines:
            text = "\n".join(trimmed)
    return text.strip()


def _has_no_selector(text: str) -> bool:
    """Whether none of a text's characters is of the few invisible ones that count as printable."""
    stored = text.encode()
    return _SELECTOR[:1] not in stored or _SELECTOR not in stored


def one_line(value: object) -> str:
    """The cleaned text with every run of spaces and line ends as one space."""
    text = clean(value)
    if "  " in text or "\n\n" in text:
        return " ".join(text.split())
    return text.replace("\n", " ")  # no space stands beside the line ends of a cleaned text


def is_blank(value: object) -> bool:
    """Whether nothing is there to see: no value, or only spaces and invisible characters."""
    if not isinstance(value, str):
        return value is None
    return not value.strip(UNSEEN)


def has_figure(text: str) -> bool:
    """Whether one of the figures 0 to 9 is in a text. Written out: looking for each is quicker than any pattern."""
    return (
        "1" in text or "2" in text or "0" in text or "3" in text or "4" in text
        or "5" in text or "6" in text or "7" in text or "8" in text or "9" in text
    )  # fmt: skip
