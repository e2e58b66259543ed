"""Under each matrix: how many risks stand in each band, and who stands nowhere."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence

from regsheet.grid.addresses import letters
from regsheet.layout.tables import Band
from regsheet.writer.sheets.bands import band_colour, band_word
from regsheet.writer.sheets.heatmap.block import EDGE, Block, add_note, listed
from regsheet.writer.sheets.heatmap.live import NotLiveError
from regsheet.writer.sheets.heatmap.placement import Standing
from regsheet.writer.sheets.look import GREY, NAVY
from regsheet.writer.sheets.wording import wording

LETTERS_OF_SMALL = 1.4
SQUARE = "■"
SQUARES = "#8497B0"


def draw_counts(block: Block) -> None:
    """How many risks stand in each band, a row a band and a column a stage, and who stands nowhere."""
    words, page, look = wording("heatmap"), block.page, block.page.look
    page.height(block.row, 6)
    block.row += 1
    head = look("small", bold=True, align="right", valign="vcenter", indent=1, font_color=NAVY)
    page.text(block.row, 0, words["bands"], head)
    for number, stage in enumerate(block.plan.stages):
        name = block.plan.register.stage_name(stage)
        page.text(
            block.row,
            block.columns.first(number),
            name,
            look("small", bold=True, text_wrap=False, font_color=NAVY, valign="vcenter", indent=1),
        )
    block.row += 1
    scoring = block.plan.register.scoring
    bands: list[Band | None] = [*reversed(scoring.bands)]
    counts = {stage: _by_band(standings) for stage, standings in block.plan.standings.items()}
    if any(None in count for count in counts.values()):
        bands.append(None)
    for band in bands:
        name = band_word(band) if band else words["no_band"]
        edge = {"align": "center", "border": 1, "border_color": EDGE}
        page.text(block.row, 0, name, look.filled("label", band_colour(scoring, band), **edge))
        for number, stage in enumerate(block.plan.stages):
            _count(block, stage, block.columns.first(number), band, counts[stage][band])
        block.row += 1
    page.text(block.row, 0, words["not_placed"], head)
    for number, stage in enumerate(block.plan.stages):
        _missing(block, stage, block.columns.first(number))
    block.row += 1


def _by_band(standings: Sequence[Standing]) -> Counter[Band | None]:
    """How many risks on the matrix are in each band. Many stand alike, so these are counted first."""
    found: Counter[Band | None] = Counter()
    for one, count in Counter(standings).items():
        if one.placed:
            found[one.band] += count
    return found


def _count(block: Block, stage: str, column: int, band: Band | None, number: int) -> None:
    page, look, plan = block.page, block.page.look, block.plan
    strong, bar = look("line centre", bold=True), look("", font_size=8, font_color=SQUARES, valign="vcenter")
    formula = None
    if stage in block.live:
        cells = [cell for cell in block.cells() if plan.cell(stage, *cell)[1] == band]
        with contextlib.suppress(NotLiveError):
            formula = block.live[stage].count(cells, number)
    at = f"{letters(column + 1)}{block.row + 1}"
    if formula is None:
        page.value(block.row, column, number, strong)
        page.text(block.row, column + 1, SQUARE * min(number, _most_squares(block)), bar)
        return
    page.formula(block.row, column, formula, number, strong, array=True)
    squares = _most_squares(block)
    page.formula(block.row, column + 1, f'REPT("{SQUARE}",MIN({squares},{at}))', SQUARE * min(number, squares), bar)


def _most_squares(block: Block) -> int:
    return int(block.columns.cell_width * (block.columns.steps - 1) * 0.8)


def _missing(block: Block, stage: str, column: int) -> None:
    """Who stands nowhere: how many and who, in one cell whose text runs on over the empty ones beside it."""
    page, plan = block.page, block.plan
    labels = plan.nowhere(stage)
    room = block.columns.cell_width * block.columns.steps * LETTERS_OF_SMALL
    longest = max(map(len, plan.labels), default=4)
    capacity = max(int(room / (longest + 2)), len(labels) if len(", ".join(labels)) + 4 <= room else 1)
    text = counted(labels, capacity)
    style = page.look("", font_size=8, font_color=GREY, valign="vcenter", indent=1)
    formula = None
    if stage in block.live:
        with contextlib.suppress(NotLiveError):
            formula = block.live[stage].not_placed(capacity, text)
    if formula is None:
        page.text(block.row, column, text, style)
    else:
        page.formula(block.row, column, formula, text, style, array=True)
    if len(labels) > capacity:
        add_note(page, block.row, column, labels)


def counted(labels: Sequence[str], capacity: int) -> str:
    """``3: CR2, CR4, row 9``; only the number when there is none, or no room."""
    if not labels:
        return wording("heatmap")["nobody"]  # type: ignore[no-any-return]
    listing = listed(labels, capacity)
    return listing if len(labels) > capacity else f"{len(labels)}: {listing}"
