"""What one copy says otherwise than the workbook that was sent, cell by cell, row by row, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regsheet.grid.addresses import address, letters
from regsheet.grid.cells import CellStyle, Sheet, Value
from regsheet.merge.alignment import Alignment, Hints
from regsheet.merge.formulas import same_formula
from regsheet.merge.values import same
from regsheet.writer.merged import Kind
from regsheet.writer.sheets.texts import display


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. ``kind`` None is a cell's value; ``place`` is (row, column) as sent, None for no place.

    ``mark`` tells things apart that have no place as sent; copies with the same mark speak of the same thing.
    """

    kind: Kind | None
    sheet: str
    place: tuple[int, int] | None
    before: Value
    after: Value
    formula: str | None = None
    formula_before: str | None = None
    mark: str = ""
    field: str = ""


def cell_differences(sheet: str, alignment: Alignment, by_sheet: Mapping[str, Alignment]) -> Iterator[Difference]:
    """Cells whose value or formula is another one, among rows and columns that both have."""
    sent, copy = alignment.sent, alignment.copy
    for cell in sent.filled():
        there = alignment.there(cell.row, cell.column)
        if there is None:
            continue
        now = copy.cells.get(there)
        value, formula = (None, None) if now is None else (now.value, now.formula)
        place = (cell.row, cell.column)
        if cell.formula is not None and formula is not None:
            changed = not same_formula(cell.formula, place, formula, there, sheet, by_sheet)
        elif cell.formula is None and formula is None:
            changed = not same(cell.value, value)
        else:
            changed = True
        if changed:
            yield Difference(None, sheet, place, cell.value, value, formula, cell.formula)
    for cell in copy.filled():
        here = alignment.back(cell.row, cell.column)
        if here is None or _is_filled(sent, here):
            continue
        if cell.formula is not None or not same(cell.value, None):
            yield Difference(None, sheet, here, None, cell.value, cell.formula)


def _is_filled(sheet: Sheet, place: tuple[int, int]) -> bool:
    cell = sheet.cells.get(place)
    return cell is not None and (cell.value is not None or cell.formula is not None)


def row_differences(sheet: str, alignment: Alignment, hints: Hints) -> Iterator[Difference]:
    """Rows that are gone, and rows that are new."""
    headings = {column: _heading(alignment.sent, hints, column) for column in alignment.columns}
    for row, texts in _texts(alignment.sent, set(alignment.rows)).items():
        first = min(texts)
        place = (row, first if hints.ref is None else hints.ref)
        yield Difference("row deleted", sheet, place, _told(texts, headings), None)
    there = {other: headings[here] for here, other in alignment.columns.items()}
    for texts in _texts(alignment.copy, set(alignment.rows.values())).values():
        told = _told(texts, there)
        yield Difference("row added", sheet, None, None, told, mark=told)


def _texts(sheet: Sheet, known: set[int]) -> dict[int, dict[int, str]]:
    """What rows that are not known say, column by column; rows of formulas alone say nothing."""
    found: dict[int, dict[int, str]] = {}
    typed: set[int] = set()
    for cell in sheet.filled():
        text = f"={cell.formula}" if cell.formula is not None else display(cell.value).strip()
        if cell.row not in known and text:
            found.setdefault(cell.row, {})[cell.column] = text
            if cell.formula is None:
                typed.add(cell.row)
    return {row: texts for row, texts in found.items() if row in typed}


def _told(texts: Mapping[int, str], headings: Mapping[int, str]) -> str:
    """``ref: R1`` and so on, a line each; cells without a heading by their column's letters."""
    return "\n".join(f"{headings.get(column) or letters(column)}: {texts[column]}" for column in sorted(texts))


def _heading(sheet: Sheet, hints: Hints, column: int) -> str:
    if column in hints.headings or hints.header is None:
        return hints.headings.get(column, "")
    return " ".join(display(sheet.value(hints.header, column)).split())


def column_differences(sheet: str, alignment: Alignment, hints: Hints) -> Iterator[Difference]:
    """Columns that are gone, and columns that are new with all they hold."""
    gone = {cell.column for cell in alignment.sent.filled()} - set(alignment.columns)
    for column in sorted(gone):
        row = hints.header or 1
        heading = _heading(alignment.sent, hints, column) or letters(column)
        yield Difference("column removed", sheet, (row, column), heading, None, field=heading)
    new: dict[int, list[str]] = {}
    for cell in alignment.copy.filled():
        if cell.column not in alignment.columns_back and cell.row in alignment.rows_back:
            text = f"={cell.formula}" if cell.formula is not None else display(cell.value).strip()
            if text:
                row = alignment.rows_back[cell.row]
                new.setdefault(cell.column, []).append(f"{_row_name(alignment, hints, row)}: {text}")
    for column in sorted(new):
        told = "\n".join(new[column])
        yield Difference("column added", sheet, None, None, told, mark=told)


def _row_name(alignment: Alignment, hints: Hints, row: int) -> str:
    if row == hints.header:
        return "heading"
    ref = display(alignment.sent.value(row, hints.ref)) if hints.ref and row in hints.risk_rows else ""
    return ref or f"row {row}"


def looks_changed(alignment: Alignment) -> int:
    """How many cells say the same as they did and look otherwise."""
    count = 0
    for cell in alignment.sent.filled():
        there = alignment.there(cell.row, cell.column)
        now = None if there is None else alignment.copy.cells.get(there)
        if there is None or now is None or not same(cell.value, now.value):
            continue
        count += _look(alignment.sent.style(cell.row, cell.column)) != _look(alignment.copy.style(*there))
    return count


def _look(style: CellStyle) -> tuple[object, ...]:
    fill = None if style.fill == "FFFFFF" else style.fill
    colour = None if style.font_colour == "000000" else style.font_colour
    return fill, colour, style.bold, style.strike


def sheet_text(sheet: Sheet) -> list[str]:
    """What a sheet says, row by row: ``row 3: a | b``."""
    rows: dict[int, list[str]] = {}
    for cell in sheet.filled():
        text = f"={cell.formula}" if cell.formula is not None else display(cell.value).strip()
        if text:
            rows.setdefault(cell.row, []).append(f"{address(cell.row, cell.column)}: {text}")
    return ["; ".join(texts) for texts in rows.values()]
