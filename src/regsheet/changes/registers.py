"""Which register of one workbook is which of another, and which risk is which in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from regsheet.changes.comparison import FieldChange, Risk, RiskChange
from regsheet.changes.remarks import column_remarks, scoring_remarks
from regsheet.changes.risks import merged_changes, risk_change, risk_of, row_change
from regsheet.model.book import Book
from regsheet.model.previous import Pairing, pair_registers, reference_key
from regsheet.model.register import Register
from regsheet.model.same_risks import best_pairs
from regsheet.values.text import one_line

ALL_AGAINST_ALL = 9
"""Up to so many pairs of registers are all looked into; beyond, only those with a risk or their name in common."""

Row = tuple[int, int]
"""A risk's place: which register of its workbook, which row."""


@dataclass
class RegisterChanges:
    """What changed in the registers of two workbooks."""

    new: tuple[Risk, ...] = ()
    gone: tuple[Risk, ...] = ()
    changed: tuple[RiskChange, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass
class _Pairs:
    """Which row of the new workbook is which of the old; further rows of a risk by the row they belong to."""

    rows: dict[Row, Row] = field(default_factory=dict)
    came: dict[Row, list[Row]] = field(default_factory=lambda: defaultdict(list))
    went: dict[Row, list[Row]] = field(default_factory=lambda: defaultdict(list))


def compare_registers(old: Book, new: Book) -> RegisterChanges:
    """What changed in the registers of two workbooks."""
    pairings = _pairings(old, new)
    scored = ((float(len(pairing.pairs) - len(pairing.further)) + _same_name(pairing), *places)
              for places, pairing in pairings.items())  # fmt: skip
    beside = best_pairs(entry for entry in scored if entry[0] >= 1)
    pairs = _pairs(pairings, beside)
    remarks: list[str] = []
    for here, there in sorted(beside.items()):
        one, other = old.registers[there], new.registers[here]
        sheet = other.sheet_name if len(new.registers) > 1 else ""
        remarks += [*column_remarks(one, other, sheet), *scoring_remarks(one, other, sheet)]
    taken, further = set(pairs.rows.values()), _further(pairs)
    return RegisterChanges(
        new=_left(new, lambda row: row in pairs.rows or row in further[0]),
        gone=_left(old, lambda row: row in taken or row in further[1]),
        changed=_changed(old, new, pairs, beside),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _further(pairs: _Pairs) -> tuple[set[Row], set[Row]]:
    came = {row for rows in pairs.came.values() for row in rows}
    return came, {row for rows in pairs.went.values() for row in rows}


def _left(book: Book, known: Callable[[Row], bool]) -> tuple[Risk, ...]:
    """The risks that are not known in the other workbook; each once, however many rows it has."""
    found: dict[object, Risk] = {}
    for place, register in enumerate(book.registers):
        for index in range(register.count):
            if not known((place, index)):
                risk = risk_of(register, index)
                named = risk.ref or risk.title
                found.setdefault((place, risk.ref, risk.title) if named else (place, index), risk)
    return tuple(found.values())


def _changed(old: Book, new: Book, pairs: _Pairs, beside: dict[int, int]) -> tuple[RiskChange, ...]:
    changes: list[RiskChange] = []
    for (here, index), (there, row) in sorted(pairs.rows.items()):
        before, after = old.registers[there], new.registers[here]
        rows: list[FieldChange] = [row_change(after, extra[1], index, came=True)
                                   for extra in pairs.came.get((here, index), ())]  # fmt: skip
        rows += [row_change(before, extra[1], row, came=False) for extra in pairs.went.get((there, row), ())]
        change = risk_change(before, row, after, index, rows, moved=beside.get(here) != there)
        if change is not None:
            changes.append(change)
    return merged_changes(changes)


def _pairings(old: Book, new: Book) -> dict[Row, Pairing]:
    """Every register of the new workbook beside every one of the old that may be it."""
    every = len(old.registers) * len(new.registers) <= ALL_AGAINST_ALL
    names = [[_names(register) for register in book.registers] for book in (new, old)]
    return {
        (here, there): pair_registers(one, other)
        for here, one in enumerate(new.registers) for there, other in enumerate(old.registers)
        if every or one.sheet_name == other.sheet_name or names[0][here] & names[1][there]
    }  # fmt: skip


def _names(register: Register) -> set[str]:
    """The titles of a register's risks, for a first look."""
    return {one_line(title).casefold() for title in map(str, filter(None, register.values("title")))}


def _same_name(pairing: Pairing) -> float:
    return 0.5 if pairing.now.sheet_name == pairing.then.sheet_name else 0.0


def _pairs(pairings: dict[Row, Pairing], beside: dict[int, int]) -> _Pairs:
    pairs = _Pairs()
    for here, there in sorted(beside.items()):
        _add(pairs, pairings[here, there], here, there)
    taken = set(pairs.rows.values())
    rest = [places for places in pairings if beside.get(places[0]) != places[1]]
    for here, there in sorted(rest, key=lambda places: (sum(places), abs(places[0] - places[1]))):
        for index, row in pairings[here, there].pairs.items():  # risks that moved to another register
            if (here, index) not in pairs.rows and (there, row) not in taken and _is_sure(pairings[here, there], index):
                pairs.rows[here, index] = (there, row)
                taken.add((there, row))
    return pairs


def _is_sure(pairing: Pairing, index: int) -> bool:
    """Whether a risk in another register is the same: its title is; a reference says little there."""
    row = pairing.pairs[index]
    title = pairing.now.text(index, "title") or pairing.now.text(index, "description")
    other = pairing.then.text(row, "title") or pairing.then.text(row, "description")
    return bool(title) and one_line(title).casefold() == one_line(other).casefold()


def _add(pairs: _Pairs, pairing: Pairing, here: int, there: int) -> None:
    """Enter the risks of two registers; further rows of a risk stand with its first row."""
    own = {index: row for index, row in pairing.pairs.items() if index not in pairing.further}
    pairs.rows |= {(here, index): (there, row) for index, row in own.items()}
    now_of = {row: index for index, row in own.items()}
    for index in sorted(pairing.further):
        pairs.came[here, now_of[pairing.pairs[index]]].append((here, index))
    gone = set(pairing.vanished) | set(own.values())
    named: dict[tuple[str, str], int] = {}
    for row in sorted(own.values()):
        named.setdefault(_name(pairing.then, row), row)
    for row in range(pairing.then.count):
        if row not in gone and any(_name(pairing.then, row)) and _name(pairing.then, row) in named:
            pairs.went[there, named[_name(pairing.then, row)]].append((there, row))


def _name(register: Register, index: int) -> tuple[str, str]:
    title = register.text(index, "title") or register.text(index, "description")
    return reference_key(register.text(index, "ref")), one_line(title).casefold()
