"""The matrices of one register, side by side: level names, ratings, bands, and the references of the risks."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from regsheet.grid.addresses import letters
from regsheet.layout.tables import Band
from regsheet.writer.sheets.bands import band_colour
from regsheet.writer.sheets.heatmap.columns import Columns
from regsheet.writer.sheets.heatmap.live import Live, NotLiveError
from regsheet.writer.sheets.heatmap.placement import Place, Plan
from regsheet.writer.sheets.look import GREY, NAVY
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.wording import wording

LETTERS_PER_WIDTH = 1.12
LINE = 11.5
MOST_LINES = 4
LONGEST_NOTE = 2_000
EDGE = "#A6A6A6"


@dataclass(slots=True)
class Block:
    """One register's part of the sheet while it is drawn. ``live`` holds the stages whose cells are formulas."""

    page: Page
    columns: Columns
    plan: Plan
    live: dict[str, Live]
    row: int


def draw_matrices(block: Block) -> None:
    """Draw every stage's matrix; leaves ``block.row`` below them."""
    page, plan, look = block.page, block.plan, block.page.look
    assert plan.likelihood is not None  # noqa: S101 - drawn only when there is a matrix
    assert plan.impact is not None  # noqa: S101
    capacity, lines = _capacity(block)
    _stage_heads(block)
    for position in range(len(plan.likelihood.steps) - 1, -1, -1):
        _row_labels(block, plan.likelihood.steps[position].label, lines)
        for number, stage in enumerate(plan.stages):
            for across in range(len(plan.impact.steps)):
                column = block.columns.first(number) + across
                _cell(block, stage, (position, across), column, capacity)
        block.row += 2
    page.text(block.row, 0, wording("heatmap")["impact"], look("small", align="right", bold=True))
    for number in range(len(plan.stages)):
        for across, step in enumerate(plan.impact.steps):
            style = look("small", align="center", font_color=NAVY)
            page.text(block.row, block.columns.first(number) + across, step.label, style)
            page.fit(block.row, step.label, block.columns.cell_width, 8.0)
    block.row += 1


def _stage_heads(block: Block) -> None:
    page, look = block.page, block.page.look
    page.height(block.row, 18)
    page.text(block.row, 0, wording("heatmap")["likelihood"], look("small", align="right", bold=True, valign="vcenter"))
    assert block.plan.impact is not None  # noqa: S101 - drawn only when there is a matrix
    width = len(block.plan.impact.steps)
    for number, stage in enumerate(block.plan.stages):
        first = block.columns.first(number)
        page.span(
            block.row,
            first,
            first + width - 1,
            block.plan.register.stage_name(stage),
            look("heading centre", font_size=10),
        )
    block.row += 1


def _row_labels(block: Block, label: str, lines: int) -> None:
    page, look = block.page, block.page.look
    page.height(block.row, 11)
    page.height(block.row + 1, lines * LINE + 4)
    style = look("small", align="right", font_color=NAVY)
    page.text(block.row + 1, 0, label, style)
    for number in range(1, len(block.plan.stages)):
        page.text(block.row + 1, block.columns.first(number) - 1, label.split(" ")[0], look("small", align="center"))


def _cell(block: Block, stage: str, at: tuple[int, int], column: int, capacity: int) -> None:
    """One cell of the matrix: its rating and band word above, the references of its risks below."""
    page, look = block.page, block.page.look
    rating, band = block.plan.cell(stage, *at)
    colour = band_colour(block.plan.register.scoring, band) or "F2F2F2"
    sides = {"left": 1, "right": 1, "left_color": EDGE, "right_color": EDGE}
    word = '""' if band is None else '" ' + band.name.replace('"', "'") + '"'
    above = look.filled(
        "",
        colour,
        font_size=7,
        align="center",
        valign="top",
        top=1,
        top_color=EDGE,
        num_format=f"General{word}",
        **sides,
    )
    below = look.filled("", colour, font_size=9, bold=True, align="center", valign="vcenter", text_wrap=True, bottom=1,
                        bottom_color=EDGE, **sides)  # fmt: skip
    if rating is None:
        page.text(block.row, column, band.name if band else "", above)
    else:
        page.value(block.row, column, rating, above)
    places = block.plan.at(stage, *at)
    text = listed(places, capacity)
    formula = None
    if stage in block.live:
        with contextlib.suppress(NotLiveError):
            formula = block.live[stage].references(*at, capacity, text)
    if formula is None:
        page.text(block.row + 1, column, text, below)
    else:
        page.formula(block.row + 1, column, formula, text, below, array=True)
    if len(places) > capacity:
        add_note(page, block.row + 1, column, places)


def listed(places: list[Place], capacity: int) -> str:
    """The references of some risks, or how many they are when they do not fit."""
    if len(places) > capacity:
        return str(wording("heatmap")["several"].format(count=len(places)))
    return ", ".join(place.label for place in places)


