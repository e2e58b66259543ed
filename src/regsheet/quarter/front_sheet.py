"""The sheet Quarter: one printed page, drawn on a grid of narrow columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from regsheet.quarter.chart_sheet import FigurePlaces, ages_chart, bands_chart
from regsheet.quarter.figures import RuleLine, ServiceLine, StageMatrix, Summary
from regsheet.quarter.front import (
    ChangeRow,
    Front,
    Panel,
    RedRow,
    Score,
    age_figures,
    band_figures,
    cell_words,
    more_words,
    pale,
    rule_words,
)  # fmt: skip
from regsheet.quarter.letters import clipped, fitting, lines_of
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import GREY, HAIR, NAVY, SLATE, TILE, Look
from regsheet.writer.sheets.page import A4, Page

COLUMNS, WIDTH, PIXELS = 36, 2.6, 23
LAST = COLUMNS - 1
COLUMN_POINTS = PIXELS * 0.75
LINE, HEAD, GAP = 11.5, 11.5, 4.0
PALE = "F7F8FA"
SMALL = {"font_size": 8, "valign": "vcenter", "bottom": 1, "bottom_color": HAIR}
UNDER = {"bottom": 2, "bottom_color": NAVY}
EDGE = {"border": 1, "border_color": "#FFFFFF"}
STAGES = ("inherent", "residual", "target")
TAIL = ("overdue", "errors", "warnings", "notes")
MOVES = ("up", "down", "new", "closed")

_Placed = tuple[tuple[int, int], str, Panel[Any], Callable[..., None], str]
"""A panel with its first and last column, its name, its rows, how one is drawn, and the sheet that has them all."""


def add_front(book: Any, look: Look, summary: Summary, front: Front, figures: FigurePlaces, footer: str) -> None:
    """Add the sheet."""
    page = Page(book, look, wording("names")["quarter"], (WIDTH,) * COLUMNS, footer=footer, tab=NAVY)
    page.sheet.set_portrait()
    page.sheet.set_paper(A4)
    page.sheet.set_margins(left=0.3, right=0.3, top=0.3, bottom=0.45)
    page.sheet.center_horizontally()
    page.sheet.fit_to_pages(1, 1)
    sheet = _FrontSheet(book, page, summary, front)
    sheet.draw(figures)
    page.sheet.print_area(0, 0, sheet.row - 1, LAST)


class _FrontSheet:
    """The page, filled from the top."""

    def __init__(self, book: Any, page: Page, summary: Summary, front: Front) -> None:
        self.book, self.page, self.look = book, page, page.look
        self.summary, self.front = summary, front
        self.row = 0
        self.body, self.quiet = self.look("", **SMALL), self.look("", **SMALL, font_color=GREY)
        self.strong = self.look("", **SMALL, bold=True)
        self.number = self.look("", **SMALL, align="center", num_format="#,##0;-0;–;@")
        self.head = self.look("", bold=True, font_size=8, font_color=SLATE, valign="bottom", bottom=1,
                              bottom_color=SLATE)  # fmt: skip
        self.head_centre = self.look("", bold=True, font_size=8, font_color=SLATE, valign="bottom", bottom=1,
                                     bottom_color=SLATE, align="center")  # fmt: skip

    def draw(self, figures: FigurePlaces) -> None:
        """Everything, from the title to the charts."""
        self._top()
        self._heatmap()
        self._services()
        self._worst()
        self._changes()
        self._lists()
        self._charts(figures)

    # -- what every panel uses ---------------------------------------------------------------------------------

    def put(self, first: int, last: int, text: str | float | None, style: Any, size: float = 8.0) -> None:
        """A text or a number over some columns of the current row; ``size`` is its letters', in points."""
        if last > first:
            self.page.sheet.merge_range(self.row, first, self.row, last, "", style)
        if isinstance(text, str) or text is None:
            room = (last - first + 1) * COLUMN_POINTS - 3.0
            self.page.text(self.row, first, clipped(text or "", room, size), style)
        else:
            self.page.value(self.row, first, text, style)

    def scored(self, first: int, last: int, score: Score) -> None:
        """A rating and its band's word on its band's colour."""
        style = self.look.filled("", score.colour, **{**SMALL, **EDGE}, align="center") if score.colour else self.number
        self.put(first, last, score.words, style)

    def next(self, points: float = LINE) -> None:
        """Close the current row."""
        self.page.height(self.row, points)
        self.row += 1

    def gap(self) -> None:
        """A little room."""
        self.next(GAP)

    def heading(self, panels: Sequence[tuple[int, int, str]]) -> None:
        """Titles of panels side by side."""
        for first, last, text in panels:
            style = self.look(
                "", bold=True, font_size=10, font_color=NAVY, bottom=2, bottom_color=NAVY, valign="bottom"
            )
            self.put(first, last, text, style)
        self.next(15)

    # -- the panels --------------------------------------------------------------------------------------------

    def _top(self) -> None:
        style = self.look("", bold=True, font_size=16, font_color=NAVY, valign="vcenter")
        self.put(0, LAST, self.front.title, style, 17.0)
        self.next(24)
        self._prose(self.front.read, self.look("", font_size=8.5, font_color=GREY, valign="top", text_wrap=True), 8.5)
        self._tiles()
        if self.front.lead:
            self.gap()
            self._prose(self.front.lead, self.look("", font_size=9.5, valign="top", text_wrap=True), 9.5)
        self.gap()

    def _prose(self, text: str, style: Any, size: float) -> None:
        lines = lines_of(text, COLUMNS * COLUMN_POINTS - 6.0, size)
        self.page.sheet.merge_range(self.row, 0, self.row, LAST, "", style)
        self.page.text(self.row, 0, text, style)
        self.next(lines * size * 1.25 + 3)

    def _tiles(self) -> None:
        tiles = self.front.tiles
        edges = [round(place * COLUMNS / len(tiles)) for place in range(len(tiles) + 1)]
        white = {"left": 2, "left_color": "#FFFFFF", "right": 2, "right_color": "#FFFFFF"}
        number = self.look("", bold=True, font_size=15, font_color=NAVY, bg_color=TILE, align="center",
                           valign="vcenter", num_format="#,##0", **white)  # fmt: skip
        label = self.look("", font_size=7.5, font_color=SLATE, bg_color=TILE, align="center", valign="top",
                          text_wrap=True, **white)  # fmt: skip
        for first, end, tile in zip(edges, edges[1:], tiles, strict=False):
            self.put(first, end - 1, "–" if tile.number is None else tile.number, number)
        self.next(21)
        for first, end, tile in zip(edges, edges[1:], tiles, strict=False):
            self.page.sheet.merge_range(self.row, first, self.row, end - 1, "", label)
            self.page.text(self.row, first, tile.label, label)
        self.next(21)

    def _heatmap(self) -> None:
        words = wording("heatmap")
        self.heading([(0, LAST, words["title"])])
        if self.summary.matrices:
            self._matrix_rows()
        self._prose(self.front.scale_note, self.look("", font_size=7.5, font_color=GREY, valign="top", text_wrap=True),
                    7.5)  # fmt: skip
        self.gap()

    def _matrix_rows(self) -> None:
        words, matrix = wording("heatmap"), self.summary.matrix
        blocks = list(enumerate(self.summary.matrices))
        for at, block in blocks:
            arrow = "" if at == 0 else "→  "
            style = self.look("", bold=True, font_size=8.5, font_color=NAVY, align="center")
            self.put(
                at * 12, at * 12 + 11, f"{arrow}{wording('stages')[block.stage]}: {self._bands(block)}", style, 9.0
            )
        self.next(HEAD)
        top = self.row
        for likelihood in reversed(range(matrix.likelihood)):
            for at, block in blocks:
                self._matrix_row(at * 12, block, likelihood)
            self.next(20)
        axis = self.look("", font_size=7.5, font_color=GREY, rotation=90, align="center", valign="vcenter")
        for at, _ in blocks:
            self.page.sheet.merge_range(top, at * 12, self.row - 1, at * 12, "", axis)
            self.page.text(top, at * 12, words["likelihood"], axis)
            for impact in range(matrix.impact):
                first = at * 12 + 2 + impact * 2
                self.put(first, first + 1, f"{impact + 1}", self._axis_number())
        self.next(10)
        for at, _ in blocks:
            self.put(at * 12 + 2, at * 12 + 1 + matrix.impact * 2, words["impact"], self._axis_number())
        self.next(10)

    def _bands(self, block: StageMatrix) -> str:
        """Every band with its number of risks at a stage, those off the matrix too."""
        counts = self.summary.total.stages[block.stage]
        bands = [f"{count} {step.name}" for step, count in zip(reversed(self.summary.ladder.steps),
                                                               reversed(counts.steps), strict=True)]  # fmt: skip
        if counts.unbanded:
            bands.append(f"{counts.unbanded} {wording('ladder')['unbanded'].lower()}")
        return ", ".join(bands)

    def _axis_number(self) -> Any:
        return self.look("", font_size=7.5, font_color=GREY, align="center", valign="vcenter")

    def _matrix_row(self, first: int, block: StageMatrix, likelihood: int) -> None:
        self.put(first + 1, first + 1, f"{likelihood + 1}", self._axis_number())
        for impact in range(self.summary.matrix.impact):
            cell, left = block.cells.get((likelihood, impact)), first + 2 + impact * 2
            if cell is None:
                zone = self.summary.zones.get((likelihood, impact))
                self.put(left, left + 1, "", self.look("", bg_color=f"#{pale(self.summary, zone)}", **self._edge(zone)))
                continue
            worst = cell.worst
            colour = "D9D9D9" if worst is None else self.summary.ladder.steps[worst].colour
            style = self.look.filled("", colour, font_size=7, align="center", valign="vcenter", text_wrap=True,
                                     **self._edge(worst))  # fmt: skip
            self.page.sheet.merge_range(self.row, left, self.row, left + 1, "", style)
            self.page.text(self.row, left, f"{cell.risks}\n{cell_words(self.summary, cell)}", style)

    def _edge(self, step: int | None) -> dict[str, Any]:
        """A white edge between cells; a grey one where the cell's own colour is white."""
        white = step is not None and self.summary.ladder.steps[step].colour.upper() == "FFFFFF"
        return {"border": 1, "border_color": "#D0D5DC"} if white else EDGE

    def _services(self) -> None:
        words, summary, shown = wording("services"), self.summary, self.front.services
        title = words["title_top"].format(shown=len(shown.rows)) if shown.more else words["title"]
        self.heading([(0, LAST, title)])
        steps = len(summary.ladder.steps)
        name_end = COLUMNS - 1 - 2 - 3 * steps - 4 - 8
        at = name_end + 3
        self.put(0, name_end, "", self.look(""))
        for stage in STAGES:
            label = ("" if stage == "inherent" else "→ ") + wording("stages")[stage]
            self.put(at, at + steps - 1, label, self.look("", bold=True, font_size=8, font_color=NAVY, align="center"))
            at += steps
        for label, width in ((words["movement"], 4), (words["actions"], 2), (words["findings"], 6)):
            self.put(at, at + width - 1, label, self.look("", bold=True, font_size=8 if width > 4 else 7,
                                                          font_color=NAVY, align="center", shrink=True))  # fmt: skip
            at += width
        self.next(HEAD)
        self._service_heads(name_end)
        style = self.body
        for line in shown.rows:
            self._service(line, line.service, name_end, style)
        more = more_words(shown, "services")
        if more:
            self.put(0, LAST, more, self.quiet)
            self.next()
        if len(summary.services) > 1:
            self._service(summary.total, wording("front")["total"], name_end, self.strong)
        self.gap()

    def _service_heads(self, name_end: int) -> None:
        words, steps = wording("services"), self.summary.ladder.steps
        turned = self.look("", font_size=7.5, font_color=SLATE, rotation=90, align="center", valign="bottom", bottom=1,
                           bottom_color=SLATE)  # fmt: skip
        self.put(0, name_end, words["service"], self.head)
        self.put(name_end + 1, name_end + 2, words["risks"], self.head_centre)
        at = name_end + 3
        for _ in STAGES:
            for step in reversed(steps):
                self.page.text(self.row, at, step.name, turned)
                at += 1
        for key in MOVES:
            self.page.text(self.row, at, words[key], turned)
            at += 1
        for key in TAIL:
            self.page.sheet.merge_range(self.row, at, self.row, at + 1, "", turned)
            self.page.text(self.row, at, words[key], turned)
            at += 2
        longest = max(len(word) for word in (*(step.name for step in steps), *(words[key] for key in TAIL)))
        self.next(min(max(longest * 4.6 + 4, 30), 60))

    def _service(self, line: ServiceLine, name: str, name_end: int, style: Any) -> None:
        self.put(0, name_end, name, style)
        self.put(name_end + 1, name_end + 2, line.risks, self.number)
        at = name_end + 3
        for stage in STAGES:
            counts = line.stages.get(stage)
            for place in reversed(range(len(self.summary.ladder.steps))):
                number = counts.steps[place] if counts else None
                colour = self.summary.ladder.steps[place].colour if number else None
                shade = self.look.filled("", colour, **{**SMALL, **EDGE}, align="center") if colour else self.quiet
                self.put(at, at, number or "", shade)
                at += 1
        for key in MOVES:
            self.put(at, at, getattr(line, key) if line.compared else "", self.number)
            at += 1
        for number in (line.overdue, line.findings.errors, line.findings.warnings, line.findings.notes):
            self.put(at, at + 1, number, self.number)
            at += 2
        self.next()

    def _worst(self) -> None:
        words = wording("worst")
        rows = self.front.worst.rows
        note = self.look("", font_size=7.5, font_color=GREY, align="right", valign="bottom", **UNDER)
        self.put(12, LAST, words["note"], note, 7.5)
        self.heading([(0, 11, words["title"])])
        spans = ((0, 0), (1, 3), (4, 9), (10, 18), (19, 23), (24, 26), (27, 29), (30, 32), (33, 35))
        for (first, last), head in zip(spans, words["heads"], strict=True):
            self.put(first, last, head, self.head)
        self.next(HEAD)
        for row in rows:
            texts = (f"{row.rank}", row.ref, row.service, row.title, row.owner)
            for (first, last), text in zip(spans, texts, strict=False):
                self.put(first, last, text, self.strong if first == 1 else self.body)
            for (first, last), score in zip(spans[5:], row.scores, strict=False):
                self.scored(first, last, score)
            self.put(33, 35, row.red_for, self.quiet)
            self.next()
        if not rows:
            self.put(0, LAST, wording("front")["none"], self.quiet)
            self.next()
        self.gap()

    def _changes(self) -> None:
        names = ("moved", "new", "closed")
        spans = ((0, 15), (17, 25), (27, 35))
        self.heading([(*span, wording(name)["title"]) for span, name in zip(spans, names, strict=True)])
        if not self.summary.total.compared:
            self.put(0, LAST, wording("front")["first_quarter_panel"], self.quiet)
            self.next()
            self.gap()
            return
        panels = (self.front.moved, self.front.new, self.front.closed)
        for (first, last), name in zip(spans, names, strict=True):
            self._change_heads(first, last, wording(name)["heads"])
        self.next(HEAD)
        draw: tuple[Callable[[int, int, ChangeRow], None], ...] = (self._moved, self._new, self._closed)
        self._side_by_side(list(zip(spans, names, panels, draw, ("risks",) * 3, strict=True)))

    def _change_heads(self, first: int, last: int, heads: Sequence[str]) -> None:
        ends: tuple[tuple[int, int], ...]
        if len(heads) == 3:
            ends = ((first, first + 1), (first + 2, last - 3), (last - 2, last))
        else:
            ends = ((first, first + 1), (first + 2, last - 9), (last - 8, last - 6), (last - 5, last - 3),
                    (last - 2, last))  # fmt: skip
        for (start, end), head in zip(ends, heads, strict=True):
            self.put(start, end, head, self.head)

    def _moved(self, first: int, last: int, row: ChangeRow) -> None:
        self.put(first, first + 1, row.ref, self.strong)
        self.put(first + 2, last - 9, row.title, self.body)
        self.scored(last - 8, last - 6, row.before)
        self.scored(last - 5, last - 3, row.now)
        self.put(last - 2, last, row.move, self.body)

    def _new(self, first: int, last: int, row: ChangeRow) -> None:
        self.put(first, first + 1, row.ref, self.strong)
        self.put(first + 2, last - 3, row.title, self.body)
        self.scored(last - 2, last, row.now)

    def _closed(self, first: int, last: int, row: ChangeRow) -> None:
        self.put(first, first + 1, row.ref, self.strong)
        self.put(first + 2, last - 3, row.title, self.body)
        self.scored(last - 2, last, row.before)

    def _lists(self) -> None:
        spans, names = ((0, 12), (14, 20), (22, 35)), ("red", "overdue", "rules")
        self.heading([(*span, wording(name)["title"]) for span, name in zip(spans, names, strict=True)])
        self._heads(((0, 4), (5, 5), (6, 12)), wording("red")["heads"])
        self._heads(((14, 19), (20, 20)), ("", ""))
        self._heads(((22, 23), (24, 29)), wording("rules")["heads"][:2])
        small = self.look("", bold=True, font_size=7, font_color=SLATE, valign="bottom", bottom=1, bottom_color=SLATE,
                          align="center")  # fmt: skip
        for first, head in zip((30, 32, 34), wording("rules")["heads"][2:], strict=True):
            self.put(first, first + 1, head, small, 7.0)
        self.next(HEAD)
        panels: tuple[Panel[Any], ...] = (self.front.red, self.front.overdue, self.front.rules)
        draw = (self._red, self._overdue, self._rule)
        sheets = ("risks", "services", "findings")
        self._side_by_side(list(zip(spans, names, panels, draw, sheets, strict=True)))

    def _heads(self, spans: Sequence[tuple[int, int]], heads: Sequence[str]) -> None:
        for (first, last), head in zip(spans, heads, strict=True):
            self.put(first, last, head, self.head)

    def _red(self, first: int, last: int, row: RedRow) -> None:
        self.put(first, first + 4, row.service, self.body)
        self.put(first + 5, first + 5, row.count, self.number)
        self.put(first + 6, last, fitting(row.refs, (last - first - 5) * COLUMN_POINTS - 3.0, 8.0), self.body)

    def _overdue(self, first: int, last: int, row: ServiceLine) -> None:
        self.put(first, last - 1, row.service, self.body)
        self.put(last, last, row.overdue, self.number)

    def _rule(self, first: int, last: int, row: RuleLine) -> None:
        self.put(first, first + 1, row.code, self.strong)
        self.put(first + 2, last - 6, rule_words(row.name), self.body)
        for offset, number in enumerate((row.findings.errors, row.findings.warnings, row.findings.notes)):
            self.put(last - 5 + 2 * offset, last - 4 + 2 * offset, number, self.number)

    def _side_by_side(
        self, panels: Sequence[tuple[tuple[int, int], str, Panel[Any], Callable[..., None], str]]
    ) -> None:
        """Panels next to one another, row by row; under each how many more there are, or that there are none."""
        tallest = max(len(panel.rows) + bool(panel.more) for _, _, panel, _, _ in panels)
        for place in range(max(tallest, 1)):
            for (first, last), name, panel, draw, sheet in panels:
                if place < len(panel.rows):
                    draw(first, last, panel.rows[place])
                elif place == len(panel.rows) and (panel.more or not panel.rows):
                    text = more_words(panel, sheet) if panel.more else wording(name)["none"]
                    self.put(first, last, text, self.quiet)
            self.next()
        self.gap()

    def _charts(self, figures: FigurePlaces) -> None:
        words = wording("charts")
        self.heading([(0, 17, words["bands"]), (19, 35, words["ages"])])
        charts = (
            (0, 18, bands_chart, figures.bands, words["bands_alt"].format(figures=band_figures(self.summary))),
            (19, 17, ages_chart, figures.ages, words["ages_alt"].format(figures=age_figures(self.summary))),
        )
        height = 104 if figures.bands or figures.ages else LINE
        for first, width, draw, place, alternative in charts:
            if place is None:
                self.put(first, first + width - 1, wording("front")["first_quarter_chart"], self.quiet)
                continue
            chart = draw(self.book, self.look.font, self.summary, place)
            chart.set_size({"width": width * PIXELS, "height": round(height / 0.75) - 4})
            self.page.sheet.insert_chart(self.row, first, chart, {"description": alternative, "object_position": 2})
        self.next(height)
