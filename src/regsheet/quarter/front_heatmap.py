"""The page's heatmap: one matrix a stage for all services, how many risks stand in each cell."""

from __future__ import annotations

from typing import Any

from regsheet.quarter.figures import StageMatrix
from regsheet.quarter.front import cell_words, pale
from regsheet.quarter.front_canvas import EDGE, HEAD, LAST, Canvas
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import GREY, NAVY


def draw_heatmap(canvas: Canvas) -> None:
    """The matrices of all services side by side, from stage to stage."""
    words = wording("heatmap")
    canvas.heading([(0, LAST, words["title"])])
    if canvas.summary.matrices:
        _matrix_rows(canvas)
    canvas.prose(canvas.front.scale_note, canvas.look("", font_size=7.5, font_color=GREY, valign="top", text_wrap=True),
                7.5)  # fmt: skip
    canvas.gap()


def _matrix_rows(canvas: Canvas) -> None:
    words, matrix = wording("heatmap"), canvas.summary.matrix
    blocks = list(enumerate(canvas.summary.matrices))
    for at, block in blocks:
        arrow = "" if at == 0 else "→  "
        style = canvas.look("", bold=True, font_size=8.5, font_color=NAVY, align="center")
        canvas.put(
            at * 12, at * 12 + 11, f"{arrow}{wording('stages')[block.stage]}: {_bands(canvas, block)}", style, 9.0
        )
    canvas.next(HEAD)
    top = canvas.row
    for likelihood in reversed(range(matrix.likelihood)):
        for at, block in blocks:
            _matrix_row(canvas, at * 12, block, likelihood)
        canvas.next(20)
    axis = canvas.look("", font_size=7.5, font_color=GREY, rotation=90, align="center", valign="vcenter")
    for at, _ in blocks:
        canvas.page.sheet.merge_range(top, at * 12, canvas.row - 1, at * 12, "", axis)
        canvas.page.text(top, at * 12, words["likelihood"], axis)
        for impact in range(matrix.impact):
            first = at * 12 + 2 + impact * 2
            canvas.put(first, first + 1, f"{impact + 1}", _axis_number(canvas))
    canvas.next(10)
    for at, _ in blocks:
        canvas.put(at * 12 + 2, at * 12 + 1 + matrix.impact * 2, words["impact"], _axis_number(canvas))
    canvas.next(10)


def _bands(canvas: Canvas, block: StageMatrix) -> str:
    """Every band with its number of risks at a stage, those off the matrix too."""
    counts = canvas.summary.total.stages[block.stage]
    bands = [f"{count} {step.name}" for step, count in zip(reversed(canvas.summary.ladder.steps),
                                                           reversed(counts.steps), strict=True)]  # fmt: skip
    if counts.unbanded:
        bands.append(f"{counts.unbanded} {wording('ladder')['unbanded'].lower()}")
    return ", ".join(bands)


def _axis_number(canvas: Canvas) -> Any:
    return canvas.look("", font_size=7.5, font_color=GREY, align="center", valign="vcenter")


def _matrix_row(canvas: Canvas, first: int, block: StageMatrix, likelihood: int) -> None:
    canvas.put(first + 1, first + 1, f"{likelihood + 1}", _axis_number(canvas))
    for impact in range(canvas.summary.matrix.impact):
        cell, left = block.cells.get((likelihood, impact)), first + 2 + impact * 2
        if cell is None:
            zone = canvas.summary.zones.get((likelihood, impact))
            canvas.put(
                left, left + 1, "", canvas.look("", bg_color=f"#{pale(canvas.summary, zone)}", **_edge(canvas, zone))
            )
            continue
        worst = cell.worst
        colour = "D9D9D9" if worst is None else canvas.summary.ladder.steps[worst].colour
        style = canvas.look.filled("", colour, font_size=7, align="center", valign="vcenter", text_wrap=True,
                                 **_edge(canvas, worst))  # fmt: skip
        canvas.page.sheet.merge_range(canvas.row, left, canvas.row, left + 1, "", style)
        canvas.page.text(canvas.row, left, f"{cell.risks}\n{cell_words(canvas.summary, cell)}", style)


def _edge(canvas: Canvas, step: int | None) -> dict[str, Any]:
    """A white edge between cells; a grey one where the cell's own colour is white."""
    white = step is not None and canvas.summary.ladder.steps[step].colour.upper() == "FFFFFF"
    return {"border": 1, "border_color": "#D0D5DC"} if white else EDGE
