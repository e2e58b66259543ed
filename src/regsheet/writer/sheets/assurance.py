"""The Assurance sheet: each risk of a map against the lines of defence, what is latest, and what is missing."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from regsheet.grid.addresses import Area
from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import Register, shorten
from regsheet.writer.report import Report
from regsheet.writer.sheets.bands import band_colour
from regsheet.writer.sheets.heatmap.placement import Place, Plan, plan_of, sheet_row
from regsheet.writer.sheets.joining import Join, join
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.texts import date_words, one_line
from regsheet.writer.sheets.wording import wording

REF, RISK, BAND, ITEMS, LATEST, GAPS = 8.0, 44.0, 14.0, 8.0, 27.0, 30.0
LONGEST_ITEM = 90
TAB = "#7F7F7F"


class _Columns:
    """Where each thing stands: reference, risk, residual band (where there is a register), lines, gaps."""

    def __init__(self, lines: int, *, band: bool) -> None:
        self.band = 2 if band else None
        self.first_line = 3 if band else 2
        self.gaps = self.first_line + 2 * lines
        self.widths = (REF, RISK, *((BAND,) if band else ()), *(ITEMS, LATEST) * lines, GAPS)

    def line(self, position: int) -> int:
        """The first of a line's two columns."""
        return self.first_line + 2 * position


