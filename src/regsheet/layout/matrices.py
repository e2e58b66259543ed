"""The workbook's own scoring matrix, wherever it stands, however it is turned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from regsheet.grid.addresses import Area, address
from regsheet.layout.axes import Run, axis_in, axis_of_names, runs_across, runs_down
from regsheet.layout.colours import fill_at
from regsheet.layout.tables import Axis, Level, Matrix, MatrixCell, Scale, Table
from regsheet.layout.view import SheetView
from regsheet.values.levels import is_level
from regsheet.values.text import one_line

_NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?![\d.]*[A-Za-z])")
_FULL = 0.6


def find_matrices(view: SheetView, skip: Sequence[Area]) -> list[Table]:
    """A table of kind ``matrix`` for each scoring matrix on a sheet."""
    across = list(runs_across(view, skip))
    if not across:
        return []
    down: dict[int, list[Run]] = {}
    for run in runs_down(view, skip):
        down.setdefault(run.first.row, []).append(run)
        down.setdefault(-run.last.row, []).append(run)
    tables: list[Table] = []
    for top in across:
        table = next(filter(None, (_table(view, top, side) for side in _sides(top, down))), None)
        if (
            table is not None
            and table.matrix is not None
            and not any(other.matrix is not None and other.matrix.area.overlaps(table.matrix.area) for other in tables)
        ):
            tables.append(table)
    return tables


def _sides(top: Run, down: dict[int, list[Run]]) -> Iterable[Run]:
    """Vertical axes that start right below a horizontal one, or end right above it, beside its left or right end."""
    for gap in (1, 2):
        for side in [*down.get(top.first.row + gap, []), *down.get(-(top.first.row - gap), [])]:
            if (
                side.first.column < top.first.column <= side.first.column + 3
                or top.last.column < side.first.column <= top.last.column + 2
            ):
                yield side
    # Without axes of its own: the ones of the first column and of the last (or first) row are the scores themselves.
    for side in [*down.get(top.first.row, []), *down.get(-top.first.row, [])]:
        if side.first.column == top.first.column and min(step.score for step in (*side.steps, *top.steps)) == 1:
            yield side


def _table(view: SheetView, top: Run, side: Run) -> Table | None:
    axes = _axes(view, top, side)
    cells: dict[tuple[float, float], MatrixCell] = {}
    for step in side.steps:
        for other in top.steps:
            cell = _cell(view, step.row, other.column)
            if cell is not None:
                key = (step.score, other.score) if axes[0] == "likelihood" else (other.score, step.score)
                cells[key] = cell
    if len(cells) < _FULL * len(side.steps) * len(top.steps) or not _is_matrix(cells.values()):
        return None
    rows, columns = [step.row for step in side.steps], [step.column for step in top.steps]
    area = Area(min(rows), min(columns), max(rows), max(columns))
    return Table(
        sheet=view.sheet.name, kind="matrix", header_rows=(top.first.row, top.first.row), first_row=min(rows),
        last_row=max(rows), rows=tuple(rows), matrix=Matrix(area, cells), scales=_named_axes(axes, side, top),
        confidence=0.9,
        reasons=(f"{axes[0]} down the side, {axes[1]} along the {'top' if top.first.row < min(rows) else 'foot'}",),
    )  # fmt: skip


def _named_axes(axes: tuple[Axis, Axis], side: Run, top: Run) -> tuple[Scale, ...]:
    """The axes as scales where their steps have names."""
    return tuple(
        Scale(
            axis,
            tuple(
                sorted(
                    (Level(s.score, s.name, "", address(s.row, s.column)) for s in run.steps),
                    key=lambda level: level.score,
                )
            ),
        )
        for axis, run in zip(axes, (side, top), strict=True)
        if all(step.name for step in run.steps)
    )


def _is_matrix(cells: Iterable[MatrixCell]) -> bool:
    found = list(cells)
    rated = sum(cell.rating is not None or cell.word is not None for cell in found)
    filled = {cell.fill for cell in found} - {None}
    return rated >= _FULL * len(found) or len(filled) >= 2


def _cell(view: SheetView, row: int, column: int) -> MatrixCell | None:
    text = one_line(view.merged_text(row, column))
    number = _NUMBER.search(text)
    rating = float(number[0]) if number and len(text) < 200 else None
    bare = one_line(_NUMBER.sub(" ", text).replace("()", " ")).strip(" -–:=,;()")
    word = bare if bare and is_level(bare) else None
    fill = fill_at(view, row, column, rating)
    if rating is None and word is None and (fill is None or len(text) > 60):
        return None
    return MatrixCell(rating, word, fill, address(row, column))


def _axes(view: SheetView, top: Run, side: Run) -> tuple[Axis, Axis]:
    """What runs down the side and what along the top."""
    along = _beside_row(view, top) or axis_of_names(step.name for step in top.steps)
    along = None if along == _both_named(view, side) else along
    across = _both_named(view, side) or axis_of_names(step.name for step in side.steps)
    if along is None and across is None:
        return "likelihood", "impact"
    if across is None:
        return ("impact" if along == "likelihood" else "likelihood"), along or "impact"
    return across, ("impact" if across == "likelihood" else "likelihood")


def _beside_row(view: SheetView, top: Run) -> Axis | None:
    """The label above or below a horizontal axis."""
    for row in (top.first.row - 1, top.first.row + 1, top.first.row - 2):
        for column in range(top.first.column, top.last.column + 1):
            if row > 0 and (axis := axis_in(view.text(row, column))) is not None:
                return axis
    return None


def _both_named(view: SheetView, side: Run) -> Axis | None:
    """The label left of a vertical axis, or right above it."""
    rows = range(side.first.row - 1, side.last.row + 1)
    for column in range(max(1, side.first.column - 2), side.first.column + 1):
        for row in rows:
            if row > 0 and (column < side.first.column or row < side.first.row):
                axis = axis_in(view.merged_text(row, column))
                if axis is not None:
                    return axis
    return None
