"""The block of the Check summary that says once what is found on many risks, with links to all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regsheet.rules.grouping import Group, grouped
from regsheet.writer.report import Report
from regsheet.writer.sheets.long_table import LongTable, Spelled, batches
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.texts import printable
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
    lines = _Lines(page, row + 1)
    for group, runs in sorted(groups, key=lambda found: (found[0].severity.rank, -len(found[0].findings))):
        lines.add(group, runs, several)
    lines.put()
    return lines.next


class _Lines:
    """The rows below the heading, held until all are known: a sentence, and its links four a row."""

    def __init__(self, page: Page, first: int) -> None:
        """``first`` is the row of the first sentence."""
        self._page = page
        self._first = first
        self.next = first
        self._sheets: list[str] = []
        self._cells: list[str] = []
        # How the cells go on, from behind their looks: rules and sentences row by row, links as the cells.
        self._rules: list[str] = []
        self._sentences: list[str] = []
        self._links: list[str] = []

    def add(self, group: Group, runs: Sequence[str], several: bool) -> None:
        """One sentence and its links; ``several``: the sentence says which sheet they lead to."""
        page, blank, severity = self._page, self._page.sheet.rest(""), wording("severity")[group.severity]
        sentence = f"{group.size}: {group.sentence}" + (f" ({group.sheet})" if several else "")
        page.fit(self.next, sentence, page.widths[SENTENCE])
        cells = [*runs, *[""] * (-len(runs) % LINKS_IN_ROW)]
        more = len(cells) // LINKS_IN_ROW - 1
        # Where texts are shared, they are numbered in this order.
        self._links += page.sheet.rests(cells)
        self._rules += [page.sheet.rest(printable(f"{group.code} {severity.lower()}")), *[blank] * more]
        self._sentences += [page.sheet.rest(printable(sentence)), *[blank] * more]
        self._cells += cells
        self._sheets += [group.sheet] * (more + 1)
        self.next += more + 1

    def put(self) -> None:
        """Put the rows on the page."""
        table, leading = LongTable(self._page), _leading(self._cells, self._page.links_left)
        for batch in batches(len(self._rules)):
            row, part = self._first + batch.start, slice(batch.start, batch.stop)
            table.put(row, list(self._columns(part)), fitted=False)
            _lead(self._page, row, self._sheets[part], [cells[part] for cells in leading])

    def _columns(self, part: slice) -> Iterator[Spelled]:
        """Some of the rows."""
        look = self._page.look
        line, strong, link = look("line"), look("line strong"), self._page.linked(look("line link"))
        blank = self._page.sheet.rest("")
        yield Spelled(RULE, self._rules[part], [line if rest == blank else strong for rest in self._rules[part]])
        yield Spelled(SENTENCE, self._sentences[part], [line])
        of_links = slice(part.start * LINKS_IN_ROW, part.stop * LINKS_IN_ROW)
        cells, links = self._cells[of_links], self._links[of_links]
        for start, column in enumerate(range(FIRST_LINK, LAST_LINK + 1)):
            styles = [link if cell else line for cell in cells[start::LINKS_IN_ROW]]
            yield Spelled(column, links[start::LINKS_IN_ROW], styles)


def _leading(cells: Sequence[str], room: int) -> list[list[str]]:
    """The cells that lead somewhere, column by column; where there is no room for all, the last ones do not."""
    columns = []
    for start in range(LINKS_IN_ROW):
        own = list(cells[start::LINKS_IN_ROW])
        filled = [at for at, cell in enumerate(own) if cell]
        for at in filled[room:]:
            own[at] = ""
        room = max(room - len(filled), 0)
        columns.append(own)
    return columns


def _lead(page: Page, first: int, sheets: Sequence[str], columns: Sequence[Sequence[str]]) -> None:
    """Let the cells of rows from the first on lead to what they name."""
    before, after = wording("similar")["tip"].split("{cells}")
    for column, own in enumerate(columns, FIRST_LINK):
        tips = [f"{before}{sheet}, {cell}{after}" for sheet, cell in zip(sheets, own, strict=True)]
        page.lead_down(first, column, sheets, own, own, tips)