def add_note(page: Page, row: int, column: int, places: list[Place]) -> None:
    """A note with all the references of a cell that has no room for them."""
    labels = ", ".join(place.label for place in places)
    if len(labels) > LONGEST_NOTE:
        labels = labels[:LONGEST_NOTE].rsplit(", ", 1)[0] + " …"
    text = wording("heatmap")["note"].format(count=len(places), labels=labels)
    page.note(row, column, text)


def _capacity(block: Block) -> tuple[int, int]:
    """How many references a cell has room for, and on how many lines: as few lines as today's references need."""
    longest = max((len(place.label) for places in block.plan.places.values() for place in places), default=4)
    a_line = max(int((block.columns.cell_width * LETTERS_PER_WIDTH + 2) / (longest + 2)), 1)
    most = max(
        (len(block.plan.at(stage, row, column)) for stage in block.plan.stages for row, column in _all(block)),
        default=0,
    )
    lines = min(max(-(-most // a_line), 2), MOST_LINES)
    return a_line * lines, lines


def _all(block: Block) -> list[tuple[int, int]]:
    assert block.plan.likelihood is not None  # noqa: S101 - drawn only when there is a matrix
    assert block.plan.impact is not None  # noqa: S101
    return [
        (row, column)
        for row in range(len(block.plan.likelihood.steps))
        for column in range(len(block.plan.impact.steps))
    ]


def draw_counts(block: Block) -> None:
    """How many risks stand in each band, a row a band and a column a stage, and who stands nowhere."""
    words, page, look = wording("heatmap"), block.page, block.page.look
    page.height(block.row, 6)
    block.row += 1
    page.text(block.row, 0, words["bands"], look("small", bold=True, align="right", text_wrap=False))
    block.row += 1
    scoring = block.plan.register.scoring
    bands: list[Band | None] = [*reversed(scoring.bands)]
    if any(place.placed and place.band is None for places in block.plan.places.values() for place in places):
        bands.append(None)
    for band in bands:
        name = band.name if band else words["no_band"]
        edge = {"align": "right", "border": 1, "border_color": EDGE}
        page.text(block.row, 0, name, look.filled("label", band_colour(scoring, band), **edge))
        for number, stage in enumerate(block.plan.stages):
            _count(block, stage, block.columns.first(number), band)
        block.row += 1
    page.text(block.row, 0, words["not_placed"], look("label", align="right"))
    for number, stage in enumerate(block.plan.stages):
        _missing(block, stage, block.columns.first(number))
    block.row += 1


def _count(block: Block, stage: str, column: int, band: Band | None) -> None:
    page, look, plan = block.page, block.page.look, block.plan
    number = sum(place.placed and place.band == band for place in plan.places[stage])
    strong, bar = look("body total", align="center"), look("", font_size=8, font_color="#8497B0", valign="vcenter")
    formula = None
    if stage in block.live:
        cells = [cell for cell in _all(block) if plan.cell(stage, *cell)[1] == band]
        with contextlib.suppress(NotLiveError):
            formula = block.live[stage].count(cells, number)
    at = f"{letters(column + 1)}{block.row + 1}"
    if formula is None:
        page.value(block.row, column, number, strong)
        page.text(block.row, column + 1, "■" * min(number, _most_squares(block)), bar)
        return
    page.formula(block.row, column, formula, number, strong, array=True)
    squares = _most_squares(block)
    page.formula(block.row, column + 1, f'REPT("■",MIN({squares},{at}))', "■" * min(number, squares), bar)


def _most_squares(block: Block) -> int:
    return int(block.columns.cell_width * (block.columns.steps - 1) * 0.8)


def _missing(block: Block, stage: str, column: int) -> None:
    page, look, plan = block.page, block.page.look, block.plan
    places = [place for place in plan.places[stage] if not place.placed]
    room = block.columns.cell_width * (block.columns.steps - 1) * 1.25
    longest = max((len(place.label) for place in plan.places[stage]), default=4)
    capacity = max(int(room / (longest + 2)), 1)
    strong, small = look("body total"), look("", font_size=8, font_color=GREY, valign="vcenter")
    text = listed(places, capacity) if places else ""
    try:
        live = block.live[stage]
        formulas = live.count_not_placed(len(places)), live.not_placed(capacity, text)
    except (KeyError, NotLiveError):
        page.value(block.row, column, len(places), strong)
        page.text(block.row, column + 1, text, small)
    else:
        page.formula(block.row, column, formulas[0], len(places), strong, array=True)
        page.formula(block.row, column + 1, formulas[1], text, small, array=True)
    if len(places) > capacity:
        add_note(page, block.row, column + 1, places)
