"""The matrices of one register, side by side: level names, ratings, bands, and the references of the risks."""

from __future__ import annotations

import contextlib

from regsheet.layout.tables import Band
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
    cells = _Cells(block, capacity)
    _stage_heads(block)
    top = block.row + 1
    for position in range(len(plan.likelihood.steps) - 1, -1, -1):
        _row_labels(block, plan.likelihood.steps[position].label, lines)
        for number, stage in enumerate(plan.stages):
            if not _has_scores(plan, stage):
                continue
            for across in range(len(plan.impact.steps)):
                column = block.columns.first(number) + across
                cells.draw(stage, (position, across), column)
        block.row += 2
    for number, stage in enumerate(plan.stages):
        if not _has_scores(plan, stage):
            text = wording("heatmap")["no_columns"]
            page.text(top, block.columns.first(number), text, look("small", text_wrap=False))
    page.text(block.row, 0, wording("heatmap")["impact"], look("small", align="right", bold=True, indent=1))
    labels, style = [step.label for step in plan.impact.steps], look("small", align="center", font_color=NAVY)
    for number in range(len(plan.stages)):
        page.row(block.row, block.columns.first(number), labels, style)
    for label in labels if plan.stages else ():
        page.fit(block.row, label, block.columns.cell_width, 8.0)
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


class _Cells:
    """The cells of the matrices: a rating and band word above, the references of its risks below."""

    def __init__(self, block: Block, capacity: int) -> None:
        self._block = block
        self._capacity = capacity
        self._made: dict[Band | None, tuple[object, object]] = {}

    def draw(self, stage: str, at: tuple[int, int], column: int) -> None:
        """Draw one cell of a stage's matrix in two rows of the sheet."""
        block, page = self._block, self._block.page
        rating, band = block.plan.cell(stage, *at)
        above, below = self._styles(band)
        if rating is None:
            page.text(block.row, column, band_word(band) if band else "", above)
        else:
            page.value(block.row, column, rating, above)
        labels = block.plan.at(stage, *at)
        text = listed(labels, self._capacity)
        formula = None
        if stage in block.live:
            with contextlib.suppress(NotLiveError):
                formula = block.live[stage].references(*at, self._capacity, text)
        if formula is None:
            page.text(block.row + 1, column, text, below)
        else:
            page.formula(block.row + 1, column, formula, text, below, array=True)
        if len(labels) > self._capacity:
            add_note(page, block.row + 1, column, labels)

    def _styles(self, band: Band | None) -> tuple[object, object]:
        """How the two rows of a cell look, the same for all cells of a band."""
        if band not in self._made:
            self._made[band] = self._make(band)
        return self._made[band]

    def _make(self, band: Band | None) -> tuple[object, object]:
        look = self._block.page.look
        colour = band_colour(self._block.plan.register.scoring, band) or "F2F2F2"
        word = '""' if band is None else '" ' + band_word(band).replace('"', "'") + '"'
        shared = {"align": "center", "left": 1, "right": 1, "left_color": EDGE, "right_color": EDGE}
        above = look.filled("", colour, font_size=7, valign="top", top=1, top_color=EDGE, num_format=f"General{word}",
                            **shared)  # fmt: skip
        below = look.filled("", colour, font_size=8, bold=True, valign="vcenter", text_wrap=True, bottom=1,
                            bottom_color=EDGE, **shared)  # fmt: skip
        return above, below


def _capacity(block: Block) -> tuple[int, int]:
    """How many references a cell has room for, and on how many lines: as few lines as today's references need."""
    longest = max(map(len, block.plan.labels), default=4)
    width = block.columns.cell_width * LETTERS_PER_WIDTH
    on_a_line = max(int((width + 2) / (longest + 2)), 1)
    cells = [block.plan.at(stage, *cell) for stage in block.plan.stages for cell in block.cells()]
    # A line takes no more than its width and a blank, so a longer text cannot fit.
    most = MOST_LINES * (max(width, 1.0) + 1)
    texts = [(labels, ", ".join(labels)) for labels in cells]
    needed = [(len(labels), lines_needed(text, width)) for labels, text in texts if len(text) <= most]
    fitting = [(count, lines) for count, lines in needed if lines <= MOST_LINES]
    # A cell that is too full only says how many; the fullest that still fits decides what is too full.
    lines = MOST_LINES if len(fitting) < len(cells) else max([2, *(lines for _, lines in fitting)])
    return max([on_a_line * lines, *(count for count, _ in fitting)]), lines
