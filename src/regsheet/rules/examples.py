"""Turns a rule's examples into workbooks in memory, so that its tests and its page come from the same few lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from regsheet.config import Config
from regsheet.grid.addresses import Area
from regsheet.grid.cells import Cell, CellStyle, Grid, Sheet, Value
from regsheet.layout.tables import Column, Layout, Table
from regsheet.model.book import Book
from regsheet.model.build import build_book
from regsheet.model.history import quarter_of
from regsheet.model.owners_list import OwnersList, read_owners
from regsheet.rules.base import Context, Example, Rule
from regsheet.rules.findings import Finding
from regsheet.rules.runner import in_reading_order, run_rule

REGISTER_SHEET = "Register"
MAP_SHEET = "Assurance Map"
FIRST_ROW = 2


class Styles:
    """The cell styles of one example sheet, each kept once."""

    def __init__(self) -> None:
        self.known: list[CellStyle] = [CellStyle()]

    def index(self, value: Value, fill: str | None, font: str | None = None) -> int:
        """The index of the style for a value with a fill and a font."""
        date = isinstance(value, dt.datetime)
        number_format = "dd/mm/yyyy" if date else "General"
        style = CellStyle(number_format=number_format, is_date=date, fill=fill, font_name=font)
        if style not in self.known:
            self.known.append(style)
        return self.known.index(style)


def context_of(example: Example) -> Context:
    """The workbook of an example, as a rule sees it."""
    config = msgspec.convert(dict(example.settings), Config)
    quarters = None
    if example.history is not None:
        quarters = tuple(quarter_of(_book(_with_rows(example, rows), config, "earlier.xlsx"), day)
                         for day, rows in sorted(example.history.items()))  # fmt: skip
    return Context(
        _book(example, config, "example.xlsx"),
        config,
        example.as_of,
        previous=None if example.previous_rows is None
        else _book(_with_rows(example, example.previous_rows), config, "previous.xlsx"),
        owners=None if example.owners is None else _owners(example.owners),
        others=(_book(_with_rows(example, example.other_rows), config, "other.xlsx"),) if example.other_rows else (),
        history=quarters,
        responses=example.responses,
    )  # fmt: skip


def _with_rows(example: Example, rows: tuple[Mapping[str, object], ...]) -> Example:
    """The same example with another register in the place of its own, plain to look at."""
    return Example(rows, headings=example.headings, rating_rule=example.rating_rule, scale=example.scale,
                   bands=example.bands)  # fmt: skip


def _book(example: Example, config: Config, name: str) -> Book:
    sheets: list[Sheet] = []
    tables: list[Table] = []
    shapes = ((REGISTER_SHEET, "register", example.rows), (MAP_SHEET, "assurance-map", example.map_rows))
    for sheet_name, kind, rows in shapes:
        if rows:
            sheet, table = _table(sheet_name, kind, rows, example, len(sheets))
            sheets.append(sheet)
            tables.append(table)
    grid = Grid(sheets, "xlsx", external_links=example.external_links)
    return build_book(grid, Layout(tuple(tables)), config, Path(name), "0" * 64)


def _owners(lines: tuple[Mapping[str, object], ...]) -> OwnersList:
    sheet, _ = _table("Owners", "register", lines, Example(lines), 0)
    return read_owners(Grid([sheet], "csv"), "owners.csv")


def findings_of(rule: type[Rule], example: Example) -> list[Finding]:
    """What a rule reports on an example, in reading order. Raises ``ValueError`` when it cannot run on it."""
    context = context_of(example)
    findings, lacking = run_rule(rule(), context)
    if lacking:
        raise ValueError(f"{rule.code} cannot run on its example: {'; '.join(lacking)}")
    return in_reading_order(findings, context.book.grid)


def places_of(findings: Iterable[Finding]) -> list[tuple[int, str]]:
    """Findings as ``Example.finds`` writes them: (row index, field)."""
    rows: list[tuple[int, str]] = []
    for finding in findings:
        row = int("".join(filter(str.isdigit, finding.cell or "0")))
        rows.append((row - FIRST_ROW, finding.field or ""))
    return sorted(rows)


def fields_of(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """The columns of an example, in the order in which its rows first name them."""
    return list(dict.fromkeys(field for row in rows for field in row))


def heading_of(field: str, example: Example) -> str:
    """The heading of an example's column: its own, else the field's name in words."""
    return example.headings.get(field, field.replace("_", " ").capitalize())


def _table(
    name: str, kind: str, rows: tuple[Mapping[str, object], ...], example: Example, position: int
) -> tuple[Sheet, Table]:
    fields = fields_of(rows)
    styles = Styles()
    sheet = Sheet(name, position)
    for column, field in enumerate(fields, start=1):
        sheet.cells[1, column] = Cell(1, column, heading_of(field, example), None, 0)
        for index, row in enumerate(rows):
            look = example.fills.get((index, field)), example.fonts.get((index, field))
            cell = _cell(row.get(field), index + FIRST_ROW, column, styles, look)
            if cell is not None:
                sheet.cells[cell.row, cell.column] = cell
    sheet.styles = styles.known
    sheet.merges = [Area.parse(area) for area in example.merges]
    sheet.hidden_rows, sheet.hidden_columns = set(example.hidden_rows), set(example.hidden_columns)
    sheet.conditional_formats, sheet.validations = list(example.formats), list(example.validations)
    numbers = tuple(range(FIRST_ROW, FIRST_ROW + len(rows)))
    table = Table(
        sheet=name,
        kind="register" if kind == "register" else "assurance-map",
        header_rows=(1, 1),
        first_row=numbers[0],
        last_row=numbers[-1],
        columns=tuple(Column(place, heading_of(field, example), "", field, 1.0, "an example")
                      for place, field in enumerate(fields, start=1)),
        rows=numbers,
        n_risks=len(rows),
        rating_rule=example.rating_rule if kind == "register" else "none",
        scale=dict(example.scale),
        bands=example.bands,
        confidence=1.0,
    )  # fmt: skip
    return sheet, table


def _cell(content: object, row: int, column: int, styles: Styles,
          look: tuple[str | None, str | None]) -> Cell | None:  # fmt: skip
    """A cell as an example writes it: a value, a formula, or a formula and its cached value."""
    formula: str | None = None
    value: Value = None
    if isinstance(content, tuple):
        formula, value = str(content[0]).removeprefix("="), content[1]
    elif isinstance(content, str) and content.startswith("="):
        formula = content[1:]
    elif isinstance(content, dt.date) and not isinstance(content, dt.datetime):
        value = dt.datetime(content.year, content.month, content.day)
    else:
        value = content  # type: ignore[assignment]
    if value is None and formula is None and look == (None, None):
        return None
    return Cell(row, column, value, formula, styles.index(value, *look))
