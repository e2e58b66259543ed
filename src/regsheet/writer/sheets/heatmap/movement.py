"""The movement table: every risk of the register, scored or not, from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from regsheet.grid.addresses import letters
from regsheet.layout.tables import Band
from regsheet.model.register import shorten
from regsheet.writer.sheets.bands import band_colour, band_word
from regsheet.writer.sheets.heatmap.block import Block
from regsheet.writer.sheets.heatmap.columns import allot
from regsheet.writer.sheets.heatmap.live import literal
from regsheet.writer.sheets.heatmap.placement import Place, sheet_row
from regsheet.writer.sheets.look import readable_on
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.texts import one_line
from regsheet.writer.sheets.wording import wording

TITLE, OWNER, STAGE, ARROW = 40.0, 27.0, 9.0, 3.0
LONGEST_TITLE, LONGEST_OWNER = 140, 80
DOWN, UP, LEVEL = "↓", "↑", "→"
IS_DOWN, IS_UP, IS_LEVEL = (literal(arrow) for arrow in (DOWN, UP, LEVEL))

MATRIX_NAME = "Check_ratings_"
"""What the names of the matrices begin with, by which the formulas look ratings up."""

Run = tuple[int, int]


def draw_movement(block: Block) -> None:
    """Draw the table; leaves ``block.row`` below it."""
    words, page = wording("heatmap"), block.page
    stages = block.plan.stages
    wanted = [TITLE, OWNER, *([STAGE, ARROW] * len(stages))[: max(2 * len(stages) - 1, 0)]]
    runs = allot(block.columns.widths, wanted, 1)
    block.row += 1
    title = words["movement" if len(stages) > 1 else "movement_one_stage"]
    page.section(block.row, 0, block.columns.last, title)
    block.row += 1
    _heads(block, runs)
    first = block.row
    matrices = {stage: page.define(f"{MATRIX_NAME}{first}_{number}", live.matrix)
                for number, (stage, live) in enumerate(block.live.items(), 1) if live.rated}  # fmt: skip
    table = _Table(block, runs, matrices)
    for index in range(block.plan.register.count):
        table.risk(index)
        block.row += 1
    if block.live and block.row > first:
        _colour_by_word(block, runs, first)
    if any(place.words.endswith(" *") for places in block.plan.places.values() for place in places):
        page.span(block.row, 0, block.columns.last, words["rated_only"], page.look("small"))
        block.row += 1


def _heads(block: Block, runs: list[Run]) -> None:
    page, look, register = block.page, block.page.look, block.plan.register
    heads = list(wording("heatmap")["movement_heads"])
    page.text(block.row, 0, heads[0], look("heading"))
    for position, run in enumerate(runs):
        if position < 2:
            _put(page, block.row, run, heads[1 + position], look("heading"))
        else:
            stage = (position - 2) // 2
            text = register.stage_name(block.plan.stages[stage]) if position % 2 == 0 else ""
            _put(page, block.row, run, text, look("heading centre"))
    block.row += 1


class _Table:
    """The rows of the table, with what is the same in each of them looked up once."""

    def __init__(self, block: Block, runs: list[Run], matrices: Mapping[str, str]) -> None:
        self.block = block
        self.page = block.page
        self.register = block.plan.register
        self.runs = runs
        self.matrices = matrices
        self.stages = block.plan.stages
        look = block.page.look
        self.link_style = look("body link", valign="vcenter")
        self.body = look("body", valign="vcenter")
        self.centre = look("body centre", valign="vcenter")
        self.rated = look("body centre", valign="vcenter", bold=True)
        self.unrated = look("body centre", valign="vcenter", bold=False)
        self.words = wording("heatmap")
        rated = [stage in block.live and block.live[stage].rated for stage in self.stages]
        self.live_arrows = [before and after for before, after in pairwise(rated)]

    def risk(self, index: int) -> None:
        """One risk, in the block's present row."""
        block, page, register = self.block, self.page, self.register
        row = block.row
        label = block.plan.places[self.stages[0]][index].label if self.stages else register.label(index)
        target = register.address(index, "ref") or register.address(index, "title") or f"A{sheet_row(register, index)}"
        page.link(row, 0, register.sheet_name, target, label, self.link_style)
        page.fit(row, label, page.widths[0])
        _put(page, row, self.runs[0], self._text(index, "title", LONGEST_TITLE), self.body)
        _put(page, row, self.runs[1], self._text(index, "owner", LONGEST_OWNER), self.body)
        earlier = None
        for number, stage in enumerate(self.stages):
            place = block.plan.places[stage][index]
            self._stage(self.runs[2 + 2 * number], stage, place)
            if earlier is not None:
                self._arrow(number, earlier, place)
            earlier = place

    def _text(self, index: int, field: str, longest: int) -> str:
        text = one_line(self.register.text(index, field))
        if not text and field == "title":
            text = one_line(self.register.text(index, "description"))
        return shorten(text, longest) or (str(self.words["no_title"]) if field == "title" else "")

    def _stage(self, run: Run, stage: str, place: Place) -> None:
        page, row = self.page, self.block.row
        plain = self.unrated if place.rating is None else self.rated
        matrix = self.matrices.get(stage)
        if matrix is None:
            colour = band_colour(self.register.scoring, place.band)
            style = page.look.filled("body centre", colour, valign="vcenter", bold=True) if colour else plain
            _put(page, row, run, place.words, style)
            return
        _merge(page, row, run, plain)
        otherwise = self.words["not_scored"] if place.placed else place.words
        page.formula(row, run[0], self.block.live[stage].rating(place.index, otherwise, matrix), place.words, plain)

    def _arrow(self, number: int, earlier: Place, later: Place) -> None:
        """From the stage before to this one: down is better. A formula where both ratings are live."""
        page, row, run = self.page, self.block.row, self.runs[1 + 2 * number]
        text = ""
        if earlier.rating is not None and later.rating is not None:
            text = DOWN if later.rating < earlier.rating else UP if later.rating > earlier.rating else LEVEL
        if not self.live_arrows[number - 1]:
            _put(page, row, run, text, self.centre)
            return
        before, after = (_number(self.runs[at][0], row) for at in (2 * number, 2 + 2 * number))
        formula = f'IFERROR(IF({after}<{before},{IS_DOWN},IF({after}>{before},{IS_UP},{IS_LEVEL})),"")'
        _merge(page, row, run, self.centre)
        page.formula(row, run[0], formula, text, self.centre)


