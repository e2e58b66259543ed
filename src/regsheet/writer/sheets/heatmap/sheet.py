"""The Heatmap sheet as a whole: one block a register, each on a printed page of its own."""

from __future__ import annotations

from typing import Any

from regsheet.writer.report import Report
from regsheet.writer.sheets.heatmap.block import Block
from regsheet.writer.sheets.heatmap.columns import Columns, columns_for
from regsheet.writer.sheets.heatmap.counts import draw_counts
from regsheet.writer.sheets.heatmap.live import Live, Liveness, NotLiveError
from regsheet.writer.sheets.heatmap.matrix import draw_matrices
from regsheet.writer.sheets.heatmap.movement import draw_movement
from regsheet.writer.sheets.heatmap.placement import Plan, plan_of
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.texts import date_words
from regsheet.writer.sheets.wording import wording

RISKS_ON_ONE_PAGE = 24
TAB = "#7F7F7F"


def add_heatmap(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    words = wording("heatmap")
    plans = [plan_of(register) for register in report.settled.book.registers]
    columns = columns_for(
        max(len(plan.stages) for plan in plans),
        max((len(plan.impact.steps) for plan in plans if plan.impact is not None), default=0),
    )
    page = Page(book, look, names.heatmap, columns.widths, footer=footer, tab=TAB, standalone=report.standalone)
    single = len(plans) == 1
    scoring = plans[0].register.scoring.explanation if single else ""
    page.title(
        words["title"], words["subtitle"].format(as_of=date_words(report.as_of), scoring=scoring).strip(), columns.last
    )
    row = 2
    breaks = []
    for plan in plans:
        if not single:
            if row > 2:
                breaks.append(row)
            page.section(row, 0, columns.last, plan.register.sheet_name)
            page.span(row + 1, 0, columns.last, plan.register.scoring.explanation, look("small", valign="vcenter"))
            row += 2
        row = _block(page, columns, plan, row, report.standalone)
    page.sheet.set_h_pagebreaks(breaks)
    if single and plans[0].register.count <= RISKS_ON_ONE_PAGE:
        page.sheet.fit_to_pages(1, 1)
    page.sheet.freeze_panes(2, 0)


def _block(page: Page, columns: Columns, plan: Plan, row: int, standalone: bool) -> int:
    """One register: a line on whether it is live, matrices, counts, movement. Gives the next free row."""
    words, look = wording("heatmap"), page.look
    live, why = ({}, words["fixed_standalone"]) if standalone else _live(plan)
    block = Block(page, columns, plan, live, row)
    if plan.has_matrix:
        text = words["fixed"].format(why=why) if why else words[_how_live(live)]
        page.span(block.row, 0, columns.last, text, look("small"))
        block.row += 1
        draw_matrices(block)
        draw_counts(block)
    else:
        page.span(block.row, 0, columns.last, words["nothing"], look("small"))
        block.row += 1
    draw_movement(block)
    return block.row + 1


def _how_live(live: dict[str, Live]) -> str:
    return "live" if all(stage.rated for stage in live.values()) else "live_places"


def _live(plan: Plan) -> tuple[dict[str, Live], str]:
    """The stages that can be live, and why the others cannot, empty when all can."""
    live: dict[str, Live] = {}
    why, found = "", Liveness(plan)
    for stage in plan.stages if plan.has_matrix else ():
        try:
            live[stage] = found.stage(stage)
        except NotLiveError as reason:
            why = wording("heatmap")[str(reason)]
    return live, why
