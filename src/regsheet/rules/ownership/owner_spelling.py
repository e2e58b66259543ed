"""OW005: one owner spelt in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise

from rapidfuzz.distance import OSA

from regsheet.model.register import TEXT_FIELDS, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.correcting import own_cells
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.risks import texts, typed
from regsheet.rules.whole_columns import Piece, pieces
from regsheet.values.owners import owner_key
from regsheet.values.text import clean, one_line

FIELDS = ("owner", "action_owner")

LONGEST_OWNER = 300
"""A longer text is no slip of the pen for another one."""

LONG_WORD = 6
"""Shorter words differ by one letter too easily to be a slip: "North" and "South" are two areas."""

USUAL = 2
"""How often the usual spelling must occur for the other to be a slip of it."""

WORD = re.compile(r"[^\W\d_]+")


class OwnerSpelling(RegisterRule):
    """One owner is spelt in two ways.

    ## What it does
    Compares the owners of a column with each other. It reports a spelling that differs from a commoner one only by
    capitals, spaces, punctuation or line breaks, by one letter in one long word, or by a break inside a word that the
    register elsewhere writes whole.

    ## Why it matters
    A filter, a count by owner and a reminder by e-mail each treat the two spellings as two people.

    ## When it is legitimate
    Where two people really have nearly the same name or post.

    ## Correction
    Suggested: the spelling that the column uses most. It is only written when you ask for suggestions.
    """

    code = "OW005"
    name = "owner-spelling"
    severity = Severity.WARNING
    correction = "suggest"
    reads = frozenset(TEXT_FIELDS)
    valid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "owner": owner} for n, owner in enumerate((
                "Head of Legal", "Head of Legal", "Head of Housing North", "Head of Housing South", "Director 1",
                "Director 2", "J. Anderson", "J. Anderson", "Head of Finance\nand Audit", "J. Andrews"))),
            why="all of them different people, and a line break between words",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "owner": owner} for n, owner in enumerate((
                "Head of Finance", "Head of Finance", "head of  finance", "Head of Fianance", "Chief Executive"))),
            finds=((2, "owner"), (3, "owner")),
            why="other capitals and a doubled space, and a letter too many",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "Transformation falls behind", "owner": "Head of Transformati on"},
                {"ref": "R2", "title": "Loss of staff", "owner": "Chief Executive"},
            ),
            finds=((0, "owner"),),
            why="a word broken in two that the title writes whole",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be an owner column."""
        if any(register.has(field) for field in FIELDS):
            return None
        return f"sheet {register.sheet_name!r} has no column for the owner"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every owner that is spelt unlike its usual spelling."""
        for field in FIELDS:
            if not register.has(field):
                continue
            written = [value if isinstance(value, str) else "" for value in typed(register, field)]
            full = {text for text in set(written) if clean(text)}
            usual = usual_spellings(filter(full.__contains__, written))
            odd = full.difference(usual)
            broken = broken_in_two(register, odd, but=field)
            mends = {text: found for text in odd if (found := mended(text, broken))}
            better = {text: found for text in full if (found := usual.get(text) or mends.get(text))}
            cells = own_cells(register, field)
            for index, text in enumerate(written) if better else ():
                if text in better:
                    yield self._finding(register, index, field, text, better[text], cells[index])

    def _finding(self, register: Register, index: int, field: str, text: str, better: str,
                 cell: str | None) -> Finding:  # fmt: skip
        correction = None
        if cell is not None:
            correction = Correction(register.sheet_name, cell, text, better, "suggest", f"written “{better}” elsewhere")
        return self.finding(
            register, index, field, f"{register.field_name(field)} is written {visible(text)}, elsewhere “{better}”.",
            "Use one spelling throughout.", correction=correction,
        )  # fmt: skip


def visible(text: str) -> str:
    """A spelling in quotation marks, with what cannot be seen said in words."""
    shown = f"“{one_line(text)}”"
    if "\n" in text.strip():
        return f"{shown} with a line break"
    if text != text.strip() or "  " in text or "\xa0" in text:
        return f"{shown} with stray spaces"
    return shown


def usual_spellings(written: Iterable[str]) -> dict[str, str]:
    """Each unusual spelling to the usual one. Spellings count as they stand, a line break between words aside."""
    counts = Counter(written)
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for text, count in counts.items():
        groups[owner_key(text)][text] += count
    usual: dict[str, str] = {}
    leaders: dict[str, tuple[str, int]] = {}
    for key, spellings in groups.items():
        tidy = Counter[str]()
        for text, count in spellings.items():
            tidy[broken_lines_joined(text)] += count
        leader = min(tidy, key=lambda text: (-tidy[text], "  " in text, text != text.strip(), text))
        leaders[key] = (leader, sum(spellings.values()))
        for text in spellings:
            if broken_lines_joined(text) != leader:
                usual[text] = leader.strip()
    slips = slips_of(leaders)
    for key, right in slips.items():
        for text in groups[key]:
            usual[text] = leaders[right][0].strip()
    return usual


def broken_lines_joined(text: str) -> str:
    """A spelling with each line break as the space it stands for; other spaces stay as typed."""
    first, *others = text.replace("\r\n", "\n").split("\n")
    if not others:
        return text
    between = [line.strip() for line in others[:-1] if line.strip()]
    return " ".join([first.rstrip(), *between, others[-1].lstrip()])


def slips_of(leaders: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """Keys of owners that occur once and differ from a usual one by one letter in one long word."""
    by_shape: dict[tuple[str, ...], list[str]] = defaultdict(list)
    parts = {
        key: [word.casefold() for word in WORD.findall(text)]
        for key, (text, _) in leaders.items() if len(text) <= LONGEST_OWNER
    }  # fmt: skip
    everywhere = Counter(word for words in parts.values() for word in set(words))
    for key, words in parts.items():
        if leaders[key][1] >= USUAL:
            for place in range(len(words)):
                by_shape[without(words, place)].append(key)
    slips: dict[str, str] = {}
    for key, words in parts.items():
        if leaders[key][1] > 1:
            continue
        for place, word in enumerate(words):
            for other in by_shape.get(without(words, place), ()):
                meant = parts[other][place]
                if len(word) >= LONG_WORD and everywhere[word] == 1 and OSA.distance(word, meant) == 1:
                    slips[key] = other
    return slips


def without(words: list[str], place: int) -> tuple[str, ...]:
    """The words of an owner with one of them left open."""
    return (*words[:place], "", *words[place + 1 :])


def broken_in_two(register: Register, owners: Iterable[str], *, but: str) -> Set[tuple[str, str]]:
    """The words that owners have broken in two, in lower case: what each begins with, and all of it.

    Such is one of which the register's other texts never have the beginning as a word of its own, and somewhere have
    all of it. ``but`` is the owners' own field.
    """
    unsettled = {(first.casefold(), f"{first}{second}".casefold()) for text in owners
                 for _, first, second in broken_words(text)}  # fmt: skip
    found: set[tuple[str, str]] = set()
    for field in TEXT_FIELDS:
        if field == but or not unsettled or not register.has(field):
            continue
        column = texts(register, field)
        for piece in pieces(column):
            for first, whole in tuple(unsettled):
                for word in words_with(piece, column, first):
                    if word == first:
                        unsettled.discard((first, whole))
                        break
                    if word == whole:
                        found.add((first, whole))
    return found & unsettled


def words_with(piece: Piece, column: Sequence[str], beginning: str) -> Iterator[str]:
    """Words of some texts of a column in lower case: at least all those that have this beginning."""
    start = piece.text.find(beginning)
    while start >= 0:
        if not piece.text[start - 1].isalpha() and (word := WORD.match(piece.text, start)):
            yield word[0]
        start = piece.text.find(beginning, start + 1)
    for place in piece.odd:
        if beginning in column[place].casefold():
            yield from (word.casefold() for word in WORD.findall(column[place]))


def broken_words(text: str) -> list[tuple[int, str, str]]:
    """The pairs of words that may be one word broken in two, with the place of the first."""
    return [(place, first, second) for place, (first, second) in enumerate(pairwise(one_line(text).split(" ")))
            if len(first) >= 4 and len(second) <= 4 and second.islower() and second.isalpha()]  # fmt: skip


def mended(text: str, broken: Set[tuple[str, str]]) -> str | None:
    """The owner with the first word joined that is ``broken_in_two``; None where none is."""
    for place, first, second in broken_words(text):
        joined = f"{first}{second}"
        if (first.casefold(), joined.casefold()) in broken:
            tokens = one_line(text).split(" ")
            return " ".join((*tokens[:place], joined, *tokens[place + 2 :]))
    return None
