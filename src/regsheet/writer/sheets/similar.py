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
    first, lines = row + 1, list[tuple[str, ...]]()
    for group, runs in sorted(groups, key=lambda found: (found[0].severity.rank, -len(found[0].findings))):
        lines += _group(page, first + len(lines), group, runs, several)
    _links(page, first, lines)
    return first + len(lines)


def _group(page: Page, row: int, group: Group, runs: Sequence[str], several: bool) -> list[tuple[str, ...]]:
    """One sentence and what its links are called, four a row; gives for each of its rows the sheet and these."""
    line, link = page.look("line"), page.linked(page.look("line link"))
    severity = wording("severity")[group.severity]
    sentence = f"{group.size}: {group.sentence}" + (f" ({group.sheet})" if several else "")
    parts = [runs[start : start + LINKS_IN_ROW] for start in range(0, len(runs), LINKS_IN_ROW)]
    for at, part in enumerate(parts, row):
        page.blank(at, RULE, LAST_LINK, line)
        page.sheet.put_texts(at, FIRST_LINK, part, link)
    page.text(row, RULE, f"{group.code} {severity.lower()}", page.look("line strong"))
    page.text(row, SENTENCE, sentence, line)
    page.fit(row, sentence, page.widths[SENTENCE])
    return [(group.sheet, *part, *[""] * (LINKS_IN_ROW - len(part))) for part in parts]


def _links(page: Page, first: int, lines: Sequence[tuple[str, ...]]) -> None:
    """Let the cells of rows from the first on lead to what they name."""
    before, after = wording("similar")["tip"].split("{cells}")
    sheets, *columns = zip(*lines, strict=True)
    for column, cells in enumerate(columns, FIRST_LINK):
        tips = [f"{before}{sheet}, {cell}{after}" for sheet, cell in zip(sheets, cells, strict=True)]
        page.lead_down(first, column, sheets, cells, cells, tips)
