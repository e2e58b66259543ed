"""Owners as registers write them: one post, several, a name with a title, initials, a group."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Literal

from regsheet.values.data import words
from regsheet.values.text import clean, is_dash, is_placeholder, segments

OwnerKind = Literal["post", "name", "initials", "group", "other"]

_HARD = re.compile(r"\s*[;|]\s*")
_AND = re.compile(r"\s+(?:and|&|\+)\s+", re.IGNORECASE)
_LONGEST_CELL = 1000
_LONGEST_OWNER = 200
_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){1,4}|[A-Z]{1,3}&[A-Z]{1,3}")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,5}(?:s|x)?")
_PERSON = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Cllr|Councillor|Sir|Dame|Lord|Lady|Rev)\.?\s+)?"
    r"(?:[^\W\d_](?:[^\W\d_]|['’.-])*\s+){0,3}[^\W\d_](?:[^\W\d_]|['’-])+"
)
_WORDS = re.compile(r"[^\W\d_][\w'’-]*")
_OF = re.compile(r"\b(?:head|director|manager|chair|leader|chief|member)\b.*\b(?:of|for)\b")
_PROTECTED = re.compile(r"\([^()]*\)")


def split_owners(value: object) -> tuple[str, ...]:
    """The owners that a cell names, each on one line, in reading order; nothing for a blank, a dash, a placeholder.

    A slash, ``and`` or a line end parts two owners where both sides can be one; inside a post ("Head of Law and
    Democracy", "IT/Digital Manager") and between a name and its title it does not. Whether two posts are one person's
    ("Head of Law and Democracy/ Monitoring Officer") cannot be told from the cell: both are returned.
    """
    text = clean(value)
    if not text or is_dash(text) or is_placeholder(text):
        return ()
    if len(text) > _LONGEST_CELL:  # prose, not owners
        return (" ".join(text.split()),)
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(" ".join(found[0].split()))
        return f"\ue000{len(held) - 1}\ue001"

    shielded = _PROTECTED.sub(hold, re.sub("[\ue000\ue001]", "", text))
    parts: list[str] = []
    for segment in segments(shielded):
        for hard in _HARD.split(segment):
            for line in _lines(hard):
                parts.extend(_soft(line))
    owners = (re.sub("\ue000(\\d+)\ue001", lambda found: held[int(found[1])], part) for part in parts)
    tidy = (" ".join(owner.split()).strip(" ,;/&-–") for owner in owners)
    return tuple(dict.fromkeys(owner for owner in tidy if owner))


def owner_key(text: object) -> str:
    """An owner's text for comparing: case, spaces, line breaks, punctuation and accents aside; ``&`` is ``and``."""
    folded = clean(text).replace("&", " and ")
    folded = (folded if folded.isascii() else unicodedata.normalize("NFKD", folded)).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def owner_kind(text: object) -> OwnerKind:
    """What an owner's text is: a post, a person's name, initials, a group, or something else."""
    line = " ".join(re.sub(r"\([^()]*\)", " ", clean(text)).split())
    folded = line.casefold().rstrip(".")
    last = (folded.split() or [""])[-1]
    if len(line) > _LONGEST_OWNER:
        return "other"
    if folded in _list("groups"):
        return "group"
    if _INITIALS.fullmatch(line):
        return "initials"
    if _has_post(line) and (last not in _list("group_endings") or _OF.search(folded)):
        return "post"
    if _ACRONYM.fullmatch(line):
        return "initials"
    if last in _list("group_endings") or (last in _list("services") and "." not in line):
        return "group"
    if _is_person(line):
        return "name"
    return "other"


def is_group(text: object) -> bool:
    """Whether an owner is many people ("CMT", "All"), so that nobody in person is accountable."""
    return owner_kind(text) == "group"


@cache
def _list(key: str) -> frozenset[str]:
    return frozenset(words("owners", key))


def _has_post(text: str) -> bool:
    return any(word.casefold() in _list("posts") for word in _WORDS.findall(text))


def _is_person(text: str) -> bool:
    """Two to four capitalised words, none of them a post, or initials with a surname: ``J. Smith``."""
    found = text.replace(".", ". ").split()
    capitals = 2 <= len(found) <= 4 and all(word[0].isupper() for word in found)
    return capitals and bool(_PERSON.fullmatch(text)) and not _has_post(text)


def _whole(text: str) -> bool:
    """Whether a text can be an owner by itself."""
    text = re.sub("\ue000\\d+\ue001", " ", text).strip(" ,;/&-–")
    if not text or text.casefold() in _list("unfinished"):
        return False
    if owner_kind(text) == "group" and text.casefold().split()[-1] in _list("services") - _list("groups"):
        return False  # "Planning and Environment" is what a head is head of
    part_of_post = len(text.split()) == 1 and text.casefold() in _list("posts") - _list("alone")
    return owner_kind(text) != "other" and not part_of_post


def _lines(text: str) -> list[str]:
    """The owners on lines of their own; a line that only goes on with the one before is joined to it."""
    joined: list[str] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if joined and not _parted(joined[-1], line):
            titled = _kind(joined[-1]) == "name" and _kind(line) == "post" and joined[-1][-1] not in ",-–/&("
            joined[-1] += (", " if titled else " ") + line
        else:
            joined.append(line)
    return joined


def _parted(before: str, after: str) -> bool:
    """Whether a line end parts two owners. A name over its title, and a post broken in two, are one."""
    last = before.casefold().split()[-1]
    if last in _list("unfinished") or before[-1] in "/&,-–(" or after[0] in "/&,-–(\ue000" or after[0].islower():
        return False
    one, other = _kind(before), _kind(after)
    if {one, other} == {"name", "post"} or {one, other} == {"initials", "post"}:
        return False
    return _whole(before) and _whole(after)


def _kind(text: str) -> OwnerKind:
    return owner_kind(re.sub("\ue000\\d+\ue001", " ", text))


def _soft(line: str) -> list[str]:
    """Split one line at slashes, commas and ``and``, where what stands on both sides can be an owner."""
    parts = _at(line, re.compile(r"\s*/\s*"), _slash_parts)
    parts = [piece for part in parts for piece in _at(part, re.compile(r"\s*,\s*"), _comma_parts)]
    return [piece for part in parts for piece in _at(part, _AND, _and_parts)]


def _at(text: str, joint: re.Pattern[str], parted: Callable[[str, str, str], bool]) -> list[str]:
    """Cut at each joint where ``parted(before, after, joint text)`` says so."""
    pieces, start = [], 0
    for found in joint.finditer(text):
        before, after = text[start : found.start()], text[found.end() :]
        following = joint.split(after, maxsplit=1)[0]
        if before.strip() and following.strip() and parted(before, following, found[0]):
            pieces.append(before)
            start = found.end()
    return [*pieces, text[start:]]


def _slash_parts(before: str, after: str, joint: str) -> bool:
    if {_kind(before), _kind(after)} <= {"other", "group"}:
        return True
    if joint.strip() != joint and (_whole(before) or _whole(after)):
        return True
    if joint == "/" and {_kind(before), _kind(after)} == {"initials", "post"}:
        return False  # "IT/Digital Manager", "Head of HR/OD"
    return _whole(before) and _whole(after)


def _comma_parts(before: str, after: str, joint: str) -> bool:  # noqa: ARG001
    one, other = _kind(before), _kind(after)
    if one == "name" and other == "post":
        return False  # a name and its title
    if len(before.split()) == len(after.split()) == 1 and "initials" not in (one, other):
        return one == other == "group"  # "Smith, John" is one person
    return _whole(before) and (_whole(after) or _whole(_AND.split(after)[0]))


def _and_parts(before: str, after: str, joint: str) -> bool:
    if "&" in joint and {_kind(before), _kind(after)} == {"initials", "post"}:
        return False  # "HR & Finance Specialist"
    if _kind(before) in ("initials", "other") and _kind(after) == "post":
        return False  # "IT and Digital Manager"
    if _kind(before) == "post" and _kind(after) == "initials":
        return False  # "Head of Digital and ICT"
    return _whole(before) and _whole(after)