def _number(column: int, row: int) -> str:
    """The number that a ``20 Red`` begins with, as a formula."""
    at = f"{letters(column + 1)}{row + 1}"
    return f'VALUE(LEFT({at},FIND(" ",{at}&" ")-1))'


def _colour_by_word(block: Block, runs: list[Run], first: int) -> None:
    """Fill the live cells by the band word that they show."""
    page, scoring = block.page, block.plan.register.scoring
    for number, stage in enumerate(block.plan.stages):
        if stage not in block.live or not block.live[stage].rated:
            continue
        run = runs[2 + 2 * number]
        for band in scoring.bands:
            _conditional(page, (first, run[0], block.row - 1, run[1]), band, band_colour(scoring, band))


def _conditional(page: Page, area: tuple[int, int, int, int], band: Band, colour: str | None) -> None:
    if colour is None:
        return
    cell = f"${letters(area[1] + 1)}{area[0] + 1}"
    word = f'SUBSTITUTE(MID({cell},FIND(" ",{cell}&" ")+1,99)," *","")'
    look = page.look("", bg_color=f"#{colour}", font_color=readable_on(colour))
    name = literal(band_word(band))
    criteria = f"=OR({word}={name},{cell}={name})"
    page.sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": look})


def _put(page: Page, row: int, run: Run, text: str, style: object) -> None:
    page.span(row, run[0], run[1], text, style)


def _merge(page: Page, row: int, run: Run, style: object) -> None:
    if run[1] > run[0]:
        page.sheet.put_merge(row, run[0], run[1], style)
