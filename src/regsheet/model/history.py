"""Earlier quarters as a ledger keeps them: what each risk scored then, and when its actions were due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from regsheet.model.book import Book
from regsheet.model.previous import SAME_REFERENCE_TITLE, SAME_TITLE, likeness, reference_key
from regsheet.model.register import Register
from regsheet.values.text import items, one_line


@dataclass(frozen=True, slots=True)
class PastAction:
    """An action as a register listed it, and the last day on which it was due; None where that named no date."""

    text: str
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class PastRisk:
    """A risk in an earlier quarter. ``rating`` is the residual one; ``is_red`` says whether it was in the top band."""

    ref: str
    title: str
    rating: float | None = None
    band: str = ""
    is_red: bool = False
    actions: tuple[PastAction, ...] = ()


@dataclass(frozen=True)
class Quarter:
    """One earlier quarter of an organisation's register, as of one day."""

    as_of: dt.date
    risks: tuple[PastRisk, ...]

    @cached_property
    def _by_reference(self) -> dict[str, PastRisk]:
        return {reference_key(risk.ref): risk for risk in reversed(self.risks) if risk.ref}

    def find(self, ref: str, title: str) -> PastRisk | None:
        """The same risk in that quarter: by reference where the titles are alike, else by title alone."""
        there = self._by_reference.get(reference_key(ref)) if ref else None
        if there is not None:
            untitled = not (title and there.title)
            if untitled or likeness(title, there.title) >= SAME_REFERENCE_TITLE:
                return there
        best = max(self.risks, key=lambda risk: likeness(title, risk.title), default=None)
        return best if best is not None and likeness(title, best.title) >= SAME_TITLE else None

    @property
    def name(self) -> str:
        """``quarter 4 of 2024``."""
        return f"quarter {(self.as_of.month + 2) // 3} of {self.as_of.year}"


History = tuple[Quarter, ...]
"""Earlier quarters, oldest first."""


def before(history: Iterable[Quarter], day: dt.date) -> History:
    """The quarters before that of a day, oldest first, each once: as it was last seen in it."""
    last: dict[tuple[int, int], Quarter] = {}
    for quarter in sorted(history, key=lambda quarter: quarter.as_of):
        last[_calendar(quarter.as_of)] = quarter
    return tuple(quarter for when, quarter in last.items() if when < _calendar(day))


def quarter_of(book: Book, as_of: dt.date) -> Quarter:
    """A workbook's registers as a quarter to be remembered."""
    return Quarter(as_of, tuple(risk for register in book.registers for risk in _risks(register)))


def risk_title(register: Register, index: int) -> str:
    """What a risk is called: its title, else its description, on one line."""
    return one_line(register.text(index, "title") or register.text(index, "description"))


def actions_due(register: Register, index: int) -> tuple[PastAction, ...]:
    """The actions of a risk, each with the last day on which it is due.

    Where a cell has as many dates as actions each has its own; otherwise all wait for the last of the dates.
    """
    listed = items(register.text(index, "actions"))
    periods = register.periods.get("action_date", ())
    ends = [period.end for period in periods[index]] if periods else []
    if len(ends) != len(listed):
        last = max((end for end in ends if end is not None), default=None)
        ends = [last] * len(listed)
    return tuple(PastAction(one_line(text), end) for text, end in zip(listed, ends, strict=True))


def _risks(register: Register) -> Iterable[PastRisk]:
    stage = "residual" if "residual" in register.stages else "inherent"
    top = register.scoring.top_band
    for index in range(register.count):
        band = register.band(index, stage)
        yield PastRisk(
            ref=register.text(index, "ref"),
            title=risk_title(register, index),
            rating=register.number(index, f"{stage}_rating"),
            band=band.name if band else "",
            is_red=band is not None and top is not None and band.name == top.name and len(register.scoring.bands) > 1,
            actions=actions_due(register, index),
        )


def _calendar(day: dt.date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3
