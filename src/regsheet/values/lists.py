"""The items of a list in a cell: parted at bullets, numbers and line ends, joined where a line was only broken."""

from __future__ import annotations

import re
from functools import cache

from regsheet.values.cleaning import clean
from regsheet.values.data import word_list, words

_NUMBERING = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)](?=\s|[A-Z])", re.MULTILINE)
_LETTERING = re.compile(r"^\(?([a-z]|[ivx]{1,4})\)\s*", re.IGNORECASE)
_GLUED_BULLET = re.compile(r"^o(?=[A-Z][a-z])")


def items(value: object) -> tuple[str, ...]:
    """The items of a list in a cell, bullets and numbers taken off; a plain text is one item, a blank one none.

    A bullet opens an item, and so does a line end, unless the line before was plainly broken off in mid-sentence.
    """
    if type(value) is str and (plain := _plainly_bulleted(value)):
        return plain
    text = clean(value)
    if _is_one_plain_line(text):
        return (text,)
    lines = _bulleted_lines(text)
    return tuple(item for part in segments(text) for item in _lines(part)) if lines is None else lines


def _is_one_plain_line(text: str) -> bool:
    """Whether a cleaned text has nothing by which it could be taken apart, as most sentences."""
    return (
        len(text) > 1
        and text.isascii()
        and text[1] != " "
        and text[0] != "o"
        and "\n" not in text
        and _is_plain_item(text)
    )


def _is_plain_item(text: str) -> bool:
    """Whether a text in which no bullet is has neither a number nor a letter of a list, nor spaces to take out."""
    if "1" in text and ("1." in text or "1)" in text):
        return False
    return "  " not in text and ")" not in text[:6]


def _bulleted_lines(text: str) -> tuple[str, ...] | None:
    """The items of a cleaned text each of whose lines opens with a bullet, as most lists; None of any other text."""
    if text[:1] not in bullets() or not text:
        return None
    found = []
    for line in text.split("\n"):
        item = line[2:].strip()
        if line[:1] not in bullets() or line[1:2] != " " or not _is_plain_item(item) or not _has_no_bullet(item):
            return None
        found.append(item)
    return tuple(filter(None, found))


def _plainly_bulleted(text: str) -> tuple[str, ...]:
    """The same of a text, clean or not, whose lines all open with one bullet and are plain besides; else none."""
    if text[1:2] != " " or text[0] not in bullets():
        return ()
    found = tuple(text[2:].split(f"\n{text[0]} "))
    together = f" {' '.join(found)} "
    if not together.isascii() or not together.isprintable() or not _is_plain_item(together):
        return ()
    return () if ")" in together and any(")" in item[:6] for item in found) else found


def _has_no_bullet(text: str) -> bool:
    return text.isascii() or _bullet_runs().search(text) is None  # no bullet is a plain letter or sign


def segments(value: object) -> tuple[str, ...]:
    """The text split at bullets and item numbers only; line ends inside a segment are kept."""
    text = clean(value)
    if not text:
        return ()
    lines = _bulleted_lines(text)
    if lines is not None:
        return lines
    pieces: list[str] = []
    for part in [text] if text.isascii() else _bullet_runs().split(text):  # no bullet is a plain letter or sign
        pieces.extend(_at_line_bullets(part))
    split = [numbered for piece in pieces for numbered in _at_numbers(piece)]
    return tuple(stripped for piece in split if (stripped := piece.strip()))


def is_list(value: object) -> bool:
    """Whether the text is marked up as a list, by bullets or numbers."""
    return len(segments(value)) > 1 or (bool(text := clean(value)) and text[0] in bullets())


def _at_line_bullets(text: str) -> list[str]:
    """Split where a line opens with a dash, a star or the letter o that stands for a hollow bullet."""
    if "\n" not in text and text[1:2] != " " and text[:1] != "o":
        return [text]
    pieces = [""]
    for line in text.split("\n"):
        if line[1:2] == " " and line[0] in _linebullets():
            pieces.append(line[2:])
        elif _GLUED_BULLET.match(line):
            pieces.append(line[1:])
        else:
            pieces[-1] += ("\n" if pieces[-1] else "") + line
    return pieces


def _at_numbers(text: str) -> list[str]:
    """Split at ``1.`` ``2.`` ``3.``; only a run that counts up from 1 is numbering."""
    if "1." not in text and "1)" not in text:
        return [text]
    cuts: list[re.Match[str]] = []
    for found in _NUMBERING.finditer(text):
        if int(found[1]) == len(cuts) + 1:
            cuts.append(found)
    if len(cuts) < 2:
        return [text]
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    return [text[: cuts[0].start()], *(text[cut.end() : end] for cut, end in zip(cuts, ends, strict=True))]


def _lines(segment: str) -> list[str]:
    """The lines of a segment, with those joined again that a narrow column or a page broke."""
    joined: list[str] = []
    for line in filter(None, (line.strip() for line in segment.split("\n"))):
        lettered = _LETTERING.match(line) if ")" in line[:6] else None
        if joined and not lettered and _goes_on(joined[-1], line):
            joined[-1] += " " + line
        else:
            joined.append(line[lettered.end() :] if lettered and lettered.end() < len(line) else line)
    return [" ".join(line.split()) if "  " in line else line for line in joined]


def _goes_on(before: str, after: str) -> bool:
    """Whether the sentence of one line goes on in the next."""
    if before[-1] in ".;:!?":
        return False
    last = before.rsplit(" ", 1)[-1].casefold()
    return after[0].islower() or after[0] in ",.;)&/" or before[-1] in ",/(&" or last in _unfinished()


@cache
def bullets() -> str:
    """The signs that open an item wherever they stand."""
    return str(word_list("text")["bullets"])


@cache
def _bullet_runs() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(bullets())}]+")


@cache
def _linebullets() -> frozenset[str]:
    return frozenset(words("text", "line_bullets"))


@cache
def _unfinished() -> frozenset[str]:
    return frozenset(words("text", "unfinished"))
