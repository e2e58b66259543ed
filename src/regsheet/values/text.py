"""A cell's text made fit to compare: cleaned, put on one line, split into the items of its list."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import cache

from regsheet.values.data import word_list, words

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
_DASH = re.compile(r"[-‐‑‒–—―−_./\\ ]+")
_ONLY_SIGNS = re.compile(r"[?x.…_*#]{2,}|\?", re.IGNORECASE)
_PARTS = re.compile("[/,;]| - ")
_LONGEST_OPENING = 60
"""Characters within which every placeholder ends that a text may open with."""
_BRACKETED = re.compile(r"[\[<{]\s*([^\[\]<>{}]{2,80})[\]>}]")
_NUMBERING = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)](?=\s|[A-Z])", re.MULTILINE)
_LETTERING = re.compile(r"^\(?([a-z]|[ivx]{1,4})\)\s*", re.IGNORECASE)
_GLUED_BULLET = re.compile(r"^o(?=[A-Z][a-z])")


def clean(value: object) -> str:
    """The text of a value, trimmed: odd spaces made plain, invisible characters out, line ends ``\\n``; 16.0 is 16."""
    if value is None:
        return ""
    if type(value) is str:
        if value.isascii() and value.isprintable():
            return value.strip()
        plain = _plain_text(value)
        if plain is not None:
            return plain
    if type(value) is int:
        return str(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) and abs(value) < 1e15 else str(value)
    if isinstance(value, dt.datetime):
        return (value.date() if value.time() == dt.time() else value).isoformat(*(" ",) * (value.time() != dt.time()))
    text = _LINE_ENDS.sub("\n", str(value))
    return _trimmed(_INVISIBLE.sub("", _SPACES.sub(" ", text)))


def _plain_text(text: str) -> str | None:
    """A text trimmed, if it holds nothing that cleaning takes out, as nearly all do: told far quicker than replaced."""
    if "\n" not in text:
        return text.strip() if text.isprintable() and _has_no_selector(text) else None
    lines = text.split("\n")
    if all(map(str.isprintable, lines)) and _has_no_selector(text):
        return "\n".join([line.strip() for line in lines]).strip()
    return None


def _has_no_selector(text: str) -> bool:
    """Whether none of a text's characters is of the few invisible ones that count as printable."""
    if text.isascii():
        return True
    stored = text.encode()
    return _SELECTOR[:1] not in stored or _SELECTOR not in stored


def _trimmed(text: str) -> str:
    """The text without spaces round it and round each of its lines."""
    if "\n" not in text:
        return text.strip()
    return "\n".join([line.strip() for line in text.split("\n")]).strip()


def one_line(value: object) -> str:
    """The cleaned text with every run of spaces and line ends as one space."""
    text = clean(value)
    return " ".join(text.split()) if "\n" in text or "  " in text else text


def is_blank(value: object) -> bool:
    """Whether nothing is there to see: no value, or only spaces and invisible characters."""
    if not isinstance(value, str):
        return value is None
    return not value.strip(UNSEEN)


def is_dash(value: object) -> bool:
    """Whether somebody wrote that nothing applies: ``-``, ``—``, ``n/a``, ``None``."""
    if not isinstance(value, str):
        return False
    return _line_is_dash(one_line(value))


def _line_is_dash(line: str) -> bool:
    if len(line) > _longest_dash() and len(line.rstrip(".")) > _longest_dash():  # prose, or a row of signs
        return bool(_DASH.fullmatch(line))
    text = line.casefold()
    return bool(text) and (bool(_DASH.fullmatch(text)) or text.rstrip(".") in _dashes() or text in _dashes())


def is_placeholder(value: object) -> bool:
    """Whether somebody meant to write something and has not: ``TBC``, ``XX``, ``???``, ``[insert name]``, a bullet."""
    return isinstance(value, str) and _line_is_placeholder(one_line(value))


def line_says_nothing(line: str) -> bool:
    """Whether a text that is on one line already is empty, a dash or a placeholder."""
    return not line or _line_is_dash(line) or _line_is_placeholder(line)


def _line_is_placeholder(text: str) -> bool:
    if not text or _line_is_dash(text):
        return False
    bare = text.strip(_bullets() + " .:;,!-–—*()\"'").casefold()
    if not bare or "lorem ipsum" in bare:
        return bool(text.strip(" .:;,!-–—"))
    if _PARTS.split(bare[:_LONGEST_OPENING], 1)[0].strip() in _placeholders():
        parts = [part.strip() for part in _PARTS.split(bare)]
        if len(bare) <= 30 or all(part in _placeholders() for part in parts):
            return True
    if _ONLY_SIGNS.fullmatch(bare):
        return True
    if "[" not in text and "<" not in text and "{" not in text:
        return False
    return any(found[1].casefold().startswith(words("text", "to_fill")) for found in _BRACKETED.finditer(text))


def items(value: object) -> tuple[str, ...]:
    """The items of a list in a cell, bullets and numbers taken off; a plain text is one item, a blank one none.

    A bullet opens an item, and so does a line end, unless the line before was plainly broken off in mid-sentence.
    """
    text = clean(value)
    if _is_one_plain_line(text):
        return (text,)
    return tuple(item for part in segments(text) for item in _lines(part))


def _is_one_plain_line(text: str) -> bool:
    """Whether a cleaned text has nothing by which it could be taken apart, as most sentences."""
    return (
        len(text) > 1
        and text.isascii()
        and text[1] != " "
        and text[0] != "o"
        and not any(sign in text for sign in ("\n", "  ", "1.", "1)"))
        and ")" not in text[:6]
    )


def segments(value: object) -> tuple[str, ...]:
    """The text split at bullets and item numbers only; line ends inside a segment are kept."""
    text = clean(value)
    if not text:
        return ()
    pieces: list[str] = []
    for part in [text] if text.isascii() else _bullet_runs().split(text):  # no bullet is a plain letter or sign
        pieces.extend(_at_line_bullets(part))
    split = [numbered for piece in pieces for numbered in _at_numbers(piece)]
    return tuple(stripped for piece in split if (stripped := piece.strip()))


def is_list(value: object) -> bool:
    """Whether the text is marked up as a list, by bullets or numbers."""
    return len(segments(value)) > 1 or (bool(text := clean(value)) and text[0] in _bullets())


def _at_line_bullets(text: str) -> list[str]:
    """Split where a line opens with a dash, a star or the letter o that stands for a hollow bullet."""
    if "\n" not in text and text[1:2] != " " and text[:1] != "o":
        return [text]
    pieces = [""]
    for line in text.split("\n"):
        if line[1:2] == " " and line[0] in _line_bullets():
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
def _bullets() -> str:
    return str(word_list("text")["bullets"])


@cache
def _bullet_runs() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(_bullets())}]+")


@cache
def _line_bullets() -> frozenset[str]:
    return frozenset(words("text", "line_bullets"))


@cache
def _dashes() -> frozenset[str]:
    return frozenset(words("text", "dashes"))


@cache
def _longest_dash() -> int:
    return max(map(len, _dashes()))


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(words("text", "placeholders"))


@cache
def _unfinished() -> frozenset[str]:
    return frozenset(words("text", "unfinished"))
