"""What rules found in the first round of a check, for those that would find the same again after corrections."""

from __future__ import annotations

from regsheet.model.book import Book
from regsheet.model.register import DATE_FIELDS, SCORE_FIELDS, TEXT_FIELDS, Register
from regsheet.model.sources import Sourced
from regsheet.rules.base import Context, RegisterRule
from regsheet.rules.findings import Finding
from regsheet.rules.risks import SETTLED, settled_scores
from regsheet.rules.working_out import hand_on

NAMING = frozenset({"ref", "title", "owner"})
"""The fields that every finding about a risk gives."""

COMPARED = frozenset((*TEXT_FIELDS, *DATE_FIELDS, *SCORE_FIELDS, *SETTLED.values()))
"""Fields whose values follow from their own cells alone; those of a score also from the register's scale."""

_BY_SCALE = frozenset((*SCORE_FIELDS, *SETTLED.values()))


class Rounds:
    """The findings of one check, round by round: corrections change few columns, and most rules read none of them.

    A rule that names all that it ``reads`` is asked again only where one of these fields was changed since the first
    round. All else that it may look at (configuration, owners list, other workbooks) is the same in every round.
    """

    def __init__(self) -> None:
        self._first: Book | None = None
        self._found: dict[tuple[str, int], list[Finding]] = {}
        self._same: dict[int, frozenset[str]] = {}

    def begin(self, book: Book) -> None:
        """A round begins, on the workbook as it came or on what corrections made of it."""
        if self._first is None:
            self._first = book
        else:
            self._same = {}
            pairs = enumerate(zip(self._first.registers, book.registers, strict=False))
            for place, (then, now) in pairs:
                self._same[place] = same_fields(then, now)
                hand_on(then, now, self._same[place])

    def found(self, rule: RegisterRule, place: int, register: Register, context: Context) -> list[Finding]:
        """What a rule finds in the register at that place of the workbook."""
        reads = rule.fields_read(register)
        if not reads and rule.follows_corrections:
            return list(rule.check(register, context))
        key = (rule.code, place)
        if key in self._found and not rule.follows_corrections and not self._found[key]:
            return []
        if key in self._found and reads and reads | NAMING <= self._same.get(place, frozenset()):
            return self._found[key]
        found = list(rule.check(register, context))
        if self._first is not None and self._first is context.book:
            self._found[key] = found
        return found


def same_fields(then: Register, now: Register) -> frozenset[str]:
    """The fields, and stages as settled, in which two states of one register hold the same; also those it lacks."""
    fields = then.sources.keys()
    if then.table is not now.table or fields != now.sources.keys():
        return frozenset()
    if any(not then.sources[field].stands_like(now.sources[field]) for field in fields):
        return frozenset()
    changed = {field for field in fields if not _same(then.sources[field], now.sources[field])}
    if then.scoring != now.scoring:
        return COMPARED - _BY_SCALE - changed
    moved = {name for stage, name in SETTLED.items() if settled_scores(then, stage) != settled_scores(now, stage)}
    return COMPARED - moved - changed


def _same(one: Sourced, other: Sourced) -> bool:
    if one is other:
        return True
    values = zip(one.values, other.values, strict=True)
    return one.further == other.further and all(a is b or (type(a) is type(b) and a == b) for a, b in values)
