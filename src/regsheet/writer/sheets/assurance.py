"""The Assurance sheet: each risk of a map against the lines of defence, what is latest, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import Register, shorten
from regsheet.rules.joining import Match, matches
from regsheet.writer.report import Report
from regsheet.writer.sheets.assurance_gaps import gaps_of
from regsheet.writer.sheets.bands import band_colour
from regsheet.writer.sheets.heatmap.placement import Place, Plan, label_of, plan_of, sheet_row
from regsheet.writer.sheets.look import GREY, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.texts import date_words, one_line
from regsheet.writer.sheets.wording import wording

if TYPE_CHECKING:
    import pandas as pd

REF, RISK, BAND, ITEMS, LATEST, GAPS = 8.0, 44.0, 14.0, 8.0, 27.0, 30.0
LONGEST_ITEM, LONGEST_TITLE = 90, 160
EMPTY = "#E7E6E6"
TAB = "#7F7F7F"
DASH = "–"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each thing stands: reference, risk, residual band (where there is a register), lines, gaps."""

    lines: int
    band: int | None

    @property
    def first_line(self) -> int:
        return 2 if self.band is None else 3

    @property
    def gaps(self) -> int:
        return self.line(self.lines)

    def line(self, position: int) -> int:
        """The first of a line's two columns."""
        return self.first_line + 2 * position

    @property
    def widths(self) -> tuple[float, ...]:
        return (REF, RISK, *(() if self.band is None else (BAND,)), *(ITEMS, LATEST) * self.lines, GAPS)


