"""The workbook's own scales: which score has which name, for likelihood and for impact."""

from __future__ import annotations

from collections.abc import Sequence

from regsheet.grid.addresses import Area, address
from regsheet.layout.axes import Run, Step, axis_in, axis_of_names, runs_down
from regsheet.layout.tables import Axis, Level, Scale, Table
from regsheet.layout.view import SheetView
from regsheet.values.text import one_line

_LONGEST_NAME = 60


def find_scales(view: SheetView, skip: Sequence[Area]) -> list[Table]:
    """A table of kind ``scale`` for each scale on a sheet."""
    tables: list[Table] = []
    seen: set[tuple[int, str]] = set()
    for run in runs_down(view, skip):
        found = _scale(view, run)
        if found is None or (run.first.row, found.axis) in seen:
            continue
        seen.add((run.first.row, found.axis))
        tables.append(Table(
            sheet=view.sheet.name, kind="scale", header_rows=(max(1, run.first.row - 1), max(1, run.first.row - 1)),
            first_row=run.first.row, last_row=run.last.row, rows=tuple(step.row for step in run.steps), scales=(found,),
            confidence=0.9, reasons=(f"{len(run.steps)} steps of {found.axis}",),
        ))  # fmt: skip
    return tables


def _scale(view: SheetView, run: Run) -> Scale | None:
    names = [step.name for step in run.steps]
    beside: int | None = run.first.column
    if not all(names):
        beside = _name_column(view, run.steps)
        if beside is None:
            return None
        names = [_name(view.text(step.row, beside)) for step in run.steps]
    axis = _axis(view, run.first, beside) or axis_of_names(names)
    if axis is None:
        return None
    levels = [
        Level(
            step.score,
            name,
            _description(view, step, beside),
            address(step.row, min(step.column, beside or step.column)),
        )
        for step, name in zip(run.steps, names, strict=True)
    ]
    return Scale(axis, tuple(sorted(levels, key=lambda level: level.score)))


def _name_column(view: SheetView, steps: Sequence[Step]) -> int | None:
    """The column beside the scores that holds a name for each: right before left, whichever is complete."""
    for column in (steps[0].column + 1, steps[0].column - 1):
        texts = [view.text(step.row, column) for step in steps]
        short = [
            len(_name(text)) <= _LONGEST_NAME and any(sign.isalpha() or sign == "%" for sign in text) for text in texts
        ]
        if all(texts) and all(short) and len(set(texts)) == len(texts):
            return column
    return None


def _name(text: str) -> str:
    line = one_line(text)
    for mark in (" - ", " – ", " — ", ": "):
        head, found, _ = line.partition(mark)
        if found and 2 < len(head) <= 30 and not head.isdigit():
            return head
    return line


def _description(view: SheetView, step: Step, beside: int | None) -> str:
    columns = {step.column, beside or step.column}
    after = max(columns) + 1
    text = one_line(view.text(step.row, after))
    if not text and beside is not None:
        whole = one_line(view.text(step.row, beside))
        text = whole if len(whole) > len(_name(whole)) + 3 else ""
    return text


def _axis(view: SheetView, first: Step, beside: int | None) -> Axis | None:
    columns = range(min(first.column, beside or first.column) - 1, max(first.column, beside or first.column) + 3)
    for row in range(first.row - 1, max(0, first.row - 5), -1):
        for column in columns:
            axis = axis_in(view.merged_text(row, column))
            if axis is not None:
                return axis
    left = min(first.column, beside or first.column) - 1
    return axis_in(view.merged_text(first.row, left)) if left > 0 else None
