"""The movement table: every risk of the register, scored or not, from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping

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
    for index in range(len(block.plan.register.frame)):
        _risk(block, runs, index, matrices)
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


def _risk(block: Block, runs: list[Run], index: int, matrices: Mapping[str, str]) -> None:
    page, look, register = block.page, block.page.look, block.plan.register
    row = block.row
    label = next(iter(block.plan.places.values()))[index].label if block.plan.places else register.label(index)
    target = register.address(index, "ref") or register.address(index, "title") or f"A{sheet_row(register, index)}"
    title, owner = _text(block, index, "title", LONGEST_TITLE), _text(block, index, "owner", LONGEST_OWNER)
    page.link(row, 0, register.sheet_name, target, label, look("body link", valign="vcenter"))
    page.fit(row, label, page.widths[0])
    _put(page, row, runs[0], title, look("body", valign="vcenter"))
    _put(page, row, runs[1], owner, look("body", valign="vcenter"))
    for number, stage in enumerate(block.plan.stages):
        place = block.plan.places[stage][index]
        _stage(block, runs[2 + 2 * number], stage, place, matrices.get(stage))
        if number:
            earlier = block.plan.places[block.plan.stages[number - 1]][index]
            _arrow(block, runs, number, earlier, place)


def _text(block: Block, index: int, field: str, longest: int) -> str:
    register = block.plan.register
    text = one_line(register.text(index, field))
    if not text and field == "title":
        text = one_line(register.text(index, "description"))
    return shorten(text, longest) or (str(wording("heatmap")["no_title"]) if field == "title" else "")


def _stage(block: Block, run: Run, stage: str, place: Place, matrix: str | None) -> None:
    page, look = block.page, block.page.look
    plain = look("body centre", valign="vcenter", bold=place.rating is not None)
    if matrix is None:
        colour = band_colour(block.plan.register.scoring, place.band)
        style = look.filled("body centre", colour, valign="vcenter", bold=True) if colour else plain
        _put(page, block.row, run, place.words, style)
        return
    _merge(page, block.row, run, plain)
    otherwise = wording("heatmap")["not_scored"] if place.placed else place.words
    page.formula(block.row, run[0], block.live[stage].rating(place.index, otherwise, matrix), place.words, plain)


def _arrow(block: Block, runs: list[Run], number: int, earlier: Place, later: Place) -> None:
    """From this stage to the next: down is better. A formula where both ratings are live."""
    page = block.page
    run, style = runs[1 + 2 * number], page.look("body centre", valign="vcenter")
    text = ""
    if earlier.rating is not None and later.rating is not None:
        text = DOWN if later.rating < earlier.rating else UP if later.rating > earlier.rating else LEVEL
    stages = block.plan.stages
    rated = [stage for stage in stages[number - 1 : number + 1] if stage in block.live and block.live[stage].rated]
    if len(rated) < 2:
        _put(page, block.row, run, text, style)
        return
    before, after = (_number(runs[at][0], block.row) for at in (2 * number, 2 + 2 * number))
    formula = f'IFERROR(IF({after}<{before},{literal(DOWN)},IF({after}>{before},{literal(UP)},{literal(LEVEL)})),"")'
    _merge(page, block.row, run, style)
    page.formula(block.row, run[0], formula, text, style)


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
        page.sheet.merge_range(row, run[0], row, run[1], "", style)
