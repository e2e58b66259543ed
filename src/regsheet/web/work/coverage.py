"""Assurance coverage for the page: each risk of a map against the lines of defence, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import Register, shorten
from regsheet.rules.joining import Match, matches
from regsheet.web.work.heatmap import standing
from regsheet.web.work.results import CoverageRow, CoverageShown, LineShown, Standing, UnmappedRisk
from regsheet.writer.sheets.assurance import LONGEST_ITEM, residual_place
from regsheet.writer.sheets.assurance_gaps import gaps_of
from regsheet.writer.sheets.heatmap.placement import Plan, label_of, plan_of
from regsheet.writer.sheets.texts import date_words, one_line
from regsheet.writer.sheets.wording import wording


class Coverage:
    """The maps of a run against its registers; it remembers which risks were found, for those that were not."""

    def __init__(self, registers: Sequence[Register]) -> None:
        self._registers = registers
        self._plans: dict[int, Plan] = {id(register): plan_of(register) for register in registers}
        self._joined: set[tuple[int, int]] = set()

    def shown(self, number: int, item: AssuranceMap) -> CoverageShown:
        """One map; ``number`` is the position of its workbook."""
        names = wording("assurance")["line_names"]
        found = matches(item, self._registers)
        return CoverageShown(
            book=number,
            sheet=item.sheet_name,
            lines=tuple(one_line(item.lines[line]) or names[line - 1] for line in sorted(item.lines)),
            with_register=bool(self._registers),
            rows=tuple(self._row(item, position, found.get(position)) for position in range(len(item.risks))),
        )

    def unmapped(self) -> tuple[UnmappedRisk, ...]:
        """The registers' risks that no map had, once all maps were shown."""
        return tuple(
            UnmappedRisk(label_of(register, index), _title(register, index), self._standing(register, index))
            for register in self._registers for index in range(register.count)
            if (id(register), index) not in self._joined
        )  # fmt: skip

    def _row(self, item: AssuranceMap, position: int, found: Match | None) -> CoverageRow:
        risk = item.risks.iloc[position]
        ref, title = _text(risk.get("risk_ref")), _text(risk.get("risk_title"))
        if found is not None:
            self._joined.add((id(found.register), found.risk))
            ref = ref or one_line(found.register.text(found.risk, "ref"))
        items = item.frame[item.frame["risk"] == item.risks.index[position]]
        by_line = {number: items[items["line"] == number] for number in sorted(item.lines)}
        empty = [number for number, of_line in by_line.items() if of_line.empty]
        return CoverageRow(
            ref=ref,
            title=title,
            standing=None if found is None else self._standing(found.register, found.risk),
            lines=tuple(_line(of_line) for of_line in by_line.values()),
            gaps=gaps_of(empty, found, with_register=bool(self._registers)),
        )

    def _standing(self, register: Register, index: int) -> Standing | None:
        return standing(register, residual_place(self._plans[id(register)], index))


def _line(items: pd.DataFrame) -> LineShown:
    """How many items a line has, and the latest that has a date.

    ``items``: one row an item of assurance, with ``item``, ``date`` (datetime64) and ``date_text``.
    """
    words = wording("assurance")
    if items.empty:
        return LineShown(0, "")
    dated = items.dropna(subset=["date"])
    if dated.empty:
        return LineShown(len(items), words["undated"])
    latest = dated.sort_values("date", kind="stable").iloc[-1]
    name = shorten(_text(latest["item"]), LONGEST_ITEM)
    when = _text(latest.get("date_text")) or date_words(latest["date"].date())
    return LineShown(len(items), name if when in name else f"{name} ({when})")


def _title(register: Register, index: int) -> str:
    return one_line(register.text(index, "title") or register.text(index, "description"))


def _text(value: object) -> str:
    return "" if pd.isna(value) else one_line(str(value))  # type: ignore[call-overload]
