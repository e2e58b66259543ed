"""The block of the Check summary that says once what is found on many risks, with links to all of them."""

from __future__ import annotations

from collections.abc import Sequence

from regsheet.rules.grouping import Group, grouped
from regsheet.writer.report import Report
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.wording import wording

RULE, SENTENCE, FIRST_LINK, LAST_LINK = 0, 1, 2, 5
LINKS_IN_ROW = LAST_LINK - FIRST_LINK + 1


def draw_similar(page: Page, row: int, report: Report) -> int:
    """Draw the block from this row on, where there is anything to say in it; gives the next free row."""
    groups = [(group, runs) for group in grouped(report.settled.findings)[0]
              if group.status != "waived" and (runs := group.runs)]  # fmt: skip
    if not groups:
        return row
    words, look = wording("similar"), page.look
    page.section(row + 1, RULE, LAST_LINK, words["title"])
    page.span(row + 2, RULE, LAST_LINK, words["text"], look("line"))
    row += 3
    page.row(row, RULE, words["heads"], look("heading"))
    page.blank(row, FIRST_LINK + 1, LAST_LINK, look("heading"))
    several = len({group.sheet for group, _ in groups}) > 1
    for group, runs in sorted(groups, key=lambda found: (found[0].severity.rank, -len(found[0].findings))):
        row = _group(page, row + 1, group, runs, several)
    return row + 1


def _group(page: Page, row: int, group: Group, runs: Sequence[str], several: bool) -> int:
    """One sentence and its links, four ranges a row; gives the last row that it takes."""
    look = page.look
    severity = wording("severity")[group.severity]
    sentence = f"{group.size}: {group.sentence}" + (f" ({group.sheet})" if several else "")
    lines = range(row, row + -(-len(runs) // LINKS_IN_ROW))
    for line in lines:
        page.blank(line, RULE, LAST_LINK, look("line"))
    _links(page, lines, group.sheet, runs)
    page.text(row, RULE, f"{group.code} {severity.lower()}", look("line strong"))
    page.text(row, SENTENCE, sentence, look("line"))
    page.fit(row, sentence, page.widths[SENTENCE])
    return lines[-1]


def _links(page: Page, lines: range, sheet: str, cells: Sequence[str]) -> None:
    """Links to cells in these rows, four a row."""
    style = page.linked(page.look("line link"))
    before, after = wording("similar")["tip"].split("{cells}")
    for line, start in zip(lines, range(0, len(cells), LINKS_IN_ROW), strict=True):
        page.sheet.put_texts(line, FIRST_LINK, cells[start : start + LINKS_IN_ROW], style)
    for offset in range(min(LINKS_IN_ROW, len(cells))):
        below = cells[offset::LINKS_IN_ROW]
        tips = [f"{before}{sheet}, {cell}{after}" for cell in below]
        page.lead_down(lines[0], FIRST_LINK + offset, [sheet] * len(below), below, below, tips)
