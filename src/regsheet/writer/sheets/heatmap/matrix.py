"""The matrices of one register, side by side: level names, ratings, bands, and the references of the risks."""

from __future__ import annotations

import contextlib

from regsheet.writer.sheets.bands import band_colour, band_word
from regsheet.writer.sheets.heatmap.block import EDGE, Block, add_note, listed
from regsheet.writer.sheets.heatmap.live import NotLiveError
from regsheet.writer.sheets.heatmap.placement import Plan
from regsheet.writer.sheets.look import NAVY
from regsheet.writer.sheets.texts import lines_needed
from regsheet.writer.sheets.wording import wording

LETTERS_PER_WIDTH = 1.4
LINE = 10.5
MOST_LINES = 4


def draw_matrices(block: Block) -> None:
    """Draw every stage's matrix; leaves ``block.row`` below them."""
    page, plan, look = block.page, block.plan, block.page.look
    assert plan.likelihood is not None  # noqa: S101 - drawn only when there is a matrix
    assert plan.impact is not None  # noqa: S101
    capacity, lines = _capacity(block)
    _stage_heads(block)
    top = block.row + 1
    for position in range(len(plan.likelihood.steps) - 1, -1, -1):
        _row_labels(block, plan.likelihood.steps[position].label, lines)
        for number, stage in enumerate(plan.stages):
            if not _has_scores(plan, stage):
                continue
            for across in range(len(plan.impact.steps)):
                column = block.columns.first(number) + across
                _cell(block, stage, (position, across), column, capacity)
        block.row += 2
    for number, stage in enumerate(plan.stages):
        if not _has_scores(plan, stage):
            text = wording("heatmap")["no_columns"]
            page.text(top, block.columns.first(number), text, look("small", text_wrap=False))
    page.text(block.row, 0, wording("heatmap")["impact"], look("small", align="right", bold=True, indent=1))
    for number in range(len(plan.stages)):
        for across, step in enumerate(plan.impact.steps):
            style = look("small", align="center", font_color=NAVY)
            page.text(block.row, block.columns.first(number) + across, step.label, style)
            page.fit(block.row, step.label, block.columns.cell_width, 8.0)
    block.row += 1


def _stage_heads(block: Block) -> None:
    page, look = block.page, block.page.look
    page.height(block.row, 18)
    page.text(
        block.row,
        0,
        wording("heatmap")["likelihood"],
        look("small", align="right", bold=True, valign="vcenter", indent=1),
    )
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


def _has_scores(plan: Plan, stage: str) -> bool:
    return plan.register.has(f"{stage}_likelihood", f"{stage}_impact")


def _row_labels(block: Block, label: str, lines: int) -> None:
    page, look = block.page, block.page.look
    page.height(block.row, 11)
    page.height(block.row + 1, lines * LINE + 4)
    style = look("small", align="right", valign="vcenter", indent=1, font_color=NAVY)
    page.text(block.row + 1, 0, label, style)
    for number in range(1, len(block.plan.stages)):
        page.text(
            block.row + 1,
            block.columns.first(number) - 1,
            label.split(" ")[0],
            look("small", align="center", valign="vcenter"),
        )


def _cell(block: Block, stage: str, at: tuple[int, int], column: int, capacity: int) -> None:
    """One cell of the matrix: its rating and band word above, the references of its risks below."""
    page, look = block.page, block.page.look
    rating, band = block.plan.cell(stage, *at)
    colour = band_colour(block.plan.register.scoring, band) or "F2F2F2"
    sides = {"left": 1, "right": 1, "left_color": EDGE, "right_color": EDGE}
    word = '""' if band is None else '" ' + band_word(band).replace('"', "'") + '"'
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
    below = look.filled("", colour, font_size=8, bold=True, align="center", valign="vcenter", text_wrap=True, bottom=1,
                        bottom_color=EDGE, **sides)  # fmt: skip
    if rating is None:
        page.text(block.row, column, band_word(band) if band else "", above)
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


def _capacity(block: Block) -> tuple[int, int]:
    """How many references a cell has room for, and on how many lines: as few lines as today's references need."""
    places = [place for stage in block.plan.places.values() for place in stage]
    longest = max((len(place.label) for place in places), default=4)
    width = block.columns.cell_width * LETTERS_PER_WIDTH
    on_a_line = max(int((width + 2) / (longest + 2)), 1)
    texts = [
        [place.label for place in block.plan.at(stage, *cell)] for stage in block.plan.stages for cell in block.cells()
    ]
    fitting = [labels for labels in texts if lines_needed(", ".join(labels), width) <= MOST_LINES]
    lines = max([lines_needed(", ".join(labels), width) for labels in fitting], default=1)
    # A cell that is too full only says how many; the fullest that still fits decides what is too full.
    lines = MOST_LINES if len(fitting) < len(texts) else max(lines, 2)
    return max(on_a_line * lines, max((len(labels) for labels in fitting), default=0)), lines