def add_assurance(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    words, settled = wording("assurance"), report.settled
    maps, registers = settled.book.maps, settled.book.registers
    columns = _Columns(max(len(item.lines) for item in maps), band=bool(registers))
    page = Page(book, look, names.assurance, columns.widths, footer=footer, tab=TAB)
    sheets = ", ".join(dict.fromkeys(item.sheet_name for item in maps))
    page.title(words["title"], words["subtitle"].format(sheet=sheets, as_of=date_words(report.as_of)), columns.gaps)
    plans = {id(register): plan_of(register) for register in registers}
    row, joined = 3, set()
    for item in maps:
        row, found = _map(page, columns, item, plans, registers, row, several=len(maps) > 1)
        joined |= found
    _unmapped(page, columns, registers, joined, row)
    page.sheet.freeze_panes(2, 2)


def _map(page: Page, columns: _Columns, item: AssuranceMap, plans: dict[int, Plan], registers: tuple[Register, ...],
         row: int, *, several: bool) -> tuple[int, set[tuple[int, int]]]:  # fmt: skip
    """One map: two rows of headings, then a row a risk. Gives the next free row and the register's risks it covers."""
    if several:
        page.section(row, 0, columns.gaps, item.sheet_name)
        row += 1
    _heads(page, columns, item, registers, row)
    if not several:
        page.sheet.repeat_rows(row, row + 1)
    row += 2
    joined = set()
    for position in range(len(item.risks)):
        found = _risk(page, columns, item, position, registers, plans, row)
        if found is not None:
            joined.add((id(found.register), found.index))
        row += 1
    return row + 1, joined


def _heads(page: Page, columns: _Columns, item: AssuranceMap, registers: tuple[Register, ...], row: int) -> None:
    words, head, centre = wording("assurance"), page.look("heading"), page.look("heading centre")
    page.height(row + 1, 18)
    for column, text in enumerate(words["heads"]):
        page.text(row, column, "", head)
        page.text(row + 1, column, text, head)
    if columns.band is not None:
        page.text(row, columns.band, "", centre)
        page.text(row + 1, columns.band, words["residual"].format(stage=registers[0].stage_name("residual")), centre)
        page.fit(row + 1, words["residual"].format(stage=registers[0].stage_name("residual")), BAND)
    for position, line in enumerate(sorted(item.lines)):
        first = columns.line(position)
        page.span(row, first, first + 1, one_line(item.lines[line]) or words["line_names"][line - 1], centre)
        page.text(row + 1, first, words["items"], centre)
        page.text(row + 1, first + 1, words["latest"], head)
    for column in range(columns.line(len(item.lines)), columns.gaps):
        page.text(row, column, "", head)
        page.text(row + 1, column, "", head)
    page.text(row, columns.gaps, "", head)
    page.text(row + 1, columns.gaps, words["gaps"], head)


def _risk(page: Page, columns: _Columns, item: AssuranceMap, position: int, registers: tuple[Register, ...],
          plans: dict[int, Plan], row: int) -> Join | None:  # fmt: skip
    words, look = wording("assurance"), page.look
    risk = item.risks.iloc[position]
    ref, title = _text(risk.get("risk_ref")), _text(risk.get("risk_title"))
    found = join(registers, ref, title)
    cell = _text(risk.get("cell")) or str(Area(item.table.first_row or 1, 1, item.table.first_row or 1, 1))
    page.link(row, 0, item.sheet_name, cell, ref or (one_line(found.register.text(found.index, "ref")) if found else ""),
              look("body link"))  # fmt: skip
    text = shorten(title, 160)
    if ref:
        page.text(row, 1, text, look("body"))
    else:
        page.link(row, 1, item.sheet_name, cell, text, look("body link"))
    page.fit(row, text, RISK)
    if columns.band is not None:
        _band(page, row, columns.band, found, plans)
    gaps = []
    items = item.frame[item.frame["risk"] == _position(item, position)]
    for offset, line in enumerate(sorted(item.lines)):
        of_line = items[items["line"] == line]
        _line(page, row, columns.line(offset), of_line)
        if of_line.empty:
            gaps.append(words["no_line"].format(line=words["ordinals"][line - 1]))
    for column in range(columns.line(len(item.lines)), columns.gaps):
        page.text(row, column, "", look("body"))
    if registers and found is None:
        gaps.append(words["not_in_register"])
    elif found is not None and found.score is not None and found.score < 100:
        gaps.append(words["matched"].format(label=found.register.label(found.index), score=round(found.score)))
    text = "\n".join(gaps) or words["no_gap"]
    page.text(row, columns.gaps, text, look("body strong" if gaps else "body quiet"))
    page.fit(row, text, GAPS)
    return found


def _position(item: AssuranceMap, position: int) -> Hashable:
    label: Hashable = item.risks.index[position]
    return label


def _line(page: Page, row: int, column: int, items: pd.DataFrame) -> None:
    """How many items one line has for a risk, and the latest of those that have a date."""
    words, look = wording("assurance"), page.look
    if items.empty:
        page.text(row, column, words["none"], look("body centre", bold=True, bg_color="#E7E6E6"))
        page.text(row, column + 1, "", look("body", bg_color="#E7E6E6"))
        return
    page.value(row, column, len(items), look("body centre"))
    dated = items.dropna(subset=["date"])
    text, style = words["undated"], look("body quiet")
    if not dated.empty:
        latest = dated.sort_values("date", kind="stable").iloc[-1]
        name = shorten(_text(latest["item"]), LONGEST_ITEM)
        when = _text(latest.get("date_text")) or date_words(latest["date"].date())
        text, style = (name if when in name else f"{name} ({when})"), look("body")
    page.text(row, column + 1, text, style)
    page.fit(row, text, LATEST)


def _band(page: Page, row: int, column: int, found: Join | None, plans: dict[int, Plan]) -> None:
    look = page.look
    if found is None:
        page.text(row, column, "–", look("body centre"))
        return
    place = residual_place(plans[id(found.register)], found.index)
    colour = band_colour(found.register.scoring, place.band) if place else None
    style = look.filled("body centre", colour, bold=True) if colour else look("body centre")
    page.text(row, column, place.words.removesuffix(" *") if place else "–", style)


def residual_place(plan: Plan, index: int) -> Place | None:
    """Where a risk stands with its controls, else at the register's last stage before its target."""
    stages = [stage for stage in plan.stages if stage != "target"] or list(plan.stages)
    return plan.places[stages[-1]][index] if stages else None


def _unmapped(
    page: Page, columns: _Columns, registers: tuple[Register, ...], joined: set[tuple[int, int]], row: int
) -> None:
    """The register's risks that no map covers."""
    missing = [(register, index) for register in registers for index in range(len(register.frame))
               if (id(register), index) not in joined]  # fmt: skip
    if not missing:
        return
    look = page.look
    page.section(row, 0, columns.gaps, wording("assurance")["unmapped"])
    for register, index in missing:
        row += 1
        cell = register.address(index, "ref") or register.address(index, "title") or f"A{sheet_row(register, index)}"
        ref, title = one_line(register.text(index, "ref")), one_line(register.text(index, "title"))
        page.link(row, 0, register.sheet_name, cell, ref or register.label(index), look("body link", text_wrap=False))
        page.span(row, 1, columns.gaps, shorten(title, 200), look("body"))


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else one_line(str(value))
