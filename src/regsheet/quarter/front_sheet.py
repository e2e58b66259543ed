"""The sheet Quarter: one printed page, drawn on a grid of narrow columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from regsheet.quarter.chart_sheet import FigurePlaces, ages_chart, bands_chart
from regsheet.quarter.figures import RuleLine, ServiceLine, Summary
from regsheet.quarter.front import (
    ChangeRow,
    Front,
    Panel,
    RedRow,
    Score,
    age_figures,
    band_figures,
    more_words,
    rule_words,
)  # fmt: skip
from regsheet.quarter.front_canvas import COLUMN_POINTS, COLUMNS, HEAD, LAST, LINE, PIXELS, WIDTH, Canvas
from regsheet.quarter.front_heatmap import draw_heatmap
from regsheet.quarter.front_services import draw_services
from regsheet.quarter.letters import fitting
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import GREY, NAVY, SLATE, TILE, Look
from regsheet.writer.sheets.page import A4, Page

UNDER = {"bottom": 2, "bottom_color": NAVY}

Placed = tuple[tuple[int, int], str, Panel[Any], Callable[..., None], str]
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


class _FrontSheet(Canvas):
    """The page with its panels."""

    def draw(self, figures: FigurePlaces) -> None:
        """Everything, from the title to the charts."""
        self._top()
        draw_heatmap(self)
        draw_services(self)
        self._worst()
        self._changes()
        self._lists()
        self._charts(figures)

    def _top(self) -> None:
        style = self.look("", bold=True, font_size=16, font_color=NAVY, valign="vcenter")
        self.put(0, LAST, self.front.title, style, 17.0)
        self.next(24)
        self.prose(self.front.read, self.look("", font_size=8.5, font_color=GREY, valign="top", text_wrap=True), 8.5)
        self._tiles()
        if self.front.lead:
            self.gap()
            self.prose(self.front.lead, self.look("", font_size=9.5, valign="top", text_wrap=True), 9.5)
        self.gap()

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
        self._named(first, last, row, row.now)

    def _closed(self, first: int, last: int, row: ChangeRow) -> None:
        self._named(first, last, row, row.before)

    def _named(self, first: int, last: int, row: ChangeRow, score: Score) -> None:
        self.put(first, first + 1, row.ref, self.strong)
        self.put(first + 2, last - 3, row.title, self.body)
        self.scored(last - 2, last, score)

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

    def _side_by_side(self, panels: Sequence[Placed]) -> None:
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
