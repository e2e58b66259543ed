"""What the layout stage hands on: the tables of a workbook and what each of their columns means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from regsheet.grid.addresses import Area, letters

TableKind = Literal["register", "assurance-map", "scale", "matrix"]
RatingRule = Literal["product", "sum", "lookup", "three-factor", "words", "rank", "typed-unknown", "none"]
Axis = Literal["likelihood", "impact"]

STAGES = ("inherent", "residual", "target")
"""Risk stages in the order of the field's practice: without controls, with controls, with further actions."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale: ``Level(4, "Probable")``. ``address`` is where its row starts, if it came from a sheet."""

    score: float
    name: str
    description: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels of likelihood or impact, lowest first."""

    axis: Axis
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of ratings, both ends included, with its colour as ``RRGGBB`` where the workbook shows one."""

    name: str
    low: float
    high: float
    colour: str | None = None


class MatrixCell(NamedTuple):
    """A cell of the workbook's own matrix: rating and/or word, fill ``RRGGBB``, address."""

    rating: float | None
    word: str | None
    fill: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """The workbook's own scoring matrix; ``cells`` is keyed by (likelihood, impact)."""

    area: Area
    cells: Mapping[tuple[float, float], MatrixCell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. ``field`` is a canonical field name, or None where it means nothing to us."""

    index: int
    heading: str
    group: str
    field: str | None
    confidence: float
    reason: str

    @property
    def letter(self) -> str:
        """``AB``."""
        return letters(self.index)


class Reading(NamedTuple):
    """Where one field of one row was read from, when it is not simply the cell in its column.

    ``text`` is the part of the cell that belongs to the field (figures run together, a value slipped sideways).
    """

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet. Rows and columns count from 1.

    ``rows`` are the rows that hold a record, in order; ``continuations`` maps such a row to further rows whose cells
    belong to it (a merged body, a page break). ``readings`` and ``unreadable`` are keyed by (row, field). ``context``
    holds what stands above the table and belongs to all of it (``cluster``, ``risk_title`` of an assurance map).
    ``factor_column`` is the third factor's column under the three-factor rule. ``secondary`` marks a table that
    repeats another one in brief (a dashboard). ``n_risks`` counts distinct risks.
    """

    sheet: str
    kind: TableKind
    header_rows: tuple[int, int]
    first_row: int | None
    last_row: int | None
    columns: tuple[Column, ...] = ()
    rows: tuple[int, ...] = ()
    n_risks: int = 0
    rating_rule: RatingRule = "none"
    rules_by_stage: Mapping[str, RatingRule] = field(default_factory=dict)
    scale: Mapping[Axis, tuple[float | str, ...]] = field(default_factory=dict)
    scales: tuple[Scale, ...] = ()
    bands: tuple[Band, ...] = ()
    matrix: Matrix | None = None
    sections: Mapping[int, str] = field(default_factory=dict)
    continuations: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    readings: Mapping[tuple[int, str], Reading] = field(default_factory=dict)
    unreadable: Mapping[tuple[int, str], str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    factor_column: int | None = None
    secondary: bool = False
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of a field."""
        return next((column for column in self.columns if column.field == name), None)

    def stage_name(self, stage: str) -> str:
        """What the sheet itself calls a stage: ``Mitigated`` for residual. The canonical name where it has none."""
        return self.context.get(f"{stage}_name", stage.capitalize())


@dataclass(frozen=True, slots=True)
class Layout:
    """Every table found in a workbook, in sheet order, top to bottom."""

    tables: tuple[Table, ...]

    def of_kind(self, kind: TableKind) -> tuple[Table, ...]:
        """The tables of one kind, secondary ones left out."""
        return tuple(table for table in self.tables if table.kind == kind and not table.secondary)