def add_assurance(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    words, maps, registers = wording("assurance"), report.maps, report.registers
    columns = _Columns(max(len(item.lines) for item in maps), 2 if registers else None)
    page = Page(book, look, names.assurance, columns.widths, footer=footer, tab=TAB, standalone=report.standalone)
    sheets = ", ".join(dict.fromkeys(item.sheet_name for item in maps))
    page.title(words["title"], words["subtitle"].format(sheet=sheets, as_of=date_words(report.as_of)), columns.gaps)
    page.sheet.freeze_panes(5 if len(maps) == 1 else 2, 2)
    drawing = _Drawing(page, columns, registers, report)
    for item in maps:
        if len(maps) > 1:
            page.section(drawing.row, 0, columns.gaps, item.sheet_name)
            drawing.row += 1
        else:
            page.sheet.repeat_rows(drawing.row, drawing.row + 1)
        drawing.draw(item)
    drawing.draw_unmapped()


class _Drawing:
    """The sheet while it is drawn; ``row`` is the next free one, counted from 0."""

    def __init__(self, page: Page, columns: _Columns, registers: tuple[Register, ...], report: Report) -> None:
        self.page = page
        self._report = report
        self.columns = columns
        self.row = 3
        self._registers = registers
        self._plans = {id(register): plan_of(register) for register in registers}
        self._joined: set[tuple[int, int]] = set()

    def draw(self, item: AssuranceMap) -> None:
        """One map: two rows of headings, then a row a risk."""
        self._heads(item)
        found = matches(item, self._registers)
        for position in range(len(item.risks)):
            self._risk(item, position, found.get(position))
            self.row += 1
        self.row += 1

    def draw_unmapped(self) -> None:
        """The register's risks that no map covers, with the bands that say how much that matters."""
        missing = [(register, index) for register in self._registers for index in range(register.count)
                   if (id(register), index) not in self._joined]  # fmt: skip
        if not missing or self.columns.band is None:
            return
        page, words, line = self.page, wording("assurance"), self.page.look("line")
        page.section(self.row, 0, self.columns.band, words["unmapped"])
        self.row += 1
        page.row(self.row, 0, words["heads"], page.look("heading"))
        self._band_head()
        for register, index in missing:
            self.row += 1
            label = label_of(register, index)
            self._link(0, register, _cell(register, index), label)
            page.fit(self.row, label, REF)
            title = one_line(register.text(index, "title"))
            page.fitted(self.row, 1, shorten(title, LONGEST_TITLE), line)
            self._band(register, index)

    def _link(self, column: int, part: AssuranceMap | Register, cell: str, text: str, *, plain: bool = False) -> None:
        """A text that jumps to a cell of a map or register; plain text where that stands in another workbook."""
        style = self.page.look("line") if plain or not self._report.is_here(part) else self.page.look("line link")
        if self._report.is_here(part):
            self.page.link(self.row, column, part.sheet_name, cell, text, style)
        else:
            self.page.text(self.row, column, text, style)

    # -- headings ----------------------------------------------------------------------------------------------

    def _heads(self, item: AssuranceMap) -> None:
        page, columns, words, row = self.page, self.columns, wording("assurance"), self.row
        head, centre = page.look("heading"), page.look("heading centre")
        page.blank(row, 0, columns.gaps, head)
        page.blank(row + 1, 0, columns.gaps, head)
        page.height(row + 1, 18)
        page.row(row + 1, 0, words["heads"], head)
        page.text(row + 1, columns.gaps, words["gaps"], head)
        for position, line in enumerate(sorted(item.lines)):
            first = columns.line(position)
            name = one_line(item.lines[line]) or words["line_names"][line - 1]
            page.span(row, first, first + 1, name, centre)
            page.text(row + 1, first, words["items"], centre)
            page.text(row + 1, first + 1, words["latest"], head)
        self.row += 1
        self._band_head()
        self.row += 1

    def _band_head(self) -> None:
        if self.columns.band is not None:
            text = wording("assurance")["residual"].format(stage=self._registers[0].stage_name("residual"))
            self.page.fitted(self.row, self.columns.band, text, self.page.look("heading centre"))

    # -- a risk ------------------------------------------------------------------------------------------------

    def _risk(self, item: AssuranceMap, position: int, found: Match | None) -> None:
        page, columns, line = self.page, self.columns, self.page.look("line")
        risk = item.risks.iloc[position]
        ref, title = _text(risk.get("risk_ref")), _text(risk.get("risk_title"))
        if found is not None:
            self._joined.add((id(found.register), found.risk))
            ref = ref or one_line(found.register.text(found.risk, "ref"))
        page.blank(self.row, 0, columns.gaps, line)
        cell = _text(risk.get("cell")) or "A1"
        self._link(0, item, cell, ref)
        self._link(1, item, cell, shorten(title, LONGEST_TITLE), plain=bool(ref))
        page.fit(self.row, shorten(title, LONGEST_TITLE), RISK)
        if found is not None:
            self._band(found.register, found.risk)
        elif columns.band is not None:
            page.text(self.row, columns.band, DASH, page.look("line centre"))
        items = item.frame[item.frame["risk"] == item.risks.index[position]]
        empty = [number for offset, number in enumerate(sorted(item.lines))
                 if self._line(columns.line(offset), items[items["line"] == number])]  # fmt: skip
        self._gaps(empty, found)

    def _line(self, column: int, items: pd.DataFrame) -> bool:
        """How many items one line has for a risk, and the latest that has a date; gives whether there is none.

        ``items``: one row an item of assurance, with ``item``, ``date`` (datetime64) and ``date_text``.
        """
        page, words, look = self.page, wording("assurance"), self.page.look
        if items.empty:
            page.text(self.row, column, words["none"], look("line centre", bold=True, bg_color=EMPTY))
            page.text(self.row, column + 1, "", look("line", bg_color=EMPTY))
            return True
        page.value(self.row, column, len(items), look("line centre"))
        dated = items.dropna(subset=["date"])
        if dated.empty:
            page.text(self.row, column + 1, words["undated"], look("line", font_color=GREY))
            return False
        latest = dated.sort_values("date", kind="stable").iloc[-1]
        name = shorten(_text(latest["item"]), LONGEST_ITEM)
        when = _text(latest.get("date_text")) or date_words(latest["date"].date())
        page.fitted(self.row, column + 1, name if when in name else f"{name} ({when})", look("line"))
        return False

    def _gaps(self, empty: list[int], found: Match | None) -> None:
        page = self.page
        gaps = gaps_of(empty, found, with_register=bool(self._registers))
        style = page.look("line strong") if gaps else page.look("line", font_color=GREY)
        page.fitted(self.row, self.columns.gaps, "\n".join(gaps) or wording("assurance")["no_gap"], style)

    def _band(self, register: Register, index: int) -> None:
        page, column = self.page, self.columns.band
        if column is None:
            return
        place = residual_place(self._plans[id(register)], index)
        colour = band_colour(register.scoring, place.band) if place else None
        style = page.look.filled("line centre", colour, bold=True) if colour else page.look("line centre")
        page.text(self.row, column, place.words.removesuffix(" *") if place else DASH, style)


def residual_place(plan: Plan, index: int) -> Place | None:
    """Where a risk stands with its controls, else at the register's last stage before its target."""
    stages = [stage for stage in plan.stages if stage != "target"] or list(plan.stages)
    return plan.places[stages[-1]][index] if stages else None


def _cell(register: Register, index: int) -> str:
    """Where to look for a risk of a register."""
    found = register.address(index, "ref") or register.address(index, "title")
    return found or f"A{sheet_row(register, index)}"


def _text(value: object) -> str:
    import pandas as pd

    return "" if pd.isna(value) else one_line(str(value))  # type: ignore[call-overload]
