"""Values as a reader of the new sheets sees them: printable, short enough for a cell, never a formula."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from functools import cache

from regsheet.grid.cells import Value
from regsheet.limits import MAX_TEXT_LENGTH

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
SURROGATE = re.compile("[\ud800-\udfff]")
CHANGED = re.compile(f"\r|{UNPRINTABLE.pattern}|{SURROGATE.pattern}")
"""What is not printed as it is."""

NUMBERS = (int, float)
CUT = " … (cut)"
LINE, BETWEEN = "\x01", "\x02"
"""Stand for a line, and between texts that are looked at together; no printable text has them."""


def printable(text: str) -> str:
    """A text without what XML cannot hold, with plain line ends, cut to what a cell takes."""
    if text.isprintable() and len(text) <= MAX_TEXT_LENGTH // 2:
        return text  # most texts: no control character, no line end, not even half as long as a cell takes
    text = UNPRINTABLE.sub("", SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))
    # Excel counts UTF-16 units; a text is cut well before that matters.
    limit = MAX_TEXT_LENGTH if text.isascii() else MAX_TEXT_LENGTH // 2
    return text if len(text) <= limit else text[: limit - len(CUT)] + CUT


def printable_together(texts: Sequence[str]) -> Sequence[str]:
    """The same for many texts."""
    joined = "".join(texts)
    is_plain = joined.isprintable() or not CHANGED.search(joined)
    if is_plain and len(max(texts, key=len, default="")) <= MAX_TEXT_LENGTH // 2:
        return texts
    return list(map(printable, texts))


def one_line(text: str) -> str:
    """A text on one line, its runs of blanks closed up."""
    if "  " not in text and text.isprintable() and text[:1] != " " != text[-1:] and len(text) <= MAX_TEXT_LENGTH // 2:
        return text  # most texts: a space is the only blank that counts as printable
    return " ".join(printable(text).split())


def is_number(value: object) -> bool:
    """Whether a value can stand in a cell as a number."""
    return isinstance(value, NUMBERS) and not isinstance(value, bool) and math.isfinite(value)


def display(value: Value) -> str:
    """A cell's value in words: dates in full, blank for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        return date_words(value.date()) if value.time() == dt.time() else f"{date_words(value.date())} {value:%H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e15 else str(value)
    return printable(str(value))


def plain_value(value: Value) -> str | float:
    """A number as it is, anything else in words."""
    return value if is_number(value) else display(value)  # type: ignore[return-value]


def date_words(day: dt.date) -> str:
    """``31 December 2024``, whatever the computer's own language."""
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    )  # fmt: skip
    return f"{day.day} {months[day.month - 1]} {day.year}"


def count_words(number: int, one: str, many: str | None = None) -> str:
    """``1 risk``, ``2 risks``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a cell ``width`` characters wide, words kept whole; a careful guess."""
    if "\n" not in text:
        return 1 if len(text) <= width else _lines_of(text, max(width, 1.0))
    room = max(width, 1.0)
    return sum(1 if len(paragraph) <= room else _lines_of(paragraph, room) for paragraph in text.split("\n"))


def lines_needed_together(texts: Sequence[str], width: float) -> list[int]:
    """The same for many texts."""
    joined = BETWEEN.join(texts)
    if len(max(texts, key=len, default="")) <= width and "\n" not in joined:
        return [1] * len(texts)
    if joined.count(BETWEEN) != len(texts) - 1 or LINE in joined:
        return [lines_needed(text, width) for text in texts]  # only a text that was not made printable has these
    # Every line ends with a blank, and what stands between texts is a line of its own that does not.
    parted = joined.replace("\n", " \n").replace(BETWEEN, f" \n{BETWEEN}\n") + " "
    lines = _line(int(max(width, 1.0))).sub(LINE, parted).replace("\n", "").split(BETWEEN)
    if not "".join(lines).strip(LINE):
        return list(map(len, lines))
    # A word that is too long for a line is still there.
    return [lines_needed(text, width) if found.strip(LINE) else len(found)
            for found, text in zip(lines, texts, strict=True)]  # fmt: skip


@cache
def _line(room: int) -> re.Pattern[str]:
    """A line of whole words and the blank at its end."""
    return re.compile(f".{{0,{room}}} ")


def _lines_of(text: str, room: float) -> int:
    """How many lines a paragraph takes: each has all words that fit, one too long for a line goes on."""
    needed, left = 1, room
    start, end = 0, len(text)
    while end - start > left:
        # The last blank up to which the words fit; words are as long as they are, so half a character is none.
        blank = text.rfind(" ", start, start + int(left) + 1) if left >= 0 else -1
        if blank >= 0 or left < room:
            start, left = (blank + 1 if blank >= 0 else start), room
            needed += 1
            continue
        blank = text.find(" ", start)
        size = (end if blank < 0 else blank) - start + 1
        more = math.ceil((size - 1 - room) / room)
        needed += more
        left = left - size + more * room
        start += size
    return needed
